"""The requesting side's next act on one request."""

from __future__ import annotations

from django.utils.translation import gettext as _

from rogatory.threads import RequestFold
from rogatory_node.desk.showing import counting, places
from rogatory_node.desk.showing.moves import Desk, Move, open_items, running
from rogatory_node.desk.showing.moves_asked import next_look, undelivered
from rogatory_node.records.models import Due

__all__ = ["of_request"]


def of_request(desk: Desk, fold: RequestFold) -> Move:
    """Return what the requesting Party does next: read, answer, ask for the data, or wait."""
    for step in (_undelivered, _answer, _unheard, _follow_up, _unconfirmed):
        move = step(desk, fold)
        if move is not None:
            return move
    return Move("none", ours=False, bold="", text=next_look(desk, fold), about=fold.id)


def _wait(fold: RequestFold, text: str) -> Move:
    return Move("wait", ours=False, bold="", text=text, about=fold.id)


def _them(desk: Desk) -> str:
    return places.party(desk.view.thread.requested)


def _undelivered(desk: Desk, fold: RequestFold) -> Move | None:
    due = desk.view.waiting.get(fold.id)
    if due is None or fold.acknowledgement is not None:
        return None
    if due.state == Due.State.GIVEN_UP:
        # The board says so apart, with every other trouble: here it is what the matter waits for.
        return _wait(fold, _("Not delivered: the other side's node refused it."))
    return _wait(fold, _("On its way, not yet receipted."))


def _answer(desk: Desk, fold: RequestFold) -> Move | None:
    waiting = [each for each in fold.queries if each.answer is None]
    if not waiting:
        return None
    asked = counting.since(waiting[0].query.issued_at, desk.now)
    return Move(
        "answer",
        ours=True,
        bold=_("Answer their question."),
        text=_("It waits for {time}.").format(time=asked),
        label=_("Answer"),
        href=desk.link("answer", waiting[0].id),
        about=fold.id,
    )


def _unheard(desk: Desk, fold: RequestFold) -> Move | None:
    if fold.acknowledgement is None:
        waits = counting.since(fold.request.issued_at, desk.now)
        text = _("{party} has not acknowledged it, for {time}.").format(party=_them(desk), time=waits)
        return _wait(fold, text)
    open_ = open_items(fold)
    silent = [each for each in open_ if not _decided(fold, each) and fold.items[each].state is None]
    taken = [each for each in open_ if _decided(fold, each) == "accepted"]
    due = {
        _("{party} decides on {items}."): silent,
        _("{party} has accepted {items} and reports next."): [
            each for each in taken if fold.items[each].state is None and not fold.items[each].delivered_by
        ],
        _("{party} has accepted {items} and delivers next."): [
            each for each in undelivered(fold) if each in open_
        ],
    }
    for text, numbers in due.items():
        if numbers:
            said = text.format(party=_them(desk), items=counting.items_within(numbers))
            return _wait(fold, said)
    return None


def _decided(fold: RequestFold, number: int) -> str:
    decision = fold.items[number].decision
    return decision.outcome if decision else ""


def _follow_up(desk: Desk, fold: RequestFold) -> Move | None:
    clocks = running(desk, fold.id, "follow_up", "planned_follow_up")
    warned = [each for each in clocks if each.warned]
    if not warned:
        return None
    left = counting.until(warned[0].ends, desk.now)
    return Move(
        "follow_up",
        ours=True,
        bold=_("Ask for the stored data."),
        text=_("The preservation runs out in {time}.").format(time=left),
        label=_("Begin"),
        href=desk.link("follow-up", fold.id),
        about=fold.id,
    )


def _unconfirmed(desk: Desk, fold: RequestFold) -> Move | None:
    if not running(desk, fold.id, "follow_up_gap", "extension"):
        return None
    return _wait(fold, _("{party} has not said that it goes on keeping it.").format(party=_them(desk)))
