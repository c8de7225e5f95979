"""Real nodes on this machine. A test that fails leaves no process behind."""

from __future__ import annotations

import pytest

# Before they are imported: what they assert is then shown as in a test.
pytest.register_assert_rewrite("support.same", "support.hand", "support.two_nodes")

from support import two_nodes  # noqa: E402 - after the line above
from support.nodes import Node  # noqa: E402 - after the line above


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
def two(tmp_path_factory):
    """Two nodes and their register; each test has threads of its own."""
    with two_nodes.made(tmp_path_factory.mktemp("stage")) as made:
        yield made
    assert not any(each.listens() for each in made.nodes.values())


@pytest.fixture(autouse=True)
def _healed(request):
    """A test that cut a line, stopped a process or failed half way leaves the next one what it needs."""
    two = request.getfixturevalue("two") if "two" in request.fixturenames else None
    yield
    if two is not None:
        two.heal()
