"""The requested side's next act on one request."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

from rogatory.statements import State
from rogatory.threads import ItemFold, RequestFold
from rogatory_node.casework import executing
from rogatory_node.desk.showing import counting
from rogatory_node.desk.showing.kind_words import delivers
from rogatory_node.desk.showing.moves import Desk, Move, open_items, running
from rogatory_node.desk.showing.spans import day_words

__all__ = ["accepted", "next_look", "of_request", "ordered", "undecided", "undelivered", "unreported"]

# The clocks whose next warning is when somebody looks again.
LOOKED_AT: Final = (
    "preservation",
    "domestic_order",
    "follow_up",
    "planned_follow_up",
    "hold",
    "measure",
    "answer",
    "emergency_review",
    "return_of_a_witness",
    "documents_after_arrest",
)
TOLD: Final = frozenset(
    (State.EXECUTED, State.VANISHED, State.CANNOT_IDENTIFY, State.ELSEWHERE, State.REFUSED, State.RELEASED)
)


def of_request(desk: Desk, fold: RequestFold) -> Move:
    """Return what the requested Party does next: acknowledge, decide, report, deliver, or nothing yet."""
    if fold.acknowledgement is None:
        return _acknowledge(desk, fold)
    if open_ := undecided(fold):
        return _decide(desk, fold, open_)
    if due := unreported(fold):
        return _report(desk, fold, due)
    waiting = [each for each in fold.queries if each.answer is None]
    if waiting:
        asked = counting.since(waiting[0].query.issued_at, desk.now)
        text = _("They have your question since {time}.").format(time=asked)
        return Move("wait", ours=False, bold="", text=text, about=fold.id)
    if left := undelivered(fold):
        return _deliver(desk, fold, left)
    return _nothing(desk, fold)


def _acknowledge(desk: Desk, fold: RequestFold) -> Move:
    waits = counting.since(fold.request.issued_at, desk.now)
    return Move(
        "acknowledge",
        ours=True,
        bold=_("Acknowledge it."),
        text=_("Nobody has, for {time}.").format(time=waits),
        label=_("Acknowledge"),
        href=desk.link("acknowledge", fold.id),
        about=fold.id,
    )


def undecided(fold: RequestFold) -> list[int]:
    """Return the items on which nothing was decided or stated and no question of ours is open."""
    asked = {
        question.item
        for each in fold.queries
        if each.answer is None
        for question in each.query.body.questions
    }
    if None in asked:
        return []
    return [
        number
        for number in open_items(fold)
        if number not in asked and fold.items[number].decision is None and fold.items[number].state is None
    ]


def accepted(fold: RequestFold) -> list[int]:
    """Return the items that were accepted and are still asked for."""
    return [
        number
        for number in open_items(fold)
        if (decision := fold.items[number].decision) is not None and decision.outcome == "accepted"
    ]


def unreported(fold: RequestFold) -> list[int]:
    """Return the items that were accepted, and of which nobody has said how they stand."""
    return [number for number in accepted(fold) if fold.items[number].state is None]


def undelivered(fold: RequestFold) -> list[int]:
    """Return the items whose data were accepted to be handed over, and have not been delivered.

    What was told in words, or is gone, is not delivered.
    """
    kind = fold.request.body.kind
    return [
        number
        for number in accepted(fold)
        if delivers(kind, fold.items[number].item.category)
        and not fold.items[number].delivered_by
        and not _told(fold.items[number])
    ]


def _told(fold: ItemFold) -> bool:
    return fold.state is not None and fold.state.state in TOLD


def ordered(desk: Desk, fold: RequestFold) -> set[int]:
    """Return the items for which an act at home is recorded."""
    acts = [each for each in desk.view.domestic_acts if each.request == fold.id]
    return {number for act in acts for number in act.items}


def _decide(desk: Desk, fold: RequestFold, numbers: list[int]) -> Move:
    return Move(
        "decide",
        ours=True,
        bold=_("Decide, item by item."),
        text=_("{items}: nothing stated yet.").format(items=counting.items(numbers)),
        label=_("Decide"),
        href=desk.link("decide", fold.id),
        about=fold.id,
    )


def _report(desk: Desk, fold: RequestFold, numbers: list[int]) -> Move:
    text = _("{items}: accepted, not yet reported.").format(items=counting.items(numbers))
    if _unordered(desk, fold, numbers):
        return Move(
            "order",
            ours=True,
            bold=_("Record the order at home."),
            text=text,
            label=_("Record"),
            href=desk.link("order", fold.id),
            about=fold.id,
        )
    return Move(
        "report",
        ours=True,
        bold=_("Report what was done."),
        text=text,
        label=_("Report"),
        href=desk.link("report", fold.id),
        about=fold.id,
    )


def _unordered(desk: Desk, fold: RequestFold, numbers: list[int]) -> list[int]:
    """Return the items whose act at home is still to be recorded; a question to the network needs none."""
    needs = {each for each in numbers if fold.items[each].item.category not in executing.NO_ACT_NEEDED}
    return sorted(needs - ordered(desk, fold))


def _deliver(desk: Desk, fold: RequestFold, numbers: list[int]) -> Move:
    return Move(
        "deliver",
        ours=True,
        bold=_("Seal and deliver the data."),
        text=_("{items}: accepted, not yet delivered.").format(items=counting.items(numbers)),
        label=_("Open"),
        href=desk.link("evidence", fold.id),
        about=fold.id,
    )


def _nothing(desk: Desk, fold: RequestFold) -> Move:
    pending = running(desk, fold.id, "follow_up_gap", "extension")
    if pending:
        return Move(
            "report",
            ours=True,
            bold=_("Say whether it is kept on."),
            text=_("They asked; no answer counts as not granted."),
            label=_("Report"),
            href=desk.link("report", fold.id),
            about=fold.id,
        )
    return Move("none", ours=False, bold="", text=next_look(desk, fold), about=fold.id)


def next_look(desk: Desk, fold: RequestFold) -> str:
    """Return when a clock of the request warns next; a plain sentence where none runs."""
    clocks = running(desk, fold.id, *LOOKED_AT)
    warnings = [each.next_warning for each in clocks if each.next_warning]
    if not warnings:
        return _("Nothing is due.")
    return _("Next look {day}.").format(day=day_words(min(warnings), desk))
