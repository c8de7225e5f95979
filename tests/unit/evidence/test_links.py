"""A links file: what one may hold, and that nothing of an address is ever repeated."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rogatory import wire
from rogatory.errors import EvidenceError, RogatoryError, WireError
from rogatory.evidence.carrying import linking
from rogatory.evidence.carrying.links import Link, Links, read_links
from support.world import NOON

TOKEN = "X-Amz-Signature=5ec3e7"
GET = f"https://store.example/a/README.txt?{TOKEN}"


def links(*files, expires=NOON):
    return wire.encode(Links(expires=expires, files=files or (Link(path="README.txt", get=GET),)))


def read(data, at=NOON - timedelta(seconds=1)):
    return read_links(data, at)


def test_links_are_read_while_they_open():
    assert read(links()).files[0].get == GET
    with pytest.raises(EvidenceError, match="EVID-092"):
        read(links(), NOON)


@pytest.mark.parametrize(
    "address",
    [
        f"http://store.example/a?{TOKEN}",
        f"http://127.0.0.1.example/a?{TOKEN}",
        f"http://127.0.0.2/a?{TOKEN}",
        f"ftp://store.example/a?{TOKEN}",
        f"file:///etc/passwd?{TOKEN}",
        f"https:///a?{TOKEN}",
        f"https://u:p@store.example/a?{TOKEN}",
        f"https://u@store.example/a?{TOKEN}",
        f"https://store.example/a?{TOKEN}#f",
        f"https://store.example:port/a?{TOKEN}",
        f"https://store.example:99999/a?{TOKEN}",
        f"https://[::1/a?{TOKEN}",
        f"https://store.example/a b?{TOKEN}",
        f"https://store.example:0/a?{TOKEN}",
        f"https://st\u00f6re.example/a?{TOKEN}",
        f"//store.example/a?{TOKEN}",
        TOKEN,
    ],
)
@pytest.mark.parametrize("way", ["get", "put"])
def test_an_address_that_is_not_plainly_a_safe_one_is_refused_and_not_repeated(address, way):
    link = Link(path="README.txt", **({"get": GET, "put": address} if way == "put" else {"get": address}))
    with pytest.raises(EvidenceError, match="EVID-094") as caught:
        read(links(link))
    assert "5ec3e7" not in str(caught.value) + caught.value.explain() + repr(caught.value.fields)


@pytest.mark.parametrize("host", ["127.0.0.1:9000", "[::1]:9000", "localhost", "LOCALHOST:1"])
def test_on_this_machine_alone_plain_http_is_read(host):
    assert read(links(Link(path="README.txt", get=f"http://{host}/a")))


def test_a_file_has_one_link():
    twice = Link(path="data/000001.bin", get=GET)
    with pytest.raises(EvidenceError, match="EVID-094"):
        read(links(twice, twice))


@pytest.mark.parametrize(
    "path", ["", "/a", "a/", "../a", "a/../b", "a/b/c", ".a", "a//b", "a\\b", "\u00e9", "a\n", "x" * 70]
)
def test_a_name_that_no_file_of_a_package_has_is_refused(path):
    document = wire.parse(links())
    document["files"][0]["path"] = path
    with pytest.raises(WireError, match="WIRE-010"):
        read(wire.canonical(document))


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"type": "link"},
        {"files": []},
        {"expires": "tomorrow"},
        {"files": [{"path": "a", "get": ""}]},
        {"files": [{"path": "a", "get": "https://x/" + "y" * 16_400}]},
        {"files": [{"path": "a", "get": GET, "size": 3}]},
    ],
)
def test_another_document_is_refused_and_not_repeated(change):
    with pytest.raises(RogatoryError) as caught:
        read(wire.canonical(wire.parse(links()) | change))
    assert "5ec3e7" not in str(caught.value)


def test_without_obstore_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "obstore", None)
    with pytest.raises(EvidenceError, match="EVID-098"):
        linking.make_links("s3://b/p", ["a"], now=NOON, valid=timedelta(hours=1), writing=False)


@pytest.mark.parametrize(
    ("store", "valid"),
    [
        ("s3:/b", 1),
        ("https://b.s3.example", 1),
        ("memory:///", 1),
        ("s3://b/p", 169),
        ("s3://b/p", 0),
        ("s3://", 1),
    ],
)
def test_links_are_made_for_a_place_in_a_store_and_a_week_at_most(store, valid):
    with pytest.raises(EvidenceError, match="EVID-099"):
        linking.make_links(store, ["a"], now=NOON, valid=timedelta(hours=valid), writing=False)


def test_a_store_that_is_not_https_makes_no_links(monkeypatch):
    for key, value in {
        "ACCESS_KEY_ID": "a",
        "SECRET_ACCESS_KEY": "s",
        "ENDPOINT_URL": "http://store.example",
    }.items():
        monkeypatch.setenv(f"AWS_{key}", value)
    monkeypatch.setenv("AWS_ALLOW_HTTP", "true")
    with pytest.raises(EvidenceError, match="EVID-094"):
        linking.make_links("s3://b/p", ["a"], now=NOON, valid=timedelta(hours=1), writing=True)


def test_links_hold_no_credential(monkeypatch):
    for key, value in {
        "ACCESS_KEY_ID": "theid",
        "SECRET_ACCESS_KEY": "thesecret",
        "REGION": "eu-west-3",
    }.items():
        monkeypatch.setenv(f"AWS_{key}", value)
    made = linking.make_links("s3://b/p", ["a", "data/1"], now=NOON, valid=timedelta(hours=1), writing=True)
    assert b"thesecret" not in wire.encode(made)
    assert [(each.path, each.get[:5], each.put[:5]) for each in made.files] == [
        ("a", "https", "https"),
        ("data/1", "https", "https"),
    ]
    assert made.expires == NOON + timedelta(hours=1)
    assert read_links(wire.encode(made), NOON) == made


@pytest.mark.parametrize(
    "put",
    [
        GET.replace("/a/", "/b/"),
        GET.replace("store.example", "other.example"),
        GET.replace("store.example", "store.example:8443"),
        GET.replace("README.txt", "README.txt/"),
    ],
)
def test_what_may_be_written_is_read_where_it_is_written(put):
    """``check_places``."""
    with pytest.raises(EvidenceError, match=r"EVID-094.*not read where it is written"):
        read(links(Link(path="README.txt", get=GET, put=put)))
    same = GET.replace("store.example", "store.example:443").replace(TOKEN, "X-Amz-Signature=00")
    assert read(links(Link(path="README.txt", get=GET, put=same)))


@pytest.mark.parametrize("second", [GET, GET.replace("README", "%52EADME"), GET.replace(TOKEN, "x=1")])
def test_two_files_are_not_written_to_one_place(second):
    first = Link(path="README.txt", get=GET, put=GET)
    with pytest.raises(EvidenceError, match=r"EVID-094.*where another file is"):
        read(links(first, Link(path="entries.enc", get=second, put=second)))
    assert read(links(first, Link(path="entries.enc", get=second)))


@pytest.fixture
def credentials(monkeypatch):
    for key, value in {"ACCESS_KEY_ID": "a", "SECRET_ACCESS_KEY": "s", "REGION": "eu-west-3"}.items():
        monkeypatch.setenv(f"AWS_{key}", value)


def made(names, store="s3://b/p", *, writing=True):
    return linking.make_links(store, names, now=NOON, valid=timedelta(hours=1), writing=writing)


@pytest.mark.usefixtures("credentials")
@pytest.mark.parametrize("name", [".DS_Store", "data/._000001.bin", "case/data/000001.bin", "a b", "", "x\n"])
def test_a_name_that_no_file_of_a_package_has_makes_no_links(name):
    with pytest.raises(EvidenceError, match="EVID-094"):
        made(["README.txt", name])


@pytest.mark.usefixtures("credentials")
def test_no_more_links_are_made_than_are_read(monkeypatch):
    monkeypatch.setattr(linking, "MAX_FILES", 3)
    assert len(made(["a", "b", "c"]).files) == 3
    with pytest.raises(EvidenceError, match=r"EVID-099.*more than 3 files"):
        made(["a", "b", "c", "d"])
    with pytest.raises(EvidenceError, match=r"EVID-099.*nothing lies there"):
        made([])


@pytest.mark.usefixtures("credentials")
def test_a_long_session_token_makes_links_that_are_read(monkeypatch):
    monkeypatch.setenv("AWS_SESSION_TOKEN", "t+" * 2_100)
    document = wire.encode(made(["README.txt"]))
    assert read_links(document, NOON).files[0].get.count("t%2B") == 2_100


@pytest.mark.usefixtures("credentials")
def test_no_longer_links_are_made_than_are_read(monkeypatch):
    """``check_lengths``."""
    monkeypatch.setenv("AWS_SESSION_TOKEN", "tokentoken" * 1_700)
    with pytest.raises(EvidenceError, match=r"EVID-099.*session token") as caught:
        made(["README.txt"])
    assert "tokentoken" not in str(caught.value)
    monkeypatch.setenv("AWS_SESSION_TOKEN", "short")
    names = [f"data/{number:06}.bin" for number in range(1, 41)]
    size = len(wire.encode(made(names)))
    monkeypatch.setattr(linking, "MAX_LINKS", size)
    with pytest.raises(EvidenceError, match=r"EVID-099.*session token"):
        made([*names, "data/000041.bin"])
