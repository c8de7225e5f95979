"""The words of a basis: what can be governed apart, how much is known of it, and an answer.

Which matters stand for art. 40(8)-(31) is data (``indexes/matters.yaml`` of the Convention), not this list.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from rogatory.law.finding import Reason

__all__ = ["Answer", "Matter", "State"]


class Matter(StrEnum):
    """What can be governed by one instrument while another governs the rest."""

    # An enumeration hashes its members in Python, and every answer is looked up by its matter.
    __hash__ = str.__hash__

    # Art. 40(8)-(31): these give way to another mutual assistance treaty.
    CONTENTS = "contents"
    FORM = "form"
    LANGUAGE = "language"
    CHANNEL = "channel"
    GROUNDS = "grounds"
    DUAL_CRIMINALITY = "dual_criminality"
    PERSECUTION = "persecution"
    FISCAL = "fiscal"
    BANK_SECRECY = "bank_secrecy"
    REASONS = "reasons"
    STATUS = "status"
    POSTPONEMENT = "postponement"
    CONSULTATION = "consultation"
    EXECUTION = "execution"
    SPECIALITY = "speciality"
    CONFIDENTIALITY = "confidentiality"
    COSTS = "costs"
    # Articles 36 and 41-46, and whatever else is outside those paragraphs, are answered for themselves.
    GATE = "gate"
    PERSONAL_DATA = "personal_data"
    EXTRADITION = "extradition"
    TRANSFER_OF_PERSONS = "transfer_of_persons"
    TRANSFER_OF_PROCEEDINGS = "transfer_of_proceedings"
    SPONTANEOUS = "spontaneous"
    NETWORK = "network"
    EMERGENCY = "emergency"
    PRESERVATION = "preservation"
    PATH = "path"
    STORED_DATA = "stored_data"
    REALTIME_TRAFFIC = "realtime_traffic"
    INTERCEPTION = "interception"
    POLICE = "police"
    JOINT_INVESTIGATION = "joint_investigation"
    PROPERTY = "property"


class State(StrEnum):
    """How much is known of a matter."""

    STATED = "stated"  # the governing instrument says it, at the anchors given
    SILENT = "silent"  # the governing instrument was read and has no rule; the requested Party's law decides
    UNKNOWN = "unknown"  # ask a lawyer; nothing is filled in
    NONE = "none"  # no instrument at hand binds the pair in this matter


class Answer(NamedTuple):
    """What governs one matter between two Parties on a day.

    Attributes:
        governing: The instrument; with ``UNKNOWN`` it may be named although what it says is not known.
        anchors: Where it says so; empty unless ``STATED``.
        assumed: Whether that rests on an assumption (a rehearsal).
        reasons: Why this one, and why others do not bind.
        bearing: What the two Parties reserved, declared or notified on it, as references.
        beside: What other instruments that bind the pair say on it, as references: the request may rest on
            them instead, or they apply to their own offences. With ``NONE``, what a lawyer may fill in.
        confidence: How sure the answer is; None where there is nothing to be sure of.
        languages: Which languages the requested Party notified that it accepts; empty where no notification
            is at hand.
    """

    matter: Matter
    state: State
    governing: str | None
    anchors: tuple[str, ...]
    assumed: bool
    reasons: tuple[Reason, ...]
    bearing: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    confidence: str | None = None
    languages: frozenset[str] = frozenset()

    def says(self, instrument: str) -> bool:
        """Tell whether this instrument governs the matter and what it says is known."""
        return self.state is State.STATED and self.governing == instrument
