"""Signed envelopes: DSSE with two signatures of one key.

The identity of what is signed is the SHA-256 of its pre-authentication encoding (PAE). Signing or
encrypting it again changes nothing about it (PROTOCOL rule 1).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pydantic import ConfigDict

from rogatory import keys, wire
from rogatory.errors import EnvelopeError
from rogatory.keys import KeyEntry, KeyRing, Purpose, SigningPair
from rogatory.values import Base64, Frozen, base64_text

__all__ = ["MAX_ENVELOPE", "Envelope", "Verified", "identity", "pae", "read", "sign", "verify"]

# A payload of 1 MiB in base64, two signatures and the frame.
MAX_ENVELOPE: Final = 3 * (1 << 19)


class Signature(Frozen):
    """One of the two signatures; ``keyid`` names the register entry, never an algorithm."""

    keyid: str
    sig: Base64


class Envelope(Frozen):
    """A DSSE envelope exactly as it travels: three members, two signatures."""

    model_config = ConfigDict(title="DSSE envelope")

    payload: Base64
    payloadType: str  # noqa: N815 - DSSE names its members so
    signatures: tuple[Signature, ...]


@dataclass(frozen=True, slots=True)
class Verified:
    """A payload whose two signatures held, and the register entry that made them."""

    id: str
    payload_type: str
    payload: bytes
    signer: KeyEntry


def pae(payload_type: str, payload: bytes) -> bytes:
    """Return the pre-authentication encoding: what is signed, and what identity is taken of.

    Source:
        DSSE v1.0, protocol; spec/envelopes.md 1.2.
    """
    kind = payload_type.encode()
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)


def identity(payload_type: str, payload: bytes) -> str:
    """Return the id of a payload: SHA-256 of its PAE, 64 hex characters (PROTOCOL rule 1)."""
    return hashlib.sha256(pae(payload_type, payload)).hexdigest()


def sign(payload_type: str, payload: bytes, pair: SigningPair) -> bytes:
    """Return the envelope of a payload under both halves of one key, as canonical JSON.

    It does not check that the key may sign such a payload today; the register room knows.
    """
    signatures = pair.sign(pae(payload_type, payload))
    frame = wire.canonical(
        {
            "payload": "",
            "payloadType": payload_type,
            "signatures": [{"keyid": pair.key_id, "sig": base64_text(each)} for each in signatures],
        }
    )
    # The payload is the first member and is put in afterwards: a megabyte of base64 needs no escaping,
    # and looking for something to escape would cost more than encrypting it.
    start = len(b'{"payload":"')
    return b"".join((frame[:start], base64_text(payload).encode("ascii"), frame[start:]))


def read(data: bytes) -> Envelope:
    """Return the envelope that the bytes spell; nothing is verified yet.

    Raises:
        WireError: The bytes are not an envelope.
    """
    return wire.decode(data, Envelope, limit=MAX_ENVELOPE)


def verify(data: bytes, ring: KeyRing, purpose: Purpose, at: datetime) -> Verified:
    """Return the payload of an envelope whose two signatures hold under one believed key.

    1. read strictly, 2. two signatures, 3. one key, 4. that key known, of the purpose, in force,
    not revoked, 5. both halves hold.
    What the payload means, and whether signer and sender agree, is left to the caller and MUST
    be checked there (``exchange.accept``).

    Args:
        data: An envelope, at most 1.5 MiB.
        ring: The keys of a named register snapshot.
        purpose: What the signature has to be for; never read from the message.
        at: The instant as of which the key is judged, UTC.

    Raises:
        WireError: The bytes are not an envelope.
        EnvelopeError: ENV-002 the signatures name two keys.
        KeysError: KEY-003, KEY-005 to KEY-007 the key; KEY-010 to KEY-012 the signatures.

    Source:
        spec/envelopes.md, section 1; PROTOCOL rules 3, 4, 5.
    """
    # Step 1.
    return verify_read(read(data), ring, purpose, at)


def verify_read(envelope: Envelope, ring: KeyRing, purpose: Purpose, at: datetime) -> Verified:
    """Return the payload of an envelope that ``read`` gave, as ``verify`` does from step 2 on."""
    payload = envelope.payload
    signatures = tuple(each.sig for each in envelope.signatures)
    # Step 2. Asked again by keys.verify; asked here so that a lone signature has its own answer.
    keys.public.check_two(signatures)
    # Step 3.
    check_one_key(envelope)
    # Step 4.
    entry = ring.find(envelope.signatures[0].keyid, purpose, at)
    # Step 5.
    signed = pae(envelope.payloadType, payload)
    keys.verify(entry.key, signed, signatures)
    return Verified(hashlib.sha256(signed).hexdigest(), envelope.payloadType, payload, entry)


def check_one_key(envelope: Envelope) -> None:
    """Refuse signatures of two keys: both halves are one entry's (PROTOCOL rule 3)."""
    if len({each.keyid for each in envelope.signatures}) != 1:
        raise EnvelopeError("ENV-002")
