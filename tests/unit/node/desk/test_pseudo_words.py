"""In the pseudo-language every sentence is told once, and no mark of it is taken for a hostile character."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from rogatory.law import Reason
from rogatory_node.base import NodeError
from rogatory_node.desk.door import problem
from rogatory_node.desk.showing import advice, places
from rogatory_node.look import PSEUDO
from rogatory_node.look.pseudo import RIGHT, pseudo

REPLACED = "\N{REPLACEMENT CHARACTER}"
NOT_BOUND = Reason("hanoi_2024/art40.p15", "LAW-110", (("party", "fra"), ("instrument", "hanoi_2024")))


@pytest.fixture
def in_pseudo():
    with override(PSEUDO):
        yield


def test_the_name_of_a_party_in_a_sentence_of_law_is_told_with_it(in_pseudo):
    told = advice.said(NOT_BOUND)
    assert REPLACED not in told
    assert told.strip(RIGHT).count(RIGHT) == 0
    assert pseudo(places.party("fra")) != places.party("fra")
    with override("en"):
        assert told == pseudo(advice.said(NOT_BOUND))
        assert "France" in advice.said(NOT_BOUND)


def test_the_label_of_a_field_in_a_refusal_keeps_no_mark(in_pseudo):
    assert REPLACED not in problem(NodeError("NODE-753", field=pseudo("Who is asked"))).text


def test_what_somebody_else_typed_is_still_shown_replaced():
    assert REPLACED in problem(NodeError("NODE-753", field=f"a{RIGHT}b")).text
