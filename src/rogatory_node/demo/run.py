"""From an empty folder to the end of the story; then two desks, or nothing."""

from __future__ import annotations

import signal
import threading
from functools import partial
from pathlib import Path

import httpx

from rogatory_node.base import NodeError
from rogatory_node.demo import court
from rogatory_node.demo.case import OFFICERS, PARTIES
from rogatory_node.demo.play import Play
from rogatory_node.demo.processes import Processes
from rogatory_node.demo.stage import Stage, set_up
from rogatory_node.demo.story import STEPS
from rogatory_node.demo.telling import Teller

__all__ = ["run"]


def run(folder: Path, teller: Teller, *, once: bool, evidence: Path | None) -> None:
    """Play the whole case in a folder; without ``once``, leave both desks up until Ctrl-C.

    Raises:
        NodeError: NODE-805 the folder is not empty; NODE-800 to NODE-804 a step failed. Whatever happens,
            every process that was started is ended.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise NodeError("NODE-805", folder=folder)
    teller.banner()
    with Processes(folder) as processes, httpx.Client(trust_env=False, timeout=60) as http:
        made: list[Stage] = []
        teller.doing(
            "A register, two nodes, twelve officers, a neutral witness",
            lambda: made.append(set_up(folder, processes, http)),
        )
        stage = made[0]
        play = Play(stage, teller.line, evidence)
        for step in STEPS:
            teller.step(step.time, step.title, partial(step.act, play))
        teller.step("20 June", "Every statement's custody proof, checked", lambda: court.check_proofs(play))
        for party in PARTIES:
            processes.stop(party)
        teller.step("12 September Đà Nẵng", "In court, both nodes off", lambda: _in_court(play))
        if not once:
            _stay_up(stage, teller)


def _in_court(play: Play) -> None:
    court.verify_package(play)
    court.check_bag(play)


def _stay_up(stage: Stage, teller: Teller) -> None:
    for party in PARTIES:
        stage.start_node(party)
    teller.desks(
        [
            (stage.urls[party], each.name, each.username, stage.passwords[f"{party}:{each.username}"])
            for party in PARTIES
            for each in OFFICERS[party]
        ]
    )
    ended = threading.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda *_: ended.set())
    ended.wait()
