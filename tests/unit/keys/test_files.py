"""Key files: readable by their owner alone, never written over, complete or absent."""

import os
from pathlib import Path

import pytest

from rogatory import keys
from rogatory.errors import KeysError, WireError
from rogatory.keys import Purpose
from support.world import ASKING, pair, signing


def refusal(run):
    with pytest.raises(KeysError) as caught:
        run()
    return caught.value.code


@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize("rehearsal", [False, True])
def test_what_was_saved_is_loaded(tmp_path, purpose, rehearsal):
    made = pair(ASKING, purpose, rehearsal=rehearsal)
    keys.save(made, tmp_path / "key")
    assert keys.load(tmp_path / "key", purpose=purpose).key_id == made.key_id


def test_only_its_owner_may_read_a_key(tmp_path):
    keys.save(signing(ASKING), tmp_path / "key")
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600


def test_a_key_is_never_written_over_another(tmp_path):
    keys.save(signing(ASKING), tmp_path / "key")
    before = (tmp_path / "key").read_bytes()
    assert refusal(lambda: keys.save(signing("fra/ofac"), tmp_path / "key")) == "KEY-020"
    assert (tmp_path / "key").read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["key"]


def test_a_key_is_not_written_through_a_link(tmp_path):
    (tmp_path / "key").symlink_to(tmp_path / "elsewhere")
    assert refusal(lambda: keys.save(signing(ASKING), tmp_path / "key")) == "KEY-020"
    assert not (tmp_path / "elsewhere").exists()


def test_where_it_cannot_be_written_nothing_is_left(tmp_path):
    assert refusal(lambda: keys.save(signing(ASKING), tmp_path / "none" / "key")) == "KEY-021"
    assert list(tmp_path.iterdir()) == []


def test_when_the_disk_is_full_nothing_is_left(tmp_path, monkeypatch):
    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert refusal(lambda: keys.save(signing(ASKING), tmp_path / "key")) == "KEY-021"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["none", ".", "a\0b", "a" * 300])
def test_a_file_that_is_not_there_is_told(tmp_path, name):
    assert refusal(lambda: keys.load(tmp_path / name)) == "KEY-022"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o610])
def test_a_key_that_others_can_read_is_not_used(tmp_path, mode):
    keys.save(signing(ASKING), tmp_path / "key")
    (tmp_path / "key").chmod(mode)
    assert refusal(lambda: keys.load(tmp_path / "key")) == "KEY-023"


def test_a_key_for_another_purpose_is_not_used(tmp_path):
    keys.save(signing(ASKING), tmp_path / "key")
    assert refusal(lambda: keys.load(tmp_path / "key", purpose=Purpose.SEAL)) == "KEY-003"
    assert keys.load(tmp_path / "key").public.purpose is Purpose.STATEMENT


def test_an_error_about_a_key_file_tells_its_name_and_not_its_place(tmp_path):
    with pytest.raises(KeysError) as caught:
        keys.load(tmp_path / "none")
    assert str(tmp_path) not in str(caught.value)


def test_a_file_that_is_too_long_is_not_read_whole(tmp_path):
    keys.save(signing(ASKING), tmp_path / "key")
    with (tmp_path / "key").open("ab") as file:
        file.write(b" " * 10_000)
    with pytest.raises(WireError) as caught:
        keys.load(tmp_path / "key")
    assert caught.value.code == "WIRE-001"


@pytest.mark.parametrize("name", ["", ".", "/"])
def test_a_place_without_a_name_of_its_own_is_taken(name):
    assert refusal(lambda: keys.save(signing(ASKING), Path(name))) == "KEY-020"
