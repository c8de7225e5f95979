"""Signing in: closed accounts, locked doors, and two hosts that do not mix."""

import pytest
from django.core.cache import cache

from rogatory_node.people import officers

pytestmark = pytest.mark.django_db
PHRASE = "a long enough phrase"


@pytest.fixture
def desk(client):
    # allauth counts attempts in the cache, which outlives a test.
    cache.clear()
    client.defaults["HTTP_HOST"] = "localhost:8000"
    return client


@pytest.fixture
def binh(db):
    return officers.enlist("binh", "Binh", password=PHRASE)


def sign_in(desk, password=PHRASE):
    return desk.post("/accounts/login/", {"login": "binh", "password": password})


def test_an_officer_signs_in_with_a_password(desk, binh) -> None:
    assert sign_in(desk).status_code == 302
    assert desk.session["_auth_user_id"] == str(binh.pk)


def test_five_wrong_passwords_lock_the_door(desk, binh) -> None:
    answers = [sign_in(desk, "wrong").status_code for _ in range(5)]
    assert answers[:4] == [200] * 4
    assert answers[-1] in {403, 429}
    cache.clear()
    assert sign_in(desk).status_code in {403, 429}
    assert "_auth_user_id" not in desk.session


def test_nobody_signs_up(desk) -> None:
    page = desk.post("/accounts/signup/", {"username": "x", "password1": PHRASE, "password2": PHRASE})
    assert page.status_code == 200
    assert "_auth_user_id" not in desk.session


@pytest.mark.parametrize("path", ["/accounts/login/", "/problems/NODE-001", "/"])
@pytest.mark.parametrize("host", ["approve.localhost:8000", "Approve.LOCALHOST:8000", "approve.localhost."])
def test_the_approval_host_serves_no_sign_in_however_it_is_spelled(client, host, path) -> None:
    assert client.get(path, HTTP_HOST=host).status_code == 404


def test_the_desk_serves_no_approval_page(desk) -> None:
    assert desk.get("/approve/").status_code == 404


def test_a_foreign_host_is_refused(client) -> None:
    assert client.get("/health", HTTP_HOST="evil.example").status_code == 400


def test_health_says_one_word(desk) -> None:
    assert desk.get("/health").content == b"ok\n"
    assert desk.post("/health").status_code == 405


def test_a_code_has_a_page(desk) -> None:
    page = desk.get("/problems/NODE-001")
    assert b"rogatory node run" in page.content
    assert desk.get("/problems/NODE-000").status_code == 404


def test_pages_carry_a_policy_without_inline_code(desk) -> None:
    policy = desk.get("/accounts/login/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
