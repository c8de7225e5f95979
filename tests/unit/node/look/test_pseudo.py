"""The pseudo-language: longer, accented, right-to-left; placeholders survive; catalogues are fresh."""

import gettext
import io
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

import words
from rogatory_node.look import PSEUDO
from rogatory_node.look.pseudo import pseudo


def test_a_word_grows_by_two_fifths_and_begins_right_to_left():
    told = pseudo("Acknowledge")
    assert told.startswith("\u200f")
    assert len(told.strip("\u200f")) >= len("Acknowledge") * 1.4


@pytest.mark.parametrize("kept", ["%(day)s", "%s", "{name}", "<strong>", "&amp;"])
def test_placeholders_and_tags_survive(kept):
    assert kept in pseudo(f"to {kept} and on")


@pytest.mark.parametrize("text", ["", "12", "·", "%(day)s", "03:12 / 04:00"])
def test_what_has_no_letters_is_left_alone(text):
    assert pseudo(text) == text


@given(st.text(string.ascii_letters + " .,", min_size=1))
def test_no_plain_letter_that_has_an_accented_one_is_left(text):
    assert not set(pseudo(text)) & set("aeiouAEIOU")


def test_the_committed_catalogue_is_as_new_as_the_words():
    for path, wanted in words.catalogues().items():
        assert path.read_bytes() == wanted, "run python tools/words.py"


def test_a_compiled_catalogue_is_read_by_gettext():
    entries = [
        (words.Message("", "Board", ""), ("BOARD",)),
        (words.Message("date format", "j M", ""), ("M j",)),
        (words.Message("", "%d item", "%d items"), ("one", "many")),
    ]
    header = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n"
    read = gettext.GNUTranslations(io.BytesIO(words.compiled(entries, header)))
    assert read.gettext("Board") == "BOARD"
    assert read.pgettext("date format", "j M") == "M j"
    assert read.ngettext("%d item", "%d items", 3) == "many"


def test_words_are_found_in_templates_and_in_python():
    template = (
        '{% load i18n %}{% translate "Board" %}{% blocktranslate with x=y %}to {{ x }}{% endblocktranslate %}'
    )
    assert [m.singular for m in words.in_template(template)] == ["Board", "to %(x)s"]
    source = 'pgettext("date format", "j M"); ngettext("one", "many", 3); _("now")'
    assert set(words.in_python(source)) == {
        words.Message("date format", "j M", ""),
        words.Message("", "one", "many"),
        words.Message("", "now", ""),
    }


def test_format_letters_are_not_words():
    assert words.in_pseudo(words.Message("date format", "j F", "")) == ("j F",)


def test_the_pseudo_language_can_be_nobody_s():
    assert "qaa" <= PSEUDO <= "qtz"
