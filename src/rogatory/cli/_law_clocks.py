"""What ``rogatory law clocks`` reads and says: a thread as a file, and its time limits in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from rogatory import envelopes, instruments, law, statements, threads, wire
from rogatory.errors import LawError, RogatoryError
from rogatory.law import Clock, ClockState, ContactTest, DomesticOrder, HomeRecord, OralRequest
from rogatory.threads import Node, Thread
from rogatory.values import instant_text, parse_day, parse_instant

__all__ = ["LARGEST", "home", "report", "thread", "told"]

LARGEST: Final = 64 * wire.MAX_SIZE
MOST: Final = 20_000

STATES: Final = {
    ClockState.RUNNING: "runs",
    ClockState.STOPPED: "stopped",
    ClockState.STOPPED_LATE: "stopped late",
    ClockState.LAPSED: "lapsed",
}


def thread(data: bytes) -> Thread:
    """Return the thread that a file holds.

    It verifies no signature and admits nothing: a clock reads what statements claim.

    Args:
        data: A JSON list, or an object with the list under ``statements``. Each entry is a signed envelope,
            as a node gives it, or ``{"media_type": ..., "payload": {...}}``.

    Raises:
        WireError: The bytes are no JSON that one can rely on.
        LawError: LAW-700 it is no list of statements; LAW-701 an entry is no statement.
        ThreadError: The statements are not one thread.
    """
    page = wire.parse(data, limit=LARGEST)
    rows = page.get("statements") if isinstance(page, dict) else page
    if not isinstance(rows, list) or not 0 < len(rows) <= MOST:
        raise LawError("LAW-700", most=MOST)
    return threads.fold([_node(row, number) for number, row in enumerate(rows, 1)])


def _node(row: object, number: int) -> Node:
    try:
        kind, payload = _payload(row)
        document = statements.read_payload(kind, payload)
    except RogatoryError as error:
        raise LawError("LAW-701", number=number, problem=error) from error
    if not isinstance(document, statements.Statement):
        raise LawError("LAW-701", number=number, problem=f"a {document.NAME} is no statement")
    return Node(envelopes.identity(kind, payload), document)


def _payload(row: object) -> tuple[str, bytes]:
    """Return the media type and the payload bytes of one entry."""
    if isinstance(row, dict) and "payloadType" in row:
        read = envelopes.read(wire.canonical(row))
        return read.payloadType, read.payload
    if not isinstance(row, dict) or set(row) != {"media_type", "payload"}:
        raise LawError("LAW-700", most=MOST)
    return str(row["media_type"]), wire.canonical(row["payload"])


def home(data: bytes) -> tuple[tuple[DomesticOrder, ...], tuple[HomeRecord, ...]]:
    """Return the records at home that a file holds: domestic orders, and what belongs to no thread.

    Args:
        data: A JSON object with any of ``orders``, ``oral`` and ``contacts``; the members of each row are
            those of ``law.DomesticOrder``, ``law.OralRequest`` and ``law.ContactTest``.

    Raises:
        WireError: The bytes are no JSON that one can rely on.
        LawError: LAW-702 a row is no such record.
    """
    page = wire.parse(data)
    if not isinstance(page, dict) or not set(page) <= {"orders", "oral", "contacts"}:
        raise LawError("LAW-702", place="/", problem="it is no object of orders, oral and contacts")
    orders = _rows(page, "orders", _order)
    return tuple(orders), (*_rows(page, "oral", _oral), *_rows(page, "contacts", _contact))


def _rows(page: Mapping[str, Any], name: str, make: Callable[[Mapping[str, Any]], Any]) -> list[Any]:
    made = []
    for at, row in enumerate(page.get(name, ())):
        try:
            made.append(make(row))
        except (RogatoryError, KeyError, TypeError, ValueError, AttributeError) as error:
            problem = f"{error} is absent" if isinstance(error, KeyError) else error
            raise LawError("LAW-702", place=f"/{name}/{at}", problem=problem) from error
    return made


def _order(row: Mapping[str, Any]) -> DomesticOrder:
    return DomesticOrder(
        reference=_text(row["reference"]),
        request=_text(row["request"]),
        items=tuple(map(int, row["items"])),
        ordered=parse_instant(row["ordered"]),
        until=_maybe(parse_day, row.get("until")),
        ended=_maybe(parse_instant, row.get("ended")),
    )


def _oral(row: Mapping[str, Any]) -> OralRequest:
    return OralRequest(
        _text(row["reference"]), parse_instant(row["heard"]), _maybe(parse_instant, row.get("confirmed"))
    )


def _contact(row: Mapping[str, Any]) -> ContactTest:
    return ContactTest(_text(row["reference"]), parse_instant(row["tested"]))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a text is asked for")
    return value


def _maybe(read: Callable[[str], Any], value: str | None) -> Any:
    return None if value is None else read(value)


def report(clocks: Iterable[Clock], now: datetime) -> dict[str, Any]:
    """Return clocks as data, the earliest end first."""
    return {"at": instant_text(now), "clocks": [_row(each) for each in clocks]}


def _row(clock: Clock) -> dict[str, Any]:
    return {
        "kind": clock.kind,
        "cites": clock.cites,
        "citation": law.cited_as(clock.cites),
        "request": clock.request,
        "item": clock.item,
        "record": clock.record,
        "owner": clock.owner.value,
        "started": instant_text(clock.started),
        "ends": instant_text(clock.ends),
        "state": str(clock.state),
        "stopped": _maybe_text(clock.stopped),
        "warned": clock.warned,
        "next_warning": _maybe_text(clock.next_warning),
        "floor": _maybe_text(clock.floor),
        "notes": [
            {"anchor": each.anchor, "code": each.code, "sentence": law.sentence(each)} for each in clock.notes
        ],
    }


def _maybe_text(instant: datetime | None) -> str | None:
    return None if instant is None else instant_text(instant)


def told(thread: Thread | None, clocks: tuple[Clock, ...], now: datetime) -> Iterator[str]:
    """Yield clocks for a person: a table by their end, then in words what to know of each."""
    between = "" if thread is None else f"{thread.requesting} asks {thread.requested}, seen "
    yield f"{between}{_shown(now)}"
    yield ""
    if not clocks:
        yield "No clock has started."
    rows: list[tuple[str, ...]] = [("Ends", "Left", "Clock", "State", "Whose act", "For")] if clocks else []
    rows += [_cells(each, now) for each in clocks]
    wide = [max(map(len, column)) for column in zip(*rows, strict=True)]
    yield from ("  ".join(map(str.ljust, row, wide)).rstrip() for row in rows)
    for each in clocks:
        yield from _words(each)
    yield ""
    yield "Instants are those that statements claim, in UTC. A stated day ends where it ends first (UTC+14)."


def _cells(clock: Clock, now: datetime) -> tuple[str, ...]:
    name = clock.kind.replace("_", " ")
    item = "" if clock.item is None else f", item {clock.item}"
    about = clock.record or f"{clock.request[:8]}{item}"
    left = _span((clock.ends - now).total_seconds()) if clock.state is ClockState.RUNNING else ""
    return (_shown(clock.ends), left, name, STATES[clock.state], clock.owner.value, about)


def _shown(instant: datetime) -> str:
    return instant.strftime("%d %b %Y %H:%M").lstrip("0")


def _span(seconds: float) -> str:
    days, rest = divmod(int(seconds), 86_400)
    return f"{days} d" if days >= 3 else f"{days * 24 + rest // 3600} h {rest % 3600 // 60:02} min"


def _words(clock: Clock) -> Iterator[str]:
    """Yield what a clock rests on and what to know about it."""
    about = f" {clock.record}" if clock.record else "" if clock.item is None else f" of item {clock.item}"
    yield ""
    yield f"{clock.kind.replace('_', ' ').capitalize()}{about}: {instruments.text(clock.cites)}"
    yield f"  {law.cited_as(clock.cites)}; from {_shown(clock.started)} to {_shown(clock.ends)}"
    if clock.stopped is not None:
        yield f"  what it waited for came on {_shown(clock.stopped)}"
    if clock.warned is not None:
        yield f"  {clock.warned} of it has passed"
    if clock.next_warning is not None:
        yield f"  next warning on {_shown(clock.next_warning)}"
    if clock.floor is not None:
        yield f"  the least that is owed ends on {_shown(clock.floor)}"
    yield from (f"  {law.sentence(each)}" for each in clock.notes)
