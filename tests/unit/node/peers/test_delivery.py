"""Delivery: only the peer's receipt or its signed refusal ends it; everything else is tried again."""

from __future__ import annotations

import httpx
import pytest

from rogatory import exchange, statements, wire
from rogatory.exchange import Accept, Door, HttpRequest, HttpResponse, Refuse
from rogatory.exchange.client import PROBLEM_TYPE, RECEIPT_TYPE
from rogatory.keys import Purpose
from rogatory.statements import Receipt, ReceiptBody
from rogatory_node.base import NodeError, clock, problems
from rogatory_node.casework import index, selectors
from rogatory_node.peers import delivery, http
from rogatory_node.records import outbox
from rogatory_node.records.models import Due, Leaf, SignedReceipt
from support import world
from support.office import MOJ, OFAC
from support.sealed import LEASE, take


class Paris:
    """France's node, made of the library alone; ``bend`` changes the answer."""

    def __init__(self, france):
        self.france, self.memory, self.calls = france, world.Remembered(), 0
        self.void = False
        self.bend = lambda answer: answer
        self.speaks = OFAC
        self.signs = OFAC

    def __call__(self, request):
        self.calls += 1
        message = HttpRequest(
            request.method,
            str(request.url),
            {k.lower(): v for k, v in request.headers.items()},
            request.content,
        )
        pair = world.decryption(OFAC)
        door = Door(
            ring=self.france.ring,
            decryption={pair.key_id: pair},
            authorities=frozenset({OFAC}),
            memory=self.memory,
        )
        judged = exchange.accept(message, door, clock.now())
        assert not isinstance(judged, Refuse), judged.error
        return self.bend(self.answer(message, judged))

    def answer(self, message, judged: Accept):
        if self.void:
            judged = Accept(judged.opened, judged.caller, "EXCH-012")
        receipt = exchange.receipt_for(
            judged, now=clock.now(), snapshot="0" * 64, random=self.france.random, log_index=7
        )
        body = statements.sign(receipt, world.signing(self.signs))
        return self.signed(message, 201, RECEIPT_TYPE, body)

    def signed(self, message, status, kind, body):
        answer = HttpResponse(message, status, {"content-type": kind}, body)
        pair = world.signing(self.speaks, Purpose.TRANSPORT)
        exchange.sign_response(answer, pair, clock.now(), exchange.new_nonce(self.france.random))
        return httpx.Response(status, headers=answer.headers, stream=httpx.ByteStream(body))


@pytest.fixture
def paris(france, monkeypatch):
    made = Paris(france)
    monkeypatch.setattr(http, "session_to", lambda *_: httpx.Client(transport=httpx.MockTransport(made)))
    return made


def deliver():
    row = take("deliver")
    delivery.deliver(row)
    return Due.objects.get(pk=row.pk)


def test_the_peers_receipt_ends_it(preservation, paris, duty):
    row = deliver()
    assert row.state == "done"
    held = SignedReceipt.objects.get()
    assert (held.of, held.outcome, held.way) == (preservation.statement_id, "admitted", "received")
    assert selectors.receipt(duty.officer, preservation.statement_id) == bytes(held.envelope)
    assert Leaf.objects.order_by("-index").first().tag == "statement:deliver:receipted"
    assert outbox.take(("deliver",), now=clock.now(), machine=clock.machine(), lease=LEASE) is None


def test_a_statement_that_the_peer_found_void_is_void_here_too(preservation, paris, duty):
    paris.void = True
    assert deliver().state == "done"
    folded = index.fold_thread(preservation.thread, authority="vnm/a05")
    assert folded.entries[0].standing.value == "void"
    assert [each.kind for each in selectors.troubles(duty.officer)] == ["delivery_void"]


def unsigned(answer):
    return httpx.Response(201, headers={"content-type": RECEIPT_TYPE}, stream=httpx.ByteStream(b"{}"))


def gone(answer):
    raise httpx.ConnectError("refused")


NOTHING = {
    "nobody there": gone,
    "a stranger's answer": lambda answer: httpx.Response(404),
    "an unsigned receipt": unsigned,
    "a proxy's page": lambda answer: httpx.Response(502, content=b"<html>"),
    "a redirect": lambda answer: httpx.Response(307, headers={"location": "https://elsewhere.example/"}),
}


@pytest.mark.parametrize("kind", NOTHING)
def test_what_the_peer_did_not_sign_is_no_answer_and_is_tried_again(kind, preservation, paris):
    paris.bend = NOTHING[kind]
    row = deliver()
    assert (row.state, row.attempts, row.last_code) == ("due", 1, "unreachable")
    assert row.due_at > clock.now()
    assert not SignedReceipt.objects.exists()


@pytest.mark.parametrize("who", ["speaks", "signs"])
def test_an_answer_or_a_receipt_of_another_authority_is_none(who, preservation, paris):
    setattr(paris, who, MOJ)
    row = deliver()
    assert (row.state, row.attempts) == ("due", 1)
    assert not SignedReceipt.objects.exists()


def test_the_receipt_of_another_statement_is_none(preservation, paris, monkeypatch):
    monkeypatch.setattr(
        paris, "answer", lambda message, judged: paris.signed(message, 201, RECEIPT_TYPE, other)
    )
    other = statements.sign(
        Receipt(
            case=preservation.case,
            thread=preservation.thread,
            sender=OFAC,
            recipient="vnm/a05",
            issued_at=world.NOON,
            language="en",
            instrument="hanoi_2024",
            nonce="1" * 64,
            body=ReceiptBody(
                of="9" * 64, outcome="admitted", received=world.NOON, register_snapshot="0" * 64
            ),
        ),
        world.signing(OFAC),
    )
    row = deliver()
    assert (row.state, row.attempts) == ("due", 1)
    assert row.last_code.startswith("EXCH-")


def refusing(paris, code, status):
    def answer(message, judged):
        body = problems.problem_bytes(NodeError(code), status)
        return paris.signed(message, status, PROBLEM_TYPE, body)

    paris.answer = answer


def test_a_signed_refusal_ends_it_and_a_person_is_told(preservation, paris, duty):
    refusing(paris, "NODE-601", 422)
    row = deliver()
    assert (row.state, row.last_code) == ("given_up", "NODE-601")
    [trouble] = selectors.troubles(duty.officer)
    assert (trouble.kind, trouble.code, trouble.thread) == (
        "delivery_refused",
        "NODE-601",
        preservation.thread,
    )


@pytest.mark.parametrize("code", ["call +33 1 23 45 67 89", "x" * 200, "<b>NODE-601</b>"])
def test_what_is_no_code_is_neither_shown_nor_stored(code, preservation, paris, duty):
    def answer(message, judged):
        body = wire.canonical({"code": code, "status": 422})
        return paris.signed(message, 422, PROBLEM_TYPE, body)

    paris.answer = answer
    row = deliver()
    assert (row.state, row.last_code) == ("given_up", "refused")
    assert [each.code for each in selectors.troubles(duty.officer)] == ["refused"]


def test_a_busy_peer_is_tried_again(preservation, paris):
    refusing(paris, "NODE-600", 503)
    row = deliver()
    assert (row.state, row.last_code) == ("due", "NODE-600")


def test_a_worker_that_lost_its_row_writes_nothing(preservation, paris):
    mine = take("deliver")
    Due.objects.update(fence=mine.fence + 1)
    with pytest.raises(NodeError, match="NODE-204"):
        delivery.deliver(mine)
    assert not SignedReceipt.objects.exists()


def test_an_address_that_may_not_be_called_is_not_called(preservation, paris, monkeypatch):
    def nowhere(_):
        raise NodeError("NODE-603", authority=OFAC)

    monkeypatch.setattr(http, "door_of", nowhere)
    row = deliver()
    assert (row.state, row.last_code) == ("due", "NODE-603")
    assert paris.calls == 0


def test_a_row_that_names_no_statement_waits_for_a_person(preservation, paris):
    Due.objects.filter(topic="deliver").update(subject="f" * 64)
    row = deliver()
    assert (row.state, row.last_code) == ("given_up", "NODE-602")
    assert paris.calls == 0


def test_an_attempt_has_one_end_for_all_of_it(preservation, paris, monkeypatch):
    given = []
    real = http.session_to

    def note(authority, patience):
        given.append((authority, patience.left()))
        return real(authority, patience)

    monkeypatch.setattr(http, "session_to", note)
    deliver()
    [(authority, left)] = given
    assert authority == OFAC
    assert 0 < left <= delivery.LONGEST
