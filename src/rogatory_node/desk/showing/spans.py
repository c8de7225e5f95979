"""Clocks of the law room as shapes on the board's axis."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rogatory import instruments, law
from rogatory.law import ClockState
from rogatory_node.desk.showing import places
from rogatory_node.desk.showing.moves import Desk, Move
from rogatory_node.look.pictures.clock import Clock, ClockBar, Mark
from rogatory_node.look.pictures.when import Place, clock_time, day, short_day

__all__ = [
    "Kept",
    "clock_of",
    "day_words",
    "floor",
    "kept",
    "last_day",
    "long",
    "loss_words",
    "short",
    "warnings",
]

# What ends on the axis of the board beside what is kept and what is lost.
ENDS: Final = {
    "hold": gettext_lazy("hold ends"),
    "measure": gettext_lazy("measure ends"),
    "emergency_review": gettext_lazy("review due"),
    "documents_after_arrest": gettext_lazy("documents due"),
    "return_of_a_witness": gettext_lazy("return due"),
    "destruction": gettext_lazy("to be destroyed"),
}
FLOOR = "hanoi_2024/tl.art42.min"


@dataclass(frozen=True, slots=True)
class Kept:
    """Items of one request that are preserved over the same span."""

    items: tuple[int, ...]
    start: datetime
    end: datetime
    stated: bool
    lapsed: bool


def kept(clocks: tuple[law.Clock, ...], request: str) -> list[Kept]:
    """Return what is preserved for a request, items with one span together, the first to end first."""
    spans: dict[tuple[datetime, datetime, bool, bool], list[int]] = {}
    for each in clocks:
        if each.request != request or each.kind != "preservation" or each.item is None:
            continue
        if each.state in (ClockState.RUNNING, ClockState.LAPSED):
            stated = "LAW-202" not in {note.code for note in each.notes}
            key = (each.started, each.ends, stated, each.state is ClockState.LAPSED)
            spans.setdefault(key, []).append(each.item)
    found = [Kept(tuple(items), *key) for key, items in spans.items()]
    return sorted(found, key=lambda each: (each.end, each.items))


def floor(start: datetime) -> datetime:
    """Return the shortest time that the Convention allows a preservation, counted from its first day."""
    values = instruments.entry(FLOOR).values
    return start + timedelta(**{str(values["unit"]): int(str(values["value"]))})


def warnings(kind: str, start: datetime, end: datetime) -> tuple[datetime, ...]:
    """Return the instants at which a clock of a kind warns."""
    fractions = next(each.warns for each in law.clock_kinds() if each.id == kind)
    found = []
    for each in fractions:
        above, below = each.split("/")
        found.append(start + (end - start) * int(above) / int(below))
    return tuple(found)


def short(instant: datetime, here: Place) -> str:
    """Return an instant for an axis: ``15 Mar 18:00``."""
    return f"{short_day(instant, here)} {clock_time(instant, here)}"


def long(instant: datetime, here: Place) -> str:
    """Return an instant in words: ``15 March 18:00``."""
    return f"{day(instant, here)} {clock_time(instant, here)}"


def last_day(end: datetime, here: Place, *, brief: bool = False) -> str:
    """Return the end of a span as a day: a stated day is over at midnight UTC, so it is the one before.

    An end that is no midnight was counted, not stated, and is said with its time.
    """
    form = short_day if brief else day
    if end.hour == end.minute == end.second == 0:
        return form(end - timedelta(seconds=1), places.UTC_PLACE)
    return f"{form(end, here)} {clock_time(end, here)}"


def day_words(instant: datetime, desk: Desk) -> str:
    """Return the day of an instant on this desk's clock."""
    return day(instant, places.place(desk.view.authority))


def clock_of(desk: Desk, move: Move) -> Clock:
    """Return the clock of a lane: what is kept, what is lost when, whose move it is."""
    here = places.place(desk.view.authority)
    if move.kind == "ratify":
        return _ratification(desk, move, here)
    bars: list[ClockBar] = []
    marks: list[Mark] = []
    words: list[str] = []
    for each in kept(desk.view.clocks, move.about):
        gaps = warnings("preservation", each.start, each.end)
        lapses = _("lapsed {day}") if each.lapsed else _("to {day}")
        label = lapses.format(day=last_day(each.end, here, brief=True))
        bars.append(ClockBar("kept", each.start, each.end, gaps, label, urgent=each.lapsed))
        words.append(
            _("Kept from {start} to {end}.").format(
                start=long(each.start, here), end=last_day(each.end, here)
            )
        )
        least = floor(each.start)
        if desk.now < least < each.end:
            label = _("floor {day}").format(day=short_day(least, here))
            marks.append(Mark("floor", least, label if len(marks) == 0 else ""))
    for lost in _lost(desk, move):
        label = _("data lost {day}").format(day=short(lost, here))
        marks.append(Mark("lost", lost, label))
        words.append(_("Data are lost {day}.").format(day=long(lost, here)))
    for kind, end in _ends(desk, move):
        marks.append(Mark("lost", end, f"{kind} {short(end, here)}"))
        words.append(_("{clock}: to {day}.").format(clock=kind, day=last_day(end, here)))
    if move.kind == "wait" and not bars:
        bars.append(ClockBar("waited", _since(desk, move.about)))
        words.append(_("Waiting since {start}.").format(start=long(_since(desk, move.about), here)))
    if move.ours or move.kind == "wait":
        marks.append(Mark("ours" if move.ours else "theirs"))
    return Clock(" ".join(words) or _("No clock runs."), tuple(bars), tuple(marks))


def _lost(desk: Desk, move: Move) -> list[datetime]:
    ends = {
        each.ends
        for each in desk.view.clocks
        if each.kind == "data_vanish" and each.request == move.about and each.state is ClockState.RUNNING
    }
    return sorted(ends)[:2]


def _ends(desk: Desk, move: Move) -> list[tuple[str, datetime]]:
    """Return what ends besides what is kept and lost: a hold, a measure, a review, in words."""
    found = {
        (str(ENDS[each.kind]), each.ends)
        for each in desk.view.clocks
        if each.kind in ENDS and each.request == move.about and each.state is ClockState.RUNNING
    }
    return sorted(found, key=lambda each: each[1])[:2]


def _since(desk: Desk, request: str) -> datetime:
    found = [each.statement.issued_at for each in desk.view.thread.entries if each.id == request]
    return found[0] if found else desk.now


def _ratification(desk: Desk, move: Move, here: Place) -> Clock:
    start, end = _since(desk, move.about), move.loss or desk.now
    label = _("by {time}").format(time=clock_time(end, here))
    bar = ClockBar("pending", start, end, (), label, urgent=end <= desk.now)
    title = _("Pending since {start}; a second person ratifies by {end}.")
    words = title.format(start=long(start, here), end=long(end, here))
    return Clock(words, (bar,), (Mark("ours" if move.ours else "theirs"),))


def loss_words(move: Move, here: Place) -> str:
    """Return when something of a move is lost or ends: a loss with its time, a stated end as a day."""
    assert move.loss is not None
    return last_day(move.loss, here) if move.day else long(move.loss, here)
