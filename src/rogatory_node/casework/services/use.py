"""Use: what was given on conditions goes no further than they allow, and not on once it had to be destroyed.

The conditions are those of the delivery, which the seal of its package states too. They are a machine's
part of arts. 36(3) and 40(19): to whom, for which proceedings, until when. Whether a use serves the purpose
is for people.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from rogatory.statements import Delivery, OnwardTransfer, ReturnedOrDestroyed, Statement, UseConsent
from rogatory.threads import Entry, Standing, Thread
from rogatory.values import party_of
from rogatory_node.base import NodeError, clock
from rogatory_node.vault.models import Package
from rogatory_node.vault.services.keeping import check_day, check_in_time

__all__ = ["check_kept_in_time", "check_use", "names_proceedings"]


def check_use(statement: Statement, thread: Thread | None) -> None:
    """Refuse to pass on what was delivered, unless its conditions or a consent allow it.

    1. the delivery stands; 2. what it gave is still held; 3. the day by which it is to be destroyed has not
    passed; 4. a consent that is named was given, for this delivery and this Party, and is the last word;
    5. without one, the conditions let it go on in the same proceedings, and the purpose names one of them.
    An authority of one's own Party is no third Party (art. 36(3)); steps 1 to 3 hold for it as well.
    The purpose is what a person states: step 5 sees that it names the proceedings, not that it is true.

    Raises:
        NodeError: NODE-530 to NODE-534.

    Source:
        Convention, arts. 36(3) and 40(19); spec/evidence.md 2.6.
    """
    if not isinstance(statement, OnwardTransfer) or thread is None:
        return
    given = next((each for each in thread.entries if each.id == statement.body.of), None)
    if given is None or not isinstance(given.statement, Delivery):
        return
    # Step 1.
    if given.recalled_by is not None or given.standing is not Standing.FOLDED:
        raise NodeError("NODE-530")
    # Step 2.
    if _uses(thread, given, ReturnedOrDestroyed):
        raise NodeError("NODE-531")
    # Step 3.
    conditions = given.statement.body.conditions
    check_day(conditions.destroy_by, max(clock.now().date(), statement.body.on))
    if statement.body.to_party == party_of(statement.sender):
        return
    # Step 4.
    if statement.body.consent is not None:
        check_consent(statement, thread, given)
        return
    # Step 5.
    named = names_proceedings(statement.body.purpose.original, conditions.proceedings)
    if conditions.onward != "same_proceedings" or not named:
        raise NodeError("NODE-534")


def names_proceedings(purpose: str, proceedings: Iterable[str]) -> bool:
    """Return whether words name proceedings by their whole number, as written but for case, width and spaces.

    ``DN-2028-0312`` is not named by ``XDN-2028-03129``, nor by ``DN-2028-0312/2``. What has no letter and no
    digit is no number, and nothing names it.
    """
    words = _plain(purpose)
    numbers = (_plain(each) for each in proceedings)
    return any(
        re.search(rf"(?<!\w)(?<!\w[-/._:]){re.escape(each)}(?!\w)(?![-/._:]\w)", words)
        for each in numbers
        if re.search(r"\w", each)
    )


def _plain(words: str) -> str:
    """Return words in one case and width, with one kind of hyphen, and single spaces."""
    folded = unicodedata.normalize("NFKC", words).casefold()
    return " ".join(re.sub(r"[\u2010-\u2015\u2212]", "-", folded).split())


def check_consent(statement: OnwardTransfer, thread: Thread, given: Entry) -> None:
    """Refuse an onward transfer whose consent was not given, is for something else, or was taken back.

    Raises:
        NodeError: NODE-533.
    """
    about = [
        each
        for each in _uses(thread, given, UseConsent)
        if each.side is given.side
        and isinstance(each.statement, UseConsent)
        and each.statement.body.onward_to == statement.body.to_party
    ]
    last = about[-1] if about else None
    if last is None or last.id != statement.body.consent:
        raise NodeError("NODE-533")
    assert isinstance(last.statement, UseConsent)
    if last.statement.body.outcome != "granted":
        raise NodeError("NODE-533")


def check_kept_in_time(authority: str, thread: str) -> None:
    """Refuse to let others into a thread whose evidence had to be destroyed by now and is still here.

    Raises:
        NodeError: NODE-532.
    """
    received = Package.objects.filter(authority=authority, thread=thread, way=Package.Way.RECEIVED)
    for each in received.exclude(state=Package.State.DESTROYED):
        check_in_time(each)


def _uses(thread: Thread, given: Entry, kind: type[Statement]) -> list[Entry]:
    """Return the statements of a kind on the use of what was given that stand, in the thread's order."""
    return [
        each
        for each in thread.entries
        if each.id in given.uses
        and isinstance(each.statement, kind)
        and each.standing is Standing.FOLDED
        and each.recalled_by is None
    ]
