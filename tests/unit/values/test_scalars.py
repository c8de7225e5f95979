from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from pydantic import TypeAdapter, ValidationError

from rogatory import values
from rogatory.errors import ValuesError


class Everything(values.Frozen):
    party: values.PartyCode
    authority: values.AuthorityId
    digest: values.Digest
    nonce: values.Nonce
    at: values.Instant
    day: values.Day
    language: values.LanguageTag
    data: values.Base64
    text: values.Text
    line: values.ShortText


GOOD = {
    "party": "vnm",
    "authority": "vnm/a05",
    "digest": "0" * 64,
    "nonce": "f" * 64,
    "at": "2028-03-13T18:32:04.500000Z",
    "day": "2028-03-13",
    "language": "zh-Hans",
    "data": "AAH/",
    "text": "Đà Nẵng\nHà Nội",
    "line": "Trần Thị Mai",
}


def _code(kind, value):
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python(value)
    return caught.value.errors()[0]["ctx"]["error"].code


def test_every_scalar_goes_through_json_and_back_unchanged():
    adapter = TypeAdapter(Everything)
    first = adapter.validate_python(GOOD)
    again = adapter.validate_json(first.model_dump_json())
    assert again == first
    assert first.model_dump(mode="json") == GOOD
    assert first.data == b"\x00\x01\xff"
    assert first.at == datetime(2028, 3, 13, 18, 32, 4, 500_000, tzinfo=UTC)
    assert first.day == date(2028, 3, 13)


def test_a_model_is_frozen_closed_and_silent_about_its_input():
    made = Everything.model_validate(GOOD)
    with pytest.raises(ValidationError):
        made.party = "fra"
    with pytest.raises(ValidationError):
        Everything.model_validate({**GOOD, "extra": 1})
    with pytest.raises(ValidationError) as caught:
        Everything.model_validate({**GOOD, "line": "Tr\u1ea7n Th\u1ecb Mai\x00"})
    assert "Mai" not in str(caught.value)


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        (values.PartyCode, 4, "VALUE-001"),
        (values.Text, "", "VALUE-002"),
        (values.Text, "x" * 20_001, "VALUE-002"),
        (values.ShortText, "x" * 201, "VALUE-002"),
        (values.Text, "a\tb", "VALUE-003"),
        (values.Text, "a\u202eb", "VALUE-003"),
        (values.Text, "a\u2066b", "VALUE-003"),
        (values.Text, "a\x85b", "VALUE-003"),
        (values.Text, "a\ud800b", "VALUE-003"),
        (values.ShortText, "a\nb", "VALUE-004"),
        (values.ShortText, "a\u2028b", "VALUE-004"),
        (values.PartyCode, "VNM", "VALUE-005"),
        (values.PartyCode, "vnm\n", "VALUE-005"),
        (values.AuthorityId, "vnm/-a", "VALUE-006"),
        (values.AuthorityId, "vnm/" + "a" * 41, "VALUE-006"),
        (values.Digest, "A" * 64, "VALUE-007"),
        (values.Nonce, "0" * 63, "VALUE-007"),
        (values.LanguageTag, "FR", "VALUE-008"),
        (values.Instant, "2028-03-13T18:32:04+00:00", "VALUE-009"),
        (values.Instant, "2028-02-30T18:32:04Z", "VALUE-009"),
        (values.Instant, "2028-03-13T23:59:60Z", "VALUE-009"),
        (values.Instant, "2028-03-13T18:32:04.1234567Z", "VALUE-009"),
        (values.Instant, "٢٠٢٨-03-13T18:32:04Z", "VALUE-009"),
        (values.Instant, 1_836_585_124, "VALUE-001"),
        (values.Day, "20280313", "VALUE-009"),
        (values.Day, "2028-13-01", "VALUE-009"),
        (values.Day, datetime(2028, 3, 13, tzinfo=UTC), "VALUE-001"),
        (values.Instant, datetime(2028, 3, 13), "VALUE-010"),  # noqa: DTZ001  # naive is the point
        (values.Instant, datetime(2028, 3, 13, tzinfo=timezone(timedelta(hours=7))), "VALUE-010"),
        (values.Base64, "AAH_", "VALUE-011"),
        (values.Base64, "AA", "VALUE-011"),
        (values.Base64, "AB==", "VALUE-011"),
        (values.Base64, "AA==\n", "VALUE-011"),
        (values.Base64, "é", "VALUE-011"),
        (values.Base64, "A" * (3 * (1 << 19) + 4), "VALUE-002"),
    ],
)
def test_a_malformed_scalar_is_refused_with_its_code(kind, value, code):
    assert _code(kind, value) == code


def test_the_party_of_an_authority_is_its_first_part():
    assert values.party_of("fra/ocac") == "fra"
    with pytest.raises(ValuesError, match="VALUE-006"):
        values.party_of("fra")


def test_an_instant_has_one_text():
    assert (
        values.instant_text(values.parse_instant("2028-03-13T18:32:04.5Z")) == "2028-03-13T18:32:04.500000Z"
    )
    assert values.instant_text(values.parse_instant("2028-03-13T18:32:04.000Z")) == "2028-03-13T18:32:04Z"
    with pytest.raises(ValuesError, match="VALUE-010"):
        values.instant_text(datetime(2028, 3, 13))  # noqa: DTZ001  # naive is the point


@pytest.mark.parametrize("year", ["0001", "9999"])
def test_the_first_and_the_last_year_of_the_calendar_are_left_free(year):
    for read_, text in (
        (values.parse_instant, f"{year}-06-01T00:00:00Z"),
        (values.parse_day, f"{year}-06-01"),
    ):
        with pytest.raises(ValuesError, match="VALUE-009"):
            read_(text)
    for kind, value in (
        (values.Instant, datetime(int(year), 6, 1, tzinfo=UTC)),
        (values.Day, date(int(year), 6, 1)),
    ):
        with pytest.raises(ValidationError, match="VALUE-009"):
            TypeAdapter(kind).validate_python(value)
    assert values.parse_instant("9998-12-31T23:59:59Z").astimezone(timezone(timedelta(hours=14))).year == 9999
    assert values.parse_instant("0002-01-01T00:00:00Z").astimezone(timezone(timedelta(hours=-12))).year == 1
