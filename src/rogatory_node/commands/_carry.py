"""``rogatory node export`` and ``import``: evidence by disk, in the name of a custodian."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rogatory.cli import _edge
from rogatory.values import Day, Digest, ShortText
from rogatory_node.commands import _folder

__all__ = ["add_to"]

Folder = Annotated[Path, typer.Argument(help="The node's folder.", show_default=False)]
Medium = Annotated[Path, typer.Argument(metavar="MEDIUM", help="A folder, such as where a disk is mounted.")]
Number = Annotated[
    str, typer.Option(help="The number on the tamper-evident seal of the disk.", show_default=False)
]
Custodian = Annotated[str, typer.Option(help="The custodian who does it.", show_default=False)]


def add_to(app: typer.Typer) -> None:
    """Give the group its two commands on disks."""
    app.command(name="export")(export)
    app.command(name="import")(import_)


def export(
    folder: Folder,
    package: Annotated[str, typer.Argument(help="The package's id at this node.", show_default=False)],
    medium: Medium,
    officer: Custodian,
    seal_number: Number,
    receipt: Annotated[str, typer.Option(help="The number of the paper hand-over receipt.")],
    handed_by: Annotated[str, typer.Option(help="Who hands the disk over.")],
    handed_to: Annotated[str, typer.Option(help="Who is to get it.")],
    disk: Annotated[str, typer.Option(help="What it is, such as maker and serial number.")],
    on: Annotated[str, typer.Option(help="The day of the hand-over, YYYY-MM-DD.")],
    as_json: _edge.Json = False,
) -> None:
    """Put a delivered package on a disk and record it; the manifest's digest goes on the paper receipt."""
    from rogatory.evidence import HandOver
    from rogatory.evidence.carrying.medium import SealNumber

    hand_over = HandOver(
        medium=_edge.valid(ShortText, disk),
        seal_number=_edge.valid(SealNumber, seal_number),
        receipt=_edge.valid(ShortText, receipt),
        handed_by=_edge.valid(ShortText, handed_by),
        handed_to=_edge.valid(ShortText, handed_to),
        on=_edge.valid(Day, on),
    )
    _folder.read(folder)
    _folder.enter(folder)
    from rogatory_node.ops import staff
    from rogatory_node.vault import selectors
    from rogatory_node.vault.services import carrying

    who = staff.known(officer)
    found = carrying.export(who, selectors.package(who, package), medium, hand_over)
    value = {"manifest": found.digest, "seal": found.carried.seal, "size": found.carried.size}
    lines = (
        f"{medium}: {found.carried.size:,} bytes of ciphertext, read back and verified.",
        f"Manifest {found.digest}: write it on the receipt {receipt}, beside the seal number {seal_number}.",
    )
    _edge.answer(value, lines, as_json=as_json)


def import_(
    folder: Folder,
    medium: Medium,
    officer: Custodian,
    authority: Annotated[str, typer.Option(help="For which authority of the node.", show_default=False)],
    seal_number: Number,
    manifest: Annotated[
        str | None,
        typer.Option(help="The manifest's SHA-256, from the paper receipt.", show_default=False),
    ] = None,
    as_json: _edge.Json = False,
) -> None:
    """Take a package that a delivery announced from a disk, verify it, and record it."""
    digest = None if manifest is None else _edge.valid(Digest, manifest)
    _folder.read(folder)
    _folder.enter(folder)
    from rogatory_node.ops import staff
    from rogatory_node.vault.services import carrying

    held = carrying.import_(staff.known(officer), authority, medium, seal_number=seal_number, manifest=digest)
    value = {"id": str(held.pk), "package": held.package, "seal": held.seal, "state": held.state}
    _edge.answer(value, (f"{held.pk}: held, every byte is the sealed one.",), as_json=as_json)
