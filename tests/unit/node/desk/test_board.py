"""The board, threads, search: what is shown, to whom, and what a stranger sees."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from rogatory_node.base import Role, clock, directory
from rogatory_node.people import officers
from rogatory_node.records.models import Due, SignedStatement
from support import world

from .conftest import A05, OFAC, SPP, words_of


def test_a_request_that_one_person_sent_waits_for_a_second(desk, duty, preservation):
    page = words_of(desk(duty).get("/"))
    assert "Waits for others" in page
    assert "Ratification of what one person sent" in page
    assert "On a second person: approver or legal reviewer." in page


def test_the_same_matter_needs_whoever_can_ratify_it(desk, hire, preservation):
    page = words_of(desk(hire("long", Role.APPROVER)).get("/"))
    assert "1 thing needs you." in page
    assert "Ratify it, or withdraw it." in page


def test_a_request_that_came_needs_the_desk_at_once(desk, duty, asked):
    page = words_of(desk(duty).get("/"))
    assert "In from France" in page
    assert "Acknowledge it." in page
    assert f"/threads/{asked.thread}/acknowledge/{asked.statement_id}" in page


@pytest.mark.parametrize(
    ("issued_at", "vanishes"),
    [
        (datetime(2, 1, 1, tzinfo=UTC), None),
        (world.NOON, datetime(9998, 12, 31, 23, 59, tzinfo=UTC)),
    ],
)
def test_no_instant_that_a_peer_states_shuts_a_thread(desk, duty, france, issued_at, vanishes):
    item = world.item(vanishes=vanishes)
    assert france(world.request(item, sender=OFAC, recipient=A05, issued_at=issued_at)).error is None
    row = SignedStatement.objects.get(way="received")
    assert desk(duty).get(f"/threads/{row.thread}").status_code == 200


def test_who_may_only_read_is_offered_no_act(desk, hire, asked):
    page = words_of(desk(hire("dpo", Role.DATA_PROTECTION_OFFICER)).get("/"))
    assert "Nothing needs you." in page
    assert "On a colleague at the desk." in page
    assert "/acknowledge/" not in page


def test_the_filter_is_in_the_address(desk, duty, asked, preservation):
    assert "Out to France" not in words_of(desk(duty).get("/?way=in"))
    assert "In from France" not in words_of(desk(duty).get("/?way=out"))


def test_what_the_other_node_refused_is_said_first(desk, duty, preservation):
    Due.objects.filter(topic="deliver").update(
        state=Due.State.GIVEN_UP, last_code="EXCH-004", closed_at=clock.now()
    )
    page = words_of(desk(duty).get("/"))
    assert "A statement was refused" in page
    assert page.index("A statement was refused") < page.index("Waits for others")


def test_the_thread_says_what_is_so_and_the_next_act(desk, duty, asked):
    page = words_of(desk(duty).get(f"/threads/{asked.thread}"))
    assert "France asks Viet Nam." in page
    assert "Nothing has been stated yet." in page
    assert "Next act: yours" in page
    assert "Stays here. Never sent, not in the bundle" in page


@pytest.mark.parametrize(
    "page", ["", "/statements/{id}", "/acknowledge/{id}", "/decide/{id}", "/evidence/{id}"]
)
def test_a_thread_of_another_authority_looks_as_if_it_did_not_exist(desk, hire, asked, page):
    stranger = desk(hire("mai", Role.INVESTIGATOR, authority=SPP))
    theirs = stranger.get(f"/threads/{asked.thread}{page.format(id=asked.statement_id)}")
    nobodys = stranger.get(f"/threads/{'f' * 64}{page.format(id='f' * 64)}")
    assert theirs.status_code == nobodys.status_code == 404
    assert without_chance(theirs) == without_chance(nobodys)


def without_chance(answer):
    """Return a page without its form tokens, and without the address that was asked for."""
    words = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", words_of(answer))
    return re.sub(r"[0-9a-f]{64}", "", words)


def test_who_is_not_signed_in_sees_nothing(client, asked):
    answer = client.get(f"/threads/{asked.thread}", HTTP_HOST="localhost:8000")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


def test_who_reads_no_case_sees_an_empty_board(desk, hire, asked):
    assert "Nothing needs you." in words_of(desk(hire("neu", Role.OPERATOR)).get("/"))


def test_pages_are_kept_by_no_cache_and_name_nothing_in_their_tab(desk, duty, asked):
    for path in ("/", f"/threads/{asked.thread}", "/search?q=203.0.113.57"):
        answer = desk(duty).get(path)
        assert answer["Cache-Control"] == "no-store"
        tab = words_of(answer).split("<title>")[1].split("</title>")[0]
        assert "203.0.113" not in tab
        assert asked.thread[:8] not in tab


def test_seen_this_identifier_before(desk, duty, asked):
    page = words_of(desk(duty).get("/search?q=203[.]0.113.57"))
    assert "Internet address" in page
    assert f"/threads/{asked.thread}" in page


def test_of_another_unit_s_thread_only_that_it_exists_is_shown(desk, hire, asked):
    page = words_of(desk(hire("mai", Role.INVESTIGATOR, authority=SPP)).get("/search?q=203.0.113.57"))
    assert "has a thread on it since" in page
    assert asked.thread not in page


def test_nothing_found_says_what_was_searched_and_how_to_widen(desk, duty, asked):
    page = words_of(desk(duty).get("/search?q=198.51.100.7"))
    assert "Identifiers are compared as they are normalised" in page


def test_a_number_finds_the_officer_s_own_thread(desk, duty, preservation):
    found = words_of(desk(duty).get("/search?q=VNM-FRA"))
    assert f"/threads/{preservation.thread}" in found


def test_the_live_end_says_when_it_last_heard(desk, duty, preservation):
    clock.advance(timedelta(hours=30))
    answer = desk(duty).get("/live")
    assert answer["Content-Type"].startswith("text/plain")
    assert answer.content.decode() == "Live. Last heard 14 March 01:32"


def test_the_night_is_an_officer_s_own_choice(desk, duty):
    answer = desk(duty).get("/look/night?back=/threads")
    assert answer["Location"] == "/threads"
    assert answer.cookies["look"].value == "night"
    assert 'data-look="night"' in words_of(desk(duty).get("/"))


def test_the_choice_of_colours_leads_nowhere_else(desk, duty):
    assert desk(duty).get("/look/night?back=//evil.example/")["Location"] == "/"
    assert desk(duty).get("/look/blue").status_code == 404


def test_an_article_stands_in_our_paraphrase(desk, duty):
    page = words_of(desk(duty).get("/law/hanoi_2024/art42.p3.d"))
    assert "art. 42(3)(d)" in page.lower()
    assert desk(duty).get("/law/hanoi_2024/art999").status_code == 404


@pytest.mark.parametrize(
    ("anchor", "links", "asked"),
    [
        ("art42", ["art42.p1", "art42.p9"], ""),
        ("art42.p3", ["art42", "art42.p3.d"], ""),
        ("art42.p3.e", ["art42.p3"], "Each item says why preservation is necessary"),
        ("prac.time_zone", ["art42.p3.c"], "Each time says in which zone it was read"),
        ("ch5", [], ""),
    ],
)
def test_what_the_law_says_leads_to_what_is_near_it_and_to_the_rules_that_read_it(
    desk, duty, anchor, links, asked
):
    page = words_of(desk(duty).get(f"/law/hanoi_2024/{anchor}"))
    assert [each for each in links if f'/law/hanoi_2024/{each}"' not in page] == []
    assert asked in page


def test_parties_are_shown_as_the_register_states_them(desk, duty):
    page = words_of(desk(duty).get("/parties"))
    assert OFAC.upper() in page
    assert "What binds us with France" in page


def test_a_title_stands_over_the_thread_and_travels_nowhere(desk, duty, asked):
    address = f"/threads/{asked.thread}/title/{asked.thread}"
    assert desk(duty).post(address, {"title": "Sao Vàng"}).status_code == 302
    assert "Sao Vàng" in words_of(desk(duty).get(f"/threads/{asked.thread}"))
    refused = desk(duty).post(address, {"title": "two\nlines"})
    assert refused.status_code == 422
    assert "NODE-520" in words_of(refused)


def test_a_reader_cannot_act(desk, hire, asked):
    reader = desk(hire("dpo", Role.DATA_PROTECTION_OFFICER))
    assert reader.get(f"/threads/{asked.thread}").status_code == 200
    assert reader.get(f"/threads/{asked.thread}/acknowledge/{asked.statement_id}").status_code == 403


def test_an_operator_sees_no_case(desk, hire, asked):
    operator = hire("op", Role.OPERATOR)
    officers.appoint(None, operator.officer, A05, Role.AUDITOR)
    assert desk(operator).get(f"/threads/{asked.thread}").status_code == 404


def test_a_claimed_emergency_stands_over_everything_and_is_judged_by_a_person(desk, duty, france):
    request = world.request(sender=OFAC, recipient=A05, body={"urgency": "emergency"})
    assert france(request).error is None
    page = words_of(desk(duty).get("/"))
    assert "Emergency claimed, 0 minutes ago" in page
    assert page.index("Emergency claimed") < page.index("Needs you now")
    assert "then judge whether it is one" in page
    assert "not yet called back" in page


def test_a_register_that_was_not_renewed_is_said_at_the_live_end(desk, duty, preservation):
    directory.snapshot().fresh_until = clock.now()
    assert "Register stale: known keys only." in words_of(desk(duty).get("/"))
    assert "Register stale" in words_of(desk(duty).get("/live"))
