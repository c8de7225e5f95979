"""``kill -9`` at every commit point (spec/exchange.md, section 6), on either side, in web and worker."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from support.nodes import until
from support.same import assert_same
from support.two_nodes import OTHER, Counts

SPECIFICATION = Path(__file__).parents[3] / "spec" / "exchange.md"


@dataclass(frozen=True)
class Stop:
    """A place where a process stands still, whose process it is, and what is true there."""

    point: str
    at: str
    true: Counts


# What lies just before the reply is what lies just after the commit: there is one place, not two.
STOPS = (
    Stop("send.commit:before", "sender", Counts(signed=0, leased=0, arrived=0, receipted=0)),
    # The sender's worker is not stopped: it delivers meanwhile.
    Stop("send.commit:after", "sender", Counts(signed=1, leased=1, arrived=1, receipted=1)),
    Stop("deliver.lease:before", "sender", Counts(signed=1, leased=0, arrived=0, receipted=0)),
    Stop("deliver.lease:after", "sender", Counts(signed=1, leased=1, arrived=0, receipted=0)),
    Stop("deliver.post:before", "sender", Counts(signed=1, leased=1, arrived=0, receipted=0)),
    Stop("receive.commit:before", "receiver", Counts(signed=1, leased=1, arrived=0, receipted=0)),
    Stop("receive.commit:after", "receiver", Counts(signed=1, leased=1, arrived=1, receipted=0)),
    Stop("receive.reply:after", "receiver", Counts(signed=1, leased=1, arrived=1, receipted=1)),
    Stop("deliver.post:after", "sender", Counts(signed=1, leased=1, arrived=1, receipted=0)),
    Stop("deliver.commit:before", "sender", Counts(signed=1, leased=1, arrived=1, receipted=0)),
    Stop("deliver.commit:after", "sender", Counts(signed=1, leased=1, arrived=1, receipted=1)),
)
WHOLE = ("send.commit:after", "receive.commit:before", "deliver.post:after")


def test_every_point_of_the_specification_is_here() -> None:
    table = re.findall(r"^\| `([a-z]+\.[a-z]+)` \|", SPECIFICATION.read_text(), re.MULTILINE)
    assert set(table) == {each.point.partition(":")[0] for each in STOPS}


@pytest.mark.parametrize("sender", ["vnm", "fra"], ids=["vnm-sends", "fra-sends"])
@pytest.mark.parametrize("stop", STOPS, ids=lambda stop: stop.point)
def test_a_kill_loses_nothing_and_doubles_nothing(two, sender, stop) -> None:
    if sender == "vnm":
        act, statements = two.request(), 1
    else:
        act, statements = two.acknowledgement(two.opened()), 2
    killed = sender if stop.at == "sender" else OTHER[sender]
    before = two.counts(sender)
    two.arm(killed, stop.point)
    sending = act.send_and_lose_the_answer()
    pid = two.stopped(killed, stop.point)
    until(lambda: two.counts(sender).since(before) == stop.true, lambda: two.counts(sender).since(before))
    # The supervisor starts again what died; at three of the points the whole node goes down at once.
    two.kill(killed, pid, whole=stop.point in WHOLE and killed == "fra")
    sending.join()
    after = act.state()
    if stop.point == "send.commit:before":
        assert after["state"] == "frozen"
        act.send()
        after = act.state()
    assert after["state"] == "sent"
    assert_same(two, after["thread"], statements)
