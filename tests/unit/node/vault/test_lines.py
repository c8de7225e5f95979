"""A package that comes by several lines, and by lines that break: no byte is sent twice."""

from __future__ import annotations

import httpx
import pytest

from rogatory.evidence import Pace
from rogatory_node.peers import fetching
from rogatory_node.vault.models import Package
from support import sealed as french
from support.sealed import delivery_of, take


@pytest.fixture
def announced(preservation, france, french_door, tmp_path):
    made = french.seal(tmp_path)
    assert france(delivery_of(made, preservation)).error is None
    return french_door(made.path, made.package), Package.objects.get()


def fetch():
    fetching.fetch(take("fetch"))


class Cut(httpx.SyncByteStream):
    """An answer that breaks off after some bytes."""

    def __init__(self, data, after):
        self.data, self.after, self.gave = data, after, 0

    def __iter__(self):
        for start in range(0, len(self.data), 7000):
            if start >= self.after:
                raise httpx.ReadError("gone")
            piece = self.data[start : start + 7000]
            self.gave += len(piece)
            yield piece


def test_no_byte_is_sent_twice_however_often_the_line_breaks(announced, monkeypatch):
    door, row = announced
    gave = []
    answer = type(door).__call__

    def call(self, request):
        whole = answer(self, request)
        if whole.status_code != 206:
            return whole
        stream = Cut(b"".join(whole.stream), 300_000)
        gave.append((str(request.url).rpartition("/")[2], stream))
        return httpx.Response(whole.status_code, headers=whole.headers, stream=stream)

    monkeypatch.setattr(type(door), "__call__", call)
    monkeypatch.setattr(fetching, "WAITS", (0.0, 0.0))
    fetch()
    row.refresh_from_db()
    assert row.state == "held"
    sent = sum(stream.gave for name, stream in gave if name == "000001.bin")
    assert sent == (door.folder / "data/000001.bin").stat().st_size
    assert sum(1 for name, _ in gave if name == "000001.bin") > 6


def test_several_segments_come_at_once_over_lines_of_their_own(
    preservation, france, french_door, tmp_path, settings, monkeypatch
):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("rogatory.evidence.segments.SEGMENT_CHUNKS", 1)
        made = french.seal(tmp_path)
    assert france(delivery_of(made, preservation)).error is None
    door = french_door(made.path, made.package)
    opened = []
    real = fetching.PeerSource.__enter__
    monkeypatch.setattr(fetching.PeerSource, "__enter__", lambda self: opened.append(self) or real(self))
    fetch()
    assert Package.objects.get().state == "held"
    assert len(opened) == settings.ROGATORY.peers.fetch_lines == 4
    # The receipt, which is not there, and each other file once; the seal first, to see what it says.
    assert len(door.asked) == len({path for path, _ in door.asked}) + 1


def test_all_lines_to_a_peer_keep_one_pace(
    preservation, france, french_door, tmp_path, settings, monkeypatch
):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("rogatory.evidence.segments.SEGMENT_CHUNKS", 1)
        made = french.seal(tmp_path)
    assert france(delivery_of(made, preservation)).error is None
    door = french_door(made.path, made.package)
    peers = settings.ROGATORY.peers.model_copy(update={"fetch_bytes_per_second": 12_345})
    settings.ROGATORY = settings.ROGATORY.model_copy(update={"peers": peers})
    paces = []

    class Counted(Pace):
        def __init__(self, rate):
            super().__init__(0)
            self.rate, self.spent = rate, 0
            paces.append(self)

        def spend(self, size):
            self.spent += size

    monkeypatch.setattr(fetching, "Pace", Counted)
    fetch()
    assert Package.objects.get().state == "held"
    assert [each.rate for each in paces] == [12_345]
    seal = (door.folder / "seal.dsse.json").stat().st_size
    # The seal is asked for twice: to see what it says, and to begin.
    assert paces[0].spent == seal + sum(
        each.stat().st_size for each in door.folder.rglob("*") if each.is_file()
    )
