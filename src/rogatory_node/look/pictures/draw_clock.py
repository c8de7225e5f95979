"""Draws a clock, its axis and the glyphs of its legend. Shapes: docs/design.md, "The shape of a clock"."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .axis import ThreeZones
from .clock import Clock, ClockBar, Mark
from .labels import Label, Placed, Span, fits_from, place, width
from .pen import Pen, drawing, isolated
from .when import Place, clock_time, day, short_day

__all__ = ["GLYPHS", "axis", "clock", "glyph"]

BAR, MIDDLE, HIGH = 20, 27, 10
NOW_ASIDE = 2.4  # percent: a mark that is due now stands beside the heavy line, not under it
OURS, THEIRS = "M-7 -12h14l-7 12z", "M-6.5 -12h13l-6.5 11z"
FLOOR, CROSS = "M0 0l6 10h-12z", "M-6 -6L6 6M6 -6L-6 6"
FILL = {"kept": "d-kept", "pending": "", "no_basis": "d-wait", "waited": "d-wait"}
END = {"kept": "s-kept", "pending": "s-wait", "no_basis": "s-lapse"}
BAR_WORDS = {"kept": "", "pending": "t-wait", "no_basis": "t-lapse", "waited": "t-wait"}
MARK_WORDS = {"ours": "", "theirs": "t-wait", "floor": "", "lost": "t-lapse"}
ROWS = (30, 56, 74, 92, 110)  # baselines: beside the bar, then below it


def _end(pen: Pen, x: float, css: str, y: float = BAR) -> SafeString:
    inner = format_html('<line x1="0" x2="0" y1="-4" y2="{}" class="{}" stroke-width="4"/>', HIGH + 4, css)
    return pen.place(x, y, inner)


def bar(pen: Pen, scale: ThreeZones, each: ClockBar) -> list[SafeString]:
    """Return one bar with its warnings and its end."""
    start, end = scale.at(each.start), _bar_end(scale, each)
    if each.kind == "waited":
        return [pen.band(start, end, BAR + 4, 3, FILL["waited"])]
    hatch: dict[str, object] = {"fill": "url(#rg-hatch)"} if each.kind == "pending" else {}
    parts = [pen.band(start, end, BAR, HIGH, FILL[each.kind], **hatch)]
    parts += [
        pen.line(x, x, BAR, BAR + HIGH, "s-paper", stroke_width=2)
        for x in map(scale.at, each.warnings)
        if start < x < end
    ]
    if each.end is not None:
        parts.append(_end(pen, end, END[each.kind]))
    return parts


def _bar_end(scale: ThreeZones, each: ClockBar) -> float:
    if each.end is not None:
        return scale.at(each.end)
    return scale.at(scale.now) if each.kind == "waited" else 100.0


def _mark_x(scale: ThreeZones, mark: Mark) -> float:
    due = scale.at(mark.at or scale.now)
    nearest = scale.at(scale.now) + NOW_ASIDE
    return max(due, nearest) if mark.kind in ("ours", "theirs") and due >= scale.at(scale.now) else due


def mark(pen: Pen, x: float, each: Mark, *, on_bar: bool) -> list[SafeString]:
    """Return one mark; a loss that no bar carries has a broken line through its lane."""
    above = BAR - 3 if on_bar else BAR - 2
    if each.kind == "ours":
        return [pen.path(x, above, OURS, "d-act")]
    if each.kind == "theirs":
        return [pen.path(x, above, THEIRS, "d-paper s-wait", stroke_width=2)]
    if each.kind == "floor":
        return [pen.path(x, BAR + HIGH + 2, FLOOR, "d-paper s-ink", stroke_width=1.5)]
    cross = pen.path(x, BAR + 5, CROSS, "s-lapse", stroke_width=3)
    if on_bar:
        return [cross]
    return [pen.line(x, x, 6, 44, "s-lapse", stroke_width=1.5, stroke_dasharray="3 3"), cross]


def _labels(scale: ThreeZones, it: Clock) -> list[Placed]:
    wanted = [
        Label(_mark_x(scale, each), each.label, MARK_WORDS[each.kind], 14, beside=each.kind != "floor")
        for each in it.marks
        if each.label
    ]
    wanted += [
        Label(_bar_end(scale, each), each.label, "t-act" if each.urgent else BAR_WORDS[each.kind])
        for each in it.bars
        if each.label
    ]
    wanted.sort(key=lambda label: label.css != "t-lapse")  # A loss gets the best place.
    taken: list[Span] = [(scale.at(each.start), _bar_end(scale, each)) for each in it.bars]
    taken += [(x - 1.5, x + 1.5) for x in (_mark_x(scale, m) for m in it.marks if m.kind == "lost")]
    return place(wanted, taken)


def _carried(scale: ThreeZones, it: Clock, x: float) -> bool:
    return any(scale.at(each.start) <= x <= _bar_end(scale, each) for each in it.bars)


def _ground(pen: Pen, scale: ThreeZones, high: str | int) -> list[SafeString]:
    joints = scale.joints
    return [
        pen.band(joints[0], joints[1], 0, high, "d-zone"),
        pen.band(joints[2], joints[3], 0, high, "d-zone"),
        pen.line(joints[2], joints[2], 0, high, "s-rule", stroke_width=1),
        pen.line(joints[3], joints[3], 0, high, "s-rule", stroke_width=1),
    ]


def clock(it: Clock, scale: ThreeZones, *, rtl: bool = False) -> SafeString:
    """Return a lane's clock as SVG; the heavy line runs through the whole lane."""
    pen = Pen(rtl)
    inner: list[SafeString] = []
    for each in it.bars:
        inner += bar(pen, scale, each)
    for each_mark in it.marks:
        x = _mark_x(scale, each_mark)
        inner += mark(pen, x, each_mark, on_bar=bool(it.bars) and _carried(scale, it, x))
    placed = _labels(scale, it)
    inner += [
        pen.text(p.label.x, ROWS[p.row], p.label.words, f"{p.label.css} rg-far".strip(), p.anchor, dx=p.dx)
        for p in placed
    ]
    lowest = max((ROWS[p.row] for p in placed), default=0)
    high = max(58, lowest + 10)
    group = format_html(
        '<svg y="50%" width="100%" height="1" overflow="visible"><g transform="translate(0 -{})">{}</g></svg>',
        max(MIDDLE, (lowest + 6) // 2),
        SafeString("".join(inner)),
    )
    line = pen.line(scale.joints[1], scale.joints[1], 0, "100%", "s-ink", stroke_width=2)
    return drawing(high, it.title, [*_ground(pen, scale, "100%"), group, line])


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
    parts = _ground(pen, scale, 44)
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


def _sample(kind: str) -> list[SafeString]:
    pen = Pen()
    if kind == "kept":
        return [
            pen.band(0, 95, 8, HIGH, "d-kept"),
            pen.line(50, 50, 8, 18, "s-paper", stroke_width=2),
            _end(pen, 95, "s-kept", 8),
        ]
    if kind == "pending":
        return [pen.band(0, 100, 8, HIGH, "", fill="url(#rg-hatch)")]
    if kind == "no_basis":
        return [pen.band(0, 95, 8, HIGH, "d-wait"), _end(pen, 95, "s-lapse", 8)]
    shape = {
        "ours": (20, OURS, "d-act"),
        "theirs": (20, THEIRS, "d-paper s-wait"),
        "floor": (8, FLOOR, "d-paper s-ink"),
    }
    y, d, css = shape.get(kind, (13, CROSS, "s-lapse"))
    return [pen.path(50, y, d, css, stroke_width=3 if kind == "lost" else 1.5)]


GLYPHS = ("ours", "theirs", "kept", "floor", "lost", "pending", "no_basis")


def glyph(kind: str) -> SafeString:
    """Return one shape of the legend, 44 by 26 px."""
    return format_html(
        '<svg width="44" height="26" aria-hidden="true" class="rg-clock">{}</svg>',
        SafeString("".join(_sample(kind))),
    )
