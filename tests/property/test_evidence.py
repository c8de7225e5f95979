"""Whatever bytes a package holds, reading it ends with an answer or with one of our errors."""

from __future__ import annotations

import base64
import io
import json
import os
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rogatory.envelopes import chunks
from rogatory.envelopes.chunks import CHUNK_SIZE, ROW_SIZE, TAG_SIZE, Row
from rogatory.errors import RogatoryError
from rogatory.evidence import names, open_package, verify, verify_with_key
from rogatory.evidence.tables import TableWriter, read_lines
from support.crafting import Craft
from support.packages import ASKING, basis, decryption, make
from support.world import counting_random

KEY = b"k" * 32
GOOD = json.loads((Path(__file__).parents[2] / "vectors/evidence/good.json").read_text(encoding="utf-8"))[
    "package"
]
FILES = {path: base64.b64decode(text) for path, text in GOOD.items()}
SHARED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])

system_names = st.binary(min_size=1, max_size=40).map(
    lambda raw: os.fsdecode(raw.replace(b"/", b"").replace(b"\x00", b"") or b"x")
)


def lay(folder, files):
    shutil.rmtree(folder, ignore_errors=True)
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def judged(package):
    """Return the error's code, or None if the package was verified by carrier and recipient."""
    try:
        verify(package, basis())
        verify_with_key(package, decryption(ASKING), basis())
    except RogatoryError as error:
        return error.code if len(str(error).splitlines()) == 1 else None
    return None


@SHARED
@given(path=st.sampled_from(sorted(FILES)), data=st.binary(max_size=300))
def test_random_bytes_in_place_of_a_file_are_refused(tmp_path, path, data):
    assert judged(lay(tmp_path / "package", FILES | {path: data})) is not None


@SHARED
@given(path=st.sampled_from(sorted(FILES)), where=st.integers(0), how=st.data())
def test_a_cut_a_repeat_or_a_swap_of_bytes_is_refused(tmp_path, path, where, how):
    data = FILES[path]
    place = where % len(data)
    change = how.draw(st.sampled_from(["cut", "repeat", "flip", "other"]))
    changed = {
        "cut": data[:place],
        "repeat": data[:place] + data[place:] * 2,
        "flip": data[:place] + bytes([data[place] ^ (1 << where % 8)]) + data[place + 1 :],
        "other": FILES[how.draw(st.sampled_from(sorted(set(FILES) - {path})))],
    }[change]
    assert judged(lay(tmp_path / "package", FILES | {path: changed})) is not None


@SHARED
@given(line=st.binary(max_size=200))
def test_whatever_a_hostile_sealer_writes_into_the_table_is_refused(tmp_path, line):
    package = lay(tmp_path / "package", Craft(line=lambda _: line).build())
    assert judged(package) is not None


members = st.dictionaries(
    st.sampled_from(["area", "kind", "path", "origin", "target", "size", "sha256", "keys", "place", "more"]),
    st.none() | st.integers(-5, 2**60) | st.text(max_size=9) | st.lists(st.integers(), max_size=2),
    max_size=4,
)


@SHARED
@given(changes=members)
def test_whatever_a_hostile_sealer_says_of_a_file_stays_inside(tmp_path, changes):
    craft = Craft(entries=lambda found: [{**found[0], **changes}, *found[1:]])
    package = lay(tmp_path / "package", craft.build())
    shutil.rmtree(tmp_path / "bag", ignore_errors=True)
    try:
        open_package(package, decryption(ASKING), tmp_path / "bag", basis(), random=counting_random())
    except RogatoryError:
        assert {each.name for each in tmp_path.iterdir()} == {"package"}
    else:
        assert {each.name for each in tmp_path.iterdir()} == {"package", "bag"}


@given(data=st.binary(max_size=100) | st.binary(min_size=ROW_SIZE, max_size=ROW_SIZE))
def test_random_rows_are_refused_or_read(data):
    if len(data) == ROW_SIZE and int.from_bytes(data[:4], "big") <= CHUNK_SIZE:
        assert Row.unpack(data).pack() == data
        return
    with pytest.raises(RogatoryError, match="ENV-030"):
        Row.unpack(data)


@given(data=st.binary(max_size=400))
def test_random_tables_are_refused(data):
    try:
        found = list(read_lines(io.BytesIO(data).read, len(data), KEY))
    except RogatoryError:
        return
    assert (data, found) == (b"", [])


@given(lines=st.lists(st.binary(max_size=50).map(lambda raw: re.sub(rb"[\x00\n]", b"", raw)), max_size=20))
def test_every_table_comes_back_as_it_was(lines):
    file = io.BytesIO()
    table = TableWriter(file, KEY, counting_random())
    for line in lines:
        table.add(line + b"\n")
    table.finish()
    file.seek(0)
    assert list(read_lines(file.read, table.size, KEY)) == lines


@given(plain=st.binary(max_size=500), index=st.integers(0, 2**40), last=st.booleans())
def test_every_chunk_opens_in_its_place_alone(plain, index, last):
    out = bytearray(len(plain) + TAG_SIZE)
    row = chunks.encrypt_chunk(KEY, index, b"n" * 12, plain, out, last=last)
    room = bytearray(row.length)
    chunks.decrypt_chunk(KEY, index, row, bytes(out), room, last=last)
    assert bytes(room) == plain
    for place in ((index + 1, last), (index, not last)):
        with pytest.raises(RogatoryError):
            chunks.decrypt_chunk(KEY, place[0], row, bytes(out), room, last=place[1])
    assert row.length <= CHUNK_SIZE


@given(name=system_names)
def test_a_portable_name_passes_and_gives_the_name_back(name):
    written = names.portable(name)
    if len(written.encode()) <= names.MAX_COMPONENT:
        assert names.fault(written) is None
    parts = re.split(r"=([0-9A-F]{2})", written)
    raw = b"".join(bytes.fromhex(each) if place % 2 else each.encode() for place, each in enumerate(parts))
    assert raw == os.fsencode(name)


@given(given=st.sets(system_names | st.text("aAbBéÉe\u0301=4161", min_size=1, max_size=4), max_size=12))
def test_names_of_one_folder_are_written_apart(given):
    found = names.portable_names(given)
    assert len({names.fold(each) for each in found.values()}) == len(given)


@given(path=st.text(max_size=60))
def test_a_path_without_fault_stays_below(path):
    if names.fault(path) is None:
        whole = os.path.normpath(f"/top/{path}")
        assert whole == f"/top/{path}"


@given(sizes=st.lists(st.integers(0, 300_000), min_size=1, max_size=5), seed=st.text("ab", max_size=3))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_files_of_any_size_come_back_as_they_were(tmp_path, sizes, seed):
    for name in ("source", "package", "bag"):
        shutil.rmtree(tmp_path / name, ignore_errors=True)
    (tmp_path / "source").mkdir()
    draw = counting_random(seed)
    for number, size in enumerate(sizes):
        (tmp_path / f"source/{number}").write_bytes(draw(size))
    sealed = make(tmp_path, tmp_path / "source", random=counting_random(seed))
    open_package(sealed.path, decryption(ASKING), tmp_path / "bag", basis(), random=draw)
    for number in range(len(sizes)):
        same = (tmp_path / f"source/{number}").read_bytes()
        assert (tmp_path / f"bag/data/source/{number}").read_bytes() == same
