"""Lanes of the board: one a matter, grouped by whose move it is, soonest loss first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.urls import reverse
from django.utils.translation import gettext as _

from rogatory.threads import Side
from rogatory_node.casework.selectors import ThreadView
from rogatory_node.desk.showing import matters, numbers, places, spans, times
from rogatory_node.desk.showing.moves import Desk, Move
from rogatory_node.look.pictures.board import Lane, LaneGroup, Way
from rogatory_node.look.pictures.frame import Link
from rogatory_node.look.pictures.when import Place
from rogatory_node.look.pictures.words import joined, number, strong

__all__ = ["Placed", "groups", "of_thread", "way_of"]


@dataclass(frozen=True, slots=True)
class Placed:
    """A lane with what decides where it stands."""

    lane: Lane
    move: Move
    way: Literal["in", "out"]

    @property
    def order(self) -> tuple[bool, float]:
        """Return what lanes of a group are sorted by: what goes first, then the soonest loss."""
        return (not self.move.first, self.move.loss.timestamp() if self.move.loss else float("inf"))


def of_thread(desk: Desk) -> list[Placed]:
    """Return the lanes of a thread: one for each matter in which anything is due or kept."""
    return [_lane(desk, move) for move in matters.of_thread(desk)]


def way_of(view: ThreadView) -> Way:
    """Return which way a thread goes, with the other Party's name."""
    other = places.party(numbers.other_party(view))
    if view.side is Side.REQUESTING:
        return Way("out", _("Out to {party}").format(party=other))
    return Way("in", _("In from {party}").format(party=other))


def _lane(desk: Desk, move: Move) -> Placed:
    view, here = desk.view, places.place(desk.view.authority)
    lane = Lane(
        way=way_of(view),
        title=_title(view, move),
        href=reverse("desk:thread", args=[view.thread.id]),
        detail=joined(number(numbers.number(view)), " · ", _since(desk, move, here)),
        clock=spans.clock_of(desk, move),
        next=joined(strong(move.bold), " ", move.text) if move.bold else move.text,
        act=Link(move.label, move.href) if move.label else None,
    )
    return Placed(lane, move, "out" if view.side is Side.REQUESTING else "in")


def _title(view: ThreadView, move: Move) -> str:
    if move.kind == "ratify":
        return _("Ratification of what one person sent")
    if move.kind == "recall":
        return _("Recall: stop using what it names")
    if move.kind == "destroy":
        return _("Evidence that is to be destroyed by its day")
    if move.kind == "read" and all(each.id != move.about for each in view.thread.requests):
        return numbers.title(view)
    fold = next((each for each in view.thread.requests if each.id == move.about), None)
    return numbers.request_title(fold) if fold else numbers.title(view)


def _since(desk: Desk, move: Move, here: Place) -> str:
    at = next(
        (each.statement.issued_at for each in desk.view.thread.entries if each.id == move.about), desk.now
    )
    stored = desk.view.stored.get(move.about)
    if stored is not None and stored.way == "received":
        return _("came {time}").format(time=times.near(stored.stored_at, desk.now, here))
    return _("sent {time}").format(time=times.near(at, desk.now, here))


def groups(found: Iterable[Placed], now: datetime, here: Place) -> tuple[LaneGroup, ...]:
    """Return the three groups of the board; the first bears the axis and says so when it is empty."""
    lanes = sorted(found, key=lambda each: each.order)
    ours = tuple(each.lane for each in lanes if each.move.ours)
    theirs = tuple(each.lane for each in lanes if not each.move.ours and each.move.kind != "none")
    quiet = tuple(each.lane for each in lanes if not each.move.ours and each.move.kind == "none")
    return (
        LaneGroup(_("Needs you now"), ours, now, here, axis=True, empty=_("Nothing needs you.")),
        LaneGroup(_("Waits for others"), theirs, now, here, axis=not ours),
        LaneGroup(_("Kept, nothing due"), quiet, now, here, axis=not ours and not theirs),
    )
