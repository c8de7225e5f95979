"""Disclosing: what is given is proved under the original seal, and nothing else opens with it."""

from __future__ import annotations

import hashlib
import itertools
import json
import shutil

import pytest

from rogatory.errors import RogatoryError
from rogatory.evidence import (
    Selection,
    Withholding,
    disclose,
    inspect,
    verify_disclosure,
)
from rogatory.evidence.subtrees import Leaves, hashes_beside, root_from
from support.claims import codes, refused
from support.crafting import merkle
from support.disclosures import DISK, LOG, MEBIBYTE, lines_of
from support.packages import ASKING, AT, SEALER, basis, decryption, files_of, make
from support.world import counting_random


@pytest.mark.parametrize("size", [1, 2, 3, 5, 8, 13])
def test_the_hashes_beside_any_leaves_lead_to_the_root_of_the_tree(size):
    leaves, every = Leaves(), [hashlib.sha256(bytes([each])).digest() for each in range(size)]
    for each in every:
        leaves.add(each)
    for count in range(size + 1):
        for shown in itertools.combinations(range(size), count):
            hashes = hashes_beside(leaves, shown)
            rest = iter(hashes)
            found = root_from(size, {each: every[each] for each in shown}, lambda rest=rest: next(rest))
            assert found == merkle(every).hex()
            assert next(rest, None) is None
            if count == 1:
                assert len(hashes) <= (size - 1).bit_length()


def test_one_file_is_given_whole_and_is_the_one_that_was_sealed(package, bag, give, bag_of):
    made = give(files=[f"data/{LOG}"])
    opened, found = bag_of(made)
    assert files_of(opened / "data") == [LOG]
    assert (opened / "data" / LOG).read_bytes() == (bag / "data" / LOG).read_bytes()
    assert (opened / "manifest-sha256.txt").read_text() in (bag / "manifest-sha256.txt").read_text()
    assert found.seal == made.seal == inspect(package).digest
    assert codes(found.proves) == ["EVID-243", "EVID-244", "EVID-245"]
    assert codes(found.does_not_prove) == ["EVID-255", "EVID-141", "EVID-251", "EVID-147", "EVID-144"]
    assert codes(found.steps) == [
        "EVID-101",
        "EVID-102",
        "EVID-233",
        "EVID-234",
        "EVID-106",
        "EVID-236",
        "EVID-237",
        "EVID-238",
    ]
    assert found.sealed_by == SEALER
    for name in ("seal.dsse.json", "trust/bundle.json"):
        assert (made.path / name).read_bytes() == (package / name).read_bytes()


def test_several_files_folders_and_papers_are_given_together(bag, give, bag_of):
    opened, found = bag_of(give(files=["case/logs", "legal/order.txt", DISK]))
    assert files_of(opened / "data") == [DISK, LOG, "case/logs/empty.log"]
    assert (opened / "legal/order.txt").read_bytes() == b"Order 2028/0312"
    assert (opened / "data" / DISK).read_bytes() == (bag / "data" / DISK).read_bytes()
    assert found.files == 4


def test_a_range_is_rounded_out_to_chunks_and_said_to_be_a_part(bag, give, bag_of):
    made = give(ranges={DISK: (MEBIBYTE + 5, MEBIBYTE + 6)})
    [given] = made.given
    assert (given.first, given.last, given.whole) == (MEBIBYTE, 2 * MEBIBYTE - 1, False)
    opened, found = bag_of(made)
    [part] = (opened / "parts").iterdir()
    assert part.name == f"{given.number:06d}-{MEBIBYTE}-{2 * MEBIBYTE - 1}.bin"
    assert part.read_bytes() == (bag / "data" / DISK).read_bytes()[MEBIBYTE : 2 * MEBIBYTE]
    assert "part of the sealed ciphertext" in found.proves[2].sentence()
    assert "EVID-252" in codes(found.does_not_prove)
    [line] = lines_of(made)
    assert "sha256" not in line["entry"]
    assert "keys" not in line["entry"]
    assert "key" not in line
    assert len((made.path / "keys.bin").read_bytes()) == 32


def test_the_last_chunk_of_a_file_is_given_as_such(bag, give, bag_of):
    size = (bag / "data" / DISK).stat().st_size
    made = give(ranges={DISK: (size - 1, size - 1)})
    opened, _ = bag_of(made)
    [part] = (opened / "parts").iterdir()
    assert part.read_bytes() == (bag / "data" / DISK).read_bytes()[2 * MEBIBYTE :]


def test_a_full_verification_that_is_recorded_is_told_as_the_words_of_who_disclosed(package, tmp_path):
    selection = Selection(ranges={DISK: (0, 0)})
    disclose(
        package,
        decryption(ASKING),
        selection,
        tmp_path / "part",
        random=counting_random(),
        verified_at=AT,
    )
    doubts = codes(verify_disclosure(tmp_path / "part", basis()).does_not_prove)
    assert "EVID-253" in doubts
    assert "EVID-252" not in doubts


def test_members_of_an_entry_are_shown_one_by_one(give, bag_of):
    made = give(members={LOG: ["size", "modified"]})
    [line] = lines_of(made)
    assert sorted(line["entry"]) == ["modified", "size"]
    assert len(line["hidden"]) == 6
    assert LOG not in (made.path / "entries.jsonl").read_text()
    opened, found = bag_of(made)
    assert files_of(opened / "data") == []
    assert codes(found.proves) == ["EVID-243", "EVID-244"]


@pytest.mark.parametrize("name", ["area", "kind", "keys", "modified", "path", "place", "sha256", "size"])
def test_any_member_can_be_shown_alone(give, name):
    made = give(members={LOG: [name]})
    [line] = lines_of(made)
    assert list(line["entry"]) == [name]
    verify_disclosure(made.path, basis())


def test_the_proof_of_one_file_of_100000_is_at_most_1_kib_plus_the_entry(tmp_path):
    """The table alone is made: 100,000 entries in a tree, one of them shown."""
    leaves = Leaves()
    for number in range(100_000):
        leaves.add(hashlib.sha256(number.to_bytes(8, "big")).digest())
    hashes = 32 * max(len(hashes_beside(leaves, [number])) for number in (0, 1, 65_535, 65_536, 99_999))
    assert hashes == 32 * 17
    source = tmp_path / "case"
    source.mkdir()
    (source / "a.log").write_bytes(b"a")
    made = make(tmp_path, source)
    shown = disclose(
        made.path,
        decryption(ASKING),
        Selection(files=["case/a.log"]),
        tmp_path / "part",
        random=counting_random(),
    )
    # The number of the entry has five digits more at the end of such a table.
    assert shown.proof + hashes + 5 <= 1024


def test_a_redacted_bundle_accounts_for_every_entry_and_hides_names(give, bag_of):
    made = give(
        withheld=[Withholding("case/logs", "legal privilege"), Withholding("case/README", "another person")],
        members={"case/README": ["path"]},
    )
    header = json.loads((made.path / "disclosure.json").read_bytes())
    assert [each["reason"] for each in header["withheld"]] == ["another person", "legal privilege"]
    assert made.withheld == 4
    text = (made.path / "entries.jsonl").read_text()
    assert "case/README" in text
    assert "access.log" not in text
    opened, found = bag_of(made)
    assert files_of(opened / "data") == [
        "case/12=3A30 100=25.txt",
        "case/=52eadme",
        "case/caf=E9",
        DISK,
    ]
    assert {"EVID-247", "EVID-245"} <= set(codes(found.proves))
    assert "EVID-254" in codes(found.does_not_prove)


def test_a_range_of_a_withheld_file_is_given_and_listed(give, bag_of):
    made = give(withheld=[Withholding("case/logs", "privilege")], ranges={DISK: (0, 0)})
    header = json.loads((made.path / "disclosure.json").read_bytes())
    assert [each["reason"] for each in header["withheld"]] == ["the rest is withheld", "privilege"]
    _, found = bag_of(made)
    assert "EVID-246" in codes(found.proves)


def test_withholding_nothing_gives_everything(package, bag, give, bag_of):
    opened, found = bag_of(give(withheld=[]))
    assert files_of(opened / "data") == files_of(bag / "data")
    assert (opened / "manifest-sha256.txt").read_bytes() == (bag / "manifest-sha256.txt").read_bytes()
    assert (opened / "rogatory/entries.jsonl").read_bytes() == (bag / "rogatory/entries.jsonl").read_bytes()
    assert (opened / "rogatory/salts.txt").read_bytes() == (bag / "rogatory/salts.txt").read_bytes()
    assert "EVID-251" not in codes(found.does_not_prove)


def test_what_cannot_be_meant_is_refused_and_leaves_nothing(give, tmp_path):
    for code, changes in {
        "EVID-207": {"files": ["case/nothing"]},
        "EVID-208": {"ranges": {LOG: (5, 100_000)}},
        "EVID-209": {"members": {LOG: ["colour"]}},
        "EVID-210": {},
    }.items():
        assert refused(give, **changes) == code
    assert refused(give, ranges={"case/link": (0, 0)}) == "EVID-208"
    assert refused(give, ranges={LOG: (6, 5)}) == "EVID-208"
    assert list(tmp_path.iterdir()) == []


def test_a_word_means_one_file_only(give):
    """Below ``legal/`` and ``data/`` a word means that area and never a file of that name elsewhere."""
    assert refused(give, files=["order.txt"]) == "EVID-207"
    assert refused(give, files=["legal/case/logs/access.log"]) == "EVID-207"


def test_it_is_not_written_into_the_package_nor_over_anything(package, give, tmp_path):
    (tmp_path / "part").mkdir()
    assert refused(give, files=[LOG]) == "EVID-004"
    with pytest.raises(RogatoryError) as caught:
        disclose(
            package, decryption(ASKING), Selection(files=[LOG]), package / "part", random=counting_random()
        )
    assert caught.value.code == "EVID-012"


def test_keys_that_an_earlier_process_left_when_it_was_killed_are_removed(give, tmp_path):
    left = tmp_path / ".part.0123abcd.part"
    left.mkdir()
    (left / "entries.jsonl").write_bytes(b"keys")
    give(files=[LOG])
    assert not left.exists()


def test_who_has_no_key_discloses_nothing(package, tmp_path):
    act = (package, decryption("xtp/cyber"), Selection(files=[LOG]), tmp_path / "part")
    assert refused(disclose, *act, random=counting_random()) == "EVID-060"


def test_a_damaged_file_is_not_disclosed_and_others_are(package, give, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(package, copy)
    data = bytearray((copy / "data/000001.bin").read_bytes())
    data[MEBIBYTE] ^= 1
    (copy / "data/000001.bin").write_bytes(data)
    key = decryption(ASKING)
    for out, path, code in (("a", DISK, "ENV-032"), ("b", LOG, None)):
        act = (copy, key, Selection(files=[path]), tmp_path / out)
        if code is None:
            disclose(*act, random=counting_random(out))
        else:
            assert refused(disclose, *act, random=counting_random(out)) == code
