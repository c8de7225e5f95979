"""An unfinished package beside the place where it will be, and the way back into it after a crash."""

from __future__ import annotations

import base64
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from rogatory.envelopes.chunks import PACKAGE_KEY_SIZE
from rogatory.errors import EvidenceError
from rogatory.evidence.atomic import new_folder, publish, sync_folder
from rogatory.evidence.journal import Journal, Record
from rogatory.evidence.secret import Keys
from rogatory.values import base64_text

__all__ = ["LOCAL_USE", "Unfinished", "at_once", "journal_path", "part_path", "unfinished", "unfinished_of"]

# What the key is for that follows from the sealer's own (spec/keys.md 2.3).
LOCAL_USE: Final = b"seal-journal"
VERSION: Final = 2


def journal_path(out: Path) -> Path:
    """Return where the journal of an unfinished package lies."""
    return out.with_name(f".{out.name}.journal")


def part_path(out: Path) -> Path:
    """Return where an unfinished package lies."""
    return out.with_name(f".{out.name}.part")


def unfinished_of(out: Path) -> tuple[Path, Path]:
    """Return where a seal to ``out`` that was cut short left the package so far, and its journal."""
    return part_path(out), journal_path(out)


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A package in the making.

    Attributes:
        part: Its folder.
        keys: Its keys, drawn now or when it was begun.
        journal: Takes what is on the disk for certain; None if it cannot be resumed.
        records: What the journal held.
    """

    part: Path
    keys: Keys
    journal: Journal | None
    records: Iterator[Record]


@contextmanager
def unfinished(
    out: Path, given: Sequence[Sequence[str]], key: bytes, random: Callable[[int], bytes]
) -> Iterator[Unfinished]:
    """Hand out an unfinished package, new or begun before, and give it its name once the block ends well.

    A process that is killed, or interrupted, leaves ``.NAME.part`` and ``.NAME.journal``; the same call goes
    on from there. After a fault both stay if something would be lost with them, but not if a source changed.

    Args:
        out: The folder to be; nothing of that name may exist.
        given: What tells the sources of each area apart; another list is another package.
        key: Encrypts the journal, 32 bytes.
        random: Draws keys; called from several threads.

    Raises:
        EvidenceError: EVID-004 ``out`` exists; EVID-009 it cannot be written; EVID-013 what lies there is not
            the beginning of this package; EVID-014 another process is at it.

    Source:
        spec/evidence.md 12.
    """
    head = {"version": VERSION, "sources": [list(area) for area in given]}
    handle = Journal.lock(journal_path(out))
    begun: Unfinished | None = None
    try:
        begun = _resume(out, head, handle, key, random) or _begin(out, head, handle, key, random)
        yield begun
        publish(begun.part, out)
    except BaseException as error:
        if begun is None or _void(error, begun):
            _clear(out, whole=begun is not None)
        if isinstance(error, OSError):
            raise EvidenceError("EVID-009", path=out, reason=error.strerror) from error
        raise
    else:
        journal_path(out).unlink()
    finally:
        os.close(handle)


@contextmanager
def at_once(out: Path, random: Callable[[int], bytes]) -> Iterator[Unfinished]:
    """Hand out a package that is complete or absent: a stream cannot be read again, so nothing is saved.

    Raises:
        EvidenceError: EVID-004 ``out`` exists; EVID-009 it cannot be written.
    """
    with new_folder(out, random) as part:
        yield Unfinished(part, Keys(random(PACKAGE_KEY_SIZE), random(32), random), None, iter(()))


def _void(error: BaseException, begun: Unfinished) -> bool:
    """Return whether nothing of what was done can be of use to a later run."""
    if not isinstance(error, Exception):
        return False
    code = error.code if isinstance(error, EvidenceError) else ""
    return code == "EVID-002" or (
        code != "EVID-015" and begun.journal is not None and not begun.journal.saved
    )


def _clear(out: Path, *, whole: bool) -> None:
    if whole:
        shutil.rmtree(part_path(out), ignore_errors=True)
    # Without its folder a journal is of no use; with one that is not ours, it may be another's way back.
    if not part_path(out).exists() or not journal_path(out).stat().st_size:
        journal_path(out).unlink(missing_ok=True)


def _begin(
    out: Path, head: dict[str, Any], handle: int, key: bytes, random: Callable[[int], bytes]
) -> Unfinished:
    part = part_path(out)
    if os.path.lexists(part):
        raise EvidenceError("EVID-013", path=part, reason="it has no journal that this key opens")
    keys = Keys(random(PACKAGE_KEY_SIZE), random(32), random)
    journal = Journal.begin(handle, keys.package, key, random)
    journal.append({**head, "key": base64_text(keys.key)}, [])
    part.mkdir()
    sync_folder(out.parent)
    return Unfinished(part, keys, journal, iter(()))


def _resume(
    out: Path, head: dict[str, Any], handle: int, key: bytes, random: Callable[[int], bytes]
) -> Unfinished | None:
    """Return what was begun before; None if nothing was."""
    if os.path.lexists(out):
        raise EvidenceError("EVID-004", path=out)
    part = part_path(out)
    journal = Journal.resume(handle, key, random)
    if journal is None or not part.is_dir() or part.is_symlink():
        return None
    records = journal.records()
    first = next(records, None)
    if first is None:
        return None
    if {name: first.head.get(name) for name in head} != head:
        raise EvidenceError("EVID-013", path=part, reason="it was begun from other sources")
    # What is written last is written again; only ciphertext and rows are worth keeping.
    for path in part.iterdir():
        if path.name not in {"data", "legal"}:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    return Unfinished(
        part, Keys(base64.b64decode(first.head["key"]), journal.package, random), journal, records
    )
