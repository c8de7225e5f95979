"""``rogatory custody``: what a log says of itself, one leaf proved, and a receipt verified offline.

The keys to believe are named by the caller, as verifier keys; a trust bundle will name them here once
the register's rooms hand one over. The library's custody room opens no file: this one does.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from rogatory import custody, keys, wire
from rogatory.cli import _edge
from rogatory.custody import LogRing, receipts, tiles
from rogatory.envelopes import notes
from rogatory.envelopes.notes import LineKind, Note
from rogatory.errors import CustodyError, UsageError
from rogatory.keys import Purpose
from rogatory.values import instant_text

__all__ = ["FolderStore", "app", "read_ring", "verdict"]

# The largest file of a log: a bundle of 256 entries of 65,535 bytes.
MAX_FILE_SIZE: Final = 256 * (tiles.MAX_ENTRY_SIZE + 2)
MAX_KEYS_SIZE: Final = 1 << 20

app = _edge.group("Read custody logs, and verify receipts from them offline.")

Keys = Annotated[
    list[str],
    typer.Option(
        "--key",
        metavar="KEY",
        help="A verifier key (name+id+base64), or a file with one a line; two for each log and each witness.",
        show_default=False,
    ),
]


class FolderStore:
    """A log's files in a folder. A file is whole or absent, and only ``checkpoint`` is ever replaced."""

    def __init__(self, folder: Path) -> None:
        """Keep the folder; nothing is opened."""
        self.folder = folder

    def read(self, path: str) -> bytes | None:
        """Return the bytes at a path of a log, or None.

        Raises:
            CustodyError: LOG-030 the path is not one of a log.
            UsageError: CLI-003 or CLI-005 the file cannot be read or is too large.
        """
        place = self._place(path)
        return _edge.read(place, MAX_FILE_SIZE) if place.exists() else None

    def write(self, path: str, data: bytes) -> None:
        """Put the bytes at a path, on the disk, before returning.

        Raises:
            CustodyError: LOG-030 the path is not one of a log, LOG-034 other bytes are there already.
            UsageError: CLI-003 the file cannot be written.
        """
        place = self._place(path)
        if path != custody.CHECKPOINT_PATH and place.exists():
            if _edge.read(place, MAX_FILE_SIZE) != data:
                raise CustodyError("LOG-034")
            return
        place.parent.mkdir(parents=True, exist_ok=True)
        draft = place.with_name(f".{place.name}.{os.getpid()}")
        # What a killed process of the same number left is of no use to anyone.
        draft.unlink(missing_ok=True)
        try:
            _edge.write_new(draft, data)
            draft.replace(place)
        finally:
            draft.unlink(missing_ok=True)
        handle = os.open(place.parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def _place(self, path: str) -> Path:
        if path != custody.CHECKPOINT_PATH:
            # Only the one spelling of a tile's path passes, so none leads out of the folder.
            custody.read_path(path)
        return self.folder / path


def read_ring(given: Iterable[str]) -> LogRing:
    """Return the logs and witnesses that the verifier keys make up.

    Args:
        given: Verifier keys, or names of files that hold one a line; ``#`` begins a comment.

    Raises:
        CustodyError: LOG-003 or LOG-004 a key, LOG-008 a half is missing, LOG-027 one key twice.
        UsageError: CLI-003 or CLI-005 a file.
    """
    texts = (line for each in given for line in _key_lines(each))
    return LogRing(*notes.pair_keys(map(notes.read_verifier_key, texts)))


def _key_lines(text: str) -> Iterator[str]:
    # A verifier key has two plus signs; a file whose name has them too is given as ./name.
    if text.count("+") >= 2 and not text.startswith((".", "/")):
        yield text
        return
    content = _edge.read(Path(text), MAX_KEYS_SIZE).decode("utf-8", "replace")
    yield from (line.strip() for line in content.splitlines() if line.strip() and not line.startswith("#"))


def verdict(data: bytes, ring: LogRing, *, quorum: int = custody.COURT_QUORUM) -> tuple[bool, Any, list[str]]:
    """Return whether a receipt, or a proof of a fork, holds, as data and in words.

    Args:
        data: The document.
        ring: Whom to believe.
        quorum: Independent witnesses to demand under a receipt.

    Raises:
        WireError: The document is neither.
    """
    document = wire.parse(data, limit=receipts.MAX_RECEIPT_SIZE)
    is_fork = isinstance(document, dict) and document.get("type") == "custody_fork"
    try:
        return (True, *(_fork(data, ring) if is_fork else _receipt(data, ring, quorum)))
    except CustodyError as error:
        value = {"code": error.code, "holds": False, "reason": str(error)}
        return False, value, [f"does not hold  {error}"]


def _receipt(data: bytes, ring: LogRing, quorum: int) -> tuple[Any, list[str]]:
    found = custody.verify(custody.read_receipt(data), ring, quorum=quorum)
    independent = custody.independent(found.witnesses, found.origin)
    value = {
        "event": None if found.event is None else wire.parse(found.event),
        "holds": True,
        "independent": [each.name for each in independent],
        "index": found.index,
        "leaf": found.leaf.hex(),
        "origin": found.origin,
        "root": found.root.hex(),
        "size": found.size,
        "witnesses": _witnesses(found.witnesses),
    }
    event = "withheld or erased" if found.event is None else found.event.decode()
    lines = [
        f"holds      leaf {found.index} of {found.size} in the log {found.origin}",
        f"event      {event}",
        f"leaf       {found.leaf.hex()}",
        f"root       {found.root.hex()}",
        *(_said(each, counts=each in independent) for each in found.witnesses),
        "",
        "It proves that these bytes were in the log when the witnesses stood under this head.",
        "It does not prove that what they say is true, nor that the log holds nothing else.",
    ]
    return value, lines


def _said(witness: custody.Witnessed, *, counts: bool) -> str:
    why = "" if counts else "; does not count: of the log's Party, or its Party has spoken"
    return f"witness    {witness.name}, at {instant_text(witness.at)}{why}"


def _fork(data: bytes, ring: LogRing) -> tuple[Any, list[str]]:
    first, second = custody.verify_fork(custody.read_fork(data), ring.logs)
    value = {
        "first": {"root": first.root.hex(), "size": first.size},
        "holds": True,
        "origin": first.origin,
        "second": {"root": second.root.hex(), "size": second.size},
    }
    lines = [
        f"holds      the log {first.origin} signed two histories",
        f"first      {first.size} leaves, root {first.root.hex()}",
        f"second     {second.size} leaves, root {second.root.hex()}",
    ]
    return value, lines


def _witnesses(found: Iterable[custody.Witnessed]) -> list[dict[str, str]]:
    return [{"at": instant_text(each.at), "name": each.name} for each in found]


@app.command()
def head(
    log: Annotated[Path, typer.Argument(help="A log's folder, or a checkpoint file.", show_default=False)],
    given: Keys = [],  # noqa: B006 - Typer reads the default and hands over a new list
    as_json: _edge.Json = False,
) -> None:
    """Show a log's head and, with keys, who signed it."""
    note = _note(log)
    ring = read_ring(given) if given else None
    checkpoint = custody.read_checkpoint(note.text)
    value: dict[str, Any] = {
        "origin": checkpoint.origin,
        "root": checkpoint.root.hex(),
        "signed": None,
        "size": checkpoint.size,
    }
    lines = [
        f"log        {checkpoint.origin}",
        f"leaves     {checkpoint.size}",
        f"root       {checkpoint.root.hex()}",
    ]
    try:
        if log.is_dir():
            _check_tiles(log, checkpoint)
        unsigned: tuple[dict[str, Any], list[str]] = {}, ["signed     not checked: no --key was given"]
        more, words = _signed(note, ring) if ring else unsigned
    except CustodyError as error:
        refused = {**value, "code": error.code, "reason": str(error), "signed": False}
        _edge.answer(refused, [*lines, f"signed     no: {error}"], as_json=as_json)
        _edge.no()
    _edge.answer({**value, **more}, [*lines, *words], as_json=as_json)


def _signed(note: Note, ring: LogRing) -> tuple[dict[str, Any], list[str]]:
    """Return who signed a head, once every line of a known key holds."""
    _, checkpoint = custody.open_checkpoint(notes.write_note(note), ring.logs)
    witnesses = _witnesses(custody.witnessed(note, checkpoint, ring.witnesses))
    lines = ["signed     by the log, with both algorithms"]
    lines += [f"witness    {each['name']}, at {each['at']}" for each in witnesses]
    return {"signed": True, "witnesses": witnesses}, lines


def _note(log: Path) -> Note:
    path = log / custody.CHECKPOINT_PATH if log.is_dir() else log
    return notes.read_note(_edge.read(path, notes.MAX_NOTE_SIZE))


def _check_tiles(folder: Path, checkpoint: custody.Checkpoint) -> None:
    """Refuse a folder whose files lead to another root than its head."""
    if custody.root(custody.frontier(FolderStore(folder), checkpoint.size)) != checkpoint.root:
        raise CustodyError("LOG-036", size=checkpoint.size)


@app.command()
def prove(
    folder: Annotated[Path, typer.Argument(help="A log's folder.", show_default=False)],
    index: Annotated[int, typer.Argument(help="The leaf, counted from 0.", min=0, show_default=False)],
    out: Annotated[Path, typer.Option(help="The new receipt.", show_default=False)],
    opening: Annotated[
        Path | None,
        typer.Option(help="What the leaf commits to: a document with event and salt.", show_default=False),
    ] = None,
    as_json: _edge.Json = False,
) -> None:
    """Make the receipt of one leaf under the log's head."""
    store, note = FolderStore(folder), _note(folder)
    shown = None
    if opening is not None:
        read = wire.decode(_edge.read(opening, wire.MAX_SIZE), custody.Opening)
        shown = (read.salt, read.event.encode())
    leaf = custody.read_entry(store, custody.read_checkpoint(note.text).size, index)
    receipt = custody.issue(store, note, index, leaf, shown)
    _edge.write_new(out, custody.write_receipt(receipt))
    value = {"index": index, "leaf": leaf.hex(), "receipt": _edge.shown(out)}
    _edge.answer(value, [f"leaf       {leaf.hex()}", f"receipt    {out}"], as_json=as_json)


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(help="A receipt, or a proof of a fork.", show_default=False)],
    given: Keys,
    quorum: Annotated[
        int,
        typer.Option(
            help="Independent witnesses to demand under a receipt: one a Party, none of the log's own.", min=0
        ),
    ] = custody.COURT_QUORUM,
    as_json: _edge.Json = False,
) -> None:
    """Verify a receipt or a proof of a fork, offline."""
    data = _edge.read(file, receipts.MAX_RECEIPT_SIZE)
    holds, value, lines = verdict(data, read_ring(given), quorum=quorum)
    _edge.answer(value, lines, as_json=as_json)
    if not holds:
        _edge.no()


@app.command()
def key(
    file: Annotated[
        Path, typer.Argument(help="A key file of the purpose log or witness.", show_default=False)
    ],
    name: Annotated[
        str,
        typer.Option(help="The log's origin, or the witness's name, as notes show it.", show_default=False),
    ],
    as_json: _edge.Json = False,
) -> None:
    """Show the verifier keys of a log or a witness."""
    public = keys.load(file).public
    kinds = {Purpose.LOG: LineKind.ED25519, Purpose.WITNESS: LineKind.ED25519_COSIGNATURE}
    if public.purpose not in kinds:
        raise UsageError(
            "CLI-002", problem=f"a {public.purpose} key signs no notes", where="rogatory custody"
        )
    pair = notes.verifier_keys(custody.note_key(name, public), kinds[public.purpose])
    texts = [each.text for each in pair]
    _edge.answer({"keys": texts, "name": name}, texts, as_json=as_json)
