"""What France sends: stored once, receipted once, folded; and what it may not do."""

from __future__ import annotations

import pytest

from rogatory.statements import (
    Acknowledgement,
    AcknowledgementBody,
    ItemState,
    Report,
    ReportBody,
    State,
    payload_of,
)
from rogatory_node.base import NodeError, Role
from rogatory_node.casework import index, selectors
from rogatory_node.casework.models import DomesticAct
from rogatory_node.casework.services import domestic, draft, follow_up, freeze, receive
from rogatory_node.casework.services.share import share
from rogatory_node.records.models import SignedReceipt, SignedStatement
from support import world
from support.office import A05, OFAC, SPP, body_of


def answer(model, body, preservation, **changes):
    members = world.header(sender=OFAC, recipient=A05, thread=preservation.thread, case=preservation.case)
    return model(**(members | {"seen": (preservation.statement_id,)} | changes), body=body)


def acknowledgement(preservation, **changes):
    body = AcknowledgementBody(of=preservation.statement_id, role="duty_officer")
    return answer(Acknowledgement, body, preservation, **changes)


def test_an_acknowledgement_is_stored_with_its_receipt_and_folded(preservation, france):
    received = france(acknowledgement(preservation))
    assert received.error is None
    assert received.first
    folded = index.fold_thread(preservation.thread, authority=A05)
    assert folded.requests[0].acknowledgement is not None
    assert SignedReceipt.objects.get().outcome == "admitted"


def test_the_same_statement_again_gets_the_same_receipt(preservation, france):
    statement = acknowledgement(preservation)
    first, second = france(statement), france(statement)
    assert second.receipt == first.receipt
    assert not second.first
    assert SignedStatement.objects.filter(way="received").count() == 1


def test_two_stories_at_one_place_are_both_kept_and_the_second_is_void(preservation, france):
    france(acknowledgement(preservation))
    other = acknowledgement(preservation, nonce="e" * 64)
    assert france(other).error is None
    outcomes = sorted(SignedReceipt.objects.values_list("outcome", "reason"))
    assert outcomes == [("admitted", ""), ("void", "EXCH-012")]
    folded = index.fold_thread(preservation.thread, authority=A05)
    assert [entry.standing.value for entry in folded.entries] == ["folded", "folded", "void"]


def test_a_statement_whose_parent_is_missing_waits(preservation, france):
    received = france(acknowledgement(preservation, seq=2, prev="d" * 64))
    assert received.first
    folded = index.fold_thread(preservation.thread, authority=A05)
    assert folded.entries[-1].standing.value == "waiting"


def test_a_report_moves_the_items_and_starts_the_clock(preservation, france, duty):
    from datetime import date

    states = ItemState(number=1, state=State.PRESERVED, effected=world.NOON, until=date(2028, 6, 11))
    france(answer(Report, ReportBody(of=preservation.statement_id, items=(states,)), preservation))
    view = selectors.thread(duty.officer, preservation.thread)
    assert view.thread.requests[0].items[1].state.state is State.PRESERVED
    assert "preservation" in {each.kind for each in view.clocks}


def test_a_thread_of_another_authority_looks_as_if_it_did_not_exist(preservation, hire):
    stranger = hire("mai", Role.INVESTIGATOR, authority=SPP)
    with pytest.raises(NodeError, match="NODE-500"):
        selectors.thread(stranger.officer, preservation.thread)
    with pytest.raises(NodeError, match="NODE-500"):
        selectors.thread(stranger.officer, "f" * 64)


def test_a_follow_up_needs_no_retyping(preservation, hire, duty):
    prosecutor = hire("chau", Role.LEGAL_REVIEWER, authority=SPP)
    share(duty.officer, A05, thread=preservation.thread, with_authority=SPP)
    made = follow_up.begin_stored_data(
        prosecutor.officer,
        authority=SPP,
        recipient=OFAC,
        thread=preservation.thread,
        request=preservation.statement_id,
    )
    asked = body_of(index.document_of(preservation))
    assert made.raw["items"] == asked["items"]
    assert made.raw["offence"] == asked["offence"]
    assert made.raw["preservation"] == preservation.statement_id
    assert made.raw["kind"] == "stored_data"
    assert freeze.freeze(prosecutor.officer, made).rule == "request_stored_data"


def test_no_report_of_execution_without_a_domestic_act(france, duty):
    asked = world.request(sender=OFAC, recipient=A05)
    france(asked)
    row = SignedStatement.objects.get()
    aim = draft.Aim(authority=A05, recipient=OFAC, thread=row.thread)
    body = {
        "of": row.statement_id,
        "items": [{"number": 1, "state": "preserved", "effected": "2028-03-13T18:32:00Z"}],
    }
    made = draft.begin(duty.officer, "report", aim, body)
    with pytest.raises(NodeError, match="NODE-507"):
        freeze.freeze(duty.officer, made)
    order = domestic.Order(
        kind="order",
        items=(1,),
        issued_by="Prosecutor on call",
        reference="2028/0312",
        legal_basis="Code of criminal procedure",
        issued_on="2028-03-14",
        expires_on="2028-06-11",
    )
    domestic.record(duty.officer, A05, thread=row.thread, request=row.statement_id, order=order)
    assert DomesticAct.objects.get().items == [1]
    assert freeze.freeze(duty.officer, made).state == "frozen"


@pytest.mark.parametrize("limit", [("MOST", 2), ("LARGEST", 10_000)])
def test_a_peer_that_sends_without_end_is_told_that_the_thread_is_full(
    limit, preservation, france, monkeypatch
):
    monkeypatch.setattr(receive, *limit)
    previous = None
    for seq in (1, 2, 3):
        statement = acknowledgement(preservation, seq=seq, prev=previous, nonce=f"{seq:064x}")
        received = france(statement)
        previous = payload_of(statement)[0]
    assert received.error.code == "NODE-606"
    assert SignedStatement.objects.filter(way="received").count() == 2
    # What was receipted is receipted again, and another thread has room.
    first = acknowledgement(preservation, seq=1, prev=None, nonce=f"{1:064x}")
    assert france(first).error is None
    assert france(world.request(sender=OFAC, recipient=A05)).first
