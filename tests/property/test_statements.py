"""For any payload: a document, or an error of ours; and what people approve is the content."""

from hypothesis import given
from hypothesis import strategies as st

from rogatory import envelopes, statements
from rogatory.statements.content import PLACE_MEMBERS
from support.drawing import NOISE, payloads, tried
from support.vector_pages.statements import examples
from support.world import ASKED, ASKING, NOON, ring, signing

EXAMPLES = list(examples().values())


@given(payloads() | st.tuples(st.text(max_size=60), NOISE))
def test_any_payload_is_read_or_refused_by_name(drawn):
    document = tried(lambda: statements.read_payload(*drawn))
    if document:
        assert statements.media_type_of(document) == drawn[0]
        assert len(statements.content_id(document)) == 64


@given(payloads(), st.sampled_from([ASKING, ASKED]))
def test_any_signed_payload_is_opened_or_refused_by_name(drawn, signer):
    kind, payload = drawn
    envelope = envelopes.sign(kind, payload, signing(signer))
    opened = tried(lambda: statements.open_document(envelope, ring(), NOON))
    if opened:
        assert opened.document.sender == signer
        assert opened.id == envelopes.identity(kind, payload)


@given(NOISE)
def test_any_bytes_are_refused_as_a_signed_document(data):
    assert tried(lambda: statements.open_document(data, ring(), NOON)) is None


@given(
    st.sampled_from(EXAMPLES),
    st.integers(2, 9),
    st.text("0123456789abcdef", min_size=64, max_size=64),
    st.sampled_from(["language", "instrument", "nonce", "case"]),
)
def test_what_people_approve_is_the_content_and_not_its_place(document, seq, digest, member):
    same = statements.content_id(document)
    if isinstance(document, statements.Statement) and document.thread:
        moved = document.model_copy(update={"seq": seq, "prev": digest, "seen": (digest,)})
        assert statements.content_id(moved) == same
        assert {"seq", "prev", "seen"} <= PLACE_MEMBERS
    other = {"language": "vi", "instrument": "other", "nonce": digest, "case": digest}[member]
    changed = document.model_copy(update={member: other})
    assert statements.content_id(changed) != same
    assert statements.payload_of(changed)[0] != statements.payload_of(document)[0]


@given(st.sampled_from(EXAMPLES))
def test_approving_the_content_is_not_signing_a_statement(document):
    assert statements.content_id(document) != statements.payload_of(document)[0]
