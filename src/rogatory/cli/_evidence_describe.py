"""``rogatory evidence describe``: a verified package in the words of archives and of other tools."""

from __future__ import annotations

import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

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
    decryption,
    read_release,
    root_of,
)
from rogatory.errors import EvidenceError, RogatoryError
from rogatory.evidence import Basis, Verification
from rogatory.keys import EncryptionPair
from rogatory.values import Instant

__all__ = ["add_to"]


class Form(StrEnum):
    """In which words a package is described."""

    CASE = "case"
    PREMIS = "premis"
    RO_CRATE = "ro-crate"


def add_to(app: typer.Typer) -> None:
    """Give the group its command."""
    app.command(name="describe")(describe)


def describe(
    package: Package,
    form: Annotated[
        Form,
        typer.Option("--as", help="What the sealer said in CASE/UCO, PREMIS 3 events, or RO-Crate metadata."),
    ],
    trust: Trust = None,
    key: Annotated[
        Path | None, typer.Option(help="A recipient's key file: lists the files too.", show_default=False)
    ] = None,
    out: Annotated[Path | None, typer.Option(help="The new file; else it is printed.")] = None,
    release: ReleaseFile = None,
    bundle: Bundle = None,
    as_of: AsOf = None,
    quorum: Quorum = 2,
) -> None:
    """Verify a package, then describe it for an archive or another tool; of what fails nothing is written."""
    if out is not None:
        evidence.check_apart(package, out)
    root = root_of(trust)
    pair = None if key is None else decryption(key)
    if form is Form.CASE and pair is None:
        raise EvidenceError("EVID-086")
    if evidence.is_disclosure(package):
        raise EvidenceError("EVID-088")
    instant = None if as_of is None else _edge.valid(Instant, as_of)
    own = None if bundle is None else _edge.read(bundle, MAX_BUNDLE)
    now = _edge.now()
    try:
        basis = evidence.basis_from(package, root, now=now, as_of=instant, bundle=own, quorum=quorum)
        found, given = _verified(package, pair, release, basis)
        data = _described(form, (package, pair, given), found, now)
    except RogatoryError as error:
        if error.code in WRONG_USE or error.code == "EVID-087":
            raise
        sys.stderr.write(f"does not hold  {error}\n")
        _edge.no()
    if out is None:
        sys.stdout.write(data.decode())
    else:
        _edge.write_new(out, data, mode=0o600)


def _verified(
    package: Path, pair: EncryptionPair | None, release: Path | None, basis: Basis
) -> tuple[Verification, evidence.Release | None]:
    if pair is None:
        return evidence.verify(package, basis), None
    given = read_release(release, package, basis)
    return evidence.verify_with_key(package, pair, basis, release=given), given


def _described(
    form: Form,
    source: tuple[Path, EncryptionPair | None, evidence.Release | None],
    found: Verification,
    now: datetime,
) -> bytes:
    package, pair, given = source
    if form is Form.PREMIS:
        return evidence.premis(found, now)
    wrapped = None if given is None else given.wraps
    if form is Form.RO_CRATE:
        entries = None if pair is None else evidence.contents(package, pair, wrapped=wrapped)
        return evidence.ro_crate(found, now, entries)
    assert pair is not None
    said = evidence.case_description(package, pair, wrapped=wrapped)
    if said is None:
        raise EvidenceError("EVID-087")
    return said + b"\n"
