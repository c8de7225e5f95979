"""``rogatory law clocks``: a thread in a file, and its clocks in words."""

from __future__ import annotations

import base64
import json

import pytest

from rogatory import cli, statements

from .conftest import utc

AT = ["--at", "2028-03-20T00:00:00Z"]


def entry(node):
    _, kind, payload = statements.payload_of(node.statement)
    return {"media_type": kind, "payload": json.loads(payload)}


def envelope(node):
    _, kind, payload = statements.payload_of(node.statement)
    none = {"keyid": "aa" * 32, "sig": base64.b64encode(bytes(64)).decode()}
    return {
        "payloadType": kind,
        "payload": base64.b64encode(payload).decode(),
        "signatures": [none, none],
    }


@pytest.fixture
def file(tmp_path):
    def write(value, name="thread.json"):
        path = tmp_path / name
        path.write_text(value if isinstance(value, str) else json.dumps(value))
        return str(path)

    return write


@pytest.fixture
def asked(desk):
    """One preservation, asked; the ids of its statements are those of its bytes."""
    desk.ask(utc(3, 13, 8, 32), approvals=1)
    return desk


def test_the_clocks_of_a_thread_are_shown_by_their_end(capsys, asked, file):
    assert cli.main(["law", "clocks", file([entry(asked.nodes[0])]), "--at", "2028-03-13T12:00:00Z"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("vnm asks fra, seen 13 Mar 2028 12:00\n")
    assert "13 Mar 2028 20:32  8 h 32 min  ratification  runs   requesting" in out
    assert "Ratification: what one person sent at night" in out
    assert "next warning on 13 Mar 2028 14:32" in out


def test_what_lapsed_says_so_and_nothing_is_left(capsys, asked, file):
    assert cli.main(["law", "clocks", file({"statements": [entry(asked.nodes[0])]}), *AT, "--json"]) == 0
    page = json.loads(capsys.readouterr().out)
    assert page["at"] == "2028-03-20T00:00:00Z"
    [clock] = page["clocks"]
    assert (clock["kind"], clock["state"], clock["next_warning"]) == ("ratification", "lapsed", None)


def test_records_at_home_count_too(capsys, asked, file):
    request, _, _ = statements.payload_of(asked.nodes[0].statement)
    home = {
        "orders": [
            {"reference": "12/2028", "request": request, "items": [1], "ordered": "2028-03-13T09:00:00Z"}
        ],
        "oral": [{"reference": "oral 3", "heard": "2028-03-19T20:00:00Z"}],
        "contacts": [{"reference": "fra/ofac", "tested": "2028-03-01T00:00:00Z"}],
    }
    argv = ["law", "clocks", file([entry(asked.nodes[0])]), *AT, "--home", file(home, "home.json"), "--json"]
    assert cli.main(argv) == 0
    found = [(each["kind"], each["record"]) for each in json.loads(capsys.readouterr().out)["clocks"]]
    assert found == [
        ("ratification", None),
        ("oral_confirmation", "oral 3"),
        ("last_tested", "fra/ofac"),
        ("domestic_order", "12/2028"),
    ]


def test_an_envelope_is_read_as_the_node_gives_it(capsys, asked, file):
    assert cli.main(["law", "clocks", file([envelope(asked.nodes[0])]), *AT, "--json"]) == 0
    [clock] = json.loads(capsys.readouterr().out)["clocks"]
    assert clock["request"] == statements.payload_of(asked.nodes[0].statement)[0]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[]", "LAW-700"),
        ("{}", "LAW-700"),
        ('{"statements": 3}', "LAW-700"),
        ("[3]", "LAW-701"),
        ('[{"media_type": "x", "payload": {}}]', "LAW-701"),
        ('[{"media_type": 7, "payload": {}, "more": 1}]', "LAW-701"),
        ("[1, 1.5]", "WIRE-005"),
        ("", "WIRE-003"),
    ],
)
def test_what_is_no_thread_is_refused_in_one_line(capsys, file, text, code):
    assert cli.main(["law", "clocks", file(text)]) == 2
    assert capsys.readouterr().err.startswith(code)


def test_a_thread_without_its_opening_statement_is_refused(capsys, asked, file):
    rows = [entry(asked.nodes[0]), entry(asked.nodes[0])]
    rows[1]["payload"]["nonce"] = "bb" * 32
    assert cli.main(["law", "clocks", file(rows)]) == 2
    assert capsys.readouterr().err.startswith("THREAD-001")


@pytest.mark.parametrize(
    "home",
    [
        [],
        {"notes": []},
        {"oral": [{}]},
        {"oral": [3]},
        {"contacts": [{"reference": 3, "tested": "2028-03-01T00:00:00Z"}]},
        {"orders": [{"reference": "r", "request": "x", "items": ["a"], "ordered": "2028-03-01T00:00:00Z"}]},
        {"oral": [{"reference": "r", "heard": "yesterday"}]},
    ],
)
def test_records_at_home_that_are_none_are_refused(capsys, asked, file, home):
    argv = ["law", "clocks", file([entry(asked.nodes[0])]), *AT, "--home", file(home, "home.json")]
    assert cli.main(argv) == 2
    assert capsys.readouterr().err.startswith("LAW-702")
