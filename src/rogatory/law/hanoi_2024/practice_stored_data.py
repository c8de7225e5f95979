"""Practice: what a request for evidence needs beyond the list of art. 40(15), data and other forms alike."""

from __future__ import annotations

from typing import Final

from rogatory.law.basis import Basis
from rogatory.law.facts import Facts
from rogatory.law.hanoi_2024._say import (
    ADOPTED,
    CONTENT_INTERCEPTION,
    INTERCEPTION,
    MUTUAL_ASSISTANCE,
    PROPERTY,
    STORED_DATA,
    UNDER_ART40,
    each_item,
    stated,
)
from rogatory.law.rule import Judgement, cure, for_a_person, met, not_met, reason, rule

PRESERVATION_REFERENCE: Final = "hanoi_2024/prac.preservation_reference"
NECESSITY: Final = "hanoi_2024/prac.necessity"
AUTHORISATION: Final = "hanoi_2024/prac.authorisation"
FORM_OF_EVIDENCE: Final = "hanoi_2024/prac.form_of_evidence"
PRIVILEGE: Final = "hanoi_2024/prac.privilege"
DEADLINE: Final = "hanoi_2024/prac.deadline"
PROCEEDINGS: Final = "hanoi_2024/prac.proceedings"
# Only content can hold what a client wrote to a lawyer; an image of a disk may, and a place that is searched.
MAY_BE_PRIVILEGED: Final = ("content_data", "electronic_data", "search_and_seizure")
# What touches a person against that person's will needs its reason; of other forms the purpose says enough.
PRODUCED: Final = ("examination", "documents_and_records")
COERCIVE: Final = ("search_and_seizure", *PRODUCED)
EVIDENCE: Final = (*STORED_DATA, *INTERCEPTION, *MUTUAL_ASSISTANCE)


@rule(cites=PRESERVATION_REFERENCE, since=ADOPTED, kinds=STORED_DATA)
def the_preservation_it_follows_is_named(facts: Facts, basis: Basis) -> Judgement:
    """The request names the preservation that it follows; data may also be asked for without one."""
    del basis
    if facts.preservation:
        return met(reason(PRESERVATION_REFERENCE, "LAW-101"))
    path = facts.at("preservation")
    return for_a_person(reason(PRESERVATION_REFERENCE, "LAW-170"), cures=[cure("LAW-301", path)])


@rule(cites=NECESSITY, since=ADOPTED, kinds=(*STORED_DATA, *CONTENT_INTERCEPTION))
def the_necessity_of_each_category_is_stated(facts: Facts, basis: Basis) -> Judgement:
    """Each item says why that category of data is necessary."""
    del basis
    return each_item(facts, NECESSITY, lambda item: item.necessity, "necessity")


@rule(cites=NECESSITY, since=ADOPTED, kinds=MUTUAL_ASSISTANCE)
def the_necessity_of_a_coercive_form_is_stated(facts: Facts, basis: Basis) -> Judgement | None:
    """Each search, examination or production of records says why it is necessary."""
    del basis
    if not any(item.category in COERCIVE for item in facts.items):
        return None
    return each_item(
        facts, NECESSITY, lambda item: item.category not in COERCIVE or item.necessity, "necessity"
    )


@rule(cites=AUTHORISATION, since=ADOPTED, kinds=EVIDENCE)
def the_domestic_authorisation_is_stated(facts: Facts, basis: Basis) -> Judgement | None:
    """The request states what authorises the measure at home: authority, reference and date."""
    del basis
    # A search names its own order, and whoever comes or speaks freely is under no measure.
    if facts.kind in MUTUAL_ASSISTANCE and not any(item.category in PRODUCED for item in facts.items):
        return None
    return stated(AUTHORISATION, present=facts.authorisation, path=facts.at("domestic_authorisation"))


@rule(cites=FORM_OF_EVIDENCE, since=ADOPTED, kinds=EVIDENCE)
def the_form_of_evidence_is_stated(facts: Facts, basis: Basis) -> Judgement:
    """The request says in which form the court needs the evidence."""
    del basis
    return stated(FORM_OF_EVIDENCE, present=facts.form_of_evidence, path=facts.at("form_of_evidence"))


@rule(cites=PRIVILEGE, since=ADOPTED, kinds=EVIDENCE)
def privilege_is_provided_for(facts: Facts, basis: Basis) -> Judgement | None:
    """Where content is asked for, the request says how privileged communications are kept apart."""
    del basis
    if not any(item.category in MAY_BE_PRIVILEGED for item in facts.items):
        return None
    return stated(PRIVILEGE, present=facts.privilege_filter, path=facts.at("privilege_filter"))


@rule(cites=DEADLINE, since=ADOPTED, kinds=(*STORED_DATA, *MUTUAL_ASSISTANCE, *PROPERTY))
def a_deadline_has_its_reason(facts: Facts, basis: Basis) -> Judgement:
    """A deadline is given with its reason, so that the requested Party can take it into account."""
    del basis
    if facts.deadline and facts.deadline_reason:
        return met(reason(DEADLINE, "LAW-101"))
    if facts.deadline:
        return not_met([reason(DEADLINE, "LAW-171")], [cure("LAW-301", facts.at("deadline_reason"))])
    return for_a_person(reason(DEADLINE, "LAW-172"), cures=[cure("LAW-301", facts.at("deadline"))])


@rule(cites=PROCEEDINGS, since=ADOPTED, kinds=UNDER_ART40)
def the_proceedings_of_use_are_named(facts: Facts, basis: Basis) -> Judgement:
    """The request names all proceedings in which the evidence may be used."""
    del basis
    return stated(PROCEEDINGS, present=facts.proceedings > 0, path=facts.at("proceedings_of_use"))
