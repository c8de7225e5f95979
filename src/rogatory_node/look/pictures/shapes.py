"""States and signs: a shape, then a word, then colour; never colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

__all__ = ["Shape", "StateBadge", "Tone", "sign"]

Tone = Literal["kept", "wait", "act", "lapse", "stays", "soft", "brand", "edge"]
Shape = Literal[
    "full",
    "half",
    "check",
    "pause",
    "ours",
    "theirs",
    "ring",
    "dot",
    "diamond",
    "cross",
    "house",
    "hearth",
    "person",
    "out",
    "in",
    "clock",
]

# Each on a 16 px square; {s} is the stroke of the tone, {f} its fill.
_SHAPES: dict[str, str] = {
    "full": '<rect x="2" y="3" width="12" height="10" class="{f}"/>',
    "half": '<rect x="2.75" y="3.75" width="10.5" height="8.5" class="d-none {s}" stroke-width="1.5"/>'
    '<path d="M2 13V3h6v10z" class="{f}"/>',
    "check": '<path d="M2.5 8.5l3.5 3.5 7.5-8.5" class="d-none {s}" stroke-width="2.5"/>',
    "pause": '<path d="M5 3v10M11 3v10" class="{s}" stroke-width="3"/>',
    "ours": '<path d="M2 3h12L8 14z" class="{f}"/>',
    "theirs": '<path d="M2.5 3.5h11L8 13z" class="d-none {s}" stroke-width="2"/>',
    "ring": '<circle cx="8" cy="8" r="5.5" class="d-none {s}" stroke-width="2"/>',
    "dot": '<circle cx="8" cy="8" r="6" class="{f}"/>',
    "diamond": '<path d="M8 1l7 7-7 7-7-7z" class="d-none {s}" stroke-width="2"/>'
    '<path d="M8 5v4M8 10.5v1.5" class="{s}" stroke-width="2"/>',
    "cross": '<path d="M3 3l10 10M13 3L3 13" class="{s}" stroke-width="3"/>',
    "house": '<path d="M2 14V6l6-4 6 4v8z" class="d-none {s}" stroke-width="1.75"/>',
    "hearth": '<path d="M2 14V6l6-4 6 4v8z" class="d-none {s}" stroke-width="1.75"/>'
    '<path d="M6 14v-4h4v4" class="d-none {s}" stroke-width="1.75"/>',
    "person": '<circle cx="8" cy="5" r="3" class="d-none {s}" stroke-width="1.75"/>'
    '<path d="M2.5 14.5c0-3.5 2.2-5 5.5-5s5.5 1.5 5.5 5" class="d-none {s}" stroke-width="1.75"/>',
    "out": '<path d="M2 8h11M8.5 3.5L13 8l-4.5 4.5" class="d-none {s}" stroke-width="2"/>',
    "in": '<path d="M14 8H3M7.5 3.5L3 8l4.5 4.5" class="d-none {s}" stroke-width="2"/>',
    "clock": '<circle cx="8" cy="8" r="6" class="d-none {s}" stroke-width="1.75"/>'
    '<path d="M8 4.5V8l2.5 1.5" class="d-none {s}" stroke-width="1.75"/>',
}
_DIRECTED = ("out", "in")  # Arrows turn round in a right-to-left page.


def sign(shape: str, tone: str = "soft", size: int = 16) -> SafeString:
    """Return a sign; it is always beside a word, so it is hidden from those who listen."""
    inner = _SHAPES[shape].format(s=f"s-{tone}", f=f"d-{tone}")
    return format_html(
        '<svg{} width="{}" height="{}" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{}</svg>',
        mark_safe(' class="rg-flip"') if shape in _DIRECTED else "",
        size,
        size,
        mark_safe(inner),  # noqa: S308 - from the table above, filled with two class names
    )


@dataclass(frozen=True, slots=True)
class StateBadge:
    """A state as a Party last stated it: a shape and a word.

    Args:
        word: What is so.
        shape: Its sign.
        tone: Its colour; the sign and the word say the same without it.
    """

    word: str
    shape: Shape = "ring"
    tone: Tone = "wait"
