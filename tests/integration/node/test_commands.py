"""The node's commands, as an operator types them."""

from __future__ import annotations

import json

import pytest

from rogatory.cli import main
from support.nodes import CLOCK, Node, cli


def refused(done, code: str) -> bool:
    return (done.returncode, done.stderr.split()[0], done.stderr.count("\n")) == (2, code, 1)


@pytest.fixture
def refuses(capsys):
    """Ask in this process, for what is refused before Django is loaded."""

    def ask(code: str, *words: object) -> bool:
        status = main(["node", *map(str, words)])
        said = capsys.readouterr().err
        return (status, said.split()[0], said.count("\n")) == (2, code, 1)

    return ask


def test_a_node_is_made_checked_staffed_and_rebuilt(tmp_path, refuses) -> None:
    node = Node(tmp_path / "vnm").make()
    for file in (node.folder, *node.folder.rglob("*")):
        assert not file.stat().st_mode & 0o077, file
    assert refuses("NODE-002", "init", node.folder, "--party", "vnm", "--authority", "vnm/a05")
    unstaffed = cli("node", "check", node.folder)
    assert unstaffed.returncode == 1
    assert "nobody serves vnm/a05" in unstaffed.stdout
    enlisted = cli(
        "node", "officer", node.folder, "hoa", "--name", "Bùi Thị Hoa", "--role", "vnm/a05:operator",
        "--password-stdin", "--json", stdin="a long enough phrase\n",
    )  # fmt: skip
    assert json.loads(enlisted.stdout)["roles"] == ["vnm/a05:operator"]
    checked = cli("node", "check", node.folder, "--json")
    assert checked.returncode == 0, checked.stdout
    assert all(each["good"] for each in json.loads(checked.stdout))
    rebuilt = cli("node", "reindex", node.folder, "--json")
    assert json.loads(rebuilt.stdout) == {"repaired": 0, "rows": 0, "threads": 0}


def test_a_simulation_cannot_become_real(node) -> None:
    file = node.folder / "node.toml"
    file.write_text(file.read_text().replace('mode = "simulation"', 'mode = "production"'))
    checked = cli("node", "check", node.folder)
    assert checked.returncode == 1
    assert "NODE-304" in checked.stdout
    said = cli("node", "run", node.folder).stderr.splitlines()
    assert [each.split()[0] for each in said] == ["NODE-304", "NODE-303"]


def test_a_real_node_is_not_told_the_time(node) -> None:
    file = node.folder / "node.toml"
    file.write_text(file.read_text().replace('mode = "simulation"', 'mode = "production"'))
    assert refused(cli("node", "clock", node.folder, "--to", CLOCK), "NODE-005")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("check", "nowhere"), "NODE-307"),
        (("run", "nowhere"), "NODE-307"),
        (("init", "n", "--party", "vnm", "--authority", "fra/ofac"), "NODE-004"),
        (("init", "n", "--party", "Vietnam", "--authority", "vnm/a05"), "NODE-004"),
        (("init", "n", "--party", "vnm", "--authority", "vnm/a05", "--mode", "party"), "NODE-004"),
        (("init", "n", "--party", "vnm", "--authority", "vnm/a05", "--port", "0"), "NODE-004"),
        (
            (
                "init",
                "n",
                "--party",
                "vnm",
                "--authority",
                "vnm/a05",
                "--mode",
                "simulation",
                "--clock",
                "noon",
            ),
            "VALUE-009",
        ),
        (("init", "n", "--party", "vnm", "--authority", "vnm/a05", "--clock", CLOCK), "NODE-005"),
    ],
)
def test_wrong_words_make_nothing(tmp_path, refuses, words, code) -> None:
    command, folder, *rest = words
    assert refuses(code, command, tmp_path / folder, *rest)
    assert list(tmp_path.iterdir()) == []


def test_a_word_that_is_no_role_gives_none(node, refuses) -> None:
    assert refuses("NODE-306", "officer", node.folder, "hoa", "--role", "vnm/a05:emperor")
    assert refused(cli("node", "officer", node.folder, "hoa", "--role", "fra/ofac:auditor"), "NODE-103")


def test_a_damaged_configuration_stops_every_command(node, refuses) -> None:
    file = node.folder / "node.toml"
    file.write_text(file.read_text() + "\ncolour = 1\n")
    for command in ("run", "check", "reindex", "worker"):
        assert refuses("NODE-004", command, node.folder)


def test_evidence_goes_by_disk_in_the_name_of_a_custodian_alone(node, tmp_path) -> None:
    enlisted = cli("node", "officer", node.folder, "hoan", "--role", "vnm/a05:custodian")
    assert enlisted.returncode == 0, enlisted.stderr
    taken = ("node", "import", node.folder, tmp_path, "--authority", "vnm/a05", "--seal-number", "A-1")
    assert refused(cli(*taken, "--officer", "hoan"), "EVID-082")
    given = (
        "node", "export", node.folder, "00000000-0000-0000-0000-000000000000", tmp_path,
        "--officer", "hoan", "--receipt", "HO 1", "--handed-by", "Hoan", "--handed-to", "Vasseur",
        "--disk", "WD 22B1", "--on", "2028-03-14",
    )  # fmt: skip
    assert refused(cli(*given, "--seal-number", "A-1"), "NODE-451")
    assert cli(*given, "--seal-number", "no number").returncode == 2
