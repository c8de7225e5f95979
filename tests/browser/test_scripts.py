"""The little that scripts do: clocks count on, a page that is not live says so, a passkey signs."""

import json
import time
from urllib.parse import parse_qs

from playwright.sync_api import expect


def test_the_clocks_count_on_from_the_server_s_instant(desk):
    officer = desk()
    officer.page.clock.install()
    page = officer.opens("board")
    assert page.locator(".rg-mast__clocks dd").all_inner_texts() == ["03:12", "21:12", "20:12"]
    page.clock.fast_forward("02:00")
    assert page.locator(".rg-mast__clocks dd").all_inner_texts() == ["03:14", "21:14", "20:14"]


def test_a_stream_replaces_the_live_end_of_the_navigation(desk):
    page = desk().opens("board", "?stream=/stream/live")
    expect(page.locator("#rg-live-text")).to_have_text("Live. Last heard 03:11")
    expect(page.locator("#rg-live-stale")).to_be_hidden()


def test_a_stream_that_fails_says_since_when_and_that_deadlines_count(desk):
    page = desk().opens("board", "?stream=/stream/none")
    stale = page.locator("#rg-live-stale")
    expect(stale).to_be_visible()
    expect(stale).to_contain_text("Not live since 03:12. Deadlines still count.")
    expect(page.locator("#rg-live-text")).to_be_hidden()


def test_a_stream_is_opened_however_late_its_script_arrives(desk):
    officer = desk()

    def late(route):
        time.sleep(0.5)
        route.continue_()

    officer.page.route("**/hx-sse.min.js", late)
    page = officer.opens("board", "?stream=/stream/live")
    expect(page.locator("#rg-live-text")).to_have_text("Live. Last heard 03:11")


def test_a_passkey_answers_and_its_assertion_is_sent_with_the_form(desk):
    officer = desk()
    page = officer.opens("approve")
    officer.holds_a_passkey()
    with page.expect_request(lambda request: request.method == "POST") as sent:
        page.get_by_role("button", name="Ratify and sign with a passkey").click()
    form = parse_qs(sent.value.post_data)
    assertion = json.loads(form["passkey"][0])
    assert form["act"] == ["ratify"]
    assert sorted(assertion["response"]) == ["authenticatorData", "clientDataJSON", "signature", "userHandle"]


def test_a_new_passkey_is_made_and_its_attestation_sent(desk):
    officer = desk()
    page = officer.opens("enrol")
    officer.has_an_authenticator()
    with page.expect_request(lambda request: request.method == "POST") as sent:
        page.get_by_role("button", name="Make the passkey").click()
    made = json.loads(parse_qs(sent.value.post_data)["passkey"][0])
    assert made["id"] == made["rawId"]
    assert made["type"] == "public-key"
    assert {"attestationObject", "clientDataJSON"} <= set(made["response"])


def test_without_an_answer_nothing_is_sent_and_the_page_says_so(desk):
    officer = desk()
    page = officer.opens("approve")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('no')); }")
    page.get_by_role("button", name="Ratify and sign with a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was signed; try again")
    assert page.url.endswith("/approve")
    assert page.locator("input[name=passkey]").input_value() == ""


def test_the_second_button_asks_for_no_passkey(desk):
    page = desk().opens("approve")
    with page.expect_request(lambda request: request.method == "POST") as sent:
        page.get_by_role("button", name="Withdraw the request").click()
    form = parse_qs(sent.value.post_data, keep_blank_values=True)
    assert form["act"] == ["withdraw"]
    assert form["passkey"] == [""]
