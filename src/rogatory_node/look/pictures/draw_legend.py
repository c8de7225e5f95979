"""Draws the shapes of the legend, one by one."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString

from .draw_clock import CROSS, FLOOR, HIGH, OURS, THEIRS, end_mark
from .pen import Pen

__all__ = ["GLYPHS", "glyph"]


def _sample(kind: str) -> list[SafeString]:
    pen = Pen()
    if kind == "kept":
        return [
            pen.band(0, 95, 8, HIGH, "d-kept"),
            pen.line(50, 50, 8, 18, "s-paper", stroke_width=2),
            end_mark(pen, 95, "s-kept", 8),
        ]
    if kind == "pending":
        return [pen.band(0, 100, 8, HIGH, "", fill="url(#rg-hatch)")]
    if kind == "no_basis":
        return [pen.band(0, 95, 8, HIGH, "d-wait"), end_mark(pen, 95, "s-lapse", 8)]
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
