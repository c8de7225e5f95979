"""A package over a line that breaks: complete, the same to the byte, and hardly a byte sent twice."""

from __future__ import annotations

import threading
from random import Random

import pytest

from rogatory.evidence import fetch
from support import ranges
from support.packages import basis, files_of, make
from support.ranges import Cutter, FromServer, Server

CHUNK = 1 << 20


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """About 24 MiB in segments of 4 chunks."""
    folder = tmp_path_factory.mktemp("sealed")
    (folder / "disk.img").write_bytes(Random(1).randbytes((22 << 20) + 77))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("rogatory.evidence.segments.SEGMENT_CHUNKS", 4)
        return make(folder, folder / "disk.img")


@pytest.fixture(scope="module")
def server(package):
    with Server(package.path, ("127.0.0.1", 0)) as made:
        threading.Thread(target=made.serve_forever, args=(0.05,), daemon=True).start()
        yield made
        made.shutdown()


@pytest.mark.parametrize("seed", range(3))
def test_a_line_that_is_cut_at_random_bytes_loses_nothing(seed, package, server, tmp_path):
    with Cutter(server.server_address, Random(seed), longest=2 * CHUNK) as cutter:
        sources = [FromServer(cutter.server_address) for _ in range(4)]
        found = fetch(
            sources[0],
            tmp_path / "copy",
            basis(announced=package.seal),
            further=sources[1:],
            again=ranges.patient,
        )
        for each in sources:
            each.close()
    assert found.seal == package.seal
    assert files_of(tmp_path / "copy") == files_of(package.path)
    for each in files_of(package.path):
        assert (tmp_path / "copy" / each).read_bytes() == (package.path / each).read_bytes()
    size = sum((package.path / each).stat().st_size for each in files_of(package.path))
    assert cutter.cuts > 10
    # Each answer has a head; of the rest, at most a chunk a break was on its way when the line was cut.
    assert cutter.sent - size <= cutter.cuts * CHUNK
