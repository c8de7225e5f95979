"""The door, as a whole: from one node's key to the other node's receipt."""

import pytest

from rogatory import exchange, statements
from rogatory.exchange import Accept, Refuse, Repeat
from rogatory.keys import Purpose
from support.vector_pages import posting
from support.vector_pages.threads import Talk, accepts
from support.world import (
    ASKED,
    ASKING,
    NOON,
    THIRD,
    Remembered,
    counting_random,
    decryption,
    pair,
    request,
    ring,
    signing,
)

REQUEST = request()
NAME = statements.payload_of(REQUEST)[0]


def door(**changes):
    given = {
        "ring": ring(),
        "decryption": {decryption(ASKED).key_id: decryption(ASKED)},
        "authorities": frozenset({ASKED}),
        "memory": Remembered(),
    }
    return exchange.Door(**(given | changes))


def knock(statement=REQUEST, at=None, **changes):
    issued = exchange.issue(statement, signing(statement.sender), ring(), NOON, counting_random())
    message = posting.post(issued.transfer, key=signing(statement.sender, Purpose.TRANSPORT))
    return exchange.accept(message, at or door(**changes), NOON)


def test_a_request_is_admitted_with_who_sent_it_and_who_signed_it():
    judged = knock()
    assert isinstance(judged, Accept)
    assert (judged.opened.id, judged.opened.document, judged.reason) == (NAME, REQUEST, None)
    assert judged.caller.key.key.authority == judged.opened.signer.key.authority == ASKING


def test_the_same_statement_again_gets_the_stored_receipt():
    memory = Remembered(receipts={NAME: b"the receipt"})
    judged = knock(memory=memory)
    assert judged == Repeat(NAME, b"the receipt", judged.caller)


def test_the_same_message_again_is_refused_and_signed_afresh_it_is_not():
    there = door()
    issued = exchange.issue(REQUEST, signing(ASKING), ring(), NOON, counting_random())
    message = posting.post(issued.transfer)
    assert isinstance(exchange.accept(message, there, NOON), Accept)
    again = exchange.accept(message, there, NOON)
    assert isinstance(again, Refuse)
    assert again.error.code == "EXCH-005"
    exchange.sign_request(message, signing(ASKING, Purpose.TRANSPORT), NOON, "4" * 32)
    assert isinstance(exchange.accept(message, there, NOON), Accept)


def test_a_stranger_is_not_named_and_a_known_peer_is():
    message = posting.post(b"nothing", key=pair("zzz/nobody", Purpose.TRANSPORT))
    judged = exchange.accept(message, door(), NOON)
    assert (judged.error.code, judged.caller) == ("KEY-005", None)
    known = exchange.accept(posting.post(b"nothing"), door(), NOON)
    assert (known.error.code, known.caller.key.key.authority) == ("ENV-011", ASKING)


@pytest.mark.parametrize("relays", [frozenset(), frozenset({THIRD})])
def test_a_relay_has_to_be_named(relays):
    issued = exchange.issue(REQUEST, signing(ASKING), ring(), NOON, counting_random())
    message = posting.post(issued.transfer, key=signing(THIRD, Purpose.TRANSPORT))
    judged = exchange.accept(message, door(relays=relays), NOON)
    assert isinstance(judged, Accept if relays else Refuse)


def test_a_place_that_contradicts_the_record_is_void_and_not_refused():
    talk = Talk(REQUEST)
    talk.say(ASKED, statements.Decision, accepts(talk.root))
    later = statements.Recall(
        **{
            **_place(talk),
            "body": statements.RecallBody(of=talk.root, reason=talk.opening.body.offence.conduct),
        }
    )
    memory = Remembered(
        places={(talk.root, "vnm", 1): talk.root, (talk.root, "vnm", 2): "e" * 64},
        threads={talk.root: (frozenset({"vnm", "fra"}), REQUEST.case, False)},
    )
    judged = knock(later, memory=memory)
    assert isinstance(judged, Accept)
    assert judged.reason == "EXCH-012"


def _place(talk):
    from support.world import header

    return header(thread=talk.root, seq=2, prev=talk.root)


def test_a_receipt_says_how_it_was_judged_and_once():
    judged = knock()
    receipt = exchange.receipt_for(judged, now=NOON, snapshot="5" * 64, random=counting_random(), log_index=3)
    assert (receipt.sender, receipt.recipient, receipt.thread) == (ASKED, ASKING, NAME)
    assert (receipt.body.of, receipt.body.outcome, receipt.body.reason) == (NAME, "admitted", None)
    assert (receipt.body.received, receipt.body.register_snapshot, receipt.body.log_index) == (
        NOON,
        "5" * 64,
        3,
    )


def test_the_receipt_of_a_void_statement_names_the_check_it_failed():
    judged = knock()
    void = Accept(judged.opened, judged.caller, "EXCH-013")
    receipt = exchange.receipt_for(void, now=NOON, snapshot="5" * 64, random=counting_random())
    assert (receipt.body.outcome, receipt.body.reason) == ("void", "EXCH-013")


def test_the_sender_checks_the_receipt_it_gets():
    judged = knock()
    receipt = exchange.receipt_for(judged, now=NOON, snapshot="5" * 64, random=counting_random())
    envelope = statements.sign(receipt, signing(ASKED))
    assert exchange.check_receipt(envelope, NAME, REQUEST, ring(), NOON).document == receipt
