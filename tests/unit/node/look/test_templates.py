"""Templates: every component draws what it is given, escapes it, and carries nothing inline."""

import re
from pathlib import Path

import pytest
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from rogatory_node import look
from rogatory_node.look import PSEUDO
from rogatory_node.look.gallery import PAGES, show
from rogatory_node.look.pictures.shapes import StateBadge, sign
from rogatory_node.look.pictures.words import code, joined, link, look_alike
from rogatory_node.look.templatetags.look import COMPONENTS

HERE = Path(look.__file__).parent
PARTIALS = HERE / "templates/look/components"
INLINE = re.compile(
    r"<[^>]*\s(style|on[a-z]+)\s*=|<style|<script(?![^>]*(\bsrc=|application/json))", re.IGNORECASE
)


def _page(name, query=""):
    return show(RequestFactory().get(f"/{name}{query}"), name).content.decode()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", ["en", PSEUDO])
def test_no_page_has_anything_inline(name, language):
    with override(language):
        assert not INLINE.search(_page(name))


@pytest.mark.parametrize("name", PAGES)
def test_every_page_has_one_heading_one_main_and_the_sentence_at_its_foot(name):
    html = _page(name)
    assert html.count("<h1") == 1
    assert html.count('id="main"') == 1
    assert "Nothing on this page is a decision of the software." in html


@pytest.mark.parametrize("name", [name for name in PAGES if not name.startswith("form")])
def test_no_page_has_two_primary_buttons(name):
    main = _page(name).partition("<main")[2].partition("</main>")[0]
    primary = re.findall(r'class="govuk-button"', main)
    assert len(primary) <= 1


def test_direction_sheet_and_language_change_together():
    english = _page("board")
    with override(PSEUDO):
        mirrored = _page("board")
    assert 'lang="en" dir="ltr"' in english
    assert "govuk-frontend.min.css" in english
    assert 'lang="en-x-pseudo" dir="rtl"' in mirrored
    assert "govuk-frontend.rtl.min.css" in mirrored


def test_night_is_the_officer_s_choice_and_written_by_the_server():
    assert 'data-look="day"' in _page("board")
    assert 'data-look="night"' in _page("board", "?look=night")


def test_every_component_has_its_partial():
    assert all((PARTIALS / f"{name}.html").is_file() for name in COMPONENTS)


def test_every_component_has_an_example_call_in_the_design_page():
    page = (HERE.parents[2] / "docs/design.md").read_text(encoding="utf-8")
    calls = set(re.findall(r"{% (\w+) ", page))
    assert {*COMPONENTS, "lane", "clock", "clock_axis"} <= calls


def test_a_badge_has_a_sign_and_its_word_escaped():
    html = _render("{% state it %}", StateBadge("<kept>", "full", "kept"))
    assert "&lt;kept&gt;" in html
    assert "<svg" in html


def _render(call, it):
    return engines["django"].from_string("{% load look %}" + call).render({"it": it})


def test_arrows_turn_round_and_other_signs_do_not():
    assert "rg-flip" in sign("out")
    assert "rg-flip" not in sign("house")


def test_identifiers_keep_their_own_direction():
    assert code("203.0.113.57") == '<bdi dir="ltr" class="rg-code">203.0.113.57</bdi>'


def test_look_alike_characters_are_marked_and_everything_is_escaped():
    assert (
        look_alike("a1<", [1]) == '<bdi dir="ltr" class="rg-code">a<mark class="rg-look">1</mark>&lt;</bdi>'
    )
    assert joined("<", link("&", '"')) == '&lt;<a class="govuk-link" href="&quot;">&amp;</a>'


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "429", "500"])
def test_error_pages_stand_without_a_frame(name):
    html = render_to_string(f"{name}.html")
    assert "rg-nav" not in html
    assert html.count("<h1") == 1


def test_a_failed_form_keeps_what_was_typed_and_leads_to_its_fields():
    html = _page("form-failed")
    for field in ("officer", "word", "role_0"):
        assert f'href="#id_{field}"' in html
        assert f'id="id_{field}"' in html
    assert 'aria-describedby="id_officer-hint id_officer-error"' in html


def test_no_template_holds_words_outside_translate():
    """Every run of letters between tags stands inside a translation, or is the mark's own name."""
    for path in sorted((HERE / "templates").rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"{% (blocktranslate|comment).*?{% end\1 %}", "", text, flags=re.DOTALL)
        text = re.sub(r"{%.*?%}|{{.*?}}", "", text, flags=re.DOTALL)
        loose = [word.strip() for word in re.findall(r">([^<>]+)<", text) if re.search(r"[A-Za-z]{2}", word)]
        assert [word for word in loose if word not in ("rogatory", "- rogatory")] == [], path.name
