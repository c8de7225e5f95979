"""What the commands on evidence share: options, keys, and the answer of a verification."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from rogatory import evidence, keys, wire
from rogatory.cli import _edge
from rogatory.errors import EvidenceError, KeysError, RogatoryError
from rogatory.evidence import Basis, Claim, Source, Step, Verification
from rogatory.keys import EncryptionPair, PublicKey, Purpose
from rogatory.register.history import read_bundle
from rogatory.values import Digest, Frozen, Instant, instant_text

__all__ = [
    "AsOf",
    "Bundle",
    "Images",
    "KeyFile",
    "Out",
    "Package",
    "Quorum",
    "ReleaseFile",
    "Trust",
    "bar",
    "decryption",
    "judge",
    "paper_of",
    "public_key",
    "read_release",
    "root_of",
    "source_of",
    "trust_bundle_of",
]

MAX_KEY: Final = 16 * 1024
MAX_ROOT: Final = 1 << 20
MAX_BUNDLE: Final = 32 << 20
MAX_RELEASE: Final = 3 << 19
# Seconds between two drawings of a bar.
EVERY: Final = 0.1

# These say that nothing was judged, or that nothing could be written: wrong use, not a proof that fails.
WRONG_USE: Final = {
    "EVID-004",
    "EVID-009",
    "EVID-012",
    "EVID-020",
    "EVID-060",
    "EVID-062",
    "EVID-064",
    "EVID-071",
    # What is wrong with links, or with a store that is to be written.
    "EVID-091",
    "EVID-092",
    "EVID-093",
    "EVID-094",
    "EVID-095",
    "EVID-096",
    "EVID-097",
    "EXCH-026",
}

Package = Annotated[Path, typer.Argument(metavar="DIR", help="A package.", show_default=False)]
Trust = Annotated[
    Path | None,
    typer.Option(
        metavar="ROOT.json", help="The register's root, from somebody you trust.", show_default=False
    ),
]
Bundle = Annotated[
    Path | None,
    typer.Option(
        help="A trust bundle in place of the package's own, such as a newer one.", show_default=False
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        help="Judge keys as of this proven instant, such as 2028-06-09T12:00:00Z.", show_default=False
    ),
]
KeyFile = Annotated[Path, typer.Option(help="The key file of somebody who can open it.", show_default=False)]
ReleaseFile = Annotated[
    Path | None,
    typer.Option(help="A release, if the seal does not name your key.", show_default=False),
]
Quorum = Annotated[int, typer.Option(help="Witnesses that prove a time.", min=1)]
Out = Annotated[
    Path, typer.Option(help="The new folder; nothing of that name may exist.", show_default=False)
]


class ShownKey(Frozen):
    """What ``rogatory keys show --json`` prints."""

    id: Digest
    key: PublicKey


def trust_bundle_of(path: Path) -> bytes:
    """Return the bytes of a trust bundle; anything else would make a package that nobody can verify."""
    data = _edge.read(path, MAX_BUNDLE)
    read_bundle(data)
    return data


def public_key(path: Path) -> PublicKey:
    """Return the public key in a file: the key alone, or what ``keys show --json`` prints."""
    data = _edge.read(path, MAX_KEY)
    document = wire.parse(data, limit=MAX_KEY)
    if isinstance(document, dict) and "id" in document:
        shown = wire.decode(data, ShownKey, limit=MAX_KEY)
        if shown.id != shown.key.key_id:
            raise KeysError("KEY-005", key=shown.id[:16])
        return shown.key
    return wire.decode(data, PublicKey, limit=MAX_KEY)


def source_of(path: Path, stdin_name: str) -> Path | evidence.Stream:
    """Return what is meant by a source: a place, or with ``-`` standard input."""
    if str(path) != "-":
        return path
    return evidence.Stream(stdin_name, lambda buffer: os.readv(sys.stdin.fileno(), [buffer]))


def paper_of(text: str) -> evidence.Paper:
    """Return what is meant by a paper: a file, or its role, an equals sign and the file."""
    role, sign, path = text.partition("=")
    # A path with a folder in front is no role; nor is the name of a file that is there.
    if not sign or "/" in role or (role not in evidence.ROLES and Path(text).exists()):
        return evidence.Paper(Path(text))
    return evidence.Paper(Path(path), role)


class Images(StrEnum):
    """What is done with the digests that are stored in disk images."""

    NO = "no"
    STORED = "stored"
    RECOMPUTED = "recomputed"


@contextmanager
def bar(what: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """Show bytes, rate and time left while a long act runs, where somebody is looking."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn, TransferSpeedColumn

    columns = (BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    # No thread that draws: small files are sealed by several processes where there is one thread.
    unseen = not console.is_terminal
    with Progress(*columns, console=console, transient=True, auto_refresh=False, disable=unseen) as progress:
        task, drawn = progress.add_task(what, total=total), progress.get_time()

        def tell(done: int) -> None:
            nonlocal drawn
            due = progress.get_time() - drawn > EVERY
            progress.update(task, advance=done, refresh=due)
            drawn = progress.get_time() if due else drawn

        yield tell


def root_of(trust: Path | None) -> bytes:
    if trust is None:
        raise EvidenceError("EVID-061")
    root = _edge.read(trust, MAX_ROOT)
    # A root that is no document is wrong use; one from which nothing follows is an answer: no.
    wire.parse(root, limit=MAX_ROOT)
    return root


def decryption(path: Path) -> EncryptionPair:
    pair = keys.load(path)
    if not isinstance(pair, EncryptionPair):
        raise KeysError("KEY-003", purpose=pair.public.purpose, wanted=Purpose.ENCRYPTION)
    return pair


def judge(
    act: Callable[[Basis], Verification],
    package: Path | Source,
    given: tuple[bytes, Path | None, str | None, int],
    *,
    as_json: bool,
    out: Path | None = None,
    made: str = "bag",
) -> None:
    """Verify, open or carry; answer with the steps and what was made; end with 1 if a proof fails."""
    root, bundle, as_of, quorum = given
    instant: datetime | None = None if as_of is None else _edge.valid(Instant, as_of)
    own = None if bundle is None else _edge.read(bundle, MAX_BUNDLE)
    begun: list[Step] = []
    try:
        basis = evidence.basis_from(package, root, now=_edge.now(), as_of=instant, bundle=own, quorum=quorum)
        disclosed = isinstance(package, Path) and evidence.is_disclosure(package)
        total = 0 if disclosed else evidence.inspect(package).size
        with bar("Verifying", total) as progress:
            found = act(replace(basis, on_step=begun.append, progress=progress))
    except RogatoryError as error:
        if error.code in WRONG_USE:
            raise
        value = {"code": error.code, "reason": str(error), "verified": False}
        lines = [f"does not hold  {error}"]
        if begun:
            value["step"] = begun[-1].number
            lines = [*step_lines(begun[:-1]), f"{begun[-1].number:>4}  no   {error}"]
        _edge.answer(value, lines, as_json=as_json)
        _edge.no()
    _edge.answer(value_of(found, out, made), lines_of(found, out, made), as_json=as_json)


def step_lines(steps: Sequence[Step]) -> list[str]:
    return [f"{each.number:>4}  ok   {each.claim.sentence()}" for each in steps]


def claims(claims: Sequence[Claim]) -> list[dict[str, Any]]:
    return [{"code": each.code, **each.fields, "sentence": each.sentence()} for each in claims]


def value_of(found: Verification, out: Path | None, made: str = "bag") -> dict[str, Any]:
    value = {
        "does_not_prove": claims(found.does_not_prove),
        "opened": found.opened,
        "package": found.package,
        "papers": None if found.papers is None else list(found.papers),
        "proves": claims(found.proves),
        "seal": found.seal,
        "sealed_at": instant_text(found.sealed_at),
        "sealed_by": found.sealed_by,
        "size": found.size,
        "steps": [each.number for each in found.steps],
        "verified": True,
    }
    return value if out is None else {**value, made: _edge.shown(out)}


def lines_of(found: Verification, out: Path | None, made: str = "bag") -> list[str]:
    return [
        f"package    {found.package}",
        f"sealed by  {found.sealed_by}, at {instant_text(found.sealed_at)} (its claim)",
        f"seal       {found.seal}",
        *([f"{made:<11}{out}"] if out else []),
        "",
        *step_lines(found.steps),
        "",
        "It proves:",
        *(f"  {each.sentence()}" for each in found.proves),
        "",
        *(each.sentence() for each in found.does_not_prove),
    ]


def read_release(path: Path | None, package: Path, basis: Basis) -> evidence.Release | None:
    """Return a release that holds and is about this package; None where none was given."""
    if path is None:
        return None
    return evidence.read_release(_edge.read(path, MAX_RELEASE), package, basis.ring, _edge.now())
