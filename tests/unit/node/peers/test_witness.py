"""Witnessing: a counterpart's log is cosigned while it continues, and ours is taken to theirs."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from rogatory import custody, register
from rogatory.custody import MemoryStore
from rogatory.evidence import log_ring
from rogatory.exchange import HttpRequest
from rogatory.keys import Purpose
from rogatory_node.base import clock
from rogatory_node.peers import http, witness
from rogatory_node.records import heads
from support import world
from support.knocking import answer_to, code_of, knock
from support.office import A05, DOOR, MOJ, OFAC, mirrored

ORIGIN = f"{OFAC}/log"


class Log:
    """France's custody log, made by the library."""

    def __init__(self, entries=b"abc"):
        self.store, self.state = MemoryStore(), None
        self.signer = world.signing(OFAC, Purpose.LOG)
        self.key = custody.note_key(ORIGIN, self.signer.public)
        self.leaves = []
        self.grow(entries)

    def grow(self, entries):
        state = custody.frontier(self.store, len(self.leaves))
        new = [bytes([each]) * 32 for each in entries]
        self.state = custody.grow(self.store, state, new)
        self.leaves += new

    def head(self):
        checkpoint = custody.Checkpoint(ORIGIN, self.state.size, custody.root(self.state))
        return custody.sign_checkpoint(checkpoint, self.signer, self.key, clock.now())

    def request(self, old=0):
        proof = ()
        if old:
            proof = custody.consistency_proof(
                old, self.state.size, custody.hash_reader(self.store, self.state.size)
            )
        return custody.write_request(old, proof, self.head())


def ask(france, body, **more):
    message = france.message("POST", "/peer/v1/log/add-checkpoint", body, kind=witness.REQUEST_TYPE, **more)
    return message, knock(message)


def believed():
    ring = register.load_snapshot(mirrored()).ring
    return log_ring(ring, clock.now())


def test_a_head_is_cosigned_and_the_next_one_that_continues_it(france):
    log = Log()
    _, response = ask(france, log.request())
    assert (response.status_code, response.headers["content-type"]) == (200, witness.REPLY_TYPE)
    grown = custody.gather(log.head(), response.content, believed().witnesses)
    checkpoint = custody.read_checkpoint(grown.text)
    assert [each.name for each in custody.witnessed(grown, checkpoint, believed().witnesses)] == [
        f"{A05}/witness"
    ]
    log.grow(b"de")
    _, response = ask(france, log.request(3))
    assert response.status_code == 200
    assert custody.read_checkpoint(heads.peer_head(ORIGIN).text).size == 5


def test_a_log_that_was_rewritten_is_refused_and_the_old_head_stays(france, caplog):
    ask(france, Log().request())
    other = Log(b"xyz")
    _, response = ask(france, other.request())
    assert response.status_code == 409
    held = custody.read_checkpoint(heads.peer_head(ORIGIN).text)
    assert held.root == custody.root(Log().state)


def test_an_old_size_that_is_not_the_one_held_is_told_which_is(france):
    log = Log()
    ask(france, log.request())
    log.grow(b"d")
    _, response = ask(france, log.request())
    assert response.status_code == 409
    assert response.content.strip() == b"3"


@pytest.mark.parametrize("body", [b"old x\n", b"\xff" * 100, b"old 0\n\nnothing\n1\nx\n"])
def test_what_is_no_request_is_a_signed_problem(body, france):
    message, response = ask(france, body)
    assert response.status_code == 422
    assert code_of(response).startswith("LOG-")
    assert answer_to(message, response, france.ring)[0] == A05


def test_a_log_that_the_register_does_not_name_is_refused(france):
    log = Log()
    signer = world.signing(MOJ, Purpose.LOG)
    key = custody.note_key("xtp/cyber/log", signer.public)
    head = custody.Checkpoint("xtp/cyber/log", log.state.size, custody.root(log.state))
    body = custody.write_request(0, (), custody.sign_checkpoint(head, signer, key, clock.now()))
    _, response = ask(france, body)
    assert response.status_code in {403, 404}
    assert heads.peer_head("xtp/cyber/log") is None


def test_a_node_without_a_witness_key_says_so_under_its_signature(france, node):
    for held in node.keys.glob("*.witness.*.key"):
        held.unlink()
    message, response = ask(france, Log().request())
    assert code_of(response) == "NODE-012"
    assert answer_to(message, response, france.ring)[0] == A05


class Paris:
    """France's witnesses, made of the library; each remembers the head that it saw last."""

    def __init__(self):
        self.held, self.asked = {}, []
        self.bend = lambda authority, answer: answer

    def __call__(self, request):
        assert str(request.url) == f"{DOOR}/log/add-checkpoint"
        message = HttpRequest("POST", str(request.url), dict(request.headers), request.content)
        assert message.headers["accept-encoding"] == "identity"
        authority = self.now
        self.asked.append(authority)
        posted = custody.read_request(request.content)
        signer = world.signing(authority, Purpose.WITNESS)
        key = custody.note_key(f"{authority}/witness", signer.public)
        known = believed().logs[posted.checkpoint.origin]
        answer = custody.consider(
            posted, known, self.held.get(authority), signer=signer, key=key, at=clock.now()
        )
        if isinstance(answer, custody.Cosigned):
            self.held[authority] = answer.head
            return self.bend(authority, reply(200, answer.reply, witness.REPLY_TYPE))
        return self.bend(authority, reply(answer.status, answer.reply, answer.media_type))


def reply(status, body, kind):
    return httpx.Response(status, headers={"content-type": kind}, stream=httpx.ByteStream(body))


@pytest.fixture
def paris(monkeypatch, preservation):
    made = Paris()
    patience = []

    def session(authority, given):
        made.now = authority
        patience.append(given.left())
        return httpx.Client(transport=httpx.MockTransport(made))

    made.patience = patience
    monkeypatch.setattr(http, "session_to", session)
    monkeypatch.setattr(witness, "_cosigned", {})
    monkeypatch.setattr(witness, "_unanswered", {})
    return made


def names():
    note = heads.latest()
    return [
        each.name
        for each in custody.witnessed(note, custody.read_checkpoint(note.text), believed().witnesses)
    ]


def test_our_head_is_taken_to_every_witness_of_a_counterpart(paris):
    heads.publish_own(now=clock.now())
    witness.ask_witnesses()
    assert names() == [f"{MOJ}/witness", f"{OFAC}/witness"]
    witness.ask_witnesses()
    assert len(paris.asked) == 2


def test_the_next_head_continues_the_one_that_was_seen(paris):
    heads.publish_own(now=clock.now())
    witness.ask_witnesses()
    clock.advance(timedelta(minutes=10))
    heads.publish_beat(now=clock.now(), every=timedelta(minutes=1))
    witness.ask_witnesses()
    assert names() == [f"{MOJ}/witness", f"{OFAC}/witness"]
    assert len(paris.asked) == 4


def test_a_process_that_forgot_what_was_seen_is_told_and_asks_again(paris, monkeypatch):
    heads.publish_own(now=clock.now())
    witness.ask_witnesses()
    clock.advance(timedelta(minutes=10))
    heads.publish_beat(now=clock.now(), every=timedelta(minutes=1))
    monkeypatch.setattr(witness, "_cosigned", {})
    witness.ask_witnesses()
    assert names() == [f"{MOJ}/witness", f"{OFAC}/witness"]


BROKEN = {
    "gone": lambda answer: (_ for _ in ()).throw(httpx.ConnectError("x")),
    "a page": lambda answer: reply(200, b"<html>", "text/html"),
    "no end": lambda answer: reply(200, b"x" * (1 << 20), witness.REPLY_TYPE),
    "a refusal": lambda answer: reply(403, b"", "text/plain"),
    "a size that is none": lambda answer: reply(409, b"\xff" * 10, "text/x.tlog.size"),
    "a size beyond ours": lambda answer: reply(409, b"99999\n", "text/x.tlog.size"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_witness_that_does_not_answer_keeps_nobody_waiting(kind, paris):
    paris.bend = lambda authority, answer: BROKEN[kind](answer) if authority == MOJ else answer
    heads.publish_own(now=clock.now())
    witness.ask_witnesses()
    assert names() == [f"{OFAC}/witness"]
    assert max(paris.patience) <= witness.ONE
    # Next time it comes last.
    paris.asked.clear()
    clock.advance(timedelta(minutes=10))
    heads.publish_beat(now=clock.now(), every=timedelta(minutes=1))
    witness.ask_witnesses()
    assert paris.asked[0] == OFAC


def test_a_round_ends_however_many_witnesses_hang(paris, monkeypatch):
    heads.publish_own(now=clock.now())
    monkeypatch.setattr(witness, "ALL", 0.0)
    witness.ask_witnesses()
    assert paris.asked == []


def test_without_a_head_or_a_counterpart_nobody_is_asked(paris):
    witness.ask_witnesses()
    assert paris.asked == []


def test_a_witness_that_is_named_is_asked_beside_the_counterparts(paris, settings, monkeypatch):
    monkeypatch.setattr(witness, "_counterparts", frozenset)
    heads.publish_own(now=clock.now())
    witness.ask_witnesses()
    assert paris.asked == []
    current = settings.ROGATORY
    settings.ROGATORY = current.model_copy(
        update={"custody": current.custody.model_copy(update={"witnesses": (MOJ,)})}
    )
    witness.ask_witnesses()
    assert names() == [f"{MOJ}/witness"]


def test_no_thread_no_witness(france, monkeypatch):
    monkeypatch.setattr(http, "session_to", lambda *_: pytest.fail("nobody is to be called"))
    heads.publish_own(now=clock.now())
    witness.ask_witnesses()
