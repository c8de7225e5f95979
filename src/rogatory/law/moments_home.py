"""Records at home that a clock counts for: they never cross a border; only their own node has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from rogatory.law.finding import Reason
from rogatory.law.moments import Moments, Subject, first_end, length, plus
from rogatory.law.moments_view import View

__all__ = ["ContactTest", "DomesticOrder", "HomeRecord", "OralRequest", "at_home", "orders_of"]

CEILING: Final = "hanoi_2024/tl.art25.max"


@dataclass(frozen=True, slots=True)
class DomesticOrder:
    """The order at home behind a preservation.

    Attributes:
        reference: Its reference at home.
        request: The preservation request that it carries out; ``items`` are numbers of that request.
        ordered: When it was made, UTC.
        until: Its last day; None where it states none, and the ceiling of art. 25(2) counts.
        ended: When it was lifted or replaced.
    """

    reference: str
    request: str
    items: tuple[int, ...]
    ordered: datetime
    until: date | None = None
    ended: datetime | None = None


@dataclass(frozen=True, slots=True)
class OralRequest:
    """A request that was heard and not yet confirmed in writing (art. 40(13)).

    Attributes:
        reference: Its number in the register of what arrives.
        heard: When somebody heard it, UTC.
        confirmed: When the signed or written confirmation came.
    """

    reference: str
    heard: datetime
    confirmed: datetime | None = None


@dataclass(frozen=True, slots=True)
class ContactTest:
    """When a contact of the 24/7 network last answered a test call.

    Attributes:
        reference: The authority, such as ``fra/ofac``.
        tested: When it last answered, UTC.
    """

    reference: str
    tested: datetime


HomeRecord = OralRequest | ContactTest


def at_home(records: Iterable[HomeRecord]) -> Iterator[Subject]:
    """Yield what a clock counts for among records that belong to no thread."""
    for each in records:
        if isinstance(each, OralRequest):
            moments = {"heard": each.heard}
            if each.confirmed is not None:
                moments["confirmed_in_writing"] = each.confirmed
            yield Subject("oral", "", None, moments, each.reference)
        else:
            yield Subject("contact", "", None, {"last_tested": each.tested}, each.reference)


def orders_of(view: View, orders: Iterable[DomesticOrder]) -> Iterator[Subject]:
    """Yield the domestic orders behind a thread, with what is wrong between them and what was stated."""
    yield from (_order(view, each) for each in orders)


def _order(view: View, order: DomesticOrder) -> Subject:
    moments: Moments = {"ordered": order.ordered}
    notes: list[Reason] = []
    if order.until is not None:
        moments["order_until"] = first_end(order.until)
        if moments["order_until"] > first_end(plus(order.ordered, length(CEILING)).date()):
            notes.append(Reason("hanoi_2024/art25.p2", "LAW-205", (("day", order.until.isoformat()),)))
    if order.ended is not None:
        moments["order_ended"] = order.ended
    ends = moments.get("order_until") or plus(order.ordered, length(CEILING))
    last = [
        (number, view.stated[order.request, number][-1].state)
        for number in order.items
        if (order.request, number) in view.stated
    ]
    notes += [
        Reason("hanoi_2024/art42.p8", "LAW-206", (("item", number),))
        for number, state in last
        if state.until is not None and first_end(state.until) > ends
    ]
    return Subject("order", order.request, None, moments, order.reference, {"domestic_order": tuple(notes)})
