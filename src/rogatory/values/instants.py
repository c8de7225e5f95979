"""Instants and days, each with exactly one way to be written.

An instant here is what a clock claimed, in UTC. That it is true is proved elsewhere (PROTOCOL rule 12).
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Final, TypeVar

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema

from rogatory.errors import ValuesError
from rogatory.values.text import as_text

__all__ = ["FIRST_YEAR", "LAST_YEAR", "Day", "Instant", "instant_text", "parse_day", "parse_instant"]

# A year is left free at both ends of the calendar: a clock that adds sixty days, or a page that shows an
# instant in its reader's zone, must not leave it because of what a sender wrote.
FIRST_YEAR: Final = 2
LAST_YEAR: Final = 9998

INSTANT_FORM: Final = "2028-03-13T18:32:04Z"
DAY_FORM: Final = "2028-03-13"

When = TypeVar("When", date, datetime)

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
        ValuesError: VALUE-001 not text, VALUE-009 another form, a date that does not exist, or the first
            or last year of the calendar.

    Source:
        spec/values.md 3.1.

    Examples:
        >>> parse_instant("2028-03-13T18:32:04Z").isoformat()
        '2028-03-13T18:32:04+00:00'
    """
    given = as_text(text, "instant")
    if not _INSTANT.fullmatch(given):
        raise ValuesError("VALUE-009", what="an instant", form=INSTANT_FORM)
    try:
        found = datetime.fromisoformat(_six_digits(given)).replace(tzinfo=UTC)
    except ValueError as error:
        raise ValuesError("VALUE-009", what="an instant", form=INSTANT_FORM) from error
    return _checked(found, "an instant", INSTANT_FORM)


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
        ValuesError: VALUE-001 not text, VALUE-009 another form, a day that does not exist, or the first or
            last year of the calendar.

    Source:
        spec/values.md 3.3.
    """
    given = as_text(text, "day")
    if not _DAY.fullmatch(given):
        raise ValuesError("VALUE-009", what="a day", form=DAY_FORM)
    try:
        found = date.fromisoformat(given)
    except ValueError as error:
        raise ValuesError("VALUE-009", what="a day", form=DAY_FORM) from error
    return _checked(found, "a day", DAY_FORM)


def _checked(given: When, what: str, form: str) -> When:
    if not FIRST_YEAR <= given.year <= LAST_YEAR:
        raise ValuesError("VALUE-009", what=what, form=form)
    return given


def _utc(instant: datetime) -> datetime:
    # A zone is never guessed: the sender converts, and says from what, in a Moment.
    if instant.utcoffset() != timedelta(0):
        raise ValuesError("VALUE-010")
    return instant.replace(tzinfo=UTC)


def _instant(value: object) -> datetime:
    if isinstance(value, datetime):
        return _checked(_utc(value), "an instant", INSTANT_FORM)
    return parse_instant(as_text(value, "instant"))


def _day(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return _checked(value, "a day", DAY_FORM)
    return parse_day(as_text(value, "day"))


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
