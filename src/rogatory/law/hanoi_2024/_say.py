"""How rules of contents speak: stated or not, for the request and item by item."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from rogatory.law.facts import Facts, Item
from rogatory.law.rule import Judgement, cure, met, not_met, reason
from rogatory.statements import KINDS

__all__ = [
    "ADOPTED",
    "ADVICE",
    "BOTH",
    "CONTENT_INTERCEPTION",
    "COOPERATION",
    "EMERGENCIES",
    "EMERGENCY_DATA",
    "EVERY",
    "EXTRADITION",
    "HOLD",
    "INQUIRY",
    "INTERCEPTION",
    "JOINT",
    "MUTUAL_ASSISTANCE",
    "NETWORK",
    "PERSONS",
    "POLICE",
    "PRESERVATION",
    "PROCEEDINGS_TRANSFER",
    "PROPERTY",
    "PROVIDER_LOCATION",
    "READ",
    "REALTIME_TRAFFIC",
    "REMOVAL",
    "SENTENCED_TRANSFER",
    "STORED_DATA",
    "UNDER_ART40",
    "WELFARE_EMERGENCY",
    "WITHOUT_TREATY",
    "all_stated",
    "data_and_link",
    "each_item",
    "no_items",
    "stated",
]

ADOPTED: Final = "2024-12-24"
PRESERVATION: Final = ("preservation",)
STORED_DATA: Final = ("stored_data",)
BOTH: Final = (*PRESERVATION, *STORED_DATA)
MUTUAL_ASSISTANCE: Final = ("mutual_assistance",)
# The kinds to which art. 40 applies: its own forms, data under arts. 44 to 46, property under art. 50(3).
UNDER_ART40: Final = (
    *("stored_data", "realtime_traffic", "content_interception"),
    *("mutual_assistance", "property"),
)
EVERY: Final = tuple(KINDS)
REALTIME_TRAFFIC: Final = ("realtime_traffic",)
CONTENT_INTERCEPTION: Final = ("content_interception",)
INTERCEPTION: Final = (*REALTIME_TRAFFIC, *CONTENT_INTERCEPTION)
PROVIDER_LOCATION: Final = ("provider_location",)
ADVICE: Final = ("advice",)
INQUIRY: Final = (*PROVIDER_LOCATION, *ADVICE)
EMERGENCY_DATA: Final = ("emergency_data",)
WELFARE_EMERGENCY: Final = ("welfare_emergency",)
EMERGENCIES: Final = (*EMERGENCY_DATA, *WELFARE_EMERGENCY)
NETWORK: Final = (*INQUIRY, *EMERGENCY_DATA)
EXTRADITION: Final = ("extradition",)
SENTENCED_TRANSFER: Final = ("sentenced_transfer",)
PROCEEDINGS_TRANSFER: Final = ("proceedings_transfer",)
# The kinds of arts. 37 to 39: they move a person or a case, and the articles list no contents.
PERSONS: Final = (*EXTRADITION, *SENTENCED_TRANSFER, *PROCEEDINGS_TRANSFER)
POLICE: Final = ("police_cooperation",)
JOINT: Final = ("joint_investigation",)
PROPERTY: Final = ("property",)
HOLD: Final = ("hold_notice",)
REMOVAL: Final = ("removal",)
# The kinds of arts. 47 to 52, which a Convention offence alone opens; and two that no treaty opens.
COOPERATION: Final = (*POLICE, *JOINT, *PROPERTY)
WITHOUT_TREATY: Final = (*HOLD, *REMOVAL)
# Kinds whose contents the rules read; of any other, a finding says that they do not.
READ: Final = frozenset(
    (
        *BOTH,
        *MUTUAL_ASSISTANCE,
        *INTERCEPTION,
        *NETWORK,
        *WELFARE_EMERGENCY,
        *PERSONS,
        *POLICE,
        *JOINT,
        *PROPERTY,
        *HOLD,
        *REMOVAL,
    )
)


def stated(anchor: str, *, present: bool, path: str) -> Judgement:
    """Judge one particular of the whole request: it is there or it is not."""
    if present:
        return met(reason(anchor, "LAW-101"))
    return not_met([reason(anchor, "LAW-102")], [cure("LAW-301", path)])


def all_stated(anchor: str, particulars: Iterable[tuple[bool, str]]) -> Judgement:
    """Judge several particulars that one provision asks for together; each absent one is a reason."""
    absent = [path for present, path in particulars if not present]
    if not absent:
        return met(reason(anchor, "LAW-101"))
    reasons = [reason(anchor, "LAW-105", member=path.removeprefix("/body").strip("/")) for path in absent]
    return not_met(reasons, [cure("LAW-301", path) for path in absent])


def each_item(facts: Facts, anchor: str, present: Callable[[Item], bool], member: str) -> Judgement:
    """Judge one particular item by item; each item that lacks it is a reason."""
    if not facts.items:
        return no_items(facts, anchor)
    lacking = [item for item in facts.items if not present(item)]
    if not lacking:
        return met(reason(anchor, "LAW-101"))
    return not_met(
        [reason(anchor, "LAW-103", item=item.number) for item in lacking],
        [cure("LAW-301", f"{item.path}/{member}") for item in lacking],
    )


def data_and_link(facts: Facts, anchor: str) -> Judgement:
    """Judge the data of each item and their link to the offence, as arts. 42(3)(c) and 45(3)(c) both ask."""
    if not facts.items:
        return no_items(facts, anchor)
    absent = [
        (item, member)
        for item in facts.items
        for present, member in (
            (item.identifier, "identifier"),
            (bool(item.category), "category"),
            # One statement of purpose may link every item; an item's own description links that item.
            (item.described or facts.purpose, "description"),
        )
        if not present
    ]
    if not absent:
        return met(reason(anchor, "LAW-101"))
    return not_met(
        [reason(anchor, "LAW-107", item=item.number, member=member) for item, member in absent],
        [cure("LAW-301", f"{item.path}/{member}") for item, member in absent],
    )


def no_items(facts: Facts, anchor: str) -> Judgement:
    """Judge a request that names no item at all."""
    return not_met([reason(anchor, "LAW-104")], [cure("LAW-302", facts.at("items"))])
