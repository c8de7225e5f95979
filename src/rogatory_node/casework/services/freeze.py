"""Freezing: from what was typed to content that cannot change, for people to approve."""

from __future__ import annotations

import json
from typing import Any, Final

from django.db import transaction

from rogatory import statements, threads, wire
from rogatory.errors import RogatoryError
from rogatory.statements import KindName, Statement, content_id
from rogatory.threads import Thread
from rogatory_node.base import NodeError, clock
from rogatory_node.base.events import Event
from rogatory_node.base.randomness import random_bytes
from rogatory_node.casework import executing, index
from rogatory_node.casework.models import Draft
from rogatory_node.casework.services.deliver import check_package
from rogatory_node.casework.services.draft import ACTS, DRAFTERS, TYPED, check_parties, locked
from rogatory_node.casework.services.use import check_use
from rogatory_node.people import selectors as people
from rogatory_node.people.models import Officer
from rogatory_node.records import log
from rogatory_node.vault import selectors as vault
from rogatory_node.vault.services.choosing import commitment

__all__ = ["check_stated", "freeze", "place", "preview", "rule_of"]

# What the 24/7 point tells of its own: it discloses nobody's data (PRACTICE section 1).
TOLD_ALONE: Final[frozenset[KindName]] = frozenset(("provider_location", "advice"))


def preview(draft: Draft) -> Statement:
    """Return the statement that a draft would become, without a place or approvals.

    Raises:
        WireError: The body is malformed, with the place of the fault.
    """
    return place(_members(draft, nonce="0" * 64), seq=2 if draft.thread else 1)


def freeze(officer: Officer, draft: Draft) -> Draft:
    """Fix a draft's content, so that people can approve it.

    1. the body is well-formed, 2. this side may state this about that, 3. what claims an execution rests
    on a domestic act for the same items, 4. a delivery says what the seal says, 5. what was received goes on
    only as its conditions allow.
    Gaps in a request do not stop it: the law's findings are shown, and a person decides.

    Raises:
        NodeError: NODE-100 not permitted, NODE-503 not open, NODE-506 not this side's to state,
            NODE-507 no domestic act for an item, NODE-502 not between the thread's Parties, NODE-518,
            NODE-519 not the package that was sealed, NODE-530 to NODE-534 not to be passed on.
        WireError: The body is malformed.
    """
    people.require(officer, draft.authority, *DRAFTERS)
    with transaction.atomic():
        mine = locked(draft, Draft.State.OPEN)
        # Step 1.
        prepared = vault.onward_of_draft(mine.pk)
        # What is given on is part of what people approve, and nothing that the other side reads.
        nonce = random_bytes(32).hex() if prepared is None else commitment(prepared)
        members = _members(mine, nonce=nonce)
        statement = place(members, seq=2 if mine.thread else 1)
        # Steps 2 to 5.
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
    """Do steps 2 to 5 of freezing; sending does them again, since the thread goes on meanwhile."""
    thread = index.fold_thread(draft.thread, authority=draft.authority) if draft.thread else None
    # Step 2.
    check_owner(draft, statement, thread)
    # Step 3.
    check_domestic_act(draft, statement, thread)
    # Step 4.
    check_package(draft, statement)
    # Step 5.
    check_use(statement, thread)


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
    """Return the name of the policy rule for a statement.

    A report that tells what was found discloses it, unless it answers a mere question to the network.
    """
    if isinstance(statement, statements.Request):
        return f"request_{statement.body.kind}"
    if isinstance(statement, statements.Report) and any(item.result for item in statement.body.items):
        asked = index.kind_of(statement.body.of, authority=statement.sender)
        return "report" if asked in TOLD_ALONE else "report_result"
    return statement.NAME


def content_members(draft: Draft) -> dict[str, Any]:
    """Return the frozen content of a draft as members."""
    members: dict[str, Any] = json.loads(bytes(draft.content or b"{}"))
    return members


def check_owner(draft: Draft, statement: Statement, thread: Thread | None) -> None:
    """Refuse what the fold would find misplaced: another side's fact, or about the wrong statement."""
    if thread is None:
        if not threads.opens(statement.NAME):
            raise NodeError("NODE-506", act=draft.act)
        return
    check_parties(thread, statement.sender, statement.recipient)
    about = getattr(statement.body, "of", "")  # type: ignore[attr-defined]  # every type has a body
    entries = {entry.id: entry for entry in thread.entries if entry.standing is threads.Standing.FOLDED}
    target = entries.get(about)
    side = thread.side_of(statement.sending_party)
    if not threads.owns(
        statement, side, target.statement if target else None, target.side if target else None
    ):
        raise NodeError("NODE-506", act=draft.act)


def check_domestic_act(draft: Draft, statement: Statement, thread: Thread | None) -> None:
    """Refuse to report, deliver or disclose without a domestic act, or a rule that none is needed."""
    if isinstance(statement, statements.Report):
        done = [each.number for each in statement.body.items if each.state in executing.EXECUTED]
    elif isinstance(statement, statements.Delivery):
        done = list(statement.body.items)
    elif isinstance(statement, statements.PathDisclosure):
        done = [statement.body.item]
    else:
        return
    # Its owner was checked: the request is in the thread.
    assert thread is not None
    asked = next(each for each in thread.requests if each.id == statement.body.of)
    resting_on_nothing = executing.without_act(draft.authority, asked, done)
    if resting_on_nothing:
        raise NodeError("NODE-507", items=", ".join(map(str, resting_on_nothing)))


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
