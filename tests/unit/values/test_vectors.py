import importlib
import json
import re
from pathlib import Path

import pytest
from pydantic import TypeAdapter, ValidationError

from rogatory import values
from rogatory.errors import ValuesError

FOLDER = Path(__file__).parents[3] / "vectors" / "values"


def _cases(name):
    page = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    assert page["cases"]
    return [pytest.param(case, id=case["name"]) for case in page["cases"]]


def _refusal(adapter, text):
    with pytest.raises(ValidationError) as caught:
        adapter.validate_json(text)
    cause = values.cause_of(caught.value)
    assert cause is not None
    assert str(cause).startswith(cause.code)
    assert cause.explain()
    return cause.code


@pytest.mark.parametrize("case", _cases("scalars.json"))
def test_a_scalar_is_accepted_or_refused_as_its_vector_says(case):
    adapter = TypeAdapter(getattr(values, case["type"]))
    text = json.dumps(case["value"])
    if "code" in case:
        assert _refusal(adapter, text) == case["code"]
    else:
        assert json.loads(adapter.dump_json(adapter.validate_json(text))) == case.get(
            "written", case["value"]
        )


@pytest.mark.parametrize("case", _cases("reading.json"))
def test_a_text_is_read_as_its_vector_says(case):
    particulars = case.get("particulars", {})
    if "code" in case:
        with pytest.raises(ValuesError) as caught:
            values.read(case["kind"], case["verbatim"], **particulars)
        assert caught.value.code == case["code"]
        return
    read = values.read(case["kind"], case["verbatim"], **particulars)
    assert read.normalised == case["normalised"]
    assert [each.code for each in values.doubts(read)] == case["doubts"]
    for each in values.doubts(read):
        assert each.sentence()
        assert each.explain()


@pytest.mark.parametrize("case", _cases("documents.json"))
def test_a_document_is_accepted_or_refused_as_its_vector_says(case):
    adapter = TypeAdapter(getattr(values, case["type"]))
    text = json.dumps(case["value"])
    if "code" in case:
        assert _refusal(adapter, text) == case["code"]
        return
    read = adapter.validate_json(text)
    assert json.loads(adapter.dump_json(read)) == case["value"]
    if "doubts" in case:
        assert [each.code for each in values.doubts(read)] == case["doubts"]


@pytest.mark.parametrize("case", [each for each in _cases("documents.json") if "check" in each.values[0]])
def test_a_bad_document_is_refused_by_the_one_check_it_names(case, monkeypatch):
    module, name = case["check"].split(".")
    monkeypatch.setattr(importlib.import_module(f"rogatory.values.{module}"), name, lambda _: None)
    TypeAdapter(getattr(values, case["type"])).validate_json(json.dumps(case["value"]))


@pytest.mark.parametrize("case", _cases("recognising.json"))
def test_a_pasted_line_gives_the_identifiers_that_its_vector_names(case):
    found = [[kind, each.verbatim, each.normalised] for kind, each in values.recognise(case["line"])]
    assert found == case["found"]


def test_the_example_of_the_specification_is_accepted_and_carries_the_doubts_it_names():
    page = (FOLDER.parents[1] / "spec" / "values.md").read_text(encoding="utf-8")
    address, moment = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    read = TypeAdapter(values.Identifier).validate_json(address)
    assert [each.code for each in values.doubts(read)] == ["DOUBT-004"]
    seen = values.Moment.model_validate_json(moment)
    assert [each.code for each in values.doubts(seen)] == ["DOUBT-030"]
    assert seen == values.read_moment(
        "12/03/2028 23:47",
        order="dmy",
        zone="+07:00",
        clock_source="telephone of the victim",
        error_seconds=60,
    )
