"""A database that is busy, a disk that is full: nothing is half written, and what waits goes on by itself."""

from __future__ import annotations

import contextlib
import resource
import sqlite3

import pytest

from rogatory_node.base import NodeError
from support.nodes import children, until
from support.same import assert_same
from support.two_nodes import Counts


@contextlib.contextmanager
def locked(two, party):
    """Hold the one place for a writer of a node's database, for longer than anybody waits."""
    database = sqlite3.connect(two.home(party) / "db.sqlite3", isolation_level=None, timeout=20)
    with contextlib.closing(database):
        database.execute("BEGIN IMMEDIATE")
        yield
        database.execute("ROLLBACK")


@contextlib.contextmanager
def full(two, party):
    """Let a node's web write no file beyond what it has written: what a full disk does to it."""
    web = children(two.nodes[party].pids()["web"])[0]
    soft, hard = resource.prlimit(web, resource.RLIMIT_FSIZE)
    resource.prlimit(web, resource.RLIMIT_FSIZE, (0, hard))
    yield
    resource.prlimit(web, resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("trouble", [locked, full])
def test_a_receiver_that_cannot_store_says_so_and_gets_the_statement_later(two, trouble) -> None:
    act = two.request()
    before, front = two.counts("vnm"), two.fronts["fra"]
    passed = len(front.passed)
    with trouble(two, "fra"):
        thread = act.send()["thread"]
        until(lambda: len(front.passed) > passed, "an answer")
        until(lambda: (two.entry("vnm", thread, thread) or {}).get("waiting") == "NODE-600", "a later try")
    assert front.passed[passed].status == 503
    assert_same(two, thread, 1)
    assert two.counts("vnm").since(before)._replace(leased=0) == Counts(1, 0, 1, 1)


@pytest.mark.parametrize("trouble", [locked, full])
def test_a_sender_that_cannot_store_has_sent_nothing(two, trouble) -> None:
    act = two.request()
    before = two.counts("vnm")
    with trouble(two, "vnm"), pytest.raises(NodeError) as refused:
        act.send()
    assert refused.value.fields["code"] == "NODE-703"
    assert two.counts("vnm") == before
    assert act.state()["state"] == "frozen"
    assert_same(two, act.send()["thread"], 1)
