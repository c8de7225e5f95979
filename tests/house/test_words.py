"""The glossary's words, in everything that a reader meets."""

from __future__ import annotations

import pytest

import house

READ = {".html", ".md", ".py", ".toml", ".txt"}
PLACES = ("docs/", "spec/", "src/", "changes/")
GLOSSARY = "docs/glossary.md"


@pytest.fixture(scope="module")
def words():
    return house.forbidden((house.ROOT / GLOSSARY).read_text(encoding="utf-8"))


def test_the_glossary_forbids_something(words):
    assert {"country", "simply"} <= set(words)
    assert words["country"]


def test_a_forbidden_word_is_found_and_its_phrases_are_not(words):
    assert list(house.strays("The other Country answers.", words)) == [(1, "country")]
    assert list(house.strays("A country code is two letters.", words)) == []


def test_no_forbidden_word_stands_in_what_people_read(words):
    found = [
        f"{name}:{line} {word}"
        for name in house.tracked()
        if name.suffix in READ
        and (len(name.parts) == 1 or name.as_posix().startswith(PLACES))
        and name.as_posix() not in {GLOSSARY, "LICENSE"}
        and not {"vendor", "vendored"} & set(name.parts)
        for line, word in house.strays(house.read(name), words)
    ]
    assert found == []


def test_every_word_of_the_glossary_is_explained_once():
    text = (house.ROOT / GLOSSARY).read_text(encoding="utf-8")
    entries = [line.split("**")[1] for line in text.splitlines() if line.startswith("**")]
    assert len(entries) > 40
    assert len(entries) == len(set(entries))
