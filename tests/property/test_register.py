"""Whatever bytes stand in a register, a release, a bundle or a reader's folder: only our errors leave."""

from __future__ import annotations

import json
import tempfile
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from securesystemslib.exceptions import FormatError
from securesystemslib.formats import encode_canonical

from rogatory import register
from rogatory.errors import RogatoryError
from rogatory.register import compare, history, layout, rings, snapshots, verify
from rogatory.register.hybrid import CustodianSigner
from support.registers import START, custodians, new_world, offline, online
from support.world import ASKING

SOON = START + timedelta(hours=1)
PATIENT = (HealthCheck.too_slow, HealthCheck.data_too_large)
SLOW = settings(suppress_health_check=PATIENT)
# A refresh writes files and checks every signature; a quarter of the examples will do.
SLOWEST = settings(suppress_health_check=PATIENT, max_examples=max(25, settings().max_examples // 4))


@cache
def world():
    # Not a fixture: one register serves every example.
    folder = tempfile.TemporaryDirectory()
    made = new_world(Path(folder.name))
    made.keeper = folder
    made.snapshot = made.refresh(SOON)
    made.bundle = register.make_bundle(made.snapshot, [ASKING])
    return made


def only_ours(act):
    """Return what an act returns, or the code of the one kind of error that may leave it."""
    try:
        return act()
    except RogatoryError as error:
        # Its sentence can be built, and is one line.
        return error.code if len(str(error).splitlines()) == 1 else None


def believed():
    made = world()
    return dict(made.snapshot.found.files) | {layout.CHECKPOINT: made.snapshot.head}


junk = st.one_of(
    st.binary(max_size=400),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=20),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
        max_leaves=20,
    ).map(lambda value: json.dumps(value).encode(errors="replace")),
)


@given(junk)
def test_any_bytes_as_a_release(data):
    only_ours(lambda: register.read_release(data))


@given(junk)
def test_any_bytes_as_a_bundle(data):
    assert isinstance(only_ours(lambda: history.ring_from(data, world().root, SOON)), str)


@given(junk)
def test_any_bytes_as_a_root(data):
    assert isinstance(only_ours(lambda: history.ring_from(world().bundle, data, SOON)), str)


@given(st.data(), junk)
def test_any_bytes_in_place_of_any_file(data, other):
    files = believed()
    path = data.draw(st.sampled_from(sorted(files)))
    files[path] = other

    def read(name, limit):
        return files.get(name)

    found = only_ours(lambda: verify.walk(read, world().root, SOON))
    # The first root is the trusted one and the log's head is not part of a walk.
    assert isinstance(found, str) or path in {layout.root_path(1), layout.CHECKPOINT}


HANDS = {
    "root": lambda: custodians().root,
    "targets": lambda: custodians().targets,
    "snapshot": lambda: custodians().snapshot,
    "timestamp": lambda: custodians().timestamp,
    "vnm": lambda: (offline("vnm"),),
    "vnm.online": lambda: (online("vnm"),),
}
DOCUMENTS = {"register.json": "targets", "identity.json": "vnm", "authorities.json": "vnm.online"}


class Hostile:
    """A host and a Party that sign whatever they please, over files whose digests fit."""

    def __init__(self):
        self.files = believed()
        self.paths = {
            role: next(path for path in self.files if path.endswith(f"metadata/{n}{role}.json"))
            for role in HANDS
            for n in ([""] if role == "timestamp" else [self.version(role)])
        }

    def version(self, role):
        numbers = [
            int(path.split("/")[1].split(".")[0])
            for path in self.files
            if path.startswith("metadata/") and path.partition(".")[2] == f"{role}.json"
        ]
        return f"{max(numbers)}."

    def load(self, role):
        return json.loads(self.files[self.paths[role]])

    def put(self, role, document):
        """Sign what is there now, and let every file above name it."""
        payload = encode_canonical(document["signed"]).encode()
        signatures = [CustodianSigner(pair).sign(payload).to_dict() for pair in HANDS[role]()]
        data = json.dumps({**document, "signatures": signatures}).encode()
        self.files[self.paths[role]] = data
        above = "timestamp" if role == "snapshot" else "snapshot"
        if role in {"timestamp", "root"}:
            return
        outer = self.load(above)
        outer["signed"]["meta"][f"{role}.json"] |= {
            "length": len(data),
            "hashes": {"sha256": register.digest(data)},
        }
        self.put(above, outer)

    def replace(self, name, data):
        """Put other bytes where a document is, and let its role name them."""
        role = self.load(DOCUMENTS[name])
        targets = role["signed"]["targets"]
        full = next(each for each in targets if each.endswith(name))
        targets[full] = {"length": len(data), "hashes": {"sha256": register.digest(data)}}
        self.files[layout.target_path(full, register.digest(data))] = data
        self.put(DOCUMENTS[name], role)

    def walked(self, root=None):
        found = verify.walk(lambda name, _: self.files.get(name), root or world().root, SOON)
        rings.ring_of(found, "")
        compare.check_successor(world().snapshot.found, found)


def test_the_hostile_host_is_believed_as_long_as_it_is_not_hostile():
    host = Hostile()
    for role in HANDS:
        if role != "root":
            host.put(role, host.load(role))
    verify.walk(lambda name, _: host.files.get(name), world().root, SOON)


@given(st.data(), st.sampled_from(sorted(HANDS)))
@SLOW
def test_any_member_of_signed_metadata_changed(data, role):
    host = Hostile()
    document = host.load(role)
    change(data, document["signed"])
    try:
        host.put(role, document)
    except FormatError:
        # What canonical JSON cannot spell, such as a fraction, cannot be signed either.
        return
    only_ours(lambda: host.walked(host.files[host.paths["root"]] if role == "root" else None))


@given(st.data(), st.sampled_from(sorted(DOCUMENTS)))
@SLOW
def test_any_member_of_a_signed_document_changed(data, name):
    host = Hostile()
    path = next(each for each in host.files if each.endswith(f".{name}") and "/fra/" not in each)
    document = json.loads(host.files[path])
    change(data, document)
    host.replace(name, json.dumps(document).encode())
    only_ours(host.walked)


@given(junk, st.sampled_from(sorted(DOCUMENTS)))
@SLOW
def test_any_bytes_as_a_signed_document(data, name):
    host = Hostile()
    host.replace(name, data)
    assert isinstance(only_ours(host.walked), str)


@given(st.data())
@SLOW
def test_any_member_of_a_trusted_root_changed(data):
    document = json.loads(world().root)
    change(data, document)
    root = json.dumps(document).encode()
    only_ours(lambda: history.ring_from(world().bundle, root, SOON))


@given(st.data())
@SLOW
def test_any_member_of_a_bundle_changed(data):
    document = json.loads(world().bundle)
    change(data, document)
    only_ours(lambda: history.ring_from(json.dumps(document).encode(), world().root, SOON))


def change(data, document):
    """Walk down to some member and put something else there."""
    where = document
    for _ in range(data.draw(st.integers(0, 6))):
        places = list(where) if isinstance(where, dict) else list(range(len(where)))
        deeper = [place for place in places if isinstance(where[place], (dict, list)) and where[place]]
        if not deeper:
            break
        where = where[data.draw(st.sampled_from(deeper))]
    places = list(where) if isinstance(where, dict) else list(range(len(where)))
    other = (
        st.none() | st.booleans() | st.integers(-3, 2**60) | st.text(max_size=10) | st.just([]) | st.just({})
    )
    where[data.draw(st.sampled_from(places))] = data.draw(other)


@given(st.binary(max_size=200), st.sampled_from(["current", "root.json", "manifest", "seen"]))
def test_any_bytes_in_a_readers_folder(data, which):
    made = world()
    names = {
        "manifest": f"snapshots/{made.snapshot.digest}.json",
        "seen": f"snapshots/{made.snapshot.digest}.seen.json",
    }
    path = made.reader / names.get(which, which)
    whole = path.read_bytes()
    try:
        path.write_bytes(data)
        assert isinstance(only_ours(lambda: snapshots.load_snapshot(made.reader)), str)
    finally:
        path.write_bytes(whole)


@given(st.binary(max_size=300))
@SLOWEST
def test_any_bytes_as_the_logs_head(data):
    real = register.from_folder(world().host / "public")

    def read(path, limit):
        return data if path == layout.CHECKPOINT else real(path, limit)

    assert isinstance(only_ours(lambda: world().refresh(SOON, read=read)), str)


@given(st.binary(max_size=600))
@SLOWEST
def test_any_bytes_as_the_logs_entries(data):
    real = register.from_folder(world().host / "public")

    def read(path, limit):
        return data if path.startswith("log/tile/entries") else real(path, limit)

    with tempfile.TemporaryDirectory() as folder:
        act = lambda: register.refresh(Path(folder), read, SOON, root=world().root)  # noqa: E731
        assert isinstance(only_ours(act), str)


@pytest.mark.parametrize("size", [layout.MAX_FILE + 1, 1 << 22])
def test_a_file_beyond_its_limit_is_not_parsed(size):
    files = believed() | {"metadata/2.targets.json": b" " * size}
    # The digest is compared before a byte is parsed.
    assert only_ours(lambda: verify.walk(lambda name, _: files.get(name), world().root, SOON)) == "REG-007"
