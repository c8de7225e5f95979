"""One statement in full: what it says, what proves it, and what may be done about it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rogatory.statements import Request
from rogatory.threads import Entry, Standing
from rogatory_node.base import NodeError, clock
from rogatory_node.casework import selectors
from rogatory_node.casework.selectors import ThreadView
from rogatory_node.desk.door import acting, page
from rogatory_node.desk.showing import frames, items, next_act, numbers, places, reading, times
from rogatory_node.desk.showing.moves import Desk, pending
from rogatory_node.look.pictures.frame import Link
from rogatory_node.look.pictures.thread import Fact, NextAct
from rogatory_node.look.pictures.words import code, joined, name

__all__ = ["entry_of", "statement"]


@page
@require_safe
def statement(request: HttpRequest, thread_id: str, statement_id: str) -> HttpResponse:
    """Show one statement of a thread that the officer may read."""
    desk = Desk(acting(request), selectors.thread(acting(request), thread_id), clock.now())
    view, entry = desk.view, entry_of(desk.view, statement_id)
    shown = {
        "frame": frames.around(
            request, "desk:threads", authority=view.authority, other=numbers.counterpart(view)
        ),
        "crumbs": (
            Link(_("Threads"), reverse("desk:threads")),
            Link(numbers.number(view), reverse("desk:thread", args=[thread_id])),
        ),
        "title": reading.heading(entry.statement),
        "lead": _lead(view, entry),
        "next": _next(desk, entry),
        "facts": reading.facts(entry.statement),
        "items": _items(view, entry),
        "proof": _proof(view, entry),
    }
    return render(request, "desk/statement.html", shown)


def entry_of(view: ThreadView, statement_id: str) -> Entry:
    """Return a statement of a thread.

    Raises:
        NodeError: NODE-515 the thread has none of that id.
    """
    for each in view.thread.entries:
        if each.id == statement_id:
            return each
    raise NodeError("NODE-515")


def _lead(view: ThreadView, entry: Entry) -> str:
    here, there = places.place(view.authority), places.place(numbers.counterpart(view))
    who = name(places.authority(entry.statement.sender))
    party = places.party(entry.statement.sending_party)
    said = joined(party, ", ", who, " · ", times.both(entry.statement.issued_at, here, there))
    if entry.recalled_by:
        return joined(said, " · ", _("recalled: do not use it"))
    return said


def _items(view: ThreadView, entry: Entry) -> object:
    if not isinstance(entry.statement, Request):
        return None
    fold = next((each for each in view.thread.requests if each.id == entry.id), None)
    return items.verbatim(fold) if fold else None


def _proof(view: ThreadView, entry: Entry) -> tuple[Fact, ...]:
    here = places.place(view.authority)
    row, receipt = view.stored.get(entry.id), view.receipts.get(entry.id)
    rows = [Fact(_("Digest"), code(entry.id))]
    approvers = ", ".join(each.role for each in entry.statement.approvals)
    if approvers:
        rows.append(Fact(_("Approved by"), name(approvers)))
    if row is not None:
        entry_words = _("entry {index} of our log").format(index=row.log_index)
        rows.append(Fact(_("Kept here"), joined(times.full(row.stored_at, here), ", ", entry_words)))
    if receipt is not None:
        outcome = _("admitted") if receipt.outcome == "admitted" else _("judged void")
        rows.append(Fact(_("Receipt"), joined(times.full(receipt.received, here), ", ", outcome)))
        if receipt.reason:
            rows.append(Fact(_("Reason"), code(receipt.reason)))
    else:
        rows.append(Fact(_("Receipt"), _("none is held yet")))
    return tuple(rows)


def _next(desk: Desk, entry: Entry) -> NextAct | None:
    ours = entry.side is desk.view.side
    if not desk.may_act or entry.standing is not Standing.FOLDED:
        return None
    if not ours and entry.acknowledged_by is None:
        return NextAct(
            _("Next act: yours"),
            _("Acknowledge it"),
            _("It says that a person has opened it, and nothing else."),
            Link(_("Acknowledge"), desk.link("acknowledge", entry.id)),
            next_act.needs("acknowledgement"),
            _others(desk, entry),
        )
    if ours and pending(desk, entry):
        return NextAct(
            _("One signature"),
            _("A second person ratifies it, or it is withdrawn"),
            act=Link(_("Ratify"), desk.link("ratify", entry.id)),
            others=_others(desk, entry),
        )
    others = _others(desk, entry)
    if not others:
        return None
    return NextAct(_("Nothing is due on it"), _("What may be done about it"), others=others, ours=False)


def _others(desk: Desk, entry: Entry) -> tuple[Link, ...]:
    return (*_own_pages(desk, entry), *next_act.further(desk, entry))


def _own_pages(desk: Desk, entry: Entry) -> tuple[Link, ...]:
    if entry.side is not desk.view.side:
        return (Link(_("Ask a question about it"), desk.link("ask", entry.id)),)
    found = [] if entry.recalled_by else [Link(_("Recall it"), desk.link("recall", entry.id))]
    if isinstance(entry.statement, Request):
        found.append(Link(_("Withdraw it"), desk.link("withdraw", entry.id)))
    return tuple(found)
