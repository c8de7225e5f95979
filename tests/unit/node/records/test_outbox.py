"""What is due is done once: a row, a lease, a fence."""

from datetime import timedelta

import pytest

from rogatory_node.base import NodeError
from rogatory_node.records import outbox
from rogatory_node.records.models import Due
from support.world import NOON

pytestmark = pytest.mark.django_db
LEASE = timedelta(seconds=60)
TOPICS = ("deliver",)


def put(subject="a" * 64, **changes):
    return outbox.put("deliver", subject, authority="vnm/a05", now=NOON, **changes)


def take(*, now=NOON, machine=NOON, topics=TOPICS):
    return outbox.take(topics, now=now, machine=machine, lease=LEASE)


def test_one_thing_is_due_once() -> None:
    assert put().pk == put().pk
    assert Due.objects.count() == 1


def test_a_taken_row_is_nobody_elses_until_its_lease_ends() -> None:
    put()
    first = take()
    assert first is not None
    assert take() is None
    second = take(machine=NOON + LEASE)
    assert second is not None
    assert second.fence == first.fence + 1


def test_who_lost_the_fence_cannot_close_the_row() -> None:
    put()
    first, second = take(), take(machine=NOON + LEASE)
    for act in (
        lambda: outbox.close(first, now=NOON),
        lambda: outbox.postpone(first, NOON, "EXCH-001"),
        lambda: outbox.give_up(first, "EXCH-001", now=NOON),
    ):
        with pytest.raises(NodeError, match="NODE-204"):
            act()
    outbox.close(second, now=NOON)
    assert Due.objects.get().state == Due.State.DONE


def test_a_closed_row_is_never_taken_or_closed_again() -> None:
    put()
    row = take()
    outbox.close(row, now=NOON)
    assert take(machine=NOON + LEASE * 2) is None
    assert put().state == Due.State.DONE
    with pytest.raises(NodeError, match="NODE-204"):
        outbox.close(row, now=NOON)


def test_a_postponed_row_is_due_at_its_time_and_says_why() -> None:
    put()
    outbox.postpone(take(), NOON + LEASE, "EXCH-030")
    assert take() is None
    again = take(now=NOON + LEASE)
    assert again is not None
    assert (again.attempts, again.last_code) == (1, "EXCH-030")


def test_a_row_that_was_given_up_waits_for_a_person() -> None:
    put()
    outbox.give_up(take(), "EXCH-007", now=NOON)
    assert take(now=NOON + LEASE) is None
    assert Due.objects.get().last_code == "EXCH-007"


def test_a_timer_of_ninety_days_is_not_due_on_the_eighty_ninth() -> None:
    put(due=NOON + timedelta(days=90))
    assert take(now=NOON + timedelta(days=89)) is None
    assert outbox.next_due(TOPICS) == NOON + timedelta(days=90)
    assert take(now=NOON + timedelta(days=90)) is not None


def test_a_worker_takes_only_what_it_can_do() -> None:
    put()
    assert take(topics=("witness",)) is None
    assert outbox.next_due(("witness",)) is None


def test_the_row_that_waited_longest_comes_first() -> None:
    put("b" * 64, due=NOON - timedelta(seconds=1))
    put("a" * 64, due=NOON - timedelta(seconds=9))
    assert [take().subject[0], take().subject[0]] == ["a", "b"]


def test_a_row_taken_between_look_and_touch_is_looked_for_again(monkeypatch) -> None:
    put("a" * 64, due=NOON - timedelta(seconds=9))
    put("b" * 64)
    stolen = Due.objects.get(subject="a" * 64)
    original = type(Due.objects.all()).first

    def steal(rows):
        found = original(rows)
        if found is not None and found.pk == stolen.pk:
            Due.objects.filter(pk=found.pk).update(fence=7, lease_until=NOON + LEASE)
        return found

    monkeypatch.setattr(type(Due.objects.all()), "first", steal)
    assert take().subject[0] == "b"
