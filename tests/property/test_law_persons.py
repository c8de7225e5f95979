"""No draft of an extradition or a transfer, however broken, crashes a rule or answers for a person."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from rogatory import instruments, law
from rogatory.law import Outcome

DAY = date(2028, 3, 14)
BOUND = law.assume_in_force(law.as_found(), ("vnm", "fra"), date(2028, 1, 1))
BASES = [law.basis(*pair, DAY, each) for pair in (("vnm", "fra"), ("fra", "vnm")) for each in (BOUND,)]
BASES.append(law.basis("vnm", "bra", DAY, law.as_found()))

TEXT = st.text(st.characters(exclude_categories=()), max_size=20)
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXT, inner, max_size=2),
    max_leaves=5,
)
WORDS = TEXT | st.fixed_dictionaries({"original": TEXT, "language": st.just("vi")})
DAYS = st.dates().map(date.isoformat) | TEXT
ANSWER = st.sampled_from(["yes", "no", "unknown"])
CONSENT = st.sampled_from(["given", "not_given", "unknown"])
PARTY = st.sampled_from(["vnm", "fra", "deu"]) | TEXT


def draft(members):
    """Return drafts in which each member may be absent, sound, or junk."""
    return st.fixed_dictionaries({}, optional={name: each | JUNK for name, each in members.items()})


ORDER = draft({"authority": TEXT, "reference": TEXT, "date": DAYS})
ITEM = draft(
    {
        "identifier": draft(
            {
                "kind": st.sampled_from(["person", "matter"]),
                "verbatim": TEXT,
                "born": DAYS,
                "nationality": PARTY,
                "party": PARTY,
                "document": TEXT,
            }
        ),
        "category": st.sampled_from(["extradition", "provisional_arrest", "transfer_of_proceedings"]),
    }
)
PARTICULARS = {
    "extradition": {
        "stage": st.sampled_from(["prosecution", "sentence"]),
        "order": ORDER,
        "sentence": st.sampled_from(["term", "life", "death"]),
        "sentence_months": st.integers(),
        "remaining_months": st.integers(),
        "in_absence": ANSWER,
        "assurances": WORDS,
        "limitation": WORDS,
        "documents": WORDS,
        "documents_by": DAYS,
        "urgency_reason": WORDS,
    },
    "sentenced_transfer": {
        "order": ORDER,
        "judgment_final": ANSWER,
        "remaining_months": st.integers(),
        "consent_of_person": CONSENT,
        "ties": WORDS,
        "further_proceedings": ANSWER,
    },
    "proceedings": {
        "stage": st.sampled_from(["investigation", "prosecution", "trial"]),
        "reason": WORDS,
        "evidence": WORDS,
        "victims": WORDS,
        "limitation": WORDS,
        "suspects_in": PARTY,
        "continues_at_home": ANSWER,
    },
}
PENALTY = st.fixed_dictionaries(
    {}, optional={"maximum_penalty": st.sampled_from(["term", "life", "death"]), "citation": TEXT}
)
BODY = draft(
    {
        "offence": draft(
            {"provisions": st.lists(PENALTY, max_size=3), "convention_articles": st.just(["13"])}
        ),
        "items": st.lists(ITEM, max_size=3),
        **{name: draft(members) for name, members in PARTICULARS.items()},
    }
)
KIND = st.sampled_from(["extradition", "sentenced_transfer", "proceedings_transfer"])
ONLY_A_PERSON = frozenset(
    f"hanoi_2024/{each}"
    for each in (
        "punishability_in_both_parties_is_for_a_person",
        "persecution_by_extradition_is_for_a_person",
        "fair_treatment_is_for_a_person",
        "consent_to_the_transfer_is_for_a_person",
        "the_administration_of_justice_is_for_a_person",
    )
)


@given(body=BODY, kind=KIND, basis=st.sampled_from(BASES))
def test_no_draft_crashes_a_rule_or_lets_software_answer_for_a_person(body, kind, basis):
    found = law.findings({**body, "kind": kind}, basis)
    for each in found:
        assert each.reasons
        assert all(instruments.exists(reason.anchor) for reason in each.reasons)
        assert all(law.sentence(said) for said in (*each.reasons, *each.cure))
    answered = [each for each in found if each.rule in ONLY_A_PERSON]
    assert answered
    assert all(each.outcome is not Outcome.MET for each in answered)


@given(kind=KIND)
def test_no_finding_repeats_what_a_request_says_of_a_person(kind):
    mark = "Do Minh Khang C0000000"
    particulars = {name: dict.fromkeys(members, mark) for name, members in PARTICULARS.items()}
    item = {"identifier": dict.fromkeys(("verbatim", "born", "nationality", "party", "document"), mark)}
    for each in law.findings({"kind": kind, "items": [item], **particulars}, BASES[0]):
        assert mark not in repr(each)
