"""What the base of every model promises of its faults."""

from __future__ import annotations

import pytest
from pydantic import Field, ValidationError

from rogatory.values import Frozen


class Part(Frozen):
    type: str
    number: int


class Whole(Frozen):
    type: str = "whole"
    list: tuple[Part, ...] = Field(max_length=10)


def test_the_first_wrong_element_of_a_sequence_is_the_last_that_is_looked_at():
    for document in (b'{"list":[' + b"{}," * 10_000 + b"{}]}", b'{"list":[0,0,0]}'):
        with pytest.raises(ValidationError) as caught:
            Whole.model_validate_json(document)
        assert {each["loc"][:2] for each in caught.value.errors()} == {("list", 0)}
    assert Whole.model_validate_json(b'{"list":[{"type":"a","number":1}]}').list[0].number == 1
