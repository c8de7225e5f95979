"""Issuing: signed by its sender, today, and encrypted to its recipient."""

from datetime import timedelta

import pytest

from rogatory import envelopes, exchange, statements
from rogatory.errors import RogatoryError
from rogatory.keys import KeyRing, Purpose
from support.world import (
    ASKED,
    ASKING,
    NOON,
    counting_random,
    decryption,
    entry,
    pair,
    request,
    ring,
    signing,
)

DAY = timedelta(days=1)
REQUEST = request()


def issue(statement=REQUEST, key=None, known=None):
    return exchange.issue(statement, key or signing(ASKING), known or ring(), NOON, counting_random())


def refusal(**changes):
    with pytest.raises(RogatoryError) as caught:
        issue(**changes)
    return caught.value.code


def known(**dates):
    keys = [entry(signing(ASKING), **dates), entry(pair(ASKED, Purpose.ENCRYPTION))]
    return KeyRing(keys, snapshot="0" * 64)


def test_what_is_issued_has_the_id_of_its_payload_and_opens_at_the_other_side():
    made = issue()
    assert made.id == statements.payload_of(REQUEST)[0]
    inside = envelopes.decrypt(envelopes.read_transfer(made.transfer), decryption(ASKED))
    assert inside == made.envelope
    assert statements.open_document(inside, ring(), NOON).document == REQUEST


def test_encrypting_again_is_another_transfer_of_the_same_statement():
    made = issue()
    again = exchange.encrypt_for(REQUEST, made.envelope, ring(), NOON, counting_random("again"))
    assert again != made.transfer
    assert envelopes.decrypt(envelopes.read_transfer(again), decryption(ASKED)) == made.envelope


def test_only_a_key_of_the_sender_signs_for_it():
    assert refusal(key=signing(ASKED)) == "EXCH-020"
    assert refusal(key=pair(ASKING, Purpose.SEAL)) == "KEY-003"


def test_a_key_that_signs_no_more_issues_nothing():
    assert refusal(known=known(sign_until=NOON - DAY)) == "EXCH-021"
    assert refusal(known=known(revoked=NOON - DAY)) == "KEY-007"


def test_a_rehearsal_and_the_real_thing_have_keys_of_their_own():
    practice = pair(ASKING, Purpose.STATEMENT, rehearsal=True)
    both = KeyRing(
        [*ring().entries.values(), entry(practice), entry(pair(ASKED, Purpose.ENCRYPTION, rehearsal=True))]
    )
    assert refusal(key=practice, known=both) == "EXCH-010"
    assert refusal(statement=request(rehearsal=True), known=both) == "EXCH-010"
    made = issue(request(rehearsal=True), practice, both)
    to = envelopes.read_transfer(made.transfer).header.key
    assert to == pair(ASKED, Purpose.ENCRYPTION, rehearsal=True).key_id


def test_a_recipient_without_a_key_gets_nothing():
    assert refusal(statement=request(recipient="fra/moj")) == "KEY-009"
