"""Nothing that a killed opening left is trusted because it lies there."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from rogatory.errors import EvidenceError, RogatoryError
from rogatory.evidence import Folder, open_package, opening_of
from rogatory.evidence.journal import Journal, marks_of
from rogatory.evidence.opening import resuming
from support.packages import ASKED, ASKING, basis, decryption, make
from support.reopening import contents, cut_short, opened
from support.world import counting_random


def test_a_file_that_was_changed_meanwhile_is_not_trusted(place, at_once, monkeypatch, decrypted):
    opened(place.package, place.folder / "whole")
    every = len(decrypted)
    cut_short(place, monkeypatch, after=40)
    changed = opening_of(place.bag) / "bag/data/case/deep/large-0"
    facts = changed.stat()
    changed.write_bytes(b"x" * facts.st_size)
    os.utime(changed, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    decrypted.clear()
    opened(place.package, place.bag)
    assert len(decrypted) == every
    assert contents(place.bag) == contents(place.folder / "whole")


def test_a_file_that_is_gone_is_opened_again(place, at_once, monkeypatch):
    opened(place.package, place.folder / "whole")
    cut_short(place, monkeypatch, after=40)
    (opening_of(place.bag) / "bag/data/case/deep/large-0").unlink()
    opened(place.package, place.bag)
    assert contents(place.bag) == contents(place.folder / "whole")


def test_another_package_to_the_same_place_begins_anew(place, at_once, monkeypatch):
    cut_short(place, monkeypatch, after=40)
    (place.folder / "other").mkdir()
    other = make(place.folder / "other")
    opened(other, place.bag)
    opened(other, place.folder / "whole")
    assert contents(place.bag) == contents(place.folder / "whole")


def test_the_same_files_sealed_again_are_another_package(place, at_once, monkeypatch, decrypted):
    cut_short(place, monkeypatch, after=40)
    again = make(place.folder, place.folder / "case", out="again")
    decrypted.clear()
    opened(again, place.bag)
    assert len(decrypted) > 40


@pytest.mark.parametrize("segment", ["first", "last"])
def test_a_package_that_was_damaged_meanwhile_is_refused_and_nothing_stays(
    place, at_once, monkeypatch, segment
):
    """Also where it was opened before: the report says that every byte is the sealed one."""
    cut_short(place, monkeypatch, after=40)
    files = sorted((place.package.path / "data").glob("*.bin"))
    file = files[0 if segment == "first" else -1]
    data = bytearray(file.read_bytes())
    data[-1] ^= 1
    file.write_bytes(bytes(data))
    with pytest.raises(RogatoryError, match=r"ENV-|EVID-"):
        opened(place.package, place.bag)
    assert not list(place.folder.glob(".bag*"))
    assert not place.bag.exists()


def test_what_lies_in_a_folder_that_others_could_write_to_is_not_used(place, at_once, monkeypatch):
    opened(place.package, place.folder / "whole")
    cut_short(place, monkeypatch, after=40)
    part = opening_of(place.bag)
    part.chmod(0o755)
    (part / "bag/data/planted").write_bytes(b"planted")
    opened(place.package, place.bag)
    assert contents(place.bag) == contents(place.folder / "whole")


def test_a_folder_of_somebody_else_gets_no_plaintext(place, monkeypatch):
    part = opening_of(place.bag)
    part.mkdir(0o700)
    monkeypatch.setattr(os, "geteuid", lambda: part.stat().st_uid + 1)
    with pytest.raises(EvidenceError, match="not what an opening of yours") as refused:
        opened(place.package, place.bag)
    assert refused.value.code == "EVID-009"
    assert not list(part.iterdir())


def test_a_link_in_the_place_of_the_folder_is_not_followed(place):
    (place.folder / "elsewhere").mkdir(0o700)
    opening_of(place.bag).symlink_to("elsewhere")
    with pytest.raises(EvidenceError, match="EVID-009"):
        opened(place.package, place.bag)
    assert not list((place.folder / "elsewhere").iterdir())


@pytest.mark.parametrize("where", ["bag", "bag/data", "bag/data/case/deep"])
def test_a_link_inside_the_folder_is_not_followed(place, at_once, monkeypatch, where):
    opened(place.package, place.folder / "whole")
    cut_short(place, monkeypatch, after=40)
    elsewhere = place.folder / "elsewhere"
    (opening_of(place.bag) / where).rename(elsewhere)
    (opening_of(place.bag) / where).symlink_to(elsewhere)
    before = contents(elsewhere)
    opened(place.package, place.bag)
    assert contents(elsewhere) == before
    assert contents(place.bag) == contents(place.folder / "whole")
    assert not place.bag.is_symlink()


def test_what_came_into_the_folder_meanwhile_does_not_stay(place, at_once, monkeypatch):
    opened(place.package, place.folder / "whole")
    cut_short(place, monkeypatch, after=40)
    bag = opening_of(place.bag) / "bag"
    (bag / "legal/empty").mkdir(parents=True)
    (bag / "data/case/planted/deeper").mkdir(parents=True)
    # In the place of what is still to come.
    (bag / "data/case/deep/large-3").unlink()
    (bag / "data/case/deep/large-3").mkdir()
    (bag / "data/case/deep/large-3/in-the-way").write_bytes(b"planted")
    for each in ("data/Thumbs.db", "data/case/deep/planted.eml", "legal/order.pdf", "notes.txt"):
        (bag / each).write_bytes(b"planted")
    opened(place.package, place.bag)
    assert contents(place.bag) == contents(place.folder / "whole")


def written(place, key, lines):
    """Lay out a folder with a journal, as if an opening had been killed; the file has other bytes."""
    part = opening_of(place.bag)
    file = part / "bag/data/case/000"
    file.parent.mkdir(0o700, parents=True)
    part.chmod(0o700)
    file.write_bytes(b"")
    handle = os.open(part / "journal", os.O_RDWR | os.O_CREAT, 0o600)
    journal = Journal.begin(handle, bytes.fromhex(place.package.package), key, os.urandom)
    journal.append({"version": resuming.VERSION, "seal": place.package.seal}, [])
    journal.append({}, lines(marks_of(file.stat())))
    os.close(handle)


EMPTY = hashlib.sha256(b"").hexdigest()


def line_of(marks, *, number=0, sha256=EMPTY, path="data/case/000"):
    return b"%d %d %d %d %d %d %b %b\n" % (number, *marks, sha256.encode(), path.encode())


OWN = decryption(ASKING).local_key(resuming.LOCAL_USE)
JOURNALS = {
    "right": (OWN, lambda marks: [line_of(marks)]),
    "of another key": (bytes(32), lambda marks: [line_of(marks)]),
    "without a line": (OWN, lambda _: []),
    "another digest": (OWN, lambda marks: [line_of(marks, sha256="00" * 32)]),
    "another number": (OWN, lambda marks: [line_of(marks, number=1)]),
    "another path": (OWN, lambda marks: [line_of(marks, path="data/case/001")]),
    "one too many": (OWN, lambda marks: [line_of(marks)] * 60),
    "no line at all": (OWN, lambda _: [b"\xff\n"]),
}


@pytest.mark.parametrize("name", JOURNALS)
def test_a_journal_is_believed_only_if_the_sealed_table_says_the_same(place, decrypted, name):
    opened(place.package, place.folder / "whole")
    every = len(decrypted)
    written(place, *JOURNALS[name])
    decrypted.clear()
    opened(place.package, place.bag)
    assert len(decrypted) == every - (name == "right")
    assert contents(place.bag) == contents(place.folder / "whole")


def test_a_table_that_is_not_the_sealed_one_proves_no_journal(place, at_once, monkeypatch):
    """A source could answer the second reading with another table than the one whose digest was taken."""
    cut_short(place, monkeypatch, after=40)

    class Lying(Folder):
        asked = 0

        def read_into(self, path, offset, buffer):
            got = super().read_into(path, offset, buffer)
            if path == "entries.enc" and not offset:
                self.asked += 1
                # The first reading is for its digest.
                buffer[-1] ^= self.asked > 1
            return got

    with Lying(place.package.path) as source, pytest.raises(RogatoryError):
        open_package(source, decryption(ASKING), place.bag, basis(), random=counting_random())
    assert not place.bag.exists()


def test_another_key_begins_anew(place, at_once, monkeypatch, decrypted):
    """Another recipient has the package's key too, and could have written what it likes."""
    opened(place.package, place.folder / "whole")
    every = len(decrypted)
    cut_short(place, monkeypatch, after=40)
    decrypted.clear()
    open_package(place.package.path, decryption(ASKED), place.bag, basis(), random=counting_random())
    assert len(decrypted) == every


def test_a_file_in_the_place_of_the_papers_is_no_bag_of_ours(place, at_once, monkeypatch):
    opened(place.package, place.folder / "whole")
    cut_short(place, monkeypatch, after=40)
    (opening_of(place.bag) / "bag/legal").write_bytes(b"planted")
    opened(place.package, place.bag)
    assert contents(place.bag) == contents(place.folder / "whole")


def test_another_seal_is_not_read_after_the_one_that_was_verified(place, at_once, monkeypatch):
    cut_short(place, monkeypatch, after=40)
    other = make(place.folder, place.folder / "case", out="other")

    class Lying(Folder):
        asked = 0

        def read_into(self, path, offset, buffer):
            if path == "seal.dsse.json":
                self.asked += not offset
                if self.asked > 1:
                    with Folder(other.path) as another:
                        return another.read_into(path, offset, buffer)
            return super().read_into(path, offset, buffer)

    with Lying(place.package.path) as source, pytest.raises(EvidenceError):
        open_package(source, decryption(ASKING), place.bag, basis(), random=counting_random())
    assert not place.bag.exists()


@pytest.mark.parametrize("mode", [0o700, 0o755])
def test_a_folder_that_holds_something_else_is_left_alone(place, mode):
    part = opening_of(place.bag)
    part.mkdir(mode)
    (part / "thesis.txt").write_bytes(b"years")
    for _ in range(2):
        with pytest.raises(EvidenceError, match=r"EVID-00[49]"):
            opened(place.package, place.bag)
        # The second time there is a bag of that name.
        place.bag.mkdir(exist_ok=True)
    assert (part / "thesis.txt").read_bytes() == b"years"


def test_a_journal_that_has_another_name_too_is_not_written_to(place):
    part = opening_of(place.bag)
    part.mkdir(0o700)
    mine = place.folder / "mine.txt"
    mine.write_bytes(b"m" * 100)
    (part / "journal").hardlink_to(mine)
    with pytest.raises(EvidenceError, match="EVID-009"):
        opened(place.package, place.bag)
    assert mine.read_bytes() == b"m" * 100


def test_what_cannot_be_tidied_holds_nobody_up(place, monkeypatch):
    place.bag.mkdir()
    part = opening_of(place.bag)
    part.mkdir(0o700)

    def busy(*_):
        raise OSError(16, "busy")

    with monkeypatch.context() as patch:
        patch.setattr("pathlib.Path.rmdir", busy)
        with pytest.raises(EvidenceError, match="EVID-004"):
            opened(place.package, place.bag)
    place.bag.rmdir()
    opened(place.package, place.bag)


@pytest.mark.parametrize("out", [".", "/", ".."])
def test_a_place_without_a_name_is_refused(place, out):
    with pytest.raises(EvidenceError, match="EVID-004"):
        opened(place.package, Path(out))
