"""Who reads what of a thread: through which authority, with which file, and the signed bytes of others."""

from __future__ import annotations

import pytest

from rogatory_node.base import NodeError, Role, clock
from rogatory_node.casework import selectors
from rogatory_node.casework.services.share import share
from rogatory_node.people import officers
from rogatory_node.records import outbox, statements
from rogatory_node.records.models import Due, SignedReceipt
from support import world
from support.office import A05, SPP


@pytest.fixture
def both(hire):
    """An officer who serves two authorities."""
    person = hire("bao", Role.LEGAL_REVIEWER, authority=SPP)
    officers.appoint(None, person.officer, A05, Role.OVERSIGHT)
    return person.officer


def test_a_thread_is_looked_at_as_the_authority_that_acts_in_it(preservation, duty, both):
    share(duty.officer, A05, thread=preservation.thread, with_authority=SPP)
    found = selectors.thread(both, preservation.thread)
    assert found.authority == A05
    assert found.seen_by == (A05, SPP)
    assert found.file.authority == A05


def test_whoever_serves_one_of_several_looks_through_that_one(preservation, duty, hire):
    share(duty.officer, A05, thread=preservation.thread, with_authority=SPP)
    prosecutor = hire("chau", Role.INVESTIGATOR, authority=SPP).officer
    found = selectors.thread(prosecutor, preservation.thread)
    assert (found.authority, found.seen_by, found.file.authority) == (SPP, (SPP,), SPP)


def test_who_was_let_in_reads_the_signed_bytes_too(preservation, duty, hire):
    prosecutor = hire("chau", Role.INVESTIGATOR, authority=SPP).officer
    with pytest.raises(NodeError, match="NODE-515"):
        selectors.envelope(prosecutor, preservation.statement_id)
    share(duty.officer, A05, thread=preservation.thread, with_authority=SPP)
    assert selectors.envelope(prosecutor, preservation.statement_id) == statements.envelope(preservation)


def test_the_receipt_is_the_one_we_hold_or_the_one_we_gave(asked, preservation, duty):
    given = SignedReceipt.objects.get()
    assert selectors.receipt(duty.officer, asked.statement_id) == bytes(given.envelope)
    with pytest.raises(NodeError, match="NODE-515"):
        selectors.receipt(duty.officer, preservation.statement_id)


def test_lists_hold_each_authoritys_own_threads(preservation, asked, duty, hire):
    assert {row.thread for row in selectors.threads(duty.officer)} == {preservation.thread, asked.thread}
    assert not selectors.threads(hire("chau", Role.INVESTIGATOR, authority=SPP).officer).exists()


def test_a_delivery_that_waits_for_minutes_is_told(preservation, duty):
    due = Due.objects.get(topic="deliver")
    outbox.postpone(due, world.NOON, "unreachable")
    assert selectors.troubles(duty.officer) == ()
    clock.set_to(world.NOON.replace(hour=19), frozen=True)
    [trouble] = selectors.troubles(duty.officer)
    assert (trouble.kind, trouble.code) == ("delivery_waiting", "unreachable")
    assert (trouble.thread, trouble.subject) == (preservation.thread, preservation.statement_id)
