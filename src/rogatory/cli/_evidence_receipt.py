"""``rogatory evidence receipt``: a document for people about a verified package, signed if asked for."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from rogatory import evidence
from rogatory.cli import _edge
from rogatory.cli._evidence import (
    MAX_BUNDLE,
    WRONG_USE,
    AsOf,
    Bundle,
    Package,
    Quorum,
    ReleaseFile,
    Trust,
    bar,
    decryption,
    read_release,
    root_of,
)
from rogatory.errors import EvidenceError, RogatoryError, UsageError
from rogatory.evidence import Basis, Link, Verification
from rogatory.keys import EncryptionPair
from rogatory.values import Instant

__all__ = ["add_to"]

MAX_P12: Final = 1 << 20
MAX_PASSWORD: Final = 4096
MAX_PROOF: Final = 1 << 20
MAX_STAMP: Final = 1 << 20
PASSWORD: Final = "ROGATORY_P12_PASSWORD"  # noqa: S105 - the name of a variable, not a password
SECONDS: Final = 30.0
# A proof of something else, or of nothing that it says, is the wrong file: nothing of the package fails.
NO_JUDGEMENT: Final = WRONG_USE | {"EVID-173", "EVID-174"}


def add_to(app: typer.Typer) -> None:
    """Give the group its command."""
    app.command(name="receipt")(receipt)


def receipt(
    package: Package,
    out: Annotated[Path, typer.Option(metavar="FILE.pdf", help="The new file.", show_default=False)],
    trust: Trust = None,
    key: Annotated[
        Path | None,
        typer.Option(help="A recipient's key file: checks and lists the files.", show_default=False),
    ] = None,
    proof: Annotated[
        list[Path],
        typer.Option(
            metavar="FILE",
            help="A custody proof of an event of this package, to be drawn.",
            show_default=False,
        ),
    ] = [],  # noqa: B006 - Typer copies it
    release: ReleaseFile = None,
    language: Annotated[str, typer.Option(help="The language of its words.")] = "en",
    sign: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.p12", help="Sign it (PAdES) with this PKCS#12 file's key.", show_default=False
        ),
    ] = None,
    password_file: Annotated[
        Path | None,
        typer.Option(
            help=f"Holds the PKCS#12 password; else {PASSWORD}, else it is asked for.", show_default=False
        ),
    ] = None,
    tsa: Annotated[
        str | None,
        typer.Option(
            metavar="URL", help="A time-stamping authority (RFC 3161) to ask; else none.", show_default=False
        ),
    ] = None,
    bundle: Bundle = None,
    as_of: AsOf = None,
    quorum: Quorum = 2,
    as_json: _edge.Json = False,
) -> None:
    """Verify a package, then write a receipt for people: PDF/UA with digests and the custody chain, drawn."""
    # What is wrong with the question is said before a large package is read.
    evidence.check_receipt(language)
    evidence.check_apart(package, out)
    if out.exists():
        raise UsageError("CLI-006", path=out)
    if tsa is not None and sign is None:
        raise UsageError("CLI-002", problem="--tsa needs --sign", where="rogatory evidence receipt")
    signer = None if sign is None else evidence.signer_of(_edge.read(sign, MAX_P12), _password(password_file))
    if evidence.is_disclosure(package):
        raise EvidenceError("EVID-179")
    given = (root_of(trust), bundle, as_of, quorum)
    pair = None if key is None else decryption(key)
    proofs = [_edge.read(path, MAX_PROOF) for path in proof]
    now = _edge.now()
    with _judged():
        basis = _basis(package, given, now)
        found, opened, links = _looked(package, pair, release, proofs, basis)
    entries = None
    if pair is not None:
        entries = evidence.contents(package, pair, wrapped=None if opened is None else opened.wraps)
    pdf = evidence.receipt(found, links, entries, judged=basis.at, at=now, language=language)
    if signer is not None:
        stamp = None if tsa is None else _asking(tsa)
        pdf = evidence.sign_receipt(pdf, signer, at=now, stamp=stamp)
    _edge.write_new(out, pdf, mode=0o600)
    _answer(found, links, pdf, out, signed=signer is not None, as_json=as_json)


@contextmanager
def _judged() -> Iterator[None]:
    """End with status 1 where a proof fails: then there is no receipt."""
    try:
        yield
    except RogatoryError as error:
        if error.code in NO_JUDGEMENT or isinstance(error, UsageError):
            raise
        sys.stderr.write(f"does not hold  {error}\n")
        _edge.no()


def _basis(package: Path, given: tuple[bytes, Path | None, str | None, int], now: datetime) -> Basis:
    root, bundle, as_of, quorum = given
    instant = None if as_of is None else _edge.valid(Instant, as_of)
    own = None if bundle is None else _edge.read(bundle, MAX_BUNDLE)
    return evidence.basis_from(package, root, now=now, as_of=instant, bundle=own, quorum=quorum)


def _looked(
    package: Path, pair: EncryptionPair | None, release: Path | None, proofs: list[bytes], basis: Basis
) -> tuple[Verification, evidence.Release | None, tuple[Link, ...]]:
    """Return what verification says, the release that opened it, and the chain."""
    opened = read_release(release, package, basis)
    with bar("Verifying", evidence.inspect(package).size) as progress:
        told = replace(basis, progress=progress)
        if pair is None:
            found = evidence.verify(package, told)
        else:
            found = evidence.verify_with_key(package, pair, told, release=opened)
    return found, opened, evidence.chain(package, found, basis, proofs=proofs, release=opened)


def _password(path: Path | None) -> bytes | None:
    """Return the password of a PKCS#12 file from a file, the environment or the person, never an argument."""
    if path is not None:
        return _edge.read(path, MAX_PASSWORD).removesuffix(b"\n").removesuffix(b"\r")
    if PASSWORD in os.environ:
        return os.environb[PASSWORD.encode()]
    if not sys.stdin.isatty():
        return None
    from getpass import getpass

    return getpass("Password of the PKCS#12 file: ").encode()


def _asking(url: str) -> Callable[[bytes], bytes]:
    """Return what carries a time-stamp request to an authority and its answer back."""

    def ask(request: bytes) -> bytes:
        import httpx

        head = {"content-type": "application/timestamp-query", "accept": "application/timestamp-reply"}
        try:
            with httpx.stream("POST", url, content=request, headers=head, timeout=SECONDS) as answer:
                answer.raise_for_status()
                data = bytearray()
                for part in answer.iter_bytes():
                    data += part
                    if len(data) > MAX_STAMP:
                        raise EvidenceError("EVID-178", reason="the time-stamp is too large")
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise EvidenceError(
                "EVID-178", reason=f"no time-stamp: {error or type(error).__name__}"
            ) from error
        return bytes(data)

    return ask


def _answer(
    found: Verification, links: tuple[Link, ...], pdf: bytes, out: Path, *, signed: bool, as_json: bool
) -> None:
    digest = hashlib.sha256(pdf).hexdigest()
    value: dict[str, Any] = {
        "events": len(links),
        "opened": found.opened,
        "package": found.package,
        "path": _edge.shown(out),
        "seal": found.seal,
        "sha256": digest,
        "signed": signed,
        "size": len(pdf),
    }
    lines = (
        f"receipt    {out}{', signed' if signed else ''}",
        f"sha256     {digest}",
        f"package    {found.package}",
        f"seal       {found.seal}",
        f"events     {len(links)}",
        "It proves nothing by itself: it tells what the check found.",
    )
    _edge.answer(value, lines, as_json=as_json)
