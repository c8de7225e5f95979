"""One statement of each further type, and bodies of them that are refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from rogatory.statements import (
    Condition,
    ConditionsAccepted,
    ConditionsAcceptedBody,
    ConditionsOffered,
    ConditionsOfferedBody,
    Document,
    Extension,
    ExtensionBody,
    HandOver,
    HandOverBody,
    NoLongerNeeded,
    NoLongerNeededBody,
    Obtained,
    PathDisclosure,
    PathDisclosureBody,
    PathEntry,
    Released,
    ReleasedBody,
    SpontaneousInformation,
    SpontaneousInformationBody,
    UseConditions,
)
from rogatory.values import IpAddress, read_moment
from support.world import ASKED, ASKING, NOON, header, words

OPENED = "5" * 64
ACTS = "rogatory.statements.acts:"


def extends(of: str, *numbers: int) -> ExtensionBody:
    return ExtensionBody(of=of, items=numbers, until=date(2028, 9, 11), reason=words("The order is awaited."))


def leads(of: str, number: int = 1) -> PathDisclosureBody:
    address = IpAddress(
        verbatim="198.51.100.24", normalised="198.51.100.24", source_port=41873, protocol="tcp"
    )
    entry = PathEntry(address=address, at=read_moment("2028-03-12T16:47:12Z"))
    return PathDisclosureBody(of=of, item=number, provider_party="xtp", path=(entry,))


def releases(of: str, *numbers: int) -> ReleasedBody:
    return ReleasedBody(of=of, items=numbers, at=NOON, cause="no_longer_needed")


def lets_go(of: str, *numbers: int) -> NoLongerNeededBody:
    return NoLongerNeededBody(of=of, items=numbers)


def conditions(*numbers: int) -> tuple[Condition, ...]:
    return tuple(Condition(number=each, words=words("For this case alone.")) for each in numbers)


def offers(of: str, *numbers: int) -> ConditionsOfferedBody:
    return ConditionsOfferedBody(of=of, conditions=conditions(*numbers or (1,)), before="delivery")


def accepts_terms(of: str, *numbers: int) -> ConditionsAcceptedBody:
    return ConditionsAcceptedBody(of=of, accepted=numbers or (1,))


def informs(*numbers: int) -> SpontaneousInformationBody:
    return SpontaneousInformationBody(
        information=words("The same panel was used from 198.51.100.24."),
        obtained=Obtained(how=words("Found in a log under an order."), authority="fra/ofac"),
        use=UseConditions(use="lead"),
        conditions=conditions(*numbers or (1,)),
    )


def hands_over(successor: str = "fra/moj") -> HandOverBody:
    return HandOverBody(successor=successor, reference="2028/0312")


def opening_information(**changes: Any) -> SpontaneousInformation:
    return SpontaneousInformation(
        **header(**({"sender": ASKED, "recipient": ASKING} | changes)), body=informs(1, 2)
    )


def further_examples(joins: Callable[..., Any]) -> dict[str, Document]:
    """Return one statement of each further type."""
    own = {"by": ASKING, "to": ASKED, "seq": 2, "prev": OPENED, "seen": ()}
    return {
        "extension": joins(Extension, extends(OPENED, 1), **own),
        "path_disclosure": joins(PathDisclosure, leads(OPENED)),
        "released": joins(Released, releases(OPENED, 1)),
        "no_longer_needed": joins(NoLongerNeeded, lets_go(OPENED, 1), **own),
        "conditions_offered": joins(ConditionsOffered, offers(OPENED, 1, 2)),
        "conditions_accepted": joins(ConditionsAccepted, accepts_terms("6" * 64, 1), **own),
        "spontaneous_information": opening_information(),
        "hand_over": joins(HandOver, hands_over()),
    }


def bad_bodies() -> Iterator[tuple[str, str, dict[str, Any], str, str | None]]:
    """Yield a name, a type, what is changed in its body, the code, and the check that refuses it."""
    numbers = ACTS + "check_numbers"
    for kind in ("extension", "released", "no_longer_needed"):
        yield f"one item twice in {kind}", kind, {"items": [1, 1]}, "STMT-005", numbers
    yield "one condition accepted twice", "conditions_accepted", {"accepted": [1, 1]}, "STMT-005", numbers
    twice = [{"number": 1, "words": {"original": each, "language": "en"}} for each in ("x", "y")]
    for kind in ("conditions_offered", "spontaneous_information"):
        yield f"two conditions of one number in {kind}", kind, {"conditions": twice}, "STMT-005", numbers
    yield "no condition accepted", "conditions_accepted", {"accepted": []}, "WIRE-010", None
    yield "no condition offered", "conditions_offered", {"conditions": []}, "WIRE-010", None
    yield (
        "a path that ends at home",
        "path_disclosure",
        {"provider_party": "fra"},
        "STMT-011",
        "rogatory.statements.path_disclosure:check_leads_abroad",
    )
    yield "an amount as words", "costs", {"amount": "much"}, "WIRE-010", None
    yield "an amount with a sign", "costs", {"amount": "-5"}, "WIRE-010", None
    yield "costs twice for one item", "costs", {"items": [1, 1]}, "STMT-005", numbers
    yield "status twice for one item", "status", {"items": [1, 1]}, "STMT-005", numbers
    yield "an assurance of nothing", "assurance", {"promises": []}, "WIRE-010", None
    yield (
        "a consent that is neither granted nor refused",
        "use_consent",
        {"outcome": "perhaps"},
        "WIRE-010",
        None,
    )
    yield "a transfer to nobody", "onward_transfer", {"to": ""}, "VALUE-002", None
    yield "a notice without proceedings", "exculpatory_notice", {"proceedings": None}, "WIRE-010", None
    yield "destroyed on no day", "returned_or_destroyed", {"on": None}, "VALUE-001", None
    yield "a path without an entry", "path_disclosure", {"path": []}, "WIRE-010", None
    yield "a release without its cause", "released", {"cause": "because"}, "WIRE-010", None
    yield (
        "information that says not how it was obtained",
        "spontaneous_information",
        {"obtained": None},
        "WIRE-010",
        None,
    )
    yield "information without the use permitted", "spontaneous_information", {"use": None}, "WIRE-010", None
    successor = "rogatory.statements.hand_over:check_successor"
    yield "a hand-over to another Party", "hand_over", {"successor": "xtp/cyber"}, "STMT-012", successor
    yield "a hand-over to itself", "hand_over", {"successor": "fra/ofac"}, "STMT-012", successor
