"""Words with marks in them: identifiers, names, links. Plain strings are escaped when drawn.

Each function returns a safe string that may stand wherever a view model takes words. What is
nobody's language (an identifier, a name) is isolated, so that it keeps its own direction in a
right-to-left page.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

__all__ = ["code", "joined", "link", "look_alike", "name", "number", "small", "strong"]


def code(text: str) -> SafeString:
    """Return an identifier in mono, left-to-right in every language."""
    return format_html('<bdi dir="ltr" class="rg-code">{}</bdi>', text)


def name(text: str) -> SafeString:
    """Return a proper name, isolated: its direction is its own."""
    return format_html("<bdi>{}</bdi>", text)


def number(text: str) -> SafeString:
    """Return a thread's number or a time, left-to-right, in the letters of the text around it."""
    return format_html('<bdi dir="ltr">{}</bdi>', text)


def strong(text: str) -> SafeString:
    """Return weighty words."""
    return format_html("<strong>{}</strong>", text)


def small(text: str) -> SafeString:
    """Return secondary words, 14 px."""
    return format_html('<span class="rg-small">{}</span>', text)


def link(text: str, href: str) -> SafeString:
    """Return a link in running text."""
    return format_html('<a class="govuk-link" href="{}">{}</a>', href, text)


def joined(*parts: str) -> SafeString:
    """Return the parts one after the other, each escaped unless it is safe already."""
    return format_html_join("", "{}", ((part,) for part in parts))


def look_alike(text: str, doubtful: Iterable[int]) -> SafeString:
    """Return an identifier with its look-alike characters marked.

    Args:
        text: The identifier, verbatim.
        doubtful: Positions of the characters to mark, counted from 0.
    """
    marked = frozenset(doubtful)
    inner = format_html_join(
        "", "{}", ((_spot(letter) if n in marked else letter,) for n, letter in enumerate(text))
    )
    return format_html('<bdi dir="ltr" class="rg-code">{}</bdi>', inner)


def _spot(letter: str) -> SafeString:
    return format_html('<mark class="rg-look">{}</mark>', letter)
