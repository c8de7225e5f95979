"""What a hostile peer can send: each is refused with its code, and nothing of it is kept."""

from __future__ import annotations

import base64
import json
from datetime import timedelta

import pytest

from rogatory import envelopes, statements
from rogatory.exchange import HttpRequest
from rogatory.exchange.retry import Outcome
from rogatory.keys import Purpose
from rogatory_node.demo.case import A05, MINISTRY, OFAC, SPP
from support.hand import Hand, admit_third, stray
from support.same import assert_same
from support.two_nodes import PARTIES


@pytest.fixture
def hand(two):
    """The keys of the Vietnamese point of contact, in somebody else's software."""
    return Hand(two, A05)


@pytest.fixture
def unmoved(two):
    """Whatever a test sends, neither side keeps anything of it."""

    def kept():
        tables = ("signedstatement", "signedreceipt", "due")
        rows = {
            (party, table): two.rows(party, f"SELECT count(*) FROM records_{table}")
            for party in PARTIES
            for table in tables
        }
        leaves = "SELECT count(*) FROM records_leaf WHERE tag LIKE 'statement:%'"
        return rows | {party: two.rows(party, leaves) for party in PARTIES}

    before = kept()
    yield
    assert kept() == before


# ---- signed by whom --------------------------------------------------------------------------------


@pytest.mark.usefixtures("unmoved")
def test_a_key_that_is_not_in_the_register_speaks_for_nobody(hand) -> None:
    envelope = hand.signed(hand.request(OFAC), stray(A05, Purpose.STATEMENT))
    assert hand.code(hand.message(hand.sealed(envelope, OFAC), "fra"), OFAC) == "KEY-005"


@pytest.mark.usefixtures("unmoved")
def test_a_key_of_another_purpose_signs_no_statement(hand) -> None:
    envelope = hand.signed(hand.request(OFAC), hand.pair(Purpose.TRANSPORT))
    assert hand.code(hand.message(hand.sealed(envelope, OFAC), "fra"), OFAC) == "KEY-003"


@pytest.mark.usefixtures("unmoved")
def test_an_authority_signs_for_no_other_one(two, hand) -> None:
    envelope = hand.signed(hand.request(OFAC), Hand(two, SPP).pair(Purpose.STATEMENT))
    assert hand.code(hand.message(hand.sealed(envelope, OFAC), "fra"), OFAC) == "STMT-001"


def _without_one(envelope: dict) -> None:
    del envelope["signatures"][1]


def _one_twice(envelope: dict) -> None:
    envelope["signatures"][1] = envelope["signatures"][0]


def _other_payload(envelope: dict) -> None:
    payload = base64.b64decode(envelope["payload"]).replace(b'"language":"en"', b'"language":"fr"')
    envelope["payload"] = base64.b64encode(payload).decode()


@pytest.mark.usefixtures("unmoved")
@pytest.mark.parametrize(
    ("bend", "code"),
    [(_without_one, "KEY-010"), (_one_twice, "KEY-012"), (_other_payload, "KEY-011")],
    ids=["one-alone", "one-twice", "other-bytes"],
)
def test_two_signatures_of_two_kinds_over_these_very_bytes(hand, bend, code) -> None:
    document = json.loads(hand.signed(hand.request(OFAC)))
    bend(document)
    transfer = hand.sealed(json.dumps(document).encode(), OFAC)
    assert hand.code(hand.message(transfer, "fra"), OFAC) == code


@pytest.mark.usefixtures("unmoved")
@pytest.mark.parametrize(
    ("bend", "code"),
    [
        (lambda payload: payload.replace(b'"seq":1', b'"seq":1,"seq":1'), "WIRE-004"),
        (lambda payload: payload.replace(b'"seq":1', b'"seq":1.0'), "WIRE-005"),
        (lambda payload: payload.replace(b'"seq":1', b'"seq":1,"more":1'), "WIRE-010"),
        (lambda payload: payload[:-1], "WIRE-003"),
        (lambda payload: payload[:-1] + b',"body2":' + b"[" * 40 + b"]" * 40 + b"}", "WIRE-007"),
    ],
    ids=["duplicate-member", "float", "unknown-member", "truncated", "too-deep"],
)
def test_what_is_signed_must_also_be_well_formed(hand, bend, code) -> None:
    _, kind, payload = statements.payload_of(hand.request(OFAC))
    bent = bend(payload)
    assert bent != payload
    envelope = envelopes.sign(kind, bent, hand.pair(Purpose.STATEMENT))
    assert hand.code(hand.message(hand.sealed(envelope, OFAC), "fra"), OFAC) == code


# ---- meant for whom --------------------------------------------------------------------------------


@pytest.mark.usefixtures("unmoved")
@pytest.mark.parametrize("posing", [True, False], ids=["as-the-sender", "as-oneself"])
def test_a_recipient_cannot_seal_a_statement_again_to_somebody_else(two, hand, posing) -> None:
    # Meant for the point of contact in Paris, which passes it on to the Procuracy in Hanoi.
    envelope = hand.signed(hand.request(OFAC))
    recipient = Hand(two, OFAC)
    transfer = recipient.sealed(envelope, SPP, sender=A05 if posing else OFAC)
    assert recipient.code(recipient.message(transfer, "vnm"), SPP) == "EXCH-008"


@pytest.mark.usefixtures("unmoved")
def test_another_authority_of_the_same_node_is_not_the_one_addressed(two, hand) -> None:
    transfer = hand.sealed(hand.signed(hand.request(OFAC)), MINISTRY)
    assert hand.code(hand.message(transfer, "fra"), MINISTRY) == "EXCH-008"


@pytest.mark.usefixtures("unmoved")
def test_nobody_carries_what_another_wrote(two, hand) -> None:
    transfer = hand.sealed(hand.signed(hand.request(OFAC)), OFAC)
    carrier = Hand(two, SPP)
    assert carrier.code(carrier.message(transfer, "fra"), OFAC) == "EXCH-008"


@pytest.mark.usefixtures("unmoved")
def test_a_transfer_to_a_key_of_another_node_is_not_taken(hand) -> None:
    transfer = hand.sealed(hand.signed(hand.request(OFAC)), SPP)
    assert hand.code(hand.message(transfer, "fra"), OFAC) == "EXCH-007"


@pytest.mark.usefixtures("unmoved")
@pytest.mark.parametrize(
    ("bend", "code"),
    [
        (lambda transfer: transfer[:-1] + bytes([transfer[-1] ^ 1]), "ENV-012"),
        (lambda transfer: transfer[: len(transfer) // 2], "ENV-012"),
        (lambda _: b"", "ENV-011"),
        (lambda _: b"\xff" * 5000, "ENV-011"),
    ],
    ids=["flipped", "truncated", "empty", "garbage"],
)
def test_a_damaged_transfer_is_not_read(hand, bend, code) -> None:
    transfer = bend(hand.sealed(hand.signed(hand.request(OFAC)), OFAC))
    assert hand.code(hand.message(transfer, "fra"), OFAC) == code


# ---- a third Party ---------------------------------------------------------------------------------


def test_a_third_party_passes_nothing_on_and_joins_no_thread(two, hand) -> None:
    thread = two.opened()
    third = admit_third(two)
    # What was meant for the third Party, sealed again as if it had been meant for France.
    for sender in (A05, third.authority):
        transfer = third.sealed(hand.signed(hand.request(third.authority)), OFAC, sender=sender)
        assert third.code(third.message(transfer, "fra"), OFAC) == "EXCH-008"
    # It speaks in a thread of two others: kept as void, because it is signed, and it changes nothing.
    seen = two.sees("fra", thread)
    joined = third.request(OFAC, case=seen["case"], thread=thread, seq=2, prev=thread)
    assert third.say(joined).outcome is Outcome.RECEIPT
    name, _, _ = statements.payload_of(joined)
    kept = two.rows("fra", "SELECT outcome, reason FROM records_signedreceipt WHERE of = ?", name)
    assert kept == [("void", "EXCH-011")]
    assert_same(two, thread, 1)


# ---- strangers -------------------------------------------------------------------------------------


def _unsigned(message: HttpRequest) -> None:
    del message.headers["signature"]


def _other_body(message: HttpRequest) -> None:
    message.body = message.body[:-1] + bytes([message.body[-1] ^ 1])


def _other_content(message: HttpRequest) -> None:
    message.headers["content-type"] = "application/json"


def _other_place(message: HttpRequest) -> None:
    message.url += "?again=1"


@pytest.mark.usefixtures("unmoved")
@pytest.mark.parametrize("bend", [_unsigned, _other_body, _other_content, _other_place])
def test_a_message_whose_signature_does_not_hold_comes_from_a_stranger(hand, bend) -> None:
    message = hand.message(hand.sealed(hand.signed(hand.request(OFAC)), OFAC), "fra")
    bend(message)
    assert_stranger(hand.raw(message))


@pytest.mark.usefixtures("unmoved")
def test_a_key_that_is_no_transport_key_comes_from_a_stranger(hand) -> None:
    transfer = hand.sealed(hand.signed(hand.request(OFAC)), OFAC)
    for pair in (stray(A05, Purpose.TRANSPORT), hand.pair(Purpose.STATEMENT)):
        assert_stranger(hand.raw(hand.message(transfer, "fra", pair)))


@pytest.mark.usefixtures("unmoved")
@pytest.mark.parametrize("ago", [timedelta(seconds=310), timedelta(seconds=-70)], ids=["stale", "ahead"])
def test_a_message_of_another_time_comes_from_a_stranger(hand, ago) -> None:
    transfer = hand.sealed(hand.signed(hand.request(OFAC)), OFAC)
    assert_stranger(hand.raw(hand.message(transfer, "fra", ago=ago)))


@pytest.mark.usefixtures("unmoved")
def test_a_body_that_is_too_large_comes_from_a_stranger(hand) -> None:
    assert_stranger(hand.raw(hand.message(bytes((2 << 20) + 4096), "fra")))


def assert_stranger(answer) -> None:
    assert (answer.status_code, answer.content) == (404, b"")
    assert "signature" not in answer.headers


# ---- two stories -----------------------------------------------------------------------------------


def test_a_second_story_at_one_place_is_kept_as_proof_and_changes_nothing(two, hand) -> None:
    seen = two.sees("fra", two.opened())
    thread, case = seen["thread"], seen["case"]
    ratified = two.ratification(thread).send()["statement_id"]
    two.settled(thread, 2)
    story = hand.request(OFAC, case=case, thread=thread, seq=2, prev=thread)
    answer = hand.say(story)
    assert answer.outcome is Outcome.RECEIPT
    name, _, _ = statements.payload_of(story)
    after = two.sees("fra", thread)
    standing = {each["id"]: each["standing"] for each in after["entries"]}
    assert standing == {thread: "folded", ratified: "folded", name: "void"}
    assert after["equivocations"] == [sorted([ratified, name])]
    assert after["items"] == seen["items"]
    # The same again gets the same receipt, and nothing more is written.
    assert hand.say(story).receipt == answer.receipt


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"case": "d" * 64}, "EXCH-011"), ({"prev": "e" * 64}, "EXCH-013")],
    ids=["another-case", "another-predecessor"],
)
def test_a_statement_out_of_its_place_is_kept_as_void(two, hand, changes, code) -> None:
    seen = two.sees("fra", two.opened())
    thread = seen["thread"]
    place = {"case": seen["case"], "thread": thread, "seq": 2, "prev": thread}
    wrong = hand.request(OFAC, **(place | changes))
    assert hand.say(wrong).outcome is Outcome.RECEIPT
    name, _, _ = statements.payload_of(wrong)
    kept = two.rows("fra", "SELECT outcome, reason FROM records_signedreceipt WHERE of = ?", name)
    assert kept == [("void", code)]
    assert two.sees("fra", thread)["items"] == seen["items"]
