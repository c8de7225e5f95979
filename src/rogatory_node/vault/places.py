"""Where things of the vault lie: under the node's folder, named by our own ids, never by a peer's words."""

from __future__ import annotations

from pathlib import Path

from rogatory_node.base import NodeError, home
from rogatory_node.vault.models import Package

__all__ = ["bag_of", "folder_of", "intake"]


def folder_of(package: Package) -> Path:
    """Return the folder of a package, whether or not it is there."""
    return home.current().packages / str(package.pk)


def bag_of(package: Package) -> Path:
    """Return the folder of a package's opened bag, whether or not it is there."""
    return home.current().packages / f"{package.pk}.bag"


def intake(name: str) -> Path:
    """Return what a custodian laid ready for sealing, by its name in the intake folder.

    Raises:
        NodeError: NODE-450 there is nothing of that name, or the name leaves the folder.
    """
    folder = home.current().intake
    path = folder / name
    if not name or "/" in name or name in {".", ".."} or path.is_symlink() or not path.exists():
        raise NodeError("NODE-450")
    return path
