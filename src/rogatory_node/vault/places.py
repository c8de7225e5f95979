"""Where things of the vault lie: under the node's folder, named by our own ids, never by a peer's words."""

from __future__ import annotations

from pathlib import Path

from rogatory_node.base import NodeError, home
from rogatory_node.vault.models import Onward, Package

__all__ = ["bag_of", "folder_of", "intake", "onward_of"]

LONGEST = 200


def folder_of(package: Package) -> Path:
    """Return the folder of a package, whether or not it is there."""
    return home.current().packages / str(package.pk)


def bag_of(package: Package) -> Path:
    """Return the folder of a package's opened bag, whether or not it is there."""
    return home.current().packages / f"{package.pk}.bag"


def onward_of(made: Onward) -> Path:
    """Return the file of what is given on, whether or not it is there."""
    return home.current().packages / f"{made.package_id}.onward-{made.pk}"


def intake(authority: str, name: str) -> Path:
    """Return what a custodian laid ready for sealing, by its name in the authority's intake folder.

    Raises:
        NodeError: NODE-450 there is nothing of that name, or the name leaves the folder.
    """
    path = home.current().intake_of(authority) / name
    if not name or len(name) > LONGEST or "/" in name or name in {".", ".."}:
        raise NodeError("NODE-450")
    try:
        there = path.exists() and not path.is_symlink()
    except OSError as error:
        raise NodeError("NODE-450") from error
    if not there:
        raise NodeError("NODE-450")
    return path
