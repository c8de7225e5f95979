"""From store to store by pre-signed links that obstore makes and a store checks, over lines that break."""

from __future__ import annotations

import json
import logging
import threading
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from rogatory import cli, evidence, register, wire
from rogatory.cli import _edge, _evidence_store
from rogatory.errors import EvidenceError
from rogatory.evidence import Terms
from rogatory.evidence.linking import make_links
from rogatory.evidence.stores import LinkedStore
from rogatory.exchange.transport import Patience, carrier
from support.packages import AT, NOON, basis, files_of, make
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


@pytest.fixture(autouse=True)
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


def patient(failures):
    return failures < 30


def both(package, stores):
    lyon, hanoi, links = stores
    gets = links(lyon, lay(package, lyon))
    puts = links(hanoi, "hanoi/0312", [each.path for each in gets.files], writing=True)
    return gets, puts


def carry(gets, puts, lines=3, again=patient, **changes):
    pairs = [(linked(gets), linked(puts)) for _ in range(lines)]
    return evidence.carry(*pairs[0], basis(**changes), further=pairs[1:], again=again)


def test_a_package_arrives_whole_over_lines_that_break_and_stores_that_are_busy(package, stores):
    lyon, hanoi, _ = stores
    gets, puts = both(package, stores)
    random = Random(2)
    lyon.cut = lambda: random.randrange(1, 2 << 20)
    hanoi.cut = lambda: random.randrange(3 << 20, 40 << 20)
    lyon.busy = hanoi.busy = 7
    found = carry(gets, puts, announced=package.seal)
    assert (found.seal, [each.number for each in found.steps]) == (package.seal, [1, 2, 3, 4, 5, 6, 8])
    same(package, hanoi.folder / "hanoi/0312")
    lyon.busy = hanoi.busy = 0
    lyon.cut = hanoi.cut = None
    assert evidence.verify(linked(puts), basis()).proves == found.proves
    # Lines broke on both sides, and a reading that broke went on where it was.
    assert any(status == 0 for method, _, status in lyon.asked if method == "GET")
    assert any(status == 503 for _, _, status in hanoi.asked)


def test_over_good_lines_each_byte_is_read_once_written_once_and_read_back_once(package, stores):
    lyon, hanoi, _ = stores
    carry(*both(package, stores))
    for each in files_of(package.path):
        size = (package.path / each).stat().st_size
        if each.startswith("data/"):
            assert lyon.gave[f"evidence/case 1/{each}"] == size
            assert hanoi.took[f"hanoi/0312/{each}"] == hanoi.gave[f"hanoi/0312/{each}"] == size


def test_a_reading_that_breaks_goes_on_and_the_writing_does_not_notice(package, stores):
    lyon, hanoi, _ = stores
    gets, puts = both(package, stores)
    random = Random(3)
    lyon.cut = lambda: random.randrange(1 << 20, 3 << 20)
    carry(gets, puts, lines=2)
    breaks = sum(1 for method, _, status in lyon.asked if (method, status) == ("GET", 0))
    size = sum((package.path / each).stat().st_size for each in files_of(package.path))
    assert breaks >= 4
    # The seal and small files are read more than once; of the rest, what was on its way is lost.
    assert sum(lyon.gave.values()) - size < breaks * (1 << 20)
    assert hanoi.count("PUT") == len(files_of(package.path))


def test_the_seal_is_written_last(package, stores):
    _, hanoi, _ = stores
    carry(*both(package, stores))
    puts = [name for method, name, _ in hanoi.asked if method == "PUT"]
    assert puts[-1].endswith("seal.dsse.json")
    assert len(puts) == len(files_of(package.path))


def test_what_stands_there_is_read_and_not_sent_again(package, stores):
    _, hanoi, _ = stores
    gets, puts = both(package, stores)
    seen = 0

    def dies(done):
        nonlocal seen
        seen += done
        if seen > 6 << 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        carry(gets, puts, lines=1, progress=dies)
    assert not (hanoi.folder / "hanoi/0312/seal.dsse.json").exists()
    first = {name for method, name, status in hanoi.asked if (method, status) == ("PUT", 200)}
    hanoi.asked.clear()
    carry(gets, puts)
    second = {name for method, name, _ in hanoi.asked if method == "PUT"}
    assert first
    assert not first & second
    same(package, hanoi.folder / "hanoi/0312")
    # Once all of it stands there, nothing but the seal is sent.
    hanoi.asked.clear()
    carry(gets, puts)
    assert [name for method, name, _ in hanoi.asked if method == "PUT"] == ["hanoi/0312/seal.dsse.json"]


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("data/000002.bin", "EVID-032"),
        ("data/000002.idx", "EVID-032"),
        ("data/000003.bin", "EVID-032"),
        ("README.txt", "EVID-024"),
    ],
)
def test_a_file_with_a_wrong_byte_is_never_whole_at_the_target(package, stores, file, code):
    lyon, hanoi, _ = stores
    gets, puts = both(package, stores)
    there = lyon.folder / "evidence/case 1" / file
    data = bytearray(there.read_bytes())
    data[-40 if file.endswith("idx") else -1] ^= 1
    there.write_bytes(data)
    with pytest.raises(EvidenceError, match=code):
        carry(gets, puts, lines=1)
    OPEN.close()
    hanoi.settle()
    assert not (hanoi.folder / "hanoi/0312" / file).exists()
    assert not (hanoi.folder / "hanoi/0312/seal.dsse.json").exists()


@pytest.mark.parametrize("change", [lambda data: data[:-1], lambda data: data + b"x", lambda _: b"other"])
@pytest.mark.parametrize("name", ["000001.bin", "000002.idx"])
def test_what_stands_at_the_target_and_is_another_file_is_replaced(package, stores, change, name):
    _, hanoi, _ = stores
    gets, puts = both(package, stores)
    lay(package, hanoi, "hanoi/0312")
    there = hanoi.folder / "hanoi/0312/data" / name
    there.write_bytes(change((package.path / "data" / name).read_bytes()))
    carry(gets, puts)
    assert hanoi.count("PUT", name) == 1
    same(package, hanoi.folder / "hanoi/0312")


def test_a_store_that_gives_back_something_else_is_found_out(package, stores):
    _, hanoi, _ = stores
    gets, puts = both(package, stores)

    def bend(name, at, data):
        return b"\xff" + data[1:] if name.endswith("000002.bin") and at == 0 else data

    hanoi.bend = bend
    with pytest.raises(EvidenceError, match="EVID-096"):
        carry(gets, puts)
    assert not (hanoi.folder / "hanoi/0312/seal.dsse.json").exists()


def test_another_package_is_not_written_over(package, stores):
    _, hanoi, _ = stores
    gets, puts = both(package, stores)
    there = hanoi.folder / "hanoi/0312/seal.dsse.json"
    there.parent.mkdir(parents=True)
    there.write_bytes(b"another seal")
    with pytest.raises(EvidenceError, match="EVID-097"):
        carry(gets, puts)
    assert hanoi.count("PUT") == 0


def test_links_for_the_target_name_every_file_or_nothing_is_begun(package, stores):
    lyon, hanoi, links = stores
    gets = links(lyon, lay(package, lyon))
    puts = links(hanoi, "hanoi/0312", ["seal.dsse.json", "README.txt"], writing=True)
    with pytest.raises(EvidenceError, match="EVID-091"):
        carry(gets, puts)
    assert hanoi.asked == []


def test_a_link_opens_what_it_was_made_for_and_for_as_long(package, stores):
    lyon, _, links = stores
    gets = links(lyon, lay(package, lyon))
    fallen = links(lyon, "evidence/case 1", ["README.txt"], valid=timedelta(microseconds=1))
    readme = next(each for each in gets.files if each.path == "README.txt")
    elsewhere = readme.model_copy(update={"get": readme.get.replace("README.txt", "entries.enc")})
    written = readme.model_copy(update={"put": readme.get})
    for each in (fallen.files[0], elsewhere):
        with pytest.raises(EvidenceError, match=r"EVID-093.*403"):
            linked(gets.model_copy(update={"files": (each,)})).read_into(
                "README.txt", 0, memoryview(bytearray(1))
            )
    with pytest.raises(EvidenceError, match=r"EVID-093.*403"):
        linked(gets.model_copy(update={"files": (written,)})).put("README.txt", 1, iter((b"x",)))


def test_a_redirect_is_not_followed(package, stores):
    lyon, hanoi, _ = stores
    gets, puts = both(package, stores)
    lyon.redirect = f"{hanoi.url}/elsewhere"
    with pytest.raises(EvidenceError, match=r"EVID-093.*307"):
        carry(gets, puts)
    assert hanoi.asked == []


# By hand.


@pytest.fixture
def run(capsys, tmp_path, world, monkeypatch):
    (tmp_path / "root.json").write_bytes(world.root)
    monkeypatch.setattr(_edge, "now", lambda: AT)
    monkeypatch.setattr(_evidence_store, "WAITS", ())
    monkeypatch.chdir(tmp_path)

    def act(store, *words):
        for key, value in store.environment.items():
            monkeypatch.setenv(key, value)
        status = cli.main(["evidence", *map(str, words)])
        return status, *capsys.readouterr()

    return act


TRUST = ("--trust", "root.json", "--private", "127.0.0.1")


def test_by_hand_from_a_folder_to_a_store_to_another_and_back_into_a_folder(
    package, stores, run, tmp_path, caplog
):
    caplog.set_level(logging.DEBUG)
    lyon, hanoi, _ = stores
    told = []

    def does(*words):
        status, said, errors = run(*words)
        told.extend((said, errors))
        assert (status, errors) == (0, "")
        return said

    put = ("links", "s3://lyon/a", "--for", "put", "--package", package.path, "--out", "a.json")
    assert json.loads(does(lyon, *put, "--valid", "2h", "--json")) == {
        "expires": "2028-03-13T20:33:00Z",
        "files": len(files_of(package.path)),
        "path": "a.json",
    }
    assert (tmp_path / "a.json").stat().st_mode & 0o777 == 0o600
    said = does(lyon, "carry", package.path, "a.json", "--seal", package.seal, *TRUST)
    assert "copy       a.json" in said
    does(lyon, "links", "s3://lyon/a", "--for", "get", "--out", "read.json")
    does(hanoi, "links", "s3://hanoi/b", "--for", "put", "--like", "read.json", "--out", "b.json")
    does(lyon, "carry", "read.json", "b.json", *TRUST, "--lines", "2", "--rate", "100000000")
    found = json.loads(does(hanoi, "carry", "b.json", "copy", *TRUST, "--json"))
    assert (found["verified"], found["seal"], found["copy"]) == (True, package.seal, "copy")
    same(package, tmp_path / "copy")
    secrets = "".join(told) + caplog.text
    assert "Signature" not in secrets
    assert "127.0.0.1" not in "".join(told)


def test_by_hand_a_fetch_that_a_store_refuses_keeps_what_came(package, stores, run, tmp_path):
    lyon, _, _ = stores
    lay(package, lyon, "lyon/a")
    run(lyon, "links", "s3://lyon/a", "--for", "get", "--out", "a.json")
    (lyon.folder / "lyon/a/data/000003.bin").rename(tmp_path / "away")
    status, said, errors = run(lyon, "carry", "a.json", "copy", *TRUST, "--lines", "1")
    assert (status, said) == (2, "")
    assert errors.startswith("EVID-093 The store refuses data/000003.bin: status 404.")
    (tmp_path / "away").rename(lyon.folder / "lyon/a/data/000003.bin")
    lyon.gave.clear()
    assert run(lyon, "carry", "a.json", "copy", *TRUST, "--lines", "1")[0] == 0
    assert lyon.gave["lyon/a/data/000001.bin"] == 0
    same(package, tmp_path / "copy")


def test_by_hand_links_into_our_own_house_are_not_called(package, stores, run):
    lyon, _, _ = stores
    lay(package, lyon, "lyon/a")
    run(lyon, "links", "s3://lyon/a", "--for", "get", "--out", "a.json")
    lyon.asked.clear()
    status, _, errors = run(lyon, "carry", "a.json", "copy", "--trust", "root.json")
    assert (status, errors[:8]) == (2, "EXCH-026")
    assert lyon.asked == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("s3://lyon/empty", "--for", "get"), "EVID-099"),
        (("s3://lyon/a", "--for", "put"), "CLI-002"),
        (("file:///tmp", "--for", "get"), "EVID-099"),
        (("s3://lyon/a", "--for", "get", "--valid", "8d"), "CLI-007"),
        (("s3://lyon/a", "--for", "get", "--valid", "soon"), "CLI-007"),
    ],
)
def test_by_hand_links_that_cannot_be_made(stores, run, tmp_path, words, code):
    status, said, errors = run(stores[0], "links", *words, "--out", "x.json")
    assert (status, said, errors.partition(" ")[0]) == (2, "", code)
    assert not (tmp_path / "x.json").exists()


def test_several_lines_keep_one_pace_together(package, stores):
    """Each way has a pace of its own: out of one store, into the other, and back out of that."""
    gets, puts = both(package, stores)
    slept, turn = [], threading.Lock()
    now = [0.0]

    def sleep(seconds):
        with turn:
            slept.append(seconds)
            now[0] += seconds

    def pace():
        return evidence.Pace(1 << 20, lambda: now[0], sleep)

    out, into, back = pace(), pace(), pace()
    pairs = [(linked(gets, reading=out), linked(puts, reading=back, writing=into)) for _ in range(2)]
    evidence.carry(*pairs[0], basis(), further=pairs[1:])
    # Eleven MiB at one MiB a second take that long at least; the clock moved by what was slept alone.
    assert now[0] >= 10.0
    assert len(slept) > 10


def test_links_are_read_back_as_they_were_made(package, stores):
    gets, _ = both(package, stores)
    assert wire.decode(wire.encode(gets), type(gets)) == gets
