"""``node run`` keeps its parts alive and leaves no orphan, whatever dies."""

from __future__ import annotations

import json
import os
import signal
import socket

import pytest

from support.nodes import Node, alive, children, cli, until


@pytest.fixture
def running(node):
    return node.start()


def ended(pids) -> bool:
    return not any(alive(each) for each in pids)


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return probe.connect_ex(("127.0.0.1", port)) != 0


def test_what_dies_is_started_again(running) -> None:
    served = running.kill("web")
    until(lambda: children(running.pids()["web"]) not in ([], [served]), "new web worker")
    until(running.answers, "answer after the web worker was killed")
    web = running.pids()["web"]
    os.kill(web, signal.SIGKILL)
    until(lambda: running.pids()["web"] != web and running.answers(), "answer after web was killed")
    worker = running.kill("worker 1")
    until(lambda: running.pids()["worker 1"] != worker, "new worker")


def test_a_killed_supervisor_leaves_no_process_and_no_port(running) -> None:
    family = running.family()
    assert len(family) == 4
    os.kill(running.pids()["supervisor"], signal.SIGKILL)
    running.process.wait()
    until(lambda: ended(family), "end of every process")
    assert port_is_free(running.port)
    running.start()
    assert running.answers()


def test_a_stopped_node_ends_in_order_even_if_a_part_stands_still(running) -> None:
    os.kill(running.pids()["worker 1"], signal.SIGSTOP)
    family = running.family()
    running.process.send_signal(signal.SIGINT)
    assert running.process.wait() == 0
    running.process = None
    assert ended(family)
    assert running.said().splitlines()[-1] == "stopped"


def test_a_second_supervisor_and_a_taken_port_are_refused(running, tmp_path) -> None:
    again = cli("node", "run", running.folder)
    assert (again.returncode, again.stderr.split()[0]) == (2, "NODE-301")
    other = Node(tmp_path / "other", port=running.port).copy_of(running)
    taken = cli("node", "run", other.folder)
    assert (taken.returncode, taken.stderr.split()[0]) == (2, "NODE-302")
    assert running.answers()


def test_web_and_worker_see_the_time_that_is_played(running) -> None:
    moved = cli("node", "clock", running.folder, "--to", "2028-06-09T08:00:00Z", "--json")
    assert json.loads(moved.stdout)["now"].startswith("2028-06-09T08:0")
    back = cli("node", "clock", running.folder, "--to", "2028-03-14T00:00:00Z")
    assert (back.returncode, back.stderr.split()[0]) == (2, "NODE-006")
    # The worker signs the log's head on a beat of the node's own time.
    shown = f"{running.folder}/db.sqlite3"
    until(lambda: head_at(shown) >= "2028-06-09", "head signed in June")


def head_at(database: str) -> str:
    import sqlite3

    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        found = connection.execute("SELECT max(signed_at) FROM records_loghead").fetchone()[0]
    connection.close()
    return found or ""
