"""Sharing at home: an authority lets another of the same Party into a thread, so that the case can go on."""

from __future__ import annotations

from django.db import transaction

from rogatory_node.base import NodeError, Role, clock, configuration
from rogatory_node.base.events import Event
from rogatory_node.casework import files, index
from rogatory_node.casework.models import ThreadShare
from rogatory_node.casework.services.use import check_kept_in_time
from rogatory_node.people import selectors as people
from rogatory_node.people.models import Officer
from rogatory_node.records import log

__all__ = ["share"]


def share(officer: Officer, authority: str, *, thread: str, with_authority: str) -> None:
    """Let another authority of this node see a thread, and act in it, from now on.

    It says nothing to the other Party: who acts is told by the next statement's sender.

    Args:
        officer: Who lets them in.
        authority: One that sees the thread.
        thread: The thread.
        with_authority: Another authority of the Party, served by this node.

    Raises:
        NodeError: NODE-100 not permitted, NODE-500 no such thread, NODE-103 not served here, NODE-532 it
            holds evidence that had to be destroyed by now.
    """
    people.require(officer, authority, Role.DUTY_OFFICER, Role.LEGAL_REVIEWER, Role.APPROVER)
    index.check_shown(authority, thread)
    if with_authority not in configuration.current().authority_ids:
        raise NodeError("NODE-103", authority=with_authority)
    check_kept_in_time(authority, thread)
    now = clock.now()
    with transaction.atomic():
        made, new = ThreadShare.objects.get_or_create(
            authority=with_authority,
            thread=thread,
            defaults={"shared_by": authority, "shared_at": now, "officer": officer},
        )
        if new:
            files.keep_all(index.show(made), {with_authority}, now=now)
            fields = {"thread": thread, "officer": str(officer.pk), "with": with_authority}
            log.append(Event("thread:share:done", now, authority, fields))
