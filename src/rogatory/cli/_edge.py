"""The edge of the library: its clock, its randomness, its files, and how a command answers.

The rooms below take time and randomness as arguments; here, and nowhere else in the library, they
are read from the machine. Files are read whole and only up to a limit that the caller states.
"""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from rogatory.errors import UsageError, ValuesError

__all__ = [
    "Json",
    "answer",
    "group",
    "new_folder",
    "no",
    "now",
    "random",
    "read",
    "shown",
    "valid",
    "write_new",
]

Json = Annotated[bool, typer.Option("--json", help="Answer in canonical JSON, for a program.")]
"""The option of every command that answers: ``as_json: Json = False``."""


def now() -> datetime:
    """Return the instant of this machine's clock, UTC. It is a claim, never a proof of time."""
    return datetime.now(UTC)


def random(size: int) -> bytes:
    """Return that many bytes of the machine's own randomness, fit for keys."""
    return secrets.token_bytes(size)


def group(about: str) -> typer.Typer:
    """Return an empty group of commands; its module calls it ``app``.

    Help is plain text, the same on every terminal; a fault of the program keeps Python's traceback.

    Args:
        about: The sentence at the top of the group's help.
    """
    app = typer.Typer(
        help=about,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        no_args_is_help=True,
        context_settings={"max_content_width": 100},
    )
    # A callback keeps a group with one command a group.
    app.callback()(lambda: None)
    return app


def answer(value: Any, lines: Iterable[str], *, as_json: bool) -> None:
    """Print an answer: canonical JSON for a program, or lines for a person.

    Args:
        value: The answer as data that ``wire.canonical`` takes.
        lines: The same in words; not read where JSON is asked for.
        as_json: What ``--json`` said.
    """
    if as_json:
        from rogatory import wire

        sys.stdout.write(wire.canonical(value).decode() + "\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in lines)


def shown(path: Path | str) -> str:
    r"""Return a path as text that JSON can carry: a byte or character that it cannot is ``\xNN``.

    An act that was done is told, whatever the name of what it made.
    """
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in text)


def no() -> NoReturn:
    """End the command with status 1: it was done, and the answer is no."""
    raise typer.Exit(1)


def valid(kind: Any, text: str) -> Any:
    """Return the value that a word of the command line gives, as a type of ``values`` reads it.

    Args:
        kind: The type, such as ``values.AuthorityId``.
        text: As typed.

    Raises:
        ValuesError: What the type says of a word that it refuses.
        UsageError: CLI-007 it is refused without a code of its own.
    """
    from pydantic import TypeAdapter, ValidationError

    try:
        return TypeAdapter(kind).validate_python(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        cause = first.get("ctx", {}).get("error")
        if isinstance(cause, ValuesError):
            raise cause from None
        raise UsageError("CLI-007", text=text, problem=first["msg"].lower()) from None


def read(path: Path, limit: int) -> bytes:
    """Return the bytes of a file.

    Args:
        path: A file; ``-`` means standard input.
        limit: The most bytes to accept; one more is an error and nothing is parsed.

    Raises:
        UsageError: CLI-003 it cannot be read; CLI-005 it is larger than the limit.
    """
    try:
        if str(path) == "-":
            data = sys.stdin.buffer.read(limit + 1)
        else:
            with path.open("rb") as file:
                data = file.read(limit + 1)
    except OSError as error:
        raise UsageError("CLI-003", path=path, reason=error.strerror or error) from error
    if len(data) > limit:
        raise UsageError("CLI-005", path=path, limit=limit)
    return data


def write_new(path: Path, data: bytes, *, mode: int = 0o644) -> None:
    """Put bytes into a new file that is complete or absent; an existing file is never replaced.

    Args:
        path: Where; its folder must exist.
        data: The whole content.
        mode: Permissions, before the process's own mask.

    Raises:
        UsageError: CLI-006 the file exists; CLI-003 it cannot be written.
    """
    # Imported here: cryptography is heavy, and most commands write no file.
    from rogatory.keys import files

    try:
        files.write_new(path, data, mode=mode)
    except FileExistsError:
        raise UsageError("CLI-006", path=path) from None
    except OSError as error:
        raise UsageError("CLI-003", path=path, reason=error.strerror or error) from error


def new_folder(path: Path) -> None:
    """Make a folder, or take one that is empty; what stands in a folder already is never mixed with.

    Raises:
        UsageError: CLI-006 something stands there; CLI-003 it cannot be made.
    """
    try:
        path.mkdir(exist_ok=True)
        taken = any(path.iterdir())
    except FileExistsError:
        taken = True
    except OSError as error:
        raise UsageError("CLI-003", path=path, reason=error.strerror or error) from error
    if taken:
        raise UsageError("CLI-006", path=path)
