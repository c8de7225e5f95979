"""The approval origin: reached once, apart from the desk, for one gesture; and enrolling what makes it."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client, RequestFactory

from rogatory_node.base import NodeError, Role, clock, configuration
from rogatory_node.desk import handoff
from rogatory_node.people import officers
from rogatory_node.people.models import Approval, ApprovalCredential
from support.passkey import Passkey

from .conftest import A05, approval_page, approve_here, words_of

PHRASE = "a long enough phrase"


@pytest.fixture
def made(desk, duty, asked):
    from rogatory_node.casework.models import Draft

    client = desk(duty)
    client.post(f"/threads/{asked.thread}/acknowledge/{asked.statement_id}", {})
    return client, Draft.objects.get()


def test_the_page_says_in_words_what_is_approved(made):
    client, draft = made
    there, address, _ = approval_page(client, draft.pk)
    page = words_of(there.get(address))
    assert "You approve exactly what stands below, as duty officer." in page
    assert "A person has opened it." in page
    digest = " ".join(draft.content_id[at : at + 4] for at in (0, 4, 8))
    assert digest in page
    assert digest in words_of(client.get(f"/drafts/{draft.pk}"))
    assert 'href="/threads"' not in page
    assert "Sign out" not in page


def test_the_address_works_once(made):
    client, draft = made
    _there, _address, entered = approval_page(client, draft.pk)
    again = Client(HTTP_HOST="approve.localhost:8000").get(entered)
    assert again.status_code == 410
    assert "NODE-750" in words_of(again)


def test_the_key_of_a_session_here_is_no_key_that_enters(made):
    client, draft = made
    there, address, _ = approval_page(client, draft.pk)
    answer = there.get(f"/approve/enter/{there.session.session_key}")
    assert answer.status_code == 410
    assert "NODE-750" in words_of(answer)
    # Nothing was taken: the page goes on.
    assert there.get(address).status_code == 200


def test_the_page_closes_by_itself(made, monkeypatch):
    client, draft = made
    there, address, _ = approval_page(client, draft.pk)
    later = clock.machine() + timedelta(minutes=11)
    monkeypatch.setattr(clock, "machine", lambda: later)
    assert there.get(address).status_code == 410


def test_an_old_address_is_closed(made, monkeypatch):
    client, draft = made
    given = client.post(f"/drafts/{draft.pk}", {"act": "approve"})["Location"]
    later = clock.machine() + timedelta(minutes=2)
    monkeypatch.setattr(clock, "machine", lambda: later)
    path = given.removeprefix(configuration.current().approval_origin)
    assert Client(HTTP_HOST="approve.localhost:8000").get(path).status_code == 410


def test_a_stranger_at_the_approval_origin_sees_nothing_of_the_draft(made):
    _client, draft = made
    answer = Client(HTTP_HOST="approve.localhost:8000").get(f"/approve/{draft.pk}")
    assert answer.status_code == 410
    assert "acknowledg" not in words_of(answer).lower()


def test_the_gesture_for_one_draft_opens_no_other(made, duty):
    client, draft = made
    there, address, _ = approval_page(client, draft.pk)
    assert there.get(address.replace(str(draft.pk), "0" * 8 + str(draft.pk)[8:])).status_code == 410


def test_what_was_handed_over_is_no_session_of_anybody(made, duty):
    request = RequestFactory().get("/", HTTP_HOST="localhost:8000")
    key = handoff.give(request, handoff.Handed(str(duty.officer.pk), "x", "y")).rpartition("/")[2]
    desk = Client(HTTP_HOST="localhost:8000")
    desk.cookies["session-8000"] = key
    assert desk.get("/").status_code == 302
    assert handoff.take(key).draft == "x"
    with pytest.raises(NodeError, match="NODE-750"):
        handoff.take(key)
    assert not Session.objects.filter(session_key=key).exists()


def test_without_an_answer_nothing_is_approved(made):
    client, draft = made
    there, address, _ = approval_page(client, draft.pk)
    answer = there.post(address, {"passkey": ""})
    assert answer.status_code == 422
    assert "NODE-751" in words_of(answer)
    assert Approval.objects.count() == 0


def test_a_lie_of_the_passkey_is_named_and_the_page_stays(made, duty):
    client, draft = made
    duty.passkey.lies = {"rp_id": "localhost"}
    answer = approve_here(client, duty, draft.pk)
    assert answer.status_code == 422
    assert "NODE-116" in words_of(answer)
    assert Approval.objects.count() == 0


def test_after_the_gesture_the_page_is_closed(made, duty):
    client, draft = made
    there, address, _ = approval_page(client, draft.pk)
    options = json.loads(
        re.search(r'id="rg-passkey-options"[^>]*>(.*?)</script>', words_of(there.get(address)))[1]
    )
    back = there.post(address, {"passkey": duty.passkey.get(options).decode()})
    assert back["Location"] == f"http://localhost:8000/drafts/{draft.pk}"
    assert there.get(address).status_code == 410


def test_who_has_no_approval_passkey_is_told_where_to_enrol_one(desk, made):
    _client, draft = made
    ApprovalCredential.objects.update(revoked_at=clock.now())
    client, _draft = made
    there, address, _ = approval_page(client, draft.pk)
    page = words_of(there.get(address))
    assert "You have no approval passkey" in page
    assert "rg-passkey-options" not in page


def test_no_approval_page_stands_on_the_desk_s_host(made):
    client, draft = made
    assert client.get(f"/approve/{draft.pk}").status_code == 404


@pytest.fixture
def newcomer(hire):
    made = officers.enlist("neu", "Neu", password=PHRASE)
    officers.appoint(None, made, A05, Role.DUTY_OFFICER)
    return made


def signed_in(officer):
    client = Client(HTTP_HOST="localhost:8000")
    answer = client.post("/accounts/login/", {"login": officer.username, "password": PHRASE})
    assert answer.status_code == 302, words_of(answer)
    return client


def enrolled(client, key):
    again = client.post("/passkeys/enrol")["Location"]
    assert again.startswith("/accounts/reauthenticate/")
    given = client.post(again, {"password": PHRASE, "next": "/passkeys/enrol"})["Location"]
    origin = configuration.current().approval_origin
    there = Client(HTTP_HOST="approve.localhost:8000")
    address = there.get(given.removeprefix(origin))["Location"]
    page = words_of(there.get(address))
    options = json.loads(re.search(r'id="rg-passkey-options"[^>]*>(.*?)</script>', page)[1])
    return there.post(address, {"label": "safe", "passkey": key.create(options).decode()})


def test_a_passkey_is_enrolled_on_the_approval_origin_and_confirmed_by_a_second(newcomer, hire, desk):
    client = signed_in(newcomer)
    key = Passkey(configuration.current().approval_origin)
    assert enrolled(client, key)["Location"] == "http://localhost:8000/passkeys"
    assert "Waits for a second person" in words_of(client.get("/passkeys"))
    row = ApprovalCredential.objects.get(officer=newcomer)
    operator = hire("op", Role.OPERATOR)
    page = words_of(desk(operator).get("/passkeys"))
    assert "Waiting for you to confirm" in page
    assert desk(operator).post("/passkeys", {"act": "confirm", "passkey": row.pk}).status_code == 302
    row.refresh_from_db()
    assert row.confirmed_by == operator.officer


def test_nobody_confirms_a_passkey_of_their_own_or_a_stranger_s(newcomer, desk, duty):
    client = signed_in(newcomer)
    enrolled(client, Passkey(configuration.current().approval_origin))
    row = ApprovalCredential.objects.get(officer=newcomer)
    own = client.post("/passkeys", {"act": "confirm", "passkey": row.pk})
    assert own.status_code == 403
    assert "NODE-104" in words_of(own)
    other = desk(duty).post("/passkeys", {"act": "confirm", "passkey": row.pk})
    assert "NODE-702" in words_of(other)
    row.refresh_from_db()
    assert row.confirmed_at is None


def test_a_holder_ends_a_passkey(desk, duty):
    row = ApprovalCredential.objects.get(officer=duty.officer)
    assert desk(duty).post("/passkeys", {"act": "revoke", "passkey": row.pk}).status_code == 302
    assert "Ended" in words_of(desk(duty).get("/passkeys"))


def test_enrolling_needs_a_fresh_sign_in(desk, duty):
    duty.officer.set_password(PHRASE)
    duty.officer.save()
    answer = desk(duty).post("/passkeys/enrol")
    assert "/accounts/reauthenticate/" in answer["Location"]


def test_a_page_for_enrolling_opens_no_draft_and_the_other_way_round(newcomer, made):
    client, draft = made
    there, _address, _ = approval_page(client, draft.pk)
    assert there.get("/approve/passkey").status_code == 410
