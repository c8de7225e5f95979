"""Documents: from payload to signed bytes and back."""

import pytest

from rogatory import envelopes, statements, wire
from rogatory.errors import RogatoryError, StatementError
from rogatory.keys import Purpose
from support.vector_pages.statements import examples
from support.world import ASKED, ASKING, NOON, request, ring, signing, words

EXAMPLES = examples()


def refusal(run):
    with pytest.raises(RogatoryError) as caught:
        run()
    return caught.value.code


def opened(document, key=None):
    envelope = statements.sign(document, key or signing(document.sender))
    return statements.open_document(envelope, ring(), NOON)


def test_every_type_has_an_example():
    assert [each.NAME for each in statements.TYPES] == [each.NAME for each in map(type, _in_order())]


def _in_order():
    by_type = {type(each): each for each in EXAMPLES.values()}
    return [by_type[each] for each in statements.TYPES]


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_was_signed_is_opened_with_its_bytes_and_its_id(name):
    document = EXAMPLES[name]
    found = opened(document)
    assert found.document == document
    assert (found.id, found.payload) == (statements.payload_of(document)[0], wire.encode(document))
    assert found.signer.key.authority == document.sender


def test_a_receipt_is_no_statement():
    with pytest.raises(StatementError) as caught:
        _ = opened(EXAMPLES["receipt"]).statement
    assert caught.value.code == "STMT-007"
    assert opened(EXAMPLES["request"]).statement.seq == 1


def test_a_statement_names_its_two_parties():
    made = EXAMPLES["request"]
    assert (made.sending_party, made.receiving_party) == ("vnm", "fra")


def test_the_media_type_names_the_type_and_keeps_rehearsals_apart():
    assert statements.media_type_of(request()) == "application/vnd.rogatory.request.v1+json"
    assert (
        statements.media_type_of(request(rehearsal=True))
        == "application/vnd.rogatory.rehearsal.request.v1+json"
    )


def test_a_payload_larger_than_a_reader_takes_is_not_signed():
    long = tuple(words("a" * 19_000) for _ in range(60))
    items = [
        each.model_copy(update={"description": text, "number": number})
        for number, (each, text) in enumerate(zip([request().body.items[0]] * 60, long, strict=True), 1)
    ]
    large = request(*items)
    assert refusal(lambda: statements.payload_of(large)) == "WIRE-001"


def test_absent_members_are_left_out():
    payload = wire.parse(statements.payload_of(request())[2])
    assert not {"thread", "prev", "ratify_by"} & set(payload)
    assert payload["seen"] == []


def test_a_document_is_dispatched_by_its_media_type_before_it_is_parsed():
    assert (
        refusal(lambda: statements.read_payload("application/vnd.rogatory.bribe.v1+json", b"\xff"))
        == "WIRE-011"
    )


def test_an_unsigned_document_is_not_opened():
    kind, payload = statements.payload_of(request())[1:]
    bare = wire.canonical({"payload": "AAAA", "payloadType": kind, "signatures": []})
    assert refusal(lambda: statements.open_document(bare, ring(), NOON)) == "KEY-010"
    other = envelopes.sign(kind, payload, signing(ASKED))
    assert refusal(lambda: statements.open_document(other, ring(), NOON)) == "STMT-001"


def test_a_transport_key_signs_no_statement():
    assert refusal(lambda: opened(request(), signing(ASKING, Purpose.TRANSPORT))) == "KEY-003"


def test_the_content_id_leaves_out_the_place_alone():
    assert {"approvals", "issued_at", "prev", "ratify_by", "seen", "seq"} == statements.content.PLACE_MEMBERS
