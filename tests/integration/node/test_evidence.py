"""Evidence between two nodes, by line and by disk: the same states and receipts, and a leaf on both sides."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest

from rogatory_node.base import NodeError
from rogatory_node.base.home import Home
from rogatory_node.demo import case
from rogatory_node.demo.case import MINISTRY, SPP
from support import complete
from support.nodes import cli, until
from support.two_nodes import NOW

USE = {"use": "evidence", "proceedings": ["DN-2028-0312"], "destroy_by": "2033-12-31"}
FOR = "For proceedings DN-2028-0312."
PEOPLE = {
    SPP: (("vnm:chau", "investigator"), ("vnm:quang", "legal_reviewer")),
    MINISTRY: (("fra:caron", "duty_officer"), ("fra:benoit", "legal_reviewer")),
}
PAPER = ("--seal-number", "A-0042/7")


@pytest.fixture(scope="module", autouse=True)
def _looking_from_where_it_happens(two):
    """Let France sign its log's head every two seconds: whoever fetches a package waits for one over it."""
    node, file = two.nodes["fra"], two.home("fra") / "node.toml"
    before = file.read_text(encoding="utf-8")
    for text in (before.replace("beat_seconds = 60\n", "beat_seconds = 2\n"), before):
        file.write_text(text, encoding="utf-8")
        node.stop()
        node.start()
        if text != before:
            yield


@dataclass
class Story:
    """One thread in which stored data are asked for, and a package answers."""

    two: Any
    thread: str = ""
    request: str = ""
    delivery: str = ""
    count: int = 0

    def say(self, authority: str, act: str, body: dict[str, Any], *, draft: str = "", who: str = "") -> str:
        """Let two people of an authority state something; return its id."""
        other = MINISTRY if authority == SPP else SPP
        people = PEOPLE[authority]
        author = self.two.officer(who or people[0][0])
        made = draft or author.draft(act, body, recipient=other, thread=self.thread)["id"]
        if not draft or author.call("GET", f"/drafts/{made}")["state"] == "open":
            author.freeze(made)
        for name, role in people:
            self.two.officer(name).approve(made, role)
        sent = author.send(made)
        self.thread, self.count = self.thread or sent["thread"], self.count + 1
        return str(sent["statement_id"])

    def settle(self) -> dict[str, Any]:
        self.two.readers = {"vnm": "vnm:chau", "fra": "fra:caron"}
        found: dict[str, Any] = self.two.settled(self.thread, self.count)
        return found

    def package(self, who: str) -> dict[str, Any]:
        found = self.two.officer(who).call("GET", f"/packages?thread={self.thread}")
        return dict(found[0]) if found else {"state": "none", "id": ""}

    def waits_for(self, who: str, state: str) -> dict[str, Any]:
        until(lambda: self.package(who)["state"] == state, lambda: str(self.package(who)))
        return self.package(who)

    def leaves(self, party: str, statement: str, *, evidence: bool = True) -> list[str]:
        """Return the tags of a statement's leaves that speak of evidence, or the others."""
        found: list[str] = self.two.leaves(party, statement)
        return [tag for tag in found if tag.startswith("evidence:") is evidence]


def delivered(two: Any, name: str) -> Story:
    """Play a case from the request to the delivery of a package, papers and all."""
    story = Story(two)
    body = complete.body("stored_data")
    body["domestic_authorisation"]["date"] = NOW[:10]
    story.request = story.say(SPP, "request", body)
    story.settle()
    numbers = [each["number"] for each in body["items"]]
    decided = {"of": story.request, "items": [{"number": each, "outcome": "accepted"} for each in numbers]}
    story.say(MINISTRY, "decision", decided)
    order = case.order_members(numbers, reference="2028/0312†", issued="2028-03-13", until="2028-06-11")
    given = {"authority": MINISTRY, "request": story.request, "order": order}
    two.officer("fra:caron").call("POST", f"/threads/{story.thread}/domestic-acts", given)
    intake = Home(two.home("fra")).intake_of(MINISTRY)
    (intake / name).mkdir(parents=True)
    for each in ("access.log", "other.log"):
        (intake / name / each).write_text(f"{each} of {name}\n" * 50, encoding="utf-8")
    (intake / f"{name}.order.pdf").write_bytes(b"an order")
    seal = {
        "authority": MINISTRY,
        "recipient": SPP,
        "thread": story.thread,
        "request": story.request,
        "intake": name,
        "conditions": USE,
        "papers": [{"name": f"{name}.order.pdf", "role": "order"}],
        "particulars": {"title": name, "devices": [{"name": "server"}]},
    }
    made = two.officer("fra:petit").call("POST", "/packages", seal)
    story.waits_for("fra:petit", "sealed")
    draft = two.officer("fra:caron").call("POST", f"/packages/{made['id']}/delivery", {"items": numbers})
    story.delivery = story.say(MINISTRY, "delivery", {}, draft=draft["id"])
    return story


def by_disk(two: Any, name: str, medium: Any) -> Story:
    """Deliver a package whose line brings nothing, and carry it on a disk."""
    front = two.fronts["fra"]
    front.cut = lambda passing: passing.path.startswith("/peer/v1/packages/")
    story = delivered(two, name)
    story.waits_for("vnm:chau", "announced")
    medium.mkdir()
    out = cli(
        "node", "export", two.home("fra"), story.package("fra:petit")["id"], medium,
        "--officer", "petit", *PAPER, "--receipt", "HO 2028-17", "--handed-by", "Petit",
        "--handed-to", "Hoan", "--disk", "WD 22B1", "--on", "2028-03-14", "--json",
    )  # fmt: skip
    assert out.returncode == 0, out.stderr
    digest = json.loads(out.stdout)["manifest"]
    into = ("node", "import", two.home("vnm"), medium, "--officer", "hoan", "--authority", SPP)
    wrong = cli(*into, "--seal-number", "A-0042/8")
    assert (wrong.returncode, wrong.stderr.split()[0]) == (2, "EVID-083")
    done = cli(*into, *PAPER, "--manifest", digest, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["state"] == "held"
    front.mend()
    return story


def standing(story: Story) -> list[tuple[Any, ...]]:
    """Return how each statement of a thread stands on both sides, and what its receipts say."""
    query = "SELECT way, outcome, reason, sender FROM records_signedreceipt WHERE of = ? ORDER BY way"
    found = []
    for party in ("vnm", "fra"):
        for each in story.two.officer(story.two.readers[party]).thread(story.thread)["entries"]:
            said = (each["type"], each["standing"], bool(each["receipt"]), each["waiting"])
            found.append((party, *said, story.two.rows(party, query, each["id"])))
    return found


SAME = ("authority", "counterpart", "way", "state", "recalled_by", "files", "size", "conditions", "failure")


def test_what_came_by_disk_stands_as_what_came_by_line_with_the_same_receipts(two, tmp_path) -> None:
    line = delivered(two, "by-line")
    line.waits_for("vnm:chau", "held")
    disk = by_disk(two, "by-disk", tmp_path / "disk")
    line.settle()
    disk.settle()
    assert standing(line) == standing(disk)
    for who in ("vnm:chau", "fra:petit"):
        one, other = line.package(who), disk.package(who)
        assert {each: one[each] for each in SAME} == {each: other[each] for each in SAME}
    for party in ("vnm", "fra"):
        mine, theirs = (each.leaves(party, each.delivery, evidence=False) for each in (line, disk))
        assert mine == theirs
    assert (line.leaves("fra", line.delivery), line.leaves("vnm", line.delivery)) == (
        [],
        ["evidence:fetch:verified"],
    )
    assert (disk.leaves("fra", disk.delivery), disk.leaves("vnm", disk.delivery)) == (
        ["evidence:export:done"],
        ["evidence:import:verified"],
    )
    for story in (line, disk):
        two.officer("vnm:hoan").call("POST", f"/packages/{story.package('vnm:hoan')['id']}/open")
        story.waits_for("vnm:chau", "opened")


def test_what_is_given_on_and_what_is_destroyed_stands_in_both_logs(two) -> None:
    story = delivered(two, "given-on")
    held = story.waits_for("vnm:chau", "held")["id"]
    chau = two.officer("vnm:chau")
    entries = chau.call("GET", f"/packages/{held}/entries")["entries"]
    assert {each["path"] for each in entries if each["area"] == "data"} == {
        "given-on/access.log",
        "given-on/other.log",
    }
    assert [each["claims"] for each in entries if each["area"] == "legal"] == [{"paper.role": "order"}]
    # To another Party without consent: refused, with its code.
    berlin = {"files": ["data"], "to_party": "deu", "to": "Staatsanwaltschaft", "purpose": FOR}
    with pytest.raises(NodeError) as refused:
        chau.call("POST", f"/packages/{held}/onward", berlin)
    assert refused.value.fields["code"] == "NODE-534"
    # At home: all of it to the point of contact, and one file to a court.
    told = []
    for given in (
        {"recipient": "vnm/a05", "purpose": FOR},
        {
            "files": ["data/given-on/access.log"],
            "to_party": "vnm",
            "to": "People's Court",
            "purpose": FOR,
        },
    ):
        draft = chau.call("POST", f"/packages/{held}/onward", given)["id"]
        told.append(story.say(SPP, "onward_transfer", {}, draft=draft))
    story.settle()

    def made() -> bool:
        return all(each["state"] == "made" for each in chau.call("GET", f"/packages/{held}/onward"))

    until(made, lambda: str(chau.call("GET", f"/packages/{held}/onward")))
    for statement in told:
        assert story.leaves("vnm", statement) == ["evidence:onward:made"]
        assert story.leaves("fra", statement) == ["evidence:onward:told"]
    # Destroyed: removed here, with what was made of it, and recorded there.
    body = {"of": story.delivery, "outcome": "destroyed", "on": NOW[:10], "method": "Files removed"}
    gone = story.say(SPP, "returned_or_destroyed", body)
    story.settle()
    story.waits_for("vnm:chau", "destroyed")
    assert [each["state"] for each in chau.call("GET", f"/packages/{held}/onward")] == ["destroyed"] * 2
    assert not list(Home(two.home("vnm")).packages.glob(f"*{held}*"))
    assert story.leaves("vnm", story.delivery)[-1] == "evidence:destroy:done"
    assert story.leaves("fra", gone) == ["evidence:destroy:told"]
    with pytest.raises(NodeError) as late:
        chau.call("POST", f"/packages/{held}/onward", {"recipient": "vnm/a05", "purpose": FOR})
    assert late.value.fields["code"] == "NODE-463"
