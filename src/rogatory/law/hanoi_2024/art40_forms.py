"""Article 40 form by form: persons lent from custody (9-11), procedure (17), video (18), safe conduct (29).

What practice asks of a hearing, a search or a service stands beside the paragraph that it serves. Whether a
consent is free and informed is for a person, always (art. 40(9)(a)).
"""

from __future__ import annotations

from typing import Final

from rogatory.law.basis import Basis, Matter
from rogatory.law.facts import Facts, Item
from rogatory.law.hanoi_2024._say import ADOPTED, MUTUAL_ASSISTANCE, all_stated, stated
from rogatory.law.rule import Judgement, cure, for_a_person, met, not_met, reason, rule

ART40_P3_M: Final = "hanoi_2024/art40.p3.m"
ART40_P9_A: Final = "hanoi_2024/art40.p9.a"
ART40_P9_B: Final = "hanoi_2024/art40.p9.b"
ART40_P10_B: Final = "hanoi_2024/art40.p10.b"
ART40_P17: Final = "hanoi_2024/art40.p17"
ART40_P18: Final = "hanoi_2024/art40.p18"
ART40_P29: Final = "hanoi_2024/art40.p29"
HEARING: Final = "hanoi_2024/prac.hearing"
RIGHTS: Final = "hanoi_2024/prac.rights"
SEARCH_ORDER: Final = "hanoi_2024/prac.search_order"
SERVICE: Final = "hanoi_2024/prac.service"
LENT: Final = ("transfer_of_a_witness_in_custody",)
VIDEO: Final = ("hearing_by_video",)
HEARD: Final = ("taking_evidence", "hearing_by_video")
# Whoever comes freely is safe from earlier matters by para. 29; whoever is lent from custody, by para. 11.
COMES: Final = ("voluntary_appearance",)
# What the requested Party's authorities do by a procedure, and a court at home may want done its own way.
BY_PROCEDURE: Final = (*HEARD, "search_and_seizure", "examination")


def of_form(facts: Facts, forms: tuple[str, ...]) -> list[Item]:
    """Return the items that ask for one of some forms."""
    return [item for item in facts.items if item.category in forms]


@rule(cites=ART40_P3_M, since=ADOPTED, kinds=MUTUAL_ASSISTANCE)
def an_unnamed_form_is_for_a_person(facts: Facts, basis: Basis) -> Judgement | None:
    """Whether a form that the list does not name is contrary to the requested law is for a lawyer there."""
    found = of_form(facts, ("other_assistance",))
    shown = [reason(ART40_P3_M, "LAW-457", item=item.number, party=basis.requested) for item in found]
    return for_a_person(*shown) if shown else None


@rule(cites=ART40_P9_A, since=ADOPTED, kinds=MUTUAL_ASSISTANCE)
def free_consent_is_for_a_person(facts: Facts, basis: Basis) -> Judgement | None:
    """Whether a person in custody freely consents, knowing what for, is for a person, whatever is stated."""
    del basis
    if not of_form(facts, LENT):
        return None
    answer = facts.word("assistance/consent_of_person")
    if answer in ("given", "not_given", "unknown"):
        return for_a_person(reason(ART40_P9_A, "LAW-451", answer=answer))
    path = facts.at("assistance/consent_of_person")
    return for_a_person(reason(ART40_P9_A, "LAW-452"), cures=[cure("LAW-301", path)])


@rule(cites=ART40_P9_B, since=ADOPTED, kinds=MUTUAL_ASSISTANCE)
def the_terms_of_a_transfer_are_for_a_person(facts: Facts, basis: Basis) -> Judgement | None:
    """Both authorities agree on the terms: custody, time that counts, and no pursuit for earlier acts."""
    del basis
    if not of_form(facts, LENT):
        return None
    terms = ("art40.p9.b", "art40.p10.a", "art40.p10.d", "art40.p11")
    return for_a_person(*(reason(f"hanoi_2024/{each}", "LAW-106") for each in terms))


@rule(cites=ART40_P10_B, since=ADOPTED, kinds=MUTUAL_ASSISTANCE, matter=Matter.EXECUTION)
def the_return_of_the_person_is_stated(facts: Facts, basis: Basis) -> Judgement | None:
    """Where a person in custody is lent, the request states the day of return, a day to come."""
    if not of_form(facts, LENT):
        return None
    back, path = facts.day("assistance/return_by"), facts.at("assistance/return_by")
    if back is not None and back < basis.on:
        return not_met([reason(ART40_P10_B, "LAW-453", day=back.isoformat())], [cure("LAW-310", path)])
    return stated(ART40_P10_B, present=back is not None, path=path)


@rule(cites=ART40_P17, since=ADOPTED, kinds=MUTUAL_ASSISTANCE, matter=Matter.EXECUTION)
def the_procedure_wished_is_for_a_person(facts: Facts, basis: Basis) -> Judgement | None:
    """A procedure that is asked for is followed where the requested Party's law allows; its lawyer says so.

    Where none is asked for, that law alone decides, and the court at home may find a form lacking.
    """
    if facts.said("assistance/procedure"):
        return for_a_person(reason(ART40_P17, "LAW-454", party=basis.requested))
    if not of_form(facts, BY_PROCEDURE):
        return None
    path = facts.at("assistance/procedure")
    return for_a_person(reason(ART40_P17, "LAW-455", party=basis.requested), cures=[cure("LAW-301", path)])


@rule(cites=ART40_P18, since=ADOPTED, kinds=MUTUAL_ASSISTANCE, matter=Matter.EXECUTION)
def why_nobody_travels_is_stated(facts: Facts, basis: Basis) -> Judgement | None:
    """Each hearing by video says why an appearance in person is not possible or not desirable."""
    del basis
    heard = of_form(facts, VIDEO)
    lacking = [item for item in heard if not item.necessity]
    if lacking:
        return not_met(
            [reason(ART40_P18, "LAW-103", item=item.number) for item in lacking],
            [cure("LAW-301", f"{item.path}/necessity") for item in lacking],
        )
    return met(reason(ART40_P18, "LAW-101")) if heard else None


@rule(cites=HEARING, since=ADOPTED, kinds=MUTUAL_ASSISTANCE)
def a_hearing_is_prepared(facts: Facts, basis: Basis) -> Judgement | None:
    """The questions for whoever is heard are stated; by video also the hour and who conducts it.

    An hour that is stated lies ahead, whatever the form.
    """
    if not of_form(facts, HEARD):
        return None
    questions = (facts.said("assistance/questions"), facts.at("assistance/questions"))
    hour, path = facts.instant("assistance/hearing_on"), facts.at("assistance/hearing_on")
    if hour is not None and hour.date() < basis.on:
        shown = reason(HEARING, "LAW-453", day=hour.date().isoformat())
        return not_met([shown], [cure("LAW-310", path)])
    if not of_form(facts, VIDEO):
        return all_stated(HEARING, (questions,))
    conducted = (facts.said("assistance/hearing_authority"), facts.at("assistance/hearing_authority"))
    return all_stated(HEARING, (questions, (hour is not None, path), conducted))


@rule(cites=RIGHTS, since=ADOPTED, kinds=MUTUAL_ASSISTANCE)
def the_rights_of_whoever_is_heard_are_stated(facts: Facts, basis: Basis) -> Judgement | None:
    """The request says what the person who is heard must be told, so that the statement can be used."""
    del basis
    if not of_form(facts, HEARD):
        return None
    path = facts.at("assistance/rights_to_tell")
    return stated(RIGHTS, present=facts.said("assistance/rights_to_tell"), path=path)


@rule(cites=SEARCH_ORDER, since=ADOPTED, kinds=MUTUAL_ASSISTANCE)
def a_search_rests_on_an_order(facts: Facts, basis: Basis) -> Judgement | None:
    """A search or seizure rests on an order at home: authority, reference and date."""
    del basis
    if not of_form(facts, ("search_and_seizure",)):
        return None
    path = facts.at("assistance/order")
    return stated(SEARCH_ORDER, present=facts.ordered("assistance/order"), path=path)


@rule(cites=SERVICE, since=ADOPTED, kinds=MUTUAL_ASSISTANCE)
def a_document_is_served_in_time(facts: Facts, basis: Basis) -> Judgement | None:
    """A document that must be served by a day says which, a day to come; without one, a person asks."""
    if not of_form(facts, ("service_of_documents",)):
        return None
    day, path = facts.day("assistance/serve_by"), facts.at("assistance/serve_by")
    if day is None:
        return for_a_person(reason(SERVICE, "LAW-458"), cures=[cure("LAW-301", path)])
    if day < basis.on:
        return not_met([reason(SERVICE, "LAW-453", day=day.isoformat())], [cure("LAW-310", path)])
    return met(reason(SERVICE, "LAW-101"))


@rule(cites=ART40_P29, since=ADOPTED, kinds=MUTUAL_ASSISTANCE, matter=Matter.EXECUTION)
def safe_conduct_is_told(facts: Facts, basis: Basis) -> Judgement | None:
    """Whoever comes to give evidence is told of safe conduct, which the treaty grants without being asked.

    So a request that is silent lacks nothing; a person sees that it is told, and looks at one that denies it.
    """
    del basis
    if not of_form(facts, COMES):
        return None
    path = facts.at("assistance/safe_conduct")
    if facts.yes("assistance/safe_conduct"):
        return met(reason(ART40_P29, "LAW-101"))
    code = "LAW-456" if facts.answered("assistance/safe_conduct") else "LAW-102"
    return for_a_person(reason(ART40_P29, code), cures=[cure("LAW-340", path)])
