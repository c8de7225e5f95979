"""The sources are checked as they are compiled, and every fault names file, line and id."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from rogatory.instruments._assemble import assemble
from rogatory.instruments._rows import Listing, Row

from .conftest import PAGES, faults

ROOT = Path(__file__).parents[3]
ARTICLES = "articles/ch1.yaml"
SPOILED = [
    # page, old, new, code, what the one line must name
    ("parties.yaml", "{date", "[date", "INST-004", "toy_2000/parties.yaml:4"),
    (
        ARTICLES,
        "kind: cooperation\n  confidence: memory",
        "kind: cooperation\n  kind: cooperation",
        "INST-005",
        ":9",
    ),
    (
        ARTICLES,
        "obligation: optional",
        "obligaton: optional",
        "INST-006",
        ":13 (art2.p1) is malformed: the member obligaton is unknown",
    ),
    (ARTICLES, "- {id: art2.p1.a}", "- art2.p1.a", "INST-006", "ch1.yaml"),
    (ARTICLES, "{id: art2.p1.a}", "{id: ART2}", "INST-006", "ch1.yaml:16"),
    ("indexes/time_limits.yaml", "refs: [art1.p1]", "refs: art1.p1", "INST-006", "tl.one"),
    (ARTICLES, "{id: art2.p1.b, ", "{id: art2.p1.a, ", "INST-007", "art2.p1.a"),
    ("words/en/all.yaml", "party.vnm: {name: Viet Nam}", "art1: x", "INST-005", "all.yaml:10"),
    (ARTICLES, "[tl.one]", "[tl.two]", "INST-008", "tl.two"),
    ("indexes/time_limits.yaml", "[art1.p1]", "[art1.p2]", "INST-008", "art1.p2"),
    ("indexes/time_limits.yaml", "[art1.p1]", "[other_1999/art1]", "INST-008", "other_1999/art1"),
    ("instrument.yaml", "last: 2", "last: 3", "INST-008", "art3"),
    (ARTICLES, "numbering: low", "numbering: lowish", "INST-009", "lowish"),
    ("instrument.yaml", "schema_version: 1", "schema_version: 2", "INST-009", "schema_version"),
    ("instrument.yaml", "key: toy_2000", "key: toy_2001", "INST-009", "toy_2001"),
    ("instrument.yaml", "2000-01-02", "2000-02-30", "INST-010", "2000-02-30"),
    ("parties.yaml", "2000-01-03", "2000-13-01", "INST-010", "party.vnm"),
    ("words/en/all.yaml", "art2.p1.b: do the other\n", "", "INST-011", "ch1.yaml:17 (art2.p1.b)"),
    ("words/en/all.yaml", "tl.one:", "tl.nine:", "INST-011", "tl.nine"),
    (ARTICLES, "id: art2.p1\n", "id: art1.p2\n", "INST-012", "art1.p2"),
    ("instrument.yaml", "first: 1, last: 2", "first: 1, last: 1", "INST-012", "art2"),
    ("parties.yaml", "party.vnm\n", "party.viet_nam\n", "INST-006", "the member id is malformed"),
    ("parties.yaml", "type: state", "type: city", "INST-009", "parties.yaml:2 (party.vnm) has type = city"),
    ("parties.yaml", "{date: 2000-01-03}", "{dated: 2000-01-03}", "INST-006", "the member dated is unknown"),
    ("parties.yaml", "deposit: 2000-02-01", "deposit: 2000-02-30", "INST-010", "parties.yaml:5 (party.vnm)"),
    ("parties.yaml", "deposit: 2000-02-01", "deposit: 2000-02", "INST-010", "2000-02"),
    ("parties.yaml", "date: 2000-02\n", "date: 2000-14\n", "INST-010", "parties.yaml:13 (party.vnm.c1)"),
    ("parties.yaml", "    source: P1", "    source: P9", "INST-008", "source.P9"),
    ("parties.yaml", "  source: P1\n", "  source: P9\n", "INST-008", "parties.yaml:6 (party.vnm)"),
    (
        "parties.yaml",
        "[contents]",
        "[weather]",
        "INST-008",
        "parties.yaml:12 (party.vnm.c1) refers to weather",
    ),
    ("parties.yaml", "under: res.art2", "under: res.art9", "INST-008", "res.art9"),
    ("parties.yaml", "refs: [art2.p1]", "refs: [art9.p1]", "INST-008", "parties.yaml:10 (party.vnm.c1)"),
    ("parties.yaml", "party.vnm.c1", "art2", "INST-007", "articles/ch1.yaml"),
    # A reservation to an article that allows none: by another clause, by none, or by one that is not there.
    ("parties.yaml", "refs: [art2.p1]", "refs: [art1.p1]", "INST-013", ":10 (party.vnm.c1) reserves art1.p1"),
    ("parties.yaml", "    under: res.art2\n", "", "INST-013", "(party.vnm.c1) reserves art2.p1"),
    ("parties.yaml", "under: res.art2", "under: tl.one", "INST-013", "parties.yaml:11 (party.vnm.c1)"),
    # Days that cannot be with one another.
    (
        "parties.yaml",
        "2000-01-03",
        "1999-12-31",
        "INST-014",
        "parties.yaml:4 (party.vnm) gives date = 1999-12-31",
    ),
    ("parties.yaml", "2000-01-03", "2001-01-01", "INST-014", "2000-12-31"),
    ("parties.yaml", "deposit: 2000-02-01", "deposit: 2000-01-02", "INST-014", "deposit = 2000-01-02"),
    ("parties.yaml", "in_force: 2000-03-02", "in_force: 2000-01-31", "INST-014", "in_force = 2000-01-31"),
    ("instrument.yaml", "schema_version: 1\n", "", "INST-006", "the member schema_version is absent"),
    (
        "instrument.yaml",
        "adopted: 2000-01-02",
        "adopted: 20000102",
        "INST-006",
        "the member adopted is not text or null",
    ),
    (
        "words/en/all.yaml",
        "tl.one: {what: how long}",
        "tl.one: [how]",
        "INST-006",
        "tl.one is not text or a mapping",
    ),
    (
        ARTICLES,
        "links: {time_limits: [tl.one]}",
        "links: [tl.one]",
        "INST-006",
        "the member links is not a mapping",
    ),
    ("instrument.yaml", "rule: art1.p1", "rule: art7", "INST-008", "instrument.yaml:7 (-) refers to art7"),
    ("instrument.yaml", "later: tl.one", "later: art1", "INST-008", "instrument.yaml:8 (-) refers to art1"),
    ("indexes/time_limits.yaml", "unit: days", "unit: moons", "INST-006", "tl.one counts neither days"),
]


@pytest.mark.parametrize(("page", "old", "new", "code", "names"), SPOILED)
def test_a_fault_in_the_sources_is_one_line_with_its_place(tool, sources, page, old, new, code, names):
    path = sources / "toy_2000" / page
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))
    told = faults(tool, sources)
    assert code in {each.code for each in told}
    assert any(names in str(each) for each in told if each.code == code)
    assert all("\n" not in str(each) for each in told)


def test_a_page_that_is_absent_is_named(tool, sources):
    (sources / "toy_2000/instrument.yaml").write_text("[]")
    assert "INST-006" in str(faults(tool, sources)[0])


def test_every_fault_is_told_at_once_and_not_only_the_first(tool, sources):
    for page, old, new in (
        (ARTICLES, "[tl.one]", "[tl.two]"),
        (ARTICLES, "art2.p1.b, obligation: mandatory", "art2.p1.b, obligation: perhaps"),
        ("parties.yaml", "refs: [art2.p1]", "refs: [art1.p1]"),
        ("words/en/all.yaml", "art1.p1: Do this.", "art9: Do this."),
    ):
        path = sources / "toy_2000" / page
        assert old in path.read_text()
        path.write_text(path.read_text().replace(old, new, 1))
    told = sorted(str(each).partition(" ")[0] for each in faults(tool, sources))
    assert told == ["INST-008", "INST-009", "INST-011", "INST-011", "INST-013"]


def test_two_members_given_twice_are_two_faults(tool, sources):
    page = sources / "toy_2000/indexes/time_limits.yaml"
    page.write_text("- {id: tl.one, id: tl.one, refs: [], refs: []}\n")
    assert [each.code for each in faults(tool, sources)] == ["INST-005", "INST-005"]


def test_a_line_in_a_list_is_named_and_not_only_its_row(tool, sources):
    page = sources / "toy_2000/indexes/time_limits.yaml"
    page.write_text("- id: tl.one\n  refs:\n  - art1.p1\n  - art7.p7\n  value: 1\n  unit: days\n")
    (told,) = faults(tool, sources)
    assert "time_limits.yaml:4 (tl.one) refers to art7.p7" in str(told)


def test_a_page_that_belongs_nowhere_is_named(tool, sources):
    (sources / "toy_2000/notes.yaml").write_text("a: b\n")
    assert "toy_2000/notes.yaml" in str(faults(tool, sources)[0])


def test_a_page_that_is_no_text_is_named(tool, sources):
    (sources / "toy_2000/parties.yaml").write_bytes(b"\xff\xfe\x00")
    assert "INST-004 toy_2000/parties.yaml:0" in str(faults(tool, sources)[0])


def test_a_reference_to_another_instrument_names_its_line(tool, sources):
    page = sources / "toy_2000/indexes/time_limits.yaml"
    page.write_text(
        "- id: tl.one\n  refs: []\n  links:\n    to: [other_1999/art1]\n  value: 1\n  unit: days\n"
    )
    (told,) = faults(tool, sources)
    assert "toy_2000/indexes/time_limits.yaml:4 (tl.one) refers to other_1999/art1" in str(told)


def test_a_declaration_needs_no_clause(tool, sources):
    page = sources / "toy_2000/parties.yaml"
    page.write_text(
        page.read_text()
        .replace("kind: reservation", "kind: declaration")
        .replace("    under: res.art2\n", "")
    )
    assert tool.compile_all(sources)


def test_a_reservation_under_no_clause_of_its_own_says_that_general_law_speaks(tool, sources):
    # res.general rests on no provision, so it allows any article; only an open instrument has such a row.
    page = sources / "toy_2000/parties.yaml"
    page.write_text(page.read_text().replace("under: res.art2", "under: res.general"))
    index = sources / "toy_2000/indexes/reservations.yaml"
    index.write_text(index.read_text() + "- {id: res.general, refs: [], confidence: memory}\n")
    assert tool.compile_all(sources)


def test_a_word_given_on_two_pages_is_refused(tool, sources):
    (sources / "toy_2000/words/en/more.yaml").write_text("art1.p1: again\n")
    assert re.search(r"INST-007 .*more.yaml:1 .*art1\.p1", str(faults(tool, sources)[0]))


def test_a_point_is_as_sure_as_its_paragraph_unless_it_says_otherwise(tool, sources):
    nodes = json.loads(tool.compile_all(sources)["toy_2000.json"])["nodes"]
    assert nodes["art2"]["confidence"] == "memory"
    assert nodes["art2.p1"]["confidence"] == "verified"
    assert nodes["art2.p1.a"]["confidence"] == "verified"
    assert [nodes[f"art2.p1.{letter}"]["obligation"] for letter in "ab"] == ["optional", "mandatory"]


def test_no_scalar_is_guessed_to_be_a_date_or_a_truth(tool, sources):
    page = sources / "toy_2000/words/en/all.yaml"
    page.write_text(page.read_text().replace("do that", "no").replace("do the other", "2000-01-01"))
    words = json.loads(tool.compile_all(sources)["toy_2000.en.json"])
    assert words["art2.p1.a"] == {"text": "no"}
    assert words["art2.p1.b"] == {"text": "2000-01-01"}


def test_writing_again_leaves_the_same_files_alone_and_removes_stale_ones(tool, sources, tmp_path):
    files, folder = tool.compile_all(sources), tmp_path / "compiled"
    tool.write(files, folder)
    (folder / "gone.json").write_text("{}")
    before = (folder / "toy_2000.json").stat().st_mtime_ns
    assert not tool.same(files, folder)
    tool.write(files, folder)
    assert tool.same(files, folder)
    assert (folder / "toy_2000.json").stat().st_mtime_ns == before


def test_the_compiled_files_are_those_of_the_sources(tool):
    assert tool.same(tool.compile_all(tool.SOURCES), tool.COMPILED), (
        "run: python tools/compile_instruments.py"
    )


def test_the_command_ends_with_two_on_a_fault_and_one_on_a_difference(
    tool, sources, tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr(tool, "SOURCES", sources)
    monkeypatch.setattr(tool, "COMPILED", tmp_path / "compiled")
    assert tool.main(["--check"]) == 1
    assert tool.main([]) == 0
    assert tool.main(["--check"]) == 0
    (sources / "toy_2000/parties.yaml").write_text("- {")
    assert tool.main([]) == 2
    assert "INST-004" in capsys.readouterr().err


def test_the_build_compiles_and_packs_what_git_does_not_know(tool, tmp_path):
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "tools/hatch_build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in ("tools/compile_instruments.py", "src/rogatory/instruments"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    compiled = tmp_path / "src/rogatory/instruments/compiled"
    shutil.rmtree(compiled, ignore_errors=True)
    hook = module.CompileInstruments(str(tmp_path), {}, None, None, "", "wheel")
    build_data = {"artifacts": []}
    hook.initialize("editable", build_data)
    assert build_data["artifacts"] == ["src/rogatory/instruments/compiled/*.json"]
    assert tool.same(tool.compile_all(tool.SOURCES), compiled)


TEXT = st.text(st.characters(codec="utf-8"), max_size=60)
SCALARS = st.none() | st.booleans() | st.integers() | TEXT
PAGE = st.recursive(
    SCALARS, lambda each: st.lists(each, max_size=4) | st.dictionaries(TEXT, each, max_size=4)
)
PATHS = st.sampled_from(
    ["instrument.yaml", "parties.yaml", ARTICLES, "indexes/time_limits.yaml", "words/en/all.yaml"]
)


def _row(value):
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return Listing(_row(each) for each in value)
    return Row({name: _row(each) for name, each in value.items()}) if isinstance(value, dict) else value


@given(path=PATHS, page=PAGE)
def test_whatever_stands_on_a_page_is_compiled_or_told_and_never_crashes(path, page):
    pages = {name: _row(yaml.safe_load(text)) for name, text in PAGES.items()}
    told = []
    made = assemble("toy_2000", {**pages, path: _row(page)}, told)
    assert made is not None or told
    assert assemble("toy_2000", pages, []) is not None
    assert all(str(each).startswith("INST-") and "\n" not in str(each) for each in told)


@given(text=st.text(max_size=200))
def test_whatever_bytes_a_page_has_it_is_read_or_told(tool, tmp_path_factory, text):
    folder = tmp_path_factory.mktemp("toy", numbered=True)
    (folder / "page.yaml").write_text(text, encoding="utf-8")
    told = []
    tool.read(folder / "page.yaml", folder, told)
    assert {each.code for each in told} <= {"INST-004", "INST-005"}


def _places(value, way=()):
    """Every way to a value inside a page."""
    yield way
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, each in inner:
        yield from _places(each, (*way, name))


def _with(value, way, new):
    if not way:
        return new
    copied = value.copy()
    copied[way[0]] = _with(value[way[0]], way[1:], new)
    return copied


POOL = [
    "art1",
    "art1.p1",
    "art2.p1.a",
    "tl.one",
    "party.vnm",
    "res.art2",
    "2000-01-02",
    "1999-12-31",
    "memory",
]


@given(data=st.data())
def test_whatever_is_changed_in_one_place_is_compiled_or_told_and_never_crashes(data):
    pages = {name: yaml.safe_load(text) for name, text in PAGES.items()}
    path = data.draw(st.sampled_from(sorted(pages)))
    way = data.draw(st.sampled_from(list(_places(pages[path]))))
    new = data.draw(st.sampled_from(POOL) | st.lists(st.sampled_from(POOL), max_size=2) | SCALARS)
    told = []
    changed = {**pages, path: _with(pages[path], way, new)}
    made = assemble("toy_2000", {name: _row(each) for name, each in changed.items()}, told)
    assert made is not None or told
    assert all(str(each).startswith("INST-") for each in told)
