"""Vectors of ``envelopes``: DSSE with two signatures, transfers, padding."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from rogatory import envelopes, wire
from rogatory.envelopes import transfer
from rogatory.keys import KeyEntry, Purpose, SigningPair
from rogatory.keys.public import encryption_key
from rogatory.values import instant_text
from support.vector_pages import Case, Page, accepted, b64, document, refused
from support.world import ASKED, ASKING, NOON, THIRD, counting_random, decryption, entry, pair, signing

KIND = "application/vnd.rogatory.request.v1+json"
PAYLOAD = b'{"anything":"at all"}'
DSSE = "rogatory.envelopes.dsse:"
TRANSFER = "rogatory.envelopes.transfer:"
PUBLIC = "rogatory.keys.public:"
RING = "rogatory.keys.ring:"
DAY = timedelta(days=1)


def _ring(*entries: KeyEntry) -> list[Any]:
    return [document(each) for each in entries or (entry(signing(ASKING)), entry(signing(ASKED)))]


def envelope(
    *signatures: tuple[str, bytes], payload: bytes = PAYLOAD, kind: str = KIND, **more: Any
) -> bytes:
    """Return an envelope with these signatures, however wrong."""
    listed = [{"keyid": name, "sig": b64(each)} for name, each in signatures]
    return wire.canonical({"payload": b64(payload), "payloadType": kind, "signatures": listed} | more)


def _case(data: bytes, *, ring: list[Any] | None = None, at: Any = NOON, purpose: str = "statement") -> Any:
    return {"envelope": b64(data), "ring": ring or _ring(), "purpose": purpose, "at": instant_text(at)}


def _both(key: SigningPair, signed: bytes | None = None) -> list[tuple[str, bytes]]:
    message = envelopes.pae(KIND, PAYLOAD) if signed is None else signed
    return [(key.key_id, each) for each in key.sign(message)]


def _dated(**dates: Any) -> list[Any]:
    return _ring(entry(signing(ASKING), **dates))


def _refusals() -> Iterator[tuple[str, Callable[[], Any], str, tuple[str, ...]]]:
    mine, theirs = signing(ASKING), signing(ASKED)
    good = lambda: envelopes.sign(KIND, PAYLOAD, mine)  # noqa: E731 - a name for what many lines below need
    ml_dsa = (PUBLIC + "check_post_quantum",)

    def two_keys() -> bytes:
        (name, first), (_, second) = _both(mine)
        return envelope((name, first), (theirs.key_id, second))

    def other_half() -> bytes:
        (name, first), (_, second) = _both(mine)[0], _both(theirs)[1]
        return envelope((name, first), (name, second))

    yield "one signature", lambda: _case(envelope(*_both(mine)[:1])), "KEY-010", (PUBLIC + "check_two",)
    yield "two signatures of one kind", lambda: _case(envelope(*_both(mine)[:1] * 2)), "KEY-012", ml_dsa
    yield "signatures that name two keys", lambda: _case(two_keys()), "ENV-002", (DSSE + "check_one_key",)
    yield "a half by another key", lambda: _case(other_half()), "KEY-012", ml_dsa
    yield (
        "a key of another purpose",
        lambda: _case(
            envelopes.sign(KIND, PAYLOAD, signing(ASKING, Purpose.SEAL)),
            ring=_ring(entry(signing(ASKING, Purpose.SEAL))),
        ),
        "KEY-003",
        (RING + "check_purpose",),
    )
    yield (
        "an unknown key",
        lambda: _case(envelopes.sign(KIND, PAYLOAD, signing(THIRD))),
        "KEY-005",
        (),
    )
    force, revoked = (RING + "check_in_force",), (RING + "check_not_revoked",)
    ended = {"sign_until": NOON - 2 * DAY, "verify_until": NOON - DAY}
    yield "an expired key", lambda: _case(good(), ring=_dated(**ended)), "KEY-006", force
    yield "a revoked key", lambda: _case(good(), ring=_dated(revoked=NOON - DAY)), "KEY-007", revoked
    yield (
        "a compromised key",
        lambda: _case(good(), ring=_dated(compromised_since=NOON - DAY)),
        "KEY-007",
        revoked,
    )
    both = (PUBLIC + "check_classical", PUBLIC + "check_post_quantum")
    yield (
        "another payload",
        lambda: _case(envelope(*_both(mine), payload=PAYLOAD + b" ")),
        "KEY-011",
        both,
    )
    yield (
        "another media type",
        lambda: _case(envelope(*_both(mine), kind=KIND.replace("request", "recall"))),
        "KEY-011",
        both,
    )
    yield "signatures over the bare payload", lambda: _case(envelope(*_both(mine, PAYLOAD))), "KEY-011", both
    yield "an unknown member", lambda: _case(envelope(*_both(mine), alg="none")), "WIRE-010", ()
    yield (
        "a payload in base64 for addresses",
        lambda: _case(envelope(*_both(mine)).replace(b64(PAYLOAD).encode(), b"_-_-")),
        "VALUE-011",
        (),
    )
    yield "truncated", lambda: _case(good()[:-3]), "WIRE-003", ()
    yield (
        "oversized",
        lambda: {
            **_case(b"{}"),
            "envelope": {"repeat": {"before": '["', "unit": "a", "times": 3 << 19, "after": '"]'}},
        },
        "WIRE-001",
        (),
    )


def _signed() -> Iterator[Case]:
    made = {"id": envelopes.identity(KIND, PAYLOAD), "payload": b64(PAYLOAD)}

    def good(payload: bytes = PAYLOAD) -> Any:
        return _case(envelopes.sign(KIND, payload, signing(ASKING)))

    def pretty() -> Any:
        spaced = envelope(*_both(signing(ASKING))).replace(b'","', b'" , "')
        return _case(spaced)

    yield Case("two signatures of one key", lambda: accepted(good(), **made))
    yield Case("the same with spaces between members", lambda: accepted(pretty(), **made))
    empty = {"id": envelopes.identity(KIND, b""), "payload": ""}
    yield Case("an empty payload", lambda: accepted(good(b""), **empty))
    last = {"sign_until": NOON - DAY, "verify_until": NOON + DAY}
    late = lambda: _case(envelopes.sign(KIND, PAYLOAD, signing(ASKING)), ring=_dated(**last))  # noqa: E731 - used once, below
    yield Case("a key that signs no more but is still believed", lambda: accepted(late(), **made))
    for name, make, code, checks in _refusals():
        yield Case(name, lambda make=make, code=code, checks=checks: refused(make(), code, *checks))


def sealed_as(plain: bytes, header: bytes | None = None, **changes: Any) -> bytes:
    """Return a transfer of any plaintext under any header, as a hostile sender could make it."""
    key = changes.pop("key", decryption(ASKED)).public
    members = {"transfer": "7" * 64, "sender": ASKING, "recipient": ASKED, "key": key.key_id} | changes
    header = header or wire.encode(envelopes.ClearHeader(**members))
    info = transfer.INFO_LABEL + hashlib.sha256(header).digest()
    ciphertext = transfer.HPKE.encrypt(plain, encryption_key(key), info=info)
    return struct.pack(">I", len(header)) + header + ciphertext


def padded_by(content: bytes, filler: bytes = b"\x00", size: int | None = None) -> bytes:
    plain = struct.pack(">I", len(content)) + content
    return plain.ljust(size or envelopes.transfer.padded_size(len(plain)), filler)


def _given(data: bytes, key: Any = None) -> Any:
    key = key or decryption(ASKED)
    return {
        "transfer": b64(data),
        "recipient": {
            "authority": key.public.authority,
            "seed": b64(key.seed),
            "rehearsal": key.public.rehearsal,
        },
    }


def _transfers() -> Iterator[Case]:
    content = b"any envelope at all, whatever"
    header = {"from": ASKING, "to": ASKED, "key": decryption(ASKED).key_id}

    def good() -> bytes:
        return envelopes.encrypt(
            content, sender=ASKING, recipient=decryption(ASKED).public, random=counting_random()
        )

    def changed(old: bytes, new: bytes) -> bytes:
        return good().replace(old, new, 1)

    def flipped(at: int) -> bytes:
        data = bytearray(good())
        data[at] ^= 1
        return bytes(data)

    out = {"envelope": b64(content), "header": header}
    yield Case("a transfer", lambda: accepted(_given(good()), **out))
    padding, named = TRANSFER + "check_padding", "rogatory.wire.documents:check_named"
    bare = wire.canonical({"from": ASKING, "to": ASKED, "key": header["key"], "transfer": "7" * 64})
    bad: dict[str, tuple[Callable[[], Any], str, str | None]] = {
        "the clear header's sender changed": (
            lambda: _given(changed(b"vnm/a05", b"vnm/a06")),
            "ENV-012",
            None,
        ),
        "the clear header's recipient changed": (
            lambda: _given(changed(b"fra/ofac", b"fra/ofad")),
            "ENV-012",
            None,
        ),
        "the ciphertext changed": (lambda: _given(flipped(-20)), "ENV-012", None),
        "the tag changed": (lambda: _given(flipped(-1)), "ENV-012", None),
        "the encapsulation changed": (lambda: _given(flipped(-1000)), "ENV-012", None),
        "encrypted to another authority's key": (
            lambda: _given(sealed_as(padded_by(content), key=decryption(THIRD))),
            "ENV-012",
            None,
        ),
        "encrypted to the rehearsal key": (
            lambda: _given(
                sealed_as(padded_by(content), key=pair(ASKED, Purpose.ENCRYPTION, rehearsal=True))
            ),
            "ENV-012",
            None,
        ),
        "a message in the padding": (lambda: _given(sealed_as(padded_by(content, b"x"))), "ENV-013", padding),
        "padding of another size": (
            lambda: _given(sealed_as(padded_by(content, size=64))),
            "ENV-013",
            padding,
        ),
        "no padding": (lambda: _given(sealed_as(padded_by(content, size=1))), "ENV-013", padding),
        "a length beyond the plaintext": (
            lambda: _given(sealed_as(struct.pack(">I", 99) + content)),
            "ENV-013",
            padding,
        ),
        "a plaintext without its length": (lambda: _given(sealed_as(b"abc")), "ENV-013", None),
        "a clear header that names no version": (
            lambda: _given(sealed_as(padded_by(content), bare)),
            "WIRE-012",
            named,
        ),
        "a clear header with an unknown member": (
            lambda: _given(sealed_as(padded_by(content), b'{"digest":"00",' + bare[1:])),
            "WIRE-010",
            None,
        ),
        "no clear header": (lambda: _given(struct.pack(">I", 0) + b"x" * 2000), "WIRE-003", None),
        "a clear header longer than the transfer": (
            lambda: _given(struct.pack(">I", 2000) + b"{}"),
            "ENV-011",
            None,
        ),
        "a clear header that is too long": (
            lambda: _given(sealed_as(padded_by(content), bare + b" " * 2048)),
            "ENV-011",
            None,
        ),
        "three bytes": (lambda: _given(b"abc"), "ENV-011", None),
        "no ciphertext": (lambda: _given(good()[: 4 + struct.unpack(">I", good()[:4])[0]]), "ENV-012", None),
        "truncated": (lambda: _given(good()[:-1]), "ENV-012", None),
    }
    for name, (make, code, check) in bad.items():
        yield Case(name, lambda make=make, code=code, check=check: refused(make(), code, check))
    large = _given(b"")
    large["transfer"] = {
        "repeat": {"before": "", "unit": "a", "times": 4 + 2048 + (2 << 20) + 1, "after": ""}
    }
    yield Case("oversized", lambda: refused(large, "ENV-010"))


def _sizes() -> Iterator[Case]:
    for size in (0, 1, 2, 9, 64, 1000, 1024, 1025, 9_000, 1 << 20, (1 << 20) + 1, 3 << 19):
        padded = envelopes.transfer.padded_size(size)
        yield Case(f"{size} bytes", lambda size=size, padded=padded: accepted({"size": size}, padded=padded))


def pages() -> Iterator[Page]:
    """Yield three pages."""
    yield Page(
        "envelopes/signed.json",
        "Verify the envelope under the ring, for the purpose, as of the instant. Accepted: id and payload.",
        "spec/envelopes.md 1",
        "envelopes.verify",
        tuple(_signed()),
    )
    yield Page(
        "envelopes/transfers.json",
        "Take the transfer apart and decrypt it with the recipient's key. Accepted: the envelope inside.",
        "spec/envelopes.md 2",
        "envelopes.decrypt",
        tuple(_transfers()),
    )
    yield Page(
        "envelopes/padding.json",
        "The size to which a plaintext of so many bytes is padded (Padmé).",
        "spec/envelopes.md 2.5",
        "envelopes.padded",
        tuple(_sizes()),
    )
