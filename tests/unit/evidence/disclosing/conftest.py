"""The fixtures of disclosing: one package, what is given of it, and what that opens to."""

from __future__ import annotations

import pytest

from rogatory.evidence import Selection, Terms, disclose, open_disclosure, open_package
from support.packages import ASKING, basis, decryption, make
from support.world import counting_random


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sealed")
    (folder / "order.txt").write_bytes(b"Order 2028/0312")
    return make(folder, terms=Terms(legal=[folder / "order.txt"], trust=b"bundle")).path


@pytest.fixture(scope="module")
def bag(package, tmp_path_factory):
    out = tmp_path_factory.mktemp("whole") / "bag"
    open_package(package, decryption(ASKING), out, basis(), random=counting_random("bag"))
    return out


@pytest.fixture
def give(package, tmp_path):
    def act(*, out="part", **changes):
        selection = Selection(**changes)
        return disclose(package, decryption(ASKING), selection, tmp_path / out, random=counting_random(out))

    return act


@pytest.fixture
def bag_of(tmp_path):
    def act(disclosed):
        out = tmp_path / f"bag-{disclosed.path.name}"
        found = open_disclosure(disclosed.path, out, basis(), random=counting_random("bag"))
        return out, found

    return act
