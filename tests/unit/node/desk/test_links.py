"""A request that names an earlier one: those that fit are offered, and a digest can still be typed."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest

from rogatory.statements import KINDS, UseConsent
from rogatory.threads import Side, Standing
from rogatory_node.base import Role
from rogatory_node.casework.services import draft as drafting
from rogatory_node.desk.showing import links, questions
from support import world
from support.office import body_of

from .conftest import A05, OFAC, SPP, approve_and_send, frozen, words_of

OTHER = "c" * 64


@pytest.fixture
def wanted(duty):
    return drafting.begin(duty.officer, "request", drafting.Aim(A05, OFAC), {"kind": "stored_data"})


def page_of(client, made, question="follows"):
    return words_of(client.get(f"/drafts/{made.pk}?question={question}"))


def offered(page, field="preservation"):
    found = re.search(rf'<select[^>]*name="{field}-known">(.*?)</select>', page, re.DOTALL)
    return re.findall(r'value="([0-9a-f]+)"', found[1]) if found else None


def keep(client, made, **typed):
    assert client.post(f"/drafts/{made.pk}?question=follows", typed).status_code == 302
    made.refresh_from_db()
    return made.raw.get("preservation")


def test_without_anything_that_fits_a_digest_is_typed(desk, duty, wanted):
    page = page_of(desk(duty), wanted)
    assert offered(page) is None
    assert 'name="preservation"' in page


def test_our_preservations_are_offered_in_words_and_no_identifier(desk, duty, preservation, wanted):
    page = page_of(desk(duty), wanted)
    assert offered(page) == [preservation.statement_id]
    assert re.search(rf">Preservation, Item[^<]*{preservation.statement_id[:8]}[^<]*</option>", page)
    assert world.item().identifier.verbatim not in page


def test_only_the_right_kind_is_offered(desk, duty, preservation):
    made = drafting.begin(duty.officer, "request", drafting.Aim(A05, OFAC), {"kind": "property"})
    page = page_of(desk(duty), made, "particulars")
    assert 'name="property-hold"' in page
    assert offered(page, "property-hold") is None
    removal = drafting.begin(duty.officer, "request", drafting.Aim(A05, OFAC), {"kind": "removal"})
    assert offered(page_of(desk(duty), removal, "particulars"), "removal-kept_first") == [
        preservation.statement_id
    ]


def test_what_another_party_was_asked_is_not_offered(desk, duty, preservation):
    made = drafting.begin(duty.officer, "request", drafting.Aim(A05, "xtp/cyber"), {"kind": "stored_data"})
    assert offered(page_of(desk(duty), made)) is None


def test_an_authority_that_does_not_see_the_thread_is_offered_nothing(desk, hire, preservation):
    prosecutor = hire("hai", Role.DUTY_OFFICER, authority=SPP)
    made = drafting.begin(prosecutor.officer, "request", drafting.Aim(SPP, OFAC), {"kind": "stored_data"})
    assert offered(page_of(desk(prosecutor), made)) is None


def test_what_was_recalled_is_not_offered(desk, duty, preservation, wanted):
    aim = drafting.Aim(A05, OFAC, thread=preservation.thread)
    body = {"of": preservation.statement_id, "reason": {"original": "Wrong address.", "language": "en"}}
    approve_and_send(duty, frozen(duty.officer, "recall", aim, body))
    assert offered(page_of(desk(duty), wanted)) is None


def test_those_of_the_thread_stand_first(desk, duty, preservation):
    later = duty.send(
        drafting.begin(
            duty.officer, "request", drafting.Aim(A05, OFAC), body_of(world.request(world.item(2)))
        )
    )
    aim = drafting.Aim(A05, OFAC, thread=preservation.thread)
    made = drafting.begin(duty.officer, "request", aim, {"kind": "stored_data"})
    assert offered(page_of(desk(duty), made)) == [preservation.statement_id, later.statement_id]


def test_what_is_chosen_is_kept_and_shown_again(desk, duty, preservation, wanted):
    client = desk(duty)
    chosen = {"preservation-known": preservation.statement_id, "preservation": ""}
    assert keep(client, wanted, **chosen) == preservation.statement_id
    page = page_of(client, wanted)
    assert f'value="{preservation.statement_id}" selected' in page
    assert re.search(r'name="preservation" type="text" value=""', page)
    assert keep(client, wanted, **{"preservation-known": "", "preservation": ""}) is None


def test_whichever_was_changed_counts(desk, duty, preservation, wanted):
    client, ours = desk(duty), preservation.statement_id
    assert keep(client, wanted, **{"preservation-known": "", "preservation": OTHER}) == OTHER
    page = page_of(client, wanted)
    assert f'value="{OTHER}"' in page
    assert keep(client, wanted, **{"preservation-known": "", "preservation": OTHER}) == OTHER
    assert keep(client, wanted, **{"preservation-known": ours, "preservation": OTHER}) == ours
    assert keep(client, wanted, **{"preservation-known": ours, "preservation": OTHER}) == OTHER


def consent(name, outcome, side, recalled_by=None):
    body = {"of": "d" * 64, "outcome": outcome, "onward_to": "xtp"}
    statement = UseConsent(body=body, **world.header(sender=OFAC, recipient=A05))
    return SimpleNamespace(
        id=name, statement=statement, side=side, standing=Standing.FOLDED, recalled_by=recalled_by
    )


def test_only_a_consent_that_stands_is_offered_for_a_transfer():
    them, us = Side.REQUESTED, Side.REQUESTING
    entries = (
        consent("1" * 64, "granted", them),
        consent("2" * 64, "refused", them),
        consent("3" * 64, "granted", us),
        consent("4" * 64, "granted", them, "5" * 64),
    )
    view = SimpleNamespace(authority=A05, side=us, thread=SimpleNamespace(entries=entries))
    assert [each.value for each in links.of_act(view)["consent"]] == ["1" * 64]


def test_every_member_that_names_a_statement_is_a_field_of_some_kind():

    paths = {each.path for kind in KINDS for one in questions.order(kind) for each in one.fields}
    assert set(links.FITS) <= paths
