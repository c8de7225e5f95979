"""``rogatory law basis``: which instruments bind a pair, and what governs each matter."""

from __future__ import annotations

import json

import pytest

from rogatory import cli

TODAY = ["--on", "2026-11-21"]


def asked(capsys, *words):
    assert cli.main(["law", "basis", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_basis_is_told_with_instruments_matters_and_what_bears_on_them(capsys):
    assert cli.main(["law", "basis", "arg", "jpn", *TODAY]) == 0
    out = capsys.readouterr().out
    assert out.startswith("arg asks jpn, 2026-11-21\n")
    assert "ets_185         binds both since 2018-10-01, verified" in out
    assert "The Convention does not bind arg on that day." in out
    assert "ets_185, art. 29 (verified)" in out
    assert "ets_185/party.jpn.c3: dual criminality ground for preservation reserved" in out
    assert "unknown: Nobody has looked" in out
    assert "not legal advice" in out


def test_who_looked_for_another_treaty_is_told_the_channel_and_its_declaration(capsys):
    page = asked(capsys, "arg", "fra", *TODAY, "--no-other-treaty")
    channel = page["matters"]["channel"]
    assert (channel["state"], channel["governing"]) == ("stated", "ets_185")
    assert channel["bearing"][0]["ref"] == "ets_185/party.fra.c4"
    assert "diplomatic channel" in channel["bearing"][0]["text"]
    assert page["matters"]["costs"]["state"] == "silent"


def test_an_assumption_is_said_aloud_and_another_instrument_can_be_named(capsys):
    assert cli.main(["law", "basis", "fra", "deu", *TODAY, "--assume-in-force"]) == 0
    assert "(assumed in force)" in capsys.readouterr().out
    page = asked(capsys, "fra", "deu", *TODAY, "--assume-in-force", "--under", "ets_185")
    assert page["matters"]["preservation"]["governing"] == "ets_185"
    assert page["matters"]["preservation"]["beside"][0]["ref"] == "hanoi_2024/art42"
    assert page["instruments"]["hanoi_2024"]["reasons"][0]["code"] == "LAW-111"


def test_between_france_and_viet_nam_unknown_is_said_and_not_filled_in(capsys):
    page = asked(capsys, "vnm", "fra", "--on", "2028-03-14", "--assume-in-force")
    contents = page["matters"]["contents"]
    assert (contents["state"], contents["governing"], contents["anchors"]) == ("unknown", "fra_vnm_2016", [])
    assert page["matters"]["preservation"]["anchors"][0]["citation"] == "art. 42"
    assert set(page["digests"]) == {"hanoi_2024", "ets_185", "untoc", "fra_vnm_2016"}


def test_without_a_day_it_is_today(capsys, monkeypatch):
    from datetime import UTC, datetime

    from rogatory.cli import _edge

    monkeypatch.setattr(_edge, "now", lambda: datetime(2027, 1, 2, tzinfo=UTC))
    assert asked(capsys, "vnm", "fra")["on"] == "2027-01-02"


def test_a_pair_that_no_instrument_binds_is_told_so(capsys):
    assert cli.main(["law", "basis", "qat", "vnm", *TODAY]) == 0
    out = capsys.readouterr().out
    assert "no instrument at hand binds both" in out
    assert "Whether UNTOC binds qat is not known (art. 38(1))." in out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["FRA", "deu"], "LAW-010"),
        (["fra", "de"], "LAW-010"),
        (["fra", "fra"], "LAW-005"),
        (["fra", "deu", "--on", "2026-02-30"], "VALUE-009"),
        (["fra", "deu", "--under", "jakarta_1999"], "INST-002"),
    ],
)
def test_what_cannot_be_asked_ends_with_two_and_one_line(capsys, words, code):
    assert cli.main(["law", "basis", *words]) == 2
    err = capsys.readouterr().err
    assert err.startswith(code)
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "ref", ["hanoi_2024/chan.poc_24_7", "ets_185/party.fra.c4", "reciprocity/rec.channel"]
)
def test_show_finds_what_is_neither_an_article_nor_a_chapter(capsys, ref):
    assert cli.main(["law", "show", ref]) == 0
    assert capsys.readouterr().out
