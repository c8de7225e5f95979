"""Parts cut, swapped, repeated or taken from another package: none passes, with a key or without."""

from __future__ import annotations

import io

import pytest

from rogatory.envelopes.chunks import ROW_SIZE, Row
from rogatory.errors import RogatoryError
from rogatory.evidence import (
    Particulars,
    Selection,
    Terms,
    disclose,
    log_ring,
    segments,
    tables,
    verify,
    verify_disclosure,
    verify_with_key,
)
from support import receipts
from support.memory import Memory, of_folder
from support.packages import ASKING, AT, THIRD, basis, decryption, make
from support.world import counting_random

SIZE = 600
RECEIPT = "receipt/custody.json"
# Whoever has no key cannot tell one package's plaintext from another's; every name below is under the seal.
FILES = [
    *("README.txt", "seal.dsse.json", "recipients.json", "entries.enc", "case.enc", "trust/bundle.json"),
    *(
        f"{area}/{number:06d}.{end}"
        for area in ("data", "legal")
        for number in (1, 2)
        for end in ("bin", "idx")
    ),
]


def sealed(folder):
    """Seal files of one size, two a segment, with every other kind of file; two such packages look alike."""
    source, order = folder / "case", folder / "orders"
    source.mkdir(parents=True)
    order.mkdir()
    for number in range(6):
        (source / str(number)).write_bytes(counting_random(f"{folder.name}{number}")(SIZE))
        (order / str(number)).write_bytes(counting_random(f"{folder.name}order{number}")(SIZE))
    terms = Terms(legal=[order], trust=folder.name.encode() * 9, particulars=Particulars(title=folder.name))
    made = make(folder, source, terms=terms, random=counting_random(folder.name))
    receipts.receipt(made.path, ASKING, THIRD)
    return made.path


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    top = tmp_path_factory.mktemp("both")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(segments, "SEGMENT_SIZE", 2 * SIZE)
        patch.setattr(tables, "CHUNK_SIZE", 700)
        yield sealed(top / "one"), sealed(top / "two")


@pytest.fixture(scope="module")
def one(both):
    return of_folder(both[0])


@pytest.fixture(scope="module")
def two(both):
    return of_folder(both[1])


def refusals(files):
    """Return the codes with which a carrier and a recipient refuse a package."""
    codes = []
    believed = basis(ring=receipts.ring(), logs=log_ring(receipts.ring(), AT))
    for act in (
        lambda: verify(Memory(files), believed),
        lambda: verify_with_key(Memory(files), decryption(ASKING), believed),
    ):
        with pytest.raises(RogatoryError) as caught:
            act()
        assert len(str(caught.value).splitlines()) == 1
        codes.append(caught.value.code)
    return codes


def test_the_packages_look_alike_and_each_holds(one, two):
    assert {*FILES, RECEIPT} <= set(one)
    assert {path: len(data) for path, data in one.items()} == {path: len(data) for path, data in two.items()}
    believed = basis(ring=receipts.ring(), logs=log_ring(receipts.ring(), AT))
    for files in (one, two):
        assert verify_with_key(Memory(files), decryption(ASKING), believed).files == 12


def bends(data):
    return {
        "one byte short": data[:-1],
        "half": data[: len(data) // 2],
        "empty": b"",
        "twice": data * 2,
        "one byte long": data + b"\x00",
        "from its end": data[::-1],
    }


@pytest.mark.parametrize("path", [*FILES, RECEIPT])
def test_a_part_that_is_cut_repeated_or_goes_on_is_refused(one, path):
    for changed in bends(one[path]).values():
        assert changed != one[path]
        refusals(one | {path: changed})


@pytest.mark.parametrize("path", FILES)
def test_a_part_that_is_missing_is_refused(one, path):
    wanted = "EVID-020" if path == "seal.dsse.json" else "EVID-021"
    assert refusals({name: data for name, data in one.items() if name != path}) == [wanted, wanted]


@pytest.mark.parametrize("path", [*FILES, RECEIPT])
def test_a_part_of_another_package_is_refused(one, two, path):
    refusals(one | {path: two[path]})


@pytest.mark.parametrize("path", [*FILES, RECEIPT])
def test_a_part_in_the_place_of_another_is_refused(one, path):
    for other in {*FILES, RECEIPT} - {path}:
        refusals(one | {path: one[other]})
        refusals(one | {path: one[other], other: one[path]})


def test_a_receipt_of_another_package_is_for_another_seal(one, two):
    assert refusals(one | {RECEIPT: two[RECEIPT]}) == ["EVID-035", "EVID-035"]


# A carrier finds the root of the segment, a recipient before that a chunk under another key.
MOVED = ["EVID-032", "ENV-031"]


def segment(files, name):
    return {f"{name}.{end}": files[f"{name}.{end}"] for end in ("bin", "idx")}


def placed(files, name, place):
    return {f"{place}{path.removeprefix(name)}": data for path, data in segment(files, name).items()}


@pytest.mark.parametrize("area", ["data", "legal"])
def test_whole_segments_that_are_swapped_repeated_or_foreign_are_refused(one, two, area):
    first, second = f"{area}/000001", f"{area}/000002"
    swapped = placed(one, first, second) | placed(one, second, first)
    for change in (swapped, placed(one, first, second), segment(two, first)):
        assert refusals(one | change) == MOVED
    other = "legal" if area == "data" else "data"
    assert refusals(one | placed(one, f"{other}/000001", first)) == MOVED
    assert refusals(one | placed(one, first, f"{area}/000009")) == ["EVID-022", "EVID-022"]


def rows_of(data):
    return [data[start : start + ROW_SIZE] for start in range(0, len(data), ROW_SIZE)]


def test_rows_that_are_swapped_repeated_dropped_or_foreign_are_refused(one, two):
    path = "data/000001.idx"
    rows, foreign = rows_of(one[path]), rows_of(two[path])
    assert len(rows) == 2
    other_tag = rows[0][:16] + rows[1][16:32] + rows[0][32:]
    for changed, codes in (
        (rows[::-1], MOVED),
        ([rows[0], rows[0]], ["EVID-034", "EVID-034"]),
        ([rows[0], foreign[1]], MOVED),
        (foreign, MOVED),
        (rows[:1], ["EVID-025", "EVID-025"]),
        ([*rows, foreign[0]], ["EVID-025", "EVID-025"]),
        ([other_tag, rows[1]], ["EVID-032", "ENV-032"]),
    ):
        assert refusals(one | {path: b"".join(changed)}) == codes


def test_chunks_that_change_places_with_their_rows_are_refused(one):
    data, rows = one["data/000001.bin"], rows_of(one["data/000001.idx"])
    changed = {"data/000001.bin": data[SIZE:] + data[:SIZE], "data/000001.idx": b"".join(rows[::-1])}
    assert refusals(one | changed) == MOVED


def records_of(data):
    """Return the records of a table: each is a row and its ciphertext."""
    found = []
    while data:
        end = ROW_SIZE + Row.unpack(data[:ROW_SIZE]).length
        found.append(data[:end])
        data = data[end:]
    return found


def bent(records, foreign):
    return {
        "swapped": [records[1], records[0], *records[2:]],
        "repeated": [records[0], records[0], *records[2:]],
        "once more": [*records, records[-1]],
        "begun later": records[1:],
        "ended earlier": records[:-1],
        "left out": [records[0], *records[2:]],
        "foreign": [records[0], foreign[1], *records[2:]],
        "all foreign": foreign,
        "another's end": [*records[:-1], foreign[-1]],
    }


@pytest.mark.parametrize("path", ["entries.enc", "case.enc"])
def test_records_that_are_swapped_repeated_dropped_or_foreign_are_refused_by_the_seal(one, two, path):
    records, foreign = records_of(one[path]), records_of(two[path])
    assert len(records) > 2
    for changed in bent(records, foreign).values():
        assert set(refusals(one | {path: b"".join(changed)})) <= {"EVID-024", "EVID-025"}


def table(start, lines):
    file = io.BytesIO()
    made = tables.TableWriter(file, start.encode() * 32, counting_random(start))
    for number in range(lines):
        made.add(b"%04d" % number * 60 + b"\n")
    made.finish()
    return file.getvalue()


def test_records_are_refused_even_if_whoever_seals_moves_them(both):
    """A hostile sealer signs what it likes; a record's key says where it stands, and which is the last."""
    records, foreign = records_of(table("k", 12)), records_of(table("o", 12))
    assert len(records) > 3
    for name, changed in bent(records, foreign).items():
        data = b"".join(changed)
        with pytest.raises(RogatoryError) as caught:
            list(tables.read_lines(io.BytesIO(data).read, len(data), b"k" * 32))
        assert caught.value.code == "ENV-031", name


@pytest.fixture(scope="module")
def given(both, tmp_path_factory):
    """Disclosures: of one file, of another file, of a range, of a member; and of the other package."""
    top = tmp_path_factory.mktemp("given")
    asked = {
        "first": (0, Selection(files=["case/0"])),
        "second": (0, Selection(files=["case/1"])),
        "range": (0, Selection(ranges={"case/2": (0, 5)})),
        "foreign": (1, Selection(files=["case/0"])),
    }
    made = {}
    for name, (which, selection) in asked.items():
        disclose(both[which], decryption(ASKING), selection, top / name, random=counting_random(name))
        made[name] = of_folder(top / name)
        assert verify_disclosure(Memory(made[name]), basis())
    return made


# README.txt is explanation, and a receipt comes without logs here; neither is what a disclosure proves by.
FREE = {"README.txt", RECEIPT}


def not_disclosed(files):
    with pytest.raises(RogatoryError) as caught:
        verify_disclosure(Memory(files), basis())
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize("name", ["first", "range"])
def test_parts_of_a_disclosure_that_are_cut_repeated_or_missing_are_refused(given, name):
    files, count = given[name], 0
    for path in set(files) - FREE:
        if files[path]:
            for changed in bends(files[path]).values():
                not_disclosed(files | {path: changed})
                count += 1
        not_disclosed({each: data for each, data in files.items() if each != path})
    assert count >= 30


@pytest.mark.parametrize("other", ["second", "range", "foreign"])
def test_parts_of_another_disclosure_are_refused(given, other):
    files, count = given["first"], 0
    for path in set(files) & set(given[other]) - FREE:
        if given[other][path] != files[path]:
            not_disclosed(files | {path: given[other][path]})
            count += 1
    assert count >= 3


def test_parts_of_a_disclosure_that_change_places_are_refused(given):
    files = given["first"]
    names = sorted(set(files) - FREE)
    for path in names:
        for other in names:
            if files[path] != files[other]:
                not_disclosed(files | {path: files[other]})
                not_disclosed(files | {path: files[other], other: files[path]})
