"""A package, two stores, and links that obstore makes between them: fixtures of the tests on stores."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from rogatory import register
from rogatory.evidence import Terms
from rogatory.evidence.carrying.linking import make_links
from rogatory.evidence.carrying.stores import LinkedStore
from rogatory.exchange.transport import Patience, carrier
from support.packages import NOON, files_of, make
from support.registers import new_world
from support.s3 import Store

HOUR = timedelta(hours=1)
HERE = frozenset({"127.0.0.1"})
SIZE = (11 << 20) + 77


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    made = new_world(tmp_path_factory.mktemp("register"))
    made.publish(NOON)
    return made


@pytest.fixture(scope="module")
def package(tmp_path_factory, world):
    """About 11 MiB in segments of 4 chunks, two empty files at its end."""
    folder = tmp_path_factory.mktemp("sealed")
    (folder / "disk.img").write_bytes(Random(1).randbytes(SIZE))
    for name in ("x.log", "y.log"):
        (folder / name).touch()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("rogatory.evidence.segments.SEGMENT_CHUNKS", 4)
        sources = (folder / name for name in ("disk.img", "x.log", "y.log"))
        return make(folder, *sources, terms=Terms(trust=register.make_bundle(world.refresh(NOON))))


@pytest.fixture
def stores(tmp_path, monkeypatch):
    """Two stores, and what makes links to a place in one of them."""
    with Store(tmp_path / "lyon") as lyon, Store(tmp_path / "hanoi") as hanoi:
        for each in (lyon, hanoi):
            each.folder.mkdir()

        def links(store, place, names=None, *, writing=False, valid=HOUR):
            for key, value in store.environment.items():
                monkeypatch.setenv(key, value)
            return make_links(f"s3://{place}", names, now=datetime.now(UTC), valid=valid, writing=writing)

        yield lyon, hanoi, links


OPEN = ExitStack()


@pytest.fixture
def closed():
    yield
    OPEN.close()


def linked(links, **more):
    patience = Patience(30.0)
    return OPEN.enter_context(
        LinkedStore(links, carrier(patience, private=HERE, window=131_072), patience, **more)
    )


def lay(package, store, place="evidence/case 1"):
    """Put a package into a store, as its own tools would."""
    for each in files_of(package.path):
        there = store.folder / place / each
        there.parent.mkdir(parents=True, exist_ok=True)
        there.write_bytes((package.path / each).read_bytes())
    return place


def same(package, folder):
    assert files_of(folder) == files_of(package.path)
    for each in files_of(package.path):
        assert (folder / each).read_bytes() == (package.path / each).read_bytes(), each
