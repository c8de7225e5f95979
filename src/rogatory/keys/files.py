"""Key files: one private key a file, readable by its owner alone."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Literal

from rogatory.errors import KeysError
from rogatory.keys.pairs import Pair, pair_from_seed
from rogatory.keys.purposes import Purpose
from rogatory.values import AuthorityId, Base64, Frozen
from rogatory.wire import decode, encode

__all__ = ["load", "save", "write_new"]

MAX_KEY_FILE = 4096


class KeyFile(Frozen):
    """The document in a key file. The seed fixes both halves."""

    type: Literal["rogatory-key"] = "rogatory-key"
    version: Literal[1] = 1
    authority: AuthorityId
    purpose: Purpose
    rehearsal: bool = False
    seed: Base64


def save(pair: Pair, path: Path) -> None:
    """Write a private key to a new file that only its owner can read.

    An existing file is never replaced. The file is complete or absent.

    Raises:
        KeysError: KEY-020 the file exists; KEY-021 it cannot be written.
    """
    document = KeyFile(
        authority=pair.public.authority,
        purpose=pair.public.purpose,
        rehearsal=pair.public.rehearsal,
        seed=pair.seed,
    )
    try:
        write_new(path, encode(document) + b"\n", mode=0o600)
    except FileExistsError:
        raise KeysError("KEY-020", file=path.name or path) from None
    except OSError as error:
        raise KeysError("KEY-021", file=path.name, reason=error.strerror) from error


def write_new(path: Path, data: bytes, *, mode: int) -> None:
    """Put bytes into a new file that is complete or absent; an existing file is never replaced.

    Whoever calls it says in words of its own what went wrong.

    Args:
        path: Where; its folder must exist.
        data: The whole content.
        mode: Permissions, before the process's own mask.

    Raises:
        OSError: FileExistsError where something is there; else why it cannot be written.
    """
    if not path.name:
        # The root, or the folder one stands in: it exists, and a name beside it cannot be made.
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # A link refuses to replace an existing name; a rename would not.
        os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def load(path: Path, *, purpose: Purpose | None = None) -> Pair:
    """Return the private key in a file.

    Args:
        path: A key file.
        purpose: The purpose that the caller needs, if it needs one.

    Raises:
        KeysError: KEY-022 unreadable, KEY-023 readable by others, KEY-003 another purpose.
        WireError: The file is not a key file.
    """
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            data = file.read(MAX_KEY_FILE + 1)
    except (OSError, ValueError) as error:
        # A name that no file can have is a ValueError.
        raise KeysError(
            "KEY-022", file=path.name or path, reason=getattr(error, "strerror", "no such name")
        ) from error
    # A key that others can read has to be replaced, not used: say so instead of going on.
    if mode & 0o077:
        raise KeysError("KEY-023", file=path.name)
    document = decode(data, KeyFile, limit=MAX_KEY_FILE)
    check_wanted(document, purpose)
    return pair_from_seed(document.seed, document.purpose, document.authority, rehearsal=document.rehearsal)


def check_wanted(document: KeyFile, purpose: Purpose | None) -> None:
    """Refuse a key of another purpose than the caller needs."""
    if purpose is not None and document.purpose is not purpose:
        raise KeysError("KEY-003", purpose=document.purpose, wanted=purpose)
