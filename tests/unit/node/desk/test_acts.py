"""Acts on a thread: each from its page to the statement that is sent, and what it may not do."""

from __future__ import annotations

from datetime import date

import pytest

from rogatory.statements import (
    Acknowledgement,
    AcknowledgementBody,
    Decision,
    Query,
    QueryBody,
    Question,
    Ratified,
    Recall,
    Report,
    Withdrawal,
)
from rogatory_node.base import Role
from rogatory_node.casework import index, selectors
from rogatory_node.casework.models import DomesticAct, Draft
from rogatory_node.records.models import SignedStatement
from support import world

from .conftest import A05, OFAC, approve_and_send, approve_here, sent_by, words_of


def answered(preservation, model, body, **changes):
    members = world.header(sender=OFAC, recipient=A05, thread=preservation.thread, case=preservation.case)
    return model(**(members | {"seen": (preservation.statement_id,)} | changes), body=body)


def act_of(row, page):
    return f"/threads/{row.thread}/{page}/{row.statement_id}"


def only_draft():
    return Draft.objects.exclude(state="sent").get()


def last_sent():
    return index.document_of(SignedStatement.objects.filter(way="sent").latest("pk"))


def test_acknowledging_is_one_page_one_gesture_one_sending(desk, duty, asked):
    client = desk(duty)
    page = words_of(client.get(act_of(asked, "acknowledge")))
    assert "Signed twice by a key of the register" in page
    made = client.post(act_of(asked, "acknowledge"), {"contact": "duty desk", "reference": ""})
    assert made["Location"] == f"/drafts/{only_draft().pk}"
    waits = words_of(client.get(made["Location"]))
    assert "What France will read" in waits
    assert "duty desk" in waits
    assert approve_here(client, duty, only_draft().pk)["Location"].endswith(made["Location"])
    assert "Sending signs it" in words_of(client.get(made["Location"]))
    sent = client.post(made["Location"], {"act": "send"})
    assert sent["Location"] == f"/threads/{asked.thread}"
    statement = last_sent()
    assert isinstance(statement, Acknowledgement)
    assert statement.body.made_by == "person"
    assert statement.body.role == "duty_officer"
    assert "Decide" in words_of(client.get(sent["Location"]))


def test_the_same_act_is_not_prepared_twice(desk, duty, asked):
    client = desk(duty)
    first = client.post(act_of(asked, "acknowledge"), {})["Location"]
    assert client.post(act_of(asked, "acknowledge"), {})["Location"] == first
    assert client.get(act_of(asked, "acknowledge"))["Location"] == first
    assert Draft.objects.count() == 1


def test_a_draft_that_is_not_approved_is_not_sent_and_says_who_is_missing(desk, duty, asked):
    client = desk(duty)
    where = client.post(act_of(asked, "acknowledge"), {})["Location"]
    refused = client.post(where, {"act": "send"})
    assert refused.status_code == 409
    assert "NODE-508" in words_of(refused)
    assert only_draft().state == "frozen"


def test_a_draft_can_be_given_up(desk, duty, asked):
    client = desk(duty)
    where = client.post(act_of(asked, "acknowledge"), {})["Location"]
    assert client.post(where, {"act": "discard"})["Location"] == "/"
    assert "given up" in words_of(client.get(where))


def test_a_question_is_asked_of_one_item(desk, duty, asked):
    client = desk(duty)
    empty = client.post(act_of(asked, "ask"), {"item": "1", "question": ""})
    assert empty.status_code == 422
    assert "NODE-753" in words_of(empty)
    where = client.post(act_of(asked, "ask"), {"item": "1", "question": "Which port?"})["Location"]
    sent_by(client, duty, where)
    statement = last_sent()
    assert isinstance(statement, Query)
    assert statement.body.questions[0].item == 1
    assert statement.body.questions[0].words.original == "Which port?"


@pytest.fixture
def queried(preservation, france):
    body = QueryBody(
        of=preservation.statement_id,
        questions=(Question(number=1, item=1, words=world.words("57 or 51?")),),
    )
    assert france(answered(preservation, Query, body)).error is None
    return SignedStatement.objects.get(type="query")


def test_an_answer_corrects_the_item_for_both_sides(desk, duty, queried):
    client = desk(duty)
    address = act_of(queried, "answer")
    assert "57 or 51?" in words_of(client.get(address))
    wrong = client.post(address, {"q1": "51.", "q1-identifier": "999.1.1.1"})
    assert wrong.status_code == 422
    assert "999.1.1.1" in words_of(wrong)
    where = client.post(address, {"q1": "51.", "q1-identifier": "203.0.113.51"})["Location"]
    sent_by(client, duty, where)
    statement = last_sent()
    assert statement.body.replies[0].words.original == "51."
    assert statement.body.corrected_items[0].identifier.normalised == "203.0.113.51"
    view = selectors.thread(duty.officer, queried.thread)
    assert view.thread.requests[0].items[1].item.identifier.normalised == "203.0.113.51"


def test_a_second_person_ratifies_and_the_first_cannot(desk, duty, lawyer, preservation):
    address = act_of(preservation, "ratify")
    where = desk(duty).post(address, {"act": "ratify"})["Location"]
    own = desk(duty).post(where, {"act": "approve"})
    assert own.status_code == 403
    assert "NODE-100" in words_of(own)
    sent_by(desk(lawyer), lawyer, where)
    assert isinstance(last_sent(), Ratified)
    view = selectors.thread(duty.officer, preservation.thread)
    assert view.thread.requests[0].ratified_by is not None
    assert desk(duty).get(address).status_code == 404


def test_a_recall_needs_its_reason(desk, duty, preservation):
    client = desk(duty)
    assert "NODE-753" in words_of(client.post(act_of(preservation, "recall"), {"reason": ""}))
    where = client.post(act_of(preservation, "recall"), {"reason": "The clock was wrong."})["Location"]
    sent_by(client, duty, where)
    assert isinstance(last_sent(), Recall)


def test_a_request_is_withdrawn_in_part(desk, duty, preservation):
    client = desk(duty)
    where = client.post(act_of(preservation, "withdraw"), {"items": "1", "reason": ""})["Location"]
    sent_by(client, duty, where)
    statement = last_sent()
    assert isinstance(statement, Withdrawal)
    assert statement.body.items == (1,)


def test_a_statement_of_theirs_is_not_ours_to_recall(desk, duty, asked):
    assert desk(duty).get(act_of(asked, "recall")).status_code == 404
    assert desk(duty).get(act_of(asked, "withdraw")).status_code == 404


def acknowledge_first(duty, asked):
    from rogatory_node.casework.services import draft, freeze

    body = {"of": asked.statement_id, "made_by": "person", "role": "duty_officer"}
    aim = draft.Aim(authority=A05, recipient=OFAC, thread=asked.thread)
    made = freeze.freeze(duty.officer, draft.begin(duty.officer, "acknowledgement", aim, body))
    approve_and_send(duty, made)


def test_a_decision_is_made_item_by_item_and_read_before_it_leaves(desk, duty, lawyer, two_items):
    client, address = desk(duty), act_of(two_items, "decide")
    page = words_of(client.get(address))
    assert page.index("Take the measures") < page.index("Postpone") < page.index("Refuse")
    assert "art. 40(22)" in page
    nothing = client.post(address, {"act": "save"})
    assert nothing.status_code == 422
    assert "NODE-752" in words_of(nothing)
    assert client.post(address, {"act": "save", "decision": "taken"})["Location"] == f"{address}?item=2"
    without = client.post(f"{address}?item=2", {"act": "save", "decision": "postpone", "until": "soon"})
    assert without.status_code == 422
    assert "NODE-753" in words_of(without)
    assert "NODE-754" in words_of(without)
    assert 'value="soon"' in words_of(without)
    postponed = {
        "act": "save",
        "decision": "postpone",
        "until": "2028-03-16",
        "reason": "An inquiry.",
        "consulted": "yes",
    }
    # Which instrument governs is not known here, so nobody fills the provision in for the lawyer.
    assert "NODE-753" in words_of(client.post(f"{address}?item=2", postponed))
    postponed["provision"] = "hanoi_2024/art40.p27"
    assert client.post(f"{address}?item=2", postponed)["Location"] == address
    review = words_of(client.get(address))
    assert "To be looked at again on 16 March 2028. An inquiry." in review
    where = client.post(address, {"act": "prepare"})["Location"]
    assert "What France will read" in words_of(client.get(where))
    approve_here(client, duty, where.rpartition("/")[2])
    sent_by(desk(lawyer), lawyer, where)
    statement = last_sent()
    assert isinstance(statement, Decision)
    assert [each.outcome for each in statement.body.items] == ["accepted", "postponed"]
    assert statement.body.items[1].ground.provision == "hanoi_2024/art40.p27"
    assert statement.body.consulted


def test_a_question_and_an_elsewhere_become_statements_of_their_own(desk, duty, two_items):
    client, address = desk(duty), act_of(two_items, "decide")
    client.post(address, {"act": "save", "decision": "ask", "question": "Which port?"})
    client.post(f"{address}?item=2", {"act": "save", "decision": "elsewhere", "where": "Nuage†"})
    client.post(address, {"act": "prepare"})
    made = {each.act: each.raw for each in Draft.objects.filter(state="frozen")}
    assert set(made) == {"query", "report"}
    assert made["query"]["questions"][0]["item"] == 1
    assert made["report"]["items"][0]["elsewhere_provider"] == "Nuage†"


def test_a_refusal_needs_a_ground_of_the_closed_list(desk, duty, two_items, treaty_in_force):
    client, address = desk(duty), act_of(two_items, "decide")
    off = {"act": "save", "decision": "refuse", "ground": "hanoi_2024/art40.p21.a"}
    refused = client.post(address, off)
    assert refused.status_code == 422
    assert "NODE-756" in words_of(refused)
    on = {"act": "save", "decision": "refuse", "ground": "hanoi_2024/art40.p22"}
    assert client.post(address, on).status_code == 302


def test_no_execution_is_reported_without_an_act_at_home(desk, duty, two_items):
    client, address = desk(duty), act_of(two_items, "report")
    kept = {
        "act": "save",
        "state": "preserved",
        "preserved-effected": "2028-03-14 02:05 +01",
        "preserved-until": "2028-06-11",
        "preserved-reference": "NDR-88213",
    }
    assert client.post(f"{address}?item=1", kept)["Location"] == f"{address}?item=2"
    gone = {"act": "save", "state": "vanished", "vanished-missing": "Logs of 10 March."}
    assert client.post(f"{address}?item=2", gone)["Location"] == f"{address}?item=all"
    review = words_of(client.get(f"{address}?item=all"))
    assert "No act at home is recorded" in review
    refused = client.post(address, {"act": "prepare"})
    assert refused.status_code == 422
    assert "NODE-507" in words_of(refused)
    order = {
        "kind": "order",
        "items": "1 to 2",
        "issued_by": "Prosecutor on call",
        "reference": "2028/0312",
        "legal_basis": "Code of criminal procedure",
        "issued_on": "2028-03-13",
        "expires_on": "2028-06-11",
    }
    assert client.post(act_of(two_items, "order"), order)["Location"] == f"/threads/{two_items.thread}"
    assert "2028/0312" in words_of(client.get(f"/threads/{two_items.thread}"))
    where = client.post(address, {"act": "prepare"})["Location"]
    assert "2028/0312" not in words_of(client.get(where)).split("What France will read")[1].split("</div>")[0]
    sent_by(client, duty, where)
    statement = last_sent()
    assert isinstance(statement, Report)
    assert statement.body.items[0].until == date(2028, 6, 11)
    assert statement.body.items[0].effected.isoformat() == "2028-03-14T01:05:00+00:00"
    assert "2028/0312" not in statement.model_dump_json()


def test_a_state_lacks_its_instant_and_what_was_typed_is_kept(desk, duty, two_items):
    answer = desk(duty).post(
        f"{act_of(two_items, 'report')}?item=1",
        {"state": "preserved", "preserved-effected": "tonight", "preserved-until": ""},
    )
    page = words_of(answer)
    assert answer.status_code == 422
    assert "NODE-755" in page
    assert 'value="tonight"' in page


def test_an_order_must_name_items_of_the_request(desk, duty, two_items):
    order = {
        "kind": "order",
        "items": "7",
        "issued_by": "P",
        "reference": "R",
        "legal_basis": "B",
        "issued_on": "2028-03-13",
    }
    answer = desk(duty).post(act_of(two_items, "order"), order)
    assert answer.status_code == 422
    assert "NODE-512" in words_of(answer)
    assert DomesticAct.objects.count() == 0
    assert "NODE-754" in words_of(desk(duty).post(act_of(two_items, "order"), order | {"issued_on": "x"}))


def test_a_follow_up_begins_with_what_was_said(desk, duty, preservation):
    client = desk(duty)
    where = client.post(act_of(preservation, "follow-up"), {"authority": A05, "recipient": OFAC})["Location"]
    made = only_draft()
    assert where == f"/drafts/{made.pk}"
    assert made.raw["preservation"] == preservation.statement_id
    assert "203.0.113.57" in words_of(client.get(where))


def test_their_acknowledgement_lets_the_desk_wait_for_the_next_step(desk, duty, preservation, france):
    body = AcknowledgementBody(of=preservation.statement_id, role="duty_officer")
    assert france(answered(preservation, Acknowledgement, body)).error is None
    assert "France decides on item 1." in words_of(desk(duty).get("/"))


def test_an_act_that_belongs_to_another_role_is_refused(desk, hire, asked):
    reader = desk(hire("dpo", Role.OVERSIGHT))
    for page in ("acknowledge", "ask", "decide", "report", "order"):
        assert reader.post(act_of(asked, page), {}).status_code == 403
    assert Draft.objects.count() == 0


@pytest.mark.parametrize("page", ["decide", "report"])
def test_a_number_that_no_item_bears_asks_for_the_first(desk, duty, two_items, page):
    shown = desk(duty).get(f"{act_of(two_items, page)}?item={'9' * 5000}")
    assert shown.status_code == 200
    assert "203.0.113.57" in words_of(shown)


def test_a_question_of_a_number_without_end_is_about_the_whole(desk, duty, asked):
    asking = {"question": "Which clock?", "item": "9" * 5000}
    assert desk(duty).post(act_of(asked, "ask"), asking).status_code == 302
    assert "item" not in only_draft().raw["questions"][0]


def test_a_passkey_of_a_number_without_end_is_not_there(desk, duty):
    answer = desk(duty).post("/passkeys", {"act": "revoke", "passkey": "9" * 5000})
    assert answer.status_code == 422
    assert "NODE-702" in words_of(answer)
