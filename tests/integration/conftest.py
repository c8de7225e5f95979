"""Real nodes on this machine. A test that fails leaves no process behind."""

from __future__ import annotations

import pytest

from support.nodes import Node


@pytest.fixture(scope="session")
def pattern(tmp_path_factory):
    """A node that was made once and is never started: making one takes longer than copying it."""
    return Node(tmp_path_factory.mktemp("pattern") / "vnm").make()


@pytest.fixture
def node(tmp_path, pattern):
    """A node of its own for a test, made and not started."""
    made = Node(tmp_path / "vnm").copy_of(pattern)
    yield made
    made.stop()
