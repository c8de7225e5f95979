"""Every code: one meaning, raised by the code, seen by a test, explained on a page."""

from __future__ import annotations

import re
import string
from collections import Counter

import house
import pages
from rogatory import errors
from rogatory.errors import RogatoryError

# Families of messages that are told beside a value or a finding and never raised.
TOLD = {"DOUBT"}


def codes():
    return [code for _, messages in pages.catalogues() for code in messages]


def in_source():
    found = set()
    for path in house.sources("src"):
        found |= house.raised(house.read(path))
    return found


def families():
    found = {}
    for path in house.sources("src"):
        for family in re.findall(r'^    family = "([A-Z]+)"$', house.read(path), re.MULTILINE):
            found.setdefault(family, []).append(path.as_posix())
    return found


def test_a_code_in_a_docstring_is_not_a_code_raised():
    assert house.raised('"""WIRE-001"""\nraise WireError("WIRE-002")') == {"WIRE-002"}


def test_every_code_is_unique():
    assert [code for code, count in Counter(codes()).items() if count > 1] == []


def test_every_code_belongs_to_a_family_that_one_class_has():
    known = families()
    assert [family for family, places in known.items() if len(places) > 1] == []
    assert {code.partition("-")[0] for code in codes()} <= set(known) | TOLD


def test_the_families_of_the_library_are_drawn():
    drawn = set(re.findall(r"── (\w+) +([A-Z]+)-nnn", errors.__doc__))
    classes = {(each.__name__, each.family) for each in RogatoryError.__subclasses__()}
    assert drawn == {pair for pair in classes if hasattr(errors, pair[0])}
    assert {name for name, _ in drawn} == set(errors.__all__) - {"RogatoryError"}


def test_every_code_that_the_source_names_has_its_words():
    known = set(families()) | TOLD
    named = {code for code in in_source() if code.partition("-")[0] in known}
    assert sorted(named - set(codes())) == []


def test_every_code_is_raised_somewhere():
    assert sorted(set(codes()) - in_source()) == []


def test_every_code_is_seen_by_a_test():
    tests = "\n".join(
        house.read(name)
        for name in house.tracked()
        if name.parts[0] in {"tests", "vectors"} and name.suffix in {".json", ".py", ".yaml"}
    )
    assert sorted(code for code in codes() if code not in tests) == []


def fields(words):
    return {field for _, field, _, _ in string.Formatter().parse(words) if field is not None}


def test_every_message_is_one_sentence_and_one_paragraph():
    wrong = []
    for _, messages in pages.catalogues():
        for code, words in messages.items():
            line = words["sentence"].strip()
            if (
                set(words) != {"sentence", "explain"}
                or not fields(words["explain"]) <= fields(line)
                or not re.match(r"[A-Z{\d]", line)
                or not line.endswith(".")
                or len(words["explain"].split()) < 8
            ):
                wrong.append(code)
    assert wrong == []
