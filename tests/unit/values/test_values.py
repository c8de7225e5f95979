import json
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest
from pydantic import TypeAdapter, ValidationError

from rogatory import values
from rogatory.errors import ValuesError
from rogatory.values import alike, reading

VECTORS = Path(__file__).parents[3] / "vectors" / "values"


def test_the_normalised_form_cannot_be_handed_in():
    with pytest.raises(ValuesError, match="VALUE-026"):
        values.read("domain", "bank.net", normalised="evil.net")


def test_an_unknown_member_is_refused_and_its_name_is_not_repeated():
    with pytest.raises(ValuesError, match="VALUE-026") as caught:
        values.read("domain", "bank.net", **{"\x1b[2JTran": 1})
    assert "Tran" not in str(caught.value)


def test_an_error_does_not_repeat_the_identifier():
    with pytest.raises(ValuesError) as caught:
        values.read("phone", "0901 234 567")
    assert "0901" not in str(caught.value) + caught.value.explain()


def test_a_validation_error_without_a_cause_of_this_room_has_none():
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(values.Identifier).validate_json('{"kind": "ip_address"}')
    assert values.cause_of(caught.value) is None


def test_kinds_name_every_member_of_the_union():
    schema = TypeAdapter(values.Identifier).json_schema()
    assert set(values.KINDS) == set(schema["discriminator"]["mapping"])


def test_python_gets_an_identifier_that_cannot_be_changed():
    read = values.read("iban", "GB29NWBK60161331926819")
    with pytest.raises(ValidationError):
        read.normalised = "x"
    assert hash(read) == hash(values.read("iban", "GB29NWBK60161331926819"))


@pytest.mark.parametrize(
    ("verbatim", "particulars", "instant", "zone"),
    [
        ("13/3/2028 21:40 +7", {"order": "dmy"}, "2028-03-13T14:40:00Z", "+07:00"),
        ("3/13/2028 21:40 UTC+7", {"order": "mdy"}, "2028-03-13T14:40:00Z", "+07:00"),
        ("2028-03-13 14:40:09.25 UTC", {}, "2028-03-13T14:40:09.250000Z", "+00:00"),
        ("2028-03-13T09:10:00-0530", {}, "2028-03-13T14:40:00Z", "-05:30"),
        ("12/03/2028 23:47", {"order": "dmy", "zone": "+07:00"}, "2028-03-12T16:47:00Z", "+07:00"),
        ("٢٠٢٨-٠٣-١٣ ١٤:٤٠ Z", {}, "2028-03-13T14:40:00Z", "+00:00"),
    ],
)
def test_a_time_is_read_where_order_and_zone_are_stated(verbatim, particulars, instant, zone):
    read = values.read_moment(verbatim, **particulars)
    assert values.instant_text(read.normalised) == instant
    assert read.zone == zone
    assert read.verbatim == verbatim


@pytest.mark.parametrize(
    ("verbatim", "particulars"),
    [
        ("12/03/2028 23:47", {"order": "dmy"}),
        ("23:47", {"zone": "+07:00"}),
        ("31/02/2028 23:47 +7", {"order": "dmy"}),
        ("12/03/2028 24:00 +7", {"order": "dmy"}),
        ("2028-03-12 23:47 +19", {}),
        ("0001-01-01 00:00 +7", {}),
        ("all", {}),
    ],
)
def test_what_a_text_does_not_say_is_not_invented(verbatim, particulars):
    read = values.read_moment(verbatim, **particulars)
    assert read.normalised is None
    assert read.zone == particulars.get("zone")


@pytest.mark.parametrize(
    ("particulars", "code"),
    [
        ({"zone": "+01:00"}, "VALUE-029"),
        ({"zone": "Paris"}, "VALUE-027"),
        ({"error_seconds": -1}, "VALUE-026"),
        ({"clock_source": ""}, "VALUE-002"),
    ],
)
def test_a_moment_that_contradicts_itself_is_refused(particulars, code):
    with pytest.raises(ValuesError, match=code):
        values.read_moment("2028-03-13T21:40:00+07:00", **particulars)


def test_a_zone_is_an_offset():
    assert values.zone_of("-03:30").utcoffset(None).total_seconds() == -12_600
    with pytest.raises(ValuesError, match="VALUE-027"):
        values.zone_of("Z")


def test_a_category_has_the_words_of_the_treaty():
    assert [each.value for each in values.DataCategory] == [
        "traffic_data",
        "content_data",
        "subscriber_information",
        "electronic_data",
    ]


def test_brackets_without_end_cost_no_more_than_their_length():
    assert reading.refang("[" * 4096) == "[" * 4096


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("svadm1n", (6,)),
        ("mai", ()),
        ("2024", ()),
        ("aI", (2,)),
        ("l0", (1, 2)),
        ("p\u0430y", (2,)),
        ("мама", ()),
    ],
)
def test_characters_that_can_be_taken_for_others_are_placed(text, places):
    assert alike.ambiguous(text) == places


def test_every_doubt_in_the_catalogue_is_given_by_a_vector():
    page = files("rogatory").joinpath("locale", "en", "values.toml").read_text(encoding="utf-8")
    known = {code for code in tomllib.loads(page) if code.startswith("DOUBT-")}
    seen = set()
    for name in ("reading.json", "documents.json"):
        for case in json.loads((VECTORS / name).read_text(encoding="utf-8"))["cases"]:
            seen |= set(case.get("doubts", ()))
    assert seen == known


def test_equal_doubts_are_equal_and_carry_their_fields():
    (first,) = values.doubts(values.read("ip_address", "10.0.0.1"))
    assert first == values.doubts(values.read("ip_address", "10.9.9.9"))[0]
    assert first.fields == {"range": "10.0.0.0/8"}
    assert "10.0.0.0/8" in first.sentence()


def test_doubts_of_both_ends_of_a_period_are_told():
    end = values.read_moment("2028-03-13 21:40 +7")
    assert [each.code for each in values.doubts(values.Period(end=end))] == ["DOUBT-030"]
