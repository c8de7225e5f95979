"""Time comes from one place; it can be played in a simulation and nowhere else."""

from datetime import UTC, datetime, timedelta

import pytest

from rogatory_node.base import NodeError, clock, home

NIGHT = datetime(2028, 3, 13, 18, 32, 4, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_home(settings, tmp_path):
    settings.ROGATORY_HOME = home.Home(tmp_path)
    return tmp_path


def produce(settings) -> None:
    settings.ROGATORY = settings.ROGATORY.model_copy(update={"mode": "production"})


def test_without_a_played_time_the_machine_is_believed() -> None:
    before = datetime.now(UTC)
    assert before <= clock.now() <= datetime.now(UTC)


def test_a_frozen_clock_stands_still() -> None:
    clock.set_to(NIGHT, frozen=True)
    assert clock.now() == clock.now() == NIGHT


def test_a_running_clock_runs_on_from_the_instant() -> None:
    clock.set_to(NIGHT)
    assert NIGHT <= clock.now() <= clock.now() < NIGHT + timedelta(hours=1)


def test_advancing_keeps_a_frozen_clock_frozen() -> None:
    clock.set_to(NIGHT, frozen=True)
    assert clock.advance(timedelta(days=60)) == NIGHT + timedelta(days=60) == clock.now()


def test_the_clock_does_not_go_back() -> None:
    clock.set_to(NIGHT, frozen=True)
    with pytest.raises(NodeError, match="NODE-006"):
        clock.set_to(NIGHT - timedelta(seconds=1))
    with pytest.raises(NodeError, match="NODE-006"):
        clock.advance(timedelta(seconds=-1))
    assert clock.now() == NIGHT


def test_production_cannot_be_told_the_time(settings) -> None:
    produce(settings)
    with pytest.raises(NodeError, match="NODE-005"):
        clock.set_to(NIGHT)
    with pytest.raises(NodeError, match="NODE-005"):
        clock.advance(timedelta(hours=1))


def test_production_does_not_even_read_a_played_time(settings) -> None:
    clock.set_to(NIGHT, frozen=True)
    produce(settings)
    assert clock.now().year != NIGHT.year


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"base":1,"frozen":false,"real":2}', "7", "{" * 2000])
def test_a_damaged_clock_file_stops_the_node(own_home, text: str) -> None:
    (own_home / "clock.json").write_text(text)
    with pytest.raises(NodeError, match="NODE-007"):
        clock.now()
