"""Every place of the treaty can be asked for, and says how sure it is."""

from __future__ import annotations

import re

import pytest

from rogatory import instruments
from rogatory.errors import InstrumentError
from rogatory.instruments import _compiled


def test_a_point_is_found_with_its_words_and_how_sure_they_are():
    point = instruments.provision("hanoi_2024/art42.p3.d")
    assert point.citation == "art. 42(3)(d)"
    assert "custodian" in point.text
    assert (point.level, point.obligation, point.confidence, point.numbering) == (
        "point",
        "mandatory",
        "memory",
        "medium",
    )
    assert instruments.provision(point.parent).children[3] == point.ref


def test_the_convention_has_sixty_eight_articles_in_nine_chapters():
    treaty = instruments.instrument("hanoi_2024")
    assert len(treaty.articles) == 68
    chapters = [instruments.provision(f"hanoi_2024/ch{number}") for number in range(1, 10)]
    assert [ref for chapter in chapters for ref in chapter.children] == list(treaty.articles)
    assert treaty.facts["in_force"] is None


def test_an_entry_rests_on_provisions_and_a_provision_knows_its_entries():
    limit = instruments.entry("hanoi_2024/tl.art42.min")
    assert (limit.values["value"], limit.values["unit"], limit.values["type"]) == (60, "days", "minimum")
    assert limit.refs == ("hanoi_2024/art42.p8",)
    assert limit.ref in instruments.cited_by("hanoi_2024/art42.p8")
    assert limit.ref in instruments.provision("hanoi_2024/art42.p8").links["time_limits"]


def test_an_index_that_is_not_there_is_empty():
    assert instruments.index("fra_vnm_2016", "refusal_grounds") == ()
    assert [each.id for each in instruments.index("hanoi_2024", "channels")][:1] == ["chan.central_authority"]


def test_a_signatory_has_no_date_that_no_source_gave():
    found = {party.code: party for party in instruments.parties()}
    assert len(found) == 75
    assert found["vnm"].signature["date"] == "2025-10-25"
    assert found["vnm"].consent["deposit"] is None
    assert found["eue"].type == "reio"
    assert "hanoi_2024/art63.p2" in found["qat"].reservations
    assert not found["fra"].consent


def test_what_could_not_be_read_is_marked_unknown():
    matters = {each.id: each for each in instruments.index("fra_vnm_2016", "matters")}
    assert matters["matter.contents"].confidence == "unknown"
    assert matters["matter.channel"].confidence == "verified"


def test_a_language_nobody_has_translated_falls_back_to_english():
    assert (
        instruments.provision("hanoi_2024/art42", "tlh").title
        == instruments.provision("hanoi_2024/art42").title
    )


def test_answers_that_are_shared_cannot_be_changed():
    point = instruments.provision("hanoi_2024/art42.p8")
    with pytest.raises(TypeError):
        point.words["text"] = "another"
    with pytest.raises(TypeError):
        point.links["time_limits"] = ()


@pytest.mark.parametrize("ref", ["hanoi_2024/art69", "hanoi_2024", "", "art42", "hanoi_2024/art42.p3.d/x"])
def test_an_unknown_provision_is_refused(ref):
    with pytest.raises(InstrumentError, match="INST-001"):
        instruments.provision(ref)
    assert not instruments.exists(ref)


def test_an_unknown_entry_is_refused():
    with pytest.raises(InstrumentError, match="INST-001"):
        instruments.entry("hanoi_2024/tl.art42.max")


def test_an_unknown_instrument_is_refused_and_never_replaced():
    with pytest.raises(InstrumentError, match="INST-002"):
        instruments.provision("hanoi_2023/art42")


def test_absent_compiled_data_say_what_to_run(tmp_path, monkeypatch):
    monkeypatch.setattr(_compiled, "_folder", lambda: tmp_path)
    with pytest.raises(InstrumentError, match="INST-003") as caught:
        _compiled.catalogue.__wrapped__()
    assert "compile_instruments.py" in caught.value.explain()


def test_a_text_and_its_confidence_are_found_for_provisions_and_entries_alike():
    assert instruments.text("hanoi_2024/art42.p3.e") == "why preservation is necessary"
    assert instruments.text("hanoi_2024/chan.poc_24_7") == "24/7 point of contact"
    assert instruments.confidence("hanoi_2024/prac.port") == "practice"
    assert instruments.confidence("hanoi_2024/art7") == "verified"


def test_practice_is_never_mixed_up_with_law():
    for key in instruments.instruments():
        names = instruments.instrument(key).indexes
        rows = [row for name in names for row in instruments.index(key, name)]
        assert {row.id.partition(".")[0] for row in rows if row.confidence == "practice"} <= {"prac", "never"}


def test_path_disclosure_is_a_duty_and_no_kind_of_request():
    # Trap 8 and PRACTICE section 2: art. 43 obliges the requested Party where a provider is in another Party.
    assert not instruments.exists("hanoi_2024/req.path_disclosure")
    assert "another Party" in instruments.text("hanoi_2024/art43.p1")


def test_sources_that_disagree_are_both_kept():
    # Trap 10: the treaty text and the report on it differ on hearings by video.
    (conflict,) = instruments.instrument("fra_vnm_2016").words["conflicts"]
    assert "art. 1(2)(c)" in conflict
    assert "no stipulation" in conflict


def test_words_name_only_provisions_that_exist():
    for key in instruments.instruments():
        for name, parts in _compiled.words(key, "en").items():
            for found in re.findall(r"\bart\d+\.p\d+(?:\.[a-z]\b)?|\bart\d+\b", str(parts)):
                if not name.startswith("source"):
                    assert instruments.exists(f"{key}/{found}"), (key, name, found)


def test_an_offence_is_made_of_elements_and_knows_which_are_optional():
    for offence in instruments.index("hanoi_2024", "offences"):
        parts = [instruments.entry(ref) for ref in instruments.cited_by(offence.ref) if "/el." in ref]
        assert {"conduct", "object", "mental"} <= {each.values["type"] for each in parts}, offence.ref
        assert all(each.text and each.links["offence"] == (offence.ref,) for each in parts)
    optional = [
        each for each in instruments.index("hanoi_2024", "elements") if each.values["type"] == "optional"
    ]
    assert {instruments.provision(each.refs[0]).obligation for each in optional} == {"optional_element"}
    assert [each.text for each in optional if "illegal_access" in each.ref] == [
        "breach of security measure",
        "intent to obtain data or other dishonest or criminal intent",
        "connected system",
    ]


def test_a_point_that_the_text_does_not_number_is_cited_by_its_paragraph():
    assert instruments.citation("art24.p2.review") == "art. 24(2)"
