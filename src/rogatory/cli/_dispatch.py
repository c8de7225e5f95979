"""From the first word to the group's module, and from its errors to a line and a status."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import textwrap
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from types import FrameType
from typing import Final, cast

import typer

from rogatory.cli._table import GROUPS, PLUGINS, Group
from rogatory.errors import RogatoryError, UsageError

__all__ = ["find", "run"]

WRONG: Final = 2
INTERRUPTED: Final = 130
# A closed terminal and a system that shuts down end a command as Ctrl-C does: nothing half-made stays.
ENDING: Final = (signal.SIGTERM, signal.SIGHUP)
NO_COMMAND: Final = "NoArgsIsHelpError"


class Ended(KeyboardInterrupt):
    """The command was told to end by a signal; its number is the argument."""


def run(words: Sequence[str]) -> int:
    """Run the group that the first word names and return the exit status.

    Args:
        words: At least one word, as typed. ``--explain`` may stand anywhere before ``--``.
    """
    rest = list(words)
    end = rest.index("--") if "--" in rest else len(rest)
    explain = "--explain" in rest[:end]
    if explain:
        rest = [word for word in rest[:end] if word != "--explain"] + rest[end:]
    try:
        with _ending():
            return _call(rest)
    except RogatoryError as error:
        return _say(error, explain=explain)
    except BrokenPipeError:
        # The reader has gone (``rogatory … | head``): nothing is wrong and nobody listens.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        said = UsageError("CLI-003", path=error.filename or "?", reason=error.strerror or error)
        return _say(said, explain=explain)
    except Ended as ended:
        return 128 + int(ended.args[0])
    except KeyboardInterrupt:
        return INTERRUPTED


def _end(number: int, _: FrameType | None) -> None:
    raise Ended(number)


@contextmanager
def _ending() -> Iterator[None]:
    """Let the signals that end a process be answered like Ctrl-C, unless somebody answers them already."""
    free = threading.current_thread() is threading.main_thread()
    taken = [each for each in ENDING if free and signal.getsignal(each) is signal.SIG_DFL]
    for each in taken:
        signal.signal(each, _end)
    try:
        yield
    finally:
        for each in taken:
            if signal.getsignal(each) is _end:
                signal.signal(each, signal.SIG_DFL)


def _call(words: Sequence[str]) -> int:
    """Let Typer parse the rest and call the command; its complaints become ours."""
    if not words:
        raise UsageError("CLI-002", problem="a group is missing", where="rogatory")
    name = f"rogatory {words[0]}"
    command = typer.main.get_command(find(words[0]))
    try:
        with command.make_context(name, list(words[1:])) as context:
            command.invoke(context)
        sys.stdout.flush()
    except typer.exceptions.TyperException as problem:
        # An error of Typer's own carries no code of ours; its sentence is kept, its layout is not.
        where = getattr(getattr(problem, "ctx", None), "command_path", name)
        # A group without a command would say its whole help in a line.
        bare = type(problem).__name__ == NO_COMMAND
        said = "a command is missing" if bare else problem.format_message().rstrip(".")
        raise UsageError("CLI-002", problem=said, where=where) from None
    except typer.Exit as done:
        return done.exit_code
    except typer.Abort:
        return INTERRUPTED
    return 0


def find(name: str) -> typer.Typer:
    """Return the application of a group, imported now.

    Args:
        name: A group of the table, or one that an installed package offers as an entry point.

    Raises:
        UsageError: CLI-001 no such group; CLI-004 its extra is not installed.
    """
    group = GROUPS.get(name, Group(help=""))
    if group.probe is not None and find_spec(group.probe) is None:
        raise UsageError("CLI-004", group=name, extra=group.extra)
    if group.module is not None:
        return cast("typer.Typer", import_module(group.module).app)
    # Imported here: it is heavy, and the groups of this package need no look-up.
    from importlib.metadata import entry_points

    for entry in entry_points(group=PLUGINS, name=name):
        return cast("typer.Typer", entry.load())
    raise UsageError("CLI-001", group=name)


def _say(error: RogatoryError, *, explain: bool) -> int:
    """Print an error in a line, or explain it, and return the status for wrong use."""
    lines = [str(error)]
    if explain:
        width = min(shutil.get_terminal_size().columns, 100)
        lines += ["", *textwrap.wrap(error.explain(), width)]
    sys.stderr.write("\n".join(lines) + "\n")
    return WRONG
