"""Openings that are cut short as a kill cuts them short."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from rogatory.envelopes import chunks
from rogatory.evidence import open_package, opening_of
from rogatory.evidence.opening import decrypting, resuming
from support.packages import ASKING, basis, decryption, files_of
from support.world import counting_random

MIB = 1 << 20


def lay(folder):
    top = folder / "case"
    (top / "deep").mkdir(parents=True)
    for number in range(30):
        (top / f"{number:03d}").write_bytes(counting_random(str(number))(number * 131))
    for number in range(4):
        (top / "deep" / f"large-{number}").write_bytes(counting_random(str(number))((1 + number) * MIB + 7))
    (top / "zlink").symlink_to("000")
    return top


def opened(package, out):
    return open_package(package.path, decryption(ASKING), out, basis(), random=counting_random())


def contents(bag):
    """Return every file with its bytes, and every folder with none."""
    folders = {str(each.relative_to(bag)): None for each in bag.rglob("*") if each.is_dir()}
    return folders | {each: (bag / each).read_bytes() for each in files_of(bag)}


def deciphering(patch, decrypt):
    """Decrypt files by that function; the journal and the table use the same cipher, and go on as before."""
    patch.setattr(decrypting, "chunks", SimpleNamespace(**vars(chunks) | {"decrypt_chunk": decrypt}))


class Killed(BaseException):
    """Ends an opening as a kill does: nothing is removed."""


def cut_short(place, monkeypatch, *, after):
    """Leave an opening as a kill leaves it once so many chunks have been decrypted."""
    count = 0

    def counting(*given, **named):
        nonlocal count
        count += 1
        if count > after:
            raise Killed
        return chunks.decrypt_chunk(*given, **named)

    with monkeypatch.context() as patch:
        deciphering(patch, counting)
        patch.setattr(resuming.shutil, "rmtree", lambda *_, **__: None)
        with pytest.raises(Killed):
            opened(place.package, place.bag)
    assert opening_of(place.bag).is_dir()
