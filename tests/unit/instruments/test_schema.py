"""The JSON Schema of the data: current, obeyed, and the same verdict as the compiler's."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from rogatory import instruments
from rogatory.instruments import _shapes
from rogatory.instruments._rows import Page
from rogatory.instruments._schema import disobeyed

ROOT = Path(__file__).parents[3]
SCHEMAS = ROOT / "spec/instruments"
KEYWORDS = {
    *("$schema", "$defs", "$ref", "title", "type", "enum", "pattern", "format", "items", "minItems"),
    *("required", "properties", "patternProperties", "additionalProperties"),
}


def faults_of(value, schema):
    return [
        str(each)
        for each in disobeyed(Page("toy", "page.yaml", value), value, schema, schema.get("$defs", {}))
    ]


def test_the_published_schemas_are_those_of_the_code(tool):
    assert {path.name for path in SCHEMAS.iterdir()} == set(tool.schemas())
    for name, body in tool.schemas().items():
        assert (SCHEMAS / name).read_bytes() == body, "run: python tools/compile_instruments.py"


def test_the_sources_obey_the_published_schema(tool):
    schema = json.loads((SCHEMAS / "source.v1.json").read_bytes())
    for key in instruments.instruments():
        folder = tool.SOURCES / key
        read = [(path, []) for path in sorted(folder.rglob("*.yaml"))]
        pages = {
            path.relative_to(folder).as_posix(): tool.read(path, folder, faults) for path, faults in read
        }
        assert not any(faults for _, faults in read)
        assert faults_of(pages, schema) == []


def test_the_compiled_instruments_obey_the_published_schema(tool):
    schema = json.loads((SCHEMAS / "compiled.v1.json").read_bytes())
    for key in instruments.instruments():
        assert faults_of(json.loads((tool.COMPILED / f"{key}.json").read_bytes()), schema) == []


def test_the_schemas_use_only_what_the_compiler_reads():
    def keywords(schema):
        yield from schema
        for name, inner in schema.items():
            if name in {"properties", "patternProperties", "$defs"}:
                yield from (word for each in inner.values() for word in keywords(each))
            elif isinstance(inner, dict):
                yield from keywords(inner)

    assert set(keywords(_shapes.SOURCE)) | set(keywords(_shapes.COMPILED)) <= KEYWORDS


@pytest.mark.parametrize(
    ("value", "schema", "told"),
    [
        ("x", {"type": "integer"}, "not a whole number"),
        (True, {"type": "integer"}, "not a whole number"),
        (None, {"type": ["string", "null"]}, None),
        ("a", {"enum": ["b"]}, "INST-009"),
        ("2026-02-29", {"type": "string", "format": "date"}, "INST-010"),
        ("20260228", {"type": "string", "format": "date"}, "INST-010"),
        ("2026-02", {"type": "string", "format": "date-or-month"}, None),
        ("A", {"type": "string", "pattern": "^[a-z]$"}, "malformed"),
        ([], {"type": "array", "minItems": 1}, "empty"),
        ([1, "x"], {"type": "array", "items": {"type": "integer"}}, "not a whole number"),
        (
            {"a": 1},
            {"type": "object", "properties": {"b": {}}, "additionalProperties": False},
            "a is unknown",
        ),
        ({}, {"type": "object", "required": ["a"]}, "a is absent"),
        ({"a": 1}, {"type": "object", "additionalProperties": {"type": "string"}}, "a is not text"),
        ({"a1": 1}, {"type": "object", "patternProperties": {r"\d": {"type": "null"}}}, "a1 is not null"),
    ],
)
def test_a_value_that_disobeys_is_told_in_words(value, schema, told):
    found = faults_of(value, schema)
    assert (found == []) if told is None else (len(found) == 1 and told in found[0])


def test_every_vocabulary_of_an_instrument_is_within_the_schemas_own():
    for key in instruments.instruments():
        for node in json.loads((ROOT / f"src/rogatory/instruments/compiled/{key}.json").read_text())[
            "nodes"
        ].values():
            assert node["confidence"] in _shapes.SURE


def test_an_id_is_lower_case_and_dotted():
    assert re.fullmatch(_shapes.ID, "art42.p3.d")
    assert not re.search(_shapes.ID, "art42..d")
    assert not re.search(_shapes.ID, "Art42")
