"""The thread page: what it is and what is next; items, time to scale, receipts, findings, custody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rogatory import law
from rogatory.threads import Side
from rogatory_node.base import clock
from rogatory_node.casework import basis, selectors
from rogatory_node.casework.selectors import ThreadView
from rogatory_node.desk.door import acting, page
from rogatory_node.desk.showing import (
    advice,
    custody,
    evidence_page,
    frames,
    items,
    leads,
    next_act,
    numbers,
    orders,
    receipts,
    thread_facts,
    timeline,
)
from rogatory_node.desk.showing.moves import Desk
from rogatory_node.look.pictures.findings import Findings
from rogatory_node.look.pictures.frame import Link
from rogatory_node.look.pictures.thread import ItemTable, ThreadPage

__all__ = ["thread"]


@page
@require_safe
def thread(request: HttpRequest, thread_id: str) -> HttpResponse:
    """Show one thread to an officer who serves an authority that takes part in it."""
    desk = Desk(acting(request), selectors.thread(acting(request), thread_id), clock.now())
    view = desk.view
    frame = frames.around(request, "desk:threads", authority=view.authority, other=numbers.counterpart(view))
    shown = {
        "frame": frame,
        "page": _page(desk),
        "orders": orders.boxes(view),
        "evidence": evidence_page.links(desk),
        "further": next_act.further(desk),
    }
    return render(request, "desk/thread.html", shown)


def _page(desk: Desk) -> ThreadPage:
    view = desk.view
    return ThreadPage(
        crumbs=(Link(_("Threads"), reverse("desk:threads")),),
        number=numbers.number(view),
        title=numbers.title(view),
        lead=leads.of_thread(view),
        next=next_act.of_thread(desk),
        facts=thread_facts.facts(view),
        items=items.of_thread(view.thread) if view.thread.requests else ItemTable(_("Items"), ()),
        timeline=timeline.timeline(view, desk.now),
        log=timeline.log(view),
        receipts=receipts.receipts(view),
        findings=_findings(view),
        custody=custody.line(view),
    )


def _findings(view: ThreadView) -> Findings | None:
    """Return what our rules say of the newest request; internal advice, computed when looked at."""
    if not view.thread.requests:
        return None
    newest = view.thread.requests[-1].request
    between = basis.between(view.thread.requesting, view.thread.requested, newest.issued_at.date())
    theirs = view.side is Side.REQUESTED
    return advice.box(law.findings(newest, between), _("Findings"), theirs=theirs)
