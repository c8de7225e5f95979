"""``rogatory evidence``: seal, inspect, verify and open packages; no node and no network is needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from rogatory import evidence, keys, wire
from rogatory.cli import _edge
from rogatory.errors import EvidenceError, KeysError, RogatoryError
from rogatory.evidence import Basis, Claim, Step, Terms, Verification
from rogatory.keys import EncryptionPair, PublicKey, Purpose, SigningPair
from rogatory.register.history import read_bundle
from rogatory.statements import UseConditions
from rogatory.values import Digest, Frozen, Instant, Nonce, instant_text

app = _edge.group("Seal, inspect, verify and open packages of evidence. No node and no network is needed.")

MAX_KEY: Final = 16 * 1024
MAX_ROOT: Final = 1 << 20
MAX_BUNDLE: Final = 32 << 20

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
Quorum = Annotated[int, typer.Option(help="Witnesses that prove a time.", min=1)]
Out = Annotated[
    Path, typer.Option(help="The new folder; nothing of that name may exist.", show_default=False)
]


class ShownKey(Frozen):
    """What ``rogatory keys show --json`` prints."""

    id: Digest
    key: PublicKey


@app.command()
def seal(
    sources: Annotated[
        list[Path], typer.Argument(metavar="SRC...", help="Files and folders.", show_default=False)
    ],
    to: Annotated[
        list[Path],
        typer.Option(
            metavar="FILE", help="The public encryption key of a recipient, as keys show --json prints it."
        ),
    ],
    key: Annotated[Path, typer.Option(help="Your key file of the purpose seal.", show_default=False)],
    out: Out,
    legal: Annotated[
        list[Path], typer.Option(help="A paper for the court, put under legal/.", show_default=False)
    ] = [],  # noqa: B006 - Typer copies it
    trust_bundle: Annotated[
        Path | None, typer.Option(help="The register's trust bundle, to be put inside.", show_default=False)
    ] = None,
    case: Annotated[
        str | None, typer.Option(help="The case, 64 hexadecimal digits.", show_default=False)
    ] = None,
    conditions: Annotated[
        Path | None, typer.Option(help="Conditions of use, as JSON.", show_default=False)
    ] = None,
    as_json: _edge.Json = False,
) -> None:
    """Seal files and folders for the recipients, and for nobody else: add your own key if you are one."""
    signer = keys.load(key, purpose=Purpose.SEAL)
    assert isinstance(signer, SigningPair)
    terms = Terms(
        case=None if case is None else _edge.valid(Nonce, case),
        conditions=None
        if conditions is None
        else wire.decode(_edge.read(conditions, MAX_ROOT), UseConditions),
        legal=legal,
        trust=None if trust_bundle is None else _trust_bundle(trust_bundle),
    )
    recipients = [_public_key(path) for path in to]
    with _bar("Sealing", _size_of([*sources, *legal])) as progress:
        sealed = evidence.seal(
            sources,
            recipients,
            signer,
            out,
            now=_edge.now(),
            random=_edge.random,
            terms=terms,
            progress=progress,
        )
    value = {
        "files": sealed.files,
        "package": sealed.package,
        "path": _edge.shown(sealed.path),
        "seal": sealed.seal,
        "size": sealed.size,
    }
    lines = (
        f"package    {sealed.path}",
        f"id         {sealed.package}",
        f"seal       {sealed.seal}",
        f"files      {sealed.files}, {sealed.size:,} bytes",
        *(f"for        {each.recipient}, key {each.key[:16]}…" for each in sealed.wraps),
    )
    _edge.answer(value, lines, as_json=as_json)


def _trust_bundle(path: Path) -> bytes:
    """Return the bytes of a trust bundle; anything else would make a package that nobody can verify."""
    data = _edge.read(path, MAX_BUNDLE)
    read_bundle(data)
    return data


def _public_key(path: Path) -> PublicKey:
    """Return the public key in a file: the key alone, or what ``keys show --json`` prints."""
    data = _edge.read(path, MAX_KEY)
    document = wire.parse(data, limit=MAX_KEY)
    if isinstance(document, dict) and "id" in document:
        shown = wire.decode(data, ShownKey, limit=MAX_KEY)
        if shown.id != shown.key.key_id:
            raise KeysError("KEY-005", key=shown.id[:16])
        return shown.key
    return wire.decode(data, PublicKey, limit=MAX_KEY)


def _size_of(sources: list[Path]) -> int:
    """Return about how many bytes there are, for a progress bar alone."""
    files = (path for each in sources for path in ([each] if each.is_file() else each.rglob("*")))
    return sum(path.lstat().st_size for path in files if path.is_file() and not path.is_symlink())


@contextmanager
def _bar(what: str, total: int) -> Iterator[Callable[[int], None]]:
    """Show bytes, rate and time left while a long act runs, where somebody is looking."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn, TransferSpeedColumn

    columns = (BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(what, total=total)
        yield lambda done: progress.update(task, advance=done)


@app.command()
def inspect(package: Package, as_json: _edge.Json = False) -> None:
    """Show what a package says of itself. Nothing of it is verified."""
    found = evidence.inspect(package)
    said = found.seal
    value = {
        "files": {_edge.shown(path): size for path, size in (found.files or {}).items()},
        "key": found.key,
        "seal": found.digest,
        "says": said.model_dump(mode="json"),
    }
    lines = [
        "Not verified. The package says:",
        "",
        f"package    {said.package}{' (rehearsal)' if said.rehearsal else ''}",
        f"sealed by  {said.sealed_by}, at {instant_text(said.sealed_at)}, key {found.key[:16]}…",
        f"seal       {found.digest}",
        *([f"case       {said.case}"] if said.case else []),
        f"entries    {said.entries.size}",
        f"segments   {len(said.segments.data)} of data, {len(said.segments.legal)} of legal papers",
        f"size       {found.size:,} bytes of ciphertext",
        *(f"for        {each.authority}, key {each.key[:16]}…" for each in said.recipients),
        *([f"use        {said.conditions.use}"] if said.conditions else []),
    ]
    _edge.answer(value, lines, as_json=as_json)


@app.command()
def verify(
    package: Package,
    trust: Trust = None,
    key: Annotated[
        Path | None, typer.Option(help="A recipient's key file: checks the files too.", show_default=False)
    ] = None,
    bundle: Bundle = None,
    as_of: AsOf = None,
    quorum: Quorum = 2,
    as_json: _edge.Json = False,
) -> None:
    """Verify a package offline, step by step, and say what that proves and what it does not."""
    root = _root(trust)
    pair = None if key is None else _decryption(key)

    def act(basis: Basis) -> Verification:
        if pair is None:
            return evidence.verify(package, basis)
        return evidence.verify_with_key(package, pair, basis)

    _judge(act, package, (root, bundle, as_of, quorum), as_json=as_json)


@app.command(name="open")
def open_(
    package: Package,
    key: Annotated[Path, typer.Option(help="The key file of a recipient.", show_default=False)],
    out: Out,
    trust: Trust = None,
    bundle: Bundle = None,
    as_of: AsOf = None,
    quorum: Quorum = 2,
    as_json: _edge.Json = False,
) -> None:
    """Open a package into a BagIt 1.0 bag, once every step of its verification holds."""
    root = _root(trust)
    pair = _decryption(key)

    def act(basis: Basis) -> Verification:
        return evidence.open_package(package, pair, out, basis, random=_edge.random)

    _judge(act, package, (root, bundle, as_of, quorum), as_json=as_json, out=out)


def _root(trust: Path | None) -> bytes:
    if trust is None:
        raise EvidenceError("EVID-061")
    root = _edge.read(trust, MAX_ROOT)
    # A root that is no document is wrong use; one from which nothing follows is an answer: no.
    wire.parse(root, limit=MAX_ROOT)
    return root


def _decryption(path: Path) -> EncryptionPair:
    pair = keys.load(path)
    if not isinstance(pair, EncryptionPair):
        raise KeysError("KEY-003", purpose=pair.public.purpose, wanted=Purpose.ENCRYPTION)
    return pair


def _judge(
    act: Callable[[Basis], Verification],
    package: Path,
    given: tuple[bytes, Path | None, str | None, int],
    *,
    as_json: bool,
    out: Path | None = None,
) -> None:
    """Verify or open; answer with the steps; end with 1 if a proof fails."""
    root, bundle, as_of, quorum = given
    instant: datetime | None = None if as_of is None else _edge.valid(Instant, as_of)
    own = None if bundle is None else _edge.read(bundle, MAX_BUNDLE)
    begun: list[Step] = []
    try:
        basis = evidence.basis_from(package, root, now=_edge.now(), as_of=instant, bundle=own, quorum=quorum)
        with _bar("Verifying", evidence.inspect(package).size) as progress:
            found = act(replace(basis, on_step=begun.append, progress=progress))
    except RogatoryError as error:
        if error.code in WRONG_USE:
            raise
        value = {"code": error.code, "reason": str(error), "verified": False}
        lines = [f"does not hold  {error}"]
        if begun:
            value["step"] = begun[-1].number
            lines = [*_steps(begun[:-1]), f"{begun[-1].number:>4}  no   {error}"]
        _edge.answer(value, lines, as_json=as_json)
        _edge.no()
    _edge.answer(_value(found, out), _lines(found, out), as_json=as_json)


def _steps(steps: Sequence[Step]) -> list[str]:
    return [f"{each.number:>4}  ok   {each.claim.sentence()}" for each in steps]


def _claims(claims: Sequence[Claim]) -> list[dict[str, Any]]:
    return [{"code": each.code, **each.fields, "sentence": each.sentence()} for each in claims]


def _value(found: Verification, out: Path | None) -> dict[str, Any]:
    value = {
        "does_not_prove": _claims(found.does_not_prove),
        "opened": found.opened,
        "package": found.package,
        "proves": _claims(found.proves),
        "seal": found.seal,
        "sealed_at": instant_text(found.sealed_at),
        "sealed_by": found.sealed_by,
        "size": found.size,
        "steps": [each.number for each in found.steps],
        "verified": True,
    }
    return value if out is None else {**value, "bag": _edge.shown(out)}


def _lines(found: Verification, out: Path | None) -> list[str]:
    return [
        f"package    {found.package}",
        f"sealed by  {found.sealed_by}, at {instant_text(found.sealed_at)} (its claim)",
        f"seal       {found.seal}",
        *([f"bag        {out}"] if out else []),
        "",
        *_steps(found.steps),
        "",
        "It proves:",
        *(f"  {each.sentence()}" for each in found.proves),
        "",
        *(each.sentence() for each in found.does_not_prove),
    ]
