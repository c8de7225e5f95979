"""The acts that share one form: offered to whose they are, asked for by their model, fixed for approval."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from rogatory import statements
from rogatory.threads import RULES, Side
from rogatory_node.base import Role
from rogatory_node.casework.models import Draft
from rogatory_node.casework.services import draft as drafting
from rogatory_node.desk.showing.act_forms import FORMS, fits
from support import complete, world
from support.office import ORDER, answering

from .conftest import A05, OFAC, SPP, words_of

# What an officer types into each form, at the least.
TYPED = {
    "extension": {"until": "2028-09-11", "reason": "The request follows."},
    "no_longer_needed": {"items": "1", "reason": "The data came."},
    "assurance": {"promises": "No capital punishment.\nNo other use.", "provision": "hanoi_2024/art40.p19"},
    "status": {"words": "With the provider.", "expected": "2028-04-01"},
    "conditions_offered": {
        "conditions": "Not before the hearing | hanoi_2024/art40.p19\nDestroyed afterwards",
        "before": "delivery",
    },
    "path_disclosure": {
        "item": "1",
        "provider_party": "XTP",
        "path": "198.51.100.24:41873 2028-03-12T16:47:12Z | Kessel",
    },
    "released": {"cause": "lapsed", "at": "2028-03-14 02:05 +01"},
    "costs": {
        "nature": "ordinary",
        "standing": "estimated",
        "words": "One day of an expert.",
        "amount": "1250.00",
    },
    "conditions_accepted": {"accepted": "1"},
    "use_consent": {"outcome": "granted", "use": "evidence"},
    "onward_transfer": {
        "to_party": "SGP",
        "to": "Police of Singapore",
        "purpose": "Same case",
        "on": "2028-03-14",
    },
    "exculpatory_notice": {"standing": "to_be_disclosed", "proceedings": "DN-2028-0312"},
    "returned_or_destroyed": {"outcome": "destroyed", "on": "2028-03-14", "method": "Overwritten"},
    "hand_over": {"successor": SPP, "reason": "The central authority goes on."},
    "spontaneous_information": {
        "information": "The account paid three others.",
        "obtained-how": "Read in our own case file.",
        "obtained-authority": "Prosecutor of Da Nang",
        "use-use": "lead",
        "use-onward": "not_without_consent",
        "identifiers": "203.0.113.57\nsaovang-invest.example",
    },
}
INCOMING = ("status", "conditions_offered", "path_disclosure", "released", "costs")
OUTGOING = ("extension", "no_longer_needed", "assurance")
EITHER = ("hand_over", "spontaneous_information")


def test_every_type_that_no_other_page_makes_has_this_form():
    others = {
        *("request", "acknowledgement", "query", "answer", "decision", "report", "delivery"),
        *("ratified", "recall", "withdrawal"),
    }
    assert set(FORMS) == set(RULES) - others
    assert set(FORMS) == set(TYPED)


def say(client, row, act, typed=None):
    return client.post(f"/threads/{row.thread}/say/{act}", TYPED[act] if typed is None else typed)


def fixed(answer):
    assert answer.status_code == 302, words_of(answer)
    made = Draft.objects.get(pk=answer["Location"].rpartition("/")[2])
    assert made.state == Draft.State.FROZEN
    return made


@pytest.mark.parametrize("act", [*OUTGOING, *EITHER])
def test_the_requesting_side_says_it_about_its_own_request(desk, duty, preservation, act):
    client = desk(duty)
    page = words_of(client.get(f"/threads/{preservation.thread}"))
    assert f"/say/{act}" in page
    assert client.get(f"/threads/{preservation.thread}/say/{act}").status_code == 200
    made = fixed(say(client, preservation, act))
    assert made.act == act
    assert made.raw.get("of", preservation.statement_id) == preservation.statement_id
    read = words_of(client.get(f"/drafts/{made.pk}"))
    assert "What France will read" in read


@pytest.mark.parametrize("act", [each for each in INCOMING if each != "path_disclosure"])
def test_the_requested_side_says_it_about_their_request(desk, duty, two_items, act):
    client = desk(duty)
    assert f"/say/{act}" in words_of(client.get(f"/threads/{two_items.thread}"))
    made = fixed(say(client, two_items, act))
    assert made.raw["of"] == two_items.statement_id


def test_a_path_is_disclosed_once_an_act_at_home_allows_it(desk, duty, two_items):
    client = desk(duty)
    refused = say(client, two_items, "path_disclosure")
    assert refused.status_code == 422
    assert "NODE-507" in words_of(refused)
    assert "198.51.100.24" in words_of(refused)
    order = {**ORDER, "items": "1"}
    assert (
        client.post(f"/threads/{two_items.thread}/order/{two_items.statement_id}", order).status_code == 302
    )
    made = fixed(say(client, two_items, "path_disclosure"))
    entry = made.raw["path"][0]
    assert (entry["address"]["source_port"], entry["provider"]) == (41873, "Kessel")
    assert entry["at"]["normalised"] == "2028-03-12T16:47:12Z"
    assert made.raw["provider_party"] == "xtp"


def test_conditions_are_numbered_as_they_stand_and_keep_their_provision(desk, duty, two_items):
    made = fixed(say(desk(duty), two_items, "conditions_offered"))
    assert [(each["number"], each.get("provision")) for each in made.raw["conditions"]] == [
        (1, "hanoi_2024/art40.p19"),
        (2, None),
    ]


@pytest.mark.parametrize("act", FORMS)
def test_what_is_missing_is_said_beside_its_field_and_nothing_is_fixed(
    desk, duty, preservation, two_items, act
):
    side = Side.REQUESTING if act in OUTGOING else Side.REQUESTED
    row = preservation if side is Side.REQUESTING else two_items
    answer = say(desk(duty), row, act, {})
    if act == "no_longer_needed":
        fixed(answer)  # Of all of it, and no reason is owed.
    elif act in (
        "conditions_accepted",
        "use_consent",
        "onward_transfer",
        "exculpatory_notice",
        "returned_or_destroyed",
    ):
        assert answer.status_code == 404  # Nothing has been offered or given.
    else:
        assert answer.status_code in (302, 422)
        if answer.status_code == 422:
            assert "NODE-753" in words_of(answer)
            assert not Draft.objects.filter(act=act).exists()


@pytest.fixture
def given(france, preservation):
    """France offers conditions and reports on the preservation that was asked of it."""
    body = statements.ConditionsOfferedBody(
        of=preservation.statement_id,
        conditions=(statements.Condition(number=1, words=world.words("Not before the hearing")),),
        before="execution",
    )
    offered = answering(statements.ConditionsOffered, body, preservation)
    assert france(offered).error is None
    return preservation


def test_conditions_that_came_are_read_and_accepted_number_by_number(desk, duty, given):
    client = desk(duty)
    page = words_of(client.get(f"/threads/{given.thread}/say/conditions_accepted"))
    assert "Not before the hearing" in page
    made = fixed(say(client, given, "conditions_accepted"))
    assert made.raw["accepted"] == [1]


def test_an_act_of_the_other_side_is_not_there(desk, duty, preservation):
    client = desk(duty)
    page = words_of(client.get(f"/threads/{preservation.thread}"))
    for act in INCOMING:
        assert f"/say/{act}" not in page
        assert say(client, preservation, act).status_code == 404
    assert client.get(f"/threads/{preservation.thread}/say/nothing_known").status_code == 404


def test_who_may_only_read_says_nothing(desk, hire, preservation):
    reader = desk(hire("dpo", Role.OVERSIGHT))
    assert "/say/" not in words_of(reader.get(f"/threads/{preservation.thread}"))
    for act in (*OUTGOING, *EITHER):
        assert reader.get(f"/threads/{preservation.thread}/say/{act}").status_code == 403
        assert say(reader, preservation, act).status_code == 403
    assert reader.get("/information/new").status_code == 403
    assert not Draft.objects.filter(act__in=FORMS).exists()


def test_a_stranger_s_thread_is_not_there_for_any_act(desk, hire, preservation):
    stranger = desk(hire("mai", Role.DUTY_OFFICER, authority=SPP))
    for act in FORMS:
        assert say(stranger, preservation, act).status_code == 404


def test_information_can_open_a_thread_of_its_own(desk, duty):
    client = desk(duty)
    assert "/information/new" in words_of(client.get("/requests/new"))
    lacks = client.post("/information/new", {"recipient": SPP})
    assert lacks.status_code == 422
    assert not Draft.objects.exists()
    made = fixed(client.post("/information/new", {**TYPED["spontaneous_information"], "recipient": OFAC}))
    assert (made.thread, made.recipient) == ("", OFAC)
    assert [each["kind"] for each in made.raw["identifiers"]] == ["ip_address", "domain"]


def test_a_line_that_is_no_identifier_is_said_by_its_number(desk, duty):
    typed = {
        **TYPED["spontaneous_information"],
        "recipient": OFAC,
        "identifiers": "203.0.113.57\nnothing at all",
    }
    page = words_of(desk(duty).post("/information/new", typed))
    assert "NODE-758" in page
    assert "Line 2" in page


def test_a_part_that_was_begun_asks_for_what_it_needs(desk, duty):
    typed = {
        **TYPED["spontaneous_information"],
        "recipient": OFAC,
        "secrecy-reason": "The suspect would flee.",
    }
    answer = desk(duty).post("/information/new", typed)
    assert answer.status_code == 422
    assert "secrecy-until-error" in words_of(answer)


def test_a_statement_s_own_page_offers_what_can_be_said_of_it(desk, duty, preservation):
    client = desk(duty)
    page = words_of(client.get(f"/threads/{preservation.thread}/statements/{preservation.statement_id}"))
    assert f"/say/extension?of={preservation.statement_id}" in page
    assert "/say/hand_over" not in page
    assert preservation.statement_id in page.split("What proves it")[1]


@pytest.mark.parametrize(
    ("kind", "keeps", "path"),
    [
        ("hold_notice", True, False),
        ("property", True, False),
        ("realtime_traffic", True, False),
        ("preservation", True, True),
        ("stored_data", False, False),
        ("advice", False, False),
    ],
)
def test_what_lasts_to_a_day_can_be_kept_on_and_a_path_is_that_of_kept_traffic(kind, keeps, path):
    target = SimpleNamespace(body=SimpleNamespace(kind=kind))
    assert (fits("extension", target), fits("path_disclosure", target)) == (keeps, path)
    assert fits("no_longer_needed", target)


def test_a_hold_is_kept_on_from_its_own_thread(desk, duty):
    aim = drafting.Aim(A05, OFAC)
    held = duty.send(drafting.begin(duty.officer, "request", aim, complete.body("hold_notice")))
    client = desk(duty)
    assert "/say/extension" in words_of(client.get(f"/threads/{held.thread}"))
    assert fixed(say(client, held, "extension")).act == "extension"
