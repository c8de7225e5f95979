"""The items of a request, each as the requested Party last stated it."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from rogatory.statements import ItemState
from rogatory.threads import ItemFold, RequestFold, Thread
from rogatory_node.desk.showing import places, times, wording
from rogatory_node.desk.showing.freetext import words
from rogatory_node.desk.showing.reading_request import item_details, item_words, period_of, period_verbatim
from rogatory_node.look.pictures.shapes import StateBadge
from rogatory_node.look.pictures.thread import ItemRow, ItemTable
from rogatory_node.look.pictures.words import joined, name

__all__ = ["asked", "badge", "nothing_stated", "of_thread", "table", "verbatim"]


def table(fold: RequestFold) -> ItemTable:
    """Return the items of a request with their states."""
    return ItemTable(_("Items and the state of each"), tuple(_row(each) for each in fold.items.values()))


def of_thread(thread: Thread) -> ItemTable:
    """Return the items of every request of a thread, those of the newest first."""
    folds = list(reversed(thread.requests))
    if len(folds) == 1:
        return table(folds[0])
    rows = [
        replace(row, item=joined(wording.kind(fold.request.body.kind), ", ", row.item))
        for fold in folds
        for row in table(fold).rows
    ]
    return ItemTable(_("Items and the state of each"), tuple(rows))


def verbatim(fold: RequestFold) -> ItemTable:
    """Return the items with their times as they were observed, and the instants read in them."""
    rows = (
        replace(
            row,
            period=period_verbatim(each.item.period) if each.item.period else row.period,
            detail=item_details(each.item),
        )
        for row, each in zip(asked(fold).rows, fold.items.values(), strict=True)
    )
    return ItemTable(_("Items asked for"), tuple(rows))


def asked(fold: RequestFold) -> ItemTable:
    """Return the items as they were asked for, before anything was stated of them."""
    bare = StateBadge(_("Asked for"), "ring", "wait")
    rows = (_bare(each, bare) for each in fold.items.values())
    return ItemTable(_("Items asked for"), tuple(rows))


def _bare(fold: ItemFold, state: StateBadge) -> ItemRow:
    item = fold.item
    return ItemRow(item_words(item), wording.category(item.category), period_of(item), state)


def _row(fold: ItemFold) -> ItemRow:
    row = _bare(fold, badge(fold))
    return ItemRow(row.item, row.category, row.period, row.state, _detail(fold))


def badge(fold: ItemFold) -> StateBadge:
    """Return the state of an item: withdrawn, stated, decided, or nothing yet."""
    if fold.withdrawn_by is not None:
        return StateBadge(_("Withdrawn"), "cross", "soft")
    if fold.delivered_by:
        return wording.badge("disclosed")
    if fold.state is not None:
        return wording.badge(fold.state.state)
    if fold.decision is not None:
        word = wording.outcome(fold.decision.outcome)
        shape: dict[str, StateBadge] = {
            "accepted": StateBadge(word, "ring", "wait"),
            "postponed": StateBadge(word, "pause", "wait"),
            "refused": StateBadge(word, "cross", "lapse"),
        }
        return shape[fold.decision.outcome]
    return nothing_stated()


def nothing_stated() -> StateBadge:
    """Return the state of an item of which nobody has said anything."""
    return StateBadge(_("Nothing stated"), "ring", "wait")


def _detail(fold: ItemFold) -> str:
    parts: list[str] = []
    stated = fold.state
    if stated is not None:
        parts += _stated(stated)
    elif fold.decision is not None and fold.decision.note:
        parts.append(words(fold.decision.note))
    if fold.corrected_by is not None:
        parts.append(
            _("stated before the correction was seen") if fold.stated_before_correction else _("corrected")
        )
    if stated is None and fold.item.vanishes is not None and fold.decision is None:
        parts.append(_("first loss {day}").format(day=times.day_of(fold.item.vanishes.date())))
    return joined(*[one for each in parts for one in (" · ", each)][1:])


def _stated(stated: ItemState) -> list[str]:
    parts: list[str] = []
    if stated.until:
        parts.append(_("to {day}").format(day=times.day_of(stated.until)))
    if stated.result:
        parts.append(words(stated.result))
    if stated.missing:
        parts.append(joined(_("missing:"), " ", words(stated.missing)))
    if stated.elsewhere_party:
        parts.append(joined(_("held in:"), " ", places.party(stated.elsewhere_party)))
    if stated.elsewhere_provider:
        parts.append(joined(_("held by:"), " ", name(stated.elsewhere_provider)))
    if stated.certainty == "provisional":
        parts.append(_("provisional"))
    return parts
