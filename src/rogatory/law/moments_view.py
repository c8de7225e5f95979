"""A thread with the look-ups that moments need."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from rogatory.law.moments import Moments
from rogatory.statements import Item, ItemState, Released, Report, State
from rogatory.threads import Entry, RequestFold, Standing, Thread

__all__ = ["Stated", "View", "same"]


@dataclass(frozen=True, slots=True)
class Stated:
    """One item state, its place in the order of the thread, and the instant that its statement claims."""

    place: int
    at: datetime
    state: ItemState


class View:
    """A thread, with when each statement was made and what was stated of each item."""

    def __init__(self, thread: Thread) -> None:
        """Read the thread once."""
        self.thread = thread
        self.requests = {each.id: each for each in thread.requests}
        self.at = {each.id: each.statement.issued_at for each in thread.entries}
        self.statements = {each.id: each.statement for each in thread.entries}
        self.stated: dict[tuple[str, int], list[Stated]] = {}
        for place, entry in enumerate(thread.entries):
            self._take(place, entry)

    def folded(self) -> Iterator[Entry]:
        """Yield the entries that count: not void, not waiting for a parent, not recalled."""
        for entry in self.thread.entries:
            if entry.standing is Standing.FOLDED and not entry.recalled_by:
                yield entry

    def _take(self, place: int, entry: Entry) -> None:
        statement = entry.statement
        if entry.standing is not Standing.FOLDED or entry.recalled_by:
            return
        if isinstance(statement, Report):
            states = statement.body.items
        elif isinstance(statement, Released):
            states = self._released(statement)
        else:
            return
        for state in states:
            row = self.stated.setdefault((statement.body.of, state.number), [])
            row.append(Stated(place, statement.issued_at, state))

    def _released(self, statement: Released) -> tuple[ItemState, ...]:
        request = self.requests.get(statement.body.of)
        numbers = statement.body.items or tuple(request.items if request else ())
        return tuple(ItemState(number=number, state=State.RELEASED) for number in numbers)

    def chain(self, request: RequestFold) -> list[RequestFold]:
        """Return a preservation request and every request in the thread that extends it, directly or not."""
        found = [request]
        for each in self.requests.values():
            if each.request.body.extends in {one.id for one in found} and not each.recalled_by:
                found.append(each)
        return found

    def follow_ups(self, chain: list[RequestFold]) -> list[RequestFold]:
        """Return the requests that name a request of the chain as what they follow."""
        names = {each.id for each in chain}
        return [
            each for each in self.requests.values() if names & set(_follows(each)) and not each.recalled_by
        ]

    def named(self, moments: Moments, **names: str | None) -> None:
        """Keep when a statement was made, under the name of what it did."""
        moments.update({moment: self.at[name] for moment, name in names.items() if name is not None})


def _follows(fold: RequestFold) -> Iterator[str]:
    body = fold.request.body
    if body.preservation is not None:
        yield body.preservation
    if body.property is not None and body.property.hold is not None:
        yield body.property.hold


def same(request: RequestFold, item: Item) -> list[int]:
    """Return the numbers of a request's items that ask for the same thing."""
    return [number for number, each in request.items.items() if _key(each.item) == _key(item)]


def _key(item: Item) -> tuple[str, str, str]:
    return (item.identifier.kind, item.identifier.normalised, item.category)
