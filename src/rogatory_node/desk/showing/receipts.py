"""Did it arrive? Five rungs for each request, from submitted to executed."""

from __future__ import annotations

from django.utils.translation import gettext as _

from rogatory.threads import RequestFold
from rogatory_node.casework.selectors import ThreadView
from rogatory_node.desk.showing import counting, places, reading, times
from rogatory_node.desk.showing.moves import open_items
from rogatory_node.look.pictures.thread import Rung, Rungs
from rogatory_node.look.pictures.when import Place

__all__ = ["receipts"]


def receipts(view: ThreadView) -> tuple[Rungs, ...]:
    """Return the rungs of every request of a thread."""
    place = places.place(view.authority)
    numbered = {entry.id: number for number, entry in enumerate(view.thread.entries, 1)}
    return tuple(_rungs(view, each, numbered[each.id], place) for each in view.thread.requests)


def _rungs(view: ThreadView, fold: RequestFold, number: int, here: Place) -> Rungs:
    title = f"{reading.heading(fold.request)}, {number}"
    submitted = Rung(_("Submitted"), times.own(fold.request.issued_at, here), "done")
    return Rungs(
        title, (submitted, _delivered(view, fold, here), _opened(fold, here), _decided(fold), _executed(fold))
    )


def _delivered(view: ThreadView, fold: RequestFold, here: Place) -> Rung:
    receipt, due = view.receipts.get(fold.id), view.waiting.get(fold.id)
    if receipt is not None:
        when = times.own(receipt.received, here)
        if receipt.outcome == "void":
            return Rung(_("Delivered"), _("{time}, judged void").format(time=when), "pending")
        return Rung(_("Delivered"), _("{time}, signed receipt").format(time=when), "done")
    if due is not None:
        return Rung(_("Delivered"), _("on its way, no receipt yet"), "pending")
    return Rung(_("Delivered"), _("no receipt is held"), "open")


def _opened(fold: RequestFold, here: Place) -> Rung:
    if fold.acknowledgement is None:
        return Rung(_("Opened"), _("not stated"), "open")
    when = times.own(fold.acknowledgement.issued_at, here)
    return Rung(_("Opened"), _("{time}, by a person").format(time=when), "done")


def _decided(fold: RequestFold) -> Rung:
    open_ = open_items(fold)
    done = [each for each in open_ if fold.items[each].decision or fold.items[each].state]
    waiting = [each for each in fold.queries if each.answer is None]
    if open_ and len(done) == len(open_):
        return Rung(_("Decided"), _("per item"), "done")
    if done:
        return Rung(_("Decided"), counting.items(done), "pending")
    if waiting:
        return Rung(_("Decided"), _("a question is open"), "pending")
    return Rung(_("Decided"), _("not stated"), "open")


def _executed(fold: RequestFold) -> Rung:
    taken = ("measures_taken", "preserved", "preserved_in_part", "disclosed")
    open_ = open_items(fold)
    done = [
        each
        for each in open_
        if fold.items[each].delivered_by
        or ((state := fold.items[each].state) is not None and state.state in taken)
    ]
    if not done:
        return Rung(_("Executed"), _("not stated"), "open")
    return Rung(_("Executed"), counting.items(done), "done" if len(done) == len(open_) else "pending")
