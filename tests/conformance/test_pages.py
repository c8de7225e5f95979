"""The pages of spec/ and what they show: examples that hold, schemas that are current."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from conformance import adapter, run
from rogatory import exchange, keys, messages, statements, wire
from rogatory.exchange import http_message
from support.world import ASKING, signing

ROOT = Path(__file__).parents[2]
SPEC = ROOT / "spec"
OURS = ("wire", "keys", "envelopes", "statements", "threads", "exchange")


def page(name):
    return (SPEC / f"{name}.md").read_text(encoding="utf-8")


def blocks(name, language="json"):
    return re.findall(rf"```{language}\n(.*?)```", page(name), re.DOTALL)


def test_the_schemas_are_those_of_the_models():
    tool = ROOT / "tools" / "make_schemas.py"
    done = subprocess.run([sys.executable, tool, "--check"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("model", statements.TYPES)
def test_a_schema_demands_what_a_reader_demands(model):
    schema = json.loads((SPEC / "schemas" / f"{model.NAME}.v1.json").read_text())
    assert {"type", "version", "suite", "case", "from", "to", "nonce", "body"} <= set(schema["required"])
    assert schema["additionalProperties"] is False


@pytest.mark.parametrize("name", OURS)
def test_a_page_begins_with_an_example_and_ends_with_its_vectors(name):
    heads = re.findall(r"^## (.+)$", page(name), re.MULTILINE)
    assert heads[0] == "Example"
    assert heads[-1] == "Vectors"
    assert all(re.match(rf"{number}\. ", head) for number, head in enumerate(heads[1:-1], 1))


@pytest.mark.parametrize("name", OURS)
def test_the_clauses_of_a_page_are_numbered_without_a_gap(name):
    found = [tuple(map(int, each)) for each in re.findall(r"^(\d+)\.(\d+) ", page(name), re.MULTILINE)]
    assert found
    for section in {first for first, _ in found}:
        assert [second for first, second in found if first == section] == list(
            range(1, 1 + sum(first == section for first, _ in found))
        )


@pytest.mark.parametrize("name", OURS)
def test_a_page_names_each_of_its_vector_files(name):
    named = set(re.findall(r"`([a-z_.]+\.json)`", page(name))) | set(
        re.findall(rf"vectors/{name}/([a-z_]+\.json)", page(name))
    )
    assert {path.name for path in run.files() if path.parent.name == name} <= named


def test_every_code_that_a_page_names_exists():
    for name in OURS:
        named = set(re.findall(r"[A-Z]{2,6}-[0-9]{3}", page(name))) - {"AES-256", "SHA-256"}
        assert named <= messages.codes()


def test_the_example_of_wire_is_a_receipt_in_canonical_form():
    text = blocks("wire")[0].strip().encode()
    assert wire.canonical(wire.parse(text)) == text
    assert statements.read_payload("application/vnd.rogatory.receipt.v1+json", text).NAME == "receipt"


def test_the_example_of_keys_is_the_key_of_the_vectors():
    shown = json.loads(blocks("keys")[0])
    real = json.loads(wire.encode(signing(ASKING).public))
    assert {**shown["key"], "post_quantum": real["post_quantum"]} == real
    assert (
        keys.KeyEntry.model_validate_json(json.dumps({**shown, "key": real})).key.key_id
        == signing(ASKING).key_id
    )


def test_the_example_of_statements_is_the_request_that_it_says():
    text = json.dumps(json.loads(blocks("statements")[0])).encode()
    made = statements.read_payload("application/vnd.rogatory.request.v1+json", text)
    assert made.sender == ASKING
    assert [item.number for item in made.body.items] == [1]


def test_the_example_of_exchange_covers_what_the_code_covers():
    text = page("exchange")
    assert f"rogatory={http_message.REQUEST};" in text
    assert f"rogatory={http_message.RESPONSE};" in text


def test_the_order_of_the_door_is_that_of_its_docstring():
    steps = re.findall(
        r"^\| (\d+) \|", page("exchange").partition("## 3. The door")[2].partition("## 4.")[0], re.MULTILINE
    )
    told = re.findall(r"\b(\d+)\. ", exchange.accept.__doc__.partition("A statement that fails")[0])
    assert steps == told == [str(number) for number in range(1, len(steps) + 1)]


def test_the_example_of_the_index_is_judged_as_it_says():
    text = blocks("README")[0].replace("…", "x")
    shown = json.loads(text)
    for case, line in zip(shown["cases"], blocks("README")[1].splitlines(), strict=True):
        assert adapter.verdict(shown, case) == json.loads(line)


def test_every_page_stands_in_the_index():
    named = set(re.findall(r"\(([a-z]+\.md)\)", page("README")))
    assert named == {path.name for path in SPEC.glob("*.md")} - {"README.md"}
