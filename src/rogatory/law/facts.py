"""What a request says, whole or in draft, as rules read it. The one place that knows the wire's names.

A draft may lack anything, hold the wrong kind of thing, or be in the middle of being typed. Here that becomes
an absence, never an error: rules ask plain questions and report absences as findings. Nothing here judges.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from rogatory.errors import LawError
from rogatory.law import reading
from rogatory.law.facts_items import Item, Period, items_of
from rogatory.law.reading_days import unreal
from rogatory.law.reading_texts import Spoken, asks_to_extend, asks_to_hand_over, spoken

__all__ = ["Desk", "Facts", "Item", "Period", "Provision", "facts"]

# No term is longer; a penalty for life, or of death, is above every threshold of years.
LIFE: Final = 12_000


@dataclass(frozen=True, slots=True)
class Provision:
    """A provision of the requesting Party's penal law; for life, or death, ``maximum_months`` is ``LIFE``."""

    path: str
    citation: bool
    text: bool
    maximum_months: int | None
    enacted: date | None


@dataclass(frozen=True, slots=True)
class Desk:
    """What the register says of an authority that sends or gets a request; nothing where it says nothing.

    Attributes:
        nature: ``police``, ``prosecutor``, ``judiciary``, ``ministry``, ``intelligence``, or empty.
        kinds: The kinds of request that it accepts.
        languages: The languages that it reads, as tags.
    """

    nature: str = ""
    kinds: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()


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
    call_back_abroad: bool  # whether it can be dialled from another Party, as far as its form shows
    minor: str
    authorisation: bool
    form_of_evidence: bool
    privilege_filter: bool
    deadline: bool
    deadline_reason: bool
    proceedings: int
    spoken: tuple[Spoken, ...]
    speaks_of_extension: bool
    speaks_of_handing_over: bool
    unreal: tuple[str, ...]  # where a day or an hour stands that the calendar does not have
    from_desk: Desk
    to_desk: Desk
    body: Mapping[str, Any] = field(repr=False)  # for the questions below; no rule reads it itself

    def at(self, member: str) -> str:
        """Return the JSON Pointer of a member of the body."""
        return f"{self.base}/{member}"

    def said(self, member: str) -> bool:
        """Tell whether a text of the body is there, such as ``extradition/limitation``."""
        return reading.said(self._value(member))

    def word(self, member: str) -> str:
        """Return a word of a closed list, such as ``prosecution``; empty where no word stands."""
        word = reading.text(self._value(member))
        return word if re.fullmatch(r"[a-z][a-z_]{0,39}", word, re.ASCII) else ""

    def day(self, member: str) -> date | None:
        """Return a day of the body, or None."""
        return reading.day(self._value(member))

    def instant(self, member: str) -> datetime | None:
        """Return an instant of the body, or None."""
        return reading.instant(self._value(member))

    def number(self, member: str) -> int | None:
        """Return a whole number of the body, or None."""
        value = self._value(member)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def answered(self, member: str) -> bool:
        """Tell whether a question of yes or no has an answer."""
        return isinstance(self._value(member), bool)

    def yes(self, member: str) -> bool:
        """Tell whether a question of yes or no is answered with yes."""
        return self._value(member) is True

    def how_many(self, member: str) -> int:
        """Return how many entries of a list say something."""
        return sum(1 for each in reading.entries(self._value(member)) if reading.said(each))

    def holds(self, member: str) -> bool:
        """Tell whether a mapping stands there in which something is stated."""
        return any(
            each not in (None, "", (), [], {}) for each in reading.members(self._value(member)).values()
        )

    def ordered(self, member: str) -> bool:
        """Tell whether an order of an authority is named whole: authority, reference and date."""
        return _authorised(reading.members(self._value(member)))

    def _value(self, member: str) -> object:
        found: object = self.body
        for name in member.split("/"):
            found = reading.members(found).get(name)
        return found


def facts(request: object, *, sender: Desk | None = None, recipient: Desk | None = None) -> Facts:
    """Return what a request says.

    Args:
        request: A ``Request``, a ``RequestBody``, or a draft: a mapping of the same member names in which
            anything may be absent; the body may stand under ``body`` or be the mapping itself.
        sender: What the register says of the sender, where it was asked.
        recipient: What it says of the recipient.

    Raises:
        LawError: LAW-001 for something that is neither.
    """
    page = _page(request)
    body, base = (reading.members(page["body"]), "/body") if "body" in page else (page, "")
    offence, secrecy, unit = (reading.members(body.get(name)) for name in ("offence", "secrecy", "case_unit"))
    return Facts(
        base=base,
        kind=reading.text(body.get("kind")),
        sender=reading.text(page.get("from", page.get("sender"))),
        issued=reading.instant(page.get("issued_at")),
        urgency=reading.text(body.get("urgency")),
        extends=bool(reading.text(body.get("extends"))),
        preservation=bool(reading.text(body.get("preservation"))),
        unit=bool(reading.text(unit.get("name"))),
        prosecutor=bool(reading.text(unit.get("prosecutor"))),
        conduct=reading.said(offence.get("conduct")),
        conduct_start=reading.moment(reading.members(offence.get("conduct_period")).get("start")),
        victim=reading.text(offence.get("victim")),
        provisions=_provisions(offence, f"{base}/offence/provisions"),
        articles=tuple(filter(None, map(reading.text, reading.entries(offence.get("convention_articles"))))),
        facts=reading.said(body.get("facts")),
        items=items_of(reading.entries(body.get("items")), f"{base}/items"),
        purpose=reading.said(body.get("purpose")),
        follow_up=reading.day(body.get("follow_up_planned")),
        secrecy=bool(secrecy),
        secrecy_until=reading.day(secrecy.get("until")),
        secrecy_reason=reading.said(secrecy.get("reason")),
        call_back=bool(reading.text(body.get("call_back"))),
        call_back_abroad=reading.text(body.get("call_back"))
        .removeprefix("tel:")
        .strip(" (")
        .startswith(("+", "00", "\uff0b")),
        minor=reading.text(body.get("suspect_is_minor")),
        authorisation=_authorised(reading.members(body.get("domestic_authorisation"))),
        form_of_evidence=reading.said(body.get("form_of_evidence")),
        privilege_filter=reading.said(body.get("privilege_filter")),
        deadline=reading.day(body.get("deadline")) is not None,
        deadline_reason=reading.said(body.get("deadline_reason")),
        proceedings=sum(1 for each in reading.entries(body.get("proceedings_of_use")) if reading.said(each)),
        spoken=spoken(body, base),
        speaks_of_extension=asks_to_extend(
            *map(reading.words, map(body.get, ("purpose", "facts", "earlier_requests")))
        ),
        speaks_of_handing_over=asks_to_hand_over(
            *map(reading.words, map(body.get, ("purpose", "facts"))),
            *(
                reading.words(reading.members(each).get("description"))
                for each in reading.entries(body.get("items"))
            ),
        ),
        unreal=unreal(body, base),
        from_desk=sender or Desk(),
        to_desk=recipient or Desk(),
        body=body,
    )


def _provisions(offence: Mapping[str, Any], path: str) -> tuple[Provision, ...]:
    found = []
    for at, each in enumerate(reading.entries(offence.get("provisions"))):
        row = reading.members(each)
        months = (
            LIFE
            if reading.text(row.get("maximum_penalty")) in ("life", "death")
            else row.get("maximum_penalty_months")
        )
        found.append(
            Provision(
                path=f"{path}/{at}",
                citation=bool(reading.text(row.get("citation"))),
                text=reading.said(row.get("text")),
                maximum_months=months if isinstance(months, int) and not isinstance(months, bool) else None,
                enacted=reading.day(row.get("enacted")),
            )
        )
    return tuple(found)


def _authorised(row: Mapping[str, Any]) -> bool:
    return bool(
        reading.text(row.get("authority"))
        and reading.text(row.get("reference"))
        and reading.day(row.get("date"))
    )


def _page(request: object) -> Mapping[str, Any]:
    if isinstance(request, Mapping):
        return request
    # Asked so, a draft can be judged before any model is loaded.
    if callable(dump := getattr(request, "model_dump", None)):
        page: Mapping[str, Any] = dump(mode="python", by_alias=True)
        return page
    raise LawError("LAW-001", found=type(request).__name__)
