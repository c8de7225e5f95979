"""What a request and its items have lived through: asked, effected, stated, followed up, ended.

A date lapses at the earliest reading of what was stated. A state that a report replaced is read again from
that report, so that "first preserved" is not lost when a later report speaks over it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from rogatory.law.finding import Reason
from rogatory.law.moments import Moments, Subject, first, first_end, last_end, length, plus
from rogatory.law.moments_view import Stated, View, same
from rogatory.statements import Item, State
from rogatory.threads import RequestFold
from rogatory.values import Measure

__all__ = ["asked"]

KEPT: Final = frozenset((State.PRESERVED, State.PRESERVED_IN_PART, State.MEASURES_TAKEN))
DONE: Final = frozenset((State.EXECUTED, State.EXECUTED_IN_PART, *KEPT, State.DISCLOSED))
CLOSED: Final = frozenset(
    (State.RELEASED, State.REFUSED, State.VANISHED, State.CANNOT_IDENTIFY, State.ELSEWHERE)
)
FLOOR: Final = "hanoi_2024/tl.art42.min"
ALONE: Final = frozenset(("preservation", "hold_notice", "emergency_data", "welfare_emergency"))
"""Kinds that one person may send at night and a second ratifies (PRACTICE section 1)."""


def asked(view: View) -> Iterator[Subject]:
    """Yield each request of a thread, and each item of it."""
    for fold in view.thread.requests:
        yield _request(view, fold)
        # An extension has no preservation of its own: the clocks of the first request count for it.
        if fold.request.body.extends not in view.requests:
            yield from (_item(view, fold, number) for number in fold.items)


def _request(view: View, fold: RequestFold) -> Subject:
    request, body = fold.request, fold.request.body
    moments = {"asked": request.issued_at}
    if body.kind in ALONE and len(request.approvals) < 2:
        moments["sent_by_one"] = request.issued_at
    if body.secrecy is not None:
        moments["secrecy_until"] = last_end(body.secrecy.until)
    if body.follow_up_planned is not None:
        moments["follow_up_planned"] = first_end(body.follow_up_planned)
    if body.deadline is not None:
        moments["deadline"] = first_end(body.deadline)
    _of_its_kind(moments, fold)
    first(moments, "surrender_asked", _surrender_asked(view, fold))
    follow_ups = view.follow_ups(view.chain(fold))
    first(moments, "followed_up", [each.request.issued_at for each in follow_ups])
    first(moments, "frozen", _done(view, follow_ups))
    view.named(moments, ratified=fold.ratified_by, recalled=fold.recalled_by)
    _ended(view, moments, fold)
    return Subject("request", fold.id, None, moments)


def _of_its_kind(moments: Moments, fold: RequestFold) -> None:
    """Add the moments that one kind's own particulars state."""
    body, at = fold.request.body, fold.request.issued_at
    if body.kind == "hold_notice":
        moments["hold_asked"] = at
        if body.hold is not None and body.hold.until is not None:
            moments["hold_until"] = body.hold.until
        if body.hold is not None and body.hold.follow_up is not None:
            moments["follow_up_planned"] = first_end(body.hold.follow_up)
    if body.emergency is not None:
        moments["emergency_asked"] = at
        if body.emergency.review_by is not None:
            moments["review_by"] = first_end(body.emergency.review_by)
    if body.interception is not None and body.interception.starts and body.interception.ends:
        moments |= {"measure_starts": body.interception.starts, "measure_ends": body.interception.ends}
    if body.inquiry is not None and body.inquiry.answer_by is not None:
        first(moments, "deadline", [body.inquiry.answer_by])
    if body.assistance is not None and body.assistance.return_by is not None:
        moments["return_by"] = first_end(body.assistance.return_by)
    if body.extradition is not None and body.extradition.documents_by is not None:
        moments["documents_by"] = first_end(body.extradition.documents_by)


def _done(view: View, folds: list[RequestFold]) -> list[datetime]:
    """Return when something that these requests ask for was done."""
    stated = (
        each for fold in folds for number in fold.items for each in view.stated.get((fold.id, number), ())
    )
    return [each.at for each in stated if each.state.state in DONE]


def _surrender_asked(view: View, fold: RequestFold) -> list[datetime]:
    """Return when extradition was asked for the persons of a provisional arrest, in a later request."""
    arrested = {
        each.item.identifier.normalised
        for each in fold.items.values()
        if each.item.category is Measure.PROVISIONAL_ARREST
    }
    return [
        each.request.issued_at
        for each in view.requests.values()
        if not each.recalled_by
        for one in each.items.values()
        if one.item.category is Measure.EXTRADITION and one.item.identifier.normalised in arrested
    ]


def _ended(view: View, moments: Moments, fold: RequestFold) -> None:
    """Add when every item had come to an end, by each way of ending."""
    items = fold.items.values()
    if not items:
        return
    if all(each.withdrawn_by for each in items):
        moments["withdrawn"] = max(view.at[each.withdrawn_by or ""] for each in items)
    if all(each.not_needed_by for each in items):
        moments["not_needed"] = max(view.at[each.not_needed_by or ""] for each in items)
    stated = [view.stated.get((fold.id, number), []) for number in fold.items]
    if all(stated) and all(each[-1].state.state in CLOSED for each in stated):
        moments["closed"] = max(each[-1].at for each in stated)
    done = [[one.at for one in each if one.state.state in DONE | CLOSED] for each in stated]
    if all(done):
        moments["executed"] = max(min(each) for each in done)


def _item(view: View, fold: RequestFold, number: int) -> Subject:
    at, item = fold.items[number], fold.items[number].item
    moments = {"asked": fold.request.issued_at}
    # A follow-up asks for data that are kept already.
    if item.vanishes is not None and fold.request.body.preservation is None:
        moments["vanishes"] = item.vanishes
    view.named(moments, withdrawn=at.withdrawn_by, recalled=fold.recalled_by, not_needed=at.not_needed_by)
    first(moments, "delivered", [view.at[each] for each in at.delivered_by])
    chain = view.chain(fold)
    stated = [
        each for one in chain for alike in same(one, item) for each in view.stated.get((one.id, alike), ())
    ]
    # The order of the thread, never a claimed time, says which word is the last (PROTOCOL rule 11).
    stated.sort(key=lambda each: each.place)
    if fold.request.body.kind == "preservation":
        _preserved(moments, stated)
        _extended(view, moments, chain, item)
        _followed(view, moments, view.follow_ups(chain), item, stated)
    first(moments, "secured", [each.at for each in stated if each.state.state in KEPT])
    if stated and stated[-1].state.state in CLOSED:
        moments["closed"] = stated[-1].at
    return Subject("item", fold.id, number, moments, notes=_notes(moments, stated))


def _preserved(moments: Moments, stated: list[Stated]) -> None:
    kept = [each for each in stated if each.state.state in KEPT]
    first(moments, "effected", [each.state.effected for each in kept if each.state.effected])
    first(moments, "reported", [each.at for each in kept])
    # The last word on the date counts, also where it is an earlier day than before.
    until = [each.state.until for each in kept if each.state.until]
    if until:
        moments["stated_until"] = first_end(until[-1])
    begun = moments.get("effected") or moments.get("reported")
    if begun is not None:
        moments["floor"] = plus(begun, length(FLOOR))


def _extended(view: View, moments: Moments, chain: list[RequestFold], item: Item) -> None:
    """Add the last extension asked for, by a request that extends or by a statement, and its answer."""
    for each in chain:
        for number in same(each, item):
            fold = each.items[number]
            if each is not chain[0]:
                _ask_again(moments, each.request.issued_at)
                answers = [one.at for one in view.stated.get((each.id, number), ())]
                first(moments, "extension_answered", [*answers, *_at(view, fold.decided_by)])
            if fold.extension_asked_by:
                _ask_again(moments, view.at[fold.extension_asked_by])
                first(moments, "extension_answered", _at(view, fold.extension_granted_by))


def _ask_again(moments: Moments, at: datetime) -> None:
    moments["extension_asked"] = at
    moments.pop("extension_answered", None)


def _at(view: View, name: str | None) -> list[datetime]:
    return [view.at[name]] if name else []


def _followed(
    view: View,
    moments: Moments,
    follow_ups: list[RequestFold],
    item: Item,
    stated: list[Stated],
) -> None:
    asked = [(each, number) for each in follow_ups for number in same(each, item)]
    if not asked:
        return
    moments["followed_up"] = min(each.request.issued_at for each, _ in asked)
    folds = [each.items[number] for each, number in asked]
    first(moments, "decided", [view.at[each.decided_by] for each in folds if each.decided_by])
    first(moments, "delivered", [view.at[name] for each in folds for name in each.delivered_by])
    later = [each for each in stated if each.at > moments["followed_up"]]
    # Art. 42(8) keeps the data until the decision; that it is done counts once the requested Party says so.
    first(moments, "confirmed", [each.at for each in later if each.state.state in KEPT])


def _notes(moments: Mapping[str, datetime], stated: list[Stated]) -> dict[str, tuple[Reason, ...]]:
    notes = []
    if "reported" in moments and "effected" not in moments:
        notes.append(Reason("hanoi_2024/art42.p8", "LAW-201"))
    if "reported" in moments and "stated_until" not in moments:
        notes.append(Reason("hanoi_2024/tl.art42.min", "LAW-202"))
    until, floor = moments.get("stated_until"), moments.get("floor")
    if until is not None and floor is not None and until < floor:
        notes.append(Reason("hanoi_2024/tl.art42.min", "LAW-203", (("day", str(floor.date())),)))
    if stated and stated[-1].state.certainty == "provisional":
        notes.append(Reason("hanoi_2024/art42.p8", "LAW-204"))
    gap = () if "confirmed" in moments else (Reason("hanoi_2024/tl.art42.pending", "LAW-207"),)
    asked = (Reason("hanoi_2024/art42.p9", "LAW-208"),)
    return {"preservation": tuple(notes), "follow_up_gap": gap, "extension": asked}
