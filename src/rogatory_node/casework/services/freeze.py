"""Freezing: from what was typed to content that cannot change, for people to approve."""

from __future__ import annotations

import json
from typing import Any

from django.db import transaction

from rogatory import statements, threads, wire
from rogatory.errors import RogatoryError
from rogatory.statements import Statement, content_id
from rogatory_node.base import NodeError, clock
from rogatory_node.base.events import Event
from rogatory_node.base.randomness import random_bytes
from rogatory_node.casework import index
from rogatory_node.casework.models import DomesticAct, Draft
from rogatory_node.casework.services.deliver import check_package
from rogatory_node.casework.services.draft import ACTS, DRAFTERS, TYPED, check_parties, locked
from rogatory_node.people import selectors as people
from rogatory_node.people.models import Officer
from rogatory_node.records import log

__all__ = ["EXECUTED", "check_stated", "freeze", "place", "preview", "rule_of"]

# States that mean something was done at home (PRACTICE section 1).
EXECUTED = frozenset({"measures_taken", "preserved", "preserved_in_part", "disclosed"})


def preview(draft: Draft) -> Statement:
    """Return the statement that a draft would become, without a place or approvals.

    Raises:
        WireError: The body is malformed, with the place of the fault.
    """
    return place(_members(draft, nonce="0" * 64), seq=2 if draft.thread else 1)


def freeze(officer: Officer, draft: Draft) -> Draft:
    """Fix a draft's content, so that people can approve it.

    1. the body is well-formed, 2. this side may state this about that, 3. what claims an execution rests
    on a domestic act for the same items, 4. a delivery says what the seal says.
    Gaps in a request do not stop it: the law's findings are shown, and a person decides.

    Raises:
        NodeError: NODE-100 not permitted, NODE-503 not open, NODE-506 not this side's to state,
            NODE-507 no domestic act for an item, NODE-502 not between the thread's Parties, NODE-518,
            NODE-519 not the package that was sealed.
        WireError: The body is malformed.
    """
    people.require(officer, draft.authority, *DRAFTERS)
    with transaction.atomic():
        mine = locked(draft, Draft.State.OPEN)
        # Step 1.
        members = _members(mine, nonce=random_bytes(32).hex())
        statement = place(members, seq=2 if mine.thread else 1)
        # Steps 2 to 4.
        check_stated(mine, statement)
        mine.content = wire.canonical(members)
        mine.content_id = content_id(statement)
        mine.rule = rule_of(statement)
        mine.state = Draft.State.FROZEN
        mine.changed_at, mine.changed_by = clock.now(), officer
        mine.save()
        fields = {"content": mine.content_id, "officer": str(officer.pk), "act": mine.act}
        log.append(Event("draft:freeze:done", clock.now(), mine.authority, fields))
    return mine


def check_stated(draft: Draft, statement: Statement) -> None:
    """Do steps 2 to 4 of freezing; sending does them again, since the thread goes on meanwhile."""
    # Step 2.
    check_owner(draft, statement)
    # Step 3.
    check_domestic_act(draft, statement)
    # Step 4.
    check_package(draft, statement)


def place(members: dict[str, Any], **where: Any) -> Statement:
    """Return the statement that content makes once it has its place.

    Args:
        members: The frozen content.
        **where: ``seq``, and when it leaves ``prev``, ``seen``, ``issued_at``, ``approvals``, ``ratify_by``.

    Raises:
        WireError: A member is malformed.
    """
    model = ACTS[members["type"]]
    provisional: dict[str, Any] = {"seq": 1, "issued_at": "2000-01-01T00:00:00Z"}
    if where.get("seq", 1) > 1:
        provisional["prev"] = "0" * 64
    placed = wire.decode(wire.canonical(members | provisional | where), model)
    assert isinstance(placed, Statement)
    return placed


def rule_of(statement: Statement) -> str:
    """Return the name of the policy rule for a statement."""
    if isinstance(statement, statements.Request):
        return f"request_{statement.body.kind}"
    return statement.NAME


def content_members(draft: Draft) -> dict[str, Any]:
    """Return the frozen content of a draft as members."""
    members: dict[str, Any] = json.loads(bytes(draft.content or b"{}"))
    return members


def check_owner(draft: Draft, statement: Statement) -> None:
    """Refuse what the fold would find misplaced: another side's fact, or about the wrong statement."""
    if not draft.thread:
        if not threads.opens(statement.NAME):
            raise NodeError("NODE-506", act=draft.act)
        return
    thread = index.fold_thread(draft.thread, authority=draft.authority)
    check_parties(thread, statement.sender, statement.recipient)
    about = getattr(statement.body, "of", "")  # type: ignore[attr-defined]  # every type has a body
    entries = {entry.id: entry for entry in thread.entries if entry.standing is threads.Standing.FOLDED}
    target = entries.get(about)
    side = thread.side_of(statement.sending_party)
    if not threads.owns(
        statement, side, target.statement if target else None, target.side if target else None
    ):
        raise NodeError("NODE-506", act=draft.act)


def check_domestic_act(draft: Draft, statement: Statement) -> None:
    """Refuse to report, deliver or disclose without a domestic act, or a rule that none is needed."""
    if isinstance(statement, statements.Report):
        done = {each.number for each in statement.body.items if each.state in EXECUTED}
    elif isinstance(statement, statements.Delivery):
        done = set(statement.body.items)
    elif isinstance(statement, statements.PathDisclosure):
        done = {statement.body.item}
    else:
        return
    acts = DomesticAct.objects.filter(authority=draft.authority, request=statement.body.of)
    covered = {number for act in acts for number in act.items}
    if done - covered:
        raise NodeError("NODE-507", items=", ".join(map(str, sorted(done - covered))))


def _members(draft: Draft, *, nonce: str) -> dict[str, Any]:
    members: dict[str, Any] = {
        "type": draft.act,
        "version": 1,
        "suite": "ed25519+ml-dsa-65",
        "case": draft.case,
        "from": draft.authority,
        "to": draft.recipient,
        "language": draft.language,
        "instrument": draft.instrument,
        "nonce": nonce,
        "body": {name: value for name, value in draft.raw.items() if name != TYPED},
    }
    if draft.thread:
        members["thread"] = draft.thread
    try:
        wire.canonical(members)
    except (RogatoryError, ValueError) as error:
        raise NodeError("NODE-505", reason=str(error)) from error
    return members
