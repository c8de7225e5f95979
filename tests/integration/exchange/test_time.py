"""Clocks that do not agree, and a register that nobody renews."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rogatory import envelopes
from rogatory.keys import Purpose
from rogatory.values import instant_text, parse_instant
from rogatory_node.base import NodeError
from rogatory_node.demo.case import OFAC, PARTIES
from support.hand import Hand
from support.nodes import until
from support.same import assert_same

MINUTES = 10
# The second encryption key of each authority begins on day 80 and the first ends on day 90 of the case.
BOTH_KEYS = "2028-05-25T08:00:00Z"
SECOND_KEY_ALONE = "2028-06-05T08:00:00Z"


def play(two, party: str, instant: str) -> None:
    """Set one node's clock; the other keeps its own, and nobody renews the register."""
    two.officer(f"{party}:operator").call("POST", "/simulation/clock", {"instant": instant})


def later(two, party: str, minutes: float) -> str:
    here = Hand(two, f"{party}/a05" if party == "vnm" else OFAC).now()
    return instant_text((here + timedelta(minutes=minutes)).replace(microsecond=0))


@pytest.mark.parametrize("ahead", PARTIES)
def test_clocks_ten_minutes_apart_hear_nothing_of_each_other_until_one_is_set_right(two, ahead) -> None:
    behind = "fra" if ahead == "vnm" else "vnm"
    front = two.fronts["fra"]
    before = len(front.passed)
    play(two, ahead, later(two, ahead, MINUTES))
    thread = two.request().send()["thread"]
    until(lambda: len(front.passed) >= before + 2, "two attempts")
    # To the door a message of another time comes from a stranger: no word, no signature, nothing kept.
    refused = front.passed[before:]
    assert {(each.status, each.answer) for each in refused} == {(404, b"")}
    assert not any(name.lower() == "signature" for each in refused for name in each.answered)
    assert two.sees("fra", thread) is None
    assert two.entry("vnm", thread, thread)["waiting"] == "unreachable"
    play(two, behind, later(two, behind, MINUTES))
    assert_same(two, thread, 1)


def key_of(two, number: int) -> str:
    """Return the id of France's first or second encryption key, by when it begins."""
    entries = [
        each
        for each in two.ring("vnm").entries.values()
        if (each.key.authority, each.key.purpose) == (OFAC, Purpose.ENCRYPTION)
    ]
    return sorted(entries, key=lambda each: each.valid_from)[number].key.key_id


def used(two) -> str:
    return envelopes.read_transfer(two.fronts["fra"].passed[-1].body).header.key


def test_a_stale_register_goes_on_with_known_keys_and_takes_no_new_ones(two) -> None:
    # Weeks without a register: it has expired on both sides.
    for party in PARTIES:
        play(two, party, BOTH_KEYS)
    thread = two.opened()
    assert used(two) == key_of(two, 0)
    assert_same(two, thread, 1)
    # The key that both knew has ended. The one that began since is not taken from a stale register.
    for party in PARTIES:
        play(two, party, SECOND_KEY_ALONE)
    act = two.request()
    with pytest.raises(NodeError) as refused:
        act.send()
    assert refused.value.fields["code"] == "KEY-009"
    assert act.state()["state"] == "frozen"
    # Fresh again, it is.
    two.stage.time_is(instant_text(parse_instant(SECOND_KEY_ALONE).replace(minute=30)))
    thread = act.send()["thread"]
    assert_same(two, thread, 1)
    assert used(two) == key_of(two, 1)
