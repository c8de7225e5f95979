"""The sources are checked as they are compiled, and every fault names file, line and id."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
from pathlib import Path

import pytest

from .conftest import faults

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
