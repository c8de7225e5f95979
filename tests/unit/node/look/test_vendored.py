"""Vendored assets: as their manifests say, without one State's crown or font."""

import re
from pathlib import Path

import pytest

from rogatory_node import look

STATIC = Path(look.__file__).parent / "static/rogatory_node"
OURS = ("desk.css", "desk.js", "live.js", "passkey.js", "mark.svg")


def test_nothing_changed_since_it_was_vendored(vendoring):
    assert vendoring.check(vendoring.STATIC) == []
    assert vendoring.check(vendoring.FOR_TESTS) == []


def test_every_file_is_ours_or_in_the_manifest(vendoring):
    listed = {asset.target for asset in vendoring.SHIPPED} | {"VENDORED.json"}
    found = {str(path.relative_to(STATIC)) for path in STATIC.rglob("*") if path.is_file()}
    assert found == listed | set(OURS)


@pytest.mark.parametrize("name", ["govuk-frontend.min.css", "govuk-frontend.rtl.min.css", "desk.css"])
def test_no_sheet_names_a_crown_a_foreign_font_or_another_host(name):
    sheet = (STATIC / name).read_text(encoding="utf-8")
    assert not re.search(r"GDS Transport|crest|crown|@font-face|@import|url\(", sheet, re.IGNORECASE)


def test_our_own_sheet_uses_logical_properties_only():
    sheet = (STATIC / "desk.css").read_text(encoding="utf-8")
    assert not re.search(r"(margin|padding|border)-(left|right)|float:|[;{ ](left|right):", sheet)


def test_our_scripts_evaluate_nothing():
    for name in OURS:
        if name.endswith(".js"):
            assert not re.search(
                r"\beval\(|new Function|innerHTML", (STATIC / name).read_text(encoding="utf-8")
            )
