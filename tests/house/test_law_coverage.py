"""No article of the Convention is blank, and what is said to be at work is there."""

from __future__ import annotations

import json

import pytest
import typer

import house
from rogatory import cli, instruments, law, statements
from rogatory.cli._dispatch import find
from rogatory.law import Sort
from rogatory.law.covering import ASKED

COVERED = law.coverage()
NODE = house.ROOT / "src/rogatory_node"


def works(*sorts):
    return [
        pytest.param(each, id=f"{covered.ref}-{each.name}")
        for covered in COVERED
        for each in covered.works
        if each.sort in sorts
    ]


def test_every_article_is_there_once_and_in_order():
    assert [each.ref for each in COVERED] == [f"hanoi_2024/art{number}" for number in range(1, 69)]


@pytest.mark.parametrize("covered", COVERED, ids=lambda each: each.ref)
def test_no_article_is_blank(covered):
    assert covered.works
    assert all(each.text.strip() for each in covered.works)


@pytest.mark.parametrize("covered", COVERED, ids=lambda each: each.ref)
def test_what_has_no_part_says_nothing_else_and_says_it_in_one_sentence(covered):
    if any(each.sort is Sort.NONE for each in covered.works):
        [only] = covered.works
        assert only.text.endswith(".")
        assert not covered.at_work


def test_every_citation_leads_to_something():
    for covered in COVERED:
        for each in covered.works:
            assert instruments.exists(each.ref), each
            if each.sort is Sort.THROUGH:
                assert instruments.exists(each.name), each


def test_an_article_at_work_through_another_leans_on_one_that_is():
    at_work = {each.ref for each in COVERED if any(one.sort is not Sort.THROUGH for one in each.works)}
    for covered in COVERED:
        for each in covered.works:
            if each.sort is Sort.THROUGH:
                assert each.name.partition(".")[0] in at_work


@pytest.mark.parametrize("work", works(Sort.STATEMENT))
def test_a_statement_that_is_named_can_be_made(work):
    assert work.name in {each.NAME for each in statements.TYPES}


@pytest.mark.parametrize("work", works(Sort.KIND))
def test_a_kind_that_is_named_can_be_asked_for(work):
    # Disclosure of the path is a statement, and its gate is told like that of a request.
    assert work.name in statements.KINDS or work.name == "path_disclosure"


@pytest.mark.parametrize("work", works(Sort.COMMAND))
def test_a_command_that_is_named_answers(work):
    group, _, name = work.name.partition(" ")
    assert name in typer.main.get_command(find(group)).commands


@pytest.mark.parametrize("work", works(Sort.SCREEN, Sort.RECORD))
def test_a_screen_or_record_that_is_named_stands_in_the_node(work):
    assert (NODE / work.name).is_file()


@pytest.mark.parametrize("name", sorted(ASKED))
def test_an_index_that_the_code_is_said_to_ask_is_named_in_it(name):
    own = house.ROOT / "src/rogatory/law/covering.py"
    texts = [path.read_text() for path in (house.ROOT / "src/rogatory").rglob("*.py") if path != own]
    assert any(f'"{name}"' in text for text in texts)


def test_nothing_is_claimed_absent_that_is_there():
    told = {each.id for each in instruments.index("hanoi_2024", "coverage")}
    assert len(told) == len(instruments.index("hanoi_2024", "coverage"))
    for covered in COVERED:
        assert not {Sort.RULE, Sort.NONE} <= {each.sort for each in covered.works}


def test_the_command_names_every_article(capsys):
    assert cli.main(["law", "coverage"]) == 0
    out = capsys.readouterr().out
    assert [f"art. {number}  " in out for number in range(1, 69)] == [True] * 68
    assert "Not at work yet: Who needs help" in out
    assert cli.main(["law", "coverage", "hanoi_2024/art42", "--json"]) == 0
    [page] = json.loads(capsys.readouterr().out)["articles"]
    assert {"rule", "clock", "kind", "row", "statement", "screen"} <= {each["sort"] for each in page["works"]}


def test_an_article_that_is_none_is_refused(capsys):
    assert cli.main(["law", "coverage", "hanoi_2024/art69"]) == 2
    assert capsys.readouterr().err.startswith("INST-001")


def test_an_article_that_is_blank_ends_the_command_with_no(capsys, monkeypatch):
    blank = law.Covered("hanoi_2024/art1", "art. 1", "Statement of purpose", ())
    monkeypatch.setattr(law, "coverage", lambda: (blank,))
    assert cli.main(["law", "coverage"]) == 1
    assert "art. 1  " in capsys.readouterr().out
