"""Deliveries: what is announced follows the fold, and what goes out says what was sealed."""

from __future__ import annotations

import pytest

from rogatory.statements import (
    Delivery,
    DeliveryBody,
    Recall,
    RecallBody,
    UseConditions,
    WrappedKey,
    payload_of,
)
from rogatory_node.base import NodeError, Role
from rogatory_node.casework import index, selectors
from rogatory_node.casework.models import Draft
from rogatory_node.casework.services import deliver, domestic, draft, freeze
from rogatory_node.people import officers
from rogatory_node.records import outbox
from rogatory_node.records.models import Due, SignedReceipt, SignedStatement
from rogatory_node.vault import selectors as vault
from rogatory_node.vault.models import Package
from rogatory_node.vault.services import opening
from support import world
from support.office import A05, MOJ, OFAC, ORDER, SPP, answering

CONDITIONS = UseConditions(use="evidence")
WORDS = world.words("Sent by mistake.")


def delivery_body(preservation, **changes):
    members = {
        "of": preservation.statement_id,
        "items": (1,),
        "package": "a" * 64,
        "seal": "b" * 64,
        "files": 1,
        "size": 1000,
        "wraps": (WrappedKey(recipient=A05, key="c" * 64, wrap=b"wrap"),),
        "conditions": CONDITIONS,
    }
    return DeliveryBody(**(members | changes))


def delivery(preservation, *, body=None, **changes):
    return answering(Delivery, delivery_body(preservation, **(body or {})), preservation, **changes)


def test_a_delivery_that_counts_is_announced_and_due(preservation, france):
    france(delivery(preservation))
    made = Package.objects.get()
    assert (made.state, made.package, made.counterpart) == ("announced", "a" * 64, OFAC)
    assert Due.objects.get(topic="fetch").subject == str(made.pk)
    assert made.conditions == {"use": "evidence", "onward": "not_without_consent", "proceedings": []}


def test_the_same_delivery_again_is_announced_once(preservation, france):
    statement = delivery(preservation)
    france(statement)
    france(statement)
    assert Package.objects.count() == Due.objects.filter(topic="fetch").count() == 1


def test_a_void_delivery_is_not_fetched(preservation, france):
    france(delivery(preservation))
    france(delivery(preservation, body={"package": "d" * 64}, nonce="e" * 64))
    assert sorted(SignedReceipt.objects.values_list("outcome", flat=True)) == ["admitted", "void"]
    assert [each.package for each in Package.objects.all()] == ["a" * 64]


def test_a_delivery_of_the_requesting_side_is_not_fetched(asked, france):
    """France asks us; it cannot make us fetch by a delivery that only we could make."""
    statement = answering(
        Delivery,
        delivery_body(asked),
        asked,
        seq=2,
        prev=asked.statement_id,
        seen=(),
    )
    assert france(statement).error is None
    folded = index.fold_thread(asked.thread, authority=A05)
    assert folded.entries[-1].standing.value == "misplaced"
    assert not Package.objects.exists()


def test_a_delivery_that_waits_is_announced_when_what_came_before_it_is_there(preservation, france):
    first = delivery(preservation)
    second = delivery(
        preservation,
        body={"package": "d" * 64},
        seq=2,
        prev=payload_of(first)[0],
        nonce="1" * 64,
    )
    france(second)
    assert not Package.objects.exists()
    france(first)
    assert sorted(each.package for each in Package.objects.all()) == ["a" * 64, "d" * 64]


def test_a_name_that_another_peer_took_does_not_hide_a_package(preservation, france, duty):
    """Two authorities name their packages alike; each delivery is announced."""
    france(delivery(preservation))
    first = SignedStatement.objects.get(way="received")
    second = delivery(
        preservation,
        body={"seal": "d" * 64},
        sender=MOJ,
        seq=2,
        prev=first.statement_id,
        nonce="2" * 64,
    )
    assert france(second).error is None
    assert sorted(Package.objects.values_list("seal", flat=True)) == ["b" * 64, "d" * 64]


def test_a_recalled_delivery_is_marked_and_can_no_longer_be_opened(preservation, france, custodian):
    france(delivery(preservation))
    row = SignedStatement.objects.get(way="received")
    Package.objects.update(state=Package.State.HELD)
    recall = answering(
        Recall,
        RecallBody(of=row.statement_id, reason=WORDS),
        preservation,
        seq=2,
        prev=row.statement_id,
    )
    france(recall)
    held = Package.objects.get()
    assert held.recalled_by == SignedStatement.objects.get(type="recall").statement_id
    with pytest.raises(NodeError, match="NODE-457"):
        opening.order(custodian.officer, held)


@pytest.fixture
def sealed(asked, custodian, duty):
    domestic.record(
        duty.officer, A05, thread=asked.thread, request=asked.statement_id, order=domestic.Order(**ORDER)
    )
    officers.appoint(None, custodian.officer, A05, Role.DUTY_OFFICER)
    return Package.objects.create(
        authority=A05,
        counterpart=OFAC,
        way=Package.Way.SENT,
        state=Package.State.SEALED,
        case=asked.case,
        thread=asked.thread,
        request=asked.statement_id,
        package="a" * 64,
        seal="b" * 64,
        files=3,
        size=4096,
        wraps=[{"recipient": OFAC, "key": "c" * 64, "wrap": "d3JhcA=="}],
        conditions=CONDITIONS.model_dump(mode="json", exclude_none=True),
        recorded_at=world.NOON,
        recorded_by=custodian.officer,
    )


def send_delivery(sealed, custodian, lawyer):
    made = deliver.begin_delivery(custodian.officer, sealed, [1], certificate="Certificate 7")
    return custodian.send(made, (custodian, Role.CUSTODIAN), (lawyer, Role.LEGAL_REVIEWER))


def test_a_delivery_opens_the_package_to_its_recipient_alone(sealed, custodian, lawyer):
    assert selectors.delivered_to(OFAC, sealed.package) is None
    row = send_delivery(sealed, custodian, lawyer)
    assert selectors.delivered_to(OFAC, sealed.package).delivery == row.statement_id
    for other in (MOJ, SPP, A05, "xtp/cyber"):
        assert selectors.delivered_to(other, sealed.package) is None
    assert selectors.delivered_to(OFAC, "") is None
    assert selectors.delivered_to(OFAC, "../" + "a" * 61) is None


@pytest.mark.parametrize(
    "change",
    [
        {"seal": "0" * 64},
        {"package": "0" * 64},
        {"size": 1},
        {"files": 1},
        {"wraps": [{"recipient": MOJ, "key": "c" * 64, "wrap": "d3JhcA=="}]},
        {"conditions": {"use": "lead"}},
    ],
)
def test_a_delivery_says_what_the_seal_says(change, sealed, custodian):
    made = deliver.begin_delivery(custodian.officer, sealed, [1])
    changed = draft.change(custodian.officer, made, made.raw | change, version=1)
    with pytest.raises(NodeError, match="NODE-518"):
        freeze.freeze(custodian.officer, changed)


def test_a_package_of_another_request_or_authority_is_not_delivered(sealed, custodian):
    for members in ({"authority": SPP}, {"request": "0" * 64}, {"thread": "0" * 64}, {"state": "failed"}):
        made = deliver.begin_delivery(custodian.officer, sealed, [1])
        Package.objects.update(**members)
        with pytest.raises(NodeError, match="NODE-518"):
            freeze.freeze(custodian.officer, made)
        Package.objects.update(
            authority=A05, request=sealed.request, thread=sealed.thread, state=Package.State.SEALED
        )


def test_what_is_not_sealed_yet_is_not_delivered(sealed, custodian):
    sealed.state = Package.State.SEALING
    with pytest.raises(NodeError, match="NODE-454"):
        deliver.begin_delivery(custodian.officer, sealed, [1])
    assert not Draft.objects.exists()


def test_a_package_is_delivered_once_while_its_delivery_stands(sealed, custodian, lawyer):
    send_delivery(sealed, custodian, lawyer)
    sealed.refresh_from_db()
    with pytest.raises(NodeError, match="NODE-519"):
        send_delivery(sealed, custodian, lawyer)


def test_a_delivery_that_the_peer_found_void_gives_nothing_and_can_be_made_again(sealed, custodian, lawyer):
    row = send_delivery(sealed, custodian, lawyer)
    SignedReceipt.objects.create(
        authority=A05,
        way="received",
        envelope=b"",
        stored_at=world.NOON,
        receipt_id="1" * 64,
        of=row.statement_id,
        outcome="void",
        reason="EXCH-012",
        received=world.NOON,
        register_snapshot="0" * 64,
        sender=OFAC,
    )
    assert selectors.delivered_to(OFAC, sealed.package) is None
    [trouble] = selectors.troubles(custodian.officer)
    assert (trouble.kind, trouble.code, trouble.thread) == ("delivery_void", "EXCH-012", row.thread)


def test_a_delivery_that_the_peer_refused_gives_nothing_and_a_person_is_told(sealed, custodian, lawyer):
    row = send_delivery(sealed, custodian, lawyer)
    due = Due.objects.get(topic="deliver", subject=row.statement_id)
    outbox.give_up(due, "EXCH-008", now=world.NOON)
    assert selectors.delivered_to(OFAC, sealed.package) is None
    sealed.refresh_from_db()
    [trouble] = selectors.troubles(custodian.officer)
    assert (trouble.kind, trouble.code, trouble.subject) == ("delivery_refused", "EXCH-008", row.statement_id)
    again = send_delivery(sealed, custodian, lawyer)
    assert selectors.delivered_to(OFAC, sealed.package).delivery == again.statement_id


def test_a_delivery_that_we_recall_gives_nothing_from_then_on(sealed, custodian, lawyer):
    row = send_delivery(sealed, custodian, lawyer)
    body = {"of": row.statement_id, "reason": {"original": "Wrong customer.", "language": "en"}}
    aim = draft.Aim(A05, OFAC, thread=row.thread)
    custodian.send(draft.begin(custodian.officer, "recall", aim, body), (custodian, Role.DUTY_OFFICER))
    assert selectors.delivered_to(OFAC, sealed.package) is None
    sealed.refresh_from_db()
    assert sealed.recalled_by


def test_sealing_answers_a_request_of_the_other_party_in_this_thread(asked, preservation, custodian, node):
    (node.intake_of(A05) / "disk").write_bytes(b"x")

    def order(**changes):
        members = {
            "recipient": OFAC,
            "thread": asked.thread,
            "request": asked.statement_id,
            "intake": "disk",
            "conditions": CONDITIONS,
        }
        return deliver.order_sealing(custodian.officer, A05, **(members | changes))

    for wrong, code in (
        ({"request": preservation.statement_id}, "NODE-521"),
        ({"thread": preservation.thread, "request": preservation.statement_id}, "NODE-521"),
        ({"recipient": "xtp/cyber"}, "NODE-502"),
        ({"thread": "f" * 64}, "NODE-500"),
        ({"intake": "other"}, "NODE-450"),
    ):
        with pytest.raises(NodeError, match=code):
            order(**wrong)
    assert not Package.objects.exists()
    made = order(recipient=MOJ)
    assert (made.case, made.counterpart, made.state) == (asked.case, MOJ, "sealing")


def test_what_could_not_be_fetched_is_told_to_who_serves_the_authority(preservation, france, duty, hire):
    france(delivery(preservation))
    Package.objects.update(state=Package.State.FAILED, failure="EVID-031")
    [trouble] = selectors.troubles(duty.officer)
    assert (trouble.kind, trouble.code, trouble.thread) == (
        "package_failed",
        "EVID-031",
        preservation.thread,
    )
    assert selectors.troubles(hire("mai", Role.CUSTODIAN, authority=SPP).officer) == ()
    assert list(vault.failed(duty.officer)) == [Package.objects.get()]
