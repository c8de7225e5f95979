"""Every call: by a token that holds, for what its officer may do; every refusal a problem document."""

from __future__ import annotations

import json
import re
import uuid
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.test import Client

from rogatory_node.api import tokens
from rogatory_node.api.models import AccessToken
from rogatory_node.api.service import api
from rogatory_node.base import NodeError, Role, clock
from rogatory_node.casework.services import draft
from rogatory_node.people import officers
from rogatory_node.records.models import Leaf
from rogatory_node.vault.models import Onward, Package
from support import world
from support.office import A05, OFAC, ORDER, SPP, body_of

SCHEMA = api.get_openapi_schema()
ROUTES = [
    (method.upper(), path.removeprefix("/api/v1"))
    for path, methods in SCHEMA["paths"].items()
    for method in methods
]
EVERYTHING = tuple(role for role in Role if role is not Role.OPERATOR)


def problem(response, code=None):
    """Return the code of a problem document, after looking it over."""
    assert response.headers["content-type"] == "application/problem+json", response.content
    found = json.loads(response.content)
    assert set(found) == {"type", "title", "status", "detail", "code", "fields"}
    assert found["status"] == response.status_code
    assert code is None or found["code"] == code, found
    return found["code"]


def filled(path):
    names = {each: str(uuid.uuid4()) for each in ("draft_id", "package_id", "onward_id")}
    names["credential_id"] = "7"
    return re.sub(r"\{(\w+)\}", lambda found: names.get(found[1], "f" * 64), path)


def test_the_routes_are_those_that_this_test_walks():
    assert len(ROUTES) > 20
    assert ("POST", "/drafts/{draft_id}/send") in ROUTES


@pytest.mark.parametrize("token", [None, "", "x", "rgt_" + "0" * 64, "rgt_" + "é" * 64, "Bearer"])
@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_every_call_needs_a_token_that_holds(method, path, token, call):
    response = call(None, method, filled(path), {}, token=token)
    assert response.status_code == 401
    problem(response, "NODE-705")
    assert response.headers["www-authenticate"] == "Bearer"


def endings(officer):
    token = tokens.make(officer, "ends")
    yield "revoked", token, lambda: tokens.revoke(officer, "ends")
    token = tokens.make(officer, "over", life=timedelta(days=1))
    yield "over", token, lambda: clock.set_to(world.NOON + timedelta(days=1), frozen=True)
    token = tokens.make(officer, "left")
    yield "left", token, lambda: officers.leave(officer)


def test_a_token_ends_when_it_is_revoked_when_it_is_over_and_when_its_officer_leaves(duty, call):
    for why, token, end in endings(duty.officer):
        assert call(None, "GET", "/me", token=token).status_code == 200, why
        end()
        assert problem(call(None, "GET", "/me", token=token)) == "NODE-705", why


def test_an_account_that_is_closed_without_more_ends_its_tokens(duty, call):
    token = tokens.make(duty.officer, "t")
    type(duty.officer).objects.update(is_active=False)
    assert call(None, "GET", "/me", token=token).status_code == 401


def test_revoking_one_label_leaves_the_others(duty, call):
    one, two = tokens.make(duty.officer, "one"), tokens.make(duty.officer, "two")
    assert tokens.revoke(duty.officer, "one") == 1
    assert tokens.revoke(duty.officer, "one") == 0
    assert call(None, "GET", "/me", token=one).status_code == 401
    assert call(None, "GET", "/me", token=two).status_code == 200


def test_a_token_is_kept_as_its_digest_and_leaves_a_leaf_without_it(duty):
    token = tokens.make(duty.officer, "one")
    row = AccessToken.objects.get()
    assert token not in " ".join(map(str, vars(row).values()))
    assert token.encode() not in b"".join(bytes(each.event) for each in Leaf.objects.all())
    assert str(row) == "one"


@pytest.mark.parametrize(
    "given", [{"label": ""}, {"label": "x" * 101}, {"life": timedelta(0)}, {"life": timedelta(366)}]
)
def test_a_token_without_an_end_or_a_label_is_not_made(given, duty):
    with pytest.raises(NodeError, match="NODE-707"):
        tokens.make(duty.officer, **({"label": "x"} | given))


def test_the_document_needs_no_token_and_says_what_each_call_refuses():
    response = Client().get("/api/v1/openapi.json")
    assert response.status_code == 200
    document = json.loads(response.content)
    assert document["openapi"].startswith("3.")
    for path, methods in document["paths"].items():
        for method, told in methods.items():
            refusals = {"400", "401", "403", "404", "405", "409", "413", "422", "503"}
            assert refusals <= set(told["responses"]), (method, path)
            assert told["security"], (method, path)
            assert told["summary"]
            for status in refusals:
                schema = told["responses"][status]["content"]["application/json"]["schema"]
                assert schema == {"$ref": "#/components/schemas/Problem"}


def test_every_reference_of_the_document_leads_somewhere():
    text = json.dumps(SCHEMA)
    for name in set(re.findall(r'"#/components/schemas/(\w+)"', text)):
        assert name in SCHEMA["components"]["schemas"]
    operations = [told["operationId"] for methods in SCHEMA["paths"].values() for told in methods.values()]
    assert len(set(operations)) == len(operations)


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_whoever_serves_nobody_gets_nothing(method, path, call):
    """An officer without a role: nothing is listed, nothing is found, nothing is done."""

    class Nobody:
        officer = officers.enlist("nobody", "Nobody")

    response = call(Nobody, method, filled(path), _body(method, path))
    if response.status_code == 200:
        found = json.loads(response.content)
        assert found == [] or found.get("roles") == {}
    else:
        assert response.status_code in {403, 404, 422}
        problem(response)


def _body(method, path):
    """Return a body that is well formed, as far as one is needed."""
    bodies = {
        "/drafts": {"authority": A05, "recipient": OFAC, "body": {}},
        "/drafts/{draft_id}": {"version": 1, "body": {}},
        "/drafts/{draft_id}/approvals": {"role": "duty_officer", "assertion": {}},
        "/threads/{thread_id}/domestic-acts": {
            "authority": A05,
            "request": "f" * 64,
            "order": ORDER | {"items": [1]},
        },
        "/threads/{thread_id}/follow-up": {"authority": A05, "recipient": OFAC, "request": "f" * 64},
        "/threads/{thread_id}/share": {"authority": A05, "with_authority": SPP},
        "/threads/{thread_id}/title": {"authority": A05, "title": "x"},
        "/packages": {
            "authority": A05,
            "recipient": OFAC,
            "thread": "f" * 64,
            "request": "f" * 64,
            "intake": "x",
            "conditions": {"use": "lead"},
        },
        "/packages/{package_id}/delivery": {"items": [1]},
        "/packages/{package_id}/onward": {"recipient": SPP, "purpose": "x"},
        "/credentials": {"label": "x", "response": {}},
        "/simulation/clock": {"instant": "2028-03-14T00:00:00Z"},
    }
    return bodies.get(path, {}) if method in {"POST", "PUT"} else None


def _onward(sealed, duty, made):
    return Onward.objects.create(
        package=sealed, kind="whole", draft=made.pk, recorded_at=clock.now(), recorded_by=duty.officer
    )


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_what_another_authority_has_looks_as_what_nobody_has(method, path, call, asked, sealed, hire, duty):
    """Somebody with every role elsewhere asks for what is there and for what is not: one answer."""
    if "{" not in path:
        return
    other = hire("mai", *EVERYTHING, authority=SPP)
    made = draft.begin(duty.officer, "request", draft.Aim(A05, OFAC), body_of(world.request()))
    there = {
        "draft_id": str(made.pk),
        "package_id": str(sealed.pk),
        "thread_id": asked.thread,
        "statement_id": asked.statement_id,
        "credential_id": "1",
        "onward_id": str(_onward(sealed, duty, made).pk),
    }
    here = re.sub(r"\{(\w+)\}", lambda found: there[found[1]], path)
    if method == "GET" and path.endswith("approval-options"):
        here, nothing = f"{here}?role=duty_officer", f"{filled(path)}?role=duty_officer"
    else:
        nothing = filled(path)
    body = _body(method, path)
    first, second = call(other, method, here, body), call(other, method, nothing, body)
    assert first.status_code in {403, 404}
    assert (first.status_code, first.content) == (second.status_code, second.content)


@pytest.mark.parametrize("method", ["DELETE", "PATCH", "HEAD"])
def test_a_method_that_is_not_served_is_a_problem(method, duty, call):
    response = call(duty, method, "/me")
    assert response.status_code == 405
    assert response.headers["allow"] == "GET"
    if method != "HEAD":
        problem(response, "NODE-704")


@pytest.mark.parametrize("path", ["/nothing", "/", "/drafts/not-a-uuid", "/threads/a/b/c/d", "/docs"])
def test_an_address_that_is_no_calls_is_a_problem(path, duty, call):
    response = call(duty, "GET", path)
    assert response.status_code in {404, 422}
    problem(response)


BAD = {
    "no JSON": (b"{", "WIRE-003", 422),
    "empty": (b"", "NODE-701", 422),
    "a list": (b"[]", "WIRE-003", 422),
    "a duplicate": (b'{"act":"request","act":"request"}', "WIRE-004", 422),
    "a float": (b'{"body":{"a":1.5}}', "WIRE-005", 422),
    "a large number": (b'{"body":{"a":' + b"9" * 400 + b"}}", "WIRE-006", 422),
    "depth": (b'{"body":' + b'{"a":' * 40 + b"1" + b"}" * 41, "WIRE-007", 422),
    "endless depth": (b"[" * 100_000, "WIRE-007", 422),
    "hidden text": ('{"body":{"a":"\u202e"}}'.encode(), "WIRE-008", 422),
    "not UTF-8": (b'{"a":"\xff"}', "WIRE-002", 422),
    "too large": (b" " * ((1 << 20) + 1), "WIRE-001", 413),
    "far too large": (b" " * (5 << 20), "NODE-701", 413),
    "an unknown member": (
        b'{"authority":"vnm/a05","recipient":"fra/ofac","body":{},"state":"sent"}',
        "NODE-701",
        422,
    ),
    "a missing member": (b'{"authority":"vnm/a05","body":{}}', "NODE-701", 422),
    "another type": (b'{"authority":1,"recipient":"fra/ofac","body":{}}', "NODE-701", 422),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_body_that_cannot_be_read_is_a_problem_that_repeats_nothing(kind, duty, call):
    body, code, status = BAD[kind]
    response = call(duty, "POST", "/drafts", body)
    assert response.status_code == status
    problem(response, code)
    assert b"202e" not in response.content
    assert b"fra/ofac" not in response.content


def test_what_no_screen_may_show_is_a_problem_that_replaces_it(duty, call):
    answer = call(duty, "POST", "/drafts", b'{"\\u202e":1,"\\u202e":2}')
    assert (answer.status_code, answer.json()["code"]) == (422, "WIRE-004")
    assert answer.json()["fields"] == {"member": "\N{REPLACEMENT CHARACTER}"}


def test_a_busy_database_is_a_problem_that_says_later(duty, call, monkeypatch):
    from rogatory_node.casework import selectors

    def busy(*_):
        raise OperationalError

    monkeypatch.setattr(selectors, "threads", busy)
    response = call(duty, "GET", "/threads")
    assert response.status_code == 503
    problem(response, "NODE-703")


def test_no_cookie_signs_in_to_the_api(duty):
    client = Client()
    client.force_login(duty.officer, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/api/v1/me").status_code == 401


def test_the_approval_host_serves_no_call(duty, call):
    assert call(duty, "GET", "/me", HTTP_HOST="approve.localhost:8000").status_code == 404


def test_packages_of_another_authority_are_not_listed(call, sealed, hire):
    assert Package.objects.count() == 1
    other = hire("mai", *EVERYTHING, authority=SPP)
    assert json.loads(call(other, "GET", "/packages").content) == []
    assert json.loads(call(other, "GET", "/troubles").content) == []


def test_a_lost_officer_is_not_told_apart(call):
    assert problem(call(None, "GET", "/me", token="rgt_" + "1" * 64)) == "NODE-705"
