"""No request, in any script and however broken, crashes a rule or makes software answer for a person."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rogatory import instruments, law, statements
from rogatory.law import Outcome
from rogatory.law.ticking import _step
from rogatory.values import DataCategory, Measure

DAY = date(2028, 3, 14)
BOUND = law.assume_in_force(law.as_found(), ("vnm", "fra"), date(2028, 1, 1))
AGREED = law.Participation(BOUND.standings, agreed=frozenset([law.pair("vnm", "fra")]))
BASES = [law.basis("vnm", "fra", DAY, each) for each in (BOUND, AGREED, law.as_found())]
PERSECUTION = {"hanoi_2024/art40.p22", "hanoi_2024/art37.p15"}

# Every script, lone surrogates and controls included: a draft keeps raw text.
TEXT = st.text(st.characters(exclude_categories=()), max_size=40)
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
WORDS = TEXT | st.fixed_dictionaries({"original": TEXT, "language": st.just("vi")})
DAYS = st.dates().map(date.isoformat) | TEXT
INSTANTS = st.datetimes(timezones=st.sampled_from([UTC, None])).map(datetime.isoformat) | TEXT
MOMENT = INSTANTS | st.fixed_dictionaries(
    {},
    optional={"verbatim": TEXT, "normalised": INSTANTS, "zone": st.sampled_from(["+07:00", "-11:30"]) | TEXT},
)


def draft(members):
    """Return drafts in which each member may be absent, sound, or junk."""
    return st.fixed_dictionaries({}, optional={name: each | JUNK for name, each in members.items()})


ITEM = draft(
    {
        "number": st.integers(),
        "identifier": draft(
            {
                "kind": st.sampled_from(["ip_address", "email", "account", "person", "thing"]),
                "verbatim": TEXT,
                "nationality": st.sampled_from(["fra", "deu"]) | TEXT,
                "party": st.sampled_from(["fra", "deu"]) | TEXT,
                "whereabouts": TEXT,
                "source_port": st.integers(),
                "destination_port": st.integers(),
            }
        ),
        "category": st.sampled_from([*DataCategory, *Measure]).map(str),
        "period": draft({"start": MOMENT, "end": MOMENT}),
        "description": WORDS,
        "provider": draft(
            {"name": TEXT, "service": TEXT, "party": st.sampled_from(["fra", "deu"]), "asked_directly": WORDS}
        ),
        "vanishes": INSTANTS,
        "necessity": WORDS,
    }
)
PROVISION = draft(
    {"citation": TEXT, "text": WORDS, "maximum_penalty_months": st.integers(-1, 600), "enacted": DAYS}
)
BODY = draft(
    {
        "urgency": st.sampled_from(["routine", "urgent", "emergency"]),
        "extends": TEXT,
        "preservation": TEXT,
        "case_unit": draft({"name": TEXT, "prosecutor": TEXT}),
        "offence": draft(
            {
                "conduct": WORDS,
                "conduct_period": draft({"start": MOMENT}),
                "victim": st.sampled_from(["person", "state", "official"]),
                "provisions": st.lists(PROVISION, max_size=3),
                "convention_articles": st.lists(
                    st.sampled_from(["art13", "7", "hanoi_2024/art40.p22"]) | TEXT
                ),
            }
        ),
        "facts": WORDS,
        "items": st.lists(ITEM, max_size=4),
        "purpose": WORDS,
        "follow_up_planned": DAYS,
        "secrecy": draft({"until": DAYS, "reason": WORDS}),
        "call_back": TEXT,
        "suspect_is_minor": st.sampled_from(["yes", "no", "unknown"]),
        "domestic_authorisation": draft({"authority": TEXT, "reference": TEXT, "date": DAYS}),
        "form_of_evidence": WORDS,
        "privilege_filter": WORDS,
        "deadline": DAYS,
        "deadline_reason": WORDS,
        "proceedings_of_use": st.lists(TEXT, max_size=3),
        "use": st.sampled_from(["intelligence", "lead", "evidence"]) | TEXT,
        "safeguards": WORDS,
        "data_protection": WORDS,
        "earlier_requests": WORDS,
        "assistance": draft(
            {
                "procedure": WORDS,
                "questions": WORDS,
                "rights_to_tell": WORDS,
                "hearing_on": INSTANTS,
                "hearing_authority": TEXT,
                "serve_by": DAYS,
                "safe_conduct": st.booleans(),
                "expenses": WORDS,
                "consent_of_person": st.sampled_from(["given", "not_given", "unknown"]) | TEXT,
                "return_by": DAYS,
                "order": draft({"authority": TEXT, "reference": TEXT, "date": DAYS}),
            }
        ),
        "interception": draft(
            {
                "starts": INSTANTS,
                "ends": INSTANTS,
                "period_reason": WORDS,
                "delivery": st.sampled_from(["live", "batches"]) | TEXT,
                "system_location": WORDS,
                "less_intrusive": WORDS,
                "available_at_home": st.sampled_from(["yes", "no", "unknown"]) | TEXT,
            }
        ),
        "emergency": draft(
            {
                "danger": WORDS,
                "threatened": st.sampled_from(["life", "safety"]) | TEXT,
                "known_since": INSTANTS,
                "imminent": WORDS,
                "least_data": WORDS,
                "person_in": st.sampled_from(["vnm", "fra", "deu"]) | TEXT,
                "review_by": DAYS,
                "legal_basis": WORDS,
            }
        ),
        "inquiry": draft({"question": WORDS, "answer_by": INSTANTS}),
    }
)
KIND = st.sampled_from(list(statements.KINDS))


def check(request, basis):
    found = law.findings(request, basis)
    for each in found:
        anchors = {each.cites, *(reason.anchor for reason in each.reasons)}
        if anchors & law.never_automated():
            assert each.outcome is not Outcome.MET
        assert each.reasons
        assert all(instruments.exists(anchor) for anchor in anchors)
        assert all(law.sentence(said) for said in (*each.reasons, *each.cure))
    return found


@given(request=JUNK.filter(lambda each: isinstance(each, dict)), basis=st.sampled_from(BASES))
def test_no_mapping_at_all_crashes_the_room(request, basis):
    check(request, basis)


@given(body=BODY, kind=KIND, whole=st.booleans(), basis=st.sampled_from(BASES))
def test_no_draft_in_any_script_crashes_a_rule_or_lets_software_answer_for_a_person(body, kind, whole, basis):
    body = {**body, "kind": kind}
    found = check({"from": "vnm/a05", "body": body} if whole else body, basis)
    # Of every kind, once, and never answered here.
    of_persecution = [each for each in found if each.cites in PERSECUTION]
    assert [each.outcome for each in of_persecution] == [Outcome.FOR_A_PERSON]


@given(body=BODY, kind=KIND)
def test_no_finding_repeats_a_text_of_the_request(body, kind):
    mark = "Trần Thị Mai 0409123456789"
    body = {**body, "kind": kind, "facts": mark, "purpose": mark, "call_back": mark}
    body["items"] = [
        {"identifier": {"kind": mark, "verbatim": mark}, "provider": {"party": mark, "name": mark}}
    ]
    for each in law.findings(body, BASES[0]):
        assert mark not in repr(each)


@pytest.mark.soak
@given(body=BODY, kind=KIND, basis=st.sampled_from(BASES))
def test_many_drafts(body, kind, basis):
    check({**body, "kind": kind}, basis)


@given(span=st.timedeltas(timedelta(0), timedelta(days=400)))
def test_warnings_come_in_order_and_before_the_end(span):
    started = datetime(2028, 3, 14, tzinfo=UTC)
    steps = [_step(started, started + span, each) for each in ("1/2", "3/4", "9/10")]
    assert steps == sorted(steps)
    assert started <= steps[0]
    assert steps[-1] <= started + span
