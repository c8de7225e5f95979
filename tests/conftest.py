"""What holds for every test: no network, no warnings, random order, and one way to draw examples.

Sockets are refused in ``unit`` and ``property``; elsewhere a test may talk to this machine alone
(``--allow-hosts`` in pyproject.toml). Order is shuffled by pytest-randomly, which prints its seed,
within two groups: what may open no socket comes first, because refusing one holds for the whole
process and would reach the servers that the others keep running.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

HERE = Path(__file__).parent
SEALED_OFF = ("unit", "property")

# ``quick`` draws the same examples for the same code, so a commit is red for a reason that the
# commit holds, on any machine. ``soak`` draws new ones each time, and many: it is there to find
# what the fixed examples miss, and prints what reproduces a failure. Neither times anything:
# a shared processor must not fail a test.
settings.register_profile("quick", max_examples=100, derandomize=True, deadline=None, database=None)
settings.register_profile(
    "soak",
    max_examples=5000,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


def sealed_off(item: pytest.Item) -> bool:
    return any(item.path.is_relative_to(HERE / place) for place in SEALED_OFF)


@pytest.hookimpl(trylast=True)  # After the shuffle.
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in filter(sealed_off, items):
        item.add_marker(pytest.mark.disable_socket)
    items.sort(key=lambda item: not sealed_off(item))
