"""Vectors of ``statements``: payloads by media type, and signed documents."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from rogatory import envelopes, statements, wire
from rogatory.errors import RogatoryError
from rogatory.keys import KeyRing, Purpose
from rogatory.statements import (
    Acknowledgement,
    AcknowledgementBody,
    Answer,
    AnswerBody,
    Decision,
    DecisionBody,
    Delivery,
    DeliveryBody,
    Document,
    Ground,
    ItemDecision,
    ItemState,
    Query,
    QueryBody,
    Question,
    Ratified,
    RatifiedBody,
    Recall,
    RecallBody,
    Receipt,
    ReceiptBody,
    Reply,
    Report,
    ReportBody,
    State,
    UseConditions,
    Withdrawal,
    WithdrawalBody,
    WrappedKey,
)
from rogatory.values import instant_text
from support.vector_pages import Case, Page, accepted, b64, document, refused
from support.vector_pages.afterwards import afterwards
from support.vector_pages.further import bad_bodies, further_examples
from support.vector_pages.kinds import bad_kinds, requests
from support.world import ASKED, ASKING, NOON, THIRD, entry, header, item, pair, request, signing, words

ACTS = "rogatory.statements.acts:"
HEADER = "rogatory.statements.header:"
OPENING = "rogatory.statements.opening:"
OPENED = "5" * 64
DAY = timedelta(days=1)


def _joins(model: Any, body: Any, *, by: str = ASKED, to: str = ASKING, **changes: Any) -> Any:
    """Return a statement that joins the thread ``OPENED``."""
    place = {"thread": OPENED, "seen": (OPENED,), "sender": by, "recipient": to, "nonce": "9" * 64}
    return model(**header(**(place | changes)), body=body)


def examples() -> dict[str, Document]:
    """Return one document of each type."""
    note = words("Nothing yet.")
    decided = (
        ItemDecision(number=1, outcome="accepted"),
        ItemDecision(number=2, outcome="postponed", ground=Ground(provision="hanoi_2024/art40.p25")),
    )
    states = (
        ItemState(number=1, state=State.PRESERVED, effected=NOON, until=date(2028, 6, 11)),
        ItemState(number=2, state=State.ELSEWHERE, elsewhere_party="xtp"),
    )
    wrapped = WrappedKey(recipient=ASKING, key="a" * 64, wrap=b"a wrapped key")
    own = {"by": ASKING, "to": ASKED, "seq": 2, "prev": OPENED, "seen": ()}
    members = header()
    del members["seq"]
    receipt = Receipt(
        **(members | {"thread": OPENED, "sender": ASKED, "recipient": ASKING}),
        body=ReceiptBody(
            of=OPENED, outcome="admitted", received=NOON, register_snapshot="0" * 64, log_index=7
        ),
    )
    return {
        "request": request(item(1), item(2)),
        "acknowledgement": _joins(Acknowledgement, AcknowledgementBody(of=OPENED, role="duty officer")),
        "query": _joins(
            Query, QueryBody(of=OPENED, questions=(Question(number=1, words=words("Digit 1 or letter l?")),))
        ),
        "answer": _joins(
            Answer,
            AnswerBody(
                of="6" * 64,
                replies=(Reply(question=1, words=words("The digit.")),),
                corrected_items=(item(1),),
            ),
            **own,
        ),
        "decision": _joins(Decision, DecisionBody(of=OPENED, items=decided)),
        "report": _joins(Report, ReportBody(of=OPENED, items=states, note=note)),
        "ratified": _joins(Ratified, RatifiedBody(of=OPENED), **own),
        "recall": _joins(Recall, RecallBody(of=OPENED, items=(1,), reason=words("Wrong zone.")), **own),
        "withdrawal": _joins(Withdrawal, WithdrawalBody(of=OPENED), **own),
        "delivery": _joins(
            Delivery,
            DeliveryBody(
                of=OPENED,
                items=(1,),
                package="b" * 64,
                seal="d" * 64,
                files=3,
                size=1 << 40,
                wraps=(wrapped,),
                conditions=UseConditions(use="evidence"),
            ),
        ),
        **further_examples(_joins),
        **{name: _joins(model, body(OPENED)) for name, (model, body) in afterwards().items()},
        "receipt": receipt,
    }


def _payload(made: Document) -> dict[str, Any]:
    return {"media_type": statements.media_type_of(made), "payload": wire.encode(made).decode()}


def _out(made: Document) -> dict[str, Any]:
    name, _, _ = statements.payload_of(made)
    return {"id": name, "type": made.NAME, "content_id": statements.content_id(made)}


def _changed(name: str, **changes: Any) -> dict[str, Any]:
    """Return a payload with members replaced, or taken away by None; ``body`` changes the body."""
    case = _payload(examples()[name])
    members = json.loads(case["payload"])
    members["body"] |= changes.pop("body", {})
    members |= changes
    kept = {each: value for each, value in members.items() if value is not None}
    return {**case, "payload": json.dumps(kept, sort_keys=True, separators=(",", ":"), ensure_ascii=False)}


def _bad_payloads() -> dict[str, tuple[dict[str, Any], str, str | None]]:
    place, numbers = HEADER + "check_place", ACTS + "check_numbers"
    named = "rogatory.wire.documents:check_named"
    request_type = "application/vnd.rogatory.request.v1+json"
    both = [
        {"number": 1, "outcome": "accepted"},
        {"number": 1, "outcome": "refused", "ground": {"provision": "x"}},
    ]
    prevailing = {"text": "x", "language": "fr", "kind": "sworn", "prevails": True}
    two = {"original": "x", "language": "en", "translations": [prevailing, {**prevailing, "language": "vi"}]}
    example = _payload(examples()["request"])
    return {
        "an unknown media type": (
            {**example, "media_type": request_type.replace("v1", "v2")},
            "WIRE-011",
            None,
        ),
        "a request under another type": (
            {**example, "media_type": request_type.replace("request", "report")},
            "WIRE-010",
            None,
        ),
        "an unknown member": (_changed("request", priority="high"), "WIRE-010", None),
        "an unknown member deep inside": (_changed("request", body={"urgence": "routine"}), "WIRE-010", None),
        "a duplicate member": (
            {**example, "payload": example["payload"].replace('"seq":1', '"seq":1,"seq":1')},
            "WIRE-004",
            "rogatory.wire.strict:check_no_duplicate",
        ),
        "a float for a number": (
            {**example, "payload": example["payload"].replace('"seq":1', '"seq":1.0')},
            "WIRE-005",
            None,
        ),
        "text for a number": (_changed("request", seq="1"), "WIRE-010", None),
        "no type": (_changed("request", type=None), "WIRE-012", named),
        "no version": (_changed("request", version=None), "WIRE-012", named),
        "no suite": (_changed("request", suite=None), "WIRE-012", named),
        "another suite": (_changed("request", suite="ed25519"), "WIRE-010", None),
        "no nonce": (_changed("request", nonce=None), "WIRE-010", None),
        "a member by the name of its Python field": (_changed("request", sender=ASKING), "WIRE-010", None),
        "a statement within one Party": (
            _changed("request", to="vnm/spp"),
            "STMT-002",
            HEADER + "check_two_parties",
        ),
        "a later number without a predecessor": (_changed("request", seq=2), "STMT-003", place),
        "a first number with a predecessor": (_changed("request", prev=OPENED), "STMT-003", place),
        "an opening statement that has seen something": (
            _changed("request", seen=[OPENED]),
            "STMT-003",
            place,
        ),
        "an opening statement with number 2": (_changed("request", seq=2, prev=OPENED), "STMT-003", place),
        "a statement that joins a thread and has seen nothing": (
            _changed("decision", seen=[]),
            "STMT-003",
            place,
        ),
        "a head named twice": (
            _changed("decision", seen=[OPENED] * 2),
            "STMT-004",
            HEADER + "check_seen_once",
        ),
        "number 0": (_changed("request", seq=0), "WIRE-010", None),
        "items out of order": (
            _changed("request", body={"items": _changed_items(2, 1)}),
            "STMT-005",
            "rogatory.statements.request:check_items",
        ),
        "one item twice in a request": (
            _changed("request", body={"items": _changed_items(1, 1)}),
            "STMT-005",
            "rogatory.statements.request:check_items",
        ),
        "no items": (_changed("request", body={"items": []}), "WIRE-010", None),
        "one item accepted and refused": (_changed("decision", body={"items": both}), "STMT-005", numbers),
        "one item reported twice": (
            _changed("report", body={"items": [{"number": 1, "state": "vanished"}] * 2}),
            "STMT-005",
            numbers,
        ),
        "one question asked twice": (
            _changed(
                "query", body={"questions": [{"number": 1, "words": {"original": "x", "language": "en"}}] * 2}
            ),
            "STMT-005",
            numbers,
        ),
        "one question answered twice": (
            _changed(
                "answer",
                body={"replies": [{"question": 1, "words": {"original": "x", "language": "en"}}] * 2},
            ),
            "STMT-005",
            numbers,
        ),
        "one item recalled twice": (_changed("recall", body={"items": [1, 1]}), "STMT-005", numbers),
        "one item withdrawn twice": (_changed("withdrawal", body={"items": [1, 1]}), "STMT-005", numbers),
        "one item delivered twice": (_changed("delivery", body={"items": [1, 1]}), "STMT-005", numbers),
        "a refusal without a ground": (
            _changed("decision", body={"items": [{"number": 1, "outcome": "refused"}]}),
            "STMT-006",
            ACTS + "check_ground",
        ),
        "a report of a refusal without a ground": (
            _changed("report", body={"items": [{"number": 1, "state": "refused"}]}),
            "STMT-006",
            ACTS + "check_ground",
        ),
        "two translations that prevail": (
            _changed("recall", body={"reason": two}),
            "STMT-010",
            HEADER + "check_prevailing",
        ),
        "a void receipt without a reason": (
            _changed("receipt", body={"outcome": "void"}),
            "STMT-009",
            "rogatory.statements.receipt:check_reason",
        ),
        "an acknowledgement by a machine": (
            _changed("acknowledgement", body={"made_by": "node"}),
            "WIRE-010",
            None,
        ),
        "an identifier that is not the one in the text": (
            {
                **example,
                "payload": example["payload"].replace(
                    '"normalised":"203.0.113.57"', '"normalised":"203.0.113.58"'
                ),
            },
            "VALUE-023",
            "rogatory.values.identifiers:check_normalised",
        ),
        "a rehearsal under a real media type": (
            _changed("request", rehearsal=True),
            "STMT-008",
            OPENING + "check_rehearsal",
        ),
        "a real statement under a rehearsal's media type": (
            {**example, "media_type": request_type.replace("request", "rehearsal.request")},
            "STMT-008",
            OPENING + "check_rehearsal",
        ),
    }


def _changed_items(*numbers: int) -> list[Any]:
    return [document(item(number)) for number in numbers]


def _payloads() -> Iterator[Case]:
    for name, made in (examples() | requests()).items():
        yield Case(name, lambda made=made: accepted(_payload(made), **_out(made)))
    rehearsed = request(rehearsal=True)
    yield Case("a rehearsal", lambda: accepted(_payload(rehearsed), **_out(rehearsed)))
    further = {
        name: (_changed(kind, body=body), code, check) for name, kind, body, code, check in bad_bodies()
    }
    mixed = {name: (_changed("request", body=body), code, check) for name, body, code, check in bad_kinds()}
    for name, (given, code, check) in (_bad_payloads() | further | mixed).items():
        yield Case(name, lambda given=given, code=code, check=check: refused(given, code, check))


def _given(envelope: bytes, *entries: Any, at: Any = NOON) -> dict[str, Any]:
    listed = entries or (entry(signing(ASKING)), entry(signing(ASKED)))
    return {"envelope": b64(envelope), "ring": [document(each) for each in listed], "at": instant_text(at)}


def _signed() -> Iterator[Case]:
    made = examples()["request"]
    rehearsal = pair(ASKING, Purpose.STATEMENT, rehearsal=True)
    rehearsed = request(rehearsal=True)

    def by(key: Any, of: Document = made, **dates: Any) -> dict[str, Any]:
        return _given(statements.sign(of, key), entry(key, **dates))

    def mixed() -> dict[str, Any]:
        _, _, payload = statements.payload_of(rehearsed)
        return _given(envelopes.sign(statements.media_type_of(made), payload, signing(ASKING)))

    out = {"id": statements.payload_of(made)[0], "type": "request"}
    yield Case("a request signed by its sender", lambda: accepted(by(signing(ASKING)), **out))
    yield Case(
        "a rehearsal signed by a rehearsal key",
        lambda: accepted(by(rehearsal, rehearsed), id=statements.payload_of(rehearsed)[0], type="request"),
    )
    yield Case(
        "a request whose key signs no more since",
        lambda: accepted(by(signing(ASKING), sign_until=NOON, verify_until=NOON + DAY), **out),
    )
    bad: dict[str, tuple[Callable[[], Any], str, str]] = {
        "signed by another authority": (lambda: by(signing(THIRD)), "STMT-001", OPENING + "check_signer"),
        "signed by the recipient": (lambda: by(signing(ASKED)), "STMT-001", OPENING + "check_signer"),
        "a real request under a rehearsal key": (
            lambda: by(rehearsal),
            "STMT-008",
            OPENING + "check_key_rehearsal",
        ),
        "a rehearsal under a real key": (
            lambda: by(signing(ASKING), rehearsed),
            "STMT-008",
            OPENING + "check_key_rehearsal",
        ),
        "a rehearsal's payload under a real media type": (mixed, "STMT-008", ""),
        "dated after the key's last day of signing": (
            lambda: by(signing(ASKING), sign_until=NOON - DAY, verify_until=NOON + DAY),
            "KEY-017",
            "rogatory.keys.ring:check_could_sign",
        ),
    }
    for name, (make, code, check) in bad.items():
        checks = (OPENING + "check_rehearsal", OPENING + "check_key_rehearsal") if not check else (check,)
        yield Case(name, lambda make=make, code=code, checks=checks: refused(make(), code, *checks))


def signed_example(before: bytes) -> bytes:
    """Return a signed request, the one on disk if it is still this one."""
    made, ring = examples()["request"], KeyRing([entry(signing(ASKING))])
    try:
        if statements.open_document(before, ring, NOON).document == made:
            return before
    except RogatoryError:
        pass
    return statements.sign(made, signing(ASKING))


def example_key() -> bytes:
    """Return the public key under which ``signed_example`` is verified."""
    return wire.encode(signing(ASKING).public)


def pages() -> Iterator[Page]:
    """Yield two pages."""
    yield Page(
        "statements/payloads.json",
        "Read the payload by its media type. Accepted: id, type, and the digest that approvers sign.",
        "spec/statements.md 1, 2 and 4",
        "statements.read",
        tuple(_payloads()),
    )
    yield Page(
        "statements/signed.json",
        "Open the signed document under the ring as of the instant. Accepted: id and type.",
        "spec/statements.md 3",
        "statements.open",
        tuple(_signed()),
    )
