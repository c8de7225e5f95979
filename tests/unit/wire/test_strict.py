"""What the vectors cannot show of strict reading: places, and what an error tells."""

import pytest

from rogatory import wire
from rogatory.errors import WireError
from rogatory.values.text import FORBIDDEN, forbidden_in
from rogatory.wire import strict


def refusal(data, **limits):
    with pytest.raises(WireError) as caught:
        wire.parse(data, **limits)
    return caught.value


def test_a_document_of_the_greatest_size_is_read():
    data = b'"' + b"a" * (wire.MAX_SIZE - 2) + b'"'
    assert len(wire.parse(data)) == wire.MAX_SIZE - 2


def test_one_byte_more_is_refused_before_reading():
    error = refusal(b"\xff" * (wire.MAX_SIZE + 1))
    assert (error.code, error.fields) == ("WIRE-001", {"size": wire.MAX_SIZE + 1, "limit": wire.MAX_SIZE})


def test_the_limit_is_the_callers():
    assert refusal(b"[1,2]", limit=4).code == "WIRE-001"


@pytest.mark.parametrize(("data", "place"), [(b'{"a" 1}', 5), (b"[1,]", 3), (b"", 0)])
def test_a_fault_of_syntax_is_told_by_its_place(data, place):
    assert refusal(data).fields == {"at": place}


def test_a_fault_of_encoding_is_told_by_its_place():
    assert refusal(b'["\xff"]').fields == {"at": 2}


def test_an_error_is_one_line_whatever_the_document_holds():
    told = str(refusal(b'{"\\u001b[2Jx": 1, "\\u001b[2Jx": 2}'))
    assert told == "WIRE-004 The document names a member twice: \N{REPLACEMENT CHARACTER}[2Jx."
    assert "\x1b" not in told


def test_a_long_name_is_not_repeated_whole():
    name = "a" * 500
    assert len(str(refusal(f'{{"{name}":1,"{name}":2}}'.encode()))) < 200


def test_marks_that_scripts_need_are_no_controls():
    for each in ("\u200e", "\u200f", "\u061c", "\u200d", "\u00ad"):
        assert wire.parse(f'["{each}"]'.encode()) == [each]


def test_every_character_that_printing_hides_is_asked_about():
    hidden = [chr(each) for each in range(0x110000) if FORBIDDEN.match(chr(each))]
    assert len(hidden) == 64 + 9 + 2048
    assert all(forbidden_in(f"a{each}") and forbidden_in(f"\u0103{each}") for each in hidden)


def test_a_document_of_the_usual_size_never_has_too_many_parts():
    assert wire.parse(b"[" + b"0," * (wire.MAX_SIZE // 2 - 2) + b"0]")


def test_a_larger_document_is_refused_for_its_parts_before_reading():
    for part in (b"0,", b"{},", b"[],"):
        error = refusal(b"[" + part * (1 << 20) + b"\xff", limit=8 << 20)
        assert (error.code, error.fields) == ("WIRE-013", {"limit": 1 << 20})


def test_an_object_of_too_many_members_is_refused():
    members = [f'"{number}":0' for number in range(strict.MAX_MEMBERS + 1)]
    assert wire.parse(f"{{{','.join(members[1:])}}}".encode())
    assert refusal(f"{{{','.join(members)}}}".encode()).fields == {"limit": strict.MAX_MEMBERS}
