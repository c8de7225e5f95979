"""Drafts: begun, changed, discarded. What is typed is kept as typed, complete or not."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import F
from pydantic import ValidationError

from rogatory import statements, wire
from rogatory.errors import RogatoryError
from rogatory.threads import Thread
from rogatory.values import AuthorityId, Frozen, LanguageTag, Nonce, ShortText, StatementId, party_of
from rogatory_node.base import NodeError, Role, clock
from rogatory_node.base.events import Event
from rogatory_node.base.randomness import random_bytes
from rogatory_node.casework import files, index
from rogatory_node.casework.models import CaseFile, Draft
from rogatory_node.people import selectors as people
from rogatory_node.people.models import Officer
from rogatory_node.records import log
from rogatory_node.vault.services import onward

__all__ = ["ACTS", "DRAFTERS", "TYPED", "Aim", "begin", "change", "check_parties", "discard", "locked"]

DRAFTERS = (Role.DUTY_OFFICER, Role.INVESTIGATOR, Role.LEGAL_REVIEWER, Role.APPROVER, Role.CUSTODIAN)

ACTS = {model.NAME: model for model in statements.TYPES if issubclass(model, statements.Statement)}
"""The types that an officer can draft, by name."""

TYPED: Final = "typed"
"""The member of ``raw`` for what a page keeps beside the body: pasted lines, answers not yet complete.

It stays here: freezing leaves it out, so it is never approved and never sent.
"""


@dataclass(frozen=True, slots=True)
class Aim:
    """Where a statement is to go: from which authority to which, in which thread or case, in which words.

    ``case`` and ``thread`` are empty for a request that opens a new case; ``recipient`` while nobody has
    chosen whom to ask.
    """

    authority: str
    recipient: str
    case: str = ""
    thread: str = ""
    language: str = "en"
    instrument: str = "hanoi_2024"
    title: str = ""


class _Header(Frozen):
    """What of an aim will stand in a statement's header, as strict as there."""

    authority: AuthorityId
    recipient: AuthorityId | None
    case: Nonce | None
    thread: StatementId | None
    language: LanguageTag
    instrument: ShortText
    title: ShortText | None


def begin(officer: Officer, act: str, aim: Aim, raw: Mapping[str, Any]) -> Draft:
    """Begin a draft and return it.

    Args:
        officer: Who begins it.
        act: The statement's type, such as ``request``.
        aim: From whom, to whom, where.
        raw: The body as far as it is known.

    Raises:
        NodeError: NODE-100 not permitted, NODE-501 no such act, NODE-502 the thread is not with that
            Party, NODE-500 no such thread, NODE-517 no such case, NODE-520 a member of the aim.
    """
    people.require(officer, aim.authority, *DRAFTERS)
    if act not in ACTS:
        raise NodeError("NODE-501", act=act[:40])
    check_aim(aim)
    now = clock.now()
    with transaction.atomic():
        # The log's row is locked first, as in every act.
        log.next_index()
        case = _case(officer, aim, now)
        made = Draft.objects.create(
            authority=aim.authority,
            recipient=aim.recipient,
            act=act,
            case=case,
            thread=aim.thread,
            language=aim.language,
            instrument=aim.instrument,
            raw=storable(raw),
            made_at=now,
            made_by=officer,
            changed_at=now,
            changed_by=officer,
        )
        _note("draft:begin:done", made, officer)
    return made


def check_aim(aim: Aim) -> None:
    """Refuse an aim that no header could hold.

    Raises:
        NodeError: NODE-520 with the member.
    """
    members = {name: value or None for name, value in dataclasses.asdict(aim).items()}
    try:
        _Header.model_validate(members)
    except ValidationError as error:
        raise NodeError("NODE-520", member=error.errors()[0]["loc"][0]) from error


def check_parties(thread: Thread, authority: str, recipient: str) -> None:
    """Refuse a statement that would leave the two Parties of its thread.

    Raises:
        NodeError: NODE-502.
    """
    if {authority.partition("/")[0], recipient.partition("/")[0]} != {thread.requesting, thread.requested}:
        raise NodeError("NODE-502")


def _case(officer: Officer, aim: Aim, now: datetime) -> str:
    """Return the case of a draft, which is the thread's, one of this authority's, or a new one."""
    if aim.thread:
        index.check_shown(aim.authority, aim.thread)
        folded = index.fold_thread(aim.thread, authority=aim.authority)
        check_parties(folded, aim.authority, aim.recipient)
        return folded.case
    if aim.case:
        if not CaseFile.objects.filter(authority=aim.authority, case=aim.case).exists():
            raise NodeError("NODE-517")
        return aim.case
    case = random_bytes(32).hex()
    parties = (party_of(aim.authority), aim.recipient.partition("/")[0])
    files.keep(aim.authority, case, parties=parties, now=now, title=aim.title, officer=officer)
    return case


def change(
    officer: Officer, draft: Draft, raw: Mapping[str, Any], *, version: int, recipient: str = ""
) -> Draft:
    """Keep what was typed, if nobody else has changed the draft meanwhile.

    Args:
        officer: Who changes it.
        draft: An open draft.
        raw: The whole body as it now stands.
        version: The version that the officer saw.
        recipient: Another recipient, if it is to change.

    Raises:
        NodeError: NODE-100 not permitted, NODE-503 no longer open, NODE-504 changed by somebody else,
            NODE-502 the recipient is of another Party than the thread's, NODE-520 it is none.
    """
    people.require(officer, draft.authority, *DRAFTERS)
    if recipient:
        check_aim(Aim(draft.authority, recipient))
        if draft.thread:
            folded = index.fold_thread(draft.thread, authority=draft.authority)
            check_parties(folded, draft.authority, recipient)
    kept = Draft.objects.filter(pk=draft.pk, state=Draft.State.OPEN, version=version).update(
        raw=storable(raw),
        recipient=recipient or draft.recipient,
        version=F("version") + 1,
        changed_at=clock.now(),
        changed_by=officer,
    )
    draft.refresh_from_db()
    if not kept:
        raise NodeError("NODE-503" if draft.state != Draft.State.OPEN else "NODE-504")
    return draft


def discard(officer: Officer, draft: Draft) -> None:
    """Give a draft up; it stays readable and cannot be sent.

    Raises:
        NodeError: NODE-100 not permitted, NODE-503 it has left already.
    """
    people.require(officer, draft.authority, *DRAFTERS)
    with transaction.atomic():
        mine = locked(draft, Draft.State.OPEN, Draft.State.FROZEN)
        mine.state = Draft.State.DISCARDED
        mine.save(update_fields=["state"])
        onward.forget(mine.pk)
        _note("draft:discard:done", mine, officer)


def locked(draft: Draft, *states: Draft.State) -> Draft:
    """Return the draft as it now is, held until the transaction ends.

    Raises:
        NodeError: NODE-503 it is in another state than the act needs.
    """
    # The log's row comes first in every act, so that no two acts wait for each other.
    log.next_index()
    mine = Draft.objects.select_for_update().get(pk=draft.pk)
    if mine.state not in states:
        raise NodeError("NODE-503")
    return mine


def storable(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was typed, if the wire could ever carry it: size, depth, plain text.

    Raises:
        NodeError: NODE-505 it could not, with the wire's reason.
    """
    try:
        document: dict[str, Any] = wire.parse(wire.canonical(dict(raw)))
    except (RogatoryError, TypeError, ValueError) as error:
        raise NodeError("NODE-505", reason=getattr(error, "code", "not JSON")) from error
    return document


def _note(tag: str, draft: Draft, officer: Officer) -> None:
    fields = {"draft": str(draft.pk), "officer": str(officer.pk), "act": draft.act}
    log.append(Event(tag, clock.now(), draft.authority, fields))
