"""Giving on: the statement that tells of it, and what is to be given, fixed together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from rogatory.values import party_of
from rogatory_node.base import NodeError, clock
from rogatory_node.casework import index
from rogatory_node.casework.models import Draft
from rogatory_node.casework.services import draft as drafting
from rogatory_node.casework.services.freeze import freeze
from rogatory_node.people.models import Officer
from rogatory_node.vault.models import Package
from rogatory_node.vault.services import onward
from rogatory_node.vault.services.onward import Given

__all__ = ["Given", "Onward", "begin"]


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

    The conditions of use are checked here and again when it is sent.

    Raises:
        NodeError: NODE-100 not permitted, NODE-463 to NODE-465, NODE-457 what cannot be given on, NODE-500
            no such thread, NODE-530 to NODE-534 the conditions do not allow it.
        WireError: A member is malformed.
        EvidenceError: EVID-209, EVID-210 nothing is selected.
    """
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
        onward.prepare(officer, held, wanted.given, draft=made.pk, consent=wanted.consent)
        return freeze(officer, made)
