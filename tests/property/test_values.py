"""For any text or bytes: only the errors of this room leave it, and both sides read alike."""

import json

from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from rogatory import values
from rogatory.errors import ValuesError

IDENTIFIER = TypeAdapter(values.Identifier)
MOMENT = TypeAdapter(values.Moment)

_PIECES = st.sampled_from(
    [
        *(
            "[.]",
            "hxxps://",
            "@",
            "[at]",
            "xn--",
            "://",
            "tel:",
            "mailto:",
            "IBAN",
            "+84",
            "00",
            "(0)",
            "0x",
            "bc1q",
        ),
        *(
            "203.0.113.57",
            "[2001:db8::1]",
            ":443",
            "bank.net",
            "bücher",
            "ß",
            "\u200d",
            "\u2024",
            "١٢",
            "%zz",
            "\\",
        ),
        *(
            "GB29NWBK60161331926819",
            "2028-03-13",
            "T21:40:10",
            "+07:00",
            " ",
            "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
        ),
    ]
)
TEXTS = st.text(max_size=60) | st.lists(_PIECES | st.text(max_size=4), max_size=8).map("".join)
PARTICULARS = {
    "account": {"provider": "Zalo"},
    "bank_account": {"party": "vnm", "bank_code": "970499"},
    "wallet_address": {"chain": "bitcoin"},
    "file_hash": {"algorithm": "md5"},
}


def _read(kind, text, **more):
    try:
        return values.read(kind, text, **{**PARTICULARS.get(kind, {}), **more})
    except ValuesError:
        return None


@given(st.sampled_from(values.KINDS), TEXTS)
def test_what_is_read_is_read_again_alike_and_survives_json(kind, text):
    read = _read(kind, text)
    if read is None:
        return
    values.doubts(read)
    assert IDENTIFIER.validate_json(IDENTIFIER.dump_json(read)) == read
    assert read.verbatim == text
    again = _read(kind, read.normalised) if len(read.normalised) <= 4096 else read
    assert again is not None
    assert again.normalised == read.normalised


@given(st.sampled_from(["bitcoin", "tron", "ethereum", "monero"]), TEXTS)
def test_a_wallet_address_is_read_or_refused(chain, text):
    read = _read("wallet_address", text, chain=chain)
    if read is not None:
        values.doubts(read)


@given(TEXTS)
def test_a_pasted_line_never_fails_and_only_shows_what_stands_in_it(text):
    for kind, found in values.recognise(text):
        assert found.verbatim in text
        assert found.kind == kind


@given(TEXTS, st.sampled_from(["ymd", "dmy", "mdy"]), st.sampled_from([None, "+07:00", "-03:30"]))
def test_a_moment_is_read_or_refused_and_survives_json(text, order, zone):
    try:
        read = values.read_moment(text, order=order, zone=zone)
    except ValuesError:
        return
    values.doubts(read)
    assert MOMENT.validate_json(MOMENT.dump_json(read)) == read
    assert read.normalised is None or read.zone is not None


@given(st.datetimes())
def test_an_instant_survives_its_text(naive):
    instant = naive.replace(tzinfo=values.zone_of("+00:00"))
    assert values.parse_instant(values.instant_text(instant)) == instant


@given(st.binary(max_size=200))
def test_base64_survives_its_text(data):
    assert values.parse_base64(values.base64_text(data)) == data


@given(TEXTS)
def test_scalar_readers_raise_only_their_errors(text):
    for reader in (
        values.parse_instant,
        values.parse_day,
        values.parse_base64,
        values.party_of,
        values.zone_of,
    ):
        try:
            reader(text)
        except ValuesError as error:
            assert str(error).startswith(error.code)  # noqa: PT017  # the message must render for any field


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)
_MEMBERS = st.sampled_from(
    ["kind", "verbatim", "normalised", "source", "source_port", "provider", "chain", "party", "algorithm"]
)


@given(
    st.dictionaries(_MEMBERS, _JSON | st.sampled_from([*values.KINDS, "bitcoin", "md5", "vnm"]), max_size=8)
)
def test_a_document_of_any_members_is_accepted_or_refused_by_the_model(document):
    try:
        text = json.dumps(document, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        text = json.dumps(document).encode("ascii")
    for adapter in (IDENTIFIER, MOMENT, TypeAdapter(values.Period)):
        try:
            adapter.validate_json(text)
        except ValidationError as error:
            cause = values.cause_of(error)
            assert cause is None or str(cause).startswith(cause.code)  # as above


@given(st.binary(max_size=300))
def test_random_bytes_are_refused_by_the_model(data):
    for adapter in (IDENTIFIER, MOMENT):
        try:
            adapter.validate_json(data)
        except ValidationError:
            continue
        raise AssertionError("random bytes made a document")
