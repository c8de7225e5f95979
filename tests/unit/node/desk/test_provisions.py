"""A request may state several penal provisions: added, taken out, each kept with all that was said of it."""

from __future__ import annotations

import pytest

from rogatory_node.casework.services import draft as drafting
from rogatory_node.desk.showing import fields, provisions
from rogatory_node.desk.showing.fields import Field
from support import complete

from .conftest import A05, OFAC, words_of

CITED = "offence-provision{}-citation"


@pytest.fixture
def made(duty):
    body = complete.body("preservation")
    body["offence"]["provisions"] = [
        {"citation": "article 174", "maximum_penalty_months": 240, "enacted": "2015-11-27"},
        {"citation": "article 290"},
    ]
    return drafting.begin(duty.officer, "request", drafting.Aim(A05, OFAC), body)


def typed(*citations: str) -> dict[str, str]:
    names = ("", *range(2, len(citations) + 1))
    return {CITED.format(name): each for name, each in zip(names, citations, strict=True)}


def stated(made):
    made.refresh_from_db()
    return [each["citation"] for each in made.raw.get("offence", {}).get("provisions", [])]


def at(made, more=""):
    return f"/drafts/{made.pk}?question=offence{more}"


def test_each_provision_stands_under_a_heading_of_its_own(desk, duty, made):
    page = words_of(desk(duty).get(at(made)))
    assert page.index("Penal provision 1") < page.index("article 174") < page.index("Penal provision 2")
    assert page.index("Penal provision 2") < page.index("article 290")
    assert 'name="offence-provision3-citation"' not in page


def test_another_is_added_and_what_was_typed_is_saved_first(desk, duty, made):
    client = desk(duty)
    answer = client.post(at(made), {**typed("article 174", "article 290"), "act": provisions.ADD})
    assert answer["Location"] == at(made, "&more=1")
    assert 'name="offence-provision3-citation"' in words_of(client.get(answer["Location"]))
    client.post(at(made), typed("article 174", "article 290", "article 324"))
    assert stated(made) == ["article 174", "article 290", "article 324"]


def test_one_is_taken_out_and_the_others_move_up(desk, duty, made):
    answer = desk(duty).post(
        at(made), {**typed("article 174", "article 290", "article 324"), "act": f"{provisions.REMOVE}2"}
    )
    assert answer["Location"] == at(made)
    assert stated(made) == ["article 174", "article 324"]


def test_a_first_one_that_was_emptied_takes_no_other_with_it(desk, duty, made):
    desk(duty).post(at(made), typed("", "article 290"))
    assert stated(made) == ["article 290"]


def test_a_finding_on_any_of_them_names_the_field(desk, duty, made):
    page = words_of(desk(duty).get(at(made)))
    assert page.count("Not stated: \N{LEFT DOUBLE QUOTATION MARK}What it says") == 2
    assert "offence/provisions" not in page


def test_there_is_an_end_to_them(desk, duty, made):
    page = words_of(desk(duty).get(at(made)))
    assert provisions.ADD in page
    desk(duty).post(at(made), typed(*(f"article {number}" for number in range(1, 24))))
    assert len(stated(made)) == provisions.MOST
    page = words_of(desk(duty).get(at(made, "&more=1")))
    assert provisions.ADD not in page
    assert 'name="offence-provision21-citation"' not in page


def test_no_provision_is_asked_for_where_none_is_needed(desk, duty):
    made = drafting.begin(duty.officer, "request", drafting.Aim(A05, OFAC), {"kind": "advice"})
    assert provisions.ADD not in words_of(desk(duty).get(at(made)))


def test_a_field_knows_its_place_in_the_body():
    cited = Field("offence.provision.citation", "")
    assert fields.pointer(cited) == "/offence/provisions/0/citation"
    assert fields.pointer(provisions.field_at(cited, 3)) == "/offence/provisions/2/citation"
    assert fields.pointer(Field("secrecy.until", "")) == "/secrecy/until"
