"""The moments of a thread that clocks are about. The one place where clocks read statements.

Every instant here is what a statement claims. A state that a report replaced is read again from that report,
so that "first preserved" is not lost when a later report speaks over it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from rogatory import instruments
from rogatory.law.finding import Reason
from rogatory.statements import Item, ItemState, Report, State
from rogatory.threads import Entry, RequestFold, Standing, Thread

__all__ = ["DomesticOrder", "Subject", "end_of", "length", "plus", "subjects"]

KEPT: Final = frozenset((State.PRESERVED, State.PRESERVED_IN_PART, State.MEASURES_TAKEN))
CLOSED: Final = frozenset(
    (State.RELEASED, State.REFUSED, State.VANISHED, State.CANNOT_IDENTIFY, State.ELSEWHERE)
)
FLOOR: Final = "hanoi_2024/tl.art42.min"
CEILING: Final = "hanoi_2024/tl.art25.max"


@dataclass(frozen=True, slots=True)
class DomesticOrder:
    """The order at home behind a preservation. It never crosses the border; only its own node hands it in.

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
class Subject:
    """What a clock counts for: an item, a request or a domestic order, with its moments by name."""

    per: str
    request: str
    item: int | None
    moments: Mapping[str, datetime]
    order: str | None = None
    notes: Mapping[str, tuple[Reason, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Statement:
    """One item state, its place in the order of the thread, and the instant that its report claims."""

    place: int
    at: datetime
    state: ItemState


def subjects(thread: Thread, orders: tuple[DomesticOrder, ...]) -> Iterator[Subject]:
    """Yield everything in a thread that a clock can count for.

    Recalled and void statements count for nothing; statements whose parents are missing do not yet count.
    """
    view = _View(thread)
    for request in thread.requests:
        yield _request(view, request)
        # An extension has no preservation of its own: the clocks of the first request count for it.
        if request.request.body.extends not in view.requests:
            yield from (_item(view, request, number) for number in request.items)
    yield from (_order(view, order) for order in orders)


def end_of(day: date) -> datetime:
    """Return the instant at which a stated day is over, in UTC.

    A day is stated without a zone; spec/law.md 4.2 reads it in UTC, so that both nodes count alike.
    """
    return datetime.combine(day, time.min, UTC) + timedelta(days=1) if day < date.max else _LAST


_LAST: Final = datetime.max.replace(tzinfo=UTC)


def length(entry: str) -> timedelta:
    """Return the length that an index entry states, such as 60 days or 12 hours."""
    values = instruments.entry(entry).values
    return timedelta(**{str(values["unit"]): int(str(values["value"]))})


class _View:
    """A thread with the look-ups that moments need."""

    def __init__(self, thread: Thread) -> None:
        self.requests = {each.id: each for each in thread.requests}
        self.at = {each.id: each.statement.issued_at for each in thread.entries}
        self.stated: dict[tuple[str, int], list[_Statement]] = {}
        for place, entry in enumerate(thread.entries):
            self._take(place, entry)

    def _take(self, place: int, entry: Entry) -> None:
        statement = entry.statement
        if not isinstance(statement, Report) or entry.standing is not Standing.FOLDED or entry.recalled_by:
            return
        for state in statement.body.items:
            row = self.stated.setdefault((statement.body.of, state.number), [])
            row.append(_Statement(place, statement.issued_at, state))

    def chain(self, request: RequestFold) -> list[RequestFold]:
        """Return a preservation request and every request in the thread that extends it, directly or not."""
        found = [request]
        for each in self.requests.values():
            if each.request.body.extends in {one.id for one in found} and not each.recalled_by:
                found.append(each)
        return found

    def follow_ups(self, chain: list[RequestFold]) -> list[RequestFold]:
        names = {each.id for each in chain}
        return [
            each
            for each in self.requests.values()
            if each.request.body.preservation in names and not each.recalled_by
        ]


def _key(item: Item) -> tuple[str, str, str]:
    return (item.identifier.kind, item.identifier.normalised, item.category)


def _same(request: RequestFold, item: Item) -> list[int]:
    """Return the numbers of a request's items that ask for the same thing."""
    return [number for number, each in request.items.items() if _key(each.item) == _key(item)]


def _request(view: _View, fold: RequestFold) -> Subject:
    request, body = fold.request, fold.request.body
    moments = {"asked": request.issued_at}
    # One person may send a preservation at night; a second ratifies it (the Party's own policy, 12 hours).
    if body.kind == "preservation" and len(request.approvals) < 2:
        moments["sent_by_one"] = request.issued_at
    if body.secrecy is not None:
        moments["secrecy_until"] = end_of(body.secrecy.until)
    if body.follow_up_planned is not None:
        moments["follow_up_planned"] = end_of(body.follow_up_planned)
    followed = [each.request.issued_at for each in view.follow_ups(view.chain(fold))]
    _first(moments, "followed_up", followed)
    _named(view, moments, ratified=fold.ratified_by, recalled=fold.recalled_by)
    if fold.items and all(each.withdrawn_by for each in fold.items.values()):
        _first(moments, "withdrawn", [max(view.at[each.withdrawn_by or ""] for each in fold.items.values())])
    return Subject("request", fold.id, None, moments)


def _item(view: _View, fold: RequestFold, number: int) -> Subject:
    at, item = fold.items[number], fold.items[number].item
    moments = {"asked": fold.request.issued_at}
    # A follow-up asks for data that are kept already.
    if item.vanishes is not None and fold.request.body.preservation is None:
        moments["vanishes"] = item.vanishes
    _named(view, moments, withdrawn=at.withdrawn_by, recalled=fold.recalled_by)
    _first(moments, "delivered", [view.at[each] for each in at.delivered_by])
    chain = view.chain(fold)
    stated = [
        each for one in chain for same in _same(one, item) for each in view.stated.get((one.id, same), ())
    ]
    # The order of the thread, never a claimed time, says which word is the last (PROTOCOL rule 11).
    stated.sort(key=lambda each: each.place)
    if fold.request.body.kind == "preservation":
        _preserved(moments, stated)
        _extended(view, moments, chain[1:], item)
        _followed(view, moments, view.follow_ups(chain), item, stated)
    _first(moments, "secured", [each.at for each in stated if each.state.state in KEPT])
    if stated and stated[-1].state.state in CLOSED:
        moments["closed"] = stated[-1].at
    return Subject("item", fold.id, number, moments, notes=_notes(moments, stated))


def _preserved(moments: dict[str, datetime], stated: list[_Statement]) -> None:
    kept = [each for each in stated if each.state.state in KEPT]
    _first(moments, "effected", [each.state.effected for each in kept if each.state.effected])
    _first(moments, "reported", [each.at for each in kept])
    # The last word on the date counts, also where it is an earlier day than before.
    until = [each.state.until for each in kept if each.state.until]
    if until:
        moments["stated_until"] = end_of(until[-1])
    begun = moments.get("effected") or moments.get("reported")
    if begun is not None:
        moments["floor"] = plus(begun, length(FLOOR))


def _extended(view: _View, moments: dict[str, datetime], extensions: list[RequestFold], item: Item) -> None:
    for each in extensions:
        for number in _same(each, item):
            moments["extension_asked"] = each.request.issued_at
            moments.pop("extension_answered", None)
            answers = [one.at for one in view.stated.get((each.id, number), ())]
            decided = each.items[number].decided_by
            _first(moments, "extension_answered", [*answers, *([view.at[decided]] if decided else [])])


def _followed(
    view: _View,
    moments: dict[str, datetime],
    follow_ups: list[RequestFold],
    item: Item,
    stated: list[_Statement],
) -> None:
    asked = [(each, number) for each in follow_ups for number in _same(each, item)]
    if not asked:
        return
    moments["followed_up"] = min(each.request.issued_at for each, _ in asked)
    folds = [each.items[number] for each, number in asked]
    _first(moments, "decided", [view.at[each.decided_by] for each in folds if each.decided_by])
    _first(moments, "delivered", [view.at[name] for each in folds for name in each.delivered_by])
    later = [each for each in stated if each.at > moments["followed_up"]]
    # Art. 42(8) keeps the data until the decision; that it is done counts once the requested Party says so.
    _first(moments, "confirmed", [each.at for each in later if each.state.state in KEPT])


def _order(view: _View, order: DomesticOrder) -> Subject:
    moments = {"ordered": order.ordered}
    notes: list[Reason] = []
    if order.until is not None:
        moments["order_until"] = end_of(order.until)
        if moments["order_until"] > end_of(plus(order.ordered, length(CEILING)).date()):
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
        if state.until is not None and end_of(state.until) > ends
    ]
    return Subject("order", order.request, None, moments, order.reference, {"domestic_order": tuple(notes)})


def _notes(moments: Mapping[str, datetime], stated: list[_Statement]) -> dict[str, tuple[Reason, ...]]:
    notes = []
    if "reported" in moments and "effected" not in moments:
        notes.append(Reason("hanoi_2024/art42.p8", "LAW-201"))
    if "reported" in moments and "stated_until" not in moments:
        notes.append(Reason("hanoi_2024/tl.art42.min", "LAW-202"))
    until, floor = moments.get("stated_until"), moments.get("floor")
    if until is not None and floor is not None and until < floor:
        notes.append(Reason("hanoi_2024/tl.art42.min", "LAW-203", (("day", str(floor.date())),)))
    if stated and stated[-1].state.certainty == "provisional":
        notes.append(Reason("hanoi_2024/art42.p8", "LAW-204"))
    gap = () if "confirmed" in moments else (Reason("hanoi_2024/tl.art42.pending", "LAW-207"),)
    asked = (Reason("hanoi_2024/art42.p9", "LAW-208"),)
    return {"preservation": tuple(notes), "follow_up_gap": gap, "extension": asked}


def _named(view: _View, moments: dict[str, datetime], **names: str | None) -> None:
    for moment, name in names.items():
        if name is not None:
            moments[moment] = view.at[name]


def _first(moments: dict[str, datetime], name: str, instants: list[datetime]) -> None:
    if instants:
        known = moments.get(name)
        moments[name] = min([*instants, *([known] if known else [])])


def plus(instant: datetime, span: timedelta) -> datetime:
    """Return the instant a span later, or the last one of the calendar."""
    return instant + span if instant < _LAST - span else _LAST
