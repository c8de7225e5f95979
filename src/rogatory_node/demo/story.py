"""The order of the story: when and where each step plays, what it is, and how it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from rogatory_node.demo.money import freeze_money, hold_money
from rogatory_node.demo.play import (
    Play,
    ask_and_answer,
    ask_for_stored_data,
    draft_with_faults,
    fetch_and_open,
    ratify,
    report_per_item,
    seal_and_deliver,
    send_alone,
)

__all__ = ["STEPS", "Step"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the story: when and where it plays, what it is, and how it is done."""

    time: str
    title: str
    act: Callable[[Play], None]


STEPS: Final = (
    Step("13 March 22:10 Đà Nẵng", "Money that must not move, and no treaty for it", hold_money),
    Step("14 March 00:55 Đà Nẵng", "A draft with faults, and the rules that name them", draft_with_faults),
    Step("14 March 01:32 Đà Nẵng", "Sent by one, at night", send_alone),
    Step("14 March 07:55 Đà Nẵng", "Ratified by another", ratify),
    Step("14 March 19:41 Paris", "Acknowledged, a question, an answer", ask_and_answer),
    Step("14 March 21:10 Paris", "An order on paper; a report for each item", report_per_item),
    Step("16 March 10:00 Paris", "From the hold to freezing, without retyping", freeze_money),
    Step("3 April 09:00 Đà Nẵng", "From preservation to stored data, without retyping", ask_for_stored_data),
    Step("9 June 10:00 Paris", "Executed, sealed, delivered", seal_and_deliver),
    Step("9 June 15:00 Đà Nẵng", "Fetched, verified, opened", fetch_and_open),
)
