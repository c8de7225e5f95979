"""Draws a clock. Its shapes: docs/design.md, "The shape of a clock"."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString

from .axis import ThreeZones
from .clock import Clock, ClockBar, Mark
from .labels import Label, Placed, Span, place
from .pen import Pen, drawing

__all__ = ["CROSS", "FLOOR", "HIGH", "OURS", "THEIRS", "clock", "end_mark", "ground"]

BAR, MIDDLE, HIGH = 20, 27, 10
NOW_ASIDE = 2.4  # percent: a mark that is due now stands beside the heavy line, not under it
OURS, THEIRS = "M-7 -12h14l-7 12z", "M-6.5 -12h13l-6.5 11z"
FLOOR, CROSS = "M0 0l6 10h-12z", "M-6 -6L6 6M6 -6L-6 6"
FILL = {"kept": "d-kept", "pending": "", "no_basis": "d-wait", "waited": "d-wait"}
END = {"kept": "s-kept", "pending": "s-wait", "no_basis": "s-lapse"}
BAR_WORDS = {"kept": "", "pending": "t-wait", "no_basis": "t-lapse", "waited": "t-wait"}
MARK_WORDS = {"ours": "", "theirs": "t-wait", "floor": "", "lost": "t-lapse"}
ROWS = (30, 56, 74, 92, 110)  # baselines: beside the bar, then below it


def end_mark(pen: Pen, x: float, css: str, y: float = BAR) -> SafeString:
    """Return the bar that stands at a stated end."""
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
        parts.append(end_mark(pen, end, END[each.kind]))
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


def ground(pen: Pen, scale: ThreeZones, high: str | int) -> list[SafeString]:
    """Return the ground that divides the three zones."""
    joints = scale.joints
    return [
        pen.band(joints[0], joints[1], 0, high, "d-zone"),
        pen.band(joints[2], joints[3], 0, high, "d-zone"),
        pen.line(joints[2], joints[2], 0, high, "s-rule", stroke_width=1),
        pen.line(joints[3], joints[3], 0, high, "s-rule", stroke_width=1),
    ]


def _words(pen: Pen, it: Placed) -> SafeString:
    css = f"{it.label.css} rg-far".strip()
    return pen.text(it.label.x, ROWS[it.row], it.label.words, css, it.anchor, dx=it.dx)


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
    inner += [_words(pen, each) for each in placed]
    lowest = max((ROWS[p.row] for p in placed), default=0)
    high = max(58, lowest + 10)
    group = format_html(
        '<svg y="50%" width="100%" height="1" overflow="visible">'
        '<g transform="translate(0 -{})">{}</g></svg>',
        max(MIDDLE, (lowest + 6) // 2),
        SafeString("".join(inner)),
    )
    line = pen.line(scale.joints[1], scale.joints[1], 0, "100%", "s-ink", stroke_width=2)
    return drawing(high, it.title, [*ground(pen, scale, "100%"), group, line])
