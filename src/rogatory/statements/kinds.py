"""Kinds of request, as data: what the items of each may ask for, and which particulars it bears.

It is shape, not law: which gate opens a kind, what it must contain and on what it may be refused is the law
room's. Follows spec/statements.md 6.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from rogatory.errors import StatementError
from rogatory.values import DataCategory, Measure

__all__ = ["KINDS", "PARTICULARS", "Kind", "KindName", "check_category", "check_particulars"]

KindName = Literal[
    "preservation",
    "stored_data",
    "realtime_traffic",
    "content_interception",
    "mutual_assistance",
    "extradition",
    "sentenced_transfer",
    "proceedings_transfer",
    "police_cooperation",
    "joint_investigation",
    "property",
    "provider_location",
    "advice",
    "emergency_data",
    "welfare_emergency",
    "hold_notice",
    "removal",
]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of request.

    Attributes:
        asks: What an item may ask for.
        bears: The member of the body that holds this kind's own particulars, if it has any.
        treaty: Whether the Convention knows it; a request without a treaty basis says so.
    """

    asks: frozenset[DataCategory | Measure]
    bears: str | None = None
    treaty: bool = True


DATA: Final = frozenset(DataCategory)
# A serious crime opens electronic evidence only; a Convention offence opens all of art. 40(3).
FORMS: Final = frozenset(
    (
        Measure.TAKING_EVIDENCE,
        Measure.HEARING_BY_VIDEO,
        Measure.TRANSFER_OF_A_WITNESS_IN_CUSTODY,
        Measure.SERVICE_OF_DOCUMENTS,
        Measure.SEARCH_AND_SEIZURE,
        Measure.EXAMINATION,
        Measure.INFORMATION_AND_EXPERTISE,
        Measure.DOCUMENTS_AND_RECORDS,
        Measure.VOLUNTARY_APPEARANCE,
        Measure.OTHER_ASSISTANCE,
    )
)
ASSETS: Final = frozenset(
    (
        Measure.TRACING,
        Measure.FREEZING,
        Measure.SEIZURE,
        Measure.CONFISCATION,
        Measure.RETURN_OF_PROPERTY,
    )
)


def _only(*measures: DataCategory | Measure) -> frozenset[DataCategory | Measure]:
    return frozenset(measures)


KINDS: Final[Mapping[KindName, Kind]] = MappingProxyType(
    {
        "preservation": Kind(DATA),
        "stored_data": Kind(DATA),
        "realtime_traffic": Kind(_only(DataCategory.TRAFFIC_DATA), "interception"),
        "content_interception": Kind(_only(DataCategory.CONTENT_DATA), "interception"),
        "mutual_assistance": Kind(FORMS, "assistance"),
        "extradition": Kind(_only(Measure.EXTRADITION, Measure.PROVISIONAL_ARREST), "extradition"),
        "sentenced_transfer": Kind(_only(Measure.TRANSFER_OF_A_SENTENCED_PERSON), "sentenced_transfer"),
        "proceedings_transfer": Kind(_only(Measure.TRANSFER_OF_PROCEEDINGS), "proceedings"),
        "police_cooperation": Kind(
            _only(Measure.POLICE_INFORMATION, Measure.LOCATING_A_PERSON, Measure.TRACING), "cooperation"
        ),
        "joint_investigation": Kind(_only(Measure.JOINT_INVESTIGATION), "cooperation"),
        "property": Kind(ASSETS, "property"),
        "provider_location": Kind(_only(Measure.LOCATING_A_PROVIDER), "inquiry"),
        "advice": Kind(_only(Measure.TECHNICAL_ADVICE, Measure.LEGAL_INFORMATION), "inquiry"),
        "emergency_data": Kind(DATA, "emergency"),
        "welfare_emergency": Kind(DATA | _only(Measure.LOCATING_A_PERSON), "emergency", treaty=False),
        "hold_notice": Kind(_only(Measure.HOLD), "hold", treaty=False),
        "removal": Kind(_only(Measure.REMOVAL), "removal", treaty=False),
    }
)
"""Every kind, in the order in which a desk offers them."""

PARTICULARS: Final = frozenset(each.bears for each in KINDS.values() if each.bears)
"""The members of a request's body that belong to some kinds only."""


def check_category(kind: KindName, category: DataCategory | Measure, number: int) -> None:
    """Pass only if an item of this kind may ask for that.

    Raises:
        StatementError: STMT-013.

    Source:
        spec/statements.md 6.1.
    """
    if category not in KINDS[kind].asks:
        raise StatementError("STMT-013", kind=kind, item=number, category=category.value)


def check_particulars(kind: KindName, stated: Iterable[str]) -> None:
    """Pass only if a request bears no particulars of another kind.

    Raises:
        StatementError: STMT-014.

    Source:
        spec/statements.md 6.2.
    """
    for member in stated:
        if member in PARTICULARS and member != KINDS[kind].bears:
            raise StatementError("STMT-014", kind=kind, member=member)
