"""The papers for the court: each has a role that the sealer gave, and a reader sees which are not there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rogatory.cli import _evidence
from rogatory.errors import EvidenceError
from rogatory.evidence import (
    ROLES,
    Paper,
    Terms,
    contents,
    open_package,
    role_of,
    verify,
    verify_with_key,
)
from rogatory.evidence.models import Entry
from rogatory.evidence.sealing import legal
from support.packages import ASKING, basis, decryption, make, write_sources
from support.world import counting_random


def write_papers(folder):
    (folder / "order.pdf").write_bytes(b"Order 2028/0312")
    (folder / "note.txt").write_bytes(b"no role")
    (folder / "stamped:scans").mkdir()
    for number in (1, 2):
        (folder / "stamped:scans" / f"{number}.png").write_bytes(b"page %d" % number)
    return [
        Paper(folder / "order.pdf", "order"),
        folder / "note.txt",
        Paper(folder / "stamped:scans", "scan"),
    ]


def sealed(tmp_path, legal):
    return make(tmp_path, write_sources(tmp_path), terms=Terms(legal=legal)).path


def test_a_role_is_a_claim_of_each_file_that_is_such_a_paper(tmp_path):
    package = sealed(tmp_path, write_papers(tmp_path))
    found = {
        each.path: role_of(each) for each in contents(package, decryption(ASKING)) if each.area == "legal"
    }
    assert found == {
        "note.txt": None,
        "order.pdf": "order",
        "stamped=3Ascans/1.png": "scan",
        "stamped=3Ascans/2.png": "scan",
    }
    assert not any(each.claims for each in contents(package, decryption(ASKING)) if each.area == "data")


def test_a_reader_with_a_key_is_told_which_papers_are_there_and_which_are_not(tmp_path):
    package = sealed(tmp_path, write_papers(tmp_path))
    found = verify_with_key(package, decryption(ASKING), basis())
    assert found.papers == ("order", "scan")
    assert {"EVID-127": "order, scan"}.items() <= {
        each.code: each.fields.get("roles") for each in found.proves
    }.items()
    missing = next(each for each in found.does_not_prove if each.code == "EVID-151")
    assert missing.fields["roles"] == "certificate, execution-record, translation"
    assert "translation" in missing.sentence()


def test_without_a_key_nothing_is_said_of_papers(tmp_path):
    found = verify(sealed(tmp_path, write_papers(tmp_path)), basis())
    assert found.papers is None
    assert not {"EVID-127", "EVID-151"} & {each.code for each in (*found.proves, *found.does_not_prove)}


def test_with_every_role_nothing_is_missing(tmp_path):
    every = []
    for role in ROLES:
        (tmp_path / role).write_text(role)
        every.append(Paper(tmp_path / role, role))
    package = sealed(tmp_path, every)
    found = open_package(package, decryption(ASKING), tmp_path / "bag", basis(), random=counting_random())
    assert found.papers == ROLES
    assert "EVID-151" not in {each.code for each in found.does_not_prove}
    report = json.loads((tmp_path / "bag/rogatory/verification.json").read_text())
    assert "EVID-127" in {each["code"] for each in report["proves"]}


def test_a_role_that_nobody_knows_is_refused():
    with pytest.raises(EvidenceError, match="no paper of the role letter") as caught:
        Paper(Path("letter.pdf"), "letter")
    assert caught.value.code == "EVID-084"


@pytest.mark.parametrize(
    ("area", "kind", "said"),
    [("data", "file", "order"), ("legal", "link", "order"), ("legal", "file", "of a later version")],
)
def test_what_only_looks_like_a_role_is_none(area, kind, said):
    assert role_of(Entry(area=area, kind=kind, path="x", claims={"paper.role": said})) is None


def test_the_same_papers_in_another_role_are_other_sources(tmp_path):
    path = tmp_path / "order.pdf"
    given = ([path], [Paper(path)], [Paper(path, "order")], [Paper(path, "scan")])
    assert [legal.identities(each) for each in given] == [
        [str(path)],
        [str(path)],
        [f"order={path}"],
        [f"scan={path}"],
    ]


def test_the_command_line_takes_a_role_and_a_file_or_a_file_alone(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a=b.pdf").write_bytes(b"")
    Path("order=1.pdf").write_bytes(b"")
    assert _evidence.paper_of("order=o.pdf") == Paper(Path("o.pdf"), "order")
    assert _evidence.paper_of("o.pdf") == Paper(Path("o.pdf"))
    assert _evidence.paper_of("a=b.pdf") == Paper(Path("a=b.pdf"))
    assert _evidence.paper_of("./order=1.pdf") == Paper(Path("order=1.pdf"))
    with pytest.raises(EvidenceError) as caught:
        _evidence.paper_of("letter=o.pdf")
    assert caught.value.code == "EVID-084"
