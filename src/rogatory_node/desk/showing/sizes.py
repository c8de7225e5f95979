"""Sizes and paces in words, as people compare them with what their system says: powers of ten."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

__all__ = ["pace", "seconds", "size"]


def size(count: int) -> str:
    """Return a number of bytes: ``812 bytes``, ``3.1 MB``.

    Examples:
        >>> size(812)
        '812 bytes'
        >>> size(3_140_000)
        '3.1 MB'
    """
    if count < 1000:
        return ngettext("{count} byte", "{count} bytes", count).format(count=count)
    for power, unit in enumerate((_("{size} kB"), _("{size} MB"), _("{size} GB")), 1):
        if count < 1000 ** (power + 1):
            return unit.format(size=_short(count / 1000**power))
    return _("{size} TB").format(size=_short(count / 1000**4))


def pace(count: int) -> str:
    """Return bytes a second: ``3.1 MB a second``."""
    return _("{size} a second").format(size=size(count))


def seconds(count: int) -> str:
    """Return how long something still takes, roughly: ``less than a minute``, ``12 minutes``, ``3 hours``."""
    if count < 60:
        return _("less than a minute")
    minutes = round(count / 60)
    if minutes < 120:
        return ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes)
    hours = round(minutes / 60)
    return ngettext("{count} hour", "{count} hours", hours).format(count=hours)


def _short(value: float) -> str:
    return f"{value:.1f}" if value < 10 else f"{value:.0f}"
