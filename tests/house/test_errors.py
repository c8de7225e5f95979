"""Every code: one meaning, raised by the code, seen by a test, explained on a page."""

from __future__ import annotations

import re
import string
from collections import Counter

import house
import pages
from rogatory import errors
from rogatory.errors import RogatoryError


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
    assert {code.partition("-")[0] for code in codes()} <= set(known)


def test_the_families_of_the_library_are_drawn():
    drawn = set(re.findall(r"── (\w+) +([A-Z]+)-nnn", errors.__doc__))
    classes = {(each.__name__, each.family) for each in RogatoryError.__subclasses__()}
    assert drawn == {pair for pair in classes if hasattr(errors, pair[0])}
    assert {name for name, _ in drawn} == set(errors.__all__) - {"RogatoryError"}


def test_every_code_that_the_source_names_has_its_words():
    families_known = set(families())
    named = {code for code in in_source() if code.partition("-")[0] in families_known}
    assert named - set(codes()) == set()


def test_every_code_is_raised_somewhere():
    assert set(codes()) - in_source() == set()


def test_every_code_is_seen_by_a_test():
    tests = "\n".join(
        house.read(name)
        for name in house.tracked()
        if name.parts[0] in {"tests", "vectors"} and name.suffix in {".json", ".py", ".yaml"}
    )
    assert {code for code in codes() if code not in tests} == set()


def test_every_message_has_one_sentence_and_one_paragraph():
    wrong = []
    for _, messages in pages.catalogues():
        for code, words in messages.items():
            names = {field for _, field, _, _ in string.Formatter().parse(words["sentence"]) if field}
            also = {field for _, field, _, _ in string.Formatter().parse(words["explain"]) if field}
            if (
                set(words) != {"sentence", "explain"}
                or not also <= names
                or words["sentence"].strip().endswith(".")
            ):
                wrong.append(code)
    assert wrong == []
