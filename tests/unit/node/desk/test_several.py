"""One fact set for several Parties at the desk: what each gets is seen first, and what it would tell."""

from __future__ import annotations

import html
import re
from types import SimpleNamespace

import pytest
from django.utils.translation import override

from rogatory.register import AuthorityEntry, Hours, Nature
from rogatory_node.base import Role, directory
from rogatory_node.casework.models import Draft
from rogatory_node.casework.services import draft as drafting
from rogatory_node.look import PSEUDO
from support import world
from support.office import body_of

from .conftest import A05, OFAC, SPP, words_of

CYBER = "xtp/cyber"
TELLING = {"original": "The server stands in France.", "language": "en"}


@pytest.fixture(autouse=True)
def third_party(register, monkeypatch):
    seen = directory.snapshot()
    entry = AuthorityEntry(id=CYBER, languages=("en",), hours=Hours(always=True, zone="UTC"), keys=())
    named = SimpleNamespace(names={"en": "Cyber unit"}, call_back=(), nature=Nature.POLICE)
    more = SimpleNamespace(
        ring=seen.ring,
        authorities={**seen.authorities, CYBER: entry},
        identities={**seen.identities, CYBER: named},
    )
    monkeypatch.setattr(directory, "snapshot", lambda: more)


@pytest.fixture
def source(duty):
    body = body_of(world.request(*(world.item(number) for number in (1, 2))))
    body["items"][0]["provider"] = {"name": "Provider", "party": "fra"}
    body |= {"reference": "VNM-FRA 2028-0147", "facts": TELLING}
    return drafting.begin(duty.officer, "request", drafting.Aim(A05, OFAC, title="Sàn Vàng"), body)


@pytest.fixture
def at(source):
    return f"/drafts/{source.pk}/several"


BOTH = {"recipient": [OFAC, CYBER]}


def made(source):
    return {each.recipient: each for each in Draft.objects.exclude(pk=source.pk)}


def read(page):
    """Return the tick that says that somebody has read where another Party is named."""
    return html.unescape(re.search(r'name="read" type="checkbox" value="([^"]*)"', page)[1])


def test_a_draft_leads_there_and_its_own_party_is_ticked(desk, duty, source, at):
    client = desk(duty)
    assert at in words_of(client.get(f"/drafts/{source.pk}"))
    page = words_of(client.get(at))
    ticked = re.findall(r'name="recipient" type="checkbox" value="([^"]+)" checked', page)
    assert ticked == [OFAC]
    assert SPP not in page
    assert re.search(r'name="together" type="radio" value="no" checked', page)


def test_looking_begins_nothing_and_says_what_each_would_get(desk, duty, source, at):
    page = words_of(desk(duty).post(at, {**BOTH, "act": "look"}))
    assert "2 items; left out: your number for it" in page
    assert "1 item; left out" in page
    assert "Still names another Party" in page
    assert "The server stands in France." in page
    assert not made(source)


def test_what_names_another_party_is_read_before_anything_is_begun(desk, duty, source, at):
    client = desk(duty)
    answer = client.post(at, {**BOTH, "act": "begin"})
    assert answer.status_code == 422
    assert not made(source)
    begun = client.post(at, {**BOTH, "act": "begin", "read": read(words_of(answer))})
    assert begun.status_code == 302
    drafts = made(source)
    assert set(drafts) == {OFAC, CYBER}
    assert drafts[OFAC].case != drafts[CYBER].case
    assert [each["number"] for each in drafts[CYBER].raw["items"]] == [1]
    assert "reference" not in drafts[CYBER].raw
    page = words_of(client.get(begun["Location"]))
    assert all(f"/drafts/{each.pk}" in page for each in drafts.values())


def test_who_ticks_another_party_after_reading_reads_again(desk, duty, source, at):
    client = desk(duty)
    seen = read(words_of(client.post(at, {**BOTH, "act": "look"})))
    drafting.change(duty.officer, source, {**source.raw, "purpose": TELLING}, version=source.version)
    assert client.post(at, {**BOTH, "act": "begin", "read": seen}).status_code == 422
    assert not made(source)


def test_they_may_know_of_each_other_only_where_that_is_chosen(desk, duty, source, at):
    client = desk(duty)
    page = words_of(client.post(at, {**BOTH, "together": "yes", "act": "look"}))
    assert "Still names another Party" not in page
    client.post(at, {**BOTH, "together": "yes", "act": "begin"})
    drafts = made(source)
    assert drafts[OFAC].case == drafts[CYBER].case
    assert drafts[CYBER].raw["reference"] == "VNM-FRA 2028-0147"


@pytest.mark.parametrize(("choice", "state"), [("yes", Draft.State.DISCARDED), ("no", Draft.State.OPEN)])
def test_the_draft_itself_is_kept_or_given_up_as_chosen(desk, duty, source, at, choice, state):
    desk(duty).post(at, {**BOTH, "together": "yes", "give_up": choice, "act": "begin"})
    source.refresh_from_db()
    assert (source.state, len(made(source))) == (state, 2)


@pytest.mark.parametrize("recipients", [[], [SPP], ["fra/nobody"], [OFAC, "../x"]])
def test_only_whom_the_register_reaches_can_be_asked(desk, duty, source, at, recipients):
    answer = desk(duty).post(at, {"recipient": recipients, "act": "begin"})
    assert answer.status_code == 422
    assert "NODE-753" in words_of(answer)
    assert not made(source)


def test_from_nothing_each_draft_begins_with_its_kind(desk, duty):
    client = desk(duty)
    assert "/requests/several" in words_of(client.get("/requests/new"))
    assert client.get("/requests/several").status_code == 200
    typed = {**BOTH, "kind": "hold_notice", "title": "Sàn Vàng", "act": "begin"}
    assert client.post("/requests/several", typed).status_code == 302
    assert {(each.recipient, each.raw["kind"]) for each in Draft.objects.all()} == {
        (OFAC, "hold_notice"),
        (CYBER, "hold_notice"),
    }


def test_another_authority_s_draft_is_not_there(desk, hire, at):
    client = desk(hire("hai", Role.DUTY_OFFICER, authority=SPP))
    assert client.get(at).status_code == 404
    assert client.post(at, {**BOTH, "act": "begin"}).status_code == 404


def test_a_reader_begins_nothing(desk, hire, source, at):
    client = desk(hire("dpo", Role.OVERSIGHT))
    assert client.get(at).status_code == 403
    assert client.post(at, {**BOTH, "together": "yes", "act": "begin"}).status_code == 403
    assert client.post("/requests/several", {**BOTH, "act": "begin"}).status_code == 403
    assert at not in words_of(client.get(f"/drafts/{source.pk}"))
    assert not made(source)


def test_nobody_drafts_for_an_authority_that_is_not_theirs(desk, duty):
    typed = {**BOTH, "authority": SPP, "act": "begin"}
    assert desk(duty).post("/requests/several", typed).status_code == 403
    assert not Draft.objects.exists()


def test_what_was_begun_is_shown_to_whom_it_belongs_alone(desk, duty, hire, source):
    address = f"/requests/begun?draft={source.pk}"
    assert desk(duty).get(address).status_code == 200
    assert desk(duty).get("/requests/begun?draft=x").status_code == 404
    assert desk(hire("hai", Role.DUTY_OFFICER, authority=SPP)).get(address).status_code == 404


def test_a_draft_that_was_given_up_is_shared_no_more(desk, duty, source, at):
    drafting.discard(duty.officer, source)
    assert desk(duty).get(at).status_code == 404


@pytest.mark.parametrize(
    "raw", [{}, {"items": "all"}, {"facts": {"a.b": "fra/ofac"}}, {"items": [{"provider": "FRA"}, None]}]
)
def test_what_another_system_wrote_shuts_no_page(desk, duty, raw):
    found = drafting.begin(duty.officer, "request", drafting.Aim(A05, OFAC), raw)
    answer = desk(duty).post(f"/drafts/{found.pk}/several", {**BOTH, "act": "look"})
    assert answer.status_code == 200


def test_in_the_pseudo_language_nothing_is_replaced(desk, duty, at):
    client = desk(duty)
    client.cookies["django_language"] = PSEUDO
    with override(PSEUDO):
        page = words_of(client.post(at, {**BOTH, "act": "look"}))
    assert "\N{REPLACEMENT CHARACTER}" not in page
    assert "Which Parties" not in page
    assert "Still names" not in page
