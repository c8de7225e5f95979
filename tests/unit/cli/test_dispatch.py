"""The frame of the command line: table, late imports, errors in one line, statuses."""

from __future__ import annotations

import errno
import io
import json
import os
import signal
import subprocess
import sys

import pytest
import typer

from rogatory import __version__, cli
from rogatory.cli import _dispatch, _edge, _table
from rogatory.errors import UsageError

HEAVY = ("cryptography", "django", "httpx", "importlib.metadata", "pydantic", "rich", "tuf", "typer")


@pytest.fixture
def app(monkeypatch):
    """A group ``try`` whose command ``it`` does what the test puts into it."""
    made = _edge.group("A group for a test.")
    monkeypatch.setitem(_table.GROUPS, "try", _table.Group("Try.", "no.module"))
    monkeypatch.setattr(_dispatch, "import_module", lambda name: type("Module", (), {"app": made}))
    return made


def test_help_is_the_table(capsys):
    assert cli.main(["--help"]) == 0
    shown = capsys.readouterr().out
    assert shown == cli.help_text()
    assert all(f"  {name} " in shown and group.help in shown for name, group in _table.GROUPS.items())
    assert "(extra: node)" in shown


def test_no_words_at_all_is_wrong_use(capsys):
    assert cli.main([]) == 2
    assert capsys.readouterr().out == cli.help_text()


def test_the_version_is_shown(capsys):
    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out == f"rogatory {__version__}\n"


def test_help_imports_nothing_heavy():
    code = f"""
import sys
from rogatory.cli import main
assert main(["--help"]) == 0
sys.exit(", ".join(name for name in {HEAVY!r} if name in sys.modules) or 0)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_an_unknown_group_is_one_line_and_wrong_use(capsys):
    assert cli.main(["nonsense"]) == 2
    assert capsys.readouterr() == ("", "CLI-001 There is no group nonsense; see rogatory --help.\n")


def test_explain_prints_the_paragraph_too(capsys):
    assert cli.main(["nonsense", "--explain"]) == 2
    line, blank, *paragraph = capsys.readouterr().err.splitlines()
    assert line.startswith("CLI-001 ")
    assert blank == ""
    assert " ".join(paragraph) == UsageError("CLI-001", group="nonsense").explain()


def test_explain_alone_is_wrong_use(capsys):
    assert cli.main(["--explain"]) == 2
    assert capsys.readouterr().err.startswith("CLI-002 ")


def test_after_two_dashes_a_word_is_only_a_word(app, capsys):
    @app.command()
    def it(word: str):
        sys.stdout.write(f"{word}\n")

    assert cli.main(["try", "it", "--", "--explain"]) == 0
    assert capsys.readouterr().out == "--explain\n"


def test_a_group_of_an_extra_that_is_not_installed_says_which(monkeypatch, capsys):
    monkeypatch.setitem(_table.GROUPS, "try", _table.Group("Try.", extra="node", probe="no_such_package"))
    assert cli.main(["try"]) == 2
    assert (
        capsys.readouterr().err
        == "CLI-004 The group try needs the extra node: pip install 'rogatory[node]'.\n"
    )


@pytest.mark.parametrize(
    "words", [["try", "--no-such-option"], ["try", "it"], ["try", "it", "--size", "x"], ["try", "other"]]
)
def test_what_typer_refuses_is_one_line_with_our_code(app, capsys, words):
    @app.command()
    def it(size: int):
        raise AssertionError

    assert cli.main(words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("CLI-002 ")
    assert err.count("\n") == 1


def test_an_error_of_a_room_is_one_line_and_status_2(app, capsys):
    @app.command()
    def it():
        raise UsageError("CLI-006", path="two\nlines")

    assert cli.main(["try", "it"]) == 2
    assert capsys.readouterr().err == "CLI-006 two lines is there already and was not replaced.\n"


def test_the_answer_no_is_status_1(app, capsys):
    @app.command()
    def it(*, as_json: _edge.Json = False):
        _edge.answer({"holds": False}, ["it does not hold"], as_json=as_json)
        _edge.no()

    assert cli.main(["try", "it"]) == 1
    assert cli.main(["try", "it", "--json"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "it does not hold"
    assert json.loads(lines[1]) == {"holds": False}


def test_a_refusal_of_the_operating_system_is_one_line(app, capsys, tmp_path):
    @app.command()
    def it():
        (tmp_path / "missing").read_bytes()

    assert cli.main(["try", "it"]) == 2
    assert capsys.readouterr().err == f"CLI-003 {tmp_path / 'missing'}: No such file or directory.\n"


@pytest.mark.parametrize("stop", [KeyboardInterrupt, typer.Abort])
def test_an_interrupted_command_says_130_and_nothing_else(app, capsys, stop):
    @app.command()
    def it():
        raise stop

    assert cli.main(["try", "it"]) == 130
    assert capsys.readouterr() == ("", "")


def test_a_fault_of_the_program_keeps_its_traceback(app):
    @app.command()
    def it():
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        cli.main(["try", "it"])


def test_a_reader_that_went_away_is_no_error():
    code = "import sys; from rogatory.cli import main; sys.exit(main(sys.argv[1:]))"
    line = f"{sys.executable} -c '{code}' keys --help | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["/bin/bash", "-c", line], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_every_group_has_a_way_to_be_found():
    for name, group in _table.GROUPS.items():
        assert (group.module is None) == (group.extra is not None), name
        assert (group.probe is None) == (group.extra is None), name
        assert group.help.endswith(".")
        assert len(group.help) <= 64


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGHUP])
def test_a_command_that_is_told_to_end_cleans_up_and_says_by_what(app, capsys, ending):
    ended = []

    @app.command()
    def it():
        try:
            os.kill(os.getpid(), ending)
            raise AssertionError
        finally:
            ended.append(ending)

    # Under nohup it would be ignored from the beginning, which is another test's.
    outside = signal.signal(ending, signal.SIG_DFL)
    try:
        assert cli.main(["try", "it"]) == 128 + ending
        assert (ended, signal.getsignal(ending)) == ([ending], signal.SIG_DFL)
    finally:
        signal.signal(ending, outside)
    assert capsys.readouterr() == ("", "")


def test_a_signal_that_is_ignored_stays_ignored(app):
    @app.command()
    def it():
        os.kill(os.getpid(), signal.SIGHUP)

    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        assert cli.main(["try", "it"]) == 0
    finally:
        signal.signal(signal.SIGHUP, before)


def test_a_group_without_a_command_is_one_short_line(app, capsys):
    @app.command()
    def it():
        raise AssertionError

    assert cli.main(["try"]) == 2
    assert capsys.readouterr().err == "CLI-002 a command is missing; see rogatory try --help.\n"


def test_what_a_terminal_cannot_show_is_escaped_and_the_act_is_told(app, monkeypatch):
    @app.command()
    def it():
        sys.stdout.write("\u2026 \udcff \u1ea7\n")

    strict = [(encoding, "strict") for encoding in ("ascii", "latin-1", "utf-8")]
    for encoding, errors in (*strict, ("ascii", "surrogateescape")):
        stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors=errors)
        monkeypatch.setattr(sys, "stdout", stream)
        assert cli.main(["try", "it"]) == 0
        assert b"\\udcff" in stream.buffer.getvalue()


def test_closed_streams_are_no_fault(app, monkeypatch):
    @app.command()
    def it():
        sys.stdout.write("nobody reads it\n")
        sys.stderr.write(sys.stdin.read())

    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    assert cli.main(["try", "it"]) == 0
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        stream.close()


def test_help_that_cannot_be_written_is_one_line(monkeypatch, capsys):
    class Full(io.StringIO):
        def flush(self):
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(sys, "stdout", Full())
    assert cli.main(["--help"]) == 2
    assert capsys.readouterr().err == "CLI-003 -: No space left on device.\n"


def test_a_field_that_is_cut_says_so():
    said = str(UsageError("CLI-003", path="x" * 5000, reason="gone"))
    assert said == f"CLI-003 {'x' * 199}…: gone."
    assert str(UsageError("CLI-003", path="x" * 200, reason="gone")) == f"CLI-003 {'x' * 200}: gone."
