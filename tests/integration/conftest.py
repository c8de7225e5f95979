"""Real nodes on this machine. A test that fails leaves no process behind."""

from __future__ import annotations

import pytest

from support import two_nodes
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


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """Two nodes and their register, made once."""
    with two_nodes.made(tmp_path_factory.mktemp("stage")) as two:
        yield two


@pytest.fixture(scope="module")
def two(made):
    """Two nodes that run, as they were made; a module has them for itself."""
    made.begin()
    yield made
    made.end()


@pytest.fixture(autouse=True)
def _mended(request):
    """Every line is whole again after a test that cut one, and nothing stands still."""
    two = request.getfixturevalue("two") if "two" in request.fixturenames else None
    yield
    if two is not None:
        two.disarm()
        for front in two.fronts.values():
            front.mend()
