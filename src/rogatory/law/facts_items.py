"""The items of a request as rules read them: what is stated of each, and what looks wrong in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from rogatory.law import reading
from rogatory.law.reading_identifiers import faults_of, is_odd, twins
from rogatory.law.reading_texts import asks_everything

__all__ = ["Item", "Period", "items_of"]

NO_PERIOD_WORDS: Final = frozenset(
    ("all", "any", "everything", "*", "-", "tout", "tous", "todo", "все", "全部", "الكل")
)
# An address as people write it, also with its dots in brackets.
IPV4: Final = re.compile(r"<?\d{1,3}(?:[\[(]?\.[\])]?\d{1,3}){3}>?(?::(?P<port>\d{1,5}))?", re.ASCII)
# Systems draw the ports of their outgoing connections from here on (Linux; RFC 6335 begins at 49,152).
FIRST_CLIENT_PORT: Final = 32_768
MOST_SECONDS: Final = 31_622_400  # the greatest error of a clock that a moment can state


@dataclass(frozen=True, slots=True)
class Period:
    """The period of an item: what is stated of its two ends.

    Attributes:
        start, end: Instants in UTC where they can be read, else None.
        unzoned: How many of its ends give a time without a zone.
        unread: How many have a zone and still give no instant.
        clock: Whether the clock that showed a time is named, or its error.
        words: A period given in words only, such as ``all``.
        error: How far the worse of its clocks may be out; None where nobody says.
        odd: Whether an instant does not show the hour and minute that the text gives.
    """

    start: datetime | None
    end: datetime | None
    stated_ends: int
    unzoned: int
    unread: int
    clock: bool
    words: bool
    error: timedelta | None
    odd: bool


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a request as rules read it; ``path`` is its JSON Pointer.

    Attributes:
        faults: What looks wrong in the identifier, as codes (``law/reading_identifiers.py``).
        client_port_as_server: Whether the port that is said to be the server's is one that clients draw.
        shown: Whether the source of the identifier, such as a screenshot, is named.
        twin: The number of an earlier item that asks the same, or None.
        everything: Whether it asks for all data in so many words.
    """

    path: str
    number: int
    identifier: bool
    identifier_kind: str
    identifier_members: frozenset[str]  # which particulars of the identifier say something, such as ``born``
    identifier_party: str  # where the person or thing is believed to be
    nationality: str
    shared_address: bool
    source_port: bool
    server_port: bool
    client_port_as_server: bool
    category: str
    period: Period | None
    described: bool
    necessity: bool
    provider: bool
    provider_party: str
    service: bool
    asked_directly: bool
    vanishes: datetime | None
    faults: frozenset[str]
    shown: bool
    twin: int | None
    everything: bool


def items_of(rows: Sequence[Any], path: str) -> tuple[Item, ...]:
    """Return each item, and which of them ask the same as an earlier one."""
    asked = tuple(_item(reading.members(each), f"{path}/{at}", at) for at, each in enumerate(rows))
    if len({each.number for each in asked}) < len(asked):
        # Two items with one number cannot be told apart in a sentence, so the place counts.
        asked = tuple(replace(each, number=at) for at, each in enumerate(asked, 1))
    same = twins([_asked(reading.members(each)) for each in rows])
    return tuple(
        each if at is None else replace(each, twin=asked[at].number)
        for each, at in zip(asked, same, strict=True)
    )


def _asked(item: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what makes two items one: what is asked, of whom, about what, for when."""
    identifier, period = reading.members(item.get("identifier")), reading.members(item.get("period"))
    about = (
        reading.text(item.get("identifier"))
        or reading.text(identifier.get("normalised"))
        or reading.text(identifier.get("verbatim"))
    )
    ports = (str(identifier.get(name, "")) for name in ("source_port", "destination_port"))
    ends = (str(reading.moment(period.get(name)) or _shown(period.get(name))) for name in ("start", "end"))
    words = (reading.words(item.get("description")),)
    return (
        about.casefold(),
        reading.text(item.get("category")),
        reading.text(reading.members(item.get("provider")).get("name")),
        *ports,
        *ends,
        *words,
    )


def _says(value: object) -> bool:
    """Tell whether a particular says something; an empty text states nothing."""
    return bool(reading.text(value)) if isinstance(value, str) else value is not None


def _item(item: Mapping[str, Any], path: str, position: int) -> Item:
    # A draft may hold the line as it was typed, before anything was read in it.
    typed, named = reading.text(item.get("identifier")), reading.text(item.get("provider"))
    identifier = {"verbatim": typed} if typed else reading.members(item.get("identifier"))
    provider = {"name": named} if named else reading.members(item.get("provider"))
    number = item.get("number")
    kind, verbatim = reading.text(identifier.get("kind")), reading.text(identifier.get("verbatim"))
    four = IPV4.fullmatch(verbatim) if kind in ("", "ip_address") else None
    return Item(
        path=path,
        number=number if isinstance(number, int) and not isinstance(number, bool) else position + 1,
        identifier=bool(verbatim),
        identifier_kind=kind,
        identifier_members=frozenset(name for name, value in identifier.items() if _says(value)),
        identifier_party=reading.party(identifier.get("party")),
        nationality=reading.party(identifier.get("nationality")),
        # Carriers share IPv4 addresses among subscribers; an IPv6 address is one subscriber's.
        shared_address=four is not None,
        # A port in the text does not say whose it is; the provider can tell.
        source_port=_port(identifier.get("source_port")) or (four is not None and bool(four.group("port"))),
        server_port=_port(identifier.get("destination_port")),
        client_port_as_server=_drawn_by_clients(identifier.get("destination_port")),
        category=reading.text(item.get("category")),
        period=_period(item.get("period")),
        described=reading.said(item.get("description")),
        necessity=reading.said(item.get("necessity")),
        provider=bool(reading.text(provider.get("name"))),
        provider_party=reading.party(provider.get("party")),
        service=bool(reading.text(provider.get("service"))),
        asked_directly=reading.said(provider.get("asked_directly")),
        vanishes=reading.instant(item.get("vanishes")),
        faults=faults_of(kind, verbatim, identifier),
        shown=bool(reading.members(identifier.get("source"))),
        twin=None,
        everything=asks_everything(reading.words(item.get("description")), verbatim),
    )


def _period(value: object) -> Period | None:
    """Return the period that is stated; None where there is none at all."""
    ends = (
        [value] if isinstance(value, str) else [reading.members(value).get(name) for name in ("start", "end")]
    )
    given = [each for each in ends if _shown(each) or reading.moment(each)]
    # "All" and its like, in place of a time, state no end.
    stated = [each for each in given if _shown(each).casefold() not in NO_PERIOD_WORDS]
    if not given:
        return None
    start, end = (reading.moment(each) for each in ends) if len(ends) == 2 else (None, None)
    unread = [each for each in stated if reading.moment(each) is None]
    return Period(
        start=start,
        end=end,
        stated_ends=len(stated),
        unzoned=sum(1 for each in unread if not reading.text(reading.members(each).get("zone"))),
        unread=sum(1 for each in unread if reading.text(reading.members(each).get("zone"))),
        clock=any(_names_a_clock(reading.members(each)) for each in stated),
        words=not stated,
        error=max(filter(None, (_error(reading.members(each)) for each in stated)), default=None),
        odd=any(is_odd(reading.members(each)) for each in stated),
    )


def _shown(end: object) -> str:
    return reading.text(end) or reading.text(reading.members(end).get("verbatim"))


def _error(moment: Mapping[str, Any]) -> timedelta | None:
    seconds = moment.get("error_seconds")
    if isinstance(seconds, int) and not isinstance(seconds, bool) and 0 <= seconds <= MOST_SECONDS:
        return timedelta(seconds=seconds)
    return None


def _names_a_clock(moment: Mapping[str, Any]) -> bool:
    return bool(reading.text(moment.get("clock_source"))) or moment.get("error_seconds") is not None


def _port(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _drawn_by_clients(port: object) -> bool:
    return isinstance(port, int) and not isinstance(port, bool) and port >= FIRST_CLIENT_PORT
