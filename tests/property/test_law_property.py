"""No draft on police, property, holds or removals, however broken, crashes a rule or answers for a person."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from rogatory import instruments, law
from rogatory.law import Outcome

DAY = date(2028, 3, 14)
BOUND = law.assume_in_force(law.as_found(), ("vnm", "fra"), date(2028, 1, 1))
BASES = [law.basis("vnm", "fra", DAY, BOUND), law.basis("vnm", "bra", DAY, law.as_found())]
MARK = "Trần Thị Mai 0409123456789"

TEXT = st.text(st.characters(exclude_categories=()), max_size=20)
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXT, inner, max_size=2),
    max_leaves=5,
)
WORDS = TEXT | st.fixed_dictionaries({"original": TEXT, "language": st.just("vi")})
DAYS = st.dates().map(date.isoformat) | TEXT
INSTANTS = st.datetimes(timezones=st.sampled_from([UTC, None])).map(datetime.isoformat) | TEXT
ANSWER = st.sampled_from(["yes", "no", "unknown"])
PARTY = st.sampled_from(["vnm", "fra", "deu", "not a Party"]) | TEXT


def draft(members):
    """Return drafts in which each member may be absent, sound, or junk."""
    return st.fixed_dictionaries({}, optional={name: each | JUNK for name, each in members.items()})


AMOUNT = draft({"value": st.sampled_from(["0", "61300"]) | TEXT, "currency": TEXT})
COOPERATION = draft(
    {
        "aim": WORDS,
        "authorities": st.lists(TEXT, max_size=3),
        "leader": TEXT,
        "place": PARTY,
        "powers": WORDS,
        "law_applicable": WORDS,
        "ends": DAYS,
        "costs": WORDS,
    }
)
PARTICULARS = {
    "police_cooperation": ("cooperation", COOPERATION),
    "joint_investigation": ("cooperation", COOPERATION),
    "property": (
        "property",
        draft(
            {
                "order": draft({"authority": TEXT, "reference": TEXT, "date": DAYS}),
                "order_final": ANSWER,
                "value": AMOUNT,
                "link": WORDS,
                "facts_for_order": WORDS,
                "third_parties": WORDS,
                "actions": WORDS,
                "return_to": st.sampled_from(["requesting_party", "prior_owners", "victims"]),
                "share": WORDS,
                "hold": TEXT,
            }
        ),
    ),
    "hold_notice": (
        "hold",
        draft(
            {
                "amount": AMOUNT,
                "reported": INSTANTS,
                "until": INSTANTS,
                "recall_reference": TEXT,
                "legal_basis": WORDS,
                "follow_up": DAYS,
            }
        ),
    ),
    "removal": (
        "removal",
        draft(
            {
                "outcome": st.sampled_from(["removal", "unreachable_here"]),
                "legal_basis": WORDS,
                "kept_first": TEXT,
                "speech": WORDS,
            }
        ),
    ),
}
MEASURES = (
    *("police_information", "locating_a_person", "joint_investigation", "hold", "removal"),
    *("tracing", "freezing", "seizure", "confiscation", "return_of_property"),
)
KEPT = ("bank_account", "iban", "wallet_address", "account", "url", "file_hash")
ITEM = draft(
    {
        "number": st.integers(),
        "identifier": draft(
            {
                "kind": st.sampled_from(KEPT),
                "verbatim": TEXT,
                "party": PARTY,
                "bank_name": TEXT,
                "chain": TEXT,
            }
        ),
        "category": st.sampled_from(MEASURES),
        "period": draft({"start": INSTANTS, "end": INSTANTS}),
        "description": WORDS,
        "provider": draft({"name": TEXT, "party": PARTY}),
        "necessity": WORDS,
    }
)


@st.composite
def requests(draw):
    kind = draw(st.sampled_from(sorted(PARTICULARS)))
    member, particulars = PARTICULARS[kind]
    offence = draft({"conduct": WORDS, "convention_articles": st.lists(st.sampled_from(["art13", "14"]))})
    body = {"kind": kind, member: draw(particulars | JUNK), "items": draw(st.lists(ITEM, max_size=3) | JUNK)}
    body |= {
        "use": draw(st.sampled_from(["intelligence", "lead", "evidence"]) | JUNK),
        "offence": draw(offence),
    }
    return {"from": "vnm/a05", "issued_at": draw(INSTANTS), "body": body}


@given(request=requests(), basis=st.sampled_from(BASES))
def test_no_draft_crashes_a_rule_or_lets_software_answer_for_a_person(request, basis):
    for each in law.findings(request, basis):
        anchors = {each.cites, *(reason.anchor for reason in each.reasons)}
        if anchors & law.never_automated():
            assert each.outcome is not Outcome.MET
        assert each.reasons
        assert all(instruments.exists(anchor) for anchor in anchors)
        assert all(law.sentence(said) for said in (*each.reasons, *each.cure))


@given(
    request=requests(), member=st.sampled_from(["place", "authorities", "leader", "return_to", "order_final"])
)
def test_no_finding_repeats_a_text_of_the_request(request, member):
    body = request["body"]
    for name in ("cooperation", "property", "hold", "removal"):
        if isinstance(body.get(name), dict):
            body[name][member] = MARK
    body["use"] = MARK
    body["items"] = [{"identifier": {"kind": MARK, "verbatim": MARK, "party": MARK}, "category": MARK}]
    for each in law.findings(request, BASES[0]):
        assert MARK not in repr(each)
