"""The picture on the README's first screen is what the demo says."""

from __future__ import annotations

import re
from html import unescape

import pytest

import house
import picture


@pytest.fixture(scope="module")
def said():
    return picture.play()


def drawn():
    svg = picture.PLACE.read_text(encoding="utf-8")
    rows = re.findall(r'<text x="\d+" y="\d+">(.*?)</text>', svg)
    return [unescape(re.sub(r"<[^>]+>", "", row)) for row in rows]


def test_the_picture_shows_a_run_of_the_demo(said):
    now = [picture.same(line) for line in picture.excerpt(said)]
    assert [picture.same(line) for line in drawn()] == now, "run make picture"


def test_the_demo_tells_the_story_to_its_end(said):
    acts = [line for line in said.splitlines() if line and not line.startswith(" ")]
    assert len(acts) >= 12
    assert "Simulation" in acts[0]
    assert "In court, both nodes off" in acts[-1]


def test_the_readme_shows_the_picture_and_says_what_it_shows():
    text = (house.ROOT / "README.md").read_text(encoding="utf-8")
    assert re.search(r"!\[[^\]]{20,}\]\(docs/pictures/demo\.svg\)", text.partition("## ")[0])
