"""A register of two Parties for each test."""

from __future__ import annotations

import pytest

from support.registers import new_world


@pytest.fixture
def world(tmp_path):
    return new_world(tmp_path)
