"""Signing in at the desk's own pages: what is asked, what is said, in which language."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from rogatory_node.look import PSEUDO
from rogatory_node.people import officers

from .conftest import words_of

PHRASE = "a long enough phrase"


@pytest.fixture
def door(db):
    cache.clear()
    return Client(HTTP_HOST="localhost:8000")


def test_the_page_offers_password_and_passkey_and_no_account(door):
    page = words_of(door.get("/accounts/login/"))
    assert "Name for signing in" in page
    assert "Sign in with a passkey" in page
    assert "sign up</a>" not in page
    assert "Forgot" not in page
    assert "Simulation" in page


def test_no_page_of_signing_in_has_code_inline(door):
    page = words_of(door.get("/accounts/login/"))
    for tag in page.split("<script")[1:]:
        head = tag.split(">")[0]
        assert "src=" in head or "application/json" in head


def test_a_wrong_password_is_said_once_above_and_beside(door):
    officers.enlist("binh", "Binh", password=PHRASE)
    page = words_of(door.post("/accounts/login/", {"login": "binh", "password": "wrong"}))
    assert "There is a problem" in page
    assert 'value="binh"' in page


def test_signing_out_is_a_button_and_not_a_link(door):
    officers.enlist("binh", "Binh", password=PHRASE)
    door.post("/accounts/login/", {"login": "binh", "password": PHRASE})
    assert "Sign out?" in words_of(door.get("/accounts/logout/"))
    assert door.post("/accounts/logout/").status_code == 302
    assert door.get("/").status_code == 302


def test_the_language_is_chosen_at_the_foot(door):
    door.post("/i18n/setlang/", {"language": PSEUDO, "next": "/accounts/login/"})
    page = words_of(door.get("/accounts/login/"))
    assert 'dir="rtl"' in page
    assert "Name for signing in" not in page


def test_the_pages_of_one_s_own_keys_are_the_desk_s(door):
    officers.enlist("binh", "Binh", password=PHRASE)
    door.post("/accounts/login/", {"login": "binh", "password": PHRASE})
    for path in (
        "/accounts/2fa/",
        "/accounts/password/change/",
        "/accounts/2fa/totp/activate/",
        "/accounts/2fa/webauthn/",
    ):
        answer = door.get(path, follow=True)
        assert answer.status_code == 200, path
        assert "rg-mast" in words_of(answer), path
