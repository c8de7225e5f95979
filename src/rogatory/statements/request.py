"""``request``: one Party asks another for measures, item by item.

Only what is malformed is refused here. A particular that is absent is a finding of the law room,
never an error: the requested Party queries, it does not refuse (PRACTICE section 2).
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from rogatory.errors import StatementError
from rogatory.statements import kinds
from rogatory.statements.acts import ItemNumber
from rogatory.statements.header import Statement, Words
from rogatory.statements.kinds import PARTICULARS, KindName
from rogatory.statements.particulars import (
    Assistance,
    Cooperation,
    Emergency,
    Extradition,
    Hold,
    Inquiry,
    Interception,
    Proceedings,
    Property,
    Removal,
    SentencedTransfer,
)
from rogatory.values import (
    DataCategory,
    Day,
    Frozen,
    Identifier,
    Instant,
    Measure,
    PartyCode,
    Period,
    ShortText,
    StatementId,
    Text,
)

__all__ = [
    "CaseUnit",
    "DomesticAuthorisation",
    "Item",
    "Offence",
    "PenalProvision",
    "Provider",
    "Request",
    "RequestBody",
    "Secrecy",
]


class Provider(Frozen):
    """The service provider believed to hold the data, and the service of it that is meant."""

    name: ShortText
    service: ShortText | None = None
    party: PartyCode | None = None
    asked_directly: Words | None = None  # what the provider answered when asked without the treaty


class Item(Frozen):
    """One thing asked for: an identifier, a category of data or another measure, a period."""

    number: ItemNumber
    identifier: Identifier
    category: DataCategory | Measure
    period: Period | None = None
    description: Words | None = None
    provider: Provider | None = None
    vanishes: Instant | None = None  # when the first of the data will be gone
    necessity: Words | None = None  # art42.p3.e; for other kinds, of this measure


class PenalProvision(Frozen):
    """A provision of the requesting Party's criminal law, with its text and its maximum penalty."""

    citation: ShortText
    text: Words | None = None
    maximum_penalty: Literal["term", "life", "death"] | None = None  # a term in the months below
    maximum_penalty_months: Annotated[int, Field(ge=0, le=12_000)] | None = None
    enacted: Day | None = None


class Offence(Frozen):
    """What is under investigation, as conduct, harm and victim, not as a label."""

    conduct: Words
    conduct_period: Period | None = None
    harm: Words | None = None
    victim: Literal["person", "organisation", "state", "official", "none_identified"] | None = None
    provisions: tuple[PenalProvision, ...] = Field(default=(), max_length=20)
    convention_articles: tuple[ShortText, ...] = Field(default=(), max_length=20)


class CaseUnit(Frozen):
    """Who conducts the investigation: the unit and the prosecutor, apart from the sender."""

    name: ShortText
    prosecutor: ShortText | None = None
    reference: ShortText | None = None


class Secrecy(Frozen):
    """Confidentiality asked for, always with an end and a reason (PRACTICE section 2)."""

    until: Day
    reason: Words


class DomesticAuthorisation(Frozen):
    """What at home authorises the measure asked for, as the requesting Party states it."""

    authority: ShortText
    reference: ShortText
    date: Day


class RequestBody(Frozen):
    """The request itself: which kind, on what case, for which items."""

    kind: KindName
    reference: ShortText | None = None
    urgency: Literal["routine", "urgent", "emergency"] = "routine"
    extends: StatementId | None = None  # the request whose preservation is to go on
    preservation: StatementId | None = None  # the preservation that this follows
    case_unit: CaseUnit | None = None
    offence: Offence | None = None
    facts: Words | None = None
    items: tuple[Item, ...] = Field(min_length=1, max_length=200)
    purpose: Words | None = None
    follow_up_planned: Day | None = None
    secrecy: Secrecy | None = None
    call_back: ShortText | None = None
    suspect_is_minor: Literal["yes", "no", "unknown"] | None = None
    domestic_authorisation: DomesticAuthorisation | None = None
    form_of_evidence: Words | None = None
    privilege_filter: Words | None = None
    deadline: Day | None = None
    deadline_reason: Words | None = None
    proceedings_of_use: tuple[Text, ...] = Field(default=(), max_length=20)
    use: Literal["intelligence", "lead", "evidence"] | None = None
    data_protection: Words | None = None  # conditions that the sender's law sets (art. 36)
    safeguards: Words | None = None  # review and remedy behind the measure (art. 24)
    earlier_requests: Words | None = None  # what was asked before, through any channel, on the same things
    interception: Interception | None = None
    assistance: Assistance | None = None
    extradition: Extradition | None = None
    sentenced_transfer: SentencedTransfer | None = None
    proceedings: Proceedings | None = None
    cooperation: Cooperation | None = None
    property: Property | None = None
    emergency: Emergency | None = None
    hold: Hold | None = None
    removal: Removal | None = None
    inquiry: Inquiry | None = None

    @model_validator(mode="after")
    def _check_items(self) -> Self:
        check_items([item.number for item in self.items])
        return self

    @model_validator(mode="after")
    def _check_kind(self) -> Self:
        for item in self.items:
            kinds.check_category(self.kind, item.category, item.number)
        stated = (name for name in sorted(PARTICULARS) if getattr(self, name) is not None)
        kinds.check_particulars(self.kind, stated)
        return self


def check_items(numbers: list[int]) -> None:
    """Refuse items out of order, or two with one number."""
    if numbers != sorted(set(numbers)):
        raise StatementError("STMT-005")


class Request(Statement):
    """A request of the requesting Party; it opens a thread or follows in one."""

    NAME: ClassVar[str] = "request"

    type: Literal["request"] = "request"
    body: RequestBody
