"""``rogatory register``."""

from __future__ import annotations

import errno
import json
from datetime import timedelta

import pytest

from rogatory import cli, register
from rogatory.cli import _edge
from rogatory.register import workshop
from support.registers import HOST, ORIGIN
from support.world import NOON

PURPOSES = ("identity", "statement", "encryption")


@pytest.fixture
def clock(monkeypatch):
    state = [NOON]
    monkeypatch.setattr(_edge, "now", lambda: state[0])
    return state


@pytest.fixture
def host(tmp_path, clock, capsys):
    """Return a function that runs a command on a register begun in a folder, and what it printed."""

    def run(*words):
        status = cli.main(["register", *(str(each) for each in words)])
        shown = capsys.readouterr()
        return status, shown.out, shown.err

    for purpose in PURPOSES:
        for party in ("vnm", "fra"):
            path = tmp_path / f"{party}.{purpose}"
            cli.main(["keys", "new", purpose, "--authority", f"{party}/a05", "--out", str(path)])
    run("init", tmp_path / "host", "--origin", ORIGIN, "--operator", HOST)
    return run


def add(run, folder, party, *more):
    words = [word for purpose in PURPOSES for word in ("--key", folder / f"{party}.{purpose}")]
    return run("add", folder / "host", "--party", party, "--authority", f"{party}/a05", *words, *more)


def published(run, folder):
    for party in ("vnm", "fra"):
        assert add(run, folder, party)[0] == 0
    assert run("publish", folder / "host")[0] == 0


def refreshed(run, folder, *more):
    words = ["--from", folder / "host", "--root", folder / "host/root.json", *more]
    return run("refresh", folder / "mirror", *words)


def test_a_register_is_begun_filled_published_and_followed(host, tmp_path):
    published(host, tmp_path)
    status, out, _ = refreshed(host, tmp_path, "--json")
    assert status == 0
    shown = json.loads(out)
    assert sorted(shown["parties"]) == ["fra", "vnm"]
    assert shown["parties"]["vnm"]["vnm/a05"]["keys"] == 3
    assert shown["snapshot"] == register.load_snapshot(tmp_path / "mirror").digest
    assert shown["state"] == "fresh"


def test_private_keys_stay_out_of_what_is_served(host, tmp_path):
    published(host, tmp_path)
    secrets = list((tmp_path / "host/keys").iterdir())
    assert len(secrets) == 9
    assert all(path.stat().st_mode & 0o077 == 0 for path in secrets)
    seeds = [json.loads(path.read_bytes())["seed"].encode() for path in secrets]
    served = b"".join(path.read_bytes() for path in (tmp_path / "host/public").rglob("*") if path.is_file())
    assert not [seed for seed in seeds if seed in served]


def test_particulars_are_published(host, tmp_path):
    add(
        host,
        tmp_path,
        "vnm",
        "--name",
        "Bureau A05",
        "--nature",
        "ministry",
        "--door",
        "https://a05.example/",
    )
    host("publish", tmp_path / "host")
    refreshed(host, tmp_path)
    snapshot = register.load_snapshot(tmp_path / "mirror")
    assert snapshot.identities["vnm/a05"].names == {"en": "Bureau A05"}
    assert snapshot.authorities["vnm/a05"].door == "https://a05.example/"


def test_more_keys_of_an_authority_join_the_ones_published(host, tmp_path, clock, capsys):
    published(host, tmp_path)
    clock[0] += timedelta(days=1)
    for purpose in ("seal", "identity"):
        cli.main(
            ["keys", "new", purpose, "--authority", "vnm/a05", "--out", str(tmp_path / f"new.{purpose}")]
        )
    capsys.readouterr()
    words = ["--party", "vnm", "--authority", "vnm/a05"]
    keys = ["--key", tmp_path / "new.identity", "--key", tmp_path / "new.seal"]
    assert host("add", tmp_path / "host", *words, *keys)[0] == 0
    assert host("publish", tmp_path / "host")[0] == 0
    shown = json.loads(refreshed(host, tmp_path, "--json")[1])
    assert shown["parties"]["vnm"]["vnm/a05"]["keys"] == 5


def test_publishing_without_a_draft_renews_the_timestamp(host, tmp_path, clock):
    published(host, tmp_path)
    clock[0] += timedelta(days=30)
    assert refreshed(host, tmp_path)[2].startswith("REG-005 ")
    assert host("publish", tmp_path / "host")[0] == 0
    assert refreshed(host, tmp_path)[0] == 0


def test_publishing_signs_a_party_again_before_its_role_ends(host, tmp_path, clock):
    published(host, tmp_path)
    refreshed(host, tmp_path)
    for _ in range(3):
        clock[0] += timedelta(days=80)
        assert host("publish", tmp_path / "host")[0] == 0
        assert refreshed(host, tmp_path)[0] == 0
    found = register.load_snapshot(tmp_path / "mirror").found
    assert found.versions["vnm.online"] == 4
    assert not found.lapsed


@pytest.mark.parametrize("place", ["host", "host/public", "mirror"])
def test_show_says_who_is_there(host, tmp_path, place):
    published(host, tmp_path)
    refreshed(host, tmp_path)
    more = ["--root", tmp_path / "host/root.json"] if place == "host/public" else []
    status, out, _ = host("show", tmp_path / place, *more)
    assert status == 0
    assert "vnm/a05" in out
    assert "fresh until" in out


def test_show_says_that_a_copy_is_stale(host, tmp_path, clock):
    published(host, tmp_path)
    refreshed(host, tmp_path)
    clock[0] += timedelta(days=8)
    assert "stale until" in host("show", tmp_path / "mirror")[1]


def test_a_bundle_is_written_once(host, tmp_path):
    published(host, tmp_path)
    refreshed(host, tmp_path)
    words = ("bundle", tmp_path / "mirror", "--out", tmp_path / "bundle.json", "--authority", "vnm/a05")
    assert host(*words)[0] == 0
    root = (tmp_path / "host/root.json").read_bytes()
    ring, opened = register.history.open_bundle((tmp_path / "bundle.json").read_bytes(), root, NOON)
    assert opened.parties == ("vnm",)
    assert ring.entries
    assert host(*words)[2].startswith("CLI-006 ")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("show", "nowhere"), "REG-030"),
        (("show", "http://127.0.0.1:1/register"), "REG-034"),
        (("refresh", "mirror", "--from", "nowhere"), "REG-030"),
        (("refresh", "mirror", "--from", "host"), "REG-034"),
        (("publish", "nowhere"), "REG-030"),
        (("init", "host"), "REG-029"),
        (("bundle", "nowhere", "--out", "bundle"), "REG-003"),
        (("add", "host", "--party", "fra", "--authority", "vnm/a05", "--key", "vnm.identity"), "REG-015"),
        (("add", "host", "--party", "vnm", "--authority", "vnm/a05", "--key", "vnm.encryption"), "CLI-008"),
        (("add", "host", "--party", "vnm", "--authority", "vnm/a05", "--key", "vnm.statement"), "CLI-008"),
        (("add", "nowhere", "--party", "vnm", "--authority", "vnm/a05", "--key", "vnm.identity"), "REG-030"),
        (("publish", "host", "--release", "vnm.identity"), "REG-001"),
    ],
)
def test_wrong_use_is_one_line_with_a_code(host, tmp_path, monkeypatch, words, code):
    monkeypatch.chdir(tmp_path)
    status, out, err = host(*words)
    assert status == 2
    assert err.startswith(f"{code} ")
    assert err.count("\n") == 1
    assert out == ""


def test_a_release_that_a_party_signed_itself_is_taken(host, tmp_path, clock):
    published(host, tmp_path)
    clock[0] += timedelta(hours=1)
    snapshot = json.loads(refreshed(host, tmp_path, "--json")[1])["snapshot"]
    known = register.load_snapshot(tmp_path / "mirror", snapshot).found
    online = register.workshop.role_key(tmp_path / "host", "vnm.online")
    document = known.parties["vnm"].authorities.model_copy(update={"issued_at": clock[0]})
    signed = register.sign_authorities(document, 2, [online], clock[0])
    (tmp_path / "release.json").write_bytes(register.write_release(signed))
    assert host("publish", tmp_path / "host", "--release", tmp_path / "release.json")[0] == 0
    refreshed(host, tmp_path)
    assert register.load_snapshot(tmp_path / "mirror").found.versions["vnm.online"] == 2


def test_a_register_that_could_not_be_begun_leaves_nothing_and_can_be_begun(host, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    (tmp_path / "kept").mkdir()
    (tmp_path / "kept/note.txt").write_bytes(b"mine")
    for place, before in (("new", []), ("kept", ["note.txt"])):
        with monkeypatch.context() as patch:
            patch.setattr(workshop.host, "init", full)
            status, out, err = host("init", tmp_path / place)
        assert (status, out, err[:8]) == (2, "", "CLI-003 ")
        assert sorted(path.name for path in (tmp_path / place).glob("*")) == before
        assert host("init", tmp_path / place)[0] == 0
        assert host("show", tmp_path / place)[0] == 0
        assert host("publish", tmp_path / place)[0] == 0
        made = {each.name for each in (tmp_path / place).iterdir()} - set(before)
        assert made == {each.name for each in (tmp_path / "host").iterdir()}
        assert host("init", tmp_path / place)[2].startswith("REG-029 ")
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.parametrize("origin", ["", "x" * 201, "two\nlines"])
def test_an_origin_that_no_log_can_bear_begins_nothing(host, tmp_path, origin):
    status, out, err = host("init", tmp_path / "new", "--origin", origin)
    assert (status, out, err[:6]) == (2, "", "VALUE-")
    assert not (tmp_path / "new").exists()


def test_keys_that_no_reader_would_take_are_not_drafted(host, tmp_path):
    published(host, tmp_path)
    own, other = ("--party", "fra", "--authority", "fra/a05"), ("--party", "fra", "--authority", "fra/b06")
    key = ("--key", tmp_path / "fra.identity")
    for words, code in (
        ((*other, *key), "REG-015"),
        ((*own, *key, "--key", tmp_path / "host/keys/fra.key"), "REG-015"),
        ((*own, "--key", tmp_path / "fra.statement"), "CLI-008"),
    ):
        status, _, err = host("add", tmp_path / "host", *words)
        assert (status, err[:7]) == (2, code)
    # Had one of them been drafted, nothing could be published any more.
    assert host("publish", tmp_path / "host")[0] == 0
