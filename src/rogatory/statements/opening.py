"""From bytes to a statement: verified, typed, identified."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from rogatory import envelopes, wire
from rogatory.errors import StatementError, WireError
from rogatory.keys import KeyEntry, KeyRing, Purpose, SigningPair
from rogatory.keys import ring as rings
from rogatory.statements.acknowledgement import Acknowledgement
from rogatory.statements.answer import Answer
from rogatory.statements.assurance import Assurance
from rogatory.statements.conditions_accepted import ConditionsAccepted
from rogatory.statements.conditions_offered import ConditionsOffered
from rogatory.statements.costs import Costs
from rogatory.statements.decision import Decision
from rogatory.statements.delivery import Delivery
from rogatory.statements.exculpatory_notice import ExculpatoryNotice
from rogatory.statements.extension import Extension
from rogatory.statements.hand_over import HandOver
from rogatory.statements.header import Document, Statement
from rogatory.statements.no_longer_needed import NoLongerNeeded
from rogatory.statements.onward_transfer import OnwardTransfer
from rogatory.statements.path_disclosure import PathDisclosure
from rogatory.statements.query import Query
from rogatory.statements.ratified import Ratified
from rogatory.statements.recall import Recall
from rogatory.statements.receipt import Receipt
from rogatory.statements.released import Released
from rogatory.statements.report import Report
from rogatory.statements.request import Request
from rogatory.statements.returned_or_destroyed import ReturnedOrDestroyed
from rogatory.statements.spontaneous_information import SpontaneousInformation
from rogatory.statements.status import Status
from rogatory.statements.use_consent import UseConsent
from rogatory.statements.withdrawal import Withdrawal
from rogatory.wire import strict

__all__ = ["TYPES", "Opened", "media_type_of", "open_document", "payload_of", "read_payload", "sign"]

TYPES: Final[tuple[type[Document], ...]] = (
    Request,
    Acknowledgement,
    Query,
    Answer,
    Decision,
    Report,
    Ratified,
    Recall,
    Withdrawal,
    Delivery,
    Extension,
    PathDisclosure,
    Released,
    NoLongerNeeded,
    ConditionsOffered,
    ConditionsAccepted,
    SpontaneousInformation,
    HandOver,
    Assurance,
    UseConsent,
    OnwardTransfer,
    ExculpatoryNotice,
    ReturnedOrDestroyed,
    Costs,
    Status,
    Receipt,
)

_BY_MEDIA_TYPE: Final = {
    wire.media_type(model.NAME, 1, rehearsal=rehearsal): (model, rehearsal)
    for model in TYPES
    for rehearsal in (False, True)
}


@dataclass(frozen=True, slots=True)
class Opened:
    """A document whose signatures held: its id, its content, its exact bytes, who signed it."""

    id: str
    document: Document
    payload: bytes
    envelope: bytes
    signer: KeyEntry

    @property
    def statement(self) -> Statement:
        """The document as a statement; a receipt is none.

        Raises:
            StatementError: STMT-007 it is a receipt.
        """
        return as_statement(self.document)


def as_statement(document: Document) -> Statement:
    """Return a document as a statement.

    Raises:
        StatementError: STMT-007 it is a receipt.
    """
    if not isinstance(document, Statement):
        raise StatementError("STMT-007")
    return document


def media_type_of(document: Document) -> str:
    """Return the media type under which a document is signed."""
    return wire.media_type(document.NAME, document.version, rehearsal=document.rehearsal)


def payload_of(document: Document) -> tuple[str, str, bytes]:
    """Return a document's id, media type and payload bytes, as they will be signed.

    From here on the bytes are the document (PROTOCOL rule 1).

    Raises:
        WireError: WIRE-001 it is larger than a reader would take.
    """
    kind, payload = media_type_of(document), wire.encode(document)
    strict.check_size(payload, strict.MAX_SIZE)
    return envelopes.identity(kind, payload), kind, payload


def sign(document: Document, pair: SigningPair) -> bytes:
    """Return the signed envelope of a document."""
    _, kind, payload = payload_of(document)
    return envelopes.sign(kind, payload, pair)


def read_payload(media_type: str, payload: bytes) -> Document:
    """Return the document that a payload spells, by its media type.

    Raises:
        WireError: WIRE-011 unknown media type, or the bytes are not of it.
        StatementError: STMT-008 a rehearsal under a real media type, or the reverse.
    """
    known = _BY_MEDIA_TYPE.get(media_type)
    if known is None:
        raise WireError("WIRE-011", media_type=media_type[:100])
    model, rehearsal = known
    document = wire.decode(payload, model)
    check_rehearsal(document, rehearsal=rehearsal)
    return document


def open_document(envelope: bytes, ring: KeyRing, at: datetime) -> Opened:
    """Return the document in an envelope whose signatures hold as of an instant.

    1. the envelope's signatures, 2. the payload by its media type, 3. signer and sender agree, 4. both
    or neither is for rehearsals, 5. by its own date it was signed while the key could sign.
    Whether it may be admitted is for ``exchange.accept``.

    Args:
        envelope: A DSSE envelope.
        ring: The keys of a named register snapshot.
        at: The instant as of which the keys are judged, UTC.

    Raises:
        WireError, EnvelopeError, KeysError: as ``envelopes.verify`` and ``read_payload``.
        StatementError: STMT-001 the signing key is not the sender's; STMT-008 rehearsal.
        KeysError: KEY-017 the key could no longer sign at the date the document claims.

    Source:
        spec/statements.md, section 3.
    """
    return open_read(envelopes.read(envelope), envelope, ring, at)


def open_read(read: envelopes.Envelope, envelope: bytes, ring: KeyRing, at: datetime) -> Opened:
    """Return the document of an envelope that was read from these very bytes; see ``open_document``."""
    # Step 1.
    verified = envelopes.dsse.verify_read(read, ring, Purpose.STATEMENT, at)
    # Step 2.
    document = read_payload(verified.payload_type, verified.payload)
    # Step 3.
    check_signer(document, verified.signer)
    # Step 4.
    check_key_rehearsal(document, verified.signer)
    # Step 5.
    rings.check_could_sign(verified.signer, document.issued_at)
    return Opened(verified.id, document, verified.payload, envelope, verified.signer)


def check_signer(document: Document, signer: KeyEntry) -> None:
    """Refuse a document that one authority signed in the name of another."""
    if signer.key.authority != document.sender:
        raise StatementError("STMT-001", signer=signer.key.authority, sender=document.sender)


def check_rehearsal(document: Document, *, rehearsal: bool) -> None:
    """Refuse a rehearsal that claims to be real, and the reverse."""
    if document.rehearsal is not rehearsal:
        raise StatementError("STMT-008")


def check_key_rehearsal(document: Document, signer: KeyEntry) -> None:
    """Refuse a rehearsal key under a real statement, and the reverse."""
    if signer.key.rehearsal is not document.rehearsal:
        raise StatementError("STMT-008")
