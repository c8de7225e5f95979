"""The fixtures of openings that are gone on with: a package, and what is counted of its chunks."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from rogatory.envelopes import chunks
from rogatory.evidence import segments
from rogatory.evidence.opening import decrypting, resuming
from support.packages import make
from support.reopening import MIB, deciphering, lay


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A package in segments of two chunks, and the digests of a bag of it."""
    monkeypatch.setattr(segments, "SEGMENT_CHUNKS", 2)
    return SimpleNamespace(folder=tmp_path, package=make(tmp_path, lay(tmp_path)), bag=tmp_path / "bag")


@pytest.fixture
def at_once(monkeypatch):
    """Hashes and saves every file before the next."""

    class Inline:
        def __init__(self, *_):
            pass

        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

        def submit(self, act, *given):
            act(*given)
            return SimpleNamespace(done=lambda: True, result=lambda: None)

    monkeypatch.setattr(resuming, "ThreadPoolExecutor", Inline)
    monkeypatch.setattr(resuming, "SAVE_BYTES", 1)
    monkeypatch.setattr(decrypting, "INLINE", 8 * MIB)


@pytest.fixture
def decrypted(monkeypatch):
    """The chunks that are decrypted from here on."""
    done = []

    def counting(*given, **named):
        done.append(given)
        return chunks.decrypt_chunk(*given, **named)

    deciphering(monkeypatch, counting)
    return done
