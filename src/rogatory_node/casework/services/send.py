"""Sending: the approved content gets its place, is signed, stored, and made due, in one transaction."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from rogatory import exchange
from rogatory.exchange import Issued
from rogatory.keys import Purpose
from rogatory.statements import Delivery, OnwardTransfer, ReturnedOrDestroyed, Statement
from rogatory.threads import Standing, Thread
from rogatory.values import instant_text
from rogatory_node.base import NodeError, clock, directory, home, keystore
from rogatory_node.base.events import Event, emit
from rogatory_node.base.randomness import random_bytes
from rogatory_node.base.stops import stop_at
from rogatory_node.casework import index
from rogatory_node.casework.models import Draft
from rogatory_node.casework.services.deliver import DELIVER, delivered
from rogatory_node.casework.services.draft import DRAFTERS, locked
from rogatory_node.casework.services.freeze import check_stated, content_members, place
from rogatory_node.casework.services.ratify import check_ratifies
from rogatory_node.people import approvals, policy
from rogatory_node.people import selectors as people
from rogatory_node.people.models import Officer
from rogatory_node.records import log, outbox
from rogatory_node.records import statements as stored
from rogatory_node.records.models import SignedStatement, Way
from rogatory_node.vault.services import destroying, onward

__all__ = ["DELIVER", "send"]


def send(officer: Officer, draft: Draft) -> SignedStatement:
    """Send a frozen draft that the Party's policy lets go, and return what was stored.

    1. the policy is satisfied, or lets one person send to be ratified; 2. the statement takes its place, and
    what was checked at freezing still holds; 3. it is signed; 4. bytes, leaf, due delivery and projection
    are written. All in one transaction: the commit point ``send.commit``. It does not wait for the other
    node.

    Raises:
        NodeError: NODE-100 not permitted, NODE-503 not frozen, NODE-508 approvals are missing, NODE-510 a
            ratification that does not complete the approvals, NODE-470 what is given on is not what was
            approved; as ``freeze``, where the thread went on.
        KeysError: This authority has no key that may sign now, or the recipient none to encrypt to.

    Source:
        spec/exchange.md, sections 1 and 6; PROTOCOL section 3.
    """
    people.require(officer, draft.authority, *DRAFTERS)
    with transaction.atomic():
        # This locks the log's row too, so two statements never claim one place.
        mine = locked(draft, Draft.State.FROZEN)
        now = clock.now()
        # Step 1.
        judged = approvals.judgement(mine.authority, mine.rule, (mine.content_id,), first_at=now)
        if judged.standing is policy.Standing.MISSING:
            missing = "; ".join(" or ".join(roles) for roles in judged.missing)
            raise NodeError("NODE-508", missing=missing)
        # Step 2.
        where = _place(mine) | {
            "issued_at": instant_text(now),
            "approvals": [
                each.model_dump(mode="json") for each in approvals.carried(mine.authority, mine.content_id)
            ],
        }
        if judged.ratify_by is not None:
            where["ratify_by"] = instant_text(judged.ratify_by)
        statement = place(content_members(mine), **where)
        check_stated(mine, statement)
        check_ratifies(mine, statement)
        onward.check_approved(mine.pk, statement.nonce)
        # Step 3.
        issued = _issue(statement)
        # Step 4.
        fields = {"statement": issued.id, "officer": str(officer.pk), "act": mine.act}
        leaf = log.append(Event("statement:send:signed", now, mine.authority, fields), statement_id=issued.id)
        row = stored.store(Way.SENT, issued.envelope, authority=mine.authority, now=now, log_index=leaf)
        outbox.put(DELIVER, issued.id, authority=mine.authority, recipient=mine.recipient, now=now)
        mine.state, mine.statement_id = Draft.State.SENT, issued.id
        mine.thread = row.thread
        mine.save(update_fields=["state", "statement_id", "thread"])
        if isinstance(statement, Delivery):
            delivered(mine.authority, statement.body.package, issued.id)
        if isinstance(statement, ReturnedOrDestroyed):
            destroying.order(statement, now=now)
        if isinstance(statement, OnwardTransfer):
            onward.order(mine.pk, issued.id, now=now)
        index.project(row)
        stop_at("send.commit:before")
    stop_at("send.commit:after")
    emit(Event("statement:send:stored", now, mine.authority, {"statement": issued.id}))
    return row


def _issue(statement: Statement) -> Issued:
    now, ring = clock.now(), directory.ring()
    pair = keystore.current(
        home.current(), ring, statement.sender, Purpose.STATEMENT, now, rehearsal=statement.rehearsal
    )
    return exchange.issue(statement, pair, ring, now, random_bytes)


def _place(draft: Draft) -> dict[str, Any]:
    """Return the place that the next statement of this Party takes in the draft's thread."""
    if not draft.thread:
        return {"seq": 1}
    thread = index.fold_thread(draft.thread, authority=draft.authority)
    own = thread.side_of(draft.authority.partition("/")[0])
    heads = dict(thread.heads)
    where: dict[str, Any] = {"seq": _last_seq(thread, own) + 1}
    if own in heads:
        where["prev"] = heads.pop(own)
    where["seen"] = sorted(heads.values())
    return where


def _last_seq(thread: Thread, side: Any) -> int:
    counted = {Standing.FOLDED, Standing.MISPLACED, Standing.VOID}
    return max(
        (entry.statement.seq for entry in thread.entries if entry.side is side and entry.standing in counted),
        default=0,
    )
