"""Draws a timeline: rail, statements that climb, spans, the heavy line of now."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .axis import NARROWEST, climb
from .draw_clock import CROSS, FLOOR
from .labels import fits_from, width
from .pen import Pen, drawing, isolated
from .ticks import ticks
from .timeline import Heap, Timeline, TimelineSpan, heaps
from .when import day

__all__ = ["numbered", "timeline", "under"]

LEVEL, RAIL, FIRST = 28, 24, 16  # pixels: one level, the rail, the first level's distance from it
HIDES = ("", "rg-mid", "rg-far", "rg-vast")  # from always shown to shown in wide drawings only
BAR_WORDS = {"kept": "t-kept", "pending": "t-wait", "waiting": "t-lapse"}


def numbered(label: str, side: str, kind: str) -> SafeString:
    """Return a statement's mark around its own origin: filled above, ring below, broken if recalled."""
    shapes = {
        "recall": (
            '<path d="M0 -15l15 15-15 15-15-15z" class="d-surface s-lapse" stroke-width="2"/>',
            "t-lapse t-bare",
        ),
        "recalled": (
            '<circle r="12" class="d-surface s-lapse" stroke-width="2" stroke-dasharray="4 3"/>',
            "t-lapse t-bare",
        ),
        "above": ('<circle r="12" class="d-brand"/>', "t-on"),
        "below": ('<circle r="11" class="d-surface s-brand" stroke-width="2"/>', "t-ink t-bare"),
        "pill above": ('<rect x="-20" y="-12" width="40" height="24" rx="12" class="d-brand"/>', "t-on"),
    }
    if len(label) > 2:
        shape, css = shapes["pill above"]
    else:
        shape, css = shapes[side if kind == "said" else kind]
    words = format_html('<text y="5" text-anchor="middle" class="{}">{}</text>', css, label)
    return SafeString(shape + words)


def _side(heap: Heap) -> str:
    return heap.events[0].side if len(heap.events) == 1 else "above"


class _Rail:
    """Where each heap stands: percent and level, above or below; and so how high all is."""

    def __init__(self, it: Timeline) -> None:
        self.heaps = heaps(it)
        self.x = {id(heap): it.scale.at(heap.at) for heap in self.heaps}
        self.level = self._climb("above") | self._climb("below")
        crowded = it.scale.at(it.now) * NARROWEST / 100 < width(it.above) + 12
        self.head = 36 if crowded and it.start < it.now < it.end else 18
        self.top = self.head + 4 + LEVEL * self._levels("above")
        self.bottom = self.top + RAIL
        self.foot = self.bottom + LEVEL * self._levels("below") + 22

    def _climb(self, side: str) -> dict[int, int]:
        mine = [heap for heap in self.heaps if _side(heap) == side]
        wide = [16 if len(heap.events) > 1 else 0 for heap in mine]
        levels = climb([self.x[id(heap)] for heap in mine], wide)
        return {id(heap): level for heap, level in zip(mine, levels, strict=True)}

    def _levels(self, side: str) -> int:
        return max((self.level[id(heap)] + 1 for heap in self.heaps if _side(heap) == side), default=0)

    def y(self, heap: Heap) -> int:
        away = FIRST + LEVEL * self.level[id(heap)]
        return self.top - away if _side(heap) == "above" else self.bottom + away


def _axis(pen: Pen, it: Timeline, rail: _Rail) -> list[SafeString]:
    parts, last = [], -100.0
    for at, words in ticks(it.start, it.end, it.here):
        x = it.scale.at(at)
        tight = (x - last) * 286 / 100 < width(words) + 8
        last = last if tight else x
        fits = fits_from(x, words, "start", 5)
        css = "s-edge rg-far" if tight else "s-edge"
        parts.append(pen.line(x, x, rail.top, rail.bottom, css, stroke_width=1))
        if fits != "rg-vast":  # Words that would leave even a wide drawing are left to the next tick.
            parts.append(pen.text(x, rail.top + 17, words, "rg-far" if tight else fits, "start", dx=5))
    parts.append(pen.band(0, 100, rail.top, RAIL, "d-none s-rule"))
    parts.append(pen.text(0, rail.head - 4, it.above, "t-ink"))
    parts.append(pen.text(0, rail.foot, it.below, "t-ink"))
    return parts


def _heap(pen: Pen, rail: _Rail, heap: Heap) -> SafeString:
    event = heap.events[0]
    kind = event.kind if len(heap.events) == 1 else "said"
    title = "; ".join(f"{each.number}. {each.words}" for each in heap.events)
    mark = numbered(heap.label, _side(heap), kind)
    inner = format_html("<g><title>{}</title>{}</g>", title, mark)
    return pen.place(rail.x[id(heap)], rail.y(heap), inner)


def _stem(pen: Pen, rail: _Rail, heap: Heap) -> SafeString:
    x = rail.x[id(heap)]
    to = rail.top if _side(heap) == "above" else rail.bottom
    return pen.line(x, x, rail.y(heap), to, "s-edge", stroke_width=1.5)


def _label_place(it: Timeline, span: TimelineSpan) -> tuple[float, str]:
    """Return where a span's label has most room: its start, its end or the drawing's edge.

    A place that does not cross the line of now is preferred to one that does.
    """
    start, end = it.scale.at(span.start), it.scale.at(span.end)
    places = [(start, "start"), (end, "end"), (0.0, "start"), (100.0, "end")]

    def cost(place: tuple[float, str]) -> tuple[int, bool]:
        x, anchor = place
        wide = width(span.label) / 11  # percent of a drawing about 1100 px wide
        reach = (x, x + wide) if anchor == "start" else (x - wide, x)
        crosses = reach[0] < it.scale.at(it.now) < reach[1]
        return (HIDES.index(fits_from(x, span.label, anchor)), crosses)

    return min(places, key=cost)


def _words(pen: Pen, it: Timeline, span: TimelineSpan, y: float) -> SafeString:
    x, anchor = _label_place(it, span)
    css = f"{BAR_WORDS[span.kind]} {fits_from(x, span.label, anchor)}".strip()
    return pen.text(x, y, span.label, css, anchor)


def under(it: Timeline) -> list[tuple[str, str]]:
    """Return the labels that narrow drawings have no room for, each with its classes.

    They stand under the drawing exactly where they are hidden in it, so no word is ever lost.
    """
    shown = {"rg-mid": "rg-nearest", "rg-far": "rg-near", "rg-vast": "rg-nearish"}
    found = []
    for span in it.spans:
        x, anchor = _label_place(it, span)
        hide = fits_from(x, span.label, anchor)
        if hide:
            found.append((span.label, f"{BAR_WORDS[span.kind]} {shown[hide]}"))
    return found


def _span(pen: Pen, it: Timeline, span: TimelineSpan, y: int) -> list[SafeString]:
    scale, bar = it.scale, y + 18
    start, end = scale.at(span.start), scale.at(span.end)
    parts = [_words(pen, it, span, y + 12)]
    if span.kind == "waiting":
        parts.append(pen.band(start, end, bar + 4, 2, "d-soft"))
        return [*parts, pen.path(end, bar + 5, CROSS, "s-lapse", stroke_width=3)]
    hatch: dict[str, object] = {"fill": "url(#rg-hatch)"} if span.kind == "pending" else {}
    parts.append(pen.band(start, end, bar, 10, "d-kept" if span.kind == "kept" else "", **hatch))
    parts += [pen.line(x, x, bar, bar + 10, "s-paper", stroke_width=2) for x in map(scale.at, span.warnings)]
    if span.ends:
        css = "s-kept" if span.kind == "kept" else "s-wait"
        parts.append(pen.line(end, end, bar - 4, bar + 14, css, stroke_width=4))
    if span.floor:
        parts.append(pen.path(scale.at(span.floor), bar + 11, FLOOR, "d-paper s-ink", stroke_width=1.5))
    return parts


def timeline(it: Timeline, *, rtl: bool = False) -> SafeString:
    """Return the timeline as SVG, named by its summary."""
    pen, rail = Pen(rtl), _Rail(it)
    parts = _axis(pen, it, rail)
    high = rail.foot + 12
    shows_now = it.start < it.now < it.end
    if shows_now:
        x = it.scale.at(it.now)
        bottom = high + 42 * len(it.spans)
        parts.append(pen.line(x, x, 4, bottom, "s-ink", stroke_width=2))
    parts += [_stem(pen, rail, heap) for heap in rail.heaps]
    parts += [_heap(pen, rail, heap) for heap in rail.heaps]
    for span in it.spans:
        parts += _span(pen, it, span, high)
        high += 42
    if shows_now:
        words = _("now, %(day)s") % {"day": isolated(day(it.now, it.here))}
        anchor, dx = ("start", 6) if x < 60 else ("end", -6)
        parts.append(pen.text(x, 14, words, "t-ink", anchor, dx=dx))
    return drawing(high + 4, it.summary, parts)
