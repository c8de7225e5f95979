"""Instants and days, each with exactly one way to be written.

An instant here is what a clock claimed, in UTC. That it is true is proved elsewhere (PROTOCOL rule 12).
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Final

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema

from rogatory.errors import ValuesError
from rogatory.values.text import as_text

__all__ = ["Day", "Instant", "instant_text", "parse_day", "parse_instant"]

_INSTANT: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,6})?Z"
)
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def parse_instant(text: str) -> datetime:
    """Return the instant that the text names, in UTC.

    No other form is read: no offset, no lower-case letters, no space, no leap second.

    Args:
        text: RFC 3339 with ``Z``; whole seconds, or one to six digits of a fraction.

    Returns:
        An aware datetime whose zone is ``datetime.UTC``.

    Raises:
        ValuesError: VALUE-001 not text, VALUE-009 another form or a date that does not exist.

    Source:
        spec/values.md 3.1.

    Examples:
        >>> parse_instant("2028-03-13T18:32:04Z").isoformat()
        '2028-03-13T18:32:04+00:00'
    """
    given = as_text(text, "instant")
    if not _INSTANT.fullmatch(given):
        raise ValuesError("VALUE-009", what="an instant", form="2028-03-13T18:32:04Z")
    try:
        return datetime.fromisoformat(_six_digits(given)).replace(tzinfo=UTC)
    except ValueError as error:
        raise ValuesError("VALUE-009", what="an instant", form="2028-03-13T18:32:04Z") from error


def _six_digits(text: str) -> str:
    # Python 3.11 reads three or six digits of a fraction only; the others are filled up.
    whole, _, fraction = text.removesuffix("Z").partition(".")
    return f"{whole}.{fraction:0<6}"


def instant_text(instant: datetime) -> str:
    """Return the one text of an instant: whole seconds, or six digits if there are microseconds.

    Args:
        instant: Aware, in UTC.

    Raises:
        ValuesError: VALUE-010 if it is naive or in another zone.

    Source:
        spec/values.md 3.2.
    """
    text = _utc(instant).replace(tzinfo=None).isoformat()
    return f"{text}Z"


def parse_day(text: str) -> date:
    """Return the day that the text names, as ``YYYY-MM-DD``.

    Raises:
        ValuesError: VALUE-001 not text, VALUE-009 another form or a day that does not exist.

    Source:
        spec/values.md 3.3.
    """
    given = as_text(text, "day")
    if not _DAY.fullmatch(given):
        raise ValuesError("VALUE-009", what="a day", form="2028-03-13")
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise ValuesError("VALUE-009", what="a day", form="2028-03-13") from error


def _utc(instant: datetime) -> datetime:
    # A zone is never guessed: the sender converts, and says from what, in a Moment.
    if instant.utcoffset() != timedelta(0):
        raise ValuesError("VALUE-010")
    return instant.replace(tzinfo=UTC)


def _instant(value: object) -> datetime:
    return _utc(value) if isinstance(value, datetime) else parse_instant(as_text(value, "instant"))


def _day(value: object) -> date:
    return value if type(value) is date else parse_day(as_text(value, "day"))


Instant = Annotated[
    datetime,
    PlainValidator(_instant),
    PlainSerializer(instant_text, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "format": "date-time", "pattern": f"^{_INSTANT.pattern}$"}),
]
"""An aware UTC ``datetime`` in Python, RFC 3339 text with ``Z`` in JSON."""

Day = Annotated[
    date,
    PlainValidator(_day),
    PlainSerializer(date.isoformat, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "format": "date"}),
]
"""A ``date`` in Python, ``YYYY-MM-DD`` in JSON."""
