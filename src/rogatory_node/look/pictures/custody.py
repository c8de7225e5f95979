"""Through whose hands: one rail a Party, one row an act; and what leaves a package, to scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.utils.html import format_html
from django.utils.safestring import SafeString

from .pen import Pen

__all__ = ["CustodyHand", "CustodyLadder", "CustodyStep", "Shelf", "rails", "squares"]

LEFT, RIGHT = 16.0, 84.0


@dataclass(frozen=True, slots=True)
class CustodyHand:
    """What one side did or received.

    Args:
        what: The act, in a few words.
        when: Its instant in that Party's zone, and its log entry.
        mark: ``did`` (filled), ``received`` (a ring) or ``next`` (a broken ring: not yet).
    """

    what: str
    when: str = ""
    mark: Literal["did", "received", "next"] = "did"


@dataclass(frozen=True, slots=True)
class CustodyStep:
    """One row of the ladder.

    Args:
        left: What the left side did, if anything.
        right: What the right side did, if anything.
        link: How it passed: ``sent``, ``by_hand``, ``witnessed`` (no arrow) or nothing.
    """

    left: CustodyHand | None = None
    right: CustodyHand | None = None
    link: Literal["", "sent", "by_hand", "witnessed"] = ""


@dataclass(frozen=True, slots=True)
class CustodyLadder:
    """The ladder: two Parties, each with its own zone in its heading."""

    left: str
    right: str
    steps: tuple[CustodyStep, ...]
    note: str = ""


def _knot(pen: Pen, x: float, mark: str) -> SafeString:
    shape = {
        "did": '<circle r="7" class="d-brand"/>',
        "received": '<circle r="6" class="d-paper s-brand" stroke-width="2"/>',
        "next": '<circle r="7" class="d-paper s-edge" stroke-width="1.5" stroke-dasharray="3 3"/>',
    }[mark]
    return pen.place_middle(x, SafeString(shape))


def _link(pen: Pen, step: CustodyStep) -> list[SafeString]:
    if not step.link or not (step.left and step.right):
        return []
    if step.link == "witnessed":
        dots = pen.line(LEFT, RIGHT, "50%", "50%", "s-kept", stroke_width=2, stroke_dasharray="3 4")
        return [dots, pen.place_middle(50, SafeString('<path d="M0 -9l9 9-9 9-9-9z" class="d-kept"/>'))]
    onward = step.left.mark == "did"
    start, end, tip = (LEFT, RIGHT - 4, RIGHT - 5) if onward else (LEFT + 4, RIGHT, LEFT + 5)
    points_right = onward != pen.rtl
    head = "M-9 -6L0 0l-9 6" if points_right else "M9 -6L0 0l9 6"
    broken: dict[str, object] = {"stroke_dasharray": "8 4"} if step.link == "by_hand" else {}
    arrow = format_html('<path d="{}" class="d-none s-brand" stroke-width="2.5"/>', head)
    return [
        pen.line(start, end, "50%", "50%", "s-brand", stroke_width=2.5, **broken),
        pen.place_middle(tip, arrow),
    ]


def rails(step: CustodyStep, *, first: bool, last: bool, rtl: bool = False) -> SafeString:
    """Return one row's piece of both rails, with its knots and its arrow."""
    pen = Pen(rtl)
    top, bottom = "50%" if first else 0, "50%" if last else "100%"
    parts = [pen.line(x, x, top, bottom, "s-edge", stroke_width=2) for x in (LEFT, RIGHT)]
    parts += _link(pen, step)
    parts += [_knot(pen, LEFT, step.left.mark)] if step.left else []
    parts += [_knot(pen, RIGHT, step.right.mark)] if step.right else []
    return SafeString(format_html("<svg>{}</svg>", SafeString("".join(parts))))


@dataclass(frozen=True, slots=True)
class Shelf:
    """What leaves a package and what stays shut, to scale.

    Args:
        total: Files in the package.
        leaving: Positions of the files that leave, counted from 0, in the package's own order.
        note: What a square is and what the dark ones hold.
        title: The drawing in words; read out.
    """

    total: int
    leaving: frozenset[int]
    note: str
    title: str

    @property
    def each(self) -> int:
        """Return how many files one square stands for: 1, 2, 5, 10 …, at most 500 squares."""
        step = 1
        while self.total > 500 * step:
            step = step * 5 // 2 if str(step).startswith("2") else step * 2
        return step

    @property
    def count(self) -> int:
        """Return how many squares there are; the last may stand for fewer files."""
        return -(-self.total // self.each)

    @property
    def dark(self) -> list[int]:
        """Return the squares in which something leaves."""
        return sorted({place // self.each for place in self.leaving})


def squares(it: Shelf, columns: int, *, rtl: bool = False) -> SafeString:
    """Return the squares, ``columns`` in a row; no text in it, so it may scale with the page."""
    pitch, side = 11.5, 9.0
    across = columns * pitch - (pitch - side)

    def spot(n: int) -> tuple[float, float]:
        x = (n % columns) * pitch
        return (across - side - x if rtl else x, n // columns * pitch)

    dark = it.dark
    rows = -(-it.count // columns)
    high = rows * pitch + 16
    shut = "".join(
        f"M{x:.1f} {y:.1f}h9v9h-9z" for x, y in (spot(n) for n in range(it.count) if n not in dark)
    )
    lines = "".join(
        f'<path d="M{x + 4.5:.1f} {y + 9:.1f}V{high - 2:.1f}" class="d-none s-act" stroke-width="1.5"/>'
        for x, y in map(spot, dark[:1])
    )
    open_ = "".join(
        f'<path d="M{x - 1:.1f} {y - 1:.1f}h11v11h-11z" class="d-act"/>' for x, y in map(spot, dark)
    )
    return format_html(
        '<svg viewBox="-2 -2 {} {}" role="img"><title>{}</title><path d="{}" class="d-shut"/>{}</svg>',
        f"{across + 4:.1f}",
        f"{high:.1f}",
        it.title,
        shut,
        SafeString(lines + open_),
    )
