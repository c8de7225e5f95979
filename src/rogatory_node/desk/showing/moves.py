"""What a move is, and what moves are made of: open items, running clocks, a pending second person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from rogatory.law import Clock, ClockState
from rogatory.statements import content_id
from rogatory.threads import Entry, RequestFold, Standing
from rogatory_node.casework.selectors import ThreadView
from rogatory_node.casework.services.freeze import rule_of
from rogatory_node.desk.showing import reading, wording
from rogatory_node.people import approvals
from rogatory_node.people import selectors as people
from rogatory_node.people.models import Officer

__all__ = [
    "Desk",
    "Move",
    "live",
    "open_items",
    "pending",
    "ratifications",
    "read",
    "running",
    "unread",
    "with_stake",
]


@dataclass(frozen=True, slots=True)
class Move:
    """The next act in one matter.

    Args:
        kind: What it is: ``acknowledge``, ``decide``, ``wait``, ``none``.
        ours: Whether the officer who looks can do it.
        bold: The act, in a few words.
        text: Why, or on whom it waits.
        label: The button's words; empty without one.
        href: Where it leads.
        about: The request or statement that it is about.
        loss: When something is lost or ends unless somebody acts.
        day: Whether that is the end of a stated day.
        first: Whether it goes before everything else.
    """

    kind: str
    ours: bool
    bold: str
    text: str
    label: str = ""
    href: str = ""
    about: str = ""
    loss: datetime | None = None
    day: bool = False
    first: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """Who looks, at which thread, when."""

    officer: Officer
    view: ThreadView
    now: datetime

    @property
    def may_act(self) -> bool:
        """Whether the officer may draft for this authority."""
        return self.officer.has_perm("people.draft", self.view.authority)

    def link(self, page: str, about: str) -> str:
        """Return the address of an act's page in this thread."""
        return reverse(f"desk:{page}", args=[self.view.thread.id, about])


def live(desk: Desk) -> list[RequestFold]:
    """Return the requests of a thread on which anything can still be done."""
    return [each for each in desk.view.thread.requests if not each.recalled_by and open_items(each)]


def open_items(fold: RequestFold) -> list[int]:
    """Return the items of a request that are still asked for."""
    return [number for number, each in fold.items.items() if each.withdrawn_by is None]


# What has a move of its own, or needs none: the rest of what comes is read by a person.
TOLD = frozenset({"request", "acknowledgement", "query", "answer", "ratified", "recall"})


def unread(desk: Desk, request: str = "") -> list[Entry]:
    """Return statements of the other side that nobody here has acknowledged: of one request, or all."""
    return [
        each
        for each in desk.view.thread.entries
        if each.side is not desk.view.side
        and each.standing is Standing.FOLDED
        and each.statement.NAME not in TOLD
        and each.acknowledged_by is None
        and each.recalled_by is None
        and (not request or _about(each) in ("", request))
    ]


def _about(entry: Entry) -> str:
    return str(getattr(entry.statement.body, "of", ""))  # type: ignore[attr-defined]  # every type has a body


def read(desk: Desk, entry: Entry, about: str) -> Move:
    """Return the move of reading a statement that came."""
    return Move(
        "read",
        ours=True,
        bold=_("Read what they say."),
        text=f"{reading.summary(entry.statement)[0]}.",
        label=_("Read"),
        href=desk.link("statement", entry.id),
        about=about,
    )


def running(desk: Desk, request: str, *kinds: str) -> list[Clock]:
    """Return the clocks of a request that run, of these kinds, the first to end first."""
    return [
        each
        for each in desk.view.clocks
        if each.request == request and each.kind in kinds and each.state is ClockState.RUNNING
    ]


# What is lost or ends for the request unless somebody acts; the second are stated as days.
LOST = ("data_vanish", "preservation", "hold", "measure", "documents_after_arrest", "emergency_review")
DAYS = ("preservation", "documents_after_arrest", "emergency_review")


def with_stake(desk: Desk, fold: RequestFold, move: Move) -> Move:
    """Return a move with the instant at which the first of its request's data are lost or lapse."""
    found = running(desk, fold.id, *LOST)
    return replace(move, loss=found[0].ends, day=found[0].kind in DAYS) if found else move


def ratifications(desk: Desk) -> Iterator[Move]:
    """Yield a move for each statement of ours that one person sent and nobody has ratified."""
    for entry in desk.view.thread.entries:
        if pending(desk, entry):
            yield _ratification(desk, entry)


def pending(desk: Desk, entry: Entry) -> bool:
    """Return whether a statement of our side still waits for its second person."""
    ours = entry.side is desk.view.side and entry.statement.ratify_by is not None
    return ours and entry.ratified_by is None and entry.recalled_by is None


def _ratification(desk: Desk, entry: Entry) -> Move:
    statement, authority = entry.statement, entry.statement.sender
    subject = content_id(statement)
    judged = approvals.judgement(authority, rule_of(statement), (subject,), first_at=None)
    wanted = {role for need in judged.missing for role in need}
    given = {each.officer_id for each in approvals.given(authority, subject)}
    may = bool(wanted & people.roles(desk.officer, authority)) and desk.officer.pk not in given
    if may:
        return Move(
            "ratify",
            ours=True,
            bold=_("Ratify it, or withdraw it."),
            text=_("One person sent it alone."),
            label=_("Ratify"),
            href=desk.link("ratify", entry.id),
            about=entry.id,
            loss=statement.ratify_by,
        )
    need = wording.roles(judged.missing[0]) if judged.missing else _("a second person")
    text = _("On a second person: {roles}.").format(roles=need)
    return Move("ratify", ours=False, bold="", text=text, about=entry.id, loss=statement.ratify_by)
