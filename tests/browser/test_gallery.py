"""Every page of the gallery, in English and in the pseudo-language: readable, whole, mirrored."""

import pytest

from rogatory_node.look import PSEUDO
from rogatory_node.look.gallery import PAGES

LANGUAGES = ("en", PSEUDO)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_accessible_whole_and_obeys_the_policy(desk, name, language):
    officer = desk(language=language)
    page = officer.opens(name)
    assert page.evaluate("document.documentElement.dir") == ("rtl" if language == PSEUDO else "ltr")
    assert officer.what_axe_finds() == []
    assert officer.widths_at_which_the_page_overflows() == []
    assert officer.complaints == []


@pytest.mark.parametrize("name", ["board", "thread", "draft-failed", "decide", "evidence"])
def test_the_dark_choice_is_as_readable_as_the_day(desk, name):
    officer = desk()
    officer.opens(name, "?look=night")
    assert officer.what_axe_finds() == []


@pytest.mark.parametrize("name", [name for name in PAGES if not name.startswith("form")])
def test_no_word_of_a_page_is_left_untranslated(desk, name):
    officer = desk(language=PSEUDO)
    officer.opens(name)
    assert officer.words_nobody_translated() == []


@pytest.mark.parametrize("name", ["board", "thread", "evidence"])
def test_on_paper_there_is_no_chrome_and_the_night_is_day(desk, name):
    officer = desk()
    page = officer.opens(name, "?look=night")
    page.emulate_media(media="print")
    assert not page.locator(".rg-nav").is_visible()
    assert not page.locator(".govuk-button").first.is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


@pytest.mark.parametrize("scripts", [True, False])
def test_the_fields_of_the_chosen_answer_unfold_with_script_or_without(desk, scripts):
    page = desk(scripts=scripts).opens("decide")
    assert page.locator("#until").is_visible()
    assert not page.locator("#part").is_visible()
    page.get_by_label("Measures taken in part").check()
    assert page.locator("#part").is_visible()
    assert not page.locator("#until").is_visible()


def test_an_error_is_read_first_and_leads_to_its_field_with_what_was_typed(desk):
    page = desk().opens("draft-failed")
    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
    page.get_by_role("link", name="A port is a number from 1 to 65535").click()
    assert page.evaluate("document.activeElement.id") == "port"
    assert page.locator("#port").input_value() == "80000"


def test_the_first_key_leads_past_the_masthead(desk):
    page = desk().opens("board")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "govuk-skip-link"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_on_a_telephone_the_next_act_comes_before_the_facts(desk):
    officer = desk()
    page = officer.opens("thread")
    page.set_viewport_size({"width": 390, "height": 844})
    act = page.locator(".rg-box--act").first.bounding_box()
    facts = page.locator(".rg-facts").first.bounding_box()
    assert act["y"] < facts["y"]
