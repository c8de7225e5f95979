"""Every vector through our own adapter: judged as it says, and by the check that it names."""

import importlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from conformance import adapter, run

PAGES = {str(path.relative_to(run.VECTORS)): json.loads(path.read_text()) for path in run.files()}
CASES = [
    pytest.param(page, case, id=f"{name}: {case['name']}")
    for name, page in PAGES.items()
    for case in page["cases"]
]
DEFEATING = [each for each in CASES if each.values[1].get("defeats")]
REFUSED = [each for each in CASES if "refuse" in each.values[1]]


def checks(case):
    named = case["defeats"]
    return [named] if isinstance(named, str) else named


@pytest.mark.parametrize(("page", "case"), CASES)
def test_a_vector_is_judged_as_it_says(page, case):
    assert run.wrong(case, adapter.verdict(page, case)) is None


@pytest.mark.parametrize(("page", "case"), DEFEATING)
def test_without_the_check_it_names_a_bad_vector_passes(page, case, monkeypatch):
    for name in checks(case):
        module, function = name.split(":")
        there = importlib.import_module(module)
        assert callable(getattr(there, function))
        monkeypatch.setattr(there, function, lambda *_, **__: None)
    verdict = adapter.verdict(page, case)
    assert verdict["verdict"] == "accept"
    # A void statement is admitted once its check is gone.
    assert verdict.get("outcome") not in {"void", "refused"}


@pytest.mark.parametrize(("page", "case"), REFUSED)
def test_a_bad_vector_names_its_check_or_says_that_reading_fails(page, case):
    assert bool(case.get("defeats")) is not case.get("structural", False)


@pytest.mark.parametrize(("page", "case"), [each for each in DEFEATING if len(checks(each.values[1])) > 1])
def test_where_two_checks_are_named_each_alone_stops_it(page, case, monkeypatch):
    module, function = checks(case)[0].split(":")
    monkeypatch.setattr(importlib.import_module(module), function, lambda *_, **__: None)
    assert adapter.verdict(page, case)["verdict"] == "refuse"


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_page_names_its_origin_its_clause_and_each_case_once(page):
    assert page["origin"].startswith("tools/make_vectors.py")
    assert (run.VECTORS.parent / page["spec"].split(" ")[0]).is_file()
    names = [case["name"] for case in page["cases"]]
    assert len(set(names)) == len(names)
    assert page["operation"] in adapter.OPERATIONS


def test_the_pages_on_disk_are_those_that_the_tool_describes():
    tool = Path(__file__).parents[2] / "tools" / "make_vectors.py"
    done = subprocess.run([sys.executable, tool, "--check"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def runner(*arguments):
    return subprocess.run(
        [sys.executable, run.HERE / "run.py", *arguments], capture_output=True, text=True, check=False
    )


def test_the_runner_finds_our_implementation_without_fault():
    page = run.VECTORS / "threads" / "folds.json"
    done = runner(str(page))
    count = len(PAGES["threads/folds.json"]["cases"])
    assert (done.returncode, done.stdout) == (0, f"{page}: {count} of {count}\n")


@pytest.mark.parametrize(
    ("says", "fault"),
    [
        ('"case": c["name"], "verdict": "accept"', "accepted, must be refused with WIRE-003"),
        ('"case": c["name"], "verdict": "refuse", "code": "X-1"', "refused with X-1, must be WIRE-003"),
        ('"case": c["name"], "verdict": "refuse"', "refused with no code, must be accepted"),
        ('"case": "another", "verdict": "accept"', "no verdict"),
    ],
)
def test_the_runner_finds_the_fault_of_another_implementation(tmp_path, says, fault):
    other = tmp_path / "other.py"
    loop = f"for c in json.load(open(sys.argv[2]))['cases']: print(json.dumps({{{says}}}))"
    other.write_text(f"import json, sys\n{loop}\n")
    done = runner("--command", f"{sys.executable} {other}", str(run.VECTORS / "wire" / "strict.json"))
    assert done.returncode == 1
    assert fault in done.stdout


def test_the_runner_says_when_the_command_cannot_be_run():
    done = runner("--command", "false", str(run.VECTORS / "wire" / "strict.json"))
    assert done.returncode == 2
    assert "the command failed" in done.stderr


def test_an_implementation_without_our_codes_is_judged_by_its_verdicts():
    case = {"name": "x", "refuse": "WIRE-003"}
    assert run.wrong(case, {"case": "x", "verdict": "refuse"}) is None


def test_the_adapter_says_how_it_is_called():
    line = [sys.executable, run.HERE / "adapter.py"]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "check FILE" in done.stderr
