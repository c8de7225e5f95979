"""Tables: lines in, lines out; anything else is refused."""

from __future__ import annotations

import io

import pytest

from rogatory.envelopes import chunks
from rogatory.envelopes.chunks import CHUNK_SIZE, TAG_SIZE
from rogatory.errors import RogatoryError
from rogatory.evidence import checks
from rogatory.evidence.tables import MAX_LINE, TableWriter, read_lines
from support.world import counting_random

KEY = b"k" * 32


def written(lines):
    file = io.BytesIO()
    table = TableWriter(file, KEY, counting_random())
    for line in lines:
        table.add(line)
    digest = table.finish()
    assert table.size == len(file.getvalue())
    return file.getvalue(), digest


def read(data):
    return list(read_lines(io.BytesIO(data).read, len(data), KEY))


def raw(*pieces):
    """Return a table of those chunks, whatever they hold."""
    records = []
    for index, plain in enumerate(pieces):
        out = bytearray(len(plain) + TAG_SIZE)
        last = index == len(pieces) - 1
        row = chunks.encrypt_chunk(KEY, index, bytes([index]) * 12, plain, out, last=last)
        records.append(row.pack() + bytes(out[: len(plain)]))
    return b"".join(records)


def refused(data):
    with pytest.raises(RogatoryError) as caught:
        read(data)
    return caught.value.code


@pytest.mark.parametrize("count", [0, 1, 1000, 60_000])
def test_lines_come_back_as_they_were(count):
    lines = [b'{"number":%d}\n' % number for number in range(count)]
    assert read(written(lines)[0]) == [line[:-1] for line in lines]


def test_sizes_are_padded_so_that_tables_of_nearly_one_length_look_alike():
    sizes = {len(written([b"x" * size + b"\n"])[0]) for size in range(1000, 1100)}
    assert len(sizes) < 5


def test_a_table_of_several_chunks_is_one_table():
    lines = [b"x" * 60_000 + b"\n"] * 40
    assert len(written(lines)[0]) > 2 * CHUNK_SIZE
    assert read(written(lines)[0]) == [line[:-1] for line in lines]


def test_a_table_cut_short_is_refused():
    data = written([b"x" * 60_000 + b"\n"] * 40)[0]
    assert refused(data[:-1]) == "EVID-041"
    assert refused(data[:40]) == "ENV-030"
    # At a record's end the rest looks whole; that the last chunk is missing is in the keys.
    assert refused(data[: CHUNK_SIZE + 64]) == "ENV-031"


def test_check_table_whole_stops_what_the_cipher_would_stop_anyway(monkeypatch):
    data = written([b"x\n"])[0]
    monkeypatch.setattr(checks, "check_table_whole", lambda *_: None)
    assert refused(data + b"more") in {"ENV-030", "ENV-031"}


def test_a_line_longer_than_any_entry_is_refused(monkeypatch):
    data = written([b"x" * (MAX_LINE + 1) + b"\n", b"y" * CHUNK_SIZE + b"\n"])[0]
    assert refused(data) == "EVID-041"
    monkeypatch.setattr(checks, "check_line_length", lambda *_: None)
    assert len(read(data)) == 2


@pytest.mark.parametrize("pieces", [(b"a\n", b"\x00"), (b"a\n\x00\x00\x00b",), (b"a\n\x00", b"b\n")])
def test_padding_of_another_shape_is_refused(pieces):
    assert refused(raw(*pieces)) == "EVID-041"
