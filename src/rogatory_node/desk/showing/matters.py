"""Whose move it is: for each matter of a thread the single next act, and who is to do it.

It reads the fold and the clocks and decides nothing: an act that is offered can be left, and every other is
still reachable from the thread.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _

from rogatory.law import ClockState
from rogatory.statements import Recall
from rogatory.threads import RequestFold, Side, Standing
from rogatory_node.desk.showing import moves_asked, moves_asking
from rogatory_node.desk.showing.moves import Desk, Move, live, ratifications, read, unread, with_stake

__all__ = ["of_thread"]


def of_thread(desk: Desk) -> tuple[Move, ...]:
    """Return the moves of a thread: what goes before everything first, then ours, soonest loss first."""
    side = moves_asking.of_request if desk.view.side is Side.REQUESTING else moves_asked.of_request
    found = [*_recalls(desk), *ratifications(desk)]
    found += [with_stake(desk, each, _next(desk, each, side(desk, each))) for each in live(desk)]
    found += _destructions(desk)
    found += _rest(desk)
    return tuple(sorted((_mine(desk, each) for each in found), key=_urgency))


def _next(desk: Desk, fold: RequestFold, move: Move) -> Move:
    """Return the single next act on a request: what came is read first, but for a direct question."""
    if move.kind in ("acknowledge", "answer"):
        return move
    came = unread(desk, fold.id)
    return read(desk, came[-1], fold.id) if came else move


def _rest(desk: Desk) -> list[Move]:
    """Return the reading of what came about no request that is still open."""
    open_ = {each.id for each in live(desk)}
    if open_:
        told = {entry.id for each in open_ for entry in unread(desk, each)}
        came = [each for each in unread(desk) if each.id not in told]
    else:
        came = unread(desk)
    return [read(desk, came[-1], came[-1].id)] if came else []


def _destructions(desk: Desk) -> Iterator[Move]:
    """Yield a move for what was given to us, once the day by which it must be destroyed is near or past."""
    sides = {entry.id: entry.side for entry in desk.view.thread.entries}
    for each in desk.view.clocks:
        if each.kind != "destruction" or sides.get(each.request) is desk.view.side:
            continue
        if each.state is ClockState.LAPSED or (each.state is ClockState.RUNNING and each.warned):
            where = reverse("desk:say", args=[desk.view.thread.id, "returned_or_destroyed"])
            yield Move(
                "destroy",
                ours=True,
                bold=_("Destroy what was given, and say so."),
                text=_("Its conditions set a day. Only who gave it can agree to another."),
                label=_("Say so"),
                href=f"{where}?of={each.request}",
                about=each.request,
                loss=each.ends,
                day=True,
            )


def _urgency(move: Move) -> tuple[bool, bool, bool, float]:
    soon = move.loss.timestamp() if move.loss else float("inf")
    return (not move.first, not move.ours, move.kind == "none", soon)


def _mine(desk: Desk, move: Move) -> Move:
    """Return a move as this officer sees it: what they may not do waits for a colleague."""
    if not move.ours or desk.may_act or move.kind == "ratify":
        return move
    waits = _("On a colleague at the desk.")
    return replace(move, ours=False, text=f"{move.bold} {waits}", bold="", label="", href="")


def _recalls(desk: Desk) -> Iterator[Move]:
    for entry in desk.view.thread.entries:
        theirs = entry.side is not desk.view.side and entry.standing is Standing.FOLDED
        if theirs and isinstance(entry.statement, Recall) and entry.acknowledged_by is None:
            yield Move(
                "recall",
                ours=True,
                bold=_("Read the recall."),
                text=_("What it names must not be used."),
                label=_("Read"),
                href=desk.link("statement", entry.id),
                about=entry.id,
                first=True,
            )
