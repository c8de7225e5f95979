"""Drafts on the board: what is being written, what waits for approval, what may leave."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from rogatory.errors import RogatoryError
from rogatory.values import parse_instant, party_of
from rogatory_node.casework.models import Draft
from rogatory_node.desk.showing import numbers, places, spans, times, wording
from rogatory_node.desk.showing.lanes import Placed
from rogatory_node.desk.showing.moves import Move
from rogatory_node.look.pictures.board import Lane, Way
from rogatory_node.look.pictures.clock import Clock, Mark
from rogatory_node.look.pictures.frame import Link
from rogatory_node.look.pictures.when import Place
from rogatory_node.look.pictures.words import joined, name, strong
from rogatory_node.people import approvals, policy
from rogatory_node.people import selectors as people
from rogatory_node.people.models import Officer

__all__ = ["draft_title", "lane", "move_of"]


def lane(officer: Officer, draft: Draft, now: datetime) -> Placed:
    """Return the lane of a draft."""
    here = places.place(draft.authority)
    move = move_of(officer, draft, now)
    other = places.party(party_of(draft.recipient)) if "/" in draft.recipient else _("a Party not yet named")
    changed = _("changed {time}").format(time=times.near(draft.changed_at, now, here))
    shown = Lane(
        way=Way("out", _("Draft to {party}").format(party=other)),
        title=draft_title(draft),
        href=reverse("desk:draft", args=[draft.pk]),
        detail=joined(changed, " · ", name(draft.changed_by.name)),
        clock=_clock(move, here),
        next=joined(strong(move.bold), " ", move.text) if move.bold else move.text,
        act=Link(move.label, move.href) if move.label else None,
    )
    return Placed(shown, move, "out")


def draft_title(draft: Draft) -> str:
    """Return what a draft will be, and of how many items it speaks."""
    kind = draft.raw.get("kind", "") if draft.act == "request" else ""
    what = wording.act(draft.act, kind if isinstance(kind, str) else "")
    count = len(_items(draft))
    return joined(what, ", ", numbers.items_count(count)) if count else what


def move_of(officer: Officer, draft: Draft, now: datetime) -> Move:
    """Return what happens next to a draft: write, approve, send, or wait for a colleague."""
    href, loss = reverse("desk:draft", args=[draft.pk]), _first_loss(draft)
    may = officer.has_perm("people.draft", draft.authority)
    if draft.state == Draft.State.OPEN:
        text = _("A draft, not yet for approval.")
        label = _("Continue") if may else ""
        return Move("write", may, _("Go on writing.") if may else "", text, label, href, str(draft.pk), loss)
    judged = approvals.judgement(draft.authority, draft.rule, (draft.content_id,), first_at=now)
    if judged.standing is policy.Standing.MISSING:
        return _missing(officer, draft, judged, href, loss)
    alone = judged.standing is policy.Standing.TO_BE_RATIFIED
    text = _("Approved by one; a second ratifies.") if alone else _("Approved as your policy asks.")
    label = _("Send") if may else ""
    return Move("send", may, _("Send it.") if may else "", text, label, href, str(draft.pk), loss)


def _missing(
    officer: Officer, draft: Draft, judged: policy.Judgement, href: str, loss: datetime | None
) -> Move:
    wanted = {role for need in judged.missing for role in need}
    given = {each.officer_id for each in approvals.given(draft.authority, draft.content_id)}
    who = wording.roles(judged.missing[0])
    if officer.pk not in given and wanted & people.roles(officer, draft.authority):
        return Move(
            "approve",
            ours=True,
            bold=_("Approve it."),
            text=_("Waits for you."),
            label=_("Approve"),
            href=href,
            about=str(draft.pk),
            loss=loss,
        )
    text = _("On a colleague: {roles}.").format(roles=who)
    return Move("wait", ours=False, bold="", text=text, about=str(draft.pk), loss=loss)


def _items(draft: Draft) -> list[Any]:
    found = draft.raw.get("items", [])
    return found if isinstance(found, list) else []


def _first_loss(draft: Draft) -> datetime | None:
    found = []
    for each in _items(draft):
        try:
            found.append(parse_instant(each["vanishes"]))
        except (RogatoryError, KeyError, TypeError):
            continue
    return min(found, default=None)


def _clock(move: Move, here: Place) -> Clock:
    marks = [Mark("ours" if move.ours else "theirs")]
    if move.loss is None:
        return Clock(_("No clock runs: nothing has left yet."), (), tuple(marks))
    label = _("data lost {day}").format(day=spans.short(move.loss, here))
    return Clock(f"{label}.", (), (Mark("lost", move.loss, label), *marks))
