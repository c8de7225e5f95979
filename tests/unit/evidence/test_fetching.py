"""Fetching: kept only if every byte is the sealed one, asked for once, and nothing but what is sealed."""

from __future__ import annotations

import pytest

from rogatory.errors import EvidenceError, RogatoryError
from rogatory.evidence import Folder, Terms, fetch, inspect, verify
from support.packages import basis, files_of, make


class Elsewhere:
    """A package behind a link: it cannot be listed, it remembers what was asked, and it may lie or fail."""

    def __init__(self, folder, change=lambda path, start, data: data):
        self.folder, self.change, self.asked = folder, change, []

    def names(self):
        return None

    def read_into(self, path, start, buffer):
        try:
            data = (self.folder / path).read_bytes()[start : start + len(buffer)]
        except FileNotFoundError:
            raise EvidenceError("EVID-021", path=path) from None
        data = self.change(path, start, data)
        buffer[: len(data)] = data
        self.asked.append((path, start, len(data)))
        return len(data)


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    return make(tmp_path_factory.mktemp("sealed"), terms=Terms(trust=b"bundle")).path


def bring(source, tmp_path, **changes):
    return fetch(source, tmp_path / "copy", basis(**changes))


def test_a_fetched_package_is_the_same_to_the_byte(package, tmp_path):
    source = Elsewhere(package)
    found = bring(source, tmp_path, announced=inspect(package).digest)
    assert files_of(tmp_path / "copy") == files_of(package)
    for each in files_of(package):
        assert (tmp_path / "copy" / each).read_bytes() == (package / each).read_bytes()
    assert verify(tmp_path / "copy", basis()).proves == found.proves


def test_every_byte_is_asked_for_once_and_no_read_is_large(package, tmp_path):
    source = Elsewhere(package)
    bring(source, tmp_path)
    total = sum(size for _, _, size in source.asked)
    assert total == sum((package / each).stat().st_size for each in files_of(package))
    assert max(size for _, _, size in source.asked) <= 1 << 20


def test_a_receipt_that_is_there_comes_along(package, tmp_path, monkeypatch):
    from rogatory.evidence import checks

    monkeypatch.setattr(checks, "check_receipt_is_of", lambda *_: None)
    (package / "receipt").mkdir()
    empty = b'{"checkpoint":"x","index":0,"leaf":"%b","path":[],"type":"custody_receipt","version":1}'
    (package / "receipt/custody.json").write_bytes(empty % (b"A" * 43 + b"="))
    try:
        found = bring(Elsewhere(package), tmp_path)
    finally:
        (package / "receipt/custody.json").unlink()
        (package / "receipt").rmdir()
    assert (tmp_path / "copy/receipt/custody.json").exists()
    assert "EVID-145" in [each.code for each in found.does_not_prove]


@pytest.mark.parametrize("name", ["README.txt", "data/000001.bin", "data/000001.idx", "entries.enc"])
def test_a_byte_changed_on_the_way_leaves_nothing(package, tmp_path, name):
    def change(path, start, data):
        return bytes([data[0] ^ 1]) + data[1:] if path == name and start == 0 and data else data

    before = set(tmp_path.iterdir())
    with pytest.raises(RogatoryError):
        bring(Elsewhere(package, change), tmp_path)
    assert set(tmp_path.iterdir()) == before


def broken_after(limit):
    """Return a change that lets so many bytes through and then nothing."""
    left = [limit]

    def change(path, _, data):
        left[0] -= len(data)
        if left[0] < 0:
            raise EvidenceError("EVID-071", path=path, reason="the link broke")
        return data

    return change


def test_a_link_that_breaks_leaves_nothing_of_that_name(package, tmp_path):
    with pytest.raises(EvidenceError, match="EVID-071"):
        bring(Elsewhere(package, broken_after(1 << 20)), tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == [".copy.fetch"]


def size_of(package, *names):
    return sum((package / each).stat().st_size for each in names or files_of(package))


def test_however_often_it_breaks_no_byte_comes_twice(package, tmp_path):
    came = []
    for step in range(3, 40):
        source = Elsewhere(package, broken_after(step * 65_537))
        try:
            bring(source, tmp_path)
        except EvidenceError as error:
            assert error.code == "EVID-071"  # noqa: PT017 - how often it breaks is not the point
            came.append(source)
            continue
        came.append(source)
        break
    assert len(came) > 4
    # The seal is asked for each time, and whether there is a receipt.
    again = (len(came) - 1) * size_of(package, "seal.dsse.json")
    assert sum(size for each in came for _, _, size in each.asked) == size_of(package) + again
    assert_same(package, tmp_path / "copy")


def assert_same(package, copy):
    assert files_of(copy) == files_of(package)
    for each in files_of(package):
        assert (copy / each).read_bytes() == (package / each).read_bytes()


def test_a_line_that_is_asked_again_goes_on_at_the_byte_it_had_reached(package, tmp_path):
    breaks = []

    def change(path, start, data):
        if path.endswith(".bin") and start % 3 == 0 and (path, start) not in breaks:
            breaks.append((path, start))
            raise EvidenceError("EVID-071", path=path, reason="the link broke")
        return data

    source, waited = Elsewhere(package, change), []
    fetch(source, tmp_path / "copy", basis(), again=lambda failures: waited.append(failures) or True)
    assert breaks
    assert waited == [0] * len(breaks)
    assert sum(size for _, _, size in source.asked) == size_of(package)


def test_a_line_that_brings_nothing_is_asked_as_often_as_one_waits(package, tmp_path):
    def change(path, start, data):
        if path.endswith(".bin"):
            raise EvidenceError("EVID-071", path=path, reason="the link broke")
        return data

    with pytest.raises(EvidenceError, match="EVID-071"):
        fetch(Elsewhere(package, change), tmp_path / "copy", basis(), again=lambda failures: failures < 3)


def half(package, tmp_path):
    with pytest.raises(EvidenceError, match="EVID-071"):
        bring(Elsewhere(package, broken_after(size_of(package) - (1 << 20) - 1000)), tmp_path)
    return tmp_path / ".copy.fetch"


def spoil(path, place):
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(bytes(data))


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("package/data/000001.bin", 5),  # a chunk that was noted
        ("package/data/000001.bin", -5),  # one that had come in part
        ("package/data/000001.idx", 40),
        ("package/entries.enc", 9),
        ("package/README.txt", 1),
        ("package/recipients.json", 9),
        ("package/seal.dsse.json", 20),
        ("leaves/data-000001", 3),
    ],
)
def test_what_was_spoiled_here_since_comes_again(name, place, package, tmp_path):
    spoil(half(package, tmp_path) / name, place)
    bring(Elsewhere(package), tmp_path)
    assert_same(package, tmp_path / "copy")


def test_of_a_chunk_that_was_spoiled_here_only_that_chunk_comes_again(package, tmp_path):
    spoil(half(package, tmp_path) / "package/data/000001.bin", 5)
    source = Elsewhere(package)
    bring(source, tmp_path)
    assert (
        sum(size for path, start, size in source.asked if path.endswith(".bin") and start < 1 << 20)
        <= 1 << 20
    )
    assert sum(size for _, _, size in source.asked) < 3 << 20


def test_the_beginning_of_another_package_is_not_gone_on_with(package, tmp_path):
    half(package, tmp_path)
    (tmp_path / "x").mkdir()
    other = make(tmp_path / "x", out="other").path
    bring(Elsewhere(other), tmp_path)
    assert_same(other, tmp_path / "copy")


def test_two_at_once_do_not_write_into_one_another(package, tmp_path):
    def change(path, _, data):
        with pytest.raises(EvidenceError, match="EVID-080"):
            bring(Elsewhere(package), tmp_path)
        return data

    bring(Elsewhere(package, change), tmp_path)
    assert_same(package, tmp_path / "copy")


@pytest.fixture(scope="module")
def segments(tmp_path_factory):
    """A package of many segments."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("rogatory.evidence.segments.SEGMENT_CHUNKS", 1)
        made = make(tmp_path_factory.mktemp("sealed")).path
    assert len(inspect(made).seal.segments.data) > 6
    return made


def lines_to(package, count, change=lambda path, start, data: data):
    return [Elsewhere(package, change) for _ in range(count)]


def by_lines(sources, tmp_path, **more):
    progress = []
    found = fetch(sources[0], tmp_path / "copy", basis(progress=progress.append), further=sources[1:], **more)
    assert sum(progress) == found.size


def test_several_lines_bring_each_byte_once(segments, tmp_path):
    sources = lines_to(segments, 4)
    by_lines(sources, tmp_path)
    asked = [each for source in sources for each in source.asked]
    assert sum(size for _, _, size in asked) == size_of(segments)
    assert len({(path, start) for path, start, size in asked if size}) == sum(1 for each in asked if each[2])
    assert_same(segments, tmp_path / "copy")


def test_what_one_line_gives_up_another_brings(segments, tmp_path):
    sources = lines_to(segments, 3)

    def broken(path, start, data):
        if path.endswith(".bin"):
            raise EvidenceError("EVID-071", path=path, reason="too many lines")
        return data

    sources[1].change = sources[2].change = broken
    by_lines(sources, tmp_path)
    assert_same(segments, tmp_path / "copy")


def test_when_every_line_gives_up_what_came_is_there_for_the_next_attempt(segments, tmp_path):
    with pytest.raises(EvidenceError, match="EVID-071"):
        by_lines(lines_to(segments, 3, broken_after(1 << 20)), tmp_path)
    sources = lines_to(segments, 3)
    by_lines(sources, tmp_path)
    assert sum(size for source in sources for _, _, size in source.asked) < size_of(segments) - (1 << 19)


@pytest.mark.parametrize("name", ["data/000003.bin", "data/000003.idx"])
def test_a_segment_that_is_not_the_sealed_one_ends_all_lines_and_leaves_nothing(name, segments, tmp_path):
    def change(path, start, data):
        return bytes([data[0] ^ 1]) + data[1:] if path == name and start == 0 and data else data

    with pytest.raises(RogatoryError):
        by_lines(lines_to(segments, 3, change), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_rows_that_do_not_fit_are_refused_before_any_ciphertext_of_the_segment_is_asked_for(
    package, tmp_path
):
    def change(path, start, data):
        return bytes([data[0] ^ 1]) + data[1:] if path.endswith(".idx") and start == 0 else data

    source = Elsewhere(package, change)
    with pytest.raises(RogatoryError):
        bring(source, tmp_path)
    assert not [path for path, _, _ in source.asked if path.endswith(".bin")]


def test_a_caller_who_stops_ends_all_lines_and_what_came_stays(segments, tmp_path):
    class Enough(Exception):  # noqa: N818 - not an error
        pass

    def stop(size):
        if size:
            raise Enough

    sources = lines_to(segments, 3)
    with pytest.raises(Enough):
        fetch(sources[0], tmp_path / "copy", basis(progress=stop), further=sources[1:])
    assert [each.name for each in tmp_path.iterdir()] == [".copy.fetch"]


def test_a_disk_that_is_full_says_so_and_what_came_stays(package, tmp_path, monkeypatch):
    from rogatory.evidence.carrying import staging

    real = staging.Held.write

    def full(held, offset, piece):
        if offset > 1 << 20:
            raise OSError(28, "No space left on device")
        real(held, offset, piece)

    monkeypatch.setattr(staging.Held, "write", full)
    with pytest.raises(EvidenceError, match="EVID-009"):
        bring(Elsewhere(package), tmp_path)
    monkeypatch.setattr(staging.Held, "write", real)
    source = Elsewhere(package)
    bring(source, tmp_path)
    assert sum(size for _, _, size in source.asked) < size_of(package) - (1 << 20)


def test_a_source_that_ends_early_is_refused(package, tmp_path):
    with pytest.raises(EvidenceError, match="EVID-025"):
        bring(
            Elsewhere(package, lambda path, _, data: data[:-1] if path.endswith(".bin") else data), tmp_path
        )


def test_a_folder_here_is_a_source_too(package, tmp_path):
    with Folder(package) as folder:
        bring(folder, tmp_path)
    assert files_of(tmp_path / "copy") == files_of(package)


def test_a_copy_is_never_written_over_something(package, tmp_path):
    (tmp_path / "copy").mkdir()
    with pytest.raises(EvidenceError, match="EVID-004"):
        bring(Elsewhere(package), tmp_path)
