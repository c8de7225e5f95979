"""``rogatory evidence export`` and ``import``: a package by disk, with what the paper says of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rogatory import evidence
from rogatory.cli import _edge
from rogatory.cli._evidence import AsOf, Bundle, Out, Package, Quorum, Trust, judge, root_of
from rogatory.evidence import Basis, HandOver, Verification
from rogatory.evidence.carrying.medium import SealNumber
from rogatory.values import Day, Digest, ShortText

__all__ = ["add_to"]

MAX_BUNDLE = 32 << 20

Medium = Annotated[Path, typer.Argument(metavar="MEDIUM", help="A folder, such as where a disk is mounted.")]
Number = Annotated[
    str, typer.Option(help="The number on the tamper-evident seal of the disk.", show_default=False)
]


def add_to(app: typer.Typer) -> None:
    """Give the group its two commands on disks."""
    app.command(name="export")(export)
    app.command(name="import")(import_)


def export(
    package: Package,
    medium: Medium,
    seal_number: Number,
    receipt: Annotated[str, typer.Option(help="The number of the paper hand-over receipt.")],
    handed_by: Annotated[str, typer.Option(help="Who hands the disk over.")],
    handed_to: Annotated[str, typer.Option(help="Who is to get it.")],
    disk: Annotated[str, typer.Option(help="What it is, such as maker and serial number.")],
    on: Annotated[str, typer.Option(help="The day of the hand-over, YYYY-MM-DD.")],
    trust: Trust = None,
    bundle: Bundle = None,
    as_json: _edge.Json = False,
) -> None:
    """Put a package on a disk, read it back from there, and write a manifest for the paper receipt."""
    root = root_of(trust)
    own = None if bundle is None else _edge.read(bundle, MAX_BUNDLE)
    hand_over = HandOver(
        medium=_edge.valid(ShortText, disk),
        seal_number=_edge.valid(SealNumber, seal_number),
        receipt=_edge.valid(ShortText, receipt),
        handed_by=_edge.valid(ShortText, handed_by),
        handed_to=_edge.valid(ShortText, handed_to),
        on=_edge.valid(Day, on),
    )
    basis = evidence.basis_from(package, root, now=_edge.now(), bundle=own)
    found = evidence.export(package, medium, hand_over, basis)
    value = {
        "manifest": found.digest,
        "package": found.carried.package,
        "seal": found.carried.seal,
        "size": found.carried.size,
    }
    lines = (
        f"package    {found.carried.package}",
        f"seal       {found.carried.seal}",
        f"size       {found.carried.size:,} bytes of ciphertext, read back from the medium and verified",
        f"manifest   {found.digest}",
        f"Write the manifest's digest on the receipt {receipt}, beside the seal number {seal_number}.",
    )
    _edge.answer(value, lines, as_json=as_json)


def import_(
    medium: Medium,
    out: Out,
    seal_number: Number,
    manifest: Annotated[
        str | None,
        typer.Option(help="The manifest's SHA-256, from the paper receipt.", show_default=False),
    ] = None,
    trust: Trust = None,
    bundle: Bundle = None,
    as_of: AsOf = None,
    quorum: Quorum = 2,
    as_json: _edge.Json = False,
) -> None:
    """Take a package from a disk, once the disk is the one on paper and every byte is the sealed one."""
    root = root_of(trust)
    digest = None if manifest is None else _edge.valid(Digest, manifest)
    said = evidence.read_medium(medium, seal_number=seal_number, digest=digest)

    def act(basis: Basis) -> Verification:
        return evidence.import_(medium, said, out, basis)

    judge(act, medium / said.carried.seal, (root, bundle, as_of, quorum), as_json=as_json, out=out)
