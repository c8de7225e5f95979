"""What every statement says about itself, whatever its type."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from rogatory.errors import StatementError
from rogatory.values import (
    AuthorityId,
    Digest,
    Frozen,
    Instant,
    LanguageTag,
    Nonce,
    ShortText,
    StatementId,
    Text,
    party_of,
)

__all__ = ["Approval", "Document", "Statement", "Translation", "Words"]


class Approval(Frozen):
    """One approver of the sending Party: the role, and a commitment that hides who.

    The passkey assertion, the name and the salt stay home and can be produced to a court.

    Source:
        PROTOCOL section 2, Approval; spec/statements.md 2.6.
    """

    role: ShortText
    commitment: Digest


class Translation(Frozen):
    """A rendering of free text into another language, and who answers for it."""

    text: Text
    language: LanguageTag
    kind: Literal["sworn", "staff", "machine_unrevised"]
    translator: ShortText | None = None
    prevails: bool = False


class Words(Frozen):
    """Free text: the original, and its translations (PROTOCOL section 2)."""

    original: Text
    language: LanguageTag
    translations: tuple[Translation, ...] = Field(default=(), max_length=8)

    @model_validator(mode="after")
    def _check_prevailing(self) -> Self:
        check_prevailing(self.translations)
        return self


def check_prevailing(translations: tuple[Translation, ...]) -> None:
    """Refuse two translations that both say they prevail over the original."""
    if sum(each.prevails for each in translations) > 1:
        raise StatementError("STMT-010")


class Document(Frozen):
    """The members that statements and receipts share.

    Source:
        PROTOCOL rule 2; spec/statements.md 2.
    """

    NAME: ClassVar[str]

    version: Literal[1] = 1
    suite: Literal["ed25519+ml-dsa-65"] = "ed25519+ml-dsa-65"
    case: Nonce
    thread: StatementId | None = None
    sender: AuthorityId = Field(alias="from")
    recipient: AuthorityId = Field(alias="to")
    issued_at: Instant
    language: LanguageTag
    instrument: ShortText
    nonce: Nonce
    rehearsal: bool = False

    @property
    def sending_party(self) -> str:
        """The Party for which the sender acts."""
        return party_of(self.sender)

    @property
    def receiving_party(self) -> str:
        """The Party for which the recipient acts."""
        return party_of(self.recipient)

    @model_validator(mode="after")
    def _check_two_parties(self) -> Self:
        check_two_parties(self.sending_party, self.receiving_party)
        return self


def check_two_parties(sending: str, receiving: str) -> None:
    """Refuse a document that crosses no border."""
    if sending == receiving:
        raise StatementError("STMT-002")


class Statement(Document):
    """A signed document of one Party in one thread: it has a place, and it binds.

    ``seq`` counts 1, 2, … for each sending Party in the thread; ``prev`` is that Party's own
    previous statement; ``seen`` are the other side's heads when this one was made. ``thread`` is
    the id of its first statement, so the first one has none. Every other one names at least one
    statement that was before it.

    Source:
        spec/statements.md 2.4 to 2.6.
    """

    seq: Annotated[int, Field(ge=1, le=1_000_000)]
    prev: StatementId | None = None
    seen: tuple[StatementId, ...] = Field(default=(), max_length=64)
    approvals: tuple[Approval, ...] = Field(default=(), max_length=8)
    ratify_by: Instant | None = None  # sent by one person: until when a second will ratify it

    @model_validator(mode="after")
    def _check_place(self) -> Self:
        check_place(self)
        check_seen_once(self.seen)
        return self


def check_place(statement: Statement) -> None:
    """Refuse a place that contradicts itself.

    Number 1 has no predecessor and every other number has one. What opens a thread is number 1 and has
    seen nothing; whoever joins a thread has seen at least what opened it.
    """
    first, opens = statement.seq == 1, statement.thread is None
    follows = statement.prev is not None
    if first is follows or (opens and not first) or (first and opens is bool(statement.seen)):
        raise StatementError("STMT-003")


def check_seen_once(seen: tuple[str, ...]) -> None:
    """Refuse a head that is named twice."""
    if len(set(seen)) != len(seen):
        raise StatementError("STMT-004")
