"""The one sentence that comes first: what is so, and what is next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rogatory.threads import RequestFold
from rogatory_node.casework.selectors import ThreadView
from rogatory_node.desk.showing import counting, items, places, spans
from rogatory_node.desk.showing.lanes import Placed
from rogatory_node.look.pictures.when import Place

__all__ = ["of_board", "of_thread"]


def of_board(found: Sequence[Placed], now: datetime, here: Place) -> str:
    """Return how much needs the officer, and when the next data are lost or lapse."""
    ours = sum(1 for each in found if each.move.ours)
    if ours:
        words = ngettext("{count} thing needs you.", "{count} things need you.", ours).format(count=ours)
    else:
        words = _("Nothing needs you.")
    losses = [
        (each.move.loss, each.move)
        for each in found
        if each.move.loss and each.move.loss > now and each.move.kind != "ratify"
    ]
    if not losses:
        return words
    _at, first = min(losses, key=lambda each: each[0])
    soonest = _("The next end or loss of data is on {day}.").format(day=spans.loss_words(first, here))
    return f"{words} {soonest}"


def of_thread(view: ThreadView) -> str:
    """Return who asks whom, and how the items of the newest request stand, as last stated."""
    thread = view.thread
    pair = {"requesting": places.party(thread.requesting), "requested": places.party(thread.requested)}
    if not thread.requests:
        return _("{requesting} informs {requested}.").format(**pair)
    asks = _("{requesting} asks {requested}.").format(**pair)
    return " ".join([asks, *_states(thread.requests[-1])])


def _states(fold: RequestFold) -> list[str]:
    found: dict[str, list[int]] = {}
    for number, each in fold.items.items():
        found.setdefault(items.badge(each).word, []).append(number)
    if list(found) == [items.nothing_stated().word]:
        return [_("Nothing has been stated yet.")]
    pair = _("{items}: {state}.")
    return [
        pair.format(items=counting.items(numbers), state=state[:1].lower() + state[1:])
        for state, numbers in found.items()
    ]
