"""Every kind of request between two nodes: drafted, checked, sent, answered, executed, delivered, closed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from rogatory.statements import KINDS
from rogatory_node.base import NodeError
from rogatory_node.base.home import Home
from rogatory_node.demo import case
from rogatory_node.demo.case import A05, MINISTRY, OFAC, SPP
from support import complete
from support.nodes import until
from support.same import assert_same
from support.two_nodes import NOW

UNTIL, LATER = "2028-06-11", "2028-09-11"
WORDS = {"original": "As the case needs it.", "language": "en"}
DATA = {"use": "evidence", "proceedings": ["DN-2028-0312"], "destroy_by": "2033-12-31"}
OUTCOMES = {"met", "not_met", "for_a_person"}
# Who acts for an authority: first whoever drafts, then whoever has to approve beside them.
PEOPLE = {
    A05: (("vnm:binh", "duty_officer"), ("vnm:long", "approver")),
    SPP: (("vnm:chau", "investigator"), ("vnm:quang", "legal_reviewer")),
    OFAC: (("fra:vasseur", "duty_officer"), ("fra:morel", "legal_reviewer")),
    MINISTRY: (("fra:caron", "duty_officer"), ("fra:benoit", "legal_reviewer")),
}


@pytest.fixture(scope="module", autouse=True)
def _often(two):
    """Let France sign its log's head every two seconds: whoever fetches a package waits for one over it."""
    _beat(two, 60, 2)
    yield
    _beat(two, 2, 60)


def _beat(two: Any, old: int, new: int) -> None:
    node, file = two.nodes["fra"], two.home("fra") / "node.toml"
    before = file.read_text(encoding="utf-8")
    file.write_text(before.replace(f"beat_seconds = {old}\n", f"beat_seconds = {new}\n"), encoding="utf-8")
    assert file.read_text(encoding="utf-8") != before
    node.stop()
    node.start()


@dataclass(frozen=True)
class Life:
    """How one kind lives between the two nodes.

    Attributes:
        sent: By one ``alone``, by one and ``ratified`` by a second, or by ``two``, one of them a lawyer.
        between: Who asks whom.
        state: How its items stand once they are executed.
        result: What the report tells; telling it discloses, so that two people report it.
        lasts: To a day, and is extended and released.
        delivers: Sealed data.
        ordered: It needs a domestic act.
        asked: A question comes back before the decision.
        follows: The kind of request from which it is begun without retyping.
    """

    sent: str = "two"
    between: tuple[str, str] = (SPP, MINISTRY)
    state: str = "executed"
    result: str = ""
    lasts: bool = False
    delivers: bool = False
    ordered: bool = True
    asked: bool = True
    follows: str = ""


NIGHT = (A05, OFAC)
LIVES = {
    "preservation": Life("ratified", NIGHT, "preserved", lasts=True),
    "stored_data": Life(state="disclosed", delivers=True, follows="preservation"),
    "realtime_traffic": Life(state="measures_taken", lasts=True, delivers=True),
    "content_interception": Life(state="measures_taken", lasts=True, delivers=True),
    "mutual_assistance": Life(result="Heard under oath; the record is in the package.", delivers=True),
    "extradition": Life(result="Surrendered at the airport to two officers of the requesting Party."),
    "sentenced_transfer": Life(result="Handed over with the judgment; 30 months remain."),
    "proceedings_transfer": Life(state="executed_in_part", result="Taken over for the first count."),
    "police_cooperation": Life(result="He lives in the town that was named."),
    "joint_investigation": Life(result="The agreement was signed by both authorities."),
    "property": Life(lasts=True, follows="hold_notice"),
    "provider_location": Life(
        "alone", NIGHT, result="Nuage du Rhône SAS, Lyon; to be asked under art. 42.", ordered=False
    ),
    "advice": Life("alone", NIGHT, result="For one year, by the law of 2004.", ordered=False, asked=False),
    "emergency_data": Life("ratified", (A05, MINISTRY), "disclosed", delivers=True),
    "welfare_emergency": Life("ratified", NIGHT, result="Our police found her; she is safe."),
    "hold_notice": Life("ratified", NIGHT, lasts=True, asked=False),
    "removal": Life(result="Made unreachable from the territory."),
}


@dataclass
class Talk:
    """One thread, as two nodes make it through their APIs."""

    two: Any
    vnm: str
    fra: str
    thread: str = ""
    count: int = 0
    said: list[str] = field(default_factory=list)

    def officer(self, authority: str) -> Any:
        return self.two.officer(PEOPLE[authority][0][0])

    def other(self, authority: str) -> str:
        return self.fra if authority == self.vnm else self.vnm

    def begin(self, authority: str, act: str, body: dict[str, Any]) -> Any:
        return self.officer(authority).draft(act, body, recipient=self.other(authority), thread=self.thread)

    def send(self, authority: str, draft: str, *people: tuple[str, str]) -> dict[str, Any]:
        """Freeze a draft, have people approve it, send it, and return it as it stood before it left."""
        author = self.officer(authority)
        frozen = author.freeze(draft)
        for name, role in people:
            self.two.officer(name).approve(draft, role)
        sent = author.send(draft)
        self.thread = self.thread or sent["thread"]
        self.count += 1
        self.said.append(sent["statement_id"])
        return frozen

    def say(self, authority: str, act: str, body: dict[str, Any], people: int = 1) -> str:
        """Let an authority state something, approved by so many of its people; return its id."""
        self.send(authority, self.begin(authority, act, body)["id"], *PEOPLE[authority][:people])
        return self.said[-1]

    def settle(self) -> dict[str, Any]:
        found: dict[str, Any] = self.two.settled(self.thread, self.count)
        return found


def code(error: pytest.ExceptionInfo[NodeError]) -> Any:
    return error.value.fields["code"]


def checked(talk: Talk, draft: dict[str, Any]) -> None:
    """A complete request misses nothing that a rule can see; what is a person's to judge is left to one."""
    found = talk.officer(talk.vnm).call("GET", f"/drafts/{draft['id']}/findings")
    assert {each["outcome"] for each in found} <= OUTCOMES
    assert [each["sentence"] for each in found if each["outcome"] == "not_met"] == []


def ask(talk: Talk, life: Life, kind: str) -> str:
    """Draft a request as JSON, check it, and send it with the approvals that the Party's policy asks for."""
    body = complete.body(kind)
    if kind == "removal":
        # What is to go is kept first; that was asked for in a thread of its own.
        earlier = Talk(talk.two, *NIGHT)
        body["removal"]["kept_first"] = ask(earlier, LIVES["preservation"], "preservation")
    draft = talk.begin(talk.vnm, "request", body)
    checked(talk, draft)
    return leave(talk, life, kind, draft)


def leave(talk: Talk, life: Life, kind: str, draft: dict[str, Any]) -> str:
    author, beside = PEOPLE[talk.vnm]
    if life.sent == "two":
        talk.officer(talk.vnm).freeze(draft["id"])
        talk.two.officer(author[0]).approve(draft["id"], author[1])
        with pytest.raises(NodeError) as early:
            talk.officer(talk.vnm).send(draft["id"])
        assert code(early) == "NODE-508"
        talk.two.officer(beside[0]).approve(draft["id"], beside[1])
        sent = talk.officer(talk.vnm).send(draft["id"])
        talk.thread, talk.count = talk.thread or sent["thread"], talk.count + 1
        talk.said.append(sent["statement_id"])
    else:
        frozen = talk.send(talk.vnm, draft["id"], author)
        assert frozen["rule"] == f"request_{kind}"
    request = talk.said[-1]
    entry = next(
        each for each in talk.officer(talk.vnm).thread(talk.thread)["entries"] if each["id"] == request
    )
    assert bool(entry["ratify_by"]) is (life.sent == "ratified")
    if life.sent == "ratified":
        second = talk.two.officer(beside[0])
        made = second.draft("ratified", {"of": request}, recipient=talk.fra, thread=talk.thread)["id"]
        second.freeze(made)
        second.approve(made, beside[1])
        talk.said.append(second.send(made)["statement_id"])
        talk.count += 1
    return request


def named(body: dict[str, Any]) -> list[str]:
    return [each["identifier"]["verbatim"] for each in body["items"]]


def follow(talk: Talk, life: Life, kind: str) -> str:
    """Begin the request from the one before it: what was said there is there, and the rest is added."""
    before = Talk(talk.two, *NIGHT)
    first = ask(before, LIVES[life.follows], life.follows)
    before.settle()
    shared = {"authority": before.vnm, "with_authority": talk.vnm}
    before.officer(before.vnm).call("POST", f"/threads/{before.thread}/share", shared)
    talk.thread, talk.count, talk.said = before.thread, before.count, before.said
    given = {"authority": talk.vnm, "recipient": talk.fra, "request": first}
    draft = talk.officer(talk.vnm).call("POST", f"/threads/{talk.thread}/follow-up", given)
    carried, said = draft["body"], complete.body(life.follows)
    assert carried["kind"] == kind
    assert carried["facts"]["original"] == said["facts"]["original"]
    assert named(carried) == named(said)
    whole = complete.body(kind)
    if "domestic_authorisation" in whole:
        # Jurists wrote it for a later day than the stage's.
        whole["domestic_authorisation"]["date"] = NOW[:10]
    links = {"preservation": carried["preservation"]} if "preservation" in carried else {}
    if "property" in carried:
        assert carried["property"]["hold"] == first
        links = {"property": whole["property"] | carried["property"]}
    body = {"version": draft["version"], "body": carried | whole | links}
    draft = talk.officer(talk.vnm).call("PUT", f"/drafts/{draft['id']}", body)
    checked(talk, draft)
    return leave(talk, life, kind, draft)


def query(talk: Talk, request: str) -> None:
    question = {"number": 1, "item": 1, "phrase": "spelling", "words": WORDS}
    asked = talk.say(talk.fra, "query", {"of": request, "questions": [question]})
    talk.settle()
    reply = {"of": asked, "replies": [{"question": 1, "words": WORDS}]}
    talk.say(talk.vnm, "answer", reply)
    talk.settle()


def report(talk: Talk, life: Life, request: str, numbers: list[int], until: str = UNTIL) -> str:
    item: dict[str, Any] = {"state": life.state, "effected": "2028-03-13T18:30:00Z"}
    if life.lasts:
        item["until"] = until
    if life.result:
        item["result"] = {"original": life.result, "language": "en"}
    body = {"of": request, "items": [{"number": number, **item} for number in numbers]}
    draft = talk.begin(talk.fra, "report", body)
    # What was found at home is told by two; how an item stands, by one; an answer to a question too.
    discloses = bool(life.result) and life.sent != "alone"
    frozen = talk.send(talk.fra, draft["id"], *PEOPLE[talk.fra][: 1 + discloses])
    assert frozen["rule"] == ("report_result" if discloses else "report")
    return talk.said[-1]


def execute(talk: Talk, life: Life, request: str, numbers: list[int]) -> None:
    decided = {"of": request, "items": [{"number": each, "outcome": "accepted"} for each in numbers]}
    talk.say(talk.fra, "decision", decided, people=2)
    if life.ordered:
        with pytest.raises(NodeError) as nothing:
            report(talk, life, request, numbers)
        assert code(nothing) == "NODE-507"
        order = case.order_members(numbers, reference="2028/0312†", issued="2028-03-13", until=UNTIL)
        given = {"authority": talk.fra, "request": request, "order": order}
        talk.officer(talk.fra).call("POST", f"/threads/{talk.thread}/domestic-acts", given)
    report(talk, life, request, numbers)


def deliver(talk: Talk, kind: str, request: str, numbers: list[int]) -> None:
    folder = Home(talk.two.home("fra")).intake_of(talk.fra) / kind
    folder.mkdir(parents=True)
    (folder / "record.txt").write_text(f"What the provider gave for {kind}.\n", encoding="utf-8")
    custodian = talk.two.officer("fra:petit")
    order = {
        "authority": talk.fra,
        "recipient": talk.vnm,
        "thread": talk.thread,
        "request": request,
        "intake": kind,
        "conditions": DATA,
    }
    made = custodian.call("POST", "/packages", order)

    def stands(who: Any, number: str, state: str) -> bool:
        found = who.call("GET", f"/packages/{number}")
        assert found["state"] != "failed", found["failure"]
        return bool(found["state"] == state)

    until(lambda: stands(custodian, made["id"], "sealed"), f"{kind} to be sealed")
    draft = custodian.call("POST", f"/packages/{made['id']}/delivery", {"items": numbers})
    custodian.freeze(draft["id"])
    custodian.approve(draft["id"], "custodian")
    talk.two.officer("fra:benoit").approve(draft["id"], "legal_reviewer")
    talk.said.append(custodian.send(draft["id"])["statement_id"])
    talk.count += 1
    reader = talk.two.officer("vnm:chau" if talk.vnm == SPP else "vnm:binh")

    def held() -> bool:
        found = reader.call("GET", f"/packages?thread={talk.thread}")
        return bool(found) and stands(reader, found[0]["id"], "held")

    due = "SELECT topic, state, attempts, last_code FROM records_due WHERE topic != 'deliver'"
    until(held, lambda: str(talk.two.rows("vnm", due)))


def extend(talk: Talk, life: Life, request: str, numbers: list[int]) -> str:
    talk.say(talk.vnm, "extension", {"of": request, "until": LATER, "reason": WORDS})
    talk.settle()
    return report(talk, life, request, numbers, LATER)


@pytest.mark.parametrize("kind", KINDS)
def test_a_request_lives_its_whole_life_between_two_nodes(two, kind) -> None:
    life = LIVES[kind]
    talk = Talk(two, *life.between)
    if not life.follows:
        # Of an authority's thread its own officers know; one that went on from another is seen by both.
        two.readers = {name[:3]: PEOPLE[name][0][0] for name in life.between}
    request = (follow if life.follows else ask)(talk, life, kind)
    seen = talk.settle()
    numbers = [each["number"] for each in seen["items"] if each["request"] == request]
    talk.say(talk.fra, "acknowledgement", {"of": request, "role": "duty_officer", "reference": "2028-0881"})
    if life.asked:
        query(talk, request)
    execute(talk, life, request, numbers)
    if life.delivers:
        deliver(talk, kind, request, numbers)
    granted = None
    if life.lasts:
        talk.settle()
        granted = extend(talk, life, request, numbers)
    talk.settle()
    talk.say(talk.vnm, "no_longer_needed", {"of": request, "reason": WORDS})
    talk.settle()
    if life.lasts:
        talk.say(talk.fra, "released", {"of": request, "cause": "no_longer_needed"})
    folded = assert_same(two, talk.thread, talk.count)
    mine = next(each for each in folded.requests if each.id == request)
    assert mine.request.body.kind == kind
    assert mine.acknowledgement_id
    assert [bool(each.answer_id) for each in mine.queries] == [True] * life.asked
    assert [each.standing.value for each in folded.entries] == ["folded"] * talk.count
    for item in mine.items.values():
        assert item.decision is not None
        assert item.state is not None
        assert item.decision.outcome == "accepted"
        assert item.state.state == ("released" if life.lasts else life.state)
        assert item.extension_granted_by == granted
        assert bool(item.delivered_by) is life.delivers
        assert item.not_needed_by
    shown = two.sees("vnm", talk.thread)
    told = {each["result"] for each in shown["items"] if each["request"] == request}
    assert told == {None if life.lasts else life.result or None}
