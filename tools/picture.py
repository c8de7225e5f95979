"""Draw the demo's terminal as an SVG picture that needs no font, no script and no other file.

``make picture`` plays the demo and draws what it said; a test plays it again and compares.
"""

from __future__ import annotations

import itertools
import re
import subprocess
import sys
import textwrap
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from typing import Final

PLACE: Final = Path(__file__).parent.parent / "docs/pictures/demo.svg"
TITLE: Final = "A terminal: the demo plays a whole case between two nodes, from draft to court"
COMMAND: Final = ("rogatory", "demo", "--once")
WIDE: Final = 104
# Of the lines under one act of the story, so many are drawn.
KEPT: Final = 2

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


def play() -> str:
    """Return what the demo says, played to its end.

    Raises:
        subprocess.CalledProcessError: It did not end well.
    """
    line = [sys.executable, "-m", *COMMAND]
    return subprocess.run(line, stdout=subprocess.PIPE, text=True, check=True).stdout


def excerpt(said: str) -> list[str]:
    """Return the lines to draw: each act of the story, the first lines under it, and the end whole enough.

    Nothing is reworded; a line that is too wide goes on in the next.
    """
    lines = [f"$ {' '.join(COMMAND)}"]
    for head, under in _acts(said.splitlines()):
        lines.append(head)
        lines += _proof(under) if "In court" in head else under[:KEPT]
    return [row for line in lines for row in _rows(line)]


def _rows(line: str) -> list[str]:
    edge = " " * (len(line) - len(line.lstrip()))
    return textwrap.wrap(line, WIDE, subsequent_indent=edge, drop_whitespace=True, replace_whitespace=False)


def _acts(lines: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield each line that begins at the margin, with the indented lines under it."""
    head, under = "", list[str]()
    for line in lines:
        if line.startswith(" "):
            under.append(line.rstrip())
        elif line.strip():
            if head:
                yield head, under
            head, under = line.rstrip(), []
    if head:
        yield head, under


def _proof(lines: list[str]) -> list[str]:
    """Return the commands of the last act, and what the verification says that it proves."""
    told = [index for index, line in enumerate(lines) if "It proves" in line]
    proved = list(itertools.takewhile(str.strip, lines[told[0] :])) if told else []
    commands = [line for line in lines if line.lstrip().startswith("$")]
    return [*commands[:1], *proved, *commands[1:]]


def same(text: str) -> str:
    """Return a text without what differs from run to run: digests, seconds, sizes, places in a log."""
    text = re.sub(r"[0-9a-f]{8,}", "0", text)
    text = re.sub(r":[0-9]{2}(\.[0-9]{6})?Z", "Z", text)
    text = re.sub(r"/log at [0-9]+", "/log at 0", text)
    return re.sub(r"[0-9,]+ bytes", "0 bytes", text)


def main() -> None:
    """Play the demo and draw it."""
    PLACE.parent.mkdir(exist_ok=True)
    PLACE.write_text(draw(excerpt(play()), TITLE), encoding="utf-8")
    print(PLACE)


if __name__ == "__main__":
    main()
