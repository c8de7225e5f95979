"""Findings: cited, said late, and silent on what only a person may answer."""

from __future__ import annotations

from datetime import date

import pytest

from rogatory import instruments, law, messages
from rogatory.errors import LawError
from rogatory.law import Cure, Finding, Outcome, Reason
from rogatory.law.rule import met, reason, rule

from .conftest import assumed

PERSECUTION = ["hanoi_2024/art40.p22", "hanoi_2024/art37.p15"]
BASIS = law.basis("vnm", "fra", date(2028, 3, 14), assumed("vnm", "fra"))


@pytest.mark.parametrize("anchor", sorted(law.never_automated()))
def test_what_only_a_person_may_answer_can_never_be_met(anchor):
    with pytest.raises(LawError, match="LAW-004"):
        Finding(Outcome.MET, "toy/rule", anchor, ())
    with pytest.raises(LawError, match="LAW-004"):
        Finding(Outcome.MET, "toy/rule", "hanoi_2024/art42.p3.a", (Reason(anchor, "LAW-101"),))
    assert Finding(Outcome.FOR_A_PERSON, "toy/rule", anchor, ()).outcome is Outcome.FOR_A_PERSON


def test_persecution_is_among_them():
    assert set(PERSECUTION) <= law.never_automated()


def test_a_rule_that_tries_to_answer_it_fails_and_tells_nobody_met():
    @rule(cites="hanoi_2024/art40.p22", since="2024-12-24", kinds=("preservation",))
    def nobody_is_persecuted(facts, basis):
        """Nobody is persecuted."""
        return met(reason("hanoi_2024/art42.p3.a", "LAW-101"))

    with pytest.raises(LawError, match="LAW-004"):
        nobody_is_persecuted.find(law.facts.facts({}), BASIS)


@pytest.mark.parametrize("cites", ["", "hanoi_2024", "hanoi_2024/", "/art42"])
def test_a_rule_that_cites_nothing_is_refused(cites):
    with pytest.raises(LawError, match="LAW-003"):

        @rule(cites=cites, since="2024-12-24", kinds=())
        def something(facts, basis):
            """Says something."""


def test_a_rule_that_says_nothing_is_refused():
    with pytest.raises(LawError, match="LAW-003"):

        @rule(cites="hanoi_2024/art42.p1", since="2024-12-24", kinds=())
        def something(facts, basis):
            return None


def test_a_rule_holds_from_its_day():
    early = law.basis("vnm", "fra", date(2024, 12, 23), assumed("vnm", "fra", since=date(2020, 1, 1)))
    assert law.findings({"kind": "preservation"}, early) == ()


def test_words_come_late_and_from_the_instrument():
    absent = Reason("hanoi_2024/art42.p3.e", "LAW-102")
    assert law.sentence(absent) == "Not stated: why preservation is necessary (art. 42(3)(e))."
    assert law.explain(absent).startswith("The request does not hold")
    assert law.sentence(Cure("LAW-301", "/body/facts")) == "State it here: /body/facts."


def test_law_and_practice_are_told_apart():
    found = law.findings({"kind": "preservation", "items": [{}]}, BASIS)
    asked = {each.cites: each.asked_by for each in found}
    assert asked["hanoi_2024/art42.p3.e"] == "law"
    assert asked["hanoi_2024/prac.call_back"] == "practice"
    assert law.cited_as("hanoi_2024/prac.call_back") == "practice"
    assert law.cited_as("hanoi_2024/tl.art42.min") == "art. 42(8)"


@pytest.mark.parametrize("request_", [None, 7, "text", ["list"], b"bytes"])
def test_what_is_no_request_is_refused(request_):
    with pytest.raises(LawError, match="LAW-001"):
        law.findings(request_, BASIS)


@pytest.mark.parametrize(
    "junk", [None, 7, "text", [], {}, [None], {"start": 3}, True, [[[]]], {"original": 4}]
)
def test_a_draft_may_hold_the_wrong_thing_anywhere(junk):
    members = (
        *("from", "issued_at", "case_unit", "offence", "facts", "items", "purpose", "follow_up_planned"),
        *("secrecy", "call_back", "deadline", "domestic_authorisation", "proceedings_of_use", "extends"),
    )
    for kind in ("preservation", "stored_data"):
        law.findings({"kind": kind} | dict.fromkeys(members, junk), BASIS)
        law.findings({"body": {"kind": kind} | dict.fromkeys(members, junk)}, BASIS)
        item = dict.fromkeys(("number", "identifier", "category", "period", "provider", "vanishes"), junk)
        law.findings({"kind": kind, "items": [item]}, BASIS)
        law.findings({"kind": kind, "body": junk}, BASIS)


def test_findings_of_the_same_draft_are_equal():
    draft = {"kind": "stored_data", "items": [{"category": "content_data"}]}
    assert law.findings(draft, BASIS) == law.findings(dict(draft), BASIS)


def test_the_words_of_a_provision_are_shown_whole():
    long = "hanoi_2024/art6.p2"
    words = instruments.text(long).rstrip(".;")
    assert len(words) > messages.LONGEST
    assert words in law.sentence(Reason(long, "LAW-151", (("victim", "state"),)))


def test_a_kind_whose_contents_no_rule_reads_is_never_passed_over_in_silence(monkeypatch):
    monkeypatch.setattr(law.judging, "READ", frozenset(("preservation",)))
    for kind in ("extradition", "property"):
        told = law.findings({"body": {"kind": kind}}, BASIS)
        last = told[-1]
        assert (last.outcome, [each.code for each in last.reasons]) == (Outcome.FOR_A_PERSON, ["LAW-156"])
    assert "LAW-156" not in {
        each.code for found in law.findings({"kind": "preservation"}, BASIS) for each in found.reasons
    }


@pytest.mark.parametrize("text", ["\u200b\u200e", "\ufeff", " \u00a0\u3000\t", "\u3164", "\u200d \u2060"])
def test_marks_that_no_screen_shows_state_nothing(text):
    assert not law.facts.facts({"facts": text, "purpose": {"original": text, "language": "en"}}).facts
    assert law.facts.facts({"facts": f"{text}\u0639{text}"}).facts


def test_secrecy_that_is_too_long_is_cured_by_an_earlier_day():
    draft = {"kind": "preservation", "secrecy": {"until": "2029-04-01", "reason": "it could be deleted"}}
    (found,) = (each for each in law.findings(draft, BASIS) if each.rule.endswith("an_end_and_a_reason"))
    assert [each.code for each in (*found.reasons, *found.cure)] == ["LAW-167", "LAW-311"]
