"""Evidence that came: what it holds, given on in whole or in part, and the day on which it must be gone."""

from __future__ import annotations

import shutil
from datetime import timedelta

import pytest

from rogatory.statements import UseConditions
from rogatory_node.base import Role, clock
from rogatory_node.casework.models import Draft
from rogatory_node.casework.services import onward as giving
from rogatory_node.desk.showing import draft_page
from rogatory_node.records.models import Leaf
from rogatory_node.vault import places
from rogatory_node.vault.models import Onward, Package
from support import sealed as french
from support.office import A05, SPP
from support.sealed import delivery_of, take

from .conftest import approve_here, words_of

FOR = "For proceedings DN-2028-0312."
WHOLE = {"act": "prepare", "what": "whole", "recipient": SPP, "purpose": FOR}
PART = {"act": "prepare", "what": "part", "to": "People's Court", "purpose": FOR}


@pytest.fixture
def clerk(hire):
    return hire("hoan", Role.CUSTODIAN, Role.DUTY_OFFICER)


@pytest.fixture
def held(preservation, france, tmp_path, monkeypatch):
    use = UseConditions(
        use="evidence", proceedings=("DN-2028-0312",), destroy_by=(clock.now() + timedelta(days=30)).date()
    )
    monkeypatch.setattr(french, "CONDITIONS", use)
    made = french.seal(tmp_path)
    assert france(delivery_of(made, preservation)).error is None
    came = Package.objects.get()
    shutil.copytree(made.path, places.folder_of(came))
    Package.objects.update(state=Package.State.HELD)
    came.refresh_from_db()
    return came


def page_of(held, name):
    return f"/threads/{held.thread}/{name}/{held.pk}"


def evidence_of(held):
    return f"/threads/{held.thread}/evidence/{held.request}"


def test_who_may_open_a_package_reads_what_it_holds(desk, clerk, held):
    client = desk(clerk)
    shown = words_of(client.get(page_of(held, "contents")))
    assert "data/case/logs/access.log" in shown
    assert "920 bytes" in shown
    assert "a link, not followed" in shown
    assert "OFAC" in shown
    assert page_of(held, "contents") in words_of(client.get(evidence_of(held)))
    assert Leaf.objects.filter(tag="evidence:list:done").count() == 1


def test_who_may_not_open_it_neither_reads_its_list_nor_gives_it_on(desk, duty, held, hire):
    client = desk(duty)
    for name in ("contents", "onward"):
        assert client.get(page_of(held, name)).status_code == 403
        assert page_of(held, name) not in words_of(client.get(evidence_of(held)))
    stranger = desk(hire("mai", Role.CUSTODIAN, authority=SPP))
    for name in ("contents", "onward"):
        assert stranger.get(page_of(held, name)).status_code == 404


def test_a_package_of_another_thread_is_not_here(desk, clerk, held, asked):
    for name in ("contents", "onward"):
        assert desk(clerk).get(f"/threads/{asked.thread}/{name}/{held.pk}").status_code == 404


def test_the_list_of_what_is_not_held_says_why(desk, clerk, held):
    Package.objects.update(state="announced")
    answer = desk(clerk).get(page_of(held, "contents"))
    assert answer.status_code == 422
    assert "NODE-463" in words_of(answer)


def test_all_of_it_is_released_told_and_taken(desk, clerk, lawyer, held):
    client = desk(clerk)
    where = client.post(page_of(held, "onward"), WHOLE)["Location"]
    draft = Draft.objects.get(act="onward_transfer")
    shown = words_of(client.get(where))
    assert "All of it, for" in shown
    assert SPP in shown
    assert "Not approved yet" in words_of(client.get(evidence_of(held)))
    approve_here(client, clerk, draft.pk)
    client = desk(lawyer)
    assert "All of it, for" in words_of(client.get(where))
    approve_here(client, lawyer, draft.pk)
    client = desk(clerk)
    assert client.post(where, {"act": "send"}).status_code == 302
    giving.make(take("onward"))
    made = Onward.objects.get()
    shown = words_of(client.get(evidence_of(held)))
    assert "Ready to be taken" in shown
    assert f"/statements/{made.statement}" in shown
    given = client.post(evidence_of(held), {"act": "take", "onward": made.pk})
    assert given.status_code == 200
    assert given["Content-Disposition"].startswith('attachment; filename="release-')
    assert b'"signatures"' in b"".join(given.streaming_content)
    assert desk(lawyer).post(evidence_of(held), {"act": "take", "onward": made.pk}).status_code == 403


def test_marked_files_are_a_part_and_a_range_stands_behind_a_bar(desk, clerk, held):
    client = desk(clerk)
    marked = {"act": "choose", "file": ["data/case/README", "data/case/logs/access.log"]}
    shown = words_of(client.post(page_of(held, "onward"), marked))
    assert "data/case/README\ndata/case/logs/access.log</textarea>" in shown
    assert not Draft.objects.filter(act="onward_transfer").exists()
    files = "data/case/README\ndata/case/disk.img | 0-1048575"
    where = client.post(page_of(held, "onward"), PART | {"files": files})["Location"]
    made = Onward.objects.get()
    assert made.selection == {
        "files": ["data/case/README"],
        "ranges": {"data/case/disk.img": [0, 1048575]},
    }
    shown = words_of(client.get(where))
    assert "A part: 2 files, " in shown
    assert "bytes 0 to 1048575" in shown
    assert "data/case/README" in shown


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (WHOLE | {"purpose": ""}, "NODE-753"),
        (WHOLE | {"recipient": ""}, "NODE-753"),
        (WHOLE | {"recipient": "fra/moj"}, "NODE-534"),
        (WHOLE | {"recipient": A05}, "NODE-465"),
        (WHOLE | {"recipient": "fra/moj", "consent": "f" * 64}, "NODE-533"),
        (PART | {"files": "data/case | all"}, "NODE-760"),
        (PART | {"files": "data/case", "party": "deu"}, "NODE-534"),
        (PART | {"files": ""}, "NODE-753"),
        (PART | {"files": "/"}, "NODE-467"),
        (PART | {"files": "data/a\x00"}, "NODE-467"),
        (PART | {"files": "data/case/README | 5-1"}, "NODE-467"),
        (PART | {"files": "data/case/README | 0-5000"}, "EVID-208"),
        (PART | {"files": "data/nobody"}, "EVID-207"),
        (PART | {"files": "../../etc/passwd"}, "NODE-467"),
    ],
)
def test_what_cannot_be_given_on_is_refused_as_typed(desk, clerk, held, given, code):
    answer = desk(clerk).post(page_of(held, "onward"), given)
    assert answer.status_code == 422
    assert code in words_of(answer)
    assert not Onward.objects.exists()
    assert not Draft.objects.filter(act="onward_transfer").exists()


def test_before_its_day_the_board_asks_to_destroy_what_was_given(desk, clerk, held):
    client = desk(clerk)
    assert "is to be destroyed by its day" not in words_of(client.get("/"))
    clock.advance(timedelta(days=25))
    page = words_of(client.get("/"))
    assert "Evidence that is to be destroyed by its day" in page
    assert f"/threads/{held.thread}/say/returned_or_destroyed?of={held.delivery}" in page
    clock.advance(timedelta(days=10))
    assert "Evidence that is to be destroyed by its day" in words_of(client.get("/"))
    answer = client.post(page_of(held, "onward"), WHOLE)
    assert answer.status_code == 422
    assert "NODE-532" in words_of(answer)


def test_all_that_is_selected_stands_on_the_draft_and_where_it_is_approved(desk, clerk, held):
    client = desk(clerk)
    files = [f"data/case/{each}" for each in ("README", "logs/access.log", "logs/empty.log", "link", "pipe")]
    where = client.post(page_of(held, "onward"), PART | {"files": "\n".join(files)})["Location"]
    shown = words_of(client.get(where))
    assert all(each in shown for each in files)
    assert "3 files, 923 bytes" in shown
    draft = Draft.objects.get(act="onward_transfer")
    facts = draft_page.facts(draft, draft_page.statement_of(draft))
    assert [f"Given, {at} of 5" for at in range(1, 6)] == [
        each.term for each in facts if each.term.startswith("Given, ")
    ]


def test_a_folder_is_shown_as_everything_under_it_and_a_range_as_its_chunks(desk, clerk, held):
    client = desk(clerk)
    files = "data/case/logs\ndata/case/disk.img | 1048576-1048577"
    shown = words_of(client.get(client.post(page_of(held, "onward"), PART | {"files": files})["Location"]))
    assert "Everything under" in shown
    assert "data/case/logs/" in shown
    assert "2 files, 920 bytes" in shown
    assert "bytes 1048576 to 2097151" in shown


def test_after_its_day_evidence_is_neither_listed_nor_opened_and_the_card_leads_to_its_end(desk, clerk, held):
    client = desk(clerk)
    assert "Open it" in words_of(client.get(evidence_of(held)))
    clock.advance(timedelta(days=40))
    shown = words_of(client.get(evidence_of(held)))
    assert "NODE-532" in shown
    assert "Open it" not in shown
    assert page_of(held, "contents") not in shown
    assert f"say/returned_or_destroyed?of={held.delivery}" in shown
    for answer in (
        client.get(page_of(held, "contents")),
        client.post(evidence_of(held), {"act": "open", "package": held.pk}),
    ):
        assert answer.status_code == 422
        assert "NODE-532" in words_of(answer)


def test_what_was_made_and_may_not_go_any_more_says_why(desk, clerk, lawyer, held):
    client = desk(clerk)
    where = client.post(page_of(held, "onward"), WHOLE)["Location"]
    draft = Draft.objects.get(act="onward_transfer")
    for who in (clerk, lawyer):
        approve_here(desk(who), who, draft.pk)
    client = desk(clerk)
    client.post(where, {"act": "send"})
    giving.make(take("onward"))
    assert "Take it away" in words_of(client.get(evidence_of(held)))
    clock.advance(timedelta(days=40))
    shown = words_of(client.get(evidence_of(held)))
    assert "Take it away" not in shown
    assert "NODE-532" in shown
    made = Onward.objects.get()
    answer = client.post(evidence_of(held), {"act": "take", "onward": made.pk})
    assert (answer.status_code, "NODE-532" in words_of(answer)) == (422, True)


def test_what_could_not_be_removed_is_told_on_the_board(desk, clerk, held):
    Package.objects.update(failure="NODE-466")
    shown = words_of(desk(clerk).get("/"))
    assert "A package could not be removed" in shown
    assert "The operator has to look at the disk." in shown


def test_a_thread_leads_to_its_evidence(desk, duty, clerk, held, asked):
    assert evidence_of(held) in words_of(desk(duty).get(f"/threads/{held.thread}"))
    where = f"/threads/{asked.thread}/evidence/{asked.statement_id}"
    assert where in words_of(desk(clerk).get(f"/threads/{asked.thread}"))


def test_a_custodian_who_is_nothing_else_prepares_a_statement_too(desk, custodian_alone, held):
    assert desk(custodian_alone).post(page_of(held, "onward"), WHOLE).status_code == 302


@pytest.fixture
def custodian_alone(hire):
    made = hire("tu", Role.CUSTODIAN)
    assert not made.officer.has_perm("people.draft", A05)
    return made
