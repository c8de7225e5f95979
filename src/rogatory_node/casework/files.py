"""Case files: each case that an authority has to do with gets a number of its own, once.

A number is ``VNM-FRA 2028-0001``: who asks, who is asked, the year, how many before it. Numbers and titles
are an authority's own and never cross a border. A number is given in a transaction that holds the custody
log's row, so no two cases get one.
"""

from __future__ import annotations

from datetime import datetime

from rogatory.threads import Thread
from rogatory_node.casework.models import CaseFile
from rogatory_node.people.models import Officer
from rogatory_node.records import log

__all__ = ["TITLE", "keep", "keep_all"]

TITLE = 200


def keep(
    authority: str,
    case: str,
    *,
    parties: tuple[str, ...],
    now: datetime,
    title: str = "",
    officer: Officer | None = None,
) -> CaseFile:
    """Return the authority's file of a case, made now if there is none; in the caller's transaction.

    Args:
        authority: Whose file.
        case: The case.
        parties: Who asks and who is asked, as Party codes; the second may not be known yet.
        now: The node's time.
        title: What its own people call it; empty until somebody gives it one.
        officer: Who opened it; None if it arrived.

    Raises:
        NodeError: NODE-202 there is no transaction.
    """
    # Locked first: the count below is nobody else's until the transaction ends.
    log.next_index()
    held = CaseFile.objects.filter(authority=authority, case=case).first()
    if held is not None:
        return held
    prefix = f"{'-'.join(each.upper() for each in parties if each)} {now.year}-"
    before = CaseFile.objects.filter(authority=authority, number__startswith=prefix).count()
    return CaseFile.objects.create(
        authority=authority,
        case=case,
        title=title[:TITLE],
        number=f"{prefix}{before + 1:04}",
        opened_at=now,
        opened_by=officer,
    )


def keep_all(thread: Thread, authorities: set[str], *, now: datetime) -> None:
    """Make a file of the thread's case for each authority that sees it and has none."""
    for authority in sorted(authorities):
        keep(authority, thread.case, parties=(thread.requesting, thread.requested), now=now)
