"""The moments of a clock in words: what starts it, ends it and stops it, as a lawyer would say it."""

from __future__ import annotations

from typing import Final

__all__ = ["MOMENTS"]

MOMENTS: Final = {
    "effected": "the instant effected",
    "reported": "the report",
    "stated_until": "the date that the requested Party states",
    "closed": "every item closed",
    "withdrawn": "withdrawal",
    "recalled": "recall",
    "delivered": "delivery",
    "not_needed": "word that it is no longer needed",
    "followed_up": "the request that follows it",
    "frozen": "a report that what was asked for next was done",
    "asked": "the request",
    "follow_up_planned": "the day planned",
    "floor": "the least that the treaty owes",
    "confirmed": "a report that the data are still kept",
    "decided": "a decision",
    "extension_asked": "the request for longer",
    "extension_answered": "an answer to it",
    "vanishes": "the day of loss",
    "secured": "a report that the data are kept",
    "sent_by_one": "sending with one approval",
    "ratified": "ratification by a second person",
    "secrecy_until": "the last day of secrecy",
    "ordered": "the order at home",
    "order_until": "its last day",
    "order_ended": "its end",
    "deadline": "the day or instant asked for",
    "executed": "execution",
    "hold_asked": "the hold notice",
    "hold_until": "the instant asked for",
    "emergency_asked": "the request in an emergency",
    "review_by": "the day stated for the review",
    "measure_starts": "the beginning of the period",
    "measure_ends": "its end",
    "return_by": "the day agreed for the return",
    "documents_by": "the day stated for the documents",
    "surrender_asked": "the request for extradition",
    "given": "the delivery or the information",
    "destroy_by": "the day stated for destruction",
    "destroyed": "return or destruction",
    "offered": "the offer of conditions",
    "answer_by": "the day to answer",
    "accepted": "acceptance of every condition",
    "heard": "the call that was heard",
    "confirmed_in_writing": "confirmation in writing",
    "last_tested": "the last call that was answered",
}
"""By the names that ``law/clocks.toml`` uses; ``limit`` is a length and has no words of its own."""
