"""For any bytes: one reading, or an error of ours."""

import base64
import binascii
import json

from hypothesis import given
from hypothesis import strategies as st

from rogatory import envelopes, keys, statements, wire
from rogatory.envelopes import dsse
from rogatory.exchange import client
from rogatory.values.text import FORBIDDEN, forbidden_in, parse_base64
from support.drawing import JSON, NOISE, payloads, tried

MODELS = st.sampled_from(
    [
        *statements.TYPES,
        dsse.Envelope,
        envelopes.ClearHeader,
        keys.KeyEntry,
        keys.PublicKey,
        keys.files.KeyFile,
        client.Problem,
    ]
)


@given(NOISE)
def test_bytes_are_read_or_refused_by_name(data):
    found = tried(lambda: (wire.parse(data),))
    if found:
        assert wire.parse(wire.canonical(found[0])) == found[0]


@given(NOISE, MODELS)
def test_bytes_are_a_document_of_a_type_or_refused_by_name(data, model):
    found = tried(lambda: wire.decode(data, model))
    assert found is None or isinstance(found, model)


@given(JSON)
def test_the_canonical_form_is_stable_and_says_the_same(document):
    once = wire.canonical(document)
    assert wire.parse(once) == document
    assert wire.canonical(wire.parse(once)) == once


@given(JSON, st.booleans(), st.integers(0, 3))
def test_one_document_in_any_spelling_has_one_canonical_form(document, ascii_only, indent):
    spelled = json.dumps(document, ensure_ascii=ascii_only, indent=indent or None).encode()
    assert wire.canonical(wire.parse(spelled)) == wire.canonical(document)


@given(
    st.recursive(
        st.floats() | st.integers() | st.text(), lambda inner: st.lists(inner, max_size=3), max_leaves=6
    )
)
def test_whatever_is_written_is_read_again(document):
    data = tried(lambda: wire.canonical(document))
    assert data is None or wire.parse(data) == document


@given(payloads())
def test_a_model_that_was_read_is_written_and_read_alike(drawn):
    kind, payload = drawn
    found = tried(lambda: statements.read_payload(kind, payload))
    assert found is None or wire.decode(wire.encode(found), type(found)) == found


@given(st.text(max_size=60) | st.text("\n\t ab\u202e\u2066\x7f\u0103", max_size=8))
def test_the_quick_question_and_the_search_agree(text):
    assert bool(forbidden_in(text)) is bool(FORBIDDEN.search(text))


@given(
    st.binary(max_size=9).map(lambda data: base64.b64encode(data).decode())
    | st.text("ABQw+/=-_ \n", max_size=12)
)
def test_bytes_have_one_base64_text(text):
    data = tried(lambda: parse_base64(text))
    try:
        plain = base64.b64decode(text, validate=True)
    except binascii.Error:
        plain = None
    if plain is not None and base64.b64encode(plain).decode() != text:
        plain = None
    assert data == plain
