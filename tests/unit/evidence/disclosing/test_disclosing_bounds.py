"""What a disclosure cannot do: open anything else, or say what was not sealed."""

from __future__ import annotations

import base64
import json

import pytest

from rogatory import wire
from rogatory.envelopes import chunks, dsse
from rogatory.evidence import (
    disclosed,
    inspect,
    open_disclosure,
    trees,
    verify_disclosure,
    verify_with_key,
)
from support.claims import refused
from support.disclosures import DISK, LOG, lines_of
from support.packages import ASKING, basis, decryption
from support.world import counting_random


def texts_in(value):
    """Every text in a document, however deep."""
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for each in inner for text in texts_in(each)]


def bytes_of(text):
    for read in (base64.b64decode, bytes.fromhex):
        try:
            yield read(text)
        except ValueError:
            continue


def secrets_in(made):
    """Every 32 bytes that a reader of a disclosure holds, wherever they stand."""
    seal = json.loads(dsse.read((made.path / "seal.dsse.json").read_bytes()).payload)
    documents = [*lines_of(made), json.loads((made.path / "disclosure.json").read_bytes()), seal]
    held = [data for text in texts_in(documents) for data in bytes_of(text)]
    names = ("hashes.bin", "keys.bin", "chunks.idx")
    held += [(made.path / name).read_bytes() for name in names if (made.path / name).exists()]
    return {data[at : at + 32] for data in held for at in range(len(data) - 31)}


@pytest.mark.parametrize("whole", [True, False])
def test_nothing_else_in_the_package_opens_with_what_was_given(package, bag, give, whole):
    """Whoever holds the whole package, and a disclosure, tries everything it was given on everything else."""
    made = give(files=[LOG]) if whole else give(ranges={DISK: (0, 0)})
    held = secrets_in(made)
    assert len(held) > 100
    seal = inspect(package).seal
    identity = bytes.fromhex(seal.package)
    # The package key, and with it everything else.
    assert all(chunks.package_commitment(each, identity).hex() != seal.commitment for each in held)
    assert all(chunks.package_commitment(each, b"").hex() != seal.commitment for each in held)
    entries = [json.loads(each) for each in (bag / "rogatory/entries.jsonl").read_bytes().splitlines()]
    given = {each.number for each in made.given}
    commitments = {
        each["keys"]["commitment"]: number
        for number, each in enumerate(entries)
        if "keys" in each and (not whole or number not in given)
    }
    # The key of another file; of a range, that of its own file too.
    derived = held | {
        chunks.file_key(each, identity, number, base64.b64decode(entry["keys"]["salt"]))
        for number, entry in enumerate(entries)
        if "keys" in entry
        for each in held
    }
    assert not {chunks.key_commitment(each).hex() for each in derived} & set(commitments)
    # The key of any chunk that was not given, of files and of the table.
    rows = b"".join((package / name).read_bytes() for name in ("data/000001.idx", "legal/000001.idx"))
    table = (package / "entries.enc").read_bytes()
    others = {rows[at + 32 : at + 64] for at in range(0, len(rows), 64)} | {table[32:64]}
    own = (made.path / "chunks.idx").read_bytes()
    others -= {own[at + 32 : at + 64] for at in range(0, len(own), 64)}
    tried = set(held) | {chunks.table_key(each, identity, "entries.enc") for each in held}
    for each in held:
        tried |= {chunks.chunk_key(each, index, last=last) for index in range(4) for last in (True, False)}
    assert not {chunks.key_commitment(each) for each in tried} & others
    # The hiding key, from which the salts of hidden members would follow.
    salts = bytes.fromhex((bag / "rogatory/salts.txt").read_text().splitlines()[0])
    fields = trees.entry_fields(entries[0])
    leaf = disclosed.leaf_of(fields, [salts[at : at + 16] for at in range(0, len(salts), 16)], {})
    assert leaf not in {trees.entry_leaf(fields, 0, each) for each in held}


def test_the_right_key_would_open_what_the_wrong_ones_do_not(package, bag, give):
    """The test above is not vacuous: by the same means, what was given does open."""
    made = give(files=[LOG])
    held = secrets_in(made)
    entries = [json.loads(each) for each in (bag / "rogatory/entries.jsonl").read_bytes().splitlines()]
    [given] = made.given
    own = entries[given.number]["keys"]["commitment"]
    assert own in {chunks.key_commitment(each).hex() for each in held}


def test_every_byte_of_a_small_disclosure_counts(give, tmp_path):
    """One bit is turned in every byte of what is not explanation; each time it is refused."""
    made = give(members={LOG: ["size"]})
    names = ["disclosure.json", "entries.jsonl", "hashes.bin"]
    total = 0
    for name in names:
        data = (made.path / name).read_bytes()
        for at in range(len(data)):
            changed = bytearray(data)
            changed[at] ^= 1 << (at % 8)
            (made.path / name).write_bytes(changed)
            refused(verify_disclosure, made.path, basis())
            total += 1
        (made.path / name).write_bytes(data)
    verify_disclosure(made.path, basis())
    assert total > 600


def test_the_folder_holds_what_a_disclosure_has_and_nothing_else(give):
    made = give(files=[LOG])
    (made.path / "more.txt").write_bytes(b"")
    assert refused(verify_disclosure, made.path, basis()) == "EVID-022"
    (made.path / "more.txt").unlink()
    (made.path / "hashes.bin").unlink()
    assert refused(verify_disclosure, made.path, basis()) == "EVID-021"


def test_opening_a_disclosure_leaves_a_bag_or_nothing(give, tmp_path):
    made = give(files=[LOG])
    (made.path / "chunks.bin").write_bytes(b"x" * 920)
    act = (made.path, tmp_path / "bag", basis())
    assert refused(open_disclosure, *act, random=counting_random()) == "ENV-032"
    assert not (tmp_path / "bag").exists()


def test_disclosing_reads_the_package_and_never_writes_to_it(package, give):
    before = {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in package.rglob("*")}
    give(files=[LOG])
    assert {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in package.rglob("*")} == before


def test_a_disclosure_is_no_package_and_a_package_no_disclosure(package, give):
    made = give(files=[LOG])
    assert refused(verify_with_key, made.path, decryption(ASKING), basis()) == "EVID-021"
    assert refused(verify_disclosure, package, basis()) == "EVID-021"


def bend(made, change):
    """Change the one line of a disclosure and write it canonically again."""
    [line] = lines_of(made)
    (made.path / "entries.jsonl").write_bytes(wire.canonical(change(line)) + b"\n")


def test_content_without_what_checks_it_is_refused(give):
    """``check_shown``: a key without the commitment, or a range without the root, could not be judged."""
    made = give(members={LOG: ["size"]})
    bend(made, lambda line: {**line, "key": "A" * 43 + "="})
    assert refused(verify_disclosure, made.path, basis()) == "EVID-202"
    bend(
        made,
        lambda line: (
            {key: each for key, each in line.items() if key != "key"} | {"chunks": {"first": 0, "count": 1}}
        ),
    )
    assert refused(verify_disclosure, made.path, basis()) == "EVID-202"


@pytest.mark.parametrize(("first", "count"), [(0, 4), (3, 1), (2**40, 1)])
def test_a_range_beyond_its_file_is_refused(give, first, count):
    """``check_part``: else a hostile number would be walked to."""
    made = give(ranges={DISK: (0, 0)})
    bend(made, lambda line: {**line, "chunks": {"first": first, "count": count}})
    assert refused(verify_disclosure, made.path, basis()) == "EVID-202"


@pytest.mark.parametrize("name", ["chunks.bin", "chunks.idx", "keys.bin"])
def test_what_ends_too_early_is_refused(give, name):
    """``check_enough``."""
    made = give(ranges={DISK: (0, 0)})
    data = (made.path / name).read_bytes()
    (made.path / name).write_bytes(data[:-1])
    assert refused(verify_disclosure, made.path, basis()) == "EVID-206"


def test_a_member_that_no_entry_has_is_refused(give):
    made = give(members={LOG: ["size"]})
    bend(made, lambda line: {**line, "entry": {"colour": "red"}})
    assert refused(verify_disclosure, made.path, basis()) == "WIRE-010"
