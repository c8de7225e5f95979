"""One process: what a test records or replaces is in this one. test_packers.py is about several."""

from __future__ import annotations

import pytest

from rogatory.evidence.sealing import packers


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    monkeypatch.setattr(packers, "start", lambda *_: [])
