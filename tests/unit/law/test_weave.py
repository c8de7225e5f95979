"""``rogatory law weave``: whole pages that need nothing but themselves, and links that lead somewhere."""

from __future__ import annotations

import re
import sys
from html.parser import HTMLParser

import pytest

import house
from rogatory import cli, instruments, law
from rogatory.cli import _law_weave
from rogatory.cli._html import Html, el, page, raw
from rogatory.cli._law_moments import MOMENTS
from rogatory.cli._law_weave_parts import prose
from rogatory.errors import LawError

CASES = house.ROOT / "tests/law/hanoi_2024"
PAGES = dict(_law_weave.pages({}))


class Read(HTMLParser):
    """What a page links to, what can be linked to in it, and whether its elements are closed in order."""

    def __init__(self, text):
        super().__init__()
        self.links, self.ids, self.tags, self.open = [], [], set(), []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.add(tag)
        self.links += [given["href"]] if "href" in given else []
        self.ids += [given["id"]] if "id" in given else []
        if tag not in {"br", "meta"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


READ = {name: Read(text) for name, text in PAGES.items()}


def test_there_is_a_page_for_each_article_one_for_practice_and_one_that_leads_to_all():
    assert set(PAGES) == {f"art{n}.html" for n in range(1, 69)} | {"index.html", "practice.html"}
    assert set(READ["index.html"].links) >= {f"art{n}.html" for n in range(1, 69)}


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_needs_nothing_but_itself_and_its_links_lead_somewhere(name):
    read = READ[name]
    assert read.open == []
    assert not read.tags & {"script", "link", "img", "iframe", "form", "object"}
    assert "url(" not in PAGES[name]
    assert "@import" not in PAGES[name]
    assert len(set(read.ids)) == len(read.ids)
    for target in read.links:
        place, _, fragment = target.partition("#")
        assert (place or name) in READ, target
        assert not fragment or fragment in READ[place or name].ids, target


def test_every_provision_and_every_rule_of_the_convention_is_on_a_page():
    for ref in instruments.instrument("hanoi_2024").articles:
        text, read = PAGES[f"{ref.partition('/')[2]}.html"], READ[f"{ref.partition('/')[2]}.html"]
        for child in instruments.provision(ref).children:
            assert child.partition(".")[2] in read.ids
            assert str(raw(instruments.provision(child).text)) in text
    asked = {each for read in READ.values() for each in read.ids if each.startswith("rule-")}
    assert asked == {f"rule-{each.id.partition('/')[2]}" for each in law.rules()}


def test_every_anchor_of_a_rule_has_a_place_to_lead_to():
    for each in law.rules():
        place, _, fragment = _law_weave._law_weave_parts.link(each.cites).partition("#")
        assert place in READ
        assert not fragment or fragment in READ[place].ids, each.cites


@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("art42.html", ["Clock: preservation", "60 days", "The Budapest Convention, art. 29", "How sure:"]),
        ("art40.html", ["Grounds of refusal", "consultation is owed before it", "Left to a person"]),
        ("art24.html", ["Left to a person: no finding ever says that it is met.", "Safeguards"]),
        ("art6.html", ["stands alone", "Reading rule, no separate duty."]),
        ("art35.html", ["The request says which gate it stands on", "How sure:"]),
        ("art1.html", ["No part for software"]),
        ("art58.html", ["Not at work yet"]),
    ],
)
def test_a_page_holds_what_a_lawyer_looks_for(name, held):
    text = re.sub(r"\s+", " ", PAGES[name])
    assert [each for each in held if each not in text] == []


def test_cases_stand_under_their_rules_and_nothing_in_them_becomes_markup(tmp_path):
    (tmp_path / "one.yaml").write_text(
        "- {case: 'A <script>alert(1)</script> & more', rule: the_necessity_is_stated, outcome: met}\n"
    )
    shown = _law_weave.cases(tmp_path)
    text = dict(_law_weave.pages(shown))["art42.html"]
    assert "A &lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in text
    assert "<script" not in text
    assert 'href="#case-the_necessity_is_stated"' in text


def test_the_cases_of_the_source_are_read(capsys, tmp_path):
    out = tmp_path / "woven"
    assert cli.main(["law", "weave", "--out", str(out), "--cases", str(CASES)]) == 0
    assert capsys.readouterr().out.endswith("70 pages\n")
    assert "Every item names a provider of the Party that is asked." in (out / "art42.html").read_text()


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "3",
        "- 3",
        "- {case: x}",
        "- {case: 2028-02-30}",
        "\x00",
        "- !!python/object:os.system {}",
        "x" * (1 << 21),
    ],
)
def test_a_page_of_cases_that_is_none_is_refused(tmp_path, text):
    (tmp_path / "one.yaml").write_text(text)
    with pytest.raises(LawError) as caught:
        _law_weave.cases(tmp_path)
    assert caught.value.code == "LAW-720"


def test_without_a_reader_of_yaml_cases_say_so(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "yaml", None)
    with pytest.raises(LawError) as caught:
        _law_weave.cases(tmp_path)
    assert caught.value.code == "LAW-721"


def test_a_folder_with_something_in_it_and_a_place_that_is_none_are_refused(capsys, tmp_path):
    (tmp_path / "mine.html").write_text("mine")
    for place, code in (
        (tmp_path, "CLI-006"),
        (tmp_path / "mine.html", "CLI-006"),
        (tmp_path / "a/b", "CLI-003"),
    ):
        assert cli.main(["law", "weave", "--out", str(place)]) == 2
        assert capsys.readouterr().err.startswith(code)
    assert [each.name for each in tmp_path.iterdir()] == ["mine.html"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("see art42.p5", 'See <a class="cite" href="art42.html#p5">art. 42(5)</a>'),
        (
            "art42.p3.d, part99 and <art99>",
            '<a class="cite" href="art42.html#p3.d">art. 42(3)(d)</a>, part99 and &lt;art99&gt;',
        ),
        ("", ""),
    ],
)
def test_an_id_in_words_of_the_data_becomes_a_citation(text, shown):
    assert prose(text) == shown


def test_every_moment_of_a_clock_has_its_words():
    named = {name for each in law.clock_kinds() for name in (*each.starts, *each.ends, *each.stops)}
    assert named - {"limit"} == set(MOMENTS)


def test_no_id_of_ours_stands_in_what_is_read():
    for name, text in PAGES.items():
        assert not re.search(r"\bart\d+\.p\d", re.sub(r"<[^>]*>", "", text)), name


def test_whatever_is_put_into_markup_is_escaped():
    assert (
        el("p.a", "<b>", Html("<i>"), title='"x"', id_=None)
        == '<p class="a" title="&quot;x&quot;">&lt;b&gt;<i></p>'
    )
    assert "<title>&lt;x&gt;</title>" in page("<x>", "", "body")
