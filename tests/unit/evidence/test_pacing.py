"""A pace: kept by all lines together, and a pause is not made up for."""

from __future__ import annotations

import pytest

from rogatory.evidence.carrying.pacing import AHEAD, Pace


class Time:
    def __init__(self):
        self.at = 100.0

    def __call__(self):
        return self.at

    def sleep(self, seconds):
        assert seconds > 0
        self.at += seconds


def test_so_many_bytes_take_so_long():
    time = Time()
    pace = Pace(1000, time, time.sleep)
    for _ in range(100):
        pace.spend(500)
    assert time.at - 100.0 == pytest.approx(50.0, abs=2 * AHEAD)


def test_a_pause_is_not_made_up_for():
    time = Time()
    pace = Pace(1000, time, time.sleep)
    time.at += 3600
    begin = time.at
    for _ in range(20):
        pace.spend(500)
    assert time.at - begin >= 10.0 - AHEAD


def test_without_a_limit_nobody_waits():
    time = Time()
    Pace(0, time, time.sleep).spend(1 << 40)
    assert time.at == 100.0
