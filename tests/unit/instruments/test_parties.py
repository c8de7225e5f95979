"""Who joined what, what each communicated, and how the instruments stand to one another."""

from __future__ import annotations

import re

import pytest

from rogatory import instruments
from rogatory.errors import InstrumentError

CONVENTIONS = ("hanoi_2024", "ets_185", "untoc")


def by_code(key):
    return {each.code: each for each in instruments.parties(key)}


def test_the_convention_has_seventy_five_signatories_and_each_has_a_day_or_a_span_and_a_source():
    found = by_code("hanoi_2024")
    assert len(found) == 75
    for party in found.values():
        assert "date" in party.signature or len(party.signature["between"]) == 2
        assert instruments.words(f"hanoi_2024/source.{party.source}")
    assert [each.code for each in found.values() if each.type == "reio"] == ["eue"]


def test_twenty_five_states_stand_under_budapest_and_under_untoc():
    assert set(by_code("ets_185")) == set(by_code("untoc"))
    assert len(by_code("untoc")) == 25
    assert {each.status for each in by_code("untoc").values()} == {"party"}
    status = {code: each.status for code, each in by_code("ets_185").items() if each.status != "party"}
    assert status == {"vnm": "non_party", "ken": "invited", "zaf": "signatory"}


@pytest.mark.parametrize("key", [*CONVENTIONS, "cets_224"])
def test_every_communication_names_its_provision_its_day_or_none_and_its_source(key):
    told = instruments.index(key, "communications")
    for each in told:
        assert each.refs
        assert all(instruments.exists(ref) for ref in each.refs)
        assert each.text
        assert "date" in each.values
        source = each.values["source"]
        # What is from memory has no source, and says so.
        assert (
            each.confidence in {"memory", "unknown"}
            if source is None
            else instruments.words(f"{key}/source.{source}")
        )
    assert {each.ref for each in told} == {
        ref for party in instruments.parties(key) for ref in party.communications
    }


def test_a_reservation_is_one_that_the_instrument_allows():
    for key in CONVENTIONS:
        for each in instruments.index(key, "communications"):
            if each.values["kind"] == "reservation":
                (clause,) = each.links["under"]
                assert instruments.entry(clause).index == "reservations"
    # Budapest closes its list (art. 42) and has no general clause; the two others have no closed list.
    assert not instruments.exists("ets_185/res.general")
    assert instruments.instrument("ets_185").facts["reservations"] == "closed"
    listed = {
        each.id
        for each in instruments.index("ets_185", "reservations")
        if each.values["type"] == "reservation"
    }
    assert set(instruments.provision("ets_185/art42.p1").links["reservations"]) == {
        f"ets_185/{each}" for each in listed
    }


def test_a_party_shows_what_it_reserved_and_how_much_was_read():
    qatar = by_code("hanoi_2024")["qat"]
    assert set(qatar.reservations) == {
        f"hanoi_2024/{each}" for each in ("art63.p2", "art14", "art15", "art16")
    }
    assert qatar.completeness == "partial"
    assert by_code("ets_185")["aus"].completeness == "not_read"
    germany = by_code("ets_185")["deu"]
    assert instruments.confidence("ets_185/party.deu.c4") == "memory"
    assert "ets_185/art29.p4" in germany.reservations


def test_a_reserved_provision_knows_who_reserved_it():
    assert {"ets_185/party.jpn.c3", "ets_185/party.arg.c1"} <= set(instruments.cited_by("ets_185/art29.p4"))


def test_conventions_come_first_and_in_their_order():
    keys = [each.key for each in instruments.relations()]
    assert keys[:3] == list(CONVENTIONS)
    assert set(keys) == set(instruments.instruments())
    with pytest.raises(InstrumentError, match="INST-002"):
        instruments.relation("hanoi_1954")


def test_a_relation_says_where_an_instrument_yields_and_how_it_counts():
    assert {key: instruments.relation(key).fallback for key in CONVENTIONS} == {
        "hanoi_2024": "hanoi_2024/art40.p7",
        "ets_185": "ets_185/art27.p1",
        "untoc": "untoc/art18.p7",
    }
    first = instruments.relation("hanoi_2024").joining["first"]
    assert (first.value, first.unit, first.type, first.instruments, first.reio_counted) == (
        *(90, "days", "exact_ordinal_day", 40, False),
    )


def test_every_convention_rules_every_matter_that_yields_or_says_that_it_has_no_rule():
    yielding = {name for name, each in instruments.relation("hanoi_2024").matters.items() if each.yields}
    for key in ("ets_185", "untoc"):
        assert yielding <= set(instruments.relation(key).matters)
    assert yielding <= set(instruments.relation("fra_vnm_2016").matters)


def test_budapest_and_untoc_are_as_deep_as_cooperation_needs():
    for number in (*range(16, 22), *range(23, 36)):
        article = instruments.provision(f"ets_185/art{number}")
        assert (article.confidence, bool(article.children)) == ("verified", True)
    for number in (16, 18):
        assert instruments.provision(f"untoc/art{number}").confidence == "verified"
    assert len(instruments.provision("untoc/art18").children) == 30
    assert len(instruments.provision("untoc/art16").children) == 17


def test_two_hundred_links_cross_between_the_convention_and_its_neighbours():
    links = instruments.index("hanoi_2024", "crosswalk")
    assert len(links) == 200
    for each in links:
        (to,) = each.links["to"]
        assert to.startswith("uncac/") or instruments.exists(to)
        assert each.text
        assert each.values["relation"] in {"equal", "subset", "superset", "intersect"}
        # No line is surer than what it compares: what was not read on either side is from memory.
        if each.confidence == "verified":
            assert all(instruments.confidence(ref) == "verified" for ref in each.refs), each.ref


def test_what_has_no_counterpart_is_told_on_both_sides():
    alone = {each.refs[0] for each in instruments.index("hanoi_2024", "crosswalk_alone")}
    assert {"hanoi_2024/art36", "hanoi_2024/art40.p22", "hanoi_2024/art42.p9"} <= alone
    linked = {each.refs[0] for each in instruments.index("hanoi_2024", "crosswalk")}
    # Nearest and not the same: Budapest's political offence, and UNCAC where UNTOC has none.
    assert alone & linked == {"hanoi_2024/art40.p22", "hanoi_2024/art50.p8"}
    elsewhere = {
        to for each in instruments.index("hanoi_2024", "crosswalk_elsewhere") for to in each.links["to"]
    }
    assert "ets_185/art32" in elsewhere


def test_every_provision_of_every_instrument_has_words_of_its_own_and_a_confidence():
    for key in instruments.instruments():
        for article in instruments.instrument(key).articles:
            for ref in (article, *instruments.provision(article).children):
                place = instruments.provision(ref)
                assert place.text or place.title, ref
                assert place.confidence, ref


def test_a_treaty_of_which_only_the_heading_is_known_says_so():
    for key in ("aus_vnm_2014", "arg_vnm", "asean_mlat_2004", "gbr_vnm"):
        treaty = instruments.instrument(key)
        assert treaty.articles == ()
        assert treaty.facts["mutual_assistance"]
        assert re.search("unknown", str(treaty.words["authorship_note"]))


def test_the_template_of_reciprocity_points_to_domestic_law_for_every_matter_it_names():
    for each in instruments.index("reciprocity", "matters"):
        assert str(each.words["domestic_law_field"]).endswith(".{party}")
    assert instruments.relation("reciprocity").kind == "template"
    assert {each.id for each in instruments.index("reciprocity", "domestic_law")} == {"dom.vnm", "dom.fra"}
