"""What extensions, paths and releases change: the life of a measure that lasts, after it was asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from rogatory.statements import (
    Extension,
    ItemState,
    KindName,
    NoLongerNeeded,
    PathDisclosure,
    Released,
    State,
    Statement,
)
from rogatory.threads.facts import Facts
from rogatory.threads.model import ItemFold
from rogatory.values import DataCategory

__all__ = ["KEEPING", "extension_changes"]

KEPT: Final = frozenset(
    (
        State.PRESERVED,
        State.PRESERVED_IN_PART,
        State.MEASURES_TAKEN,
        State.EXECUTED,
        State.EXECUTED_IN_PART,
    )
)
"""States in which something goes on: data are kept or collected, money or a thing is held."""

LASTING: Final[frozenset[KindName]] = frozenset(
    ("preservation", "realtime_traffic", "content_interception", "property", "hold_notice")
)
"""Kinds whose measure lasts to a day, and can be asked to go on beyond it."""


def extension_changes(facts: Facts, name: str, item: ItemFold, stated: ItemState) -> dict[str, Any]:
    """Return what a report changes about the extension that was asked for an item, if one was.

    It grants the extension if it comes after it and states a later day than stood before. A report that had
    not seen it answers nothing; the day that it states is the one that an answer has to exceed.

    Source:
        spec/threads.md 3.6; PRACTICE section 2.
    """
    asked = item.extension_asked_by
    if asked is None or stated.until is None or stated.state not in KEPT:
        return {}
    if asked not in facts.after[name]:
        return {"extension_from": stated.until}
    later = item.extension_from is None or stated.until > item.extension_from
    return {"extension_granted_by": name} if later and item.extension_granted_by is None else {}


def _extension(facts: Facts, name: str, statement: Extension) -> None:
    if facts.requests[statement.body.of].request.body.kind not in LASTING:
        return

    def ask(item: ItemFold) -> ItemFold:
        stated = item.state.until if item.state and item.state.state in KEPT else None
        return replace(item, extension_asked_by=name, extension_from=stated, extension_granted_by=None)

    facts.change_items(statement.body.of, statement.body.items, ask)
    facts.after[name] |= {name}


def _path_disclosure(facts: Facts, name: str, statement: PathDisclosure) -> None:
    if facts.requests[statement.body.of].request.body.kind != "preservation":
        return

    def lead(item: ItemFold) -> ItemFold:
        # Art. 43 speaks of traffic data alone; of any other item a path changes nothing.
        if item.item.category is not DataCategory.TRAFFIC_DATA:
            return item
        unseen = facts.unseen_correction(name, item)
        return replace(item, paths=(*item.paths, name), paths_before_correction=unseen)

    facts.change_items(statement.body.of, (statement.body.item,), lead)


def _released(facts: Facts, name: str, statement: Released) -> None:
    def release(item: ItemFold) -> ItemFold:
        state = ItemState(number=item.item.number, state=State.RELEASED)
        unseen = facts.unseen_correction(name, item)
        return replace(item, state=state, stated_by=name, stated_before_correction=unseen)

    facts.change_items(statement.body.of, statement.body.items, release)


def _no_longer_needed(facts: Facts, name: str, statement: NoLongerNeeded) -> None:
    def let_go(item: ItemFold) -> ItemFold:
        return item if item.not_needed_by else replace(item, not_needed_by=name)

    facts.change_items(statement.body.of, statement.body.items, let_go)


KEEPING: Final[dict[type[Statement], Callable[[Facts, str, Any], None]]] = {
    Extension: _extension,
    NoLongerNeeded: _no_longer_needed,
    PathDisclosure: _path_disclosure,
    Released: _released,
}
