"""The command line: one module a group, imported when it is called.

``rogatory --help`` is printed from a table and imports nothing else. This room reads the clock and
the machine's randomness for the rooms below it (``_edge``) and turns their errors into one line and
an exit status: 0 done, 1 the answer is no, 2 wrong use or unreadable input. It decides nothing
itself. It follows DESIGN section 8; ``docs/reference/cli.md`` shows every command.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any

from rogatory import __version__
from rogatory.cli._table import GROUPS

__all__ = ["help_text", "main"]

HEAD = """\
Usage: rogatory GROUP COMMAND ...

States help one another against cybercrime, as the Hanoi Convention obliges them.

Groups:
"""

FOOT = """
Options:
  --help     Show this, or the help of a group or a command.
  --version  Show the version.
  --explain  With any command: explain an error in a paragraph, not in a line.

A command that answers has --json.
Exit: 0 done, 1 the answer is no, 2 wrong use or unreadable input.
"""


def help_text() -> str:
    """Return what ``rogatory --help`` prints, made from the table of groups alone."""
    wide = max(map(len, GROUPS))
    lines = (
        f"  {name:<{wide}}  {group.help}{f' (extra: {group.extra})' if group.extra else ''}\n"
        for name, group in GROUPS.items()
    )
    return f"{HEAD}{''.join(lines)}{FOOT}"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit status.

    It raises nothing that a user's input can cause; a fault of the program itself keeps its traceback.

    Args:
        argv: The words after ``rogatory``; those of the process if None.

    Returns:
        0 done, 1 the answer is no, 2 wrong use or unreadable input, 130 interrupted.
    """
    _streams()
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        if not words or words[0] in {"--help", "-h"}:
            return _print(help_text(), 0 if words else 2)
        if words[0] == "--version":
            return _print(f"rogatory {__version__}\n", 0)
        # Only from here on is anything heavy imported.
        from rogatory.cli._dispatch import run

        return run(words)
    except KeyboardInterrupt:
        return 130


def _print(text: str, status: int) -> int:
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        sys.stderr.write(f"CLI-003 -: {error.strerror}.\n")
        return 2
    return status


def _streams() -> None:
    """See to it that an answer can be written whatever the terminal can show, and nowhere if it is closed.

    A terminal that knows ASCII alone, or a name that is no text, must not turn an act that was done into
    a traceback.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - for good
        elif mode == "w" and _could_fail(stream):
            stream.reconfigure(errors="backslashreplace")


def _could_fail(stream: Any) -> bool:
    errors, encoding = getattr(stream, "errors", None), str(getattr(stream, "encoding", None))
    # Python's answer to the locale C passes undecodable bytes on, and still knows no letter but ASCII's.
    return errors == "strict" or (errors == "surrogateescape" and not encoding.lower().startswith("utf"))
