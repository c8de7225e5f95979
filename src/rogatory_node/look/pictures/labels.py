"""Where labels stand so that they neither cover one another nor leave the drawing.

Widths are estimated, because only the browser knows them; the estimate is generous. Places are
sought at one width and hold at every greater one: points move apart there, words do not grow.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Label", "Placed", "Span", "fits_from", "place", "width"]

# Far labels are shown from this width of a drawing on (desk.css section 7).
FAR = 575
Span = tuple[float, float]


def width(words: str) -> float:
    """Return about how wide words are at 14 px, in pixels; wide scripts count double."""
    return sum(14.0 if unicodedata.east_asian_width(letter) in "WF" else 7.0 for letter in words)


@dataclass(frozen=True, slots=True)
class Label:
    """Words that belong to a point: ``x`` in percent, ``gap`` in pixels beside it."""

    x: float
    words: str
    css: str = ""
    gap: int = 12
    beside: bool = True


@dataclass(frozen=True, slots=True)
class Placed:
    """A label with its place: row 0 stands beside the bar, rows 1 and up below it."""

    label: Label
    row: int
    anchor: str
    dx: int


def _candidates(label: Label) -> Iterable[tuple[int, str, int]]:
    if label.beside:
        yield 0, "start", label.gap
        yield 0, "end", -label.gap
    for row in (1, 2, 3):
        yield row, "middle", 0
        yield row, "end", 0
        yield row, "start", 0


def _extent(label: Label, anchor: str, dx: int, across: int) -> Span:
    at, wide = label.x * across / 100 + dx, width(label.words)
    start = {"start": at, "middle": at - wide / 2, "end": at - wide}[anchor]
    return (start, start + wide)


def _apart(one: Span, other: Span) -> bool:
    return one[1] + 4 <= other[0] or other[1] + 4 <= one[0]


def place(labels: Iterable[Label], obstacles: Iterable[Span], across: int = FAR) -> list[Placed]:
    """Return a place for each label, in order; the first labels get the best places.

    Args:
        labels: What is to be said, most important first.
        obstacles: Pieces of row 0 that are taken (bars, crosses), in percent.
        across: Width of the drawing in pixels for which the places are sought.
    """
    taken: dict[int, list[Span]] = {0: [(a * across / 100, b * across / 100) for a, b in obstacles]}
    placed = []
    for label in labels:
        for row, anchor, dx in _candidates(label):
            extent = _extent(label, anchor, dx, across)
            inside = extent[0] >= 0 and extent[1] <= across
            if inside and all(_apart(extent, other) for other in taken.get(row, [])):
                break
        else:  # Nothing fits: under everything, from the start; the words stand beside anyway.
            row, anchor, dx = 4, "start" if label.x < 50 else "end", 0
            extent = _extent(label, anchor, dx, across)
        taken.setdefault(row, []).append(extent)
        placed.append(Placed(label, row, anchor, dx))
    return placed


def fits_from(x: float, words: str, anchor: str, dx: int = 0) -> str:
    """Return the class that hides a label in drawings too narrow for it; empty when it always fits."""
    for across, css in ((286, ""), (340, "rg-mid"), (FAR, "rg-far")):
        start, end = _extent(Label(x, words), anchor, dx, across)
        if start >= -2 and end <= across + 2:
            return css
    return "rg-vast"
