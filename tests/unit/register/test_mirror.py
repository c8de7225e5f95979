"""A reader believes nothing worse than what it knew, whoever serves."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta

import httpx
import pytest

from rogatory import register
from rogatory.errors import RegisterError
from rogatory.keys import Purpose
from rogatory.register import files, layout, log, snapshots
from rogatory.register.verify import walk
from rogatory.wire import strict
from support.registers import ORIGIN, START, authorities_of, custodians, identity_of, offline, online
from support.world import ASKED, ASKING, pair

from .test_host import online_release, tree

SOON = START + timedelta(hours=1)
LATER = START + timedelta(hours=2)


def serving(world, **changed):
    """Return a reader over the host's files with some of them changed; None takes one away."""
    real = register.from_folder(world.host / "public")
    return lambda path, limit: changed[path] if path in changed else real(path, limit)


def refused(world, now=LATER, read=None):
    before = tree(world.reader)
    with pytest.raises(RegisterError) as caught:
        world.refresh(now, **({"read": read} if read else {}))
    after = tree(world.reader)
    assert {path: after[path] for path in before} == before
    return caught.value.code


def test_an_expired_register_is_refused_and_the_known_one_stays(world):
    known = world.refresh(SOON)
    assert refused(world, START + timedelta(days=8)) == "REG-005"
    assert register.load_snapshot(world.reader).digest == known.digest


def test_a_register_put_back_to_an_older_day_is_refused(world):
    shutil.copytree(world.host, world.folder / "old")
    world.publish(SOON)
    world.refresh(SOON)
    old = register.from_folder(world.folder / "old/public")
    assert refused(world, read=old) == "REG-008"


def test_a_log_that_forked_is_refused(world):
    world.refresh(SOON)
    shutil.rmtree(world.host / "public/log")
    (world.host / "pending").unlink()
    world.publish(SOON)
    assert refused(world) == "REG-023"


def test_a_log_whose_entries_are_not_those_of_its_head_is_refused(world):
    bundles = (world.host / "public/log/tile/entries").glob("*.p/*")
    bundle = max(bundles, key=lambda path: int(path.name))
    bundle.write_bytes(bundle.read_bytes().replace(b"vnm", b"xxx", 1))
    assert refused(world) == "REG-023"


@pytest.mark.parametrize("check", ["check_grows", "check_head"])
def test_the_logs_checks_each_refuse_a_fork(world, monkeypatch, check):
    world.refresh(SOON)
    shutil.rmtree(world.host / "public/log")
    (world.host / "pending").unlink()
    world.publish(SOON)
    monkeypatch.setattr(log, check, lambda *given: None)
    # A shorter log is caught by its size, a longer one by its root; the other check is still there.
    assert refused(world) in {"REG-023", "REG-025"}


def test_a_log_head_of_another_origin_is_refused(world):
    head = (world.host / "public/log/checkpoint").read_bytes()
    other = head.replace(ORIGIN.encode(), b"other.example/log")
    assert refused(world, read=serving(world, **{layout.CHECKPOINT: other})) == "REG-024"


def test_a_file_that_is_not_in_the_log_is_refused(world, monkeypatch):
    monkeypatch.setattr(log, "leaves_of", lambda fresh, now: ())
    world.publish(SOON)
    monkeypatch.undo()
    assert refused(world) == "REG-025"


@pytest.mark.parametrize("path", [layout.TIMESTAMP, layout.CHECKPOINT, "metadata/2.targets.json"])
def test_a_register_that_lacks_a_file_is_refused(world, path):
    assert refused(world, read=serving(world, **{path: None})) == "REG-003"


def test_a_timestamp_cut_short_is_refused(world):
    whole = (world.host / "public" / layout.TIMESTAMP).read_bytes()
    for length in (0, 1, len(whole) // 2, len(whole) - 1):
        assert refused(world, read=serving(world, **{layout.TIMESTAMP: whole[:length]})) == "REG-001"


def test_a_timestamp_beyond_its_limit_is_refused_by_its_size_alone(world, monkeypatch):
    whole = (world.host / "public" / layout.TIMESTAMP).read_bytes()
    padded = whole + b" " * layout.MAX_TIMESTAMP
    assert refused(world, read=serving(world, **{layout.TIMESTAMP: padded})) == "REG-002"
    monkeypatch.setattr(strict, "check_size", lambda data, limit: None)
    assert walk(serving(world, **{layout.TIMESTAMP: padded}), world.root, SOON).parties


def test_a_document_beyond_its_limit_is_refused(world, monkeypatch):
    monkeypatch.setattr(layout, "MAX_FILE", 24_000)
    assert refused(world) == "REG-002"


def test_a_log_that_grew_beyond_all_measure_is_refused(world, monkeypatch):
    monkeypatch.setattr(log, "MAX_ENTRIES", 3)
    assert refused(world) == "REG-023"


def test_what_is_here_already_is_not_fetched_again(world):
    world.refresh(SOON)
    world.publish(SOON)
    real, asked = register.from_folder(world.host / "public"), []

    def read(path, limit):
        asked.append(path)
        return real(path, limit)

    world.refresh(LATER, read=read)
    assert not [path for path in asked if path.startswith("targets/")]
    assert "metadata/2.root.json" in asked


def test_nothing_is_believed_without_a_root(world):
    with pytest.raises(RegisterError, match="REG-034"):
        register.refresh(world.reader, register.from_folder(world.host / "public"), SOON)


def test_a_readers_folder_keeps_its_first_root(world, tmp_path):
    world.refresh(SOON)
    other = register.init(tmp_path / "other", custodians(), ORIGIN, START)
    read = register.from_folder(world.host / "public")
    with pytest.raises(RegisterError, match="REG-031"):
        register.refresh(world.reader, read, SOON, root=other)
    assert register.refresh(world.reader, read, SOON).digest


def test_a_damaged_copy_is_noticed(world):
    snapshot = world.refresh(SOON)
    manifest = world.reader / "snapshots" / f"{snapshot.digest}.json"
    whole = manifest.read_bytes()
    manifest.write_bytes(whole + b" ")
    with pytest.raises(RegisterError, match="REG-037"):
        register.load_snapshot(world.reader)
    manifest.write_bytes(whole)
    (world.reader / "current").write_bytes(b"{")
    with pytest.raises(RegisterError, match="REG-001"):
        register.load_snapshot(world.reader)
    (world.reader / "current").unlink()
    with pytest.raises(RegisterError, match="REG-003"):
        register.load_snapshot(world.reader)


@pytest.mark.parametrize("kind", ["party", "online"])
def test_a_stored_file_that_vanished_or_changed_is_noticed(world, kind):
    snapshot = world.refresh(SOON)
    path = "metadata/1.vnm.json" if kind == "party" else "metadata/1.vnm.online.json"
    (world.reader / "files" / json.loads(snapshot.manifest)["files"][path]).unlink()
    with pytest.raises(RegisterError):
        register.load_snapshot(world.reader)


def test_a_folder_that_cannot_be_written_says_so(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(RegisterError, match="REG-036"):
        files.write(tmp_path / "file" / "below", b"")
    with pytest.raises(RegisterError, match="REG-036"):
        files.make(tmp_path / "file" / "below")
    with pytest.raises(RegisterError, match="REG-036"), files.locked(tmp_path / "nowhere"):
        pass
    (tmp_path / "folder").mkdir()
    with pytest.raises(RegisterError, match="REG-036"):
        register.from_folder(tmp_path)("folder", 10)


@pytest.mark.parametrize("path", ["../up", "/etc/passwd", "a//b", "", ".hidden", "a/.", "a\\b", "a" * 301])
def test_no_path_leads_out_of_a_folder(tmp_path, path):
    with pytest.raises(RegisterError, match="REG-035"):
        register.from_folder(tmp_path)(path, 10)


# A Party whose role has expired.


def lapsing(world, days):
    """Let the host go on for so many days while Parties say nothing."""
    world.refresh(SOON)
    now = START + timedelta(days=days)
    world.publish(now)
    return now


def test_a_party_that_lets_its_role_expire_stops_nobody_else(world):
    now = lapsing(world, 100)
    snapshot = world.refresh(now)
    assert snapshot.found.lapsed == {"fra", "vnm"}
    assert snapshot.ring.current(ASKING, Purpose.STATEMENT, now)
    trust = register.trust_in(snapshot)
    assert register.freshness(trust, now) is register.Freshness.FRESH
    assert register.freshness(trust, now, ASKING) is register.Freshness.STALE
    assert register.load_snapshot(world.reader).digest == snapshot.digest


def test_a_new_reader_does_not_take_an_expired_party_over(world):
    now = lapsing(world, 100)
    world.publish(
        now,
        online_release(
            authorities_of("vnm", now).model_copy(update={"authorities": authorities_of("vnm").authorities}),
            at=now,
        ),
    )
    world.reader = world.folder / "second"
    snapshot = world.refresh(now)
    assert set(snapshot.found.parties) == {"vnm"}
    assert register.load_snapshot(world.reader).digest == snapshot.digest
    with pytest.raises(RegisterError, match="REG-038"):
        register.make_bundle(snapshot, [ASKED])


def test_a_new_version_that_has_expired_already_is_refused(world):
    now = lapsing(world, 100)
    old = authorities_of("vnm", SOON).model_copy(update={"authorities": authorities_of("vnm").authorities})
    world.publish(now, online_release(old))
    assert refused(world, now) == "REG-005"


def test_a_bundle_leaves_out_a_party_that_no_longer_spoke(world):
    now = lapsing(world, 100)
    snapshot = world.refresh(now)
    ring = register.history.ring_from(register.make_bundle(snapshot), world.root, now)
    assert {entry.key.authority for entry in ring.entries.values()} == {"xun/register"}
    named = register.make_bundle(snapshot, [ASKING])
    with pytest.raises(RegisterError, match="REG-005"):
        register.history.ring_from(named, world.root, now)
    # As of an earlier day it spoke, and the newer file still says what was true then.
    assert register.history.ring_from(named, world.root, SOON).entries


def test_a_bundle_needs_a_root_from_elsewhere(world):
    bundle = register.make_bundle(world.refresh(SOON))
    with pytest.raises(RegisterError, match="REG-034"):
        register.history.ring_from(bundle, None, SOON)


def test_a_bundle_beyond_its_limit_is_not_parsed(world, monkeypatch):
    bundle = register.make_bundle(world.refresh(SOON))
    monkeypatch.setattr(register.history, "MAX_BUNDLE", 1000)
    with pytest.raises(RegisterError, match="REG-002"):
        register.history.ring_from(bundle, world.root, SOON)


# Over HTTP.


def web(handler):
    return register.from_http(httpx.Client(transport=httpx.MockTransport(handler)), "https://host.example/r/")


def test_a_register_is_followed_over_http(world):
    public = world.host / "public"

    def handler(request):
        path = public / request.url.path.removeprefix("/r/")
        assert request.headers["accept-encoding"] == "identity"
        return (
            httpx.Response(200, content=iter([path.read_bytes()])) if path.is_file() else httpx.Response(404)
        )

    assert world.refresh(SOON, read=web(handler)).digest == world.refresh(SOON).digest


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(500),
        httpx.Response(302, headers={"location": "https://elsewhere.example/"}),
        httpx.ConnectError("no route"),
    ],
)
def test_a_host_that_does_not_answer_as_it_should_is_named(world, answer):
    def handler(request):
        if isinstance(answer, Exception):
            raise answer
        return answer

    assert refused(world, read=web(handler)) == "REG-026"


def test_an_endless_answer_is_read_no_further_than_its_limit():
    def endless():
        while True:
            yield b"x" * 1000

    found = web(lambda request: httpx.Response(200, content=endless()))("metadata/timestamp.json", 2500)
    assert len(found) == 2501


def test_the_manifest_names_every_file_by_its_digest(world):
    snapshot = world.refresh(SOON)
    listed = json.loads(snapshot.manifest)["files"]
    assert listed[layout.CHECKPOINT] == register.digest(snapshot.head)
    assert register.digest(snapshot.manifest) == snapshot.digest
    assert snapshots.read_manifest(snapshot.manifest, snapshot.digest) == listed


def test_identity_and_particulars_are_found_by_name(world):
    snapshot = world.refresh(SOON)
    assert snapshot.identities[ASKING].nature is register.Nature.POLICE
    assert snapshot.authorities[ASKED].door == "https://fra.example/peer/v1"


def test_the_online_custodians_are_the_partys_own(world):
    same = identity_of("vnm").model_copy(update={"issued_at": SOON})
    handed_over = register.sign_identity(same, 2, [offline("vnm")], [online("fra").public], SOON)
    with pytest.raises(RegisterError, match="REG-015"):
        world.publish(SOON, handed_over)


def test_the_offline_role_exchanges_the_online_custodians(world):
    same = identity_of("vnm").model_copy(update={"issued_at": SOON})
    other = pair("vnm/custodian", Purpose.REGISTER, 4)
    mine = register.sign_identity(same, 2, [offline("vnm")], [other.public], SOON)
    with pytest.raises(RegisterError, match="REG-004"):
        world.publish(SOON, mine)
    again = register.sign_authorities(authorities_of("vnm"), 2, [other], SOON)
    world.publish(SOON, mine.merged(again))
    assert world.refresh(SOON).found.versions["vnm.online"] == 2
