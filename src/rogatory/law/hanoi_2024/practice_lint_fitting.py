"""Predicted refusals: an item that asks for what its identifier, or the kind of request, cannot give."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from rogatory import statements
from rogatory.law.basis import Basis
from rogatory.law.facts import Facts, Item
from rogatory.law.hanoi_2024._say import ADOPTED, PRESERVATION
from rogatory.law.rule import Judgement, cure, for_a_person, met, not_met, reason, rule

ALL: Final = tuple(statements.KINDS)
BY_NAME: Final = {str(name): kind for name, kind in statements.KINDS.items()}
FITTING_IDENTIFIER: Final = "hanoi_2024/prac.fitting_identifier"
FITTING_KIND: Final = "hanoi_2024/prac.fitting_kind"

ONLINE: Final = ("account", "email", "phone", "url", "ip_address", "domain")
# Money is kept under a telephone number or an e-mail address too, at a mobile operator or a platform.
MONEY: Final = ("iban", "bank_account", "wallet_address", "account", "phone", "email")
PEOPLE: Final = ("person",)
# What a measure is about, and what it may be about if somebody says why. Anything else cannot be found by it;
# a measure that is not here may be about anything.
FITS: Final[Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "traffic_data": (ONLINE, ("thing", "wallet_address", "file_hash")),
    "content_data": (("account", "email", "phone", "url"), ("ip_address", "domain", "file_hash", "thing")),
    "subscriber_information": ((*ONLINE, *MONEY), ("thing", "person", "file_hash")),
    "extradition": (PEOPLE, ()),
    "provisional_arrest": (PEOPLE, ()),
    "transfer_of_a_sentenced_person": (PEOPLE, ()),
    "transfer_of_a_witness_in_custody": (PEOPLE, ()),
    "hearing_by_video": (PEOPLE, ()),
    "voluntary_appearance": (PEOPLE, ()),
    "taking_evidence": (PEOPLE, ("thing", "matter", *ONLINE)),
    "service_of_documents": (PEOPLE, ("thing", "matter", "email", "account", "phone")),
    "transfer_of_proceedings": ((*PEOPLE, "matter"), ()),
    "locating_a_person": ((*PEOPLE, *ONLINE), ("thing", *MONEY)),
    "locating_a_provider": ((*ONLINE, "wallet_address"), ("thing", "file_hash", "iban", "bank_account")),
    "search_and_seizure": (("thing", *ONLINE), ("person", *MONEY)),
    # What a provider keeps in electronic form is asked for as stored data (art. 44), not as a paper.
    "documents_and_records": (
        ("thing", "matter", "person", "iban", "bank_account", "wallet_address"),
        (*ONLINE, "file_hash"),
    ),
    "hold": (MONEY, ("thing",)),
    "freezing": ((*MONEY, "thing", "domain"), ("person",)),
    "seizure": ((*MONEY, "thing", "domain"), ("person",)),
    "confiscation": ((*MONEY, "thing", "domain"), ("person",)),
    "return_of_property": ((*MONEY, "thing", "domain"), ("person", "matter")),
    "removal": (("url", "account", "domain"), ("file_hash", "email", "phone", "ip_address")),
    "joint_investigation": (("matter",), (*PEOPLE, *ONLINE, *MONEY, "thing")),
    "legal_information": (("matter",), ("thing", *ONLINE)),
}


@rule(cites=FITTING_IDENTIFIER, since=ADOPTED, kinds=ALL)
def each_identifier_fits_what_is_asked(facts: Facts, basis: Basis) -> Judgement | None:
    """Each identifier is of a kind that the measure can use: a person is extradited, not a domain."""
    del basis
    known = [item for item in facts.items if item.identifier_kind and item.category in FITS]
    never = [item for item in known if item.identifier_kind not in (*_usual(item), *_unusual(item))]
    if never:
        return not_met(
            [reason(FITTING_IDENTIFIER, "LAW-662", item=item.number) for item in never],
            [cure("LAW-385", f"{item.path}/identifier") for item in never],
        )
    rarely = [item for item in known if item.identifier_kind in _unusual(item)]
    if rarely:
        return for_a_person(*(reason(FITTING_IDENTIFIER, "LAW-663", item=item.number) for item in rarely))
    return met(reason(FITTING_IDENTIFIER, "LAW-101")) if known else None


@rule(cites=FITTING_KIND, since=ADOPTED, kinds=ALL)
def each_item_fits_the_kind_of_request(facts: Facts, basis: Basis) -> Judgement | None:
    """Each item asks for what a request of this kind gives, and no other kind's particulars stand in it."""
    del basis
    kind = BY_NAME[facts.kind]
    alien = [item for item in facts.items if item.category and item.category not in kind.asks]
    # Whether a mapping stands there is seen by its particulars; a draft may hold an empty one.
    others = [each for each in sorted(statements.PARTICULARS) if each != kind.bears and facts.holds(each)]
    if alien or others:
        return not_met(
            [
                *(reason(FITTING_KIND, "LAW-664", item=item.number, kind=facts.kind) for item in alien),
                *(reason(FITTING_KIND, "LAW-665", member=each, kind=facts.kind) for each in others),
            ],
            [
                *(cure("LAW-386", f"{item.path}/category") for item in alien),
                *(cure("LAW-386", facts.at(each)) for each in others),
            ],
        )
    return met(reason(FITTING_KIND, "LAW-101")) if any(item.category for item in facts.items) else None


@rule(cites=FITTING_KIND, since=ADOPTED, kinds=PRESERVATION)
def preservation_asks_to_keep_and_not_to_hand_over(facts: Facts, basis: Basis) -> Judgement | None:
    """Where a request for preservation asks to hand data over, a person reads it again: art. 42 keeps."""
    del basis
    if not facts.speaks_of_handing_over:
        return None
    return for_a_person(reason(FITTING_KIND, "LAW-724"), cures=[cure("LAW-386", facts.at("purpose"))])


def _usual(item: Item) -> tuple[str, ...]:
    return FITS[item.category][0]


def _unusual(item: Item) -> tuple[str, ...]:
    return FITS[item.category][1]
