"""A request from the first question to its sending: kept as typed, read, found wanting, approved, sent."""

from __future__ import annotations

import pytest

from rogatory.statements import Request
from rogatory_node.base import Role
from rogatory_node.casework import index
from rogatory_node.casework.models import Draft
from rogatory_node.casework.services import draft
from rogatory_node.records.models import SignedStatement

from .conftest import A05, OFAC, SPP, sent_by, words_of

PASTED = "203.0.113.57 12/03/2028 23:47\nsaovang-invest.example†\nsvadm1n\n13/3/2028 21:40 +7"


@pytest.fixture
def begun(desk, duty):
    client = desk(duty)
    where = client.post(
        "/requests/new",
        {"kind": "preservation", "recipient": OFAC, "reference": "VNM-FRA 2028-0147", "title": "Sao Vàng"},
    )["Location"]
    assert where.endswith("?question=offence")
    return client, Draft.objects.get()


def ask(draft, question, more=""):
    return f"/drafts/{draft.pk}?question={question}{more}"


def kept(draft):
    draft.refresh_from_db()
    return draft.raw


def test_a_request_begins_with_whom_and_for_what(begun):
    _client, draft = begun
    assert (draft.authority, draft.recipient, draft.act) == (A05, OFAC, "request")
    assert draft.raw == {"kind": "preservation", "reference": "VNM-FRA 2028-0147"}


def test_nobody_is_asked_by_accident(desk, duty):
    answer = desk(duty).post("/requests/new", {"kind": "preservation", "recipient": SPP})
    assert answer.status_code == 422
    assert "NODE-753" in words_of(answer)
    assert Draft.objects.count() == 0


def test_a_reader_begins_nothing(desk, hire):
    reader = desk(hire("dpo", Role.OVERSIGHT))
    assert reader.get("/requests/new").status_code == 403
    assert reader.post("/requests/new", {"recipient": OFAC}).status_code == 403


def test_a_question_says_what_is_missing_beside_its_field(begun):
    client, draft = begun
    page = words_of(client.get(ask(draft, "offence")))
    assert "Question 1 of 6" in page
    assert page.index("Finding: stays here") < page.index('name="offence-conduct"')
    assert "practice" in page


def test_what_is_typed_becomes_members_and_nothing_becomes_absent(begun):
    client, draft = begun
    typed = {
        "offence-conduct": "A false trading site took payments.",
        "offence-harm": "",
        "offence-victim": "person",
        "offence-convention_articles": "13",
        "offence-provision-citation": "Penal Code, article 290",
        "offence-provision-maximum_penalty_months": "240",
        "case_unit-name": "Đà Nẵng police",
    }
    answer = client.post(ask(draft, "offence", "&version=1"), typed)
    assert answer["Location"] == ask(draft, "identifiers")
    body = kept(draft)
    assert body["offence"]["conduct"] == {
        "original": "A false trading site took payments.",
        "language": "en",
    }
    assert "harm" not in body["offence"]
    assert body["offence"]["convention_articles"] == ["hanoi_2024/art13"]
    assert body["offence"]["provisions"] == [
        {"citation": "Penal Code, article 290", "maximum_penalty_months": 240}
    ]
    assert body["case_unit"] == {"name": "Đà Nẵng police"}
    again = words_of(client.get(ask(draft, "offence")))
    assert "Penal Code, article 290" in again
    client.post(ask(draft, "offence"), {})
    assert "offence" not in kept(draft)


def test_gaps_and_faults_never_block_saving(begun):
    client, draft = begun
    answer = client.post(ask(draft, "follows"), {"follow_up_planned": "soon", "purpose": ""})
    assert answer["Location"] == ask(draft, "secrecy")
    assert kept(draft)["follow_up_planned"] == "soon"
    page = words_of(client.get(ask(draft, "follows")))
    assert "NODE-754" in page
    assert 'value="soon"' in page
    client.post(ask(draft, "offence"), {"offence-provision-maximum_penalty_months": "twenty"})
    assert "NODE-757" in words_of(client.get(ask(draft, "offence")))


def test_pasted_lines_are_read_and_kept_as_pasted(begun):
    client, draft = begun
    answer = client.post(ask(draft, "identifiers"), {"paste": PASTED, "act": "read"})
    assert answer["Location"] == ask(draft, "identifiers")
    body = kept(draft)
    assert body["typed"]["paste"] == PASTED
    assert [each["identifier"]["normalised"] for each in body["items"]] == [
        "203.0.113.57",
        "saovang-invest.example",
    ]
    page = words_of(client.get(answer["Location"]))
    assert "In which zone was this time read?" in page
    assert "Nothing was recognised. What is it?" in page
    assert "day first" not in page.split("Line 4")[0]
    assert "2028-03-13T14:40:00Z" in page


def test_what_the_officer_says_of_a_line_completes_it(begun):
    client, draft = begun
    answers = {
        "paste": PASTED,
        "l1-zone": "own",
        "l1-clock": "telephone of the victim",
        "l1-error": "60",
        "l1-port": "41873",
        "l3-kind": "account",
        "l3-provider": "Nuage du Rhône SAS†",
    }
    client.post(ask(draft, "identifiers"), {"paste": PASTED, "act": "read"})
    client.post(ask(draft, "identifiers"), answers)
    first, _domain, account = kept(draft)["items"]
    assert first["identifier"]["source_port"] == 41873
    assert first["period"]["start"]["normalised"] == "2028-03-12T16:47:00Z"
    assert first["period"]["start"]["zone"] == "+07:00"
    assert first["period"]["start"]["error_seconds"] == 60
    assert account["identifier"] == {
        "kind": "account",
        "form": "handle",
        "provider": "Nuage du Rhône SAS†",
        "verbatim": "svadm1n",
        "normalised": "svadm1n",
    }
    page = words_of(client.get(ask(draft, "identifiers")))
    assert "digit 1" in page
    assert "Will be sent as" in page
    assert "± 60 s" in page


def test_an_answer_belongs_to_its_line_s_words(begun):
    client, draft = begun
    client.post(ask(draft, "identifiers"), {"paste": PASTED, "l1-port": "41873"})
    client.post(ask(draft, "identifiers"), {"paste": "198.51.100.7\n" + PASTED, "l1-port": "41873"})
    ports = {
        each["identifier"]["verbatim"]: each["identifier"].get("source_port") for each in kept(draft)["items"]
    }
    assert ports["203.0.113.57"] == 41873
    assert ports["198.51.100.7"] is None


def test_an_identifier_that_is_no_longer_pasted_goes_unless_more_was_said(begun):
    client, draft = begun
    client.post(ask(draft, "identifiers"), {"paste": PASTED})
    client.post(ask(draft, "items", "&item=1"), {"category": "traffic_data"})
    client.post(ask(draft, "identifiers"), {"paste": "svadm1n"})
    left = kept(draft)["items"]
    assert [each["identifier"]["verbatim"] for each in left] == ["203.0.113.57"]
    assert left[0]["number"] == 1


ITEM = {
    "category": "traffic_data",
    "description": "Access log",
    "start": "2028-03-10 00:00 +07",
    "end": "12/03/2028 23:47:10 +7",
    "clock": "server",
    "error": "0",
    "provider-name": "Nuage du Rhône SAS†",
    "provider-service": "rental server",
    "provider-party": "FRA",
    "vanishes": "2028-03-24 00:00 +00",
    "necessity": "It shows who managed the site.",
}


def test_an_item_is_written_with_its_times_on_the_clock_that_was_stated(begun):
    client, draft = begun
    client.post(ask(draft, "identifiers"), {"paste": PASTED})
    answer = client.post(ask(draft, "items", "&item=1"), ITEM)
    assert answer["Location"] == ask(draft, "items", "&item=2")
    item = kept(draft)["items"][0]
    assert item["period"]["start"]["normalised"] == "2028-03-09T17:00:00Z"
    assert item["period"]["end"]["normalised"] == "2028-03-12T16:47:10Z"
    assert item["period"]["end"]["verbatim"] == "12/03/2028 23:47:10 +7"
    assert item["provider"] == {
        "name": "Nuage du Rhône SAS†",
        "service": "rental server",
        "party": "fra",
    }
    assert item["vanishes"] == "2028-03-24T00:00:00Z"
    # The next item takes the provider over until somebody says otherwise.
    assert "rental server" in words_of(client.get(ask(draft, "items", "&item=2")))


def test_other_data_on_the_same_identifier_are_another_item(begun):
    client, draft = begun
    client.post(ask(draft, "identifiers"), {"paste": "203.0.113.57"})
    client.post(ask(draft, "items", "&item=1"), ITEM | {"act": "copy"})
    items = kept(draft)["items"]
    assert [each["number"] for each in items] == [1, 2]
    assert items[1]["identifier"] == items[0]["identifier"]
    assert "category" not in items[1]
    client.post(ask(draft, "items", "&item=2"), {"act": "remove"})
    assert len(kept(draft)["items"]) == 1


def test_two_tabs_overwrite_nothing(begun):
    client, draft = begun
    client.post(ask(draft, "secrecy", "&version=1"), {"secrecy-reason": "first"})
    second = client.post(ask(draft, "secrecy", "&version=1"), {"secrecy-reason": "second"})
    assert second.status_code == 409
    page = words_of(second)
    assert "NODE-504" in page
    assert "second" in page
    assert kept(draft)["secrecy"]["reason"]["original"] == "first"


def test_a_malformed_request_is_not_fixed_and_says_where(begun):
    client, draft = begun
    refused = client.post(f"/drafts/{draft.pk}", {"act": "freeze"})
    assert refused.status_code == 422
    assert "body.items" in words_of(refused)
    assert Draft.objects.get().state == "open"


def test_a_complete_request_leaves_without_what_was_typed_beside_it(begun, duty):
    client, draft = begun
    client.post(
        ask(draft, "offence"), {"offence-conduct": "A false site.", "offence-convention_articles": "13"}
    )
    client.post(ask(draft, "identifiers"), {"paste": "203.0.113.57"})
    client.post(ask(draft, "items", "&item=1"), ITEM)
    review = words_of(client.get(ask(draft, "review")))
    assert "A false site." in review
    assert "Before you sign" in review
    assert client.post(f"/drafts/{draft.pk}", {"act": "freeze"})["Location"] == f"/drafts/{draft.pk}"
    waits = words_of(client.get(f"/drafts/{draft.pk}"))
    assert "Short digest" in waits
    assert "A duty officer may send alone" in waits
    sent_by(client, duty, f"/drafts/{draft.pk}")
    row = SignedStatement.objects.get(way="sent")
    statement = index.document_of(row)
    assert isinstance(statement, Request)
    assert statement.ratify_by is not None
    assert b"typed" not in bytes(row.envelope)
    assert "Sao Vàng" not in statement.model_dump_json()


def test_a_fixed_draft_asks_no_more_questions(begun):
    client, draft = begun
    client.post(ask(draft, "identifiers"), {"paste": "203.0.113.57"})
    client.post(ask(draft, "items", "&item=1"), ITEM)
    client.post(f"/drafts/{draft.pk}", {"act": "freeze"})
    late = client.post(ask(draft, "secrecy"), {"secrecy-reason": "too late"})
    assert late.status_code == 409
    assert "NODE-503" in words_of(late)
    assert "secrecy" not in kept(draft)


def test_a_draft_of_another_authority_looks_as_if_it_did_not_exist(begun, desk, hire):
    _client, draft = begun
    stranger = desk(hire("mai", Role.INVESTIGATOR, authority=SPP))
    assert stranger.get(f"/drafts/{draft.pk}").status_code == 404
    assert stranger.post(f"/drafts/{draft.pk}", {"act": "discard"}).status_code == 404
    assert Draft.objects.get().state == "open"


def test_a_reader_sees_a_draft_and_changes_nothing(begun, desk, hire):
    _client, draft = begun
    reader = desk(hire("dpo", Role.OVERSIGHT))
    page = words_of(reader.get(ask(draft, "secrecy")))
    assert 'name="secrecy-reason"' not in page
    assert "Fix it for approval" not in page
    assert reader.post(f"/drafts/{draft.pk}", {"act": "discard"}).status_code == 403
    assert Draft.objects.get().state == "open"


def test_drafts_stand_on_the_board_until_they_leave(begun, duty):
    client, _draft = begun
    page = words_of(client.get("/"))
    assert "Draft to France" in page
    assert "Go on writing." in page


@pytest.mark.parametrize(
    "raw",
    [
        {"items": None},
        {"items": 5},
        {"typed": None},
        {"typed": {"paste": 5, "lines": {"1": 5}}},
        {"typed": {"paste": "203.0.113.57", "lines": {"1": 5}}},
        {"offence": {"provisions": {"citation": "x"}}},
        {"offence": {"provisions": True}},
    ],
)
def test_what_another_system_wrote_shuts_no_question(desk, duty, raw):
    made = draft.begin(duty.officer, "request", draft.Aim(A05, OFAC), raw)
    for question in ("review", "offence", "identifiers", "items", "facts"):
        asked = f"/drafts/{made.pk}?question={question}"
        assert desk(duty).get(asked).status_code == 200, question
    typed = {"provision": "Art. 226"}
    assert desk(duty).post(f"/drafts/{made.pk}?question=offence", typed).status_code == 302
