"""The reference pages are made from the code, and their links lead somewhere."""

from __future__ import annotations

import re

import pytest

import house
import pages


@pytest.mark.parametrize("place", sorted(pages.PAGES))
def test_a_page_made_from_the_code_is_the_one_that_stands_there(place):
    stands = (house.ROOT / place).read_text(encoding="utf-8")
    assert stands == pages.PAGES[place](), "run make pages"


def written():
    return [name for name in house.tracked() if name.suffix == ".md" and name.parts[0] != "tests"]


def anchors(text):
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("name", written(), ids=str)
def test_every_link_of_a_page_leads_somewhere(name):
    text = re.sub(r"```.*?```", "", house.read(name), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        place, _, fragment = target.partition("#")
        if re.match(r"[a-z]+:", place):
            continue
        path = (house.ROOT / name).parent / place if place else house.ROOT / name
        assert path.exists(), (str(name), target)
        if fragment and path.suffix == ".md":
            assert fragment in anchors(path.read_text(encoding="utf-8")), (str(name), target)


@pytest.mark.parametrize("name", written(), ids=str)
def test_a_page_has_one_title_and_comes_to_an_end(name):
    text = re.sub(r"^```.*?^```", "", house.read(name), flags=re.DOTALL | re.MULTILINE)
    assert len(re.findall(r"^# ", text, re.MULTILINE)) == (
        0 if name.parts[0] == "changes" and name.name != "README.md" else 1
    )
    assert text.endswith("\n")
    assert not re.search(r"[ \t]+$", text, re.MULTILINE)
