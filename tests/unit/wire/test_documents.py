"""Canonical form, media types, and models by strict reading."""

from typing import Literal

import pytest
from pydantic import Field

from rogatory import wire
from rogatory.errors import WireError
from rogatory.values import AuthorityId, Frozen


class Sample(Frozen):
    """A document with what documents have."""

    type: Literal["sample"] = "sample"
    version: Literal[1] = 1
    sender: AuthorityId = Field(alias="from")
    count: int = 0
    note: str | None = None


GOOD = b'{"count":0,"from":"vnm/a05","type":"sample","version":1}'


def refusal(data, model=Sample):
    with pytest.raises(WireError) as caught:
        wire.decode(data, model)
    return caught.value


def test_a_media_type_names_type_and_version_and_keeps_rehearsals_apart():
    assert wire.media_type("request", 1) == "application/vnd.rogatory.request.v1+json"
    assert (
        wire.media_type("request", 2, rehearsal=True) == "application/vnd.rogatory.rehearsal.request.v2+json"
    )


def test_a_model_is_written_canonically_and_read_back():
    made = Sample(sender="vnm/a05")
    assert wire.encode(made) == GOOD
    assert wire.decode(GOOD, Sample) == made


@pytest.mark.parametrize(
    ("document", "data"),
    [
        ({"b": 1, "a": [], "c": {"z": None, "y": True}}, b'{"a":[],"b":1,"c":{"y":true,"z":null}}'),
        ('Đà Nẵng \n \u20ac\\/"', '"Đà Nẵng \\n \u20ac\\\\/\\""'.encode()),
        (("a tuple", 1), b'["a tuple",1]'),
        ([2**53, -(2**53)], b"[9007199254740992,-9007199254740992]"),
    ],
)
def test_the_canonical_form_is_that_of_rfc_8785(document, data):
    assert wire.canonical(document) == data


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ([1.0], "WIRE-005"),
        ([float("nan")], "WIRE-005"),
        ({"a": 2**53 + 1}, "WIRE-006"),
        ({"a": "\u202e"}, "WIRE-008"),
        ({"\x00": 1}, "WIRE-008"),
        (["\ud800"], "WIRE-008"),
        ([[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]], "WIRE-007"),
    ],
)
def test_what_no_reader_would_take_is_not_written(document, code):
    with pytest.raises(WireError) as caught:
        wire.canonical(document)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("change", "place", "reason"),
    [
        ((b'"count":0', b'"count":"0"'), "count", "int_type"),
        ((b'"count":0', b'"count":true'), "count", "int_type"),
        ((b'"count":0', b'"count":0,"more":1'), "more", "extra_forbidden"),
        ((b'"from":"vnm/a05",', b""), "from", "missing"),
        ((b'"from"', b'"sender"'), "from", "missing"),
        ((b"vnm/a05", b"VNM"), "from", "VALUE-006"),
        ((b'"version":1', b'"version":2'), "version", "literal_error"),
    ],
)
def test_a_wrong_member_is_told_by_its_place_and_reason(change, place, reason):
    error = refusal(GOOD.replace(*change))
    assert (error.code, error.fields) == ("WIRE-010", {"place": place, "reason": reason})


@pytest.mark.parametrize("data", [b"[]", b"1", b'"text"', b"null"])
def test_what_is_no_object_is_no_document(data):
    assert refusal(data).fields["place"] == "the document"


def test_what_a_wrong_member_held_is_not_told():
    assert "Trần" not in str(refusal(GOOD.replace(b"vnm/a05", "Trần Thị Mai".encode())))


@pytest.mark.parametrize("name", ["type", "version"])
def test_a_document_names_its_own_type_and_version(name):
    members = {"type": b',"type":"sample"', "version": b',"version":1'}
    error = refusal(GOOD.replace(members[name], b""))
    assert (error.code, error.fields) == ("WIRE-012", {"member": name})


def test_the_schema_names_members_as_they_travel_and_closes_the_document():
    schema = wire.schema(Sample)
    assert set(schema["properties"]) == {"type", "version", "from", "count", "note"}
    assert schema["additionalProperties"] is False
