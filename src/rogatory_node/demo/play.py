"""The story, step by step (PRACTICE section 5): each step acts through the APIs and tells what came of it."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from rogatory import custody
from rogatory.evidence import log_ring
from rogatory_node.base import NodeError
from rogatory_node.base.home import Home
from rogatory_node.demo import case
from rogatory_node.demo.caller import LONG, Caller, wait_for
from rogatory_node.demo.case import A05, MINISTRY, NEUTRAL, OFAC, SPP
from rogatory_node.demo.stage import Stage

__all__ = [
    "Play",
    "ask_and_answer",
    "ask_for_stored_data",
    "draft_with_faults",
    "fetch_and_open",
    "ratify",
    "report_per_item",
    "seal_and_deliver",
    "send_alone",
]

Tell = Callable[[str], None]


@dataclass
class Play:
    """What the steps hand on to each other."""

    stage: Stage
    tell: Tell
    evidence: Path | None = None
    money: Play | None = None
    thread: str = ""
    preservation: str = ""
    stored_data: str = ""
    package: dict[str, Any] = field(default_factory=dict)
    received: dict[str, Any] = field(default_factory=dict)

    def officer(self, name: str) -> Caller:
        """Return an officer, such as ``vnm:binh``."""
        return self.stage.officers[name]

    def arrives(self, who: Caller, statement: str) -> dict[str, Any]:
        """Return a statement as the other side sees it, once it is there with its receipt."""
        found: dict[str, Any] = wait_for(
            f"statement {statement[:12]} at {who.authority}", lambda: who.entry(self.thread, statement)
        )
        return found

    def receipted(self, who: Caller, statement: str) -> dict[str, Any]:
        """Return a statement as its sender sees it, once the receipt is there."""

        def look() -> dict[str, Any] | None:
            entry = who.entry(self.thread, statement)
            return entry if entry and entry["receipt"] else None

        found: dict[str, Any] = wait_for(f"the receipt of {statement[:12]}", look)
        return found

    def say(
        self, who: str, act: str, body: dict[str, Any], roles: dict[str, str], *, to: str, on: str = ""
    ) -> dict[str, Any]:
        """Draft, freeze, let people approve, send; return the statement once its receipt is there.

        Args:
            who: The officer who drafts and sends.
            act: The type of statement.
            body: What it says.
            roles: Who approves in which role.
            to: The other Party's authority.
            on: Another draft, begun already.
        """
        author = self.officer(who)
        draft = on or author.draft(act, body, recipient=to, thread=self.thread)["id"]
        author.freeze(draft)
        for name, role in roles.items():
            self.officer(name).approve(draft, role)
        sent = author.send(draft)
        self.thread = self.thread or sent["thread"]
        return self.receipted(author, sent["statement_id"])


def draft_with_faults(play: Play) -> None:
    """5. The province's message becomes a draft; the rules say what is missing; it is cured."""
    play.stage.time_is("2028-03-13T17:55:00Z")
    duty = play.officer("vnm:binh")
    draft = duty.draft("request", case.faulty_body(), recipient=OFAC)
    found = duty.call("GET", f"/drafts/{draft['id']}/findings")
    for each in found:
        if each["outcome"] == "not_met":
            play.tell(f"[yellow]not met[/] {each['sentence']}  [dim]{each['anchor']}[/]")
    given = {"version": draft["version"], "body": case.cured_body()}
    draft = duty.call("PUT", f"/drafts/{draft['id']}", given)
    left = [each for each in duty.call("GET", f"/drafts/{draft['id']}/findings") if each["outcome"] != "met"]
    unmet = [each for each in left if each["outcome"] == "not_met"]
    play.tell(f"cured: {len(unmet)} not met, {len(left) - len(unmet)} left for a person to judge")
    play.received["draft"] = draft["id"]


def send_alone(play: Play) -> None:
    """6. One signature at night, ratification pending; the receipt comes in seconds."""
    play.stage.time_is("2028-03-13T18:32:00Z")
    entry = play.say(
        "vnm:binh", "request", {}, {"vnm:binh": "duty_officer"}, to=OFAC, on=play.received["draft"]
    )
    play.preservation = entry["id"]
    play.tell(
        f"sent by {play.officer('vnm:binh').name}, alone, statement {entry['id'][:12]}…; "
        f"to be ratified by {entry['ratify_by'][11:16]}Z"
    )
    play.tell(f"receipt from {OFAC}: {entry['receipt_outcome']} at {entry['received'][11:19]}Z")


def ratify(play: Play) -> None:
    """6. In the morning a second person ratifies."""
    play.stage.time_is("2028-03-14T00:55:00Z")
    entry = play.say("vnm:long", "ratified", {"of": play.preservation}, {"vnm:long": "approver"}, to=OFAC)
    play.arrives(play.officer("fra:vasseur"), entry["id"])
    play.tell(f"ratified by {play.officer('vnm:long').name}, 07:55 in Đà Nẵng")


def ask_and_answer(play: Play) -> None:
    """7. Paris acknowledges and asks; Viet Nam answers with a screenshot."""
    paris = play.officer("fra:vasseur")
    body = {"of": play.preservation, "role": "duty_officer", "reference": "OFAC 2028-0881†"}
    play.say("fra:vasseur", "acknowledgement", body, {"fra:vasseur": "duty_officer"}, to=A05)
    query = play.say(
        "fra:vasseur", "query", case.query_body(play.preservation), {"fra:vasseur": "duty_officer"}, to=A05
    )
    play.tell(f"{paris.name} has opened it and asks: digit 1 or letter l?")
    play.arrives(play.officer("vnm:binh"), query["id"])
    screenshot = hashlib.sha256(b"the screenshot of the demo").hexdigest()
    answer = play.say(
        "vnm:binh", "answer", case.answer_body(query["id"], screenshot), {"vnm:binh": "duty_officer"}, to=OFAC
    )
    play.arrives(paris, answer["id"])
    play.tell("answered: the digit one, with the digest of a screenshot")


def report_per_item(play: Play) -> None:
    """9. An act on paper at home; then the report, item by item, with dates."""
    play.stage.time_is("2028-03-14T20:10:00Z")
    paris = play.officer("fra:morel")
    order = case.order_members([1, 2, 3], reference="2028/0312†", issued="2028-03-14", until="2028-06-11")
    given = {"authority": OFAC, "request": play.preservation, "order": order}
    paris.call("POST", f"/threads/{play.thread}/domestic-acts", given)
    play.tell("recorded at home: act 2028/0312†, items 1 to 3, order of 90 days; it never crosses the border")
    decision = {
        "of": play.preservation,
        "items": [
            *({"number": number, "outcome": "accepted"} for number in (1, 2, 3)),
            {"number": 4, "outcome": "postponed", "ground": {"provision": "hanoi_2024/art40.p27"}},
        ],
    }
    approvers = {"fra:vasseur": "duty_officer", "fra:morel": "legal_reviewer"}
    play.say("fra:vasseur", "decision", decision, approvers, to=A05)
    report = play.say(
        "fra:vasseur", "report", _report(play.preservation), {"fra:vasseur": "duty_officer"}, to=A05
    )
    play.arrives(play.officer("vnm:binh"), report["id"])
    seen = play.officer("vnm:binh").thread(play.thread)
    for item in seen["items"]:
        until = f", until {item['until']}" if item["until"] else ""
        play.tell(f"item {item['number']} {item['category']}: {item['state']}{until}")
    clock = next(each for each in seen["clocks"] if each["kind"] == "preservation")
    play.tell(f"clock: preservation runs to the end of {_last_day(clock)} [dim]{clock['cites']}[/]")


def ask_for_stored_data(play: Play) -> None:
    """13. The Procuracy asks the Ministry for the data, from the preservation, without retyping."""
    play.stage.time_is("2028-04-03T02:00:00Z")
    prosecutor = play.officer("vnm:chau")
    shared = {"authority": A05, "with_authority": SPP}
    play.officer("vnm:binh").call("POST", f"/threads/{play.thread}/share", shared)
    play.tell(f"{A05} lets {SPP} into the thread")
    given = {"authority": SPP, "recipient": MINISTRY, "request": play.preservation}
    draft = prosecutor.call("POST", f"/threads/{play.thread}/follow-up", given)
    body = draft["body"] | case.ADDITIONS
    draft = prosecutor.call("PUT", f"/drafts/{draft['id']}", {"version": draft["version"], "body": body})
    approvers = {"vnm:chau": "investigator", "vnm:quang": "legal_reviewer"}
    entry = play.say("vnm:chau", "request", {}, approvers, to=MINISTRY, on=draft["id"])
    play.stored_data = entry["id"]
    play.arrives(play.officer("fra:benoit"), entry["id"])
    play.tell(f"stored data asked for by {SPP}, approved by two, one of them a lawyer; state pending")
    seen = play.officer("vnm:quang").thread(play.thread)
    gap = next(each for each in seen["clocks"] if each["kind"] == "follow_up_gap")
    play.tell(
        f"clock: until France decides, the preservation still ends {_last_day(gap)} [dim]{gap['cites']}[/]"
    )


def seal_and_deliver(play: Play) -> None:
    """14. Lyon executes; the data are sealed and delivered."""
    play.stage.time_is("2028-06-09T08:00:00Z")
    ministry = play.officer("fra:benoit")
    order = case.order_members([1, 2, 3, 4], reference="2028/0790†", issued="2028-06-05", until="2028-09-03")
    given = {"authority": MINISTRY, "request": play.stored_data, "order": order}
    ministry.call("POST", f"/threads/{play.thread}/domestic-acts", given)
    name = _lay_ready(play)
    custodian = play.officer("fra:petit")
    order = {
        "authority": MINISTRY,
        "recipient": SPP,
        "thread": play.thread,
        "request": play.stored_data,
        "intake": name,
        "conditions": {"use": "evidence", "proceedings": ["DN-2028-0312"], "destroy_by": "2033-12-31"},
    }
    made = custodian.call("POST", "/packages", order)
    play.package = _until(custodian, made["id"], "sealed")
    seal, size = play.package["seal"][:12], play.package["size"]
    files = "1 file" if play.package["files"] == 1 else f"{play.package['files']} files"
    play.tell(f"sealed: {files}, {size:,} bytes, seal {seal}…")
    play.tell(f"in the log, seen by {' and '.join(_seen_by(play))}; {NEUTRAL[0]} is of neither side")
    answered = {"items": [1, 2, 3, 4], "certificate": "Certificate of the custodian†"}
    draft = custodian.call("POST", f"/packages/{made['id']}/delivery", answered)
    approvers = {"fra:petit": "custodian", "fra:benoit": "legal_reviewer"}
    entry = play.say("fra:petit", "delivery", {}, approvers, to=SPP, on=draft["id"])
    play.tell(f"delivery {entry['id'][:12]}… receipted by {SPP}")


def fetch_and_open(play: Play) -> None:
    """15. Viet Nam's node has fetched and verified the package by itself; its custodian opens it."""
    custodian = play.officer("vnm:hoan")

    def look() -> Any:
        found = custodian.call("GET", f"/packages?thread={play.thread}")
        return next((each for each in found if each["seal"] == play.package["seal"]), None)

    announced = wait_for("the announced package", look)
    play.received = _until(custodian, announced["id"], "held")
    play.tell("fetched by Range and verified: every byte is the sealed one")
    custodian.call("POST", f"/packages/{announced['id']}/open")
    _until(custodian, announced["id"], "opened")
    play.tell("opened to a BagIt bag; any sha256sum confirms its manifest")


def _last_day(clock: dict[str, Any]) -> str:
    """Return the last whole day of a clock; it ends at that day's midnight."""
    last = datetime.fromisoformat(clock["ends"]) - timedelta(seconds=1)
    return f"{last.day} {last:%B %Y}"


def _report(request: str) -> dict[str, Any]:
    kept = {"effected": "2028-03-14T20:05:00Z", "until": "2028-06-11", "provider_reference": "NDR-88213†"}
    return {
        "of": request,
        "items": [
            {
                "number": 1,
                "state": "preserved_in_part",
                "missing": {"original": "10 March had vanished.", "language": "en"},
                **kept,
            },
            {"number": 2, "state": "measures_taken", **kept},
            {"number": 3, "state": "measures_taken", **kept},
            {"number": 4, "state": "postponed", "ground": {"provision": "hanoi_2024/art40.p27"}},
        ],
    }


def _lay_ready(play: Play) -> str:
    """Lay the evidence in the custodian's intake: the demo's own access log, and what the user named."""
    intake = Home(play.stage.home("fra")).intake_of(MINISTRY) / "NDR-88213"
    intake.mkdir(parents=True)
    shutil.copyfile(play.stage.access_log, intake / "access.log")
    if play.evidence is not None:
        target = intake / play.evidence.name
        if play.evidence.is_dir():
            shutil.copytree(play.evidence, target, symlinks=True)
        else:
            shutil.copyfile(play.evidence, target)
    return intake.name


def _seen_by(play: Play) -> list[str]:
    """Return who stands under the sealed package's receipt, once as many do as a court asks for.

    Whoever fetches the package takes the receipt that lies in it by then.
    """
    file = play.stage.home("fra") / "packages" / play.package["id"] / "receipt" / "custody.json"
    ring = log_ring(play.stage.register.ring(), play.stage.now)

    def look() -> list[str] | None:
        if not file.exists():
            return None
        found = custody.verify(custody.read_receipt(file.read_bytes()), ring, quorum=0)
        counted = custody.independent(found.witnesses, found.origin)
        return [each.name for each in counted] if len(counted) >= custody.COURT_QUORUM else None

    found: list[str] = wait_for("the witnesses of the seal", look)
    return sorted(found)


def _until(who: Caller, package: str, state: str) -> dict[str, Any]:
    def look() -> dict[str, Any] | None:
        found: dict[str, Any] = who.call("GET", f"/packages/{package}")
        return found if found["state"] in {state, "failed"} else None

    found: dict[str, Any] = wait_for(f"the package to be {state}", look, patience=LONG)
    if found["state"] == "failed":
        raise NodeError("NODE-803", code=found["failure"])
    return found
