"""Looking a node over: each check says in a line what it found, and whether that is as it must be."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.core import checks as django_checks
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from rogatory import custody
from rogatory.errors import RogatoryError
from rogatory_node.base import NodeError, clock, configuration, home, keystore
from rogatory_node.people.models import Appointment
from rogatory_node.records import heads, log
from rogatory_node.records.models import Due, Leaf

__all__ = ["Line", "look_over", "require_same_mode"]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was looked at."""

    name: str
    good: bool
    words: str


def look_over() -> tuple[Line, ...]:
    """Return what every check found; none of them changes anything."""
    return tuple(_run(name, check) for name, check in CHECKS.items())


def require_same_mode() -> None:
    """Return only if the node is in the mode in which it was made.

    Raises:
        NodeError: NODE-304 it was made in the other mode.
    """
    leaf = Leaf.objects.filter(pk=0).first()
    if leaf is None or leaf.event is None:
        return
    made = json.loads(bytes(leaf.event))["fields"].get("mode")
    if made != configuration.current().mode:
        raise NodeError("NODE-304", made=made)


def _run(name: str, check: Callable[[], str]) -> Line:
    try:
        return Line(name, good=True, words=check())
    except RogatoryError as error:
        return Line(name, good=False, words=str(error))


def _settings() -> str:
    found = [each for each in django_checks.run_checks() if each.is_serious()]
    if found:
        raise NodeError("NODE-305", what=f"settings: {found[0].id}")
    return f"{configuration.current().mode}, {configuration.current().web.origin}"


def _database() -> str:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        raise NodeError("NODE-305", what=f"database: {len(waiting)} migrations are not applied")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            said = cursor.execute("PRAGMA quick_check").fetchone()[0]
        if said != "ok":
            raise NodeError("NODE-305", what="database: the file is damaged")
    return f"{connection.vendor}, in the shape of this version"


def _folders() -> str:
    place = home.current()
    private = (place.folder, place.keys, place.secret)
    open_ones = [each.name for each in private if each.stat().st_mode & 0o077]
    if open_ones:
        raise NodeError("NODE-305", what=f"folder: others can read {', '.join(open_ones)}")
    return "readable by its owner only"


def _keys() -> str:
    place, served = home.current(), configuration.current().authority_ids
    held = {
        (each.public.authority, each.public.purpose) for one in served for each in keystore.every(place, one)
    }
    for authority, purpose in keystore.needed(served):
        if (authority, purpose) not in held:
            raise NodeError("NODE-012", authority=authority, purpose=purpose)
    return f"{len(held)} keys of {len(served)} authorities"


def _mode() -> str:
    require_same_mode()
    if not clock.simulated() and home.current().clock.exists():
        raise NodeError("NODE-305", what="clock: a simulated time lies in a node in production")
    return "as it was made"


def _log() -> str:
    note = heads.latest()
    size = log.size()
    if note is None:
        return f"{size} leaves, no head yet"
    head = custody.read_checkpoint(note.text)
    state = custody.frontier(heads.Tiles(), head.size)
    if custody.root(state) != head.root or head.size > size:
        raise NodeError("NODE-305", what="custody log: the tiles are not those of the signed head")
    return f"{size} leaves, head at {head.size}"


def _due() -> str:
    given_up = Due.objects.filter(state=Due.State.GIVEN_UP).count()
    late = Due.objects.filter(state=Due.State.DUE, attempts__gt=3).count()
    waiting = Due.objects.filter(state=Due.State.DUE).count()
    if given_up:
        raise NodeError("NODE-305", what=f"due: {given_up} rows were given up and wait for a person")
    return f"{waiting} rows, {late} of them tried more than three times"


def _people() -> str:
    served = Appointment.objects.filter(until=None).values_list("authority", flat=True)
    missing = [each for each in configuration.current().authority_ids if each not in set(served)]
    if missing:
        raise NodeError("NODE-305", what=f"people: nobody serves {', '.join(missing)}")
    return f"{Appointment.objects.filter(until=None).count()} roles are held"


CHECKS: Final[dict[str, Callable[[], str]]] = {
    "settings": _settings,
    "folder": _folders,
    "mode": _mode,
    "keys": _keys,
    "database": _database,
    "custody log": _log,
    "due": _due,
    "people": _people,
}
