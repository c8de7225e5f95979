"""The demo's neutral witness: it cosigns what continues, remembers it, and knows no other log."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import pytest

from rogatory import custody
from rogatory.custody import LogRing, MemoryStore
from rogatory.custody.witness import MAX_REQUEST_SIZE
from rogatory.envelopes import notes
from rogatory.keys import Purpose
from rogatory_node.base import clock
from rogatory_node.demo import witness
from rogatory_node.demo.case import NEUTRAL
from support import world

AT = datetime(2028, 6, 9, 8, 0, tzinfo=UTC)
NAME = f"{NEUTRAL[0]}/witness"
SIGNER = world.signing("fra/ofac", Purpose.LOG)
KEY = custody.note_key("fra/ofac/log", SIGNER.public)
LEAVES = [bytes([number]) * 32 for number in range(5)]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(clock, "machine", lambda: datetime(2026, 1, 1, tzinfo=UTC))
    place = tmp_path / "xnp"
    witness.make_keys(place, NEUTRAL[0])
    witness.prepare(place, [KEY], AT)
    return place


def head(leaves):
    root = custody.root(custody.append(custody.EMPTY, map(custody.leaf_hash, leaves)))
    return custody.sign_checkpoint(custody.Checkpoint(KEY.name, len(leaves), root), SIGNER, KEY, AT)


def request(leaves, old=0):
    store = MemoryStore()
    custody.grow(store, custody.EMPTY, leaves)
    size = len(leaves)
    proof = custody.consistency_proof(old, size, custody.hash_reader(store, size)) if old else ()
    return custody.write_request(old, proof, head(leaves))


def test_it_stands_under_a_head_at_the_instant_that_is_played(folder):
    asked = witness.Witness.of(folder)
    status, _, reply = asked.answer(request(LEAVES[:3]))
    assert status == 200
    ring = LogRing({KEY.name: KEY}, {NAME: asked.key})
    note = custody.gather(head(LEAVES[:3]), reply, ring.witnesses)
    found = custody.witnessed(note, custody.read_checkpoint(note.text), ring.witnesses)
    assert [(each.name, each.at) for each in found] == [(NAME, AT)]
    assert custody.independent(found, KEY.name) == found


def test_its_time_runs_on_and_can_be_set(folder, monkeypatch):
    asked = witness.Witness.of(folder)
    monkeypatch.setattr(clock, "machine", lambda: datetime(2026, 1, 1, 0, 0, 7, tzinfo=UTC))
    assert asked.now() == AT + timedelta(seconds=7)
    witness.set_clock(folder, AT + timedelta(days=1))
    assert asked.now() == AT + timedelta(days=1)


def test_it_remembers_what_it_saw_when_it_starts_again(folder):
    witness.Witness.of(folder).answer(request(LEAVES[:3]))
    again = witness.Witness.of(folder)
    assert custody.read_checkpoint(again.head(KEY.name).text).size == 3
    # A log that claims to be new is told where it stood.
    status, kind, reply = again.answer(request(LEAVES[:4]))
    assert (status, kind, reply) == (409, "text/x.tlog.size", b"3\n")
    assert again.answer(request(LEAVES, old=3))[0] == 200


def test_a_log_that_was_rewritten_is_refused_and_the_old_head_stays(folder):
    asked = witness.Witness.of(folder)
    asked.answer(request(LEAVES[:3]))
    other = [bytes(32), bytes(32), *LEAVES[2:]]
    assert asked.answer(request(other, old=3))[0] == 422
    assert asked.head(KEY.name).text == head(LEAVES[:3]).text


def test_a_log_that_it_was_not_told_of_is_unknown(folder):
    (folder / witness.LOGS).write_text("")
    status, _, reply = witness.Witness.of(folder).answer(request(LEAVES))
    assert (status, reply) == (404, b"LOG-025\n")
    assert list((folder / witness.HEADS).iterdir()) == []


@pytest.mark.parametrize("body", [b"", b"old x\n\n", b"\xff" * 9])
def test_what_is_no_request_is_none(folder, body):
    assert witness.Witness.of(folder).answer(body)[0] == 400


def test_its_files_are_its_own(folder):
    witness.Witness.of(folder).answer(request(LEAVES))
    for each in folder.rglob("*"):
        assert each.is_dir() or not each.stat().st_mode & 0o077, each


class Line:
    """A connection on which something was said."""

    def __init__(self, said):
        self.said, self.heard = io.BytesIO(said), b""

    def makefile(self, *_):
        return self.said

    def sendall(self, data):
        self.heard += bytes(data)

    def settimeout(self, _):
        pass


def knock(folder, said):
    line = Line(said)
    witness._Door(line, ("127.0.0.1", 1), None, witness=witness.Witness.of(folder))
    return line.heard


def test_the_door_hands_on_what_was_asked(folder, capsys):
    body = request(LEAVES)
    head = f"POST {witness.PATH} HTTP/1.1\r\ncontent-length: {len(body)}\r\nconnection: close\r\n\r\n"
    heard = knock(folder, head.encode() + body)
    assert heard.startswith(b"HTTP/1.1 200 ")
    assert {each.name for each in notes.read_lines(heard.partition(b"\r\n\r\n")[2])} == {NAME}


@pytest.mark.parametrize(
    "said",
    [
        f"POST {witness.PATH} HTTP/1.1\r\ncontent-length: {MAX_REQUEST_SIZE + 1}\r\n\r\n",
        f"POST {witness.PATH} HTTP/1.1\r\ncontent-length: -1\r\n\r\n",
        f"POST {witness.PATH} HTTP/1.1\r\n\r\n",
        "POST /elsewhere HTTP/1.1\r\ncontent-length: 1\r\n\r\n",
        "GET / HTTP/1.1\r\nconnection: close\r\n\r\n",
    ],
)
def test_the_door_opens_for_one_thing(folder, said, capsys):
    heard = knock(folder, said.encode())
    assert heard.startswith((b"HTTP/1.1 400 ", b"HTTP/1.1 404 "))
    assert heard.endswith(b"\r\n\r\n")
