"""Two nodes in two zones, to which statements come in two orders, see the same clocks (spec/law.md 4.1)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
ZONES = {"Pacific/Kiritimati": 1, "America/St_Johns": 2}
SEED = 20281113


def digests(count: int) -> set[str]:
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "support.many_threads", str(SEED), str(count), str(order)],
            cwd=TESTS,
            env=os.environ | {"TZ": zone},
            stdout=subprocess.PIPE,
            text=True,
        )
        for zone, order in ZONES.items()
    ]
    printed = [each.communicate()[0] for each in running]
    assert [each.returncode for each in running] == [0, 0]
    # A digest of no clocks at all would be the same everywhere, too.
    assert all(int(each.split()[1]) > count for each in printed)
    return set(printed)


def test_a_few_hundred_threads_have_the_same_clocks_in_two_zones():
    assert len(digests(300)) == 1


@pytest.mark.soak
def test_ten_thousand_threads_have_the_same_clocks_in_two_zones():
    assert len(digests(10_000)) == 1
