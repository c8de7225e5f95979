"""Write the pages of docs/reference that are made from the code: errors.md and cli.md.

``make pages`` writes them; a test compares what stands there with what this makes.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import typer

from rogatory.cli import help_text
from rogatory.cli._dispatch import find
from rogatory.cli._table import GROUPS

ROOT: Final = Path(__file__).parent.parent
WIDTH: Final = 100

ERRORS_HEAD: Final = """\
# Errors

Made by `make pages` from `src/**/locale/en/*.toml`; do not edit it.

An error is one line: its code, then a sentence. The code never changes and is never used for anything else.
`--explain` prints the paragraph. Words in braces stand for what the error names;
no secret and no personal data is among them.
"""

CLI_HEAD: Final = """\
# The command line

Made by `make pages` from the commands themselves; do not edit it.
"""


def catalogues() -> Iterator[tuple[str, dict[str, dict[str, str]]]]:
    """Yield each English catalogue: its room, and its messages by code."""
    for path in sorted((ROOT / "src").glob("**/locale/en/*.toml")):
        room = path.stem if path.parts[-4] == "rogatory" else f"node: {path.stem}"
        yield room, tomllib.loads(path.read_text(encoding="utf-8"))


def errors_page() -> str:
    """Return the page of every code, its sentence and its paragraph."""
    parts = [ERRORS_HEAD]
    for room, messages in catalogues():
        parts.append(f"\n## {room}\n")
        for code, words in sorted(messages.items()):
            line, paragraph = (" ".join(words[part].split()) for part in ("sentence", "explain"))
            parts.append(f"\n**{code}** {line}\n\n> {paragraph}\n")
    return "".join(parts)


def _help(command: Any, name: str) -> str:
    context = command.make_context(
        name, [], resilient_parsing=True, terminal_width=WIDTH, max_content_width=WIDTH
    )
    # Typer draws the dashes of a wide terminal into nothing else; trailing spaces are its own.
    return "\n".join(line.rstrip() for line in command.get_help(context).splitlines()).strip()


def cli_page() -> str:
    """Return the page of every group and command with its own help."""
    parts = [CLI_HEAD, f"\n```text\n{help_text()}```\n"]
    for name in sorted(GROUPS):
        group = typer.main.get_command(find(name))
        parts.append(f"\n## rogatory {name}\n\n```text\n{_help(group, f'rogatory {name}')}\n```\n")
        for word, command in sorted(getattr(group, "commands", {}).items()):
            title = f"rogatory {name} {word}"
            parts.append(f"\n### {title}\n\n```text\n{_help(command, title)}\n```\n")
    return "".join(parts)


PAGES: Final[dict[str, Callable[[], str]]] = {
    "docs/reference/cli.md": cli_page,
    "docs/reference/errors.md": errors_page,
}


def main() -> None:
    """Write every page."""
    for place, page in PAGES.items():
        (ROOT / place).write_text(page(), encoding="utf-8")
        print(place)


if __name__ == "__main__":
    main()
