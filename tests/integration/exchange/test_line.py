"""A line that loses, repeats and reorders: what arrives is the same, once."""

from __future__ import annotations

from rogatory import envelopes
from rogatory.errors import RogatoryError
from rogatory.exchange import HttpRequest
from rogatory.exchange.retry import Outcome
from rogatory.keys import Purpose
from rogatory_node.base import keystore
from rogatory_node.base.home import Home
from rogatory_node.demo.case import A05, OFAC
from support.front import all_of_them
from support.hand import Hand
from support.nodes import until
from support.same import assert_once, assert_same


def opener(two):
    """Return what tells which statement a transfer to France carries: it holds the recipient's keys."""
    pairs = keystore.decryption(Home(two.home("fra")), OFAC, Purpose.ENCRYPTION)

    def name(passing) -> str:
        try:
            transfer = envelopes.read_transfer(passing.body)
            read = envelopes.read(envelopes.decrypt(transfer, pairs[transfer.header.key]))
        except (RogatoryError, KeyError):
            return "what a hostile peer sent"
        return envelopes.identity(read.payloadType, read.payload)

    return name


def lost(front, count: int) -> None:
    until(lambda: len(front.lost) >= count, f"{count} lost transfers")


def test_a_transfer_that_is_lost_is_sent_again(two) -> None:
    front = two.fronts["fra"]
    front.lose = all_of_them
    before = len(front.lost)
    thread = two.request().send()["thread"]
    lost(front, before + 2)
    assert two.sees("fra", thread) is None
    waiting = two.entry("vnm", thread, thread)
    assert (waiting["receipt"], waiting["waiting"]) == (None, "unreachable")
    front.mend()
    assert_same(two, thread, 1)
    # Each attempt was encrypted anew: the same statement, and nobody on the way can tell.
    name = opener(two)
    attempts = [each for each in (*front.lost[before:], *front.passed) if name(each) == thread]
    assert len({each.body for each in attempts}) == len(attempts) >= 3


def test_an_answer_that_is_lost_is_given_again_byte_for_byte(two) -> None:
    front = two.fronts["fra"]
    front.lose_answer = all_of_them
    before = len(front.lost)
    thread = two.request().send()["thread"]
    lost(front, before + 2)
    assert two.sees("fra", thread) is not None
    assert two.entry("vnm", thread, thread)["receipt"] is None
    front.mend()
    assert_same(two, thread, 1)
    name = opener(two)
    answers = [(each.status, each.answer) for each in front.passed if name(each) == thread]
    statuses, receipts = [status for status, _ in answers], {answer for _, answer in answers}
    assert statuses == [201] + [200] * (len(statuses) - 1)
    assert len(statuses) >= 3
    assert receipts == {two.bytes_of("vnm", thread, "/receipt")}


def test_the_same_message_again_is_refused_and_the_same_statement_again_is_receipted(two) -> None:
    thread = two.opened()
    name, hand = opener(two), Hand(two, A05)
    passed = next(each for each in two.fronts["fra"].passed if name(each) == thread)
    headers = {key.lower(): value for key, value in passed.headers.items()}
    kept = ("content-type", "content-digest", "signature-input", "signature")
    message = HttpRequest("POST", hand.door("fra"), {key: headers[key] for key in kept}, passed.body)
    assert hand.code(message, OFAC) == "EXCH-005"
    # The very ciphertext under a new signature, and a new ciphertext: one statement, one receipt.
    receipt = two.bytes_of("vnm", thread, "/receipt")
    envelope = two.bytes_of("vnm", thread)
    for transfer in (passed.body, hand.sealed(envelope, OFAC)):
        answer = hand.post(transfer, OFAC)
        assert (answer.outcome, answer.receipt) == (Outcome.RECEIPT, receipt)
    assert_same(two, thread, 1)


def test_what_comes_before_its_opening_waits_for_it(two) -> None:
    front, name = two.fronts["fra"], opener(two)
    held: set[str] = set()
    front.lose = all_of_them
    thread = two.request().send()["thread"]
    held.add(thread)
    front.lose = lambda passing: name(passing) in held
    child = two.ratification(thread).send()["statement_id"]
    until(lambda: (two.entry("vnm", thread, child) or {}).get("receipt"), "the receipt of the second")
    # Admitted and receipted, but there is no thread yet that a person could look at.
    assert two.sees("fra", thread) is None
    assert two.entry("vnm", thread, thread)["receipt"] is None
    held.clear()
    folded = assert_same(two, thread, 2)
    assert folded.entries[0].ratified_by == child


def test_what_comes_before_its_parent_waits_and_then_folds(two) -> None:
    front, name = two.fronts["fra"], opener(two)
    thread = two.opened()
    query = two.query(thread).send()["statement_id"]
    two.settled(thread, 2)
    held: set[str] = set()
    front.lose = all_of_them
    first = two.ratification(thread).send()["statement_id"]
    held.add(first)
    front.lose = lambda passing: name(passing) in held
    second = two.answer(query, thread).send()["statement_id"]
    until(lambda: (two.entry("vnm", thread, second) or {}).get("receipt"), "the receipt of the second")
    assert two.entry("fra", thread, second)["standing"] == "waiting"
    assert two.entry("fra", thread, first) is None
    assert two.entry("vnm", thread, second)["standing"] == "folded"
    held.clear()
    folded = assert_same(two, thread, 4)
    assert folded.requests[0].queries[0].answer_id == second
    for each in (first, second):
        assert_once(two, each, "vnm")
