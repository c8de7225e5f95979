"""``rogatory law``: 0 nothing is not met, 1 something is, 2 unreadable."""

from __future__ import annotations

import json

import pytest

from rogatory import cli

DRAFT = {
    "kind": "preservation",
    "items": [{"identifier": {"kind": "ip_address", "verbatim": "203.0.113.57"}}],
}
PAIR = ["--requesting", "vnm", "--requested", "fra", "--on", "2028-03-14"]


@pytest.fixture
def draft(tmp_path):
    path = tmp_path / "draft.json"
    path.write_text(json.dumps(DRAFT))
    return str(path)


def test_show_a_provision_with_what_rests_on_it(capsys):
    assert cli.main(["law", "show", "hanoi_2024/art42.p8"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("art. 42(8)\n")
    assert "hanoi_2024/tl.art42.min" in out
    assert "not the treaty's text" in out


def test_show_an_article_with_its_rules_as_json(capsys):
    assert cli.main(["law", "show", "hanoi_2024/art42", "--json"]) == 0
    page = json.loads(capsys.readouterr().out)
    assert (page["citation"], page["confidence"], len(page["children"])) == ("art. 42", "memory", 9)
    assert "hanoi_2024/the_necessity_is_stated" in {each["ref"] for each in page["rules"]}


def test_show_an_entry_and_a_whole_instrument(capsys):
    assert cli.main(["law", "show", "hanoi_2024/tl.art42.min"]) == 0
    assert "60" in capsys.readouterr().out
    assert cli.main(["law", "show", "hanoi_2024", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["articles"]) == 68


@pytest.mark.parametrize(("ref", "code"), [("hanoi_2024/art99", "INST-001"), ("hanoi_2023", "INST-002")])
def test_show_an_unknown_place(capsys, ref, code):
    assert cli.main(["law", "show", ref]) == 2
    assert capsys.readouterr().err.startswith(code)


def test_check_a_draft_says_what_is_not_met_and_how_to_cure_it(capsys, draft):
    assert cli.main(["law", "check", draft, *PAIR, "--assume-in-force"]) == 1
    out = capsys.readouterr().out
    assert "why preservation is necessary (art. 42(3)(e))" in out
    assert "Cure: State the source port" in out
    assert "The Convention is assumed in force for vnm" in out


def test_check_without_assumption_says_that_the_convention_is_not_in_force(capsys, draft):
    assert cli.main(["law", "check", draft, *PAIR, "--json"]) == 1
    page = json.loads(capsys.readouterr().out)
    told = {"assumed": False, "governing": "fra_vnm_2016", "state": "unknown"}
    assert page["matters"]["preservation"] == told
    codes = [reason["code"] for each in page["findings"] for reason in each["reasons"]]
    assert "LAW-110" in codes


def test_check_a_request_reads_parties_and_day_from_it(capsys, tmp_path):
    path = tmp_path / "request.json"
    body = {"from": "vnm/a05", "to": "fra/ofac", "issued_at": "2028-03-13T18:32:00Z", "body": DRAFT}
    path.write_text(json.dumps(body))
    assert cli.main(["law", "check", str(path), "--json"]) == 1
    page = json.loads(capsys.readouterr().out)
    assert (page["requesting"], page["requested"], page["on"]) == ("vnm", "fra", "2028-03-13")
    assert page["findings"][0]["reasons"][0]["sentence"]


def test_check_ends_with_zero_where_nothing_is_not_met(capsys, tmp_path, request):
    import yaml

    root = request.config.rootpath
    page = yaml.load((root / "tests/law/complete_preservation.yaml").read_text(), yaml.BaseLoader)
    for item in page["body"]["items"]:
        item["number"] = int(item["number"])
    page["body"]["items"][0]["identifier"]["destination_port"] = 443
    page["body"]["offence"]["provisions"][0]["maximum_penalty_months"] = 240
    path = tmp_path / "whole.json"
    path.write_text(json.dumps(page))
    assert cli.main(["law", "check", str(path), "--assume-in-force"]) == 0
    assert "Not met" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "arguments", "code"),
    [
        ("[]", PAIR, "LAW-007"),
        ("{}", [], "LAW-007"),
        ('{"from": "nowhere"}', ["--requested", "fra"], "LAW-007"),
        ("{", PAIR, "WIRE-003"),
        ('{"kind": 1, "kind": 2}', PAIR, "WIRE-004"),
        ("{}", [*PAIR[:4], "--on", "2028-02-30"], "VALUE-009"),
        ('{"issued_at": "soon"}', PAIR[:4], "VALUE-009"),
        ("{}", ["--requesting", "vnm", "--requested", "vnm"], "LAW-005"),
    ],
)
def test_what_cannot_be_read_ends_with_two_and_one_line(capsys, tmp_path, text, arguments, code):
    path = tmp_path / "bad.json"
    path.write_text(text)
    assert cli.main(["law", "check", str(path), *arguments]) == 2
    err = capsys.readouterr().err
    assert err.startswith(code)
    assert err.count("\n") == 1


def test_a_file_that_is_not_there(capsys, tmp_path):
    assert cli.main(["law", "check", str(tmp_path / "none.json"), *PAIR]) == 2
    assert capsys.readouterr().err.startswith("CLI-003")


def test_check_says_once_which_treaty_governs_and_not_before_each_particular(capsys, tmp_path):
    path = tmp_path / "draft.json"
    path.write_text(json.dumps({**DRAFT, "kind": "stored_data", "purpose": "To find who rented the server"}))
    cli.main(["law", "check", str(path), *PAIR, "--assume-in-force"])
    out = capsys.readouterr().out
    assert "purpose for which it is sought (art. 40(15)(g))" in out
    assert out.count("A mutual assistance treaty binds the two Parties") == 1
