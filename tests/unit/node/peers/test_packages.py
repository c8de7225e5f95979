"""Packages at the door: by Range, to whom they were delivered, and to nobody else."""

from __future__ import annotations

import pytest

from rogatory import exchange
from rogatory.exchange import HttpRequest
from rogatory_node.base import configuration
from rogatory_node.peers import packages
from rogatory_node.vault import places
from support.knocking import answer_to, code_of, knock
from support.office import A05, MOJ, OFAC


def ask(france, package, path, *, sender=OFAC, **headers):
    message = france.message("GET", f"/peer/v1/packages/{package}/{path}", sender=sender)
    return message, knock(message, **headers)


def refused(france, package, path, **more):
    message, response = ask(france, package, path, **more)
    assert answer_to(message, response, france.ring)[0] == A05
    return response.status_code, response.content


def test_what_is_not_there_and_what_is_not_theirs_look_the_same(delivered, france):
    absent = refused(france, "f" * 64, "seal.dsse.json")
    assert absent[0] == 404
    path = delivered.package
    for package, name, sender in (
        (path, "seal.dsse.json", MOJ),
        (path, "nothing", OFAC),
        (path, "data", OFAC),
        (path, "data/../../x", OFAC),
        (path, ".hidden", OFAC),
        (path, "%00", OFAC),
        (path, "a/b/c/d", OFAC),
        (path, "data//000001.bin", OFAC),
        ("..", "node.toml", OFAC),
        (path.upper(), "seal.dsse.json", OFAC),
    ):
        assert refused(france, package, name, sender=sender) == absent, (package, name, sender)


@pytest.mark.parametrize("path", ["..%2f..%2fnode.toml", "seal.dsse%2Ejson", "data%2f000001.bin"])
def test_an_address_that_is_written_in_another_way_is_not_the_one_that_was_signed(path, delivered, france):
    _, response = ask(france, delivered.package, path)
    assert (response.status_code, response.content) == (404, b"")


def test_a_link_in_a_package_is_not_followed(delivered, france):
    folder = places.folder_of(delivered)
    (folder / "passwd").symlink_to("/etc/passwd")
    assert refused(france, delivered.package, "passwd")[0] == 404


def test_before_its_delivery_a_package_is_nobodys(sealed, france):
    assert refused(france, sealed.package, "seal.dsse.json")[0] == 404


@pytest.mark.parametrize(
    ("wanted", "status", "begin", "end"),
    [
        ("bytes=0-9", 206, 0, 10),
        ("bytes=5-", 206, 5, None),
        ("bytes=3-3", 206, 3, 4),
        ("bytes=0-9999999999999999999", 206, 0, None),
        ("bytes=9999999999-", 416, None, None),
        ("bytes=9-3", 416, None, None),
        ("", 200, 0, None),
        ("bytes=-5", 200, 0, None),
        ("bytes=0-1,3-4", 200, 0, None),
        ("bytes=0-99999999999999999999", 200, 0, None),
        ("bytes=a-b", 200, 0, None),
        ("bytes=\uff10-\uff11", 200, 0, None),
        ("items=0-1", 200, 0, None),
    ],
)
def test_a_range_is_read_as_the_standard_says_and_anything_else_ignored(
    wanted, status, begin, end, delivered, france
):
    whole = (places.folder_of(delivered) / "seal.dsse.json").read_bytes()
    _, response = ask(france, delivered.package, "seal.dsse.json", range=wanted)
    assert response.status_code == status
    if status == 416:
        assert response.headers["content-range"] == f"bytes */{len(whole)}"
        return
    part = whole[begin:end]
    assert b"".join(response.streaming_content) == part
    assert response.headers["content-length"] == str(len(part))
    if status == 206:
        last = begin + len(part) - 1
        assert response.headers["content-range"] == f"bytes {begin}-{last}/{len(whole)}"


def test_one_answer_holds_a_part_and_the_next_question_the_rest(delivered, france, monkeypatch):
    monkeypatch.setattr(packages, "PART", 1000)
    _, response = ask(france, delivered.package, "data/000001.bin", range="bytes=500-")
    assert len(b"".join(response.streaming_content)) == 1000


def test_an_authority_reads_four_parts_at_once_and_no_more(delivered, france):
    held = [ask(france, delivered.package, "data/000001.bin")[1] for _ in range(packages.MOST_AT_ONCE)]
    message, response = ask(france, delivered.package, "data/000001.bin")
    assert (response.status_code, code_of(response)) == (429, "NODE-605")
    assert answer_to(message, response, france.ring)[0] == A05
    held[0].close()
    held[0].close()
    again = ask(france, delivered.package, "data/000001.bin")[1]
    assert again.status_code == 200
    for each in (*held, again):
        each.close()
    assert sum(packages._reading.values()) == 0


def test_readers_take_no_threads_and_all_of_them_are_bounded(delivered, france, settings, monkeypatch):
    web = settings.ROGATORY.web.model_copy(update={"threads": 1})
    settings.ROGATORY = settings.ROGATORY.model_copy(update={"web": web})
    assert settings.ROGATORY.peers.fetch_lines <= packages.MOST_AT_ONCE
    held = [ask(france, delivered.package, "data/000001.bin")[1] for _ in range(packages.MOST_AT_ONCE)]
    assert [each.status_code for each in held] == [200] * packages.MOST_AT_ONCE
    held.pop().close()
    monkeypatch.setattr(packages, "MOST_IN_ALL", len(held))
    _, response = ask(france, delivered.package, "data/000001.bin")
    assert (response.status_code, code_of(response)) == (429, "NODE-605")
    for each in held:
        each.close()
    assert sum(packages._reading.values()) == 0


def test_a_signed_question_is_answered_once(delivered, france):
    message, response = ask(france, delivered.package, "seal.dsse.json")
    response.close()
    second = knock(message)
    assert (second.status_code, code_of(second)) == (409, "EXCH-005")


def test_reading_packages_uses_no_quota_of_statements(delivered, france, settings):
    settings.ROGATORY = settings.ROGATORY.model_copy(
        update={"peers": settings.ROGATORY.peers.model_copy(update={"calls_per_minute": 2})}
    )
    for _ in range(2 * packages.ALLOWANCE):
        response = ask(france, delivered.package, "seal.dsse.json")[1]
        assert response.status_code == 200
        response.close()
    response = ask(france, delivered.package, "seal.dsse.json")[1]
    assert (response.status_code, code_of(response)) == (429, "EXCH-006")
    posted = france.message("POST", "/peer/v1/statements", b"x", kind=exchange.TRANSFER_TYPE)
    assert code_of(knock(posted)) != "EXCH-006"


def test_an_unsigned_question_is_a_strangers(delivered):
    url = f"{configuration.current().web.public_url}/peer/v1/packages/{delivered.package}/seal.dsse.json"
    response = knock(HttpRequest("GET", url, {}, b""))
    assert (response.status_code, response.content) == (404, b"")
