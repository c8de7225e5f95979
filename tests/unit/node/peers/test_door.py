"""The door: strangers learn nothing, known peers get signed answers that verify."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.http import UnreadablePostError

from rogatory import envelopes, exchange
from rogatory.envelopes.transfer import MAX_TRANSFER
from rogatory.errors import CustodyError, ExchangeError, KeysError
from rogatory.exchange import HttpRequest
from rogatory.exchange.client import PROBLEM_TYPE, RECEIPT_TYPE
from rogatory.keys import Purpose
from rogatory.statements import Acknowledgement, AcknowledgementBody, payload_of
from rogatory_node.base import clock, configuration, directory
from rogatory_node.casework import index
from rogatory_node.peers import door, http
from rogatory_node.records.models import Calls, Leaf, Seen, SignedReceipt, SignedStatement
from support import world
from support.knocking import answer_to, code_of, knock, path_of
from support.office import A05, MOJ, OFAC, SPP, answering

FIELDS = {"Date"}


def seen(response):
    headers = {name: value for name, value in response.headers.items() if name not in FIELDS}
    return response.status_code, response.content, headers


def unsigned(france):
    url = f"{configuration.current().web.public_url}/peer/v1/statements"
    return HttpRequest("POST", url, {"content-type": exchange.TRANSFER_TYPE}, b"x")


def unknown(france):
    message = unsigned(france)
    exchange.sign_request(
        message, world.signing("xtp/cyber", Purpose.TRANSPORT), clock.now(), exchange.new_nonce(france.random)
    )
    return message


def of_another_purpose(france):
    message = unsigned(france)
    exchange.sign_request(
        message, world.signing(OFAC, Purpose.STATEMENT), clock.now(), exchange.new_nonce(france.random)
    )
    return message


def bent(france):
    message = france.message("POST", "/peer/v1/statements", b"x", kind=exchange.TRANSFER_TYPE)
    message.body = b"y"
    return message


def stale(france):
    message = unsigned(france)
    pair = world.signing(OFAC, Purpose.TRANSPORT)
    past = clock.now() - timedelta(minutes=6)
    exchange.sign_request(message, pair, past, exchange.new_nonce(france.random))
    return message


def for_another_address(france):
    message = france.message("POST", "/peer/v1/statements/", b"x", kind=exchange.TRANSFER_TYPE)
    message.url = message.url.rstrip("/")
    return message


def too_large(france):
    return france.message(
        "POST", "/peer/v1/statements", b"x" * (MAX_TRANSFER + 1), kind=exchange.TRANSFER_TYPE
    )


def by_another_method(france):
    return france.message("PUT", "/peer/v1/statements", b"x", kind=exchange.TRANSFER_TYPE)


def elsewhere(france):
    return france.message("GET", "/peer/v1/nothing/here")


def a_receipt_unsigned(france):
    message = unsigned(france)
    return HttpRequest("GET", f"{message.url}/{'a' * 64}/receipt", {}, b"")


def a_receipt_by_another_method(france):
    return france.message("POST", f"/peer/v1/statements/{'a' * 64}/receipt", b"x", kind="text/plain")


def a_package_unsigned(france):
    url = f"{configuration.current().web.public_url}/peer/v1/packages/{'a' * 64}/seal.dsse.json"
    return HttpRequest("GET", url, {}, b"")


def a_checkpoint_unsigned(france):
    url = f"{configuration.current().web.public_url}/peer/v1/log/add-checkpoint"
    return HttpRequest("POST", url, {"content-type": "text/plain"}, b"old 0\n")


STRANGE = (
    unsigned,
    unknown,
    of_another_purpose,
    bent,
    stale,
    for_another_address,
    too_large,
    by_another_method,
    elsewhere,
    a_receipt_unsigned,
    a_receipt_by_another_method,
    a_package_unsigned,
    a_checkpoint_unsigned,
)


@pytest.mark.parametrize("make", STRANGE)
def test_a_stranger_gets_one_answer_whatever_they_did(make, france):
    first, other = seen(knock(unsigned(france))), seen(knock(make(france)))
    assert other == first
    assert first[:2] == (404, b"")
    assert not SignedStatement.objects.exists()
    assert not Seen.objects.exists()
    assert not Calls.objects.exists()


def test_a_node_without_a_register_knows_nobody(france, node, monkeypatch):
    message, get = france.posted(world.request(sender=OFAC, recipient=A05)), elsewhere(france)
    first = seen(knock(unsigned(france)))
    (node.register / "current").unlink()
    directory._seen.clear()
    assert seen(knock(message)) == first
    assert seen(knock(get)) == first


def test_a_statement_is_answered_with_its_signed_receipt_once_and_again(france):
    statement = world.request(sender=OFAC, recipient=A05)
    message = france.posted(statement)
    response = knock(message)
    who, answer = answer_to(message, response, france.ring)
    assert (who, response.status_code, response.headers["content-type"]) == (A05, 201, RECEIPT_TYPE)
    row = SignedStatement.objects.get()
    exchange.check_receipt(answer.body, row.statement_id, statement, france.ring, clock.now())
    again = france.posted(statement)
    second = knock(again)
    assert (second.status_code, second.content) == (200, response.content)
    assert answer_to(again, second, france.ring)[0] == A05


def test_the_answer_is_signed_by_the_authority_that_was_addressed(france):
    message = france.posted(world.request(sender=OFAC, recipient=SPP))
    assert answer_to(message, knock(message), france.ring)[0] == SPP


def test_an_answer_to_another_request_does_not_verify(france):
    one, two = (france.posted(world.request(sender=OFAC, recipient=A05)) for _ in range(2))
    response = knock(one)
    with pytest.raises(ExchangeError, match="EXCH-003"):
        answer_to(two, response, france.ring)


def test_a_known_peer_gets_a_signed_problem_with_a_code_and_no_content(france):
    message = france.message("POST", "/peer/v1/statements", b"no transfer", kind=exchange.TRANSFER_TYPE)
    response = knock(message)
    who, answer = answer_to(message, response, france.ring)
    assert (who, response.status_code, answer.headers["content-type"]) == (A05, 422, PROBLEM_TYPE)
    assert code_of(response) == "ENV-011"
    assert b"no transfer" not in response.content


@pytest.mark.parametrize("name", ["\\u202e", "\\u0000", "\\ud800"])
def test_a_member_that_no_document_may_name_is_refused_by_name_too(france, name):
    made = world.request(sender=OFAC, recipient=A05)
    _, kind, payload = payload_of(made)
    twice = f'{{"{name}":1,"{name}":2,'.encode() + payload[1:]
    envelope = envelopes.sign(kind, twice, world.signing(OFAC))
    transfer = exchange.encrypt_for(made, envelope, france.ring, clock.now(), france.random)
    message = france.message("POST", "/peer/v1/statements", transfer, kind=exchange.TRANSFER_TYPE)
    response = knock(message)
    assert answer_to(message, response, france.ring)[0] == A05
    assert (response.status_code, code_of(response)) == (422, "WIRE-004")


def test_a_message_that_was_seen_before_is_told_so(france):
    message = france.posted(world.request(sender=OFAC, recipient=A05))
    assert knock(message).status_code == 201
    response = knock(message)
    assert (response.status_code, code_of(response)) == (409, "EXCH-005")
    assert answer_to(message, response, france.ring)[0] == A05


def test_a_peer_above_its_quota_is_told_so_before_anything_is_opened(france, settings):
    settings.ROGATORY = settings.ROGATORY.model_copy(
        update={"peers": settings.ROGATORY.peers.model_copy(update={"calls_per_minute": 1})}
    )
    knock(france.message("POST", "/peer/v1/statements", b"x", kind=exchange.TRANSFER_TYPE))
    for message in (
        france.posted(world.request(sender=OFAC, recipient=A05)),
        france.message("GET", f"/peer/v1/statements/{'a' * 64}/receipt"),
    ):
        response = knock(message)
        assert (response.status_code, code_of(response)) == (429, "EXCH-006")
        assert answer_to(message, response, france.ring)[0] == A05
    assert not SignedStatement.objects.exists()


@pytest.mark.parametrize("make", ["statement", "receipt"])
def test_a_busy_database_is_told_to_a_known_peer_as_later(make, france, monkeypatch):
    def busy(*_, **__):
        raise OperationalError

    monkeypatch.setattr(Seen.objects, "create", busy)
    message = (
        france.posted(world.request(sender=OFAC, recipient=A05))
        if make == "statement"
        else france.message("GET", f"/peer/v1/statements/{'a' * 64}/receipt")
    )
    response = knock(message)
    assert (response.status_code, code_of(response)) == (503, "NODE-600")
    assert answer_to(message, response, france.ring)[0] == A05
    assert seen(knock(bent(france))) == seen(knock(unsigned(france)))


def test_what_cannot_be_receipted_is_not_stored_and_comes_again(france, node):
    message = france.posted(world.request(sender=OFAC, recipient=A05))
    held = next(node.keys.glob("vnm.a05.statement.*.key"))
    data = held.read_bytes()
    held.unlink()
    leaves = Leaf.objects.count()
    response = knock(message)
    assert (response.status_code, code_of(response)) == (503, "NODE-604")
    assert "key" not in response.content.decode().partition('"fields"')[2]
    assert not SignedStatement.objects.exists()
    assert Leaf.objects.count() == leaves
    held.touch(mode=0o600)
    held.write_bytes(data)
    assert knock(france.posted(world.request(sender=OFAC, recipient=A05))).status_code == 201


def test_a_projection_that_fails_undoes_the_arrival(france, monkeypatch):
    def fail(_):
        raise CustodyError("LOG-010", size=1, old=2)

    monkeypatch.setattr(index, "project", fail)
    assert code_of(knock(france.posted(world.request(sender=OFAC, recipient=A05)))) == "NODE-604"
    assert not SignedStatement.objects.exists()
    assert not SignedReceipt.objects.exists()


def test_without_a_transport_key_of_ours_nothing_is_said(france, node):
    for held in node.keys.glob("vnm.*.transport.*.key"):
        held.unlink()
    statement = world.request(sender=OFAC, recipient=A05)
    first = seen(knock(unsigned(france)))
    assert seen(knock(france.posted(statement))) == first
    assert seen(knock(france.message("POST", "/peer/v1/statements", b"x", kind="text/plain"))) == first
    # It was stored all the same: the sender posts again and gets the receipt then.
    assert SignedStatement.objects.count() == 1


def test_the_receipt_is_given_to_the_authority_that_sent_it(france):
    knock(france.posted(world.request(sender=OFAC, recipient=A05)))
    row = SignedStatement.objects.get()
    message = france.message("GET", f"/peer/v1/statements/{row.statement_id}/receipt")
    response = knock(message)
    who, answer = answer_to(message, response, france.ring)
    assert (who, response.status_code) == (A05, 200)
    assert answer.body == bytes(SignedReceipt.objects.get().envelope)


def test_a_receipt_that_is_not_there_and_one_that_is_not_theirs_look_the_same(france, preservation):
    knock(france.posted(world.request(sender=OFAC, recipient=A05)))
    row = SignedStatement.objects.get(way="received")

    def ask(statement, sender):
        message = france.message("GET", f"/peer/v1/statements/{statement}/receipt", sender=sender)
        response = knock(message)
        assert answer_to(message, response, france.ring)[0] == A05
        return response.status_code, response.content

    absent = ask("f" * 64, MOJ)
    assert absent[0] == 404
    assert ask(row.statement_id, MOJ) == absent
    assert ask(preservation.statement_id, OFAC) == absent
    assert ask("%00", OFAC) == absent


@pytest.mark.parametrize("text", ["%00", "f" * 63, "F" * 64, "f" * 64 + "%0A"])
def test_what_is_no_id_is_not_looked_for(france, monkeypatch, text):
    monkeypatch.setattr(door.stored, "find", lambda *_, **__: pytest.fail("the database was asked"))
    response = knock(france.message("GET", f"/peer/v1/statements/{text}/receipt", sender=MOJ))
    assert (response.status_code, code_of(response)) == (404, "NODE-601")


def test_a_statement_for_nobody_here_is_refused_by_name(france, settings):
    message = france.posted(world.request(sender=OFAC, recipient=A05))
    others = settings.ROGATORY.authorities[1:]
    settings.ROGATORY = settings.ROGATORY.model_copy(update={"authorities": others})
    response = knock(message)
    assert code_of(response) == "EXCH-007"
    assert answer_to(message, response, france.ring)[0] == SPP


def test_a_body_that_breaks_off_is_a_strangers(france):
    message = france.posted(world.request(sender=OFAC, recipient=A05))

    class Request:
        method, headers = "POST", message.headers

        def read(self, size):
            raise UnreadablePostError("gone")

        def get_full_path(self):
            return path_of(message)

    assert http.as_signed(Request()).body == b""
    assert seen(door.take_statement(Request()))[:2] == (404, b"")


def test_the_host_field_decides_nothing(france):
    message = france.posted(world.request(sender=OFAC, recipient=A05))
    assert knock(message, host="approve.localhost:8000").status_code == 404
    assert knock(message, host="testserver").status_code == 201


def test_an_acknowledgement_at_the_door_is_folded(preservation, france):
    body = AcknowledgementBody(of=preservation.statement_id, role="duty_officer")
    message = france.posted(answering(Acknowledgement, body, preservation))
    assert knock(message).status_code == 201
    assert SignedStatement.objects.filter(type="acknowledgement").exists()


def test_the_address_of_a_door_comes_from_the_register_and_may_be_called():
    assert http.door_of(OFAC) == "https://fra.example/peer/v1"


@pytest.mark.parametrize(
    ("door_url", "code"),
    [(None, "NODE-603"), ("http://fra.example/peer/v1", "EXCH-025"), ("https://10.0.0.5/", "EXCH-026")],
)
def test_a_door_that_may_not_be_called_is_not(door_url, code, monkeypatch):
    class Entry:
        door = door_url

    monkeypatch.setattr(directory, "entry", lambda _: Entry())
    with pytest.raises(Exception, match=code):
        http.door_of(OFAC)


def test_a_key_that_nobody_states_is_not_ours(node):
    with pytest.raises(KeysError, match="KEY-009"):
        http.pair_of("vnm/zzz", Purpose.TRANSPORT)
