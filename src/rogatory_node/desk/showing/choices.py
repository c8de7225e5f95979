"""The words of what can be one of several: by the member, else by the value alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

__all__ = ["choice"]

Text = str | Promise

# What a value means wherever it stands.
ANYWHERE: Final[Mapping[str, Text]] = {
    "yes": _("yes"),
    "no": _("no"),
    "unknown": _("not known"),
    "given": _("Yes, given"),
    "not_given": _("No"),
    "live": _("As it happens"),
    "batches": _("In batches"),
    "prosecution": _("For prosecution"),
    "sentence": _("To serve a sentence"),
    "term": _("A term of imprisonment"),
    "life": _("Imprisonment for life"),
    "death": _("Death"),
    "investigation": _("Investigation"),
    "trial": _("Trial"),
    "requesting_party": _("To the requesting Party"),
    "prior_owners": _("To its prior owners"),
    "victims": _("To the victims"),
    "safety": _("Somebody's safety"),
    "removal": _("It is removed"),
    "unreachable_here": _("It becomes unreachable from our territory"),
    "person": _("a person"),
    "organisation": _("an organisation"),
    "state": _("the State"),
    "official": _("an official"),
    "none_identified": _("none identified"),
    "intelligence": _("Intelligence: nobody acts on it openly"),
    "lead": _("A lead: to look further, not before a court"),
    "evidence": _("Evidence"),
    "not_without_consent": _("Not without our consent"),
    "same_proceedings": _("Within the same proceedings"),
    "tcp": _("TCP"),
    "udp": _("UDP"),
    "handle": _("Its name"),
    "number": _("Its number"),
    "lapsed": _("The time ran out"),
    "withdrawn": _("The request was withdrawn"),
    "no_longer_needed": _("It was no longer needed"),
    "recalled": _("The request was recalled"),
    "order_ended": _("The order at home ended"),
    "other": _("Something else"),
    "execution": _("We execute the request"),
    "delivery": _("We hand anything over"),
    "granted": _("Granted"),
    "refused": _("Refused"),
    "to_be_disclosed": _("It is to be disclosed"),
    "disclosed": _("It is disclosed"),
    "returned": _("Returned"),
    "destroyed": _("Destroyed"),
    "ordinary": _("Ordinary costs"),
    "extraordinary": _("Extraordinary costs: consult before (art. 40(28))"),
    "estimated": _("Estimated"),
    "incurred": _("Incurred"),
}

# What it means in one member of one model only.
HERE: Final[Mapping[tuple[str, str], Text]] = {
    ("Emergency.threatened", "life"): _("Somebody's life"),
    ("Proceedings.stage", "prosecution"): _("Prosecution"),
}


def choice(owner: type, member: str, value: str) -> Text:
    """Return what a value of a model's member means in words."""
    return HERE.get((f"{owner.__name__}.{member}", value)) or ANYWHERE[value]
