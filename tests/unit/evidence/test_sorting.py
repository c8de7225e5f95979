"""One folder's names in order: the same on the disk as in memory, and no more memory for more names."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager

import pytest

from rogatory.errors import EvidenceError
from rogatory.evidence import names
from rogatory.evidence.sealing import sorting

GIVEN = [
    *("README", "readme", "Readme", "=52EADME", "cafe\u0301", "caf\u00e9", "stra\u00dfe", "STRASSE"),
    *("aux", "AUX", "aUx", "a:b", "caf\udce9", "line\nfeed", "z", "a", "A", "Đà Nẵng.txt", "end."),
]


def in_memory(given):
    return sorted(names.portable_names(given).items(), key=lambda each: each[1].encode())


def test_the_forms_come_in_byte_order():
    forms = [form.encode() for _, form in sorting.ordered(iter(GIVEN))]
    assert forms == sorted(forms)
    assert len(set(forms)) == len(GIVEN)


def test_a_folder_sorted_on_the_disk_comes_as_one_sorted_in_memory(monkeypatch):
    monkeypatch.setattr(sorting, "HELD", 3)
    assert list(sorting.ordered(iter(GIVEN))) == in_memory(GIVEN)


def test_the_limit_itself_is_still_sorted_in_memory(monkeypatch):
    monkeypatch.setattr(sorting, "HELD", len(GIVEN))
    monkeypatch.setattr(sorting, "sqlite3", None)
    assert list(sorting.ordered(iter(GIVEN))) == in_memory(GIVEN)


def test_a_folder_of_nothing_has_no_names():
    assert list(sorting.ordered(iter(()))) == []


def test_names_that_cannot_be_sorted_for_want_of_room_are_refused(monkeypatch):
    @contextmanager
    def full(_):
        raise sqlite3.OperationalError("database or disk is full")
        yield

    monkeypatch.setattr(sorting, "HELD", 1)
    monkeypatch.setattr(sorting, "closing", full)
    with pytest.raises(EvidenceError, match="EVID-009"):
        list(sorting.ordered(iter(GIVEN)))
