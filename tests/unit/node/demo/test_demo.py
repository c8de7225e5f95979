"""The demo's own parts: what its case says, and that each way of failing has one line."""

from __future__ import annotations

import hashlib
from datetime import date
from io import StringIO
from types import SimpleNamespace

import httpx
import pytest
from rich.console import Console

from rogatory import law, wire
from rogatory.statements import RequestBody
from rogatory_node.base import NodeError
from rogatory_node.demo import case, court, play, run, stage
from rogatory_node.demo.caller import Caller, wait_for
from rogatory_node.demo.telling import Teller


def judged(body):
    participation = law.assume_in_force(law.as_found(), case.PARTIES, date(2028, 1, 1))
    found = law.findings(
        {"from": case.A05, "body": body}, law.basis("vnm", "fra", date(2028, 3, 13), participation)
    )
    return {each.rule.partition("/")[2] for each in found if each.outcome is law.Outcome.NOT_MET}


def test_the_first_draft_has_the_faults_of_the_story():
    faults = {
        "every_time_has_its_zone",
        "a_shared_address_has_its_port",
        "the_period_has_both_ends",
        "the_penal_provision_is_given_with_its_text",
    }
    assert faults <= judged(case.faulty_body())


def test_the_cured_draft_lacks_nothing_and_is_a_request():
    assert judged(case.cured_body()) == set()
    assert wire.decode(wire.canonical(case.cured_body()), RequestBody).kind == "preservation"


def caller(answer):
    transport = httpx.MockTransport(lambda _: answer)
    return Caller("Name", case.A05, "token", "http://node", None, httpx.Client(transport=transport))


def test_a_refusal_of_a_node_is_told_with_its_code():
    answer = httpx.Response(403, json={"code": "NODE-100", "title": "Not yours"})
    with pytest.raises(NodeError, match=r"NODE-800 .*NODE-100 Not yours"):
        caller(answer).call("GET", "/me")


def test_waiting_ends():
    with pytest.raises(NodeError, match=r"NODE-801 .*the moon"):
        wait_for("the moon", lambda: None, patience=0)


def test_a_node_that_cannot_be_made_is_told(tmp_path):
    with pytest.raises(NodeError, match=r"NODE-802 .*vnm"):
        stage._make_node(tmp_path / "vnm", {})


def test_a_package_that_failed_is_told_with_its_code():
    failed = SimpleNamespace(call=lambda *_: {"state": "failed", "failure": "EVID-033"})
    with pytest.raises(NodeError, match=r"NODE-803 .*EVID-033"):
        play._until(failed, "package", "sealed")


def bag(folder, content):
    made = folder / "packages" / "p.bag"
    made.mkdir(parents=True)
    (made / "data.txt").write_bytes(content)
    digest = hashlib.sha256(b"evidence").hexdigest()
    (made / "manifest-sha256.txt").write_text(f"{digest}  data.txt\n")
    told = []
    playing = SimpleNamespace(
        received={"id": "p"}, stage=SimpleNamespace(home=lambda _: folder), tell=told.append
    )
    return playing, told


def test_a_bag_that_sha256sum_confirms_is_told(tmp_path):
    playing, told = bag(tmp_path, b"evidence")
    court.check_bag(playing)
    assert "1 of 1 files agree" in told[0]


def test_a_bag_that_was_changed_is_refused(tmp_path):
    playing, told = bag(tmp_path, b"Evidence")
    with pytest.raises(NodeError, match="NODE-804"):
        court.check_bag(playing)
    assert told == []


def test_the_demo_plays_in_an_empty_folder_only(tmp_path):
    (tmp_path / "mine").write_text("keep")
    with pytest.raises(NodeError, match="NODE-805"):
        run.run(tmp_path, Teller(Console(file=StringIO())), once=True, evidence=None)
    assert (tmp_path / "mine").read_text() == "keep"


def test_the_desks_are_told_with_their_whole_address():
    out = StringIO()
    address = "http://localhost:12345"
    Teller(Console(file=out, width=40, soft_wrap=True)).desks([(address, "Name†", "name", "secret")])
    assert address in out.getvalue()
    assert "secret  Name†" in out.getvalue()
