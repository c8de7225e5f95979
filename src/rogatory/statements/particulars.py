"""Particulars: what a request of one kind says beyond its items.

One model for each family of kinds; which kind may bear which is ``kinds.py``. All is optional: a particular
that is absent is a finding of the law room, never an error (PRACTICE section 2).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from rogatory.statements.header import Words
from rogatory.values import Day, Frozen, Instant, PartyCode, ShortText, StatementId

__all__ = [
    "Amount",
    "Assistance",
    "Cooperation",
    "Emergency",
    "Extradition",
    "Hold",
    "Inquiry",
    "Interception",
    "Order",
    "Proceedings",
    "Property",
    "Removal",
    "SentencedTransfer",
]

YesNoUnknown = Literal["yes", "no", "unknown"]
Months = Annotated[int, Field(ge=0, le=12_000)]


class Order(Frozen):
    """A decision of an authority of the requesting Party: a warrant, a judgment, a freezing order."""

    authority: ShortText
    reference: ShortText
    date: Day


class Amount(Frozen):
    """A value as decimal text with a point, and its currency or the symbol of a virtual asset."""

    value: Annotated[str, Field(pattern=r"^(0|[1-9][0-9]{0,29})(\.[0-9]{1,18})?$")]
    currency: Annotated[str, Field(pattern=r"^[A-Z0-9]{2,12}$")]


class Interception(Frozen):
    """Collecting or intercepting as it happens (arts. 45 and 46)."""

    starts: Instant | None = None
    ends: Instant | None = None
    period_reason: Words | None = None  # art45.p3.f: why so long
    delivery: Literal["live", "batches"] | None = None
    system_location: Words | None = None  # art45.p3.d
    less_intrusive: Words | None = None  # what was tried or would not do (art. 24)
    available_at_home: YesNoUnknown | None = None  # in a similar case at home (arts. 45(2), 46)


class Assistance(Frozen):
    """Mutual legal assistance in any of its forms that are no data (art. 40(3))."""

    procedure: Words | None = None  # a particular procedure to be followed (art40.p15.d, art40.p17)
    questions: Words | None = None
    rights_to_tell: Words | None = None  # what the person heard must be told
    hearing_on: Instant | None = None
    hearing_authority: ShortText | None = None  # who conducts it (art. 40(18))
    serve_by: Day | None = None
    safe_conduct: bool | None = None  # art. 40(29)
    expenses: Words | None = None
    consent_of_person: Literal["given", "not_given", "unknown"] | None = None  # art40.p9.a
    return_by: Day | None = None  # art. 40(10): a person lent from custody goes back
    order: Order | None = None  # what orders a search or seizure at home


class Extradition(Frozen):
    """A person sought for prosecution or to serve a sentence (art. 37)."""

    stage: Literal["prosecution", "sentence"] | None = None
    order: Order | None = None  # the warrant, or the judgment
    sentence: Literal["term", "life", "death"] | None = None
    sentence_months: Months | None = None
    remaining_months: Months | None = None
    in_absence: YesNoUnknown | None = None
    assurances: Words | None = None  # on the death penalty, retrial, treatment
    limitation: Words | None = None  # when prosecution or the sentence lapses
    documents: Words | None = None  # what supports the request
    documents_by: Day | None = None  # after a provisional arrest
    urgency_reason: Words | None = None  # art. 37(10): why custody cannot wait


class SentencedTransfer(Frozen):
    """A sentenced person who may serve the rest at home (art. 38)."""

    order: Order | None = None
    judgment_final: YesNoUnknown | None = None
    remaining_months: Months | None = None
    consent_of_person: Literal["given", "not_given", "unknown"] | None = None
    ties: Words | None = None  # why life after release is better served there
    further_proceedings: YesNoUnknown | None = None


class Proceedings(Frozen):
    """Criminal proceedings that another Party should take over (art. 39)."""

    stage: Literal["investigation", "prosecution", "trial"] | None = None
    reason: Words | None = None  # the proper administration of justice
    evidence: Words | None = None  # what would be handed over
    victims: Words | None = None
    limitation: Words | None = None
    suspects_in: PartyCode | None = None
    continues_at_home: YesNoUnknown | None = None  # one person, two proceedings


class Cooperation(Frozen):
    """Police cooperation and joint investigations (arts. 47 and 48)."""

    aim: Words | None = None
    authorities: Annotated[tuple[ShortText, ...], Field(max_length=20)] = ()
    leader: ShortText | None = None
    place: PartyCode | None = None  # where a joint team would act
    powers: Words | None = None
    law_applicable: Words | None = None
    ends: Day | None = None
    costs: Words | None = None


class Property(Frozen):
    """Tracing, freezing, seizing, confiscating and returning property (arts. 49 to 52)."""

    order: Order | None = None  # art50.p3.b: an admissible copy travels with it
    order_final: YesNoUnknown | None = None
    value: Amount | None = None
    link: Words | None = None  # proceeds, property of that value, or instrumentality
    facts_for_order: Words | None = None  # enough for the requested Party to seek an order of its own
    third_parties: Words | None = None  # notice to third parties in good faith, and due process
    actions: Words | None = None  # art50.p3.c
    return_to: Literal["requesting_party", "prior_owners", "victims"] | None = None  # art. 52(2)
    share: Words | None = None
    hold: StatementId | None = None  # the hold notice that this follows


class Emergency(Frozen):
    """A danger to someone's life or safety (arts. 2(o) and 41(3)(e)); whether it is real is for a person."""

    danger: Words | None = None
    threatened: Literal["life", "safety"] | None = None
    known_since: Instant | None = None
    imminent: Words | None = None  # why an ordinary request comes too late
    least_data: Words | None = None  # why no less would do
    person_in: PartyCode | None = None  # where the person in danger is believed to be
    review_by: Day | None = None  # the independent review of PRACTICE section 4
    legal_basis: Words | None = None  # without an offence: the domestic law relied upon


class Hold(Frozen):
    """Money that a bank or a platform is asked to keep for a while, before arts. 49 and 50 can follow."""

    amount: Amount | None = None
    reported: Instant | None = None  # when the victim reported it
    until: Instant | None = None
    recall_reference: ShortText | None = None  # the bank's recall, the financial intelligence unit's case
    legal_basis: Words | None = None  # domestic law or stated practice: the treaty has none
    follow_up: Day | None = None  # when the request under arts. 49 and 50 is planned


class Removal(Frozen):
    """Content that a provider is asked to take down or to make unreachable; the treaty has no basis."""

    outcome: Literal["removal", "unreachable_here"] | None = None
    legal_basis: Words | None = None
    kept_first: StatementId | None = None  # the preservation that was asked for before
    speech: Words | None = None  # why what is taken down is no protected expression


class Inquiry(Frozen):
    """A question to the 24/7 network that asks for no measure (art. 41(3))."""

    question: Words | None = None
    answer_by: Instant | None = None
