"""Two real nodes and their register: made once, killed, started again, compared.

Each test has threads of its own, and leaves nothing on its way. Officers act through the API; what came of it
is read through the API, and counted in the databases. The stage is the demo's; a line that a test can cut
stands in front of each node.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sqlite3
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import httpx

from rogatory.keys import KeyRing
from rogatory.register import load_snapshot
from rogatory_node.base import NodeError
from rogatory_node.base.stops import ARMED, STOPPED
from rogatory_node.demo import case
from rogatory_node.demo.caller import Caller
from rogatory_node.demo.case import A05, OFAC, PARTIES
from rogatory_node.demo.processes import Processes
from rogatory_node.demo.stage import Stage, set_up
from support.front import Front
from support.nodes import Node, alive, free_port, until

NOW = "2028-03-13T18:32:00Z"
DUTY = {"vnm": "vnm:binh", "fra": "fra:vasseur"}
POINT_OF_CONTACT = {"vnm": A05, "fra": OFAC}
OTHER = {"vnm": "fra", "fra": "vnm"}
BROKEN = (httpx.HTTPError, NodeError)


@dataclass
class Ready:
    """A draft that was frozen and approved: one call sends it."""

    author: Caller
    draft: str

    def send(self) -> dict[str, Any]:
        return self.author.send(self.draft)

    def state(self) -> dict[str, Any]:
        found: dict[str, Any] = self.author.call("GET", f"/drafts/{self.draft}")
        return found

    def send_and_lose_the_answer(self) -> threading.Thread:
        """Send in the background; whoever answers may die."""

        def act() -> None:
            with contextlib.suppress(*BROKEN):
                self.send()

        thread = threading.Thread(target=act, daemon=True)
        thread.start()
        return thread


class Counts(NamedTuple):
    """What one side signed, how often it leased it, what of it arrived, what it has receipts for."""

    signed: int
    leased: int
    arrived: int
    receipted: int

    def since(self, before: Counts) -> Counts:
        return Counts(*(now - then for now, then in zip(self, before, strict=True)))


@dataclass
class TwoNodes:
    """The nodes of two Parties on one stage, and who looks at each: its duty officer, unless a test says."""

    stage: Stage
    nodes: dict[str, Node]
    fronts: dict[str, Front]
    readers: dict[str, str] = field(default_factory=lambda: dict(DUTY))

    def home(self, party: str) -> Path:
        return self.stage.home(party)

    def ring(self, party: str) -> KeyRing:
        return load_snapshot(self.home(party) / "register").ring

    def officer(self, name: str) -> Caller:
        return self.stage.officers[name]

    # ---- acts -----------------------------------------------------------------------------------

    def ready(self, who: str, act: str, body: dict[str, Any], role: str, *, thread: str = "") -> Ready:
        """Return an act of one officer that waits only to be sent."""
        author = self.officer(who)
        recipient = POINT_OF_CONTACT[OTHER[who[:3]]]
        draft = author.draft(act, body, recipient=recipient, thread=thread)["id"]
        author.freeze(draft)
        author.approve(draft, role)
        return Ready(author, draft)

    def request(self) -> Ready:
        """Return a preservation request of Viet Nam to France, one of its own thread."""
        return self.ready("vnm:binh", "request", case.cured_body(), "duty_officer")

    def ratification(self, request: str) -> Ready:
        return self.ready("vnm:long", "ratified", {"of": request}, "approver", thread=request)

    def acknowledgement(self, request: str, reference: str = "OFAC 2028-0881") -> Ready:
        """Return France's acknowledgement of a request."""
        body = {"of": request, "role": "duty_officer", "reference": reference}
        return self.ready("fra:vasseur", "acknowledgement", body, "duty_officer", thread=request)

    def query(self, request: str) -> Ready:
        return self.ready("fra:vasseur", "query", case.query_body(request), "duty_officer", thread=request)

    def answer(self, query: str, thread: str) -> Ready:
        body = case.answer_body(query, "0" * 64)
        return self.ready("vnm:binh", "answer", body, "duty_officer", thread=thread)

    def opened(self) -> str:
        """Return a thread that both sides know, with its receipt."""
        thread: str = self.request().send()["thread"]
        self.settled(thread, 1)
        return thread

    # ---- what is seen ---------------------------------------------------------------------------

    def sees(self, party: str, thread: str) -> dict[str, Any] | None:
        """Return a thread as the Party's reader sees it; None while it is not there, or nobody answers."""
        try:
            return self.officer(self.readers[party]).thread(thread)
        except BROKEN:
            return None

    def settled(self, thread: str, count: int) -> dict[str, Any]:
        """Return the thread once both sides have so many statements of it, each with its receipt."""

        def look() -> dict[str, Any] | None:
            both = [self.sees(party, thread) for party in PARTIES]
            done = all(each and complete(each, count) for each in both)
            return both[0] if done else None

        found: dict[str, Any] = until(look, lambda: self._missing(thread, count))
        return found

    def _missing(self, thread: str, count: int) -> str:
        """Return what a person would look at first when statements do not arrive."""
        seen = {party: (self.sees(party, thread) or {}).get("entries") for party in PARTIES}
        query = "SELECT subject, state, attempts, last_code, due_at FROM records_due"
        due = {party: self.rows(party, query)[-3:] for party in PARTIES}
        broken = {party: front.broken[-3:] for party, front in self.fronts.items()}
        answers = {party: [each.status for each in front.passed[-5:]] for party, front in self.fronts.items()}
        return f"{count} receipted statements in {thread}:\n{seen}\n{due}\n{broken}\n{answers}"

    def entry(self, party: str, thread: str, statement: str) -> dict[str, Any] | None:
        seen = self.sees(party, thread)
        return next((each for each in seen["entries"] if each["id"] == statement), None) if seen else None

    def bytes_of(self, party: str, statement: str, what: str = "") -> bytes:
        """Return a statement's signed bytes (or ``what="/receipt"``) as a Party's officer is given them."""
        found: bytes = self.officer(self.readers[party]).call(
            "GET", f"/threads/statements/{statement}{what}", raw=True
        )
        return found

    def rows(self, party: str, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Return what a node's database holds; it is opened for reading alone."""
        with contextlib.closing(
            sqlite3.connect(f"file:{self.home(party)}/db.sqlite3?mode=ro", uri=True, timeout=20)
        ) as connection:
            return connection.execute(query, values).fetchall()

    def counts(self, sender: str) -> Counts:
        """Return what both databases hold just now, from the side of a sender."""
        receiver = OTHER[sender]
        stored = "SELECT count(*) FROM records_signedstatement WHERE way = ?"
        held = "SELECT count(*) FROM records_signedreceipt WHERE way = 'received'"
        leased = "SELECT coalesce(sum(fence), 0) FROM records_due"
        return Counts(
            signed=self.rows(sender, stored, "sent")[0][0],
            leased=self.rows(sender, leased)[0][0],
            arrived=self.rows(receiver, stored, "received")[0][0],
            receipted=self.rows(sender, held)[0][0],
        )

    def leaves(self, party: str, statement: str) -> list[str]:
        """Return the tags of the custody leaves of a statement, in order."""
        query = 'SELECT tag FROM records_leaf WHERE statement_id = ? ORDER BY "index"'
        return [tag for (tag,) in self.rows(party, query, statement)]

    # ---- stops and kills ------------------------------------------------------------------------

    def arm(self, party: str, point: str) -> None:
        """Let the first process of the Party's node that reaches a commit point stand still there."""
        (self.home(party) / "run" / f"{ARMED}{point}").touch(mode=0o600)

    def heal(self) -> None:
        """Mend the lines, take every armed point away, let go on what stands still, start what is down.

        Whoever looked at a node for one test alone looks away again.
        """
        self.readers = dict(DUTY)
        for party in PARTIES:
            self.fronts[party].mend()
            run = self.home(party) / "run"
            for each in run.glob(f"{ARMED}*"):
                each.unlink()
            for each in run.glob(f"{STOPPED}*"):
                if state_of(pid := int(each.read_text())) == "T":
                    os.kill(pid, signal.SIGCONT)
                each.unlink()
            if (process := self.nodes[party].process) is None or process.poll() is not None:
                self.nodes[party].start()

    def stopped(self, party: str, point: str) -> int:
        """Return the process that stands still at a point, once one does."""
        mark = self.home(party) / "run" / f"{STOPPED}{point}"
        pid = int(until(lambda: mark.exists() and mark.read_text(), f"a stop at {point}"))
        until(lambda: state_of(pid) == "T", f"process {pid} to stand still")
        return pid

    def kill(self, party: str, pid: int, *, whole: bool) -> None:
        """Kill with -9 the process that stands still, or its supervisor, and have the node whole again."""
        node = self.nodes[party]
        if whole:
            family = node.family()
            assert pid in family, (pid, family)
            assert node.process is not None
            # A process that stands still goes on when its group is orphaned, for as long as its own end
            # takes to reach it. So it ends first, and a supervisor that stands still starts no other.
            for victim, kind in ((node.process.pid, signal.SIGSTOP), (pid, signal.SIGKILL)):
                os.kill(victim, kind)
            node.process.kill()
            node.process.wait()
            until(lambda: not any(alive(each) for each in family), "the end of every process")
            assert not node.listens()
            node.start()
        else:
            os.kill(pid, signal.SIGKILL)
            until(lambda: not alive(pid), f"the end of {pid}")
            until(lambda: pid not in node.family() and node.answers(), "the node to be whole again")


def complete(seen: dict[str, Any], count: int) -> bool:
    """Return whether a thread has so many statements, each receipted, none on its way."""
    entries = seen["entries"]
    return len(entries) == count and all(each["receipt"] and not each["waiting"] for each in entries)


def state_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return "X"


@contextlib.contextmanager
def made(folder: Path) -> Iterator[TwoNodes]:
    """Make two nodes and their register, and end them all afterwards."""
    with contextlib.ExitStack() as held:
        fronts: dict[str, Front] = {}
        nodes: dict[str, Node] = {}
        adjust = _in_front(folder, fronts, nodes, held)
        processes = held.enter_context(Processes(folder))
        http = held.enter_context(httpx.Client(trust_env=False, timeout=90))
        stage = set_up(folder, processes, http, adjust)
        for party, node in nodes.items():
            node.process = processes.release(party)
            held.callback(node.stop)
        stage.time_is(NOW)
        yield TwoNodes(stage, nodes, fronts)


def _in_front(
    folder: Path, fronts: dict[str, Front], nodes: dict[str, Node], held: contextlib.ExitStack
) -> Callable[[str, dict[str, Any]], None]:
    """Return what puts a front at a node's public address, and makes its waits short."""

    def adjust(party: str, settings: dict[str, Any]) -> None:
        public, behind = settings["web"]["port"], free_port()
        fronts[party] = held.enter_context(Front(public, behind))
        nodes[party] = Node(folder / party, tuple(each["id"] for each in settings["authorities"]), behind)
        settings["web"]["port"] = behind
        settings["worker"] = {"poll_milliseconds": 50, "lease_seconds": 2}
        settings["custody"]["beat_seconds"] = 60
        settings["database"] = {"busy_seconds": 5}
        settings["peers"]["calls_per_minute"] = 10_000

    return adjust
