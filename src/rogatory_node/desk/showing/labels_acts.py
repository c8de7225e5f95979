"""What the members of other statements are called, with a help line; as ``labels`` for a request."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from rogatory.statements import (
    AssuranceBody,
    Condition,
    ConditionsAcceptedBody,
    ConditionsOfferedBody,
    CostsBody,
    ExculpatoryNoticeBody,
    ExtensionBody,
    HandOverBody,
    NoLongerNeededBody,
    Obtained,
    OnwardTransferBody,
    PathDisclosureBody,
    PathEntry,
    ReleasedBody,
    ReturnedOrDestroyedBody,
    SpontaneousInformationBody,
    StatusBody,
    UseConditions,
    UseConsentBody,
)
from rogatory_node.desk.showing.labels import ANYWHERE, Label, Labels

__all__ = ["ACT_LABELS"]

ITEMS: Final[Label] = (_("Items"), _("Such as 1 to 3, 5. Empty for all of them."))
CONDITIONS = _("One a line. A provision may follow a bar: Not before the hearing | hanoi_2024/art40.p19")

ACT_LABELS: Final[Labels] = {
    ExtensionBody: {
        "items": ITEMS,
        "until": (_("Wished until"), _("A wish: the date that counts is the one they state.")),
        "reason": (_("The reason"), ""),
        "follow_up_planned": (_("The request for the data follows by"), ""),
    },
    ReleasedBody: {
        "items": ITEMS,
        "at": (_("Since"), ""),
        "cause": (_("What led to it"), ""),
        "note": (_("Note"), ""),
    },
    NoLongerNeededBody: {"items": ITEMS, "reason": (_("The reason"), "")},
    ConditionsOfferedBody: {
        "items": ITEMS,
        "conditions": (_("The conditions"), CONDITIONS),
        "before": (_("They bind before"), ""),
        "answer_by": (_("Answer by"), ""),
    },
    ConditionsAcceptedBody: {
        "accepted": (_("Numbers accepted"), _("Such as 1 to 3. What is not named is not accepted.")),
        "note": (_("Note"), ""),
    },
    Condition: {
        "number": (_("Number"), ""),
        "words": (_("Condition"), ""),
        "provision": (_("Provision"), ""),
    },
    SpontaneousInformationBody: {
        "information": (_("What you tell"), ""),
        "obtained": (_("How you came by it"), ""),
        "use": (_("The use that is permitted"), ""),
        "offence": (_("The offence, if there is one"), ""),
        "identifiers": (_("Identifiers"), _("One a line: an address, a domain, an account, a wallet.")),
        "sources": (_("Digests of sources"), _("One a line: SHA-256, 64 letters and digits.")),
        "conditions": (_("Restrictions to be accepted"), CONDITIONS),
        "secrecy": (_("Secrecy"), ""),
    },
    Obtained: {
        "how": (_("How it was obtained"), ""),
        "authority": (_("By whose authority"), ""),
        "reference": (_("Reference"), ""),
    },
    UseConditions: {
        "use": (_("It may be used as"), ""),
        "proceedings": (_("Proceedings in which it may be used"), _("One a line.")),
        "onward": (_("May it be passed on?"), ""),
        "destroy_by": (_("To be destroyed by"), ""),
        "words": (_("In words"), ""),
    },
    PathDisclosureBody: {
        "item": (_("Item"), _("Its number: one that asks to preserve traffic data.")),
        "provider_party": (_("Party of the next provider"), ANYWHERE),
        "provider": (_("The next provider"), ""),
        "path": (
            _("The path"),
            _("One point a line, with port and time: 198.51.100.24:41873 2028-03-12T16:47:12Z | provider"),
        ),
        "note": (_("Note"), ""),
    },
    PathEntry: {
        "address": (_("Address"), ""),
        "at": (_("Time"), ""),
        "provider": (_("Provider"), ""),
    },
    HandOverBody: {
        "successor": (_("Who acts from now on"), _("An authority of your own Party.")),
        "reference": (_("Their reference"), ""),
        "contact": (_("How to reach them"), _("An office, never an officer's name.")),
        "reason": (_("The reason"), ""),
    },
    AssuranceBody: {
        "promises": (_("What is promised"), _("One promise a line.")),
        "provision": (_("Provision it rests on"), ""),
    },
    UseConsentBody: {
        "outcome": (_("Your answer"), ""),
        "use": (_("The other use"), ""),
        "proceedings": (_("Proceedings"), _("One a line.")),
        "onward_to": (_("Party to which it may go on"), ANYWHERE),
        "words": (_("In words"), ""),
    },
    OnwardTransferBody: {
        "to_party": (_("Party to which it went"), ANYWHERE),
        "to": (_("To whom"), ""),
        "purpose": (_("For what"), ""),
        "on": (_("On"), ""),
        "consent": (_("The consent it rests on"), _("Its digest: 64 letters and digits, from its own page.")),
    },
    ExculpatoryNoticeBody: {
        "standing": (_("Has it been disclosed to the defence?"), ""),
        "on": (_("On"), ""),
        "proceedings": (_("In which proceedings"), ""),
        "exception": (_("Why notice could not come before"), ""),
    },
    ReturnedOrDestroyedBody: {
        "outcome": (_("What became of it"), ""),
        "on": (_("On"), ""),
        "method": (_("How"), ""),
        "kept": (_("What stays, and why"), _("Such as a copy in a court's file.")),
    },
    CostsBody: {
        "items": ITEMS,
        "nature": (_("Which costs"), ""),
        "standing": (_("Are they known?"), ""),
        "amount": (_("Amount"), _("With a point before the decimals: 1250.00")),
        "currency": (_("Currency"), _("Three letters, such as EUR")),
        "words": (_("For what, and who is to bear them"), ""),
    },
    StatusBody: {
        "items": ITEMS,
        "words": (_("How far it is"), ""),
        "expected": (_("More is expected by"), ""),
    },
}
