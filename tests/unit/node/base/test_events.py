"""An event names things by their ids; no sentence and no name fits into one."""

import json
import logging
from datetime import UTC, datetime

import pytest

from rogatory_node.base import NodeError, events, problems

NIGHT = datetime(2028, 3, 13, 18, 32, 4, tzinfo=UTC)


def test_an_event_has_one_spelling() -> None:
    made = events.Event("statement:receive:admitted", NIGHT, "vnm/a05", {"statement": "ab" * 32, "count": 2})
    assert events.event_bytes(made) == (
        b'{"at":"2028-03-13T18:32:04Z","authority":"vnm/a05",'
        b'"fields":{"count":2,"statement":"' + b"ab" * 32 + b'"},"tag":"statement:receive:admitted"}'
    )


@pytest.mark.parametrize(
    "tag", ["statement", "statement:receive", "Statement:receive:ok", "a:b:c", "x:y:z:q"]
)
def test_a_tag_of_another_form_is_refused(tag: str) -> None:
    with pytest.raises(NodeError, match="NODE-008"):
        events.Event(tag, NIGHT, "vnm/a05")


@pytest.mark.parametrize("value", ["Lê Văn Bình", "two words", "", "x" * 200, "line\nbreak"])
def test_a_field_that_could_be_a_sentence_is_refused(value: str) -> None:
    with pytest.raises(NodeError, match="NODE-008"):
        events.Event("statement:receive:admitted", NIGHT, "vnm/a05", {"note": value})


def test_an_emitted_event_is_one_line_of_the_log(caplog) -> None:
    made = events.Event("node:start:done", NIGHT, "-")
    with caplog.at_level(logging.INFO, logger="rogatory.event"):
        events.emit(made)
    assert json.loads(caplog.messages[0])["tag"] == "node:start:done"


def test_a_problem_document_carries_the_code_and_the_cure() -> None:
    error = NodeError("NODE-009", act="arrest")
    document = json.loads(problems.problem_bytes(error, 422))
    assert document["code"] == "NODE-009"
    assert document["type"] == "/problems/NODE-009"
    assert document["title"] == "There is no act arrest that a policy could rule on."
    assert document["status"] == 422
    assert document["fields"] == {"act": "arrest"}
    assert "policy tables" in document["detail"]
