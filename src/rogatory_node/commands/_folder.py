"""What the node's commands share: reading words, finding the folder, entering it. No command of its own."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from rogatory import values
from rogatory_node.base import NodeError, Role
from rogatory_node.base import configuration as configurations
from rogatory_node.base.configuration import Configuration
from rogatory_node.base.home import VARIABLE, Home

MAX_PASSWORD = 1024


def configuration(
    *, mode: str, party: str, authorities: list[str], web: dict[str, Any], peers: list[str]
) -> Configuration:
    """Return the configuration that the words of ``init`` amount to.

    Raises:
        NodeError: NODE-004 one of them is not what it must be.
    """
    named = [each.partition("=") for each in authorities]
    said = {
        "format": 1,
        "mode": mode,
        "party": party,
        "authorities": [{"id": one, "name": name or one} for one, _, name in named],
        "web": web,
        "peers": {"local_urls": peers},
        # Written out, because a log keeps its name when the order of the authorities changes.
        "custody": {"origin": f"{named[0][0]}/log"},
    }
    return configurations.read(said, "node.toml")


def lay_out(folder: Path, settings: Configuration) -> Home:
    """Make the folder's files; it needs no Django."""
    from rogatory_node.ops import layout

    home = Home(folder.resolve())
    layout.lay_out(home, settings)
    return home


def read(folder: Path) -> tuple[Home, Configuration]:
    """Return the folder and what its configuration says.

    Raises:
        NodeError: NODE-307 it is no node's; NODE-003, NODE-004 its configuration is wrong.
    """
    home = Home(folder.resolve())
    if not home.configuration.is_file():
        raise NodeError("NODE-307", folder=folder)
    return home, configurations.load(home.configuration)


def name(folder: Path) -> None:
    """Say to this process and its children which node is meant."""
    os.umask(0o077)
    os.environ[VARIABLE] = str(folder.resolve())
    os.environ["DJANGO_SETTINGS_MODULE"] = "rogatory_node.project.settings"


def enter(folder: Path) -> None:
    """Load Django with the node's settings."""
    name(folder)
    import django

    django.setup()


def instant(text: str) -> datetime:
    """Return the instant that a word names.

    Raises:
        ValuesError: VALUE-009 it names none.
    """
    return values.parse_instant(text)


def beginning(text: str, settings: Configuration) -> datetime:
    """Return the instant at which a simulation begins; asked before anything is written.

    Raises:
        NodeError: NODE-005 the node is not to be a simulation.
        ValuesError: VALUE-009 the word names no instant.
    """
    if settings.mode != "simulation":
        raise NodeError("NODE-005")
    return instant(text)


def role(text: str) -> tuple[str, Role]:
    """Return the authority and the role that a word such as ``vnm/a05:operator`` names.

    Raises:
        NodeError: NODE-306 it names none.
    """
    authority, _, named = text.partition(":")
    try:
        return authority, Role(named)
    except ValueError as error:
        raise NodeError("NODE-306", text=text) from error


def password() -> str:
    """Return the first line of standard input; it never stands in a command line, where others see it."""
    return sys.stdin.readline(MAX_PASSWORD).rstrip("\n")
