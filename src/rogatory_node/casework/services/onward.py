"""Giving on: the statement that tells of it and what is given, fixed together; whether it still may go."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from rogatory.errors import RogatoryError
from rogatory.statements import OnwardTransfer
from rogatory.threads import Standing
from rogatory.values import party_of
from rogatory_node.base import NodeError, clock
from rogatory_node.casework import index
from rogatory_node.casework.models import Draft
from rogatory_node.casework.services import draft as drafting
from rogatory_node.casework.services.freeze import freeze
from rogatory_node.casework.services.use import check_use
from rogatory_node.people.models import Officer
from rogatory_node.records.models import Due
from rogatory_node.vault.models import Onward as Made
from rogatory_node.vault.models import Package
from rogatory_node.vault.services import onward
from rogatory_node.vault.services.choosing import check_bound
from rogatory_node.vault.services.onward import Given

__all__ = ["Given", "Onward", "begin", "check_allowed", "hindrance", "make", "take"]


@dataclass(frozen=True, slots=True)
class Onward:
    """What is given on, to whom, for what.

    Attributes:
        given: The whole to an authority, or files and ranges.
        purpose: For what, as a statement carries words.
        to_party, to: Of a part, the Party of who gets it, and who that is in words. A whole package says both
            itself: what people approve is where it goes.
        consent: The statement by which the side that gave it agreed, if the conditions ask for one.
    """

    given: Given
    purpose: dict[str, str]
    to_party: str = ""
    to: str = ""
    consent: str = ""


def begin(officer: Officer, held: Package, wanted: Onward) -> Draft:
    """Return the frozen draft of the statement that tells the giver; what is given is made once it is sent.

    The conditions of use are checked here, when it is sent, when it is made and when it is taken. What is
    selected is counted in the package's table and bound into the statement: people approve that, and no more.

    Raises:
        NodeError: NODE-100 not permitted, NODE-463 to NODE-465, NODE-457 what cannot be given on, NODE-467 to
            NODE-469 the selection, NODE-500 no such thread, NODE-530 to NODE-534 the conditions do not
            allow it.
        WireError: A member is malformed.
        EvidenceError: EVID-207, EVID-208, EVID-210 what is selected is not there, or is nothing.
    """
    chosen = onward.selected(officer, held, wanted.given)
    folded = index.fold_thread(held.thread, authority=held.authority)
    delivery = next((each for each in folded.entries if each.id == held.delivery), None)
    if delivery is None:
        raise NodeError("NODE-500")
    recipient = wanted.given.recipient
    body: dict[str, Any] = {
        "of": held.delivery,
        "to_party": party_of(recipient) if recipient else wanted.to_party,
        "to": recipient or wanted.to,
        "purpose": wanted.purpose,
        "on": clock.now().date().isoformat(),
    }
    if wanted.consent:
        body["consent"] = wanted.consent
    aim = drafting.Aim(
        authority=held.authority,
        recipient=held.counterpart,
        thread=held.thread,
        language=delivery.statement.language,
        instrument=delivery.statement.instrument,
    )
    with transaction.atomic():
        made = drafting.begin(officer, "onward_transfer", aim, body)
        onward.prepare(officer, held, wanted.given, chosen, draft=made.pk, consent=wanted.consent)
        return freeze(officer, made)


def make(row: Due) -> None:
    """Make what was ordered, if it may still be given on; see ``vault.services.onward.make``."""
    onward.make(row, check_allowed)


def take(officer: Officer, made: Made) -> Path:
    """Return the file of what is given on, if it may still be, and leave a leaf.

    Raises:
        NodeError: As ``vault.services.onward.take``; NODE-470, NODE-530 to NODE-535 it may not.
    """
    return onward.take(officer, made, check_allowed)


def check_allowed(made: Made) -> None:
    """Refuse what the thread, as it now stands, does not let go on.

    1. the statement that tells of it stands; 2. it is about what was approved with it; 3. the conditions, and
    the consent it names, allow it now.

    Raises:
        NodeError: NODE-535, NODE-470, NODE-530 to NODE-534.
    """
    thread = index.fold_thread(made.package.thread, authority=made.package.authority)
    told = next((each for each in thread.entries if each.id == made.statement), None)
    # Step 1.
    if told is None or told.recalled_by is not None or told.standing is not Standing.FOLDED:
        raise NodeError("NODE-535")
    if not isinstance(told.statement, OnwardTransfer):
        raise NodeError("NODE-535")
    # Step 2.
    check_bound(made, told.statement.nonce)
    # Step 3.
    check_use(told.statement, thread)


def hindrance(made: Made) -> RogatoryError | None:
    """Return why something that was made may not be taken any more; None if it may."""
    try:
        onward.check_givable(made.package)
        check_allowed(made)
    except RogatoryError as error:
        return error
    return None
