"""What a statement says, as an officer reads it."""

import pytest

from rogatory.statements import Receipt
from rogatory_node.desk.showing import reading
from support.vector_pages.statements import examples

EXAMPLES = {name: each for name, each in examples().items() if not isinstance(each, Receipt)}


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_type_has_a_heading_and_can_be_read(name):
    assert "_" not in reading.heading(EXAMPLES[name])
    assert all(reading.summary(EXAMPLES[name])[:1])
    assert reading.facts(EXAMPLES[name])


def test_a_type_without_a_page_of_its_own_leaves_nothing_out():
    told = reading.as_text(EXAMPLES["path_disclosure"])
    for part in ("198.51.100.24", "41873", "2028-03-12T16:47:12Z", "XTP"):
        assert part in told
