"""A draft that is fixed: what it says, who approved, who is still asked, what may happen now."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rogatory.errors import RogatoryError
from rogatory.statements import Request, Statement
from rogatory.values import party_of
from rogatory_node.base import Role, clock, configuration
from rogatory_node.casework import basis
from rogatory_node.casework.models import Draft
from rogatory_node.casework.services.freeze import content_members, place, preview
from rogatory_node.desk.door import problem
from rogatory_node.desk.showing import (
    advice,
    counting,
    evidence_page,
    next_act,
    places,
    reading,
    reading_request,
    times,
    wording,
)
from rogatory_node.look.pictures.frame import Link
from rogatory_node.look.pictures.questions import ActPage, Button, Problem, Step, Steps, WillRead
from rogatory_node.look.pictures.shapes import StateBadge
from rogatory_node.look.pictures.thread import Fact, ItemRow, ItemTable
from rogatory_node.look.pictures.words import code, joined, name
from rogatory_node.people import approvals, policy
from rogatory_node.people import selectors as people
from rogatory_node.people.models import Officer
from rogatory_node.vault import selectors as vault

__all__ = ["approvals_steps", "facts", "items", "page", "role_for", "statement_of", "wanted", "will_read"]


def statement_of(draft: Draft) -> Statement:
    """Return the statement that a draft is to become.

    Raises:
        WireError: An open draft's body is malformed.
    """
    if draft.content_id:
        return place(content_members(draft), seq=2 if draft.thread else 1)
    return preview(draft)


def judged(draft: Draft) -> policy.Judgement:
    """Return what the policy says of a fixed draft now."""
    return approvals.judgement(draft.authority, draft.rule, (draft.content_id,), first_at=clock.now())


def wanted(draft: Draft) -> set[Role]:
    """Return the roles in which an approval would still help."""
    return {role for need in judged(draft).missing for role in need}


def role_for(officer: Officer, draft: Draft) -> Role | None:
    """Return the role in which an officer can approve a draft now; None if they cannot."""
    if draft.state != Draft.State.FROZEN:
        return None
    given = {each.officer_id for each in approvals.given(draft.authority, draft.content_id)}
    if officer.pk in given:
        return None
    held = people.roles(officer, draft.authority)
    rule = configuration.current().rule(draft.rule)
    useful = [role for need in judged(draft).missing for role in need]
    # Whoever may send alone approves in that role, so that nothing has to wait for the morning.
    useful.sort(key=lambda role: role not in rule.alone)
    return next((role for role in useful if role in held), None)


def page(officer: Officer, draft: Draft, problems: tuple[Problem, ...] = ()) -> ActPage:
    """Return the page of a draft that is no longer asked about."""
    crumbs = [Link(_("Board"), reverse("desk:board"))]
    if draft.thread:
        crumbs.append(Link(_("Thread"), reverse("desk:thread", args=[draft.thread])))
    try:
        statement = statement_of(draft)
        lacks: tuple[Fact, ...] = ()
    except RogatoryError as error:
        statement, lacks = None, (Fact(_("Not yet whole"), _why(error)),)
    found = advice.box(basis.findings(draft), _("Before you sign"), level=3)
    return ActPage(
        crumbs=tuple(crumbs),
        title=_title(draft),
        lead=_lead(draft),
        buttons=tuple(_buttons(officer, draft)),
        facts=(*facts(draft, statement), *lacks),
        items=items(statement),
        will_read=will_read(draft, statement),
        elsewhere=tuple(_elsewhere(officer, draft)),
        aside=approvals_steps(draft) if draft.content_id else None,
        findings=found,
        note=next_act.needs(draft.rule) if draft.rule else "",
        problems=problems,
    )


def _why(error: RogatoryError) -> str:
    """Return what keeps a draft from being fixed, by its place in the statement."""
    return problem(error).text


def _title(draft: Draft) -> str:
    what = wording.act(draft.act, str(draft.raw.get("kind", "")))
    if draft.state == Draft.State.DISCARDED:
        return _("{act}: given up").format(act=what)
    if draft.state == Draft.State.FROZEN and judged(draft).standing is policy.Standing.MISSING:
        return _("{act}: approve it").format(act=what)
    if draft.state == Draft.State.OPEN:
        return _("{act}: is it ready?").format(act=what)
    return _("{act}: send it").format(act=what)


def _lead(draft: Draft) -> str:
    if draft.state == Draft.State.DISCARDED:
        return _("It stays readable and cannot be sent.")
    if draft.state == Draft.State.OPEN:
        return _("It is not yet fixed: nobody can approve it, and nothing is sent.")
    standing = judged(draft)
    if standing.standing is policy.Standing.COMPLETE:
        return _(
            "Every approval that your policy asks for is there. Sending signs it and puts it on its way."
        )
    if standing.standing is policy.Standing.TO_BE_RATIFIED:
        here = places.place(draft.authority)
        due = times.own(standing.ratify_by, here) if standing.ratify_by else ""
        return _(
            "One person may send it now; a second ratifies by {time}. Until then it is shown as pending."
        ).format(time=due)
    count = len(standing.missing)
    words = ngettext(
        "It is fixed and waits for {count} approval.", "It is fixed and waits for {count} approvals.", count
    )
    return words.format(count=count)


def _buttons(officer: Officer, draft: Draft) -> Iterator[Button]:
    may = officer.has_perm("people.draft", draft.authority)
    if draft.state == Draft.State.OPEN and may:
        yield Button(_("Fix it for approval"), "act", "freeze")
    if draft.state == Draft.State.FROZEN:
        ready = judged(draft).standing is not policy.Standing.MISSING
        if ready and may:
            yield Button(_("Send"), "act", "send")
        if role_for(officer, draft) is not None:
            yield Button(_("Approve with your passkey"), "act", "approve", secondary=ready and may)
    if draft.state in (Draft.State.OPEN, Draft.State.FROZEN) and may:
        yield Button(_("Give it up"), "act", "discard", secondary=True)


def _elsewhere(officer: Officer, draft: Draft) -> Iterator[Link]:
    open_request = draft.act == "request" and draft.state == Draft.State.OPEN
    if open_request and officer.has_perm("people.draft", draft.authority):
        yield Link(_("Ask several Parties for the same"), reverse("desk:draft-several", args=[draft.pk]))


def facts(draft: Draft, statement: Statement | None) -> tuple[Fact, ...]:
    """Return what is approved, in words: what it is, for whom, by which rule, and its short digest."""
    rows = [
        Fact(_("To"), _to(draft)),
        Fact(_("From"), name(places.authority(draft.authority))),
        Fact(_("Written by"), name(draft.changed_by.name)),
    ]
    if statement is not None and isinstance(statement, Request):
        rows += reading_request.request_facts(statement)
    if (made := vault.onward_of_draft(draft.pk)) is not None:
        rows += evidence_page.onward_facts(made)
    if draft.content_id:
        rows.append(Fact(_("Short digest"), code(counting.groups(draft.content_id, 3))))
    return tuple(rows)


def _to(draft: Draft) -> str:
    if "/" not in draft.recipient:
        return _("not stated")
    return joined(places.party(party_of(draft.recipient)), ", ", name(places.authority(draft.recipient)))


def items(statement: Statement | None) -> ItemTable | None:
    """Return the items of a request that is a draft."""
    if not isinstance(statement, Request):
        return None
    asked = StateBadge(_("Asked for"), "ring", "wait")
    rows = (
        ItemRow(
            reading_request.item_words(each),
            wording.category(each.category),
            reading_request.period_of(each),
            asked,
            reading_request.item_details(each),
        )
        for each in statement.body.items
    )
    return ItemTable(_("Items asked for"), tuple(rows))


def will_read(draft: Draft, statement: Statement | None) -> WillRead | None:
    """Return exactly what the other Party will read; a request stands in full above it."""
    if statement is None or isinstance(statement, Request):
        return None
    party = places.party(party_of(draft.recipient))
    note = _("No name travels: for each approver a role and a commitment that hides who.")
    return WillRead(_("What {party} will read").format(party=party), reading.as_text(statement), note)


def approvals_steps(draft: Draft) -> Steps:
    """Return who has approved, in which role, and who is still asked."""
    here = places.place(draft.authority)
    done = [
        Step(wording.role(each.role), joined(name(each.officer.name), ", ", times.own(each.at, here)), "done")
        for each in approvals.given(draft.authority, draft.content_id)
    ]
    missing = judged(draft).missing
    still = [
        Step(wording.roles(need), _("still asked"), "now" if at == 0 else "open")
        for at, need in enumerate(missing)
    ]
    progress = _("{done} of {all}").format(done=len(done), all=len(done) + len(still))
    return Steps(_("Approvals"), progress, (*done, *still))
