"""Laying out a node's folder: files only, no database and no Django."""

from __future__ import annotations

from rogatory_node.base import NodeError, keystore
from rogatory_node.base.configuration import Configuration
from rogatory_node.base.home import FOLDERS, Home, write_new
from rogatory_node.base.randomness import random_bytes
from rogatory_node.base.template import toml_text

__all__ = ["lay_out"]


def lay_out(home: Home, settings: Configuration) -> None:
    """Make the folder with its configuration, its secret and the keys of every authority.

    The configuration comes last: a folder without it is no node, and can be made again. An existing node is
    never touched.

    Raises:
        NodeError: NODE-002 there is a node already.
        KeysError: A key file cannot be written.
    """
    if home.configuration.exists():
        raise NodeError("NODE-002", path=home.configuration.name)
    home.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in FOLDERS:
        (home.folder / name).mkdir(mode=0o700, exist_ok=True)
    for authority in settings.authority_ids:
        home.intake_of(authority).mkdir(mode=0o700, exist_ok=True)
    home.secret.unlink(missing_ok=True)
    write_new(home.secret, random_bytes(48).hex().encode())
    for authority, purpose in keystore.needed(settings.authority_ids):
        keystore.make(home, authority, purpose, rehearsal=False)
    write_new(home.configuration, toml_text(settings).encode())
