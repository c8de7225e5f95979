"""Numbers and spans in words: items as ranges, time since as people say it, digests in groups."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

__all__ = ["groups", "items", "items_within", "plain", "since", "until"]


def plain(numbers: Iterable[int]) -> str:
    """Return numbers with their runs drawn together: ``1 to 3, 5``."""
    runs: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return pgettext("between numbers", ", ").join(_run(first, last) for first, last in runs)


def _run(first: int, last: int) -> str:
    if first == last:
        return str(first)
    if last == first + 1:
        return f"{first}{pgettext('between numbers', ', ')}{last}"
    return _("{first} to {last}").format(first=first, last=last)


def items(numbers: Iterable[int]) -> str:
    """Return ``Item 4`` or ``Items 1 to 3``."""
    found = sorted(set(numbers))
    return ngettext("Item {numbers}", "Items {numbers}", len(found)).format(numbers=plain(found))


def items_within(numbers: Iterable[int]) -> str:
    """Return ``item 4`` or ``items 1 to 3``, as it stands inside a sentence."""
    found = sorted(set(numbers))
    return ngettext("item {numbers}", "items {numbers}", len(found)).format(numbers=plain(found))


def since(then: datetime, now: datetime) -> str:
    """Return how long ago something was: ``31 minutes``."""
    return until(now, then)


def until(then: datetime, now: datetime) -> str:
    """Return how far off something is: ``31 minutes``, ``38 hours``, ``11 days``."""
    minutes = max(int((then - now).total_seconds() // 60), 0)
    if minutes < 120:
        return ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes)
    if minutes < 48 * 60:
        return ngettext("{count} hour", "{count} hours", minutes // 60).format(count=minutes // 60)
    days = minutes // (24 * 60)
    return ngettext("{count} day", "{count} days", days).format(count=days)


def groups(digest: str, count: int = 4) -> str:
    """Return the first groups of a digest, four letters each, for comparing by eye."""
    return " ".join(digest[at : at + 4] for at in range(0, 4 * count, 4))
