"""What a request says, whole or in draft, as rules read it. The one place that knows the wire's names.

A draft may lack anything, hold the wrong kind of thing, or be in the middle of being typed. Here that becomes
an absence, never an error: rules ask plain questions and report absences as findings. Nothing here judges.
"""

from __future__ import annotations

import re
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from pydantic import BaseModel

from rogatory.errors import LawError

__all__ = ["Facts", "Item", "Period", "Provision", "facts"]

NO_PERIOD_WORDS: Final = frozenset(
    ("all", "any", "everything", "*", "-", "tout", "tous", "todo", "все", "全部", "الكل")
)
# No term is longer; a penalty for life, or of death, is above every threshold of years.
LIFE: Final = 12_000
# White space, and what has no shape of its own: joiners, marks of direction, a byte-order mark.
_UNSEEN: Final = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u200e\u200f"
    "\u2060\u2061\u2062\u2063\u2064\u3164\ufeff\uffa0" + string.whitespace + "\u00a0\u3000"
)
# An address as people write it, also with its dots in brackets.
IPV4: Final = re.compile(r"<?\d{1,3}(?:[\[(]?\.[\])]?\d{1,3}){3}>?(?::(?P<port>\d{1,5}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Period:
    """The period of an item: what is stated of its two ends.

    Attributes:
        start, end: Instants in UTC where they can be read, else None.
        unzoned: How many of its ends give a time without a zone.
        unread: How many have a zone and still give no instant.
        clock: Whether the clock that showed a time is named, or its error.
        words: A period given in words only, such as ``all``.
    """

    start: datetime | None
    end: datetime | None
    stated_ends: int
    unzoned: int
    unread: int
    clock: bool
    words: bool


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a request as rules read it; ``path`` is its JSON Pointer."""

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
    category: str
    period: Period | None
    described: bool
    necessity: bool
    provider: bool
    provider_party: str
    service: bool
    asked_directly: bool
    vanishes: datetime | None


@dataclass(frozen=True, slots=True)
class Provision:
    """A provision of the requesting Party's penal law; for life, or death, ``maximum_months`` is ``LIFE``."""

    path: str
    citation: bool
    text: bool
    maximum_months: int | None
    enacted: date | None


@dataclass(frozen=True, slots=True)
class Facts:
    """A request as rules read it: presence, dates and numbers; no free text, no identifier."""

    base: str
    kind: str
    sender: str
    issued: datetime | None
    urgency: str
    extends: bool
    preservation: bool
    unit: bool
    prosecutor: bool
    conduct: bool
    conduct_start: datetime | None
    victim: str
    provisions: tuple[Provision, ...]
    articles: tuple[str, ...]
    facts: bool
    items: tuple[Item, ...]
    purpose: bool
    follow_up: date | None
    secrecy: bool
    secrecy_until: date | None
    secrecy_reason: bool
    call_back: bool
    minor: str
    authorisation: bool
    form_of_evidence: bool
    privilege_filter: bool
    deadline: bool
    deadline_reason: bool
    proceedings: int
    body: Mapping[str, Any] = field(repr=False)  # for the questions below; no rule reads it itself

    def at(self, member: str) -> str:
        """Return the JSON Pointer of a member of the body."""
        return f"{self.base}/{member}"

    def said(self, member: str) -> bool:
        """Tell whether a text of the body is there, such as ``extradition/limitation``."""
        return _said(self._value(member))

    def word(self, member: str) -> str:
        """Return a word of a closed list, such as ``prosecution``; empty where no word stands."""
        word = _text(self._value(member))
        return word if re.fullmatch(r"[a-z][a-z_]{0,39}", word, re.ASCII) else ""

    def day(self, member: str) -> date | None:
        """Return a day of the body, or None."""
        return _day(self._value(member))

    def instant(self, member: str) -> datetime | None:
        """Return an instant of the body, or None."""
        return _instant(self._value(member))

    def number(self, member: str) -> int | None:
        """Return a whole number of the body, or None."""
        value = self._value(member)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def answered(self, member: str) -> bool:
        """Tell whether a question of yes or no has an answer."""
        return isinstance(self._value(member), bool)

    def how_many(self, member: str) -> int:
        """Return how many entries of a list say something."""
        return sum(1 for each in _list(self._value(member)) if _said(each))

    def ordered(self, member: str) -> bool:
        """Tell whether an order of an authority is named whole: authority, reference and date."""
        return _authorised(_map(self._value(member)))

    def _value(self, member: str) -> object:
        found: object = self.body
        for name in member.split("/"):
            found = _map(found).get(name)
        return found


def facts(request: object) -> Facts:
    """Return what a request says.

    Args:
        request: A ``Request``, a ``RequestBody``, or a draft: a mapping of the same member names in which
            anything may be absent; the body may stand under ``body`` or be the mapping itself.

    Raises:
        LawError: LAW-001 for something that is neither.
    """
    page = _page(request)
    body, base = (_map(page["body"]), "/body") if "body" in page else (page, "")
    offence, secrecy, unit = (_map(body.get(name)) for name in ("offence", "secrecy", "case_unit"))
    return Facts(
        base=base,
        kind=_text(body.get("kind")),
        sender=_text(page.get("from", page.get("sender"))),
        issued=_instant(page.get("issued_at")),
        urgency=_text(body.get("urgency")),
        extends=bool(_text(body.get("extends"))),
        preservation=bool(_text(body.get("preservation"))),
        unit=bool(_text(unit.get("name"))),
        prosecutor=bool(_text(unit.get("prosecutor"))),
        conduct=_said(offence.get("conduct")),
        conduct_start=_moment(_map(offence.get("conduct_period")).get("start")),
        victim=_text(offence.get("victim")),
        provisions=_provisions(offence, f"{base}/offence/provisions"),
        articles=tuple(filter(None, map(_text, _list(offence.get("convention_articles"))))),
        facts=_said(body.get("facts")),
        items=tuple(
            _item(_map(each), f"{base}/items/{at}", at) for at, each in enumerate(_list(body.get("items")))
        ),
        purpose=_said(body.get("purpose")),
        follow_up=_day(body.get("follow_up_planned")),
        secrecy=bool(secrecy),
        secrecy_until=_day(secrecy.get("until")),
        secrecy_reason=_said(secrecy.get("reason")),
        call_back=bool(_text(body.get("call_back"))),
        minor=_text(body.get("suspect_is_minor")),
        authorisation=_authorised(_map(body.get("domestic_authorisation"))),
        form_of_evidence=_said(body.get("form_of_evidence")),
        privilege_filter=_said(body.get("privilege_filter")),
        deadline=_day(body.get("deadline")) is not None,
        deadline_reason=_said(body.get("deadline_reason")),
        proceedings=sum(1 for each in _list(body.get("proceedings_of_use")) if _said(each)),
        body=body,
    )


def _item(item: Mapping[str, Any], path: str, position: int) -> Item:
    # A draft may hold the line as it was typed, before anything was read in it.
    typed, named = _text(item.get("identifier")), _text(item.get("provider"))
    identifier = {"verbatim": typed} if typed else _map(item.get("identifier"))
    provider = {"name": named} if named else _map(item.get("provider"))
    number = item.get("number")
    kind, verbatim = _text(identifier.get("kind")), _text(identifier.get("verbatim"))
    four = IPV4.fullmatch(verbatim) if kind in ("", "ip_address") else None
    return Item(
        path=path,
        number=number if isinstance(number, int) and not isinstance(number, bool) else position + 1,
        identifier=bool(verbatim),
        identifier_kind=kind,
        identifier_members=frozenset(name for name, value in identifier.items() if value is not None),
        identifier_party=_party(identifier.get("party")),
        nationality=_party(identifier.get("nationality")),
        # Carriers share IPv4 addresses among subscribers; an IPv6 address is one subscriber's.
        shared_address=four is not None,
        # A port in the text does not say whose it is; the provider can tell.
        source_port=_port(identifier.get("source_port")) or (four is not None and bool(four.group("port"))),
        server_port=_port(identifier.get("destination_port")),
        category=_text(item.get("category")),
        period=_period(item.get("period")),
        described=_said(item.get("description")),
        necessity=_said(item.get("necessity")),
        provider=bool(_text(provider.get("name"))),
        provider_party=_party(provider.get("party")),
        service=bool(_text(provider.get("service"))),
        asked_directly=_said(provider.get("asked_directly")),
        vanishes=_instant(item.get("vanishes")),
    )


def _provisions(offence: Mapping[str, Any], path: str) -> tuple[Provision, ...]:
    found = []
    for at, each in enumerate(_list(offence.get("provisions"))):
        row = _map(each)
        months = (
            LIFE
            if _text(row.get("maximum_penalty")) in ("life", "death")
            else row.get("maximum_penalty_months")
        )
        found.append(
            Provision(
                path=f"{path}/{at}",
                citation=bool(_text(row.get("citation"))),
                text=_said(row.get("text")),
                maximum_months=months if isinstance(months, int) and not isinstance(months, bool) else None,
                enacted=_day(row.get("enacted")),
            )
        )
    return tuple(found)


def _period(value: object) -> Period | None:
    """Return the period that is stated; None where there is none at all."""
    ends = [value] if isinstance(value, str) else [_map(value).get(name) for name in ("start", "end")]
    given = [each for each in ends if _shown(each) or _moment(each)]
    # "All" and its like, in place of a time, state no end.
    stated = [each for each in given if _shown(each).casefold() not in NO_PERIOD_WORDS]
    if not given:
        return None
    start, end = (_moment(each) for each in ends) if len(ends) == 2 else (None, None)
    unread = [each for each in stated if _moment(each) is None]
    return Period(
        start=start,
        end=end,
        stated_ends=len(stated),
        unzoned=sum(1 for each in unread if not _text(_map(each).get("zone"))),
        unread=sum(1 for each in unread if _text(_map(each).get("zone"))),
        clock=any(_names_a_clock(_map(each)) for each in stated),
        words=not stated,
    )


def _shown(end: object) -> str:
    return _text(end) or _text(_map(end).get("verbatim"))


def _names_a_clock(moment: Mapping[str, Any]) -> bool:
    return bool(_text(moment.get("clock_source"))) or moment.get("error_seconds") is not None


def _authorised(row: Mapping[str, Any]) -> bool:
    return bool(_text(row.get("authority")) and _text(row.get("reference")) and _day(row.get("date")))


def _party(value: object) -> str:
    code = _text(value).lower()
    return code if len(code) == 3 and code.isascii() and code.isalpha() else ""


def _port(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _moment(value: object) -> datetime | None:
    """Return the instant of a moment whose zone is stated; a time without a zone is no instant."""
    row = _map(value)
    return _instant(row.get("normalised") if row else value)


def _instant(value: object) -> datetime | None:
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value.strip())
        except ValueError:
            return None
    return value if isinstance(value, datetime) and value.tzinfo is not None else None


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value.strip()) if isinstance(value, str) else None
    except ValueError:
        return None


def _said(value: object) -> bool:
    """Tell whether free text is there, as a plain text or as ``Words``."""
    return bool(_text(value) or _text(_map(value).get("original")))


def _text(value: object) -> str:
    """Return what can be seen of a text; marks that no screen shows state nothing."""
    return value.strip(_UNSEEN).strip() if isinstance(value, str) else ""


def _map(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: object) -> Sequence[Any]:
    return value if isinstance(value, Sequence) and not isinstance(value, (str, bytes)) else ()


def _page(request: object) -> Mapping[str, Any]:
    if isinstance(request, BaseModel):
        return request.model_dump(mode="python", by_alias=True)
    if isinstance(request, Mapping):
        return request
    raise LawError("LAW-001", found=type(request).__name__)
