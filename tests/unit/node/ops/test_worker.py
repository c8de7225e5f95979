"""The worker's loop: every row is done, postponed or given up, and one bad row stops nobody."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta

import pytest

from rogatory_node.base import NodeError, clock
from rogatory_node.ops import beats, worker
from rogatory_node.records import outbox
from rogatory_node.records.models import Due
from support.world import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def frozen_night(settings, tmp_path):
    settings.ROGATORY_HOME = type(settings.ROGATORY_HOME)(tmp_path)
    clock.set_to(NOON, frozen=True)


def put(*subjects):
    for each in subjects:
        outbox.put("deliver", each, authority="vnm/a05", now=NOON)


def step(handler, batch=20):
    return worker.step({"deliver": handler}, batch, threading.Event())


def done(row):
    outbox.close(row, now=clock.now())


def states():
    return dict(Due.objects.values_list("subject", "state"))


def test_what_is_due_is_done() -> None:
    put("a", "b")
    assert step(done) == 2
    assert states() == {"a": "done", "b": "done"}
    assert step(done) == 0


def test_a_batch_ends_so_that_the_loop_looks_around() -> None:
    put("a", "b", "c")
    assert step(done, batch=2) == 2
    assert sorted(states().values()) == ["done", "done", "due"]


def test_a_stopping_worker_takes_nothing_more() -> None:
    put("a", "b")
    stopping = threading.Event()

    def last(row):
        done(row)
        stopping.set()

    assert worker.step({"deliver": last}, 20, stopping) == 1
    assert sorted(states().values()) == ["done", "due"]


def test_a_row_that_fails_comes_later_and_stops_nobody(caplog) -> None:
    put("bad", "good")

    def handle(row):
        if row.subject == "bad":
            raise ZeroDivisionError
        done(row)

    with caplog.at_level(logging.ERROR, logger="rogatory.worker"):
        assert step(handle) == 2
    bad = Due.objects.get(subject="bad")
    assert (bad.state, bad.last_code, bad.attempts) == ("due", "NODE-300", 1)
    assert bad.due_at == NOON + timedelta(seconds=2)
    assert states()["good"] == "done"
    assert caplog.messages == ["a handler of deliver failed"]


def test_each_try_waits_longer_and_never_more_than_a_quarter_of_an_hour(caplog) -> None:
    put("bad")

    def handle(row):
        raise NodeError("NODE-013")

    waits = []
    for _ in range(12):
        clock.set_to(Due.objects.get().due_at, frozen=True)
        step(handle)
        waits.append((Due.objects.get().due_at - clock.now()).total_seconds())
    assert waits[:4] == [2, 4, 8, 16]
    assert waits[-1] == 900
    assert Due.objects.get().last_code == "NODE-013"


@pytest.mark.parametrize("error", [NodeError("NODE-204", topic="deliver"), ZeroDivisionError()])
def test_a_row_that_another_worker_took_over_is_left_to_it(error, caplog) -> None:
    put("a")

    def handle(row):
        Due.objects.update(fence=9)
        raise error

    assert step(handle) == 1
    row = Due.objects.get()
    assert (row.fence, row.attempts, row.last_code) == (9, 0, "")


def test_the_loop_survives_a_database_that_is_away(caplog, monkeypatch) -> None:
    from django.db import OperationalError

    stopping = threading.Event()
    seen = []

    def beat():
        seen.append(1)
        if len(seen) == 1:
            raise OperationalError
        stopping.set()

    monkeypatch.setattr(worker.connections, "close_all", lambda: seen.append(0))
    worker.loop({"deliver": done}, beat, stopping)
    assert seen == [1, 0, 1]


def test_every_topic_that_a_room_makes_due_has_a_handler() -> None:
    from rogatory_node.casework.services.send import DELIVER

    assert DELIVER in beats.handlers()
    assert all(map(callable, beats.handlers().values()))


def test_a_beat_comes_round_by_the_machines_clock(monkeypatch) -> None:
    times = iter([NOON, NOON + timedelta(seconds=5), NOON + timedelta(seconds=10)])
    monkeypatch.setattr(clock, "machine", lambda: next(times))
    rung: list[str] = []
    slow = beats.Beat(timedelta(seconds=10), lambda: rung.append("slow"))
    fast = beats.Beat(timedelta(seconds=5), lambda: rung.append("fast"))
    both = beats.Beats((slow, fast))
    for _ in range(3):
        both.run()
    assert rung == ["slow", "fast", "fast", "slow", "fast"]


def test_a_beat_that_is_refused_is_noted_and_the_others_are_done(caplog) -> None:
    rung: list[str] = []

    def refused() -> None:
        raise NodeError("NODE-013")

    second = timedelta(seconds=1)
    both = beats.Beats((beats.Beat(second, refused), beats.Beat(second, lambda: rung.append("good"))))
    with caplog.at_level(logging.INFO, logger="rogatory.event"):
        both.run()
    assert rung == ["good"]
    assert '"beat":"refused","code":"NODE-013"' in caplog.messages[0]


def due(subject, recipient):
    outbox.put("deliver", subject, authority="vnm/a05", now=NOON, recipient=recipient)


class Time:
    now = 0.0

    def __call__(self):
        return self.now


LEASE = timedelta(seconds=60)


def test_one_recipient_has_one_turn_at_a_time() -> None:
    due("a", "fra/ofac")
    due("b", "fra/ofac")
    due("c", "xtp/cyber")
    turns = worker.Turns()
    first, second = turns.take(("deliver",), LEASE), turns.take(("deliver",), LEASE)
    assert (first.subject, second.subject) == ("a", "c")
    assert turns.take(("deliver",), LEASE) is None
    done(first)
    turns.over(first)
    assert turns.take(("deliver",), LEASE).subject == "b"


def test_a_recipient_that_did_not_answer_is_left_alone_and_keeps_nobody_waiting() -> None:
    for number in range(5):
        due(f"hanging {number}", "fra/ofac")
    due("other", "xtp/cyber")
    time, tried = Time(), []
    turns = worker.Turns(time)

    def handle(row):
        tried.append(row.subject)
        if row.recipient == "fra/ofac":
            raise NodeError("NODE-013")
        done(row)

    assert worker.step({"deliver": handle}, 20, threading.Event(), turns) == 2
    assert tried == ["hanging 0", "other"]
    time.now = 1.0
    assert worker.step({"deliver": handle}, 20, threading.Event(), turns) == 0
    time.now = 2.5
    assert worker.step({"deliver": handle}, 20, threading.Event(), turns) == 1
    assert tried[2:] == ["hanging 1"]


def test_nobody_is_left_alone_for_more_than_a_minute() -> None:
    due("a", "fra/ofac")
    time = Time()
    turns = worker.Turns(time)
    row = turns.take(("deliver",), LEASE)
    row.attempts = 30
    turns.over(row)
    due("b", "fra/ofac")
    time.now = 59.0
    assert turns.take(("deliver",), LEASE) is None
    time.now = 60.5
    assert turns.take(("deliver",), LEASE).subject == "b"


def test_lanes_run_side_by_side_and_end_together() -> None:
    stopping, met = threading.Event(), threading.Barrier(3, timeout=20)

    def beat():
        met.wait()
        stopping.set()

    lanes = [worker.Lane("one", {}, beat, count=2), worker.Lane("two", {}, beat)]
    worker.run(lanes, stopping)
    assert threading.active_count() >= 1
    assert not [each for each in threading.enumerate() if each.name.startswith(("one-", "two-"))]


def test_every_handler_has_a_lane_and_evidence_is_not_among_statements() -> None:
    lanes = {lane.name: set(lane.handlers) for lane in beats.lanes()}
    assert set().union(*lanes.values()) == set(beats.handlers())
    assert "deliver" in lanes["statements"]
    assert {"seal", "fetch", "open", "destroy", "onward"} == lanes["evidence"]
