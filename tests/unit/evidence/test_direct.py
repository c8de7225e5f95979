"""Pieces written at any place, in any order, past the page cache or through it: the same file."""

from __future__ import annotations

import errno
import mmap
import os
from itertools import pairwise

import pytest

from rogatory.evidence import direct
from rogatory.evidence.direct import ALIGNMENT, PlacedFile, skew


def aligned(data, offset):
    room = memoryview(mmap.mmap(-1, len(data) + 2 * ALIGNMENT))
    piece = room[skew(offset) : skew(offset) + len(data)]
    piece[:] = data
    return piece


# Ends that fall within a block, on one, and pieces smaller than a block.
CUTS = [0, 5, ALIGNMENT, ALIGNMENT + 9, 3 * ALIGNMENT, 3 * ALIGNMENT + 1, 7 * ALIGNMENT + 77]
CONTENT = bytes(range(256)) * (7 * ALIGNMENT // 256 + 1)


def write_pieces(path):
    file = PlacedFile.open(path)
    for begin, end in reversed(list(pairwise(CUTS))):
        file.write_past_cache(aligned(CONTENT[begin:end], begin), begin)
    file.sync()
    file.close()
    assert file.closed


def test_pieces_in_any_order_make_the_file(tmp_path):
    write_pieces(tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == CONTENT[: CUTS[-1]]


def refuse(monkeypatch, what):
    """Refuse the direct way as a system does that lacks it."""
    opened, written = os.open, os.pwrite
    handles = set()

    def open_(path, flags, *rest, **more):
        if what == "open" and flags & direct._DIRECT:
            raise OSError(errno.EINVAL, "Invalid argument")
        handle = opened(path, flags, *rest, **more)
        if flags & direct._DIRECT:
            handles.add(handle)
        return handle

    def pwrite(handle, piece, offset):
        if what == "write" and handle in handles:
            raise OSError(errno.EINVAL, "Invalid argument")
        # What a nearly full disk does: it takes a part.
        return written(handle, piece[: ALIGNMENT - 1] if what == "part" else piece, offset)

    monkeypatch.setattr(direct.os, "open", open_)
    monkeypatch.setattr(direct.os, "pwrite", pwrite)


@pytest.mark.parametrize("what", ["open", "write", "part"])
def test_a_file_system_without_direct_writing_gets_the_same_bytes(tmp_path, monkeypatch, what):
    refuse(monkeypatch, what)
    write_pieces(tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == CONTENT[: CUTS[-1]]


def test_a_platform_without_it_is_written_plainly(tmp_path, monkeypatch):
    monkeypatch.setattr(direct, "_DIRECT", 0)
    write_pieces(tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == CONTENT[: CUTS[-1]]


@pytest.mark.parametrize("direct_flag", [True, False])
def test_a_disk_that_fails_is_told(tmp_path, monkeypatch, direct_flag):
    if not direct_flag:
        monkeypatch.setattr(direct, "_DIRECT", 0)
    file = PlacedFile.open(tmp_path / "a")

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(direct.os, "pwrite", full)
    with pytest.raises(OSError, match="No space"):
        file.write_past_cache(aligned(CONTENT, 0), 0)
    file.close()


def test_an_existing_file_is_never_written_over(tmp_path):
    (tmp_path / "a").write_bytes(b"kept")
    with pytest.raises(FileExistsError):
        PlacedFile.open(tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == b"kept"
