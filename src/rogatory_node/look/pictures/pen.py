"""The pen: SVG elements in logical coordinates, mirrored at the last moment for right-to-left.

``x`` is in percent of the drawing, ``y`` in pixels, and there is no viewBox, so text keeps its
size at any width. All positions are attributes; colour comes from classes of ``desk.css``.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

__all__ = ["Anchor", "Pen", "drawing", "isolated"]

Anchor = str  # "start", "middle" or "end", as one reads
_FLIPPED = {"start": "end", "end": "start", "middle": "middle"}


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes SVG elements; with ``rtl`` time flows from right to left."""

    rtl: bool = False

    def x(self, percent: float) -> str:
        """Return a percent as an attribute, mirrored when the page is."""
        return f"{100 - percent if self.rtl else percent:.2f}%"

    def line(
        self, x1: float, x2: float, y1: str | float, y2: str | float, css: str, **more: object
    ) -> SafeString:
        """Return a line; ``more`` are further attributes (``stroke_width=2``)."""
        return format_html(
            '<line x1="{}" x2="{}" y1="{}" y2="{}" class="{}"{}/>',
            self.x(x1),
            self.x(x2),
            y1,
            y2,
            css,
            _attributes(more),
        )

    def band(
        self, start: float, end: float, y: float, height: str | float, css: str, **more: object
    ) -> SafeString:
        """Return a rectangle from ``start`` to ``end`` percent."""
        left = 100 - end if self.rtl else start
        return format_html(
            '<rect x="{}" y="{}" width="{}" height="{}"{}{}/>',
            f"{left:.2f}%",
            y,
            f"{end - start:.2f}%",
            height,
            format_html(' class="{}"', css) if css else "",
            _attributes(more),
        )

    def place(self, x: float, y: float, inner: SafeString) -> SafeString:
        """Return ``inner``, drawn around its own origin, put at a point."""
        return format_html(
            '<svg x="{}" y="{}" width="1" height="1" overflow="visible">{}</svg>', self.x(x), y, inner
        )

    def place_middle(self, x: float, inner: SafeString) -> SafeString:
        """Return ``inner`` put at half the height of a drawing whose height only the page knows."""
        return format_html(
            '<svg x="{}" y="50%" width="1" height="1" overflow="visible">{}</svg>', self.x(x), inner
        )

    def text(
        self, x: float, y: float, words: str, css: str = "", anchor: Anchor = "start", *, dx: int = 0
    ) -> SafeString:
        """Return words at a point; ``dx`` pixels further on, as one reads."""
        return self.place(
            x,
            y,
            format_html(
                '<text x="{}" y="0" text-anchor="{}" class="{}">{}</text>',
                -dx if self.rtl else dx,
                _FLIPPED[anchor] if self.rtl else anchor,
                css,
                words,
            ),
        )

    def path(self, x: float, y: float, d: str, css: str, **more: object) -> SafeString:
        """Return a path drawn around its own origin, put at a point."""
        return self.place(x, y, format_html('<path d="{}" class="{}"{}/>', d, css, _attributes(more)))


def isolated(words: str) -> str:
    """Return words between FIRST STRONG ISOLATE and its end: their direction is their own.

    In SVG there is no ``<bdi>``; these two characters are the same thing.
    """
    return f"\u2068{words}\u2069"


def drawing(height: float, title: str, parts: list[SafeString]) -> SafeString:
    """Return the whole SVG: named for those who do not see it, empty of meaning for no one."""
    return format_html(
        '<svg height="{}" role="img"><title>{}</title>{}</svg>',
        height,
        title,
        format_html_join("", "{}", ((part,) for part in parts)),
    )


def _attributes(more: dict[str, object]) -> SafeString:
    return format_html_join("", ' {}="{}"', ((name.replace("_", "-"), value) for name, value in more.items()))
