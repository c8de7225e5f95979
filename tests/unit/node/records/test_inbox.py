"""A statement arrives once: bytes, receipt, leaf and projection stand or fall together."""

import pytest

from rogatory_node.records import inbox, log
from rogatory_node.records.models import Leaf, SignedReceipt, SignedStatement
from rogatory_node.records.statements import Way
from support import world
from support.world import NOON

pytestmark = pytest.mark.django_db


def arrive(thread, *, project=lambda row: None, seen=None, document=None):
    def sign(index: int) -> bytes:
        if seen is not None:
            seen.append(index)
        of = thread.request_id if document is None else None
        return thread.envelope(thread.receipt(of, log_index=index))

    return inbox.arrive(
        thread.envelope(document),
        authority=world.ASKED,
        outcome="admitted",
        now=NOON,
        sign_receipt=sign,
        project=project,
    )


def test_the_receipt_names_the_leaf_of_the_arrival(thread) -> None:
    first = arrive(thread)
    assert first.first
    receipt = SignedReceipt.objects.get()
    row = SignedStatement.objects.get()
    assert receipt.signer_log_index == row.log_index == 0
    assert Leaf.objects.get(pk=0).statement_id == thread.request_id
    assert (row.way, receipt.way) == (Way.RECEIVED, Way.SENT)
    assert log.of_statement(thread.request_id, authority=world.ASKED) == (0,)


def test_a_repeat_gets_the_same_receipt_and_changes_nothing(thread) -> None:
    first, seen = arrive(thread), []
    again = arrive(thread, seen=seen)
    assert (again.receipt, again.first, seen) == (first.receipt, False, [])
    assert (SignedStatement.objects.count(), SignedReceipt.objects.count(), log.size()) == (1, 1, 1)


def test_a_projection_that_fails_undoes_the_arrival(thread) -> None:
    def fail(row: object) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        arrive(thread, project=fail)
    assert (SignedStatement.objects.count(), SignedReceipt.objects.count(), log.size()) == (0, 0, 0)


def test_the_projection_sees_the_row(thread) -> None:
    rows = []
    arrive(thread, project=rows.append)
    assert [each.statement_id for each in rows] == [thread.request_id]


def test_the_loser_of_a_race_returns_the_winners_receipt(thread, monkeypatch) -> None:
    winner = arrive(thread)
    answers = iter([None, winner.receipt])
    monkeypatch.setattr(inbox, "receipt_given", lambda *_, **__: next(answers))
    loser = arrive(thread)
    assert (loser.receipt, loser.first, log.size()) == (winner.receipt, False, 1)


def test_what_has_not_arrived_has_no_receipt(thread) -> None:
    assert inbox.receipt_given(thread.request_id, authority=world.ASKED) is None
