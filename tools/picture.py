"""Draw a terminal session as an SVG picture that needs no font, no script and no other file."""

from __future__ import annotations

from html import escape
from typing import Final

LINE: Final = 21
EDGE: Final = 18
GROUND, INK, SOFT, PROMPT = "#0f161c", "#e9e5db", "#b3bcc0", "#8ecadb"


def draw(lines: list[str], title: str) -> str:
    """Return the picture of a session.

    Args:
        lines: As they stand in the terminal; a line that begins with ``$`` was typed.
        title: What the picture shows, for whoever hears it instead.
    """
    wide = max(map(len, lines), default=0) * 8.45 + 2 * EDGE
    high = len(lines) * LINE + 2 * EDGE
    rows = "\n".join(
        f'<text x="{EDGE}" y="{EDGE + 15 + number * LINE}">{_row(line)}</text>'
        for number, line in enumerate(lines)
        if line
    )
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" role="img" xml:space="preserve"
 viewBox="0 0 {wide:.0f} {high}" width="{wide:.0f}" height="{high}">
<title>{escape(title)}</title>
<style>
text {{ font: 14px ui-monospace, "DejaVu Sans Mono", monospace; fill: {INK}; white-space: pre }}
</style>
<rect width="100%" height="100%" rx="6" fill="{GROUND}"/>
{rows}
</svg>
"""


def _row(line: str) -> str:
    """Return one line; the prompt and a leading word stand out by colour, and are words all the same."""
    if line.startswith("$ "):
        return f'<tspan fill="{PROMPT}" font-weight="bold">$</tspan> {escape(line[2:])}'
    return f'<tspan fill="{SOFT}">{escape(line)}</tspan>' if line.startswith(" ") else escape(line)
