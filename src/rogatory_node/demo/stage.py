"""The stage: a register, two nodes, their officers, a neutral witness; set up, running, told the time."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import httpx

from rogatory.evidence import log_ring
from rogatory.values import instant_text, parse_instant, party_of
from rogatory_node.base import NodeError
from rogatory_node.demo import witness
from rogatory_node.demo.caller import Caller
from rogatory_node.demo.case import NEUTRAL, OFFICERS, PARTIES
from rogatory_node.demo.passkey import Passkey
from rogatory_node.demo.processes import Processes, free_ports
from rogatory_node.demo.register_desk import RegisterDesk

__all__ = ["Stage", "set_up"]

BEGIN: Final = parse_instant("2028-03-01T00:00:00Z")
CURTAIN: Final = parse_instant("2028-03-13T15:00:00Z")
THIRD: Final = party_of(NEUTRAL[0])


@dataclass
class Stage:
    """What the story plays on."""

    folder: Path
    processes: Processes
    register: RegisterDesk
    urls: dict[str, str]
    http: httpx.Client
    officers: dict[str, Caller] = field(default_factory=dict)
    passwords: dict[str, str] = field(default_factory=dict)
    access_log: Path = field(init=False)
    now: datetime = CURTAIN

    def __post_init__(self) -> None:
        """Know where the web server writes its access log."""
        self.access_log = self.folder / "access.log"

    def home(self, party: str) -> Path:
        """Return the folder of a Party: of its node, or of its witness."""
        return self.folder / party

    def time_is(self, instant: str) -> datetime:
        """Let nodes and witness play this instant from now on; the register is renewed, lest it expire."""
        now = parse_instant(instant)
        self.register.renew(now)
        self.register.mirror(now)
        for party in PARTIES:
            operator = self.officers[f"{party}:operator"]
            operator.call("POST", "/simulation/clock", {"instant": instant_text(now)})
        witness.set_clock(self.home(THIRD), now)
        self.now = now
        return now

    def start_node(self, party: str) -> None:
        """Start a node's web and worker, and return when its web answers."""
        self.processes.start(party, "rogatory", "node", "run", str(self.home(party)))
        self.processes.wait_until_up(party, f"{self.urls[party]}/health")


def set_up(
    folder: Path,
    processes: Processes,
    http: httpx.Client,
    adjust: Callable[[str, dict[str, Any]], None] = lambda _party, _settings: None,
) -> Stage:
    """Return the stage with everything running and every passkey confirmed.

    Args:
        folder: Where everything is kept.
        processes: What ends it all.
        http: For the calls of the officers.
        adjust: May change a Party's settings before its node is made.

    Raises:
        NodeError: NODE-802 a node could not be made.
    """
    web_port, witness_port, *ports = free_ports(2 + len(PARTIES))
    urls = {party: f"http://localhost:{port}" for party, port in zip(PARTIES, ports, strict=True)}
    doors = {party: f"{url}/peer/v1" for party, url in urls.items()}
    doors[THIRD] = f"http://127.0.0.1:{witness_port}/peer/v1"
    homes = {party: folder / party for party in (*PARTIES, THIRD)}
    desk = RegisterDesk(folder / "register", f"http://127.0.0.1:{web_port}", BEGIN, doors, homes)
    stage = Stage(folder, processes, desk, urls, http)
    plans = {party: _plan(party, urls, doors) for party in PARTIES}
    for party, plan in plans.items():
        adjust(party, plan["configuration"])
    with ThreadPoolExecutor() as pool:
        made = dict(pool.map(lambda party: (party, _make_node(homes[party], plans[party])), PARTIES))
    witness.make_keys(homes[THIRD], NEUTRAL[0])
    desk.open()
    words = (str(folder / "register" / "public"), str(web_port), str(stage.access_log))
    processes.start("web", "rogatory_node.demo.host", *words)
    processes.wait_until_up("web", desk.url)
    desk.mirror(BEGIN + timedelta(minutes=1))
    _start_witness(stage, witness_port)
    for party in PARTIES:
        processes.start(party, "rogatory", "node", "run", str(homes[party]))
    for party in PARTIES:
        processes.wait_until_up(party, f"{urls[party]}/health")
        _enrol(stage, party, made[party])
    return stage


def _plan(party: str, urls: dict[str, str], doors: dict[str, str]) -> dict[str, Any]:
    port = int(urls[party].rpartition(":")[2])
    return {
        "clock": instant_text(CURTAIN),
        "officers": [each.model_dump(mode="json") for each in OFFICERS[party]],
        "configuration": {
            "format": 1,
            "mode": "simulation",
            "party": party,
            "authorities": [{"id": one, "name": name} for one, name, _ in PARTIES[party]],
            "web": {"host": "127.0.0.1", "port": port, "public_url": urls[party], "threads": 4},
            "peers": {"local_urls": sorted(set(doors.values()))},
            "worker": {"poll_milliseconds": 100},
            "custody": {
                "origin": f"{PARTIES[party][0][0]}/log",
                "beat_seconds": 2,
                "witnesses": [NEUTRAL[0]],
            },
            "simulation": {"assumed_parties": sorted(PARTIES), "in_force_since": "2028-01-01"},
        },
    }


def _make_node(home: Path, plan: dict[str, Any]) -> dict[str, dict[str, str]]:
    done = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", "rogatory_node.demo.prepare", str(home)],
        input=json.dumps(plan).encode(),
        capture_output=True,
        check=False,
    )
    if done.returncode:
        last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise NodeError("NODE-802", node=home.name, reason=" ".join(last))
    made: dict[str, dict[str, str]] = json.loads(done.stdout)
    return made


def _start_witness(stage: Stage, port: int) -> None:
    """Start the neutral witness of both nodes' logs, whose keys it is told from the register."""
    logs = log_ring(stage.register.ring(), BEGIN + timedelta(minutes=1)).logs.values()
    witness.prepare(stage.home(THIRD), logs, CURTAIN)
    stage.processes.start("witness", "rogatory_node.demo.witness", str(stage.home(THIRD)), str(port))
    stage.processes.wait_until_up("witness", f"http://127.0.0.1:{port}/")


def _enrol(stage: Stage, party: str, made: dict[str, dict[str, str]]) -> None:
    url = stage.urls[party]
    origin = url.replace("://", "://approve.")
    for each in OFFICERS[party]:
        name = f"{party}:{each.username}"
        token = made[each.username]["token"]
        stage.passwords[name] = made[each.username]["password"]
        stage.officers[name] = Caller(each.name, each.authorities[0], token, url, Passkey(origin), stage.http)
    operator = stage.officers[f"{party}:operator"]
    for each in OFFICERS[party]:
        if each.username != "operator":
            number = stage.officers[f"{party}:{each.username}"].enrol()
            operator.call("POST", f"/credentials/{number}/confirm")
