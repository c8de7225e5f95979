"""Messages that the door refuses, each with the check that it defeats."""

from __future__ import annotations

import base64
import struct
from collections.abc import Callable
from typing import Any

from rogatory import envelopes, statements, wire
from rogatory.exchange import TRANSFER_TYPE, HttpRequest, http_message, http_signature
from rogatory.keys import Purpose
from rogatory.statements import Receipt, ReceiptBody
from support.vector_pages import b64
from support.vector_pages.envelopes import envelope as any_envelope
from support.vector_pages.envelopes import padded_by, sealed_as
from support.vector_pages.posting import (
    ACCEPT,
    ASKED,
    ASKING,
    DAY,
    ENCRYPTION,
    HTTP,
    NONCE,
    NOON,
    OTHER,
    PUBLIC,
    REQUEST,
    RING,
    SECOND,
    STATEMENT,
    THIRD,
    TRANSPORT,
    URL,
    dated,
    issued,
    memory,
    post,
    posted,
    private,
    transfer,
    written,
)
from support.world import decryption, header, pair, request, signing


def _resigned(message: HttpRequest, covered: str, key: Any = None) -> HttpRequest:
    http_signature._sign(message, covered, key or signing(ASKING, TRANSPORT), NOON, NONCE)
    return message


def _swapped() -> dict[str, Any]:
    message = post(transfer(issued()))
    message.body = transfer(issued(), start="b")
    return written(message)


def _headers(**changes: str | None) -> dict[str, Any]:
    message = post(transfer(issued()))
    changed = message.headers | {name.replace("_", "-"): value for name, value in changes.items()}
    message.headers = {name: value for name, value in changed.items() if value is not None}
    return written(message)


def _parameters(old: str, new: str) -> dict[str, Any]:
    message = post(transfer(issued()))
    message.headers["signature-input"] = message.headers["signature-input"].replace(old, new)
    return written(message)


def _half() -> dict[str, Any]:
    message = post(transfer(issued()))
    both = base64.b64decode(message.headers["signature"].removeprefix("rogatory=:").removesuffix(":"))
    message.headers["signature"] = f"rogatory=:{b64(both[:64])}:"
    return written(message)


Bad = tuple[Callable[[], dict[str, Any]], str, tuple[str, ...]]


def outer() -> dict[str, Bad]:
    """Return what fails at steps 1 to 5."""
    good = lambda **more: post(transfer(issued()), **more)  # noqa: E731 - a name for what the lines below need
    elsewhere = "https://hanoi.example/peer/v1/statements"

    def moved() -> dict[str, Any]:
        message = good(url=elsewhere)
        message.url = URL
        return written(message)

    def digest_too() -> dict[str, Any]:
        body = transfer(issued(), start="b")
        message = good()
        message.headers["content-digest"], message.body = http_message.digest_field(body), body
        return written(message)

    signature, fresh, covered = (
        (HTTP + "check_signature",),
        (HTTP + "check_fresh",),
        (HTTP + "check_covered",),
    )
    uncovered = '("@method" "@target-uri" "content-type")'
    body: dict[str, Any] = {
        "repeat": {"before": "", "unit": "a", "times": 4 + 2048 + (2 << 20) + 1, "after": ""}
    }
    oversized = written(HttpRequest("POST", URL, {"content-type": TRANSFER_TYPE}, b""))
    oversized["message"]["body"] = body
    last = {"sign_until": NOON - DAY, "verify_until": NOON + DAY}
    ended = {"sign_until": NOON - 2 * DAY, "verify_until": NOON - DAY}
    return {
        "oversized": (lambda: oversized, "EXCH-001", ()),
        "no signature": (lambda: _headers(signature=None, signature_input=None), "EXCH-002", ()),
        "a signature without its description": (lambda: _headers(signature_input=None), "EXCH-002", ()),
        "another label": (lambda: _parameters("rogatory=", "sig1="), "EXCH-002", ()),
        "another tag": (lambda: _parameters("rogatory-peer-v1", "rogatory-peer-v2"), "EXCH-002", ()),
        "no nonce": (lambda: _parameters(f';nonce="{NONCE}"', ""), "EXCH-002", ()),
        "no date": (lambda: _parameters(f";created={int(NOON.timestamp())}", ""), "EXCH-002", ()),
        "an algorithm named": (lambda: _parameters(";tag=", ';alg="ed25519";tag='), "EXCH-002", ()),
        "two signatures in one field": (
            lambda: _parameters(";tag=", ';tag="x", sig2=("@method");tag='),
            "EXCH-002",
            (),
        ),
        "an unknown key": (lambda: _parameters(signing(ASKING, TRANSPORT).key_id, "0" * 64), "KEY-005", ()),
        "a statement key": (lambda: written(good(key=signing(ASKING))), "KEY-003", (RING + "check_purpose",)),
        "an expired transport key": (
            lambda: written(good(), entries=dated(transport=ended)),
            "KEY-006",
            (RING + "check_in_force", RING + "check_could_sign"),
        ),
        "a revoked transport key": (
            lambda: written(good(), entries=dated(transport={"revoked": NOON - DAY})),
            "KEY-007",
            (RING + "check_not_revoked",),
        ),
        "a transport key that signs no more": (
            lambda: written(good(), entries=dated(transport=last)),
            "KEY-017",
            (RING + "check_could_sign",),
        ),
        "content left uncovered": (lambda: written(_resigned(good(), uncovered)), "EXCH-003", covered),
        "nothing covered but the method": (
            lambda: written(_resigned(good(), '("@method")')),
            "EXCH-003",
            covered,
        ),
        "content changed": (_swapped, "EXCH-003", (HTTP + "check_content",)),
        "content and digest changed": (digest_too, "EXCH-003", signature),
        "signed for another address": (moved, "EXCH-003", signature),
        "its nonce changed": (lambda: _parameters(NONCE, "2" * 32), "EXCH-003", signature),
        "the Ed25519 half alone": (_half, "EXCH-003", signature),
        "signed by another key than it names": (
            lambda: _parameters(signing(ASKING, TRANSPORT).key_id, signing(THIRD, TRANSPORT).key_id),
            "EXCH-003",
            (*signature, ACCEPT + "check_names"),
        ),
        "stale": (lambda: written(good(now=NOON - 301 * SECOND)), "EXCH-004", fresh),
        "from the future": (lambda: written(good(now=NOON + 61 * SECOND)), "EXCH-004", fresh),
        "a nonce seen before": (
            lambda: written(good(), **memory(nonces=[[signing(ASKING, TRANSPORT).key_id, NONCE]])),
            "EXCH-005",
            (ACCEPT + "check_replay",),
        ),
        "more than the quota": (
            lambda: written(good(), **memory(open=False)),
            "EXCH-006",
            (ACCEPT + "check_quota",),
        ),
        "another content type": (
            lambda: written(good(kind="application/octet-stream")),
            "EXCH-009",
            (ACCEPT + "check_kind",),
        ),
        "sent as a GET, whose content is not covered": (
            lambda: written(good(method="GET")),
            "EXCH-003",
            (HTTP + "check_content", ACCEPT + "check_kind"),
        ),
    }


def inner() -> dict[str, Bad]:
    """Return what fails at steps 6 to 10."""
    kind, payload = statements.payload_of(REQUEST)[1:]
    mine = signing(ASKING)

    def sealed(*signatures: tuple[str, bytes], **more: Any) -> dict[str, Any]:
        return written(post(transfer(any_envelope(*signatures, payload=payload, kind=kind))), **more)

    def both(key: Any = mine) -> list[tuple[str, bytes]]:
        return [(key.key_id, each) for each in key.sign(envelopes.pae(kind, payload))]

    def named_apart() -> dict[str, Any]:
        (name, first), (_, second) = both()
        return sealed((name, first), (signing(ASKED).key_id, second))

    def statement_key(**dates: Any) -> dict[str, Any]:
        return posted(entries=dated(statement=dates))

    def tampered() -> dict[str, Any]:
        return written(post(transfer(issued()).replace(b'"transfer":"', b'"transfer":"0', 1)))

    def misled() -> dict[str, Any]:
        """Encrypted to a third authority's key, under a header that names the key served here."""
        body = transfer(issued(), key=decryption(THIRD))
        ours, theirs = decryption(ASKED).key_id.encode(), decryption(THIRD).key_id.encode()
        (size,) = struct.unpack(">I", body[:4])
        clear = body[4 : 4 + size].replace(theirs, ours).replace(THIRD.encode(), ASKED.encode())
        return written(post(struct.pack(">I", len(clear)) + clear + body[4 + size :]))

    def receipt() -> dict[str, Any]:
        members = header()
        del members["seq"]
        stated = ReceiptBody(of="5" * 64, outcome="admitted", received=NOON, register_snapshot="0" * 64)
        return posted(Receipt(**members, body=stated))

    def forwarded() -> bytes:
        """A third Party's statement to the one that now sends it on."""
        return issued(request(sender=THIRD, recipient=ASKING, nonce="f" * 64))

    third = {"authorities": [ASKED], "decryption": [private(decryption(ASKED))]}
    elsewhere = {"decryption": [private(pair(OTHER, ENCRYPTION))]}
    there, practised = pair(ASKED, ENCRYPTION, rehearsal=True), request(rehearsal=True)
    names, apart = (ACCEPT + "check_names",), (ACCEPT + "check_rehearsal",)
    revoked = (RING + "check_not_revoked",)
    ml_dsa = (PUBLIC + "check_post_quantum",)
    twice = wire.canonical({"payload": b64(payload), "payloadType": kind, "signatures": []})
    return {
        "addressed to an authority that is not served here": (
            lambda: written(
                post(transfer(issued(request(recipient=OTHER)), key=pair(OTHER, ENCRYPTION))), **elsewhere
            ),
            "EXCH-007",
            (ACCEPT + "check_addressed",),
        ),
        "addressed to a key that is not served here": (
            lambda: posted(decryption=[private(there)]),
            "EXCH-007",
            (),
        ),
        "its clear header changed": (tampered, "WIRE-003", ()),
        "encrypted to another key than the header names": (misled, "ENV-012", ()),
        "a message in the padding": (
            lambda: written(post(_padded_with(b"x", issued()))),
            "ENV-013",
            ("rogatory.envelopes.transfer:check_padding",),
        ),
        "no envelope inside": (lambda: written(post(transfer(b"hello"))), "WIRE-003", ()),
        "no signatures inside": (lambda: written(post(transfer(twice))), "KEY-010", ()),
        "one signature": (lambda: sealed(*both()[:1]), "KEY-010", (PUBLIC + "check_two",)),
        "two signatures of one kind": (lambda: sealed(both()[0], both()[0]), "KEY-012", ml_dsa),
        "signatures that name two keys": (named_apart, "ENV-002", ("rogatory.envelopes.dsse:check_one_key",)),
        "a seal key": (
            lambda: posted(key=signing(ASKING, Purpose.SEAL)),
            "KEY-003",
            (RING + "check_purpose",),
        ),
        "an unknown statement key": (lambda: posted(key=pair(ASKING, STATEMENT, 7)), "KEY-005", ()),
        "an expired statement key": (
            lambda: statement_key(sign_until=NOON - 2 * DAY, verify_until=NOON - DAY),
            "KEY-006",
            (RING + "check_in_force", RING + "check_could_sign"),
        ),
        "a statement key that signed no more": (
            lambda: statement_key(sign_until=NOON - DAY, verify_until=NOON + DAY),
            "KEY-017",
            (RING + "check_could_sign",),
        ),
        "a revoked statement key": (lambda: statement_key(revoked=NOON - DAY), "KEY-007", revoked),
        "a compromised statement key": (
            lambda: statement_key(compromised_since=NOON - DAY),
            "KEY-007",
            revoked,
        ),
        "signed in the name of another authority": (
            lambda: posted(key=signing(THIRD)),
            "STMT-001",
            ("rogatory.statements.opening:check_signer",),
        ),
        "a receipt": (receipt, "STMT-007", ()),
        "encrypted again by its recipient to a third Party": (
            lambda: written(post(transfer(forwarded(), sender=ASKING)), **third),
            "EXCH-008",
            names,
        ),
        "the same, with the true sender in the clear header": (
            lambda: written(post(transfer(forwarded(), sender=THIRD)), **third),
            "EXCH-008",
            names,
        ),
        "carried by an authority that is no relay": (
            lambda: written(post(transfer(issued()), key=signing(THIRD, TRANSPORT))),
            "EXCH-008",
            names,
        ),
        "a clear header that names another sender": (
            lambda: written(post(transfer(issued(), sender=THIRD), key=signing(THIRD, TRANSPORT))),
            "EXCH-008",
            names,
        ),
        "another's statement that is known here": (
            lambda: written(
                post(transfer(issued(), sender=THIRD), key=signing(THIRD, TRANSPORT)),
                **memory(receipts={statements.payload_of(REQUEST)[0]: b64(b"the receipt")}),
            ),
            "EXCH-008",
            names,
        ),
        "a rehearsal to the real key": (
            lambda: posted(practised, pair(ASKING, STATEMENT, rehearsal=True)),
            "EXCH-010",
            apart,
        ),
        "a real statement to the rehearsal key": (
            lambda: written(post(transfer(issued(), key=there))),
            "EXCH-010",
            apart,
        ),
        "a real statement carried under a rehearsal key": (
            lambda: written(post(transfer(issued()), key=pair(ASKING, TRANSPORT, rehearsal=True))),
            "EXCH-010",
            apart,
        ),
        "a rehearsal signed by a real key": (
            lambda: written(post(transfer(issued(practised), key=there))),
            "STMT-008",
            ("rogatory.statements.opening:check_key_rehearsal",),
        ),
    }


def _padded_with(filler: bytes, content: bytes) -> bytes:
    return sealed_as(padded_by(content, filler))
