"""Article 40(15): what a request for assistance states, whatever its form.

Art. 50(3) asks the same of requests on property, and art. 46 has no list of its own. Art. 45(3) has one, so
of that kind only what its list leaves out is asked here. Paragraphs 8-31 give way to another mutual
assistance treaty between the pair (para. 7); these rules then still say what they see, as a guide.
"""

from __future__ import annotations

from typing import Final

from rogatory.law.basis import Basis, Matter
from rogatory.law.facts import Facts, Item
from rogatory.law.hanoi_2024._say import (
    ADOPTED,
    MUTUAL_ASSISTANCE,
    PROPERTY,
    STORED_DATA,
    UNDER_ART40,
    all_stated,
    each_item,
    stated,
)
from rogatory.law.rule import Judgement, cure, for_a_person, met, reason, rule
from rogatory.statements import KINDS
from rogatory.values import Measure

ART40_P15_A: Final = "hanoi_2024/art40.p15.a"
ART40_P15_B: Final = "hanoi_2024/art40.p15.b"
ART40_P15_C: Final = "hanoi_2024/art40.p15.c"
ART40_P15_D: Final = "hanoi_2024/art40.p15.d"
ART40_P15_E: Final = "hanoi_2024/art40.p15.e"
ART40_P15_F: Final = "hanoi_2024/art40.p15.f"
ART40_P15_G: Final = "hanoi_2024/art40.p15.g"
# Art. 45(3)(a) to (e) asks these of collection as data pass.
NOT_ELSEWHERE: Final = tuple(each for each in UNDER_ART40 if each != "realtime_traffic")
# Art. 46(1) and art. 50(3) speak of the communications and of the property themselves.
BY_ITEM: Final = (*STORED_DATA, *MUTUAL_ASSISTANCE)
# Of the forms that are no data, only records are kept by time. What a subscriber is has no period either.
UNDATED_FORMS: Final = KINDS["mutual_assistance"].asks - {Measure.DOCUMENTS_AND_RECORDS}
TIMELESS: Final = (*UNDATED_FORMS, "subscriber_information")
# Of whom, and of what, the text asks where they are; of a person also the nationality.
WHERE: Final = ("party", "whereabouts", "location")


@rule(cites=ART40_P15_A, since=ADOPTED, kinds=NOT_ELSEWHERE, matter=Matter.CONTENTS)
def the_requesting_authority_is_identified(facts: Facts, basis: Basis) -> Judgement:
    """The request identifies the requesting authority."""
    del basis
    return stated(ART40_P15_A, present=bool(facts.sender), path="/from")


@rule(cites=ART40_P15_B, since=ADOPTED, kinds=UNDER_ART40, matter=Matter.CONTENTS)
def the_subject_and_who_conducts_it_are_stated(facts: Facts, basis: Basis) -> Judgement:
    """The request states the subject and nature of the case, and who conducts it, by name and function."""
    del basis
    particulars = ((facts.conduct, facts.at("offence/conduct")), (facts.unit, facts.at("case_unit/name")))
    return all_stated(ART40_P15_B, particulars)


@rule(cites=ART40_P15_C, since=ADOPTED, kinds=NOT_ELSEWHERE, matter=Matter.CONTENTS)
def the_facts_are_summarised(facts: Facts, basis: Basis) -> Judgement | None:
    """The request summarises the relevant facts; to serve a document none need be told."""
    del basis
    if facts.items and all(item.category == "service_of_documents" for item in facts.items):
        return None
    return stated(ART40_P15_C, present=facts.facts, path=facts.at("facts"))


@rule(cites=ART40_P15_D, since=ADOPTED, kinds=NOT_ELSEWHERE, matter=Matter.CONTENTS)
def the_assistance_is_described(facts: Facts, basis: Basis) -> Judgement:
    """The request names the assistance item by item, by category of data or by form."""
    del basis
    return each_item(facts, ART40_P15_D, lambda item: bool(item.category), "category")


@rule(cites=ART40_P15_D, since=ADOPTED, kinds=MUTUAL_ASSISTANCE, matter=Matter.CONTENTS)
def what_is_to_be_done_is_described(facts: Facts, basis: Basis) -> Judgement:
    """Each item says what is to be done: whom to hear, what to look for, which document to serve."""
    del basis
    return each_item(facts, ART40_P15_D, lambda item: item.described, "description")


@rule(cites=ART40_P15_E, since=ADOPTED, kinds=(*BY_ITEM, *PROPERTY), matter=Matter.CONTENTS)
def the_items_or_accounts_are_identified(facts: Facts, basis: Basis) -> Judgement:
    """The request identifies, where it can, the persons, items or accounts concerned."""
    del basis
    return each_item(facts, ART40_P15_E, lambda item: item.identifier, "identifier")


@rule(cites=ART40_P15_E, since=ADOPTED, kinds=MUTUAL_ASSISTANCE, matter=Matter.CONTENTS)
def persons_and_things_are_placed(facts: Facts, basis: Basis) -> Judgement | None:
    """Where it can, the request says where each person or thing is, and of what nationality a person.

    The text asks for this where possible and appropriate, so a gap is for a person and never a fault.
    """
    del basis
    placed = [item for item in facts.items if item.identifier_kind in ("person", "thing")]
    gaps = [(item, member) for item in placed for member in _unplaced(item)]
    if gaps:
        return for_a_person(
            *(reason(ART40_P15_E, "LAW-450", item=item.number, member=member) for item, member in gaps),
            cures=[cure("LAW-301", f"{item.path}/identifier/{member}") for item, member in gaps],
        )
    return met(reason(ART40_P15_E, "LAW-101")) if placed else None


@rule(cites=ART40_P15_E, since=ADOPTED, kinds=MUTUAL_ASSISTANCE, matter=Matter.CONTENTS)
def persons_and_things_are_in_the_requested_party(facts: Facts, basis: Basis) -> Judgement | None:
    """What is asked is done in the requested Party; a person or thing said to be elsewhere is looked at."""
    elsewhere = [item for item in facts.items if item.identifier_party not in ("", basis.requested)]
    if not elsewhere:
        return None
    return for_a_person(
        *(
            reason(
                ART40_P15_E, "LAW-723", item=each.number, party=each.identifier_party, other=basis.requested
            )
            for each in elsewhere
        )
    )


def _unplaced(item: Item) -> list[str]:
    lacking = [] if item.identifier_members.intersection(WHERE) else ["party"]
    if item.identifier_kind == "person" and not item.nationality:
        lacking.append("nationality")
    return lacking


@rule(cites=ART40_P15_F, since=ADOPTED, kinds=BY_ITEM, matter=Matter.CONTENTS)
def the_period_is_stated_where_applicable(facts: Facts, basis: Basis) -> Judgement | None:
    """Each item states the period for which data or records are sought; other forms have none to state."""
    del basis
    if facts.items and all(item.category in UNDATED_FORMS for item in facts.items):
        return None
    return each_item(
        facts, ART40_P15_F, lambda item: item.category in TIMELESS or item.period is not None, "period"
    )


@rule(cites=ART40_P15_G, since=ADOPTED, kinds=UNDER_ART40, matter=Matter.CONTENTS)
def the_purpose_is_stated(facts: Facts, basis: Basis) -> Judgement:
    """The request states the purpose for which the evidence is sought."""
    del basis
    return stated(ART40_P15_G, present=facts.purpose, path=facts.at("purpose"))
