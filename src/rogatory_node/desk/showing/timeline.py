"""A thread to scale, its log, and its receipts."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from django.urls import reverse
from django.utils.translation import gettext as _

from rogatory.law import ClockState
from rogatory.statements import Recall
from rogatory.threads import Entry, Side, Standing
from rogatory_node.casework.selectors import ThreadView
from rogatory_node.desk.showing import counting, numbers, places, reading, spans, times
from rogatory_node.look.pictures.axis import roomy
from rogatory_node.look.pictures.thread import StatementLog, StatementRow
from rogatory_node.look.pictures.timeline import Timeline, TimelineEvent, TimelineSpan
from rogatory_node.look.pictures.when import day
from rogatory_node.look.pictures.words import joined, name

__all__ = ["log", "timeline"]

Kind = Literal["said", "recall", "recalled"]


def timeline(view: ThreadView, now: datetime) -> Timeline:
    """Return the thread to scale: statements of both sides, what is kept, what is lost."""
    here = places.place(view.authority)
    events = tuple(_event(number, entry) for number, entry in enumerate(view.thread.entries, 1))
    found = _spans(view, now)
    ends = [now, *(each.at for each in events), *(each.end for each in found)]
    first, last = min(each.at for each in events), max(ends)
    start, end = roomy(first, last, max((last - first) / 24, timedelta(hours=2)))
    above, below = (places.party(view.thread.party(side)) for side in Side)
    return Timeline(
        start=start,
        end=end,
        now=now,
        here=here,
        above=above,
        below=below,
        summary=_summary(view, found, first, last),
        events=events,
        spans=found,
    )


def _event(number: int, entry: Entry) -> TimelineEvent:
    words = reading.summary(entry.statement)[0]
    side: Literal["above", "below"] = "above" if entry.side is Side.REQUESTING else "below"
    return TimelineEvent(number, entry.statement.issued_at, side, _kind(entry), words)


def _kind(entry: Entry) -> Kind:
    if isinstance(entry.statement, Recall):
        return "recall"
    return "recalled" if entry.recalled_by or entry.standing is not Standing.FOLDED else "said"


def _spans(view: ThreadView, now: datetime) -> tuple[TimelineSpan, ...]:
    here = places.place(view.authority)
    found = []
    for request in view.thread.requests:
        for each in spans.kept(view.clocks, request.id):
            label = (
                _("{items} to {day}, as {party} states") if each.stated else _("{items} to {day}, the floor")
            )
            words = label.format(
                items=counting.items(each.items),
                day=spans.last_day(each.end, here),
                party=places.party(view.thread.requested),
            )
            gaps, least = spans.warnings("preservation", each.start, each.end), spans.floor(each.start)
            floor = least if least < each.end else None
            found.append(TimelineSpan("kept", each.start, each.end, words, gaps, floor))
    return (*found, *_losses(view, now), *_gaps(view))


def _losses(view: ThreadView, now: datetime) -> list[TimelineSpan]:
    here = places.place(view.authority)
    rows: dict[tuple[datetime, datetime], list[int]] = {}
    for each in view.clocks:
        if each.kind == "data_vanish" and each.item and each.state in (ClockState.RUNNING, ClockState.LAPSED):
            rows.setdefault((each.started, each.ends), []).append(each.item)
    found = []
    for (start, end), numbers_ in rows.items():
        words = _("{items}: first loss {day}") if end > now else _("{items}: loss was due {day}")
        label = words.format(items=counting.items(numbers_), day=spans.long(end, here))
        found.append(TimelineSpan("waiting", start, end, label))
    return found


def _gaps(view: ThreadView) -> list[TimelineSpan]:
    rows = [each for each in view.clocks if each.kind == "follow_up_gap" and each.state is ClockState.RUNNING]
    if not rows:
        return []
    words = _("kept until {party} decides: not confirmed").format(party=places.party(view.thread.requested))
    return [TimelineSpan("pending", rows[0].started, max(each.ends for each in rows), words, ends=False)]


def _summary(view: ThreadView, found: tuple[TimelineSpan, ...], first: datetime, last: datetime) -> str:
    here = places.place(view.authority)
    said = _("Thread from {start} to {end}, with {count} statements.").format(
        start=day(first, here, year=True), end=day(last, here, year=True), count=len(view.thread.entries)
    )
    return " ".join([said, *(f"{each.label}." for each in found)])


def log(view: ThreadView) -> StatementLog:
    """Return every statement, newest first, on both clocks."""
    rows = [_row(view, number, entry) for number, entry in enumerate(view.thread.entries, 1)]
    return StatementLog(tuple(reversed(rows)))


def _row(view: ThreadView, number: int, entry: Entry) -> StatementRow:
    here, there = places.place(view.authority), places.place(numbers.counterpart(view))
    ours, theirs = reading.summary(entry.statement)
    words = joined(ours, ": ", name(theirs)) if theirs else ours
    return StatementRow(
        number=number,
        who=places.party(entry.statement.sending_party),
        when=times.own(entry.statement.issued_at, here),
        there=times.elsewhere(entry.statement.issued_at, here, there),
        words=joined(words, _standing(entry)),
        side="above" if entry.side is Side.REQUESTING else "below",
        kind=_kind(entry),
        href=reverse("desk:statement", args=[view.thread.id, entry.id]),
    )


def _standing(entry: Entry) -> str:
    """Return what a reader must know of a statement that does not count as it stands."""
    found = {
        Standing.VOID: _("void: it changes nothing"),
        Standing.WAITING: _("waits for an earlier statement"),
        Standing.EQUIVOCATION: _("one of two stories at one place: do not use"),
        Standing.MISPLACED: _("not its side's to state: it changes nothing"),
    }.get(entry.standing, "")
    if not found and entry.recalled_by:
        found = _("recalled: do not use")
    if not found and entry.statement.ratify_by and not entry.ratified_by:
        found = _("one signature; ratification pending")
    return f" ({found})" if found else ""
