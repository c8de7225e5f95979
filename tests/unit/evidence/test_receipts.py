"""The receipt for people: tagged, complete, the same each time, and nothing in a package is markup to it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pypdf import PdfReader

from rogatory import evidence
from rogatory.errors import EvidenceError
from rogatory.evidence import Link
from rogatory.evidence.receipts import pages, setting, words
from support.packages import SEALER, THIRD, decryption
from support.papers import ASKING, LATER, elements, made, text_of
from support.world import counting_random

NAMES = (
    "#panic(1) _$ @x `raw`",
    "الدليل.txt",
    "证据.txt",
    "Chứng cứ số 1.pdf",
    "\U00013000\ue000.txt",
    "long" * 30,
)


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    return made(tmp_path_factory.mktemp("receipts"), *NAMES)


@pytest.fixture(scope="module")
def pdf(world):
    return world.receipt()


@pytest.fixture(scope="module")
def text(pdf):
    return text_of(pdf)


def test_it_is_tagged_as_pdf_ua(pdf):
    root = PdfReader(BytesIO(pdf)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"].value
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    metadata = root["/Metadata"].get_data().decode()
    assert re.search(r"pdfuaid:part>1<|pdfuaid:part=\"1\"", metadata)
    assert "Receipt for sealed evidence" in metadata


def test_its_headings_tables_and_figure_are_tagged_and_the_figure_tells_every_event(pdf, world):
    kinds = [each.get("/S") for each in elements(pdf)]
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/L", "/LI", "/Figure", "/P"} <= set(kinds)
    (figure,) = (each for each in elements(pdf) if each.get("/S") == "/Figure")
    assert figure["/Alt"].startswith("Custody chain. 1. Sealed by fra/ofac, for vnm/a05, fra/ofac.")
    assert "independent witnesses saw it by 13 March 2028, 18:34:00 UTC." in figure["/Alt"]


def test_it_holds_every_digest(text, world):
    seal = world.opened.document
    wanted = {world.opened.package, world.opened.seal, world.opened.key, seal.ciphertext, seal.entries.root}
    wanted |= {each.sha256 for each in seal.files} | {each.key for each in seal.recipients}
    listed = [each for each in evidence.contents(world.package, decryption(ASKING)) if each.kind == "file"]
    assert len(listed) > len(NAMES)
    assert [each for each in wanted | {each.sha256 for each in listed} if each not in text] == []


def test_the_digest_of_the_list_is_that_of_the_manifest_of_the_bag(text, world, tmp_path):
    out = tmp_path / "bag"
    evidence.open_package(world.package, decryption(ASKING), out, world.basis, random=counting_random("bag"))
    assert hashlib.sha256((out / "manifest-sha256.txt").read_bytes()).hexdigest() in text


def test_it_says_on_its_face_that_it_proves_nothing_and_then_what_was_proved(text, world):
    assert text.index("This paper proves nothing by itself.") < text.index("What the package is")
    flat = " ".join(text.split())
    for each in (*world.opened.proves, *world.opened.does_not_prove):
        assert "".join(each.sentence().split()) in "".join(text.split())
    for each in ("DN-2028-0312", "2 January 2030", "[en] Only for this case. #panic(1)", "c" * 64):
        assert each in flat


@pytest.mark.parametrize("name", ["#panic(1) _$ @x `raw`", "long" * 30, "Chứng cứ số 1.pdf"])
def test_a_name_is_printed_as_it_is_and_never_run(text, name):
    assert name.replace(" ", "") in "".join(text.split())


def test_a_letter_that_no_font_has_is_shown_as_its_number(text):
    assert "\\u{E000}.txt" in text


def test_without_any_font_of_the_machine_every_letter_is_shown_or_stands_as_its_number(world, monkeypatch):
    monkeypatch.setattr(setting, "SYSTEM_FONTS", False)
    found = "".join(text_of(world.receipt()).split())
    assert "\\u{8BC1}\\u{636E}.txt" in found
    assert "\\u{062F}" not in found
    assert "Chứngcứsố1.pdf" in found
    assert world.opened.seal in found


def test_of_very_many_scripts_all_are_written_as_numbers(world, monkeypatch):
    monkeypatch.setattr(setting, "SYSTEM_FONTS", False)
    monkeypatch.setattr(setting, "TRIES", 1)
    assert "\\u{0627}\\u{0644}" in "".join(text_of(world.receipt()).split())


def test_the_same_package_and_instant_make_the_same_bytes(world, pdf):
    assert world.receipt() == pdf
    assert hashlib.sha256(pdf).digest() != hashlib.sha256(world.receipt([])).digest()


def test_without_a_key_no_file_is_listed(world):
    found = text_of(evidence.receipt(world.closed, world.chain(), None, judged=LATER, at=LATER))
    assert "No key was at hand" in found
    assert "Not proved: what the files are" in " ".join(found.split())
    assert "access.log" not in found


def test_a_rehearsal_says_so(world):
    seal = world.opened.document.model_copy(update={"rehearsal": True})
    found = replace(world.opened, document=seal)
    assert "A rehearsal." in text_of(evidence.receipt(found, (), None, judged=LATER, at=LATER))


def test_of_many_files_the_first_are_listed_and_the_list_has_one_digest(world, monkeypatch):
    monkeypatch.setattr(pages, "MAX_FILES", 3)
    found = text_of(world.receipt())
    assert "3 of 14 files are listed." in " ".join(found.split())
    assert "manifest-sha256.txt" in found
    assert "access.log" not in found


def test_a_very_long_path_is_cut_in_its_middle_and_its_digest_is_not():
    found = pages._cut("a" * 300 + "b" * 300)
    assert (len(found), found[:3], found[-3:], found.count("…")) == (160, "aaa", "bbb", 1)
    assert pages._cut("a" * 160) == "a" * 160


def test_of_very_many_rare_letters_none_is_looked_for(world, monkeypatch):
    monkeypatch.setattr(setting, "LETTERS", 3)
    assert "\\u{8BC1}" in "".join(text_of(world.receipt()).split())


def test_a_long_chain_is_drawn_in_parts_and_cut_with_a_word(world, monkeypatch):
    monkeypatch.setattr(pages, "MAX_LINKS", 30)
    links = [Link("opened", party, LATER, known="kept", index=1) for party in (SEALER, ASKING, THIRD)] * 13
    pdf = world.receipt(links)
    figures = [each for each in elements(pdf) if each.get("/S") == "/Figure"]
    assert sorted(each["/Alt"][:27] for each in figures) == [
        f"Custody chain, part {number} of 3." for number in (1, 2, 3)
    ]
    assert "9 later events are not shown." in text_of(pdf)


def test_a_language_without_words_is_refused():
    with pytest.raises(EvidenceError) as caught:
        evidence.check_receipt("la")
    assert caught.value.code == "EVID-172"


def test_every_page_of_words_has_the_names_of_the_english_one():
    def shape(value):
        return {name: shape(each) for name, each in value.items()} if isinstance(value, dict) else type(value)

    def fields(value):
        if isinstance(value, dict):
            return {name: fields(each) for name, each in value.items()}
        return sorted(re.findall(r"\{\w*\}", value)) if isinstance(value, str) else len(value)

    english = words.words("en")
    assert set(words.LANGUAGES) == {"ar", "en", "es", "fr", "ru", "vi", "zh"}
    for language in words.LANGUAGES:
        other = {name: each for name, each in words.words(language).items() if name != "claims"}
        assert shape(other) == shape(english), language
        assert fields(other) == fields(english), language


@pytest.mark.parametrize("language", [each for each in words.LANGUAGES if each != "en"])
def test_in_each_language_every_claim_has_words_of_it_and_the_page_is_tagged_as_it(world, language):
    claims = words.words(language)["claims"]
    for each in (*world.closed.proves, *world.closed.does_not_prove, *world.opened.does_not_prove):
        assert each.code in claims
        assert set(re.findall(r"\{(\w+)\}", claims[each.code])) <= set(each.fields)
    assert {each.code for each in evidence.STEPS} <= set(claims)
    try:
        pdf = world.receipt(language=language)
    except EvidenceError as error:
        # A machine without the fonts of a language says so; it never shows numbers in place of words.
        if error.code != "EVID-180":
            raise
        pytest.skip("no font of this machine has its letters")
    assert PdfReader(BytesIO(pdf)).trailer["/Root"]["/Lang"] == language
    assert world.opened.seal in text_of(pdf)


def test_without_the_fonts_of_a_language_there_is_no_receipt_in_it(world, monkeypatch):
    monkeypatch.setattr(setting, "SYSTEM_FONTS", False)
    with pytest.raises(EvidenceError) as caught:
        world.receipt(language="zh")
    assert caught.value.code == "EVID-180"


def test_a_mark_on_a_letter_of_the_words_that_no_font_has_does_not_stop_them(world, monkeypatch):
    monkeypatch.setattr(setting, "SYSTEM_FONTS", False)
    said = Link("other", SEALER, LATER, known="kept", index=1, tag="e\u1abe \u2053 \u0f3a")
    found = "".join(text_of(world.receipt([said])).split())
    assert "Thispaperprovesnothingbyitself." in found
    assert "\\u{0F3A}" in found


def test_without_the_extra_it_says_what_to_install(monkeypatch):
    def missing(_):
        raise ImportError

    monkeypatch.setattr(setting, "import_module", missing)
    with pytest.raises(EvidenceError, match=r"rogatory\[letters\]") as caught:
        evidence.check_receipt()
    assert caught.value.code == "EVID-171"


def test_a_fault_of_the_page_is_told_and_not_tried_again(world, monkeypatch):
    monkeypatch.setattr(setting, "_template", lambda: b"#panic(1)")
    with pytest.raises(EvidenceError) as caught:
        world.receipt()
    assert caught.value.code == "EVID-176"


SAFE = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@example("a\u202eb\u200b\x00\n\t\u2067")
@example("e" + "\u0301" * 30)
@given(SAFE)
def test_text_from_elsewhere_shows_every_character_and_hides_none(text):
    shown = words.plain(text)
    assert shown.isprintable()
    assert shown == text or "\\u{" in shown
    assert words.breakable(shown).replace("\N{ZERO WIDTH SPACE}", "") == shown


def test_marks_that_turn_text_round_stand_as_numbers():
    assert words.plain("a\u202efdp.exe") == "a\\u{202E}fdp.exe"


PLAIN = {"language": "en", "direction": "ltr"}


@given(st.lists(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=6).map("".join))
def test_whatever_stands_in_a_text_a_document_is_made_and_the_text_is_data(text):
    page = {"shown": words.breakable(words.plain(text))}
    template = b'#set document(title: "x")\n#let d = json(bytes(sys.inputs.page))\n#d.shown'
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(setting, "_template", lambda: template)
        assert setting.typeset(page, LATER).startswith(b"%PDF-1.7")
