"""Names and clocks of Parties and authorities, from the register's mirror and the treaty's list."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo

from django.utils.translation import get_language

from rogatory import instruments
from rogatory.errors import RogatoryError
from rogatory.register import Channel
from rogatory.values import party_of
from rogatory_node.base import configuration, directory
from rogatory_node.desk.showing.wording import told
from rogatory_node.look.pictures.when import Place

__all__ = [
    "UTC_PLACE",
    "authority",
    "of_party",
    "own_place",
    "party",
    "place",
    "reachable",
    "register_is_stale",
]

UTC_PLACE = Place("UTC", UTC)


@cache
def _parties(language: str) -> dict[str, str]:
    return {each.code: each.name for each in instruments.parties(language=language)}


def party(code: str) -> str:
    """Return a Party's name; its code in capitals where no source at hand names it."""
    return told(_parties(get_language() or "en").get(code, code.upper()))


def authority(name: str) -> str:
    """Return what an authority is called: by its own officers if it is ours, else by the register."""
    for each in configuration.current().authorities:
        if each.id == name:
            return each.name
    try:
        names = directory.snapshot().identities[name].names
    except (RogatoryError, KeyError, AttributeError):
        return name
    return names.get(get_language() or "en") or names.get("en") or next(iter(names.values()))


def place(name: str) -> Place:
    """Return the clock by which an authority works, as the register states it; UTC where it does not."""
    try:
        zone = directory.entry(name).hours.zone
        return Place(zone.rpartition("/")[2].replace("_", " "), ZoneInfo(zone))
    except (RogatoryError, KeyError, ValueError):
        return UTC_PLACE


def own_place(authority_id: str = "") -> Place:
    """Return the clock of this desk: of the authority that is named, else of the node's first."""
    return place(authority_id or configuration.current().authority_ids[0])


def register_is_stale(now: datetime) -> bool:
    """Return whether the mirrored register should have been renewed by now (PROTOCOL section 4)."""
    try:
        return directory.snapshot().fresh_until <= now
    except (RogatoryError, AttributeError):
        return False


def of_party(code: str) -> tuple[str, ...]:
    """Return the authorities of a Party that statements can reach, as the register names them."""
    try:
        known = directory.snapshot().authorities
    except (RogatoryError, AttributeError):
        return ()
    return tuple(
        name
        for name, each in sorted(known.items())
        if party_of(name) == code and each.channel is Channel.NODE
    )


def reachable(own_party: str) -> tuple[str, ...]:
    """Return the authorities of other Parties that a statement can reach through their own node.

    The register names others too: a witness of logs, an authority that is written to by letter.
    """
    try:
        known = directory.snapshot().authorities
    except (RogatoryError, AttributeError):
        return ()
    return tuple(
        name
        for name, each in sorted(known.items())
        if party_of(name) != own_party and each.channel is Channel.NODE
    )
