"""What a test asks of what was found, or refused: its codes."""

from __future__ import annotations

import pytest

from rogatory.errors import RogatoryError


def codes(claims):
    return [each.code for each in claims]


def refused(act, *args, **changes):
    """Return the code with which an act ends; it says so in one line."""
    with pytest.raises(RogatoryError) as caught:
        act(*args, **changes)
    assert len(str(caught.value).splitlines()) == 1
    return caught.value.code
