"""A hundred statements and more while the processes of both nodes are killed at random."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from rogatory.values import instant_text
from rogatory_node.demo.case import PARTIES
from support.nodes import alive, children, until
from support.same import assert_same
from support.two_nodes import BROKEN

THREADS = 50
PARTS = ("web", "web worker", "worker 1", "supervisor")
# Seconds between two kills: long enough that some work is done, short enough that most of it is disturbed.
PAUSE = (0.5, 2.5)
# Longer than the longest delay before another attempt, so that everything becomes due at once.
PATIENCE = timedelta(minutes=20)


def victim(node, part: str) -> int:
    pids = node.pids()
    return children(pids["web"])[0] if part == "web worker" else pids[part]


def kill(node, part: str) -> None:
    """Kill one process of a node; a supervisor is started again by hand, the others by the supervisor."""
    if part != "supervisor":
        # It may be away already, from the time before.
        with contextlib.suppress(ProcessLookupError, IndexError, KeyError):
            os.kill(victim(node, part), signal.SIGKILL)
        return
    family = node.family()
    node.process.kill()
    node.process.wait()
    until(lambda: not any(alive(each) for each in family), "the end of every process")
    node.start()


def disturb(two, chance: random.Random, stopping: threading.Event, round_over: threading.Event) -> None:
    """Kill every part of both nodes, in an order drawn anew each time round, until told to stop."""
    deck: list[tuple[str, str]] = []
    while not stopping.wait(chance.uniform(*PAUSE)):
        if not deck:
            deck = [(party, part) for party in PARTIES for part in PARTS]
            chance.shuffle(deck)
        party, part = deck.pop()
        kill(two.nodes[party], part)
        if not deck:
            round_over.set()


def insist(act):
    """Return what a call returns, however often nobody answers; what was begun twice stays a draft."""

    def again():
        with contextlib.suppress(*BROKEN):
            return act()

    return until(again, "an answer")


def surely_sent(make) -> str:
    """Return the id of a statement that was sent, whatever died meanwhile."""
    ready = insist(make)

    def sent():
        with contextlib.suppress(*BROKEN):
            ready.send()
        with contextlib.suppress(*BROKEN):
            return ready.state()["statement_id"]

    return until(sent, "a statement to be sent")


@pytest.mark.soak
def test_nothing_is_lost_and_nothing_is_doubled(two) -> None:
    chance = random.Random(random.getrandbits(64))
    stopping, round_over = threading.Event(), threading.Event()
    threads: list[str] = []

    def ask(_number: int) -> str:
        return surely_sent(two.request)

    def acknowledge(thread: str) -> str:
        until(lambda: two.sees("fra", thread), "the request in France")
        return surely_sent(lambda: two.acknowledgement(thread))

    with ThreadPoolExecutor(4) as pool:
        killing = pool.submit(disturb, two, chance, stopping, round_over)
        try:
            # However fast the machine is, every part of both nodes dies once while something is asked.
            while len(threads) < THREADS or not (round_over.is_set() or killing.done()):
                threads += pool.map(ask, range(10))
            answers = list(pool.map(acknowledge, threads))
        finally:
            stopping.set()
        killing.result()
    assert len({*threads, *answers}) == 2 * len(threads)
    assert round_over.is_set()
    until(lambda: all(node.answers() for node in two.nodes.values()), "both nodes")
    two.stage.time_is(instant_text((two.stage.now + PATIENCE).replace(microsecond=0)))
    for thread in threads:
        assert_same(two, thread, 2)
    for party in PARTIES:
        for way in ("sent", "received"):
            query = "SELECT count(*) FROM records_signedstatement WHERE way = ?"
            assert two.rows(party, query, way) == [(len(threads),)]
    assert all(
        two.rows(party, "SELECT count(*) FROM records_due WHERE state != 'done'") == [(0,)]
        for party in PARTIES
    )
