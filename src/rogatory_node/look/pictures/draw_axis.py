"""Draws the board's axis: three zones, each headed by its end, with a few ticks in it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .axis import ThreeZones
from .draw_clock import ground
from .labels import fits_from, width
from .pen import Pen, isolated
from .when import Place, clock_time, day, short_day

__all__ = ["axis"]


def _hour_ticks(scale: ThreeZones, here: Place) -> list[tuple[datetime, str]]:
    start = scale.now.astimezone(here.zone).replace(minute=0, second=0, microsecond=0)
    hours = [start + timedelta(hours=n) for n in range(1, 13)]
    return [(at, clock_time(at, here)) for at in hours if at.hour % 3 == 0]


def _day_ticks(scale: ThreeZones, here: Place) -> list[tuple[datetime, str]]:
    midnight = scale.now.astimezone(here.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return [(at, short_day(at, here)) for at in (midnight + timedelta(days=n) for n in (3, 7, 11))]


def _month_ticks(scale: ThreeZones, here: Place) -> list[tuple[datetime, str]]:
    first = scale.instants[3].astimezone(here.zone).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    ticks = []
    for n in range(1, 5):
        year, month = divmod(first.month - 1 + n, 12)
        at = first.replace(year=first.year + year, month=month + 1)
        ticks.append((at, short_day(at, here)))
    return ticks


def axis(scale: ThreeZones, here: Place, *, rtl: bool = False) -> SafeString:
    """Return the board's axis: each zone headed by its end, with a few ticks in it."""
    pen, joints, instants = Pen(rtl), scale.joints, scale.instants
    ends = (_("12 hours"), *(_("to %(day)s") % {"day": isolated(day(at, here))} for at in instants[3:]))
    parts = ground(pen, scale, 44)
    short = ("", *(short_day(at, here) for at in instants[3:]))
    for zone, words, brief in zip((1, 2, 3), ends, short, strict=True):
        parts += _heading(pen, joints[zone] + 0.8, joints[zone + 1], words, brief)
    zones = (_hour_ticks(scale, here), _day_ticks(scale, here), _month_ticks(scale, here))
    for number, ticks in enumerate(zones):
        left, right = joints[number + 1], joints[number + 2]
        inside = [(scale.at(at), words) for at, words in ticks if scale.at(at) < right]
        parts += _ticks(pen, inside, left, right)
    parts.append(pen.line(joints[1], joints[1], 0, 44, "s-ink", stroke_width=2))
    now = _("now")
    parts.append(
        pen.text(joints[1], 36, now, f"t-ink {fits_from(joints[1], now, 'end', -5)}".strip(), "end", dx=-5)
    )
    return SafeString(format_html('<svg height="44" aria-hidden="true">{}</svg>', SafeString("".join(parts))))


def _heading(pen: Pen, x: float, right: float, words: str, brief: str) -> list[SafeString]:
    """Return a zone's heading; where its zone is too narrow for it, the bare day takes its place."""
    if width(words) <= (right - x) * 286 / 100:
        return [pen.text(x, 14, words, "t-ink")]
    return [pen.text(x, 14, words, "t-ink rg-far"), pen.text(x, 14, brief, "t-ink rg-near")]


def _ticks(pen: Pen, ticks: list[tuple[float, str]], left: float, right: float) -> list[SafeString]:
    """Return the ticks that have room: those of every second one only in wide drawings."""
    parts, last = [], left + 0.8
    shown = 0
    for x, words in ticks:
        half = width(words) / 2 * 100 / 560
        if x - half < last or x + half > right:
            continue
        last, hide = x + half + 0.7, ("", "rg-far")[shown % 2]
        shown += 1
        parts += [pen.text(x, 36, words, hide, "middle"), pen.line(x, x, 40, 44, "s-edge", stroke_width=1)]
    return parts
