"""Predicted refusals: an identifier that is wrong, or that two readers would read in two ways.

The provider looks for exactly what is written. It finds nobody, or somebody else.
"""

from __future__ import annotations

from typing import Final

from rogatory import statements
from rogatory.law.basis import Basis
from rogatory.law.facts import Facts, Item
from rogatory.law.hanoi_2024._say import ADOPTED
from rogatory.law.reading_identifiers import DISPLAY_NAME, SEVERAL, UNREADABLE
from rogatory.law.rule import Judgement, cure, for_a_person, met, not_met, reason, rule

ALL: Final = tuple(statements.KINDS)
IDENTIFIER: Final = "hanoi_2024/prac.identifier"
PUBLIC_ADDRESS: Final = "hanoi_2024/prac.public_address"
LOOK_ALIKE: Final = "hanoi_2024/prac.look_alike"
PERSON: Final = "hanoi_2024/prac.person"

NO_REGISTER: Final = "LAW-652"
# Measures that ask what somebody knows; a hidden service can be known to the police, though to no provider.
OF_KNOWLEDGE: Final = ("police_information", "joint_investigation", "technical_advice", "legal_information")
# What the values room doubts, and what that means to the provider that must find it.
WRONG: Final = {
    UNREADABLE: "LAW-650",
    **dict.fromkeys(("DOUBT-020", "DOUBT-021", "DOUBT-022", "DOUBT-023"), "LAW-651"),
    **dict.fromkeys(("DOUBT-010", "DOUBT-011", "DOUBT-012"), NO_REGISTER),
    "DOUBT-026": "LAW-653",
    SEVERAL: "LAW-654",
}
UNSURE: Final = {
    **dict.fromkeys(("DOUBT-008", "DOUBT-009"), "LAW-655"),
    **dict.fromkeys(("DOUBT-013", "DOUBT-014", "DOUBT-015", "DOUBT-019", "DOUBT-028"), "LAW-656"),
    DISPLAY_NAME: "LAW-657",
}
PRIVATE: Final = frozenset(("DOUBT-001", "DOUBT-002", "DOUBT-003"))
CARRIES_IPV4: Final = "DOUBT-005"
LOOKS_LIKE_ANOTHER: Final = "DOUBT-016"
# Their own rules ask for the whole identity of the person (prac.person_identity).
OWN_IDENTITY: Final = ("extradition", "sentenced_transfer")
NAME_ALONE: Final = "DOUBT-032"


@rule(cites=IDENTIFIER, since=ADOPTED, kinds=ALL)
def each_identifier_can_be_found(facts: Facts, basis: Basis) -> Judgement | None:
    """Each identifier is whole, passes its own checksum and is one: the provider can find what is meant."""
    del basis
    wrong = [
        (item, code) for item in facts.items for code in _told(item, WRONG) if not _known_there(item, code)
    ]
    if wrong:
        return not_met(
            [reason(IDENTIFIER, code, item=item.number) for item, code in wrong],
            [
                cure("LAW-381" if code == WRONG[SEVERAL] else "LAW-380", f"{item.path}/identifier")
                for item, code in wrong
            ],
        )
    unsure = [(item, code) for item in facts.items for code in _told(item, UNSURE)]
    unsure += [
        (item, code) for item in facts.items for code in _told(item, WRONG) if _known_there(item, code)
    ]
    if unsure:
        return for_a_person(
            *(reason(IDENTIFIER, code, item=item.number) for item, code in unsure),
            cures=[cure("LAW-380", f"{item.path}/identifier") for item, _ in unsure],
        )
    return met(reason(IDENTIFIER, "LAW-101")) if any(item.identifier for item in facts.items) else None


@rule(cites=PUBLIC_ADDRESS, since=ADOPTED, kinds=ALL)
def each_address_is_a_public_one(facts: Facts, basis: Basis) -> Judgement | None:
    """An address of the Internet is one that a provider gave out, not one of a home, an office or a carrier.

    An IPv6 address that carries an IPv4 address inside is none that a provider knows either.
    """
    del basis
    faults = [(item, "LAW-658", "LAW-382") for item in facts.items if item.faults & PRIVATE]
    faults += [(item, "LAW-659", "LAW-383") for item in facts.items if CARRIES_IPV4 in item.faults]
    if faults:
        return not_met(
            [reason(PUBLIC_ADDRESS, code, item=item.number) for item, code, _ in faults],
            [cure(code, f"{item.path}/identifier") for item, _, code in faults],
        )
    given = any(item.identifier_kind == "ip_address" for item in facts.items)
    return met(reason(PUBLIC_ADDRESS, "LAW-101")) if given else None


@rule(cites=LOOK_ALIKE, since=ADOPTED, kinds=ALL)
def characters_that_look_alike_are_settled(facts: Facts, basis: Basis) -> Judgement | None:
    """Where a handle has a character that looks like another, its source is named or a person looks."""
    del basis
    alike = [item for item in facts.items if LOOKS_LIKE_ANOTHER in item.faults and not item.shown]
    if not alike:
        return None
    return for_a_person(
        *(reason(LOOK_ALIKE, "LAW-660", item=item.number) for item in alike),
        cures=[cure("LAW-380", f"{item.path}/identifier/source") for item in alike],
    )


@rule(cites=PERSON, since=ADOPTED, kinds=tuple(each for each in ALL if each not in OWN_IDENTITY))
def a_person_is_more_than_a_name(facts: Facts, basis: Basis) -> Judgement | None:
    """A person comes with a date of birth or a document; by a name alone, another may be found."""
    del basis
    people = [item for item in facts.items if item.identifier_kind == "person"]
    nameless = [item for item in people if NAME_ALONE in item.faults]
    if nameless:
        return for_a_person(
            *(reason(PERSON, "LAW-661", item=item.number) for item in nameless),
            cures=[cure("LAW-301", f"{item.path}/identifier/born") for item in nameless],
        )
    return met(reason(PERSON, "LAW-101")) if people else None


def _known_there(item: Item, code: str) -> bool:
    """Tell whether a service that no public register knows may still be known to whoever is asked."""
    return code == NO_REGISTER and item.category in OF_KNOWLEDGE


def _told(item: Item, table: dict[str, str]) -> list[str]:
    return sorted({code for fault, code in table.items() if fault in item.faults})
