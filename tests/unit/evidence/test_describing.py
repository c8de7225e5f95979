"""The description of the case: in the terms of CASE/UCO, about the case and never about each file."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from rogatory import wire
from rogatory.envelopes import chunks
from rogatory.errors import EvidenceError
from rogatory.evidence import (
    Action,
    Device,
    Particulars,
    Terms,
    Tool,
    case_description,
    checks,
    description_file,
    open_package,
    verify,
    verify_with_key,
)
from rogatory.evidence.description import Origin, case_graph
from rogatory.evidence.secret import Keys
from rogatory.evidence.tables import TableWriter
from support.packages import ASKING, NOON, SEALER, basis, decryption, make, write_sources
from support.world import counting_random

SPEC = Path(__file__).parents[3] / "spec/evidence.md"
ORIGIN = Origin("ab" * 32, "c" * 64, "fra/ofac", NOON)
FULL = Particulars(
    title="Fraud on saovang-invest.example",
    focus="fraud",
    devices=(
        Device(name="panel", kind="server", maker="Kessel", model="K1", serial="00-1", exhibit="NDR/1"),
        Device(name="bare"),
    ),
    actions=(
        Action(
            name="Acquisition",
            by="fra/ofac",
            began=NOON,
            ended=NOON,
            tool=Tool(name="ewfacquire", version="20240506"),
            devices=("panel", "bare"),
            description="The whole disk.",
        ),
        Action(name="Talk with the provider"),
    ),
)


def nodes(graph, kind):
    return [each for each in graph["@graph"] if each["@type"].endswith(f":{kind}")]


def sealed(tmp_path, said=FULL, **changes):
    source = write_sources(tmp_path)
    return make(tmp_path, source, terms=Terms(particulars=said, case="c" * 64), **changes).path


def test_the_description_opens_to_what_was_said_and_to_the_sealing(tmp_path):
    package = sealed(tmp_path)
    found = open_package(package, decryption(ASKING), tmp_path / "bag", basis(), random=counting_random())
    graph = json.loads((tmp_path / "bag/rogatory/case.jsonld").read_text())
    assert wire.canonical(graph) == case_description(package, decryption(ASKING))
    assert nodes(graph, "Investigation")[0]["uco-core:name"] == FULL.title
    assert {each["uco-core:name"] for each in nodes(graph, "Device")} == {"panel", "bare"}
    assert {each["uco-core:name"] for each in nodes(graph, "InvestigativeAction")} == {
        "Acquisition",
        "Sealing",
        "Talk with the provider",
    }
    exhibits = {each["case-investigation:exhibitNumber"] for each in nodes(graph, "ProvenanceRecord")}
    assert exhibits == {"NDR/1", found.package}
    assert "rogatory/case.jsonld" in (tmp_path / "bag/tagmanifest-sha256.txt").read_text()


def test_nothing_of_the_description_can_be_read_without_a_key(tmp_path):
    package = sealed(tmp_path)
    assert not verify(package, basis()).opened
    assert b"Kessel" not in (package / "case.enc").read_bytes()
    with pytest.raises(EvidenceError, match="EVID-060"):
        case_description(package, decryption("xtp/cyber"))


def test_a_package_without_particulars_has_no_description(tmp_path):
    package = make(tmp_path).path
    assert not (package / "case.enc").exists()
    assert case_description(package, decryption(ASKING)) is None


def test_the_description_does_not_grow_with_the_files(tmp_path):
    package = sealed(tmp_path)
    text = case_description(package, decryption(ASKING)).decode()
    assert "access.log" not in text
    # One more than in a package of the authority that acquired: another sealed this one.
    assert len(json.loads(text)["@graph"]) == len(case_graph(FULL, ORIGIN)["@graph"]) + (SEALER != "fra/ofac")


def test_every_reference_leads_to_a_node(tmp_path):
    graph = case_graph(FULL, ORIGIN)
    named = {each["@id"] for each in graph["@graph"]}
    facets = {facet["@id"] for each in graph["@graph"] for facet in each.get("uco-core:hasFacet", [])}
    assert set(re.findall(r"urn:uuid:[0-9a-f-]{36}", json.dumps(graph))) == named | facets
    assert not named & facets


def test_two_packages_share_no_name_of_a_node():
    first, second = (
        {each["@id"] for each in case_graph(FULL, Origin(package, None, "fra/ofac", NOON))["@graph"]}
        for package in ("ab" * 32, "cd" * 32)
    )
    assert not first & second


def test_the_example_of_the_spec_makes_the_nodes_that_it_says():
    text = SPEC.read_text(encoding="utf-8").partition("## 13.")[2]
    said = wire.decode(re.search(r"```json\n(.*?)```", text, re.DOTALL)[1].encode(), Particulars)
    assert "a graph of ten nodes" in text
    assert len(case_graph(said, ORIGIN)["@graph"]) == 10


@pytest.mark.parametrize(
    "said",
    [
        Particulars(title="t", devices=(Device(name="a"), Device(name="a"))),
        Particulars(title="t", actions=(Action(name="x", devices=("a",)),)),
    ],
)
def test_particulars_that_do_not_hang_together_are_refused_before_anything_is_read(tmp_path, said):
    with pytest.raises(EvidenceError, match="EVID-085"):
        sealed(tmp_path, said)
    assert not list(tmp_path.glob("*package*"))


def test_the_largest_description_is_accepted(tmp_path):
    text = "\N{GRINNING FACE}" * 200
    devices = tuple(
        Device(
            name=f"{number}{text}"[:200],
            kind=text,
            maker=f"{number}{text}"[:200],
            model=text,
            serial=text,
            exhibit=text,
        )
        for number in range(200)
    )
    names = tuple(each.name for each in devices[:50])
    actions = tuple(
        Action(
            name=text,
            by=f"{number}{text}"[:200],
            devices=names,
            description=text * 10,
            tool=Tool(name=f"{number}{text}"[:200], version=text),
        )
        for number in range(200)
    )
    said = Particulars(title=text, focus=text, devices=devices, actions=actions)
    keys = Keys(bytes(32), bytes.fromhex(ORIGIN.package), counting_random())
    assert len(description_file.case_file(said, ORIGIN, keys)) < description_file.MAX_CASE
    wire.parse(wire.canonical(case_graph(said, ORIGIN)), limit=description_file.MAX_CASE)


@pytest.mark.parametrize(
    "line", [b"[]\n", b'{"b": 1}\n', b'{"b":1,"a":2}\n', b'{"a":1}\n{"b":2}\n', b"", b"{}"], ids=repr
)
def test_a_description_of_another_form_is_refused(tmp_path, monkeypatch, line):
    monkeypatch.setattr(description_file, "case_file", forged(line))
    package = sealed(tmp_path)
    assert not verify(package, basis()).opened
    with pytest.raises(EvidenceError) as caught:
        verify_with_key(package, decryption(ASKING), basis())
    assert caught.value.code == ("EVID-041" if line == b"{}" else "EVID-052")


def test_a_description_that_is_too_large_is_refused_before_it_is_read(tmp_path, monkeypatch):
    package = sealed(tmp_path)
    monkeypatch.setattr(description_file, "MAX_CASE", 100)
    with pytest.raises(EvidenceError, match="EVID-052"):
        verify_with_key(package, decryption(ASKING), basis())


@pytest.mark.parametrize(
    ("check", "line"),
    [("check_case_document", b'{"b": 1}\n'), ("check_case_lines", b'{"a":1}\n{"b":2}\n')],
)
def test_without_its_check_another_form_would_pass(tmp_path, monkeypatch, check, line):
    monkeypatch.setattr(description_file, "case_file", forged(line))
    monkeypatch.setattr(checks, check, lambda *_: None)
    assert verify_with_key(sealed(tmp_path), decryption(ASKING), basis()).opened


def test_the_size_of_a_description_is_bounded():
    checks.check_case_size(100, 100)
    with pytest.raises(EvidenceError, match="EVID-052"):
        checks.check_case_size(101, 100)


def test_a_reader_that_does_not_know_the_file_ignores_it(tmp_path, monkeypatch):
    monkeypatch.setattr(description_file, "case_file", forged(b"of another version"))
    monkeypatch.setattr(description_file, "read_case", lambda *_: None)
    assert verify_with_key(sealed(tmp_path), decryption(ASKING), basis()).opened


def validate(path, graph):
    """Let CASE's own tool judge a graph; return whether it conforms."""
    pytest.importorskip("case_utils", reason="case_utils is in requirements/test.txt")
    path.write_bytes(wire.canonical(graph))
    act = "from case_utils.case_validate import main; main()"
    line = [sys.executable, "-c", act, str(path)]
    found = subprocess.run(line, check=False, capture_output=True, text=True)
    assert "Conforms: " in found.stdout, found.stderr
    return "Conforms: True" in found.stdout


def test_the_description_is_valid_by_the_shapes_of_case(tmp_path):
    assert validate(tmp_path / "case.jsonld", case_graph(FULL, ORIGIN))


def test_the_shapes_of_case_see_what_is_wrong(tmp_path):
    graph = case_graph(FULL, ORIGIN)
    nodes(graph, "InvestigativeAction")[0]["uco-action:performer"] = "fra/ofac"
    assert not validate(tmp_path / "case.jsonld", graph)


def forged(line):
    """Return what writes a ``case.enc`` of these bytes."""

    def write(_said, _origin, keys):
        out = io.BytesIO()
        key = chunks.table_key(keys.key, keys.package, "case.enc")
        table = TableWriter(out, key, keys.random)
        table.add(line)
        table.finish()
        return out.getvalue()

    return write
