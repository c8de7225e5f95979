"""Retrying: later and later, never given up by itself, and told to a person in time."""

from datetime import timedelta

import pytest

from rogatory.exchange import Outcome, Retry, retry
from support.world import NOON

SECOND = timedelta(seconds=1)


def after(outcome, attempts=1, waited=0, jitter=0):
    now = NOON + waited * SECOND
    found = retry(outcome, attempts, NOON, now, jitter=jitter)
    return found if found.due is None else (found.due - now, found.tell)


def test_a_receipt_ends_a_delivery_and_a_refusal_ends_it_with_a_word_to_a_person():
    assert after(Outcome.RECEIPT) == Retry(None, tell=False)
    assert after(Outcome.REFUSED) == Retry(None, tell=True)


@pytest.mark.parametrize("outcome", [Outcome.UNREACHABLE, Outcome.BUSY])
@pytest.mark.parametrize(
    ("attempts", "seconds"), [(1, 2), (2, 4), (8, 256), (9, 512), (10, 900), (10**9, 900)]
)
def test_delays_double_up_to_a_quarter_of_an_hour(outcome, attempts, seconds):
    assert after(outcome, attempts) == (seconds * SECOND, False)


def test_nodes_that_lost_one_line_do_not_come_back_together():
    delays = {after(Outcome.BUSY, 5, jitter=jitter)[0] for jitter in range(256)}
    assert len(delays) == 256
    assert max(delays) == 40 * SECOND


def test_after_five_minutes_a_person_is_told():
    assert not after(Outcome.UNREACHABLE, 8, 299)[1]
    assert after(Outcome.UNREACHABLE, 9, 300)[1]
