"""The ring: one key, one name, one use."""

from __future__ import annotations

import pytest

from rogatory import custody
from rogatory.errors import CustodyError

from .conftest import LOG, OTHER_LOG, WITNESSES


def test_one_key_under_two_names_is_refused():
    other = custody.note_key("other.example/log", LOG.pair.public)
    with pytest.raises(CustodyError, match="LOG-027"):
        custody.LogRing({LOG.key.name: LOG.key, other.name: other})


def test_a_log_is_not_its_own_witness():
    with pytest.raises(CustodyError, match="LOG-027"):
        custody.LogRing({LOG.key.name: LOG.key}, {LOG.key.name: LOG.key})


def test_half_a_key_twice_is_refused_too():
    key = WITNESSES[0].key
    mixed = type(key)("mixed", key.ed25519, OTHER_LOG.key.mldsa44)
    with pytest.raises(CustodyError, match="LOG-027"):
        custody.LogRing({}, {key.name: key, "mixed": mixed})


def test_a_key_is_filed_under_its_own_name():
    with pytest.raises(CustodyError, match="LOG-028"):
        custody.LogRing({"other": LOG.key})
