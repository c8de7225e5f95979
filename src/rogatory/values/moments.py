"""Moments and periods: a time as somebody observed it, beside the instant that it means, if that is known.

A time without a zone can point at another customer. So an instant is stated only with the zone it was read
in, and a missing end of a period stays missing.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from rogatory.errors import ValuesError
from rogatory.values.base import Frozen
from rogatory.values.instants import Instant
from rogatory.values.reading import fold_digits
from rogatory.values.text import ShortText, as_text, check_line, text_type

__all__ = [
    "Moment",
    "Period",
    "Zone",
    "check_agrees_with_text",
    "check_zone_stated",
    "read_moment",
    "zone_of",
]

_ZONE: Final = re.compile(r"(?!-00:00)[+-](?:0[0-9]|1[0-4]):[0-5][0-9]")
_DATE: Final = {
    "ymd": re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})", re.ASCII),
    "dmy": re.compile(r"(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})[-/.](?P<y>\d{4})", re.ASCII),
    "mdy": re.compile(r"(?P<m>\d{1,2})[-/.](?P<d>\d{1,2})[-/.](?P<y>\d{4})", re.ASCII),
}
_TIME: Final = re.compile(
    r"[T ,]{1,3}(?P<H>[01]?\d|2[0-3]):(?P<M>[0-5]\d)(?::(?P<S>[0-5]\d)(?:[.,](?P<f>\d{1,6}))?)?"
    r" ?(?P<z>Z|UTC|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?)?",
    re.ASCII,
)

Order = Literal["ymd", "dmy", "mdy"]


def _zone(value: object) -> str:
    text = as_text(value, "zone")
    if not _ZONE.fullmatch(text):
        raise ValuesError("VALUE-027")
    return text


Zone = Annotated[str, *text_type(_zone, pattern=f"^{_ZONE.pattern}$")]
"""The offset of a clock from UTC, ``+07:00``; UTC itself is ``+00:00``."""


class Moment(Frozen):
    """A time as observed.

    ``normalised`` is null until somebody says in which zone the clock ran; this type never supplies a zone,
    a second or an error that nobody stated.

    Source:
        PROTOCOL section 2; spec/values.md 6.
    """

    verbatim: ShortText
    normalised: Instant | None = None
    zone: Zone | None = None
    clock_source: ShortText | None = None
    error_seconds: Annotated[int, Field(ge=0, le=31_622_400)] | None = None

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        check_zone_stated(self)
        check_agrees_with_text(self)
        return self


class Period(Frozen):
    """From one moment to another, both ends included; an end that nobody stated is null.

    "All" is not a period: it has neither end, and the law room says what is absent.
    """

    start: Moment | None = None
    end: Moment | None = None


def zone_of(zone: str) -> timezone:
    """Return the zone that the text names.

    Raises:
        ValuesError: VALUE-027.
    """
    hours, minutes = _zone(zone)[1:].split(":")
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-offset if zone.startswith("-") else offset)


def check_zone_stated(moment: Moment) -> None:
    """Pass only if an instant comes with the zone that it was worked out from.

    Raises:
        ValuesError: VALUE-028.

    Source:
        spec/values.md 6.3.
    """
    if moment.normalised is not None and moment.zone is None:
        raise ValuesError("VALUE-028")


def check_agrees_with_text(moment: Moment) -> None:
    """Pass only if a verbatim text that is itself an unmistakable instant says the same.

    A text in another form was read by a person; what looks wrong in that reading is a doubt.

    Raises:
        ValuesError: VALUE-029.

    Source:
        spec/values.md 6.4.
    """
    read = _read(moment.verbatim, "ymd", None)
    if read is None or moment.normalised is None:
        return
    if (moment.normalised, moment.zone) != read:
        raise ValuesError("VALUE-029")


def _read(text: str, order: Order, zone: str | None) -> tuple[datetime, str] | None:
    """Return the instant and its zone, or ``None`` if the text does not give both."""
    given = fold_digits(text.strip())
    day = _DATE[order].match(given)
    time = _TIME.fullmatch(given, day.end()) if day else None
    if not day or not time:
        return None
    stated = _zone_text(time["z"]) if time["z"] else zone
    if stated is None:
        return None
    date = f"{day['y']}-{day['m']:0>2}-{day['d']:0>2}"
    clock = f"{time['H']:0>2}:{time['M']}:{time['S'] or '00'}.{time['f'] or '0':0<6}"
    try:
        return datetime.fromisoformat(f"{date}T{clock}{_zone(stated)}").astimezone(UTC), stated
    except (ValueError, OverflowError):
        return None


def _zone_text(stated: str) -> str:
    offset = stated.removeprefix("UTC").removeprefix("GMT").removeprefix("Z")
    digits = offset[1:].replace(":", "")
    if not digits.strip("0"):
        return "+00:00"
    hours, minutes = (digits, "00") if len(digits) <= 2 else (digits[:-2], digits[-2:])
    return f"{offset[0]}{hours:0>2}:{minutes}"


def read_moment(
    verbatim: str,
    *,
    order: Order = "ymd",
    zone: str | None = None,
    clock_source: str | None = None,
    error_seconds: int | None = None,
) -> Moment:
    """Return the moment that the text gives; its instant is null where zone or date cannot be read.

    Args:
        verbatim: The time as observed, such as ``13/3/2028 21:40 +7``.
        order: In which order the writer of the text puts year, month and day.
        zone: The zone that a person states, ``+07:00``, where the text has none; the text goes first.
        clock_source: Which clock showed it.
        error_seconds: How far that clock may be out.

    Raises:
        ValuesError: VALUE-002 to VALUE-004 for the text, VALUE-026 for the error, VALUE-027 for the zone, and
            VALUE-029 if text and stated zone contradict each other.

    Source:
        spec/values.md 6.

    Examples:
        >>> read_moment("13/3/2028 21:40 +7", order="dmy").normalised.isoformat()
        '2028-03-13T14:40:00+00:00'
    """
    check_line(verbatim, "verbatim")
    read = _read(verbatim, order, _zone(zone) if zone is not None else None)
    if read is not None and zone is not None and read[1] != zone:
        raise ValuesError("VALUE-029")
    if error_seconds is not None and not 0 <= error_seconds <= 31_622_400:
        raise ValuesError("VALUE-026", kind="moment", member="error_seconds")
    return Moment(
        verbatim=verbatim,
        normalised=read[0] if read else None,
        zone=read[1] if read else zone,
        clock_source=None if clock_source is None else check_line(clock_source, "clock_source"),
        error_seconds=error_seconds,
    )
