"""Entitling: a case gets the title by which its own people know it."""

from __future__ import annotations

from django.db import transaction

from rogatory.errors import ValuesError
from rogatory.values import check_line
from rogatory_node.base import NodeError, clock
from rogatory_node.base.events import Event
from rogatory_node.casework import index
from rogatory_node.casework.models import CaseFile
from rogatory_node.casework.services.draft import DRAFTERS
from rogatory_node.people import selectors as people
from rogatory_node.people.models import Officer
from rogatory_node.records import log

__all__ = ["entitle"]


def entitle(officer: Officer, authority: str, *, thread: str, title: str) -> CaseFile:
    """Give the case of a thread a title and return its file. It never crosses the border.

    Args:
        officer: Who gives it.
        authority: Whose file.
        thread: A thread of the case that the authority sees.
        title: One line; empty takes the title away.

    Raises:
        NodeError: NODE-100 not permitted, NODE-500 no such thread, NODE-520 not one short line.
    """
    people.require(officer, authority, *DRAFTERS)
    index.check_shown(authority, thread)
    _check_title(title)
    case = index.fold_thread(thread, authority=authority).case
    with transaction.atomic():
        CaseFile.objects.filter(authority=authority, case=case).update(title=title)
        fields = {"thread": thread, "officer": str(officer.pk)}
        log.append(Event("case:entitle:done", clock.now(), authority, fields))
    return CaseFile.objects.get(authority=authority, case=case)


def _check_title(title: str) -> None:
    try:
        if title:
            check_line(title, "title")
    except ValuesError as error:
        raise NodeError("NODE-520", member="title") from error
