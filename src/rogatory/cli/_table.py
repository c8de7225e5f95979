"""The groups of the command line, as data, so that ``rogatory --help`` imports none of them."""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = ["GROUPS", "PLUGINS", "Group"]

PLUGINS: Final = "rogatory.commands"
"""The entry-point group under which other packages of this house offer their commands."""


class Group(NamedTuple):
    """One word after ``rogatory``: its line of help, and what must be installed for it.

    Attributes:
        help: One line, as ``rogatory --help`` shows it.
        module: The module whose ``app`` answers, or None where an entry point names it.
        extra: The extra of the wheel that the group needs, or None.
        probe: A package of that extra; it is there exactly if the extra is installed.
    """

    help: str
    module: str | None = None
    extra: str | None = None
    probe: str | None = None


GROUPS: Final = {
    "demo": Group("Play a whole case between two nodes on this machine.", extra="node", probe="django"),
    "keys": Group("Make key files, and show their public halves.", "rogatory.cli.keys"),
    "register": Group("Keep and read the signed register of authorities.", "rogatory.cli.register"),
    "law": Group("Show the treaty as data, and check a request against it.", "rogatory.cli.law"),
    "evidence": Group("Seal, verify and open packages of evidence.", "rogatory.cli.evidence"),
    "custody": Group("Verify custody logs: heads, proofs, consistency.", "rogatory.cli.custody"),
    "node": Group("Set up and run the node of an authority.", extra="node", probe="django"),
}
