"""What calls take and give. Plain data; the statements inside are those of ``rogatory.statements``."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict

__all__ = [
    "AddresseeIn",
    "ApprovalIn",
    "BegunOut",
    "ClockOut",
    "DraftIn",
    "DraftOut",
    "EntryOut",
    "FindingOut",
    "FollowUpIn",
    "Given",
    "ItemOut",
    "OrderIn",
    "Problem",
    "SentOut",
    "SeveralIn",
    "ShareIn",
    "ThreadOut",
    "ThreadRow",
    "TitleIn",
    "TroubleOut",
]


class Given(Schema):
    """What a call takes: a member that is not known is a mistake, and is refused."""

    model_config = ConfigDict(extra="forbid")


class Problem(Schema):
    """A problem document (RFC 9457); ``code`` never changes its meaning."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    fields: dict[str, str]


class DraftIn(Given):
    """A new draft, or the whole body of one that is changed."""

    act: str = "request"
    authority: str
    recipient: str
    case: str = ""
    thread: str = ""
    language: str = "en"
    instrument: str = "hanoi_2024"
    title: str = ""
    body: dict[str, Any]


class ChangeIn(Given):
    """The whole body as it now stands, and the version that was seen."""

    version: int
    body: dict[str, Any]


class DraftOut(Schema):
    """A draft as it stands."""

    id: UUID
    authority: str
    recipient: str
    act: str
    case: str
    thread: str
    state: str
    version: int
    content_id: str
    rule: str
    statement_id: str
    body: dict[str, Any]
    missing: list[list[str]]


class AddresseeIn(Given):
    """One Party that is asked; ``items`` are numbers of the fact set, none for all that are not another's."""

    recipient: str
    items: tuple[int, ...] = ()
    language: str = ""
    instrument: str = ""


class SeveralIn(Given):
    """One fact set for several Parties; ``together`` lets them know of each other."""

    authority: str
    addressees: list[AddresseeIn]
    body: dict[str, Any]
    language: str = "en"
    instrument: str = "hanoi_2024"
    title: str = ""
    together: bool = False


class BegunOut(Schema):
    """A draft to one Party: what it does not bear, and where it still names another Party."""

    draft: DraftOut
    left_out: list[str]
    tells: list[str]


class FindingOut(Schema):
    """What one rule finds; advice for the officer, never part of a statement."""

    rule: str
    outcome: str
    anchor: str
    sentence: str
    reasons: list[str]
    cures: list[str]


class ApprovalIn(Given):
    """A passkey's answer, as the browser gives it."""

    role: str
    assertion: dict[str, Any]


class SentOut(Schema):
    """A statement that was signed and stored; its delivery goes on by itself."""

    statement_id: str
    thread: str
    sent_at: datetime


class ThreadRow(Schema):
    """A thread in a list."""

    thread: str
    authority: str
    case: str
    requesting: str
    requested: str
    kind: str
    items: int
    opened_at: datetime
    last_at: datetime


class EntryOut(Schema):
    """A statement in the order of its thread, with what proves that it arrived."""

    id: str
    type: str
    sender: str
    seq: int
    issued_at: datetime
    standing: str
    about: str
    ratify_by: datetime | None
    recalled_by: str | None
    acknowledged_by: str | None
    ratified_by: str | None
    receipt: str | None
    receipt_outcome: str | None
    received: datetime | None
    waiting: str | None


class ItemOut(Schema):
    """How one item of a request stands, as last stated."""

    request: str
    number: int
    identifier: str
    category: str
    withdrawn: bool
    corrected: bool
    decision: str | None
    state: str | None
    until: str | None
    result: str | None
    delivered_by: list[str]


class ClockOut(Schema):
    """One time limit."""

    kind: str
    cites: str
    request: str
    item: int | None
    owner: str
    started: datetime
    ends: datetime
    state: str
    warned: str | None


class ThreadOut(Schema):
    """A folded thread with its clocks."""

    thread: str
    case: str
    number: str
    title: str
    authority: str
    seen_by: list[str]
    side: str
    requesting: str
    requested: str
    entries: list[EntryOut]
    items: list[ItemOut]
    clocks: list[ClockOut]
    equivocations: list[list[str]]


class OrderIn(Given):
    """A domestic act, as ``casework.services.domestic.Order`` defines it."""

    authority: str
    request: str
    order: dict[str, Any]


class ShareIn(Given):
    """Which of the Party's authorities lets which other one in."""

    authority: str
    with_authority: str


class FollowUpIn(Given):
    """Who asks whom for what follows a preservation or a hold notice."""

    authority: str
    recipient: str
    request: str


class TitleIn(Given):
    """What an authority's own people call a case."""

    authority: str
    title: str


class TroubleOut(Schema):
    """Something that a person has to know of."""

    kind: str
    authority: str
    thread: str
    subject: str
    code: str
    since: datetime
