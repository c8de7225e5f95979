"""What a draft may aim at, what two people do to it at once, and what is checked again as it leaves."""

from __future__ import annotations

from datetime import date

import pytest

from rogatory import keys
from rogatory.keys import Purpose
from rogatory.statements import ItemState, Report, ReportBody, State
from rogatory.threads import Standing
from rogatory_node.base import NodeError, Role
from rogatory_node.casework import index
from rogatory_node.casework.models import CaseFile, DomesticAct, Draft
from rogatory_node.casework.services import domestic, draft, follow_up, freeze, ratify, send
from rogatory_node.people import approvals
from rogatory_node.records.models import Due, SignedStatement
from support import world
from support.office import A05, OFAC, ORDER, SPP, answering, body_of

AIM = draft.Aim(authority=A05, recipient=OFAC)
WORDS = {"original": "The panel clock was +01.", "language": "en"}


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("recipient", "France"),
        ("recipient", "fra/" + "x" * 60),
        ("case", "../case"),
        ("thread", "0" * 63),
        ("language", "English"),
        ("instrument", "x" * 201),
        ("instrument", "two\nlines"),
        ("title", "y" * 201),
    ],
)
def test_an_aim_that_no_header_could_hold_is_refused_and_nothing_kept(member, value, duty):
    aim = draft.Aim(**({"authority": A05, "recipient": OFAC} | {member: value}))
    with pytest.raises(NodeError, match="NODE-520") as refused:
        draft.begin(duty.officer, "request", aim, {})
    assert refused.value.fields["member"] == member
    assert Draft.objects.count() == CaseFile.objects.count() == 0


def test_a_draft_may_wait_for_its_recipient_and_be_given_one(duty):
    made = draft.begin(duty.officer, "request", draft.Aim(authority=A05, recipient=""), {})
    changed = draft.change(duty.officer, made, {}, version=1, recipient=OFAC)
    assert changed.recipient == OFAC
    with pytest.raises(NodeError, match="NODE-520"):
        draft.change(duty.officer, changed, {}, version=2, recipient="elsewhere")


def test_an_act_that_nobody_knows_is_refused(duty):
    with pytest.raises(NodeError, match="NODE-501"):
        draft.begin(duty.officer, "receipt", AIM, {})


def test_a_draft_holds_nothing_that_a_screen_would_hide(duty):
    for raw in ({"facts": "a\u202eb"}, {"facts": float("nan")}, {"facts": object()}, _deep(60)):
        with pytest.raises(NodeError, match="NODE-505"):
            draft.begin(duty.officer, "request", AIM, raw)


def _deep(levels):
    raw = {}
    for _ in range(levels):
        raw = {"x": raw}
    return raw


def test_a_case_of_somebody_else_cannot_be_joined(duty, hire):
    other = hire("chau", Role.INVESTIGATOR, authority=SPP)
    theirs = draft.begin(other.officer, "request", draft.Aim(authority=SPP, recipient=OFAC), {})
    with pytest.raises(NodeError, match="NODE-517"):
        draft.begin(duty.officer, "request", draft.Aim(A05, OFAC, case=theirs.case), {})
    with pytest.raises(NodeError, match="NODE-517"):
        draft.begin(duty.officer, "request", draft.Aim(A05, OFAC, case="f" * 64), {})


def test_a_second_request_may_join_our_own_case(preservation, duty):
    made = draft.begin(duty.officer, "request", draft.Aim(A05, OFAC, case=preservation.case), {})
    assert made.case == preservation.case
    assert CaseFile.objects.count() == 1


def test_a_statement_stays_between_the_two_parties_of_its_thread(preservation, duty):
    with pytest.raises(NodeError, match="NODE-502"):
        draft.begin(duty.officer, "query", draft.Aim(A05, "xtp/cyber", thread=preservation.thread), {})
    made = draft.begin(duty.officer, "recall", draft.Aim(A05, OFAC, thread=preservation.thread), {})
    with pytest.raises(NodeError, match="NODE-502"):
        draft.change(duty.officer, made, {}, version=1, recipient="xtp/cyber")
    # Even if a row were written by something else than the services.
    raw = {"of": preservation.statement_id, "reason": WORDS}
    Draft.objects.filter(pk=made.pk).update(recipient="xtp/cyber", raw=raw)
    made.refresh_from_db()
    with pytest.raises(NodeError, match="NODE-502"):
        freeze.freeze(duty.officer, made)


def test_two_freezes_are_one(duty):
    made = draft.begin(duty.officer, "request", AIM, body_of(world.request()))
    stale = Draft.objects.get(pk=made.pk)
    first = freeze.freeze(duty.officer, made)
    with pytest.raises(NodeError, match="NODE-503"):
        freeze.freeze(duty.officer, stale)
    assert Draft.objects.get().content_id == first.content_id


def test_two_sends_from_stale_pages_are_one_statement(duty):
    made = freeze.freeze(duty.officer, draft.begin(duty.officer, "request", AIM, body_of(world.request())))
    duty.approve(made, Role.DUTY_OFFICER)
    stale = Draft.objects.get(pk=made.pk)
    send.send(duty.officer, made)
    with pytest.raises(NodeError, match="NODE-503"):
        send.send(duty.officer, stale)
    assert SignedStatement.objects.count() == Due.objects.filter(topic="deliver").count() == 1


def test_two_drafts_that_leave_at_once_take_two_places(preservation, duty):
    """Both were frozen on the same thread; places are given as they leave, under the log's lock."""
    aim = draft.Aim(A05, OFAC, thread=preservation.thread)
    body = {"of": preservation.statement_id, "items": [1]}
    drafts = [draft.begin(duty.officer, "withdrawal", aim, body) for _ in range(2)]
    frozen = [freeze.freeze(duty.officer, each) for each in drafts]
    for each in frozen:
        duty.approve(each, Role.DUTY_OFFICER)
    rows = [send.send(duty.officer, each) for each in frozen]
    assert [row.seq for row in rows] == [2, 3]
    assert rows[1].prev == rows[0].statement_id
    folded = index.fold_thread(preservation.thread, authority=A05)
    assert {entry.standing for entry in folded.entries} == {Standing.FOLDED}


def test_a_discarded_draft_is_not_sent_and_a_sent_one_not_discarded(preservation, duty):
    made = freeze.freeze(duty.officer, draft.begin(duty.officer, "request", AIM, body_of(world.request())))
    duty.approve(made, Role.DUTY_OFFICER)
    draft.discard(duty.officer, made)
    with pytest.raises(NodeError, match="NODE-503"):
        send.send(duty.officer, made)
    with pytest.raises(NodeError, match="NODE-503"):
        draft.discard(duty.officer, Draft.objects.get(state="sent"))


def test_what_was_frozen_is_judged_again_as_it_leaves(asked, duty):
    domestic.record(
        duty.officer, A05, thread=asked.thread, request=asked.statement_id, order=domestic.Order(**ORDER)
    )
    body = {
        "of": asked.statement_id,
        "items": [{"number": 1, "state": "preserved", "effected": "2028-03-13T18:32:00Z"}],
    }
    made = freeze.freeze(
        duty.officer, draft.begin(duty.officer, "report", draft.Aim(A05, OFAC, thread=asked.thread), body)
    )
    duty.approve(made, Role.DUTY_OFFICER)
    DomesticAct.objects.all().delete()
    with pytest.raises(NodeError, match="NODE-507"):
        send.send(duty.officer, made)
    assert not SignedStatement.objects.filter(way="sent").exists()


def test_only_a_request_opens_a_thread(duty):
    made = draft.begin(duty.officer, "recall", AIM, {"of": "a" * 64, "reason": WORDS})
    with pytest.raises(NodeError, match="NODE-506"):
        freeze.freeze(duty.officer, made)


def test_a_domestic_act_belongs_to_the_party_that_executes(preservation, duty):
    with pytest.raises(NodeError, match="NODE-516"):
        domestic.record(
            duty.officer,
            A05,
            thread=preservation.thread,
            request=preservation.statement_id,
            order=domestic.Order(**ORDER),
        )


@pytest.mark.parametrize("change", [{"items": (7,)}, {}])
def test_a_domestic_act_names_items_of_a_request_that_is_there(change, asked, duty):
    request = asked.statement_id if change else "f" * 64
    with pytest.raises(NodeError, match="NODE-512"):
        domestic.record(
            duty.officer, A05, thread=asked.thread, request=request, order=domestic.Order(**(ORDER | change))
        )


def test_a_ratification_names_a_statement_that_we_sent(preservation, asked, duty):
    for named in ("f" * 64, asked.statement_id):
        made = draft.begin(
            duty.officer, "ratified", draft.Aim(A05, OFAC, thread=preservation.thread), {"of": named}
        )
        with pytest.raises(NodeError, match="NODE-506"):
            freeze.freeze(duty.officer, made)


def test_what_left_the_record_cannot_be_ratified(preservation, duty, lawyer, monkeypatch):
    aim = draft.Aim(A05, OFAC, thread=preservation.thread)
    made = freeze.freeze(
        duty.officer, draft.begin(duty.officer, "ratified", aim, {"of": preservation.statement_id})
    )
    lawyer.approve(made, Role.LEGAL_REVIEWER)
    monkeypatch.setattr(ratify.stored, "find", lambda *_, **__: None)
    with pytest.raises(NodeError, match="NODE-511"):
        send.send(lawyer.officer, made)


def test_a_follow_up_needs_a_preservation(asked, preservation, duty):
    for request in ("f" * 64, asked.statement_id):
        with pytest.raises(NodeError, match="NODE-513"):
            follow_up.begin_stored_data(
                duty.officer, authority=A05, recipient=OFAC, thread=preservation.thread, request=request
            )


def test_a_key_that_the_register_does_not_name_signs_nothing(duty, node):
    made = freeze.freeze(duty.officer, draft.begin(duty.officer, "request", AIM, body_of(world.request())))
    duty.approve(made, Role.DUTY_OFFICER)
    held = next(node.keys.glob("vnm.a05.statement.*.key"))
    held.unlink()
    other = world.pair(A05, Purpose.STATEMENT, 9)
    keys.save(other, node.keys / f"vnm.a05.statement.{other.key_id[:16]}.key")
    with pytest.raises(NodeError, match="NODE-509"):
        send.send(duty.officer, made)
    assert SignedStatement.objects.count() == 0
    assert Draft.objects.get().state == "frozen"


def test_approvals_are_counted_for_this_content_alone(duty, lawyer):
    """An approval under one draft does nothing for another of the same words."""
    body = body_of(world.request(body={"kind": "stored_data"}))
    one, two = (
        freeze.freeze(duty.officer, draft.begin(duty.officer, "request", AIM, body)) for _ in range(2)
    )
    assert one.content_id != two.content_id
    for who, role in ((duty, Role.DUTY_OFFICER), (lawyer, Role.LEGAL_REVIEWER)):
        who.approve(one, role)
    assert approvals.given(A05, two.content_id) == ()
    with pytest.raises(NodeError, match="NODE-508"):
        send.send(duty.officer, two)


def test_a_recalled_request_does_not_stop_the_fold(preservation, france, duty):
    states = ItemState(number=1, state=State.PRESERVED, effected=world.NOON, until=date(2028, 6, 11))
    france(answering(Report, ReportBody(of=preservation.statement_id, items=(states,)), preservation))
    made = draft.begin(
        duty.officer,
        "recall",
        draft.Aim(A05, OFAC, thread=preservation.thread),
        {"of": preservation.statement_id, "reason": WORDS},
    )
    row = duty.send(made)
    folded = index.fold_thread(preservation.thread, authority=A05)
    assert folded.requests[0].recalled_by == row.statement_id
