"""Practice: hold notices. Money is kept for hours by a bank or a platform, before arts. 49 and 50 can follow.

The Convention has no basis for a hold, and a request for one says so. The 72 hours that many banks and
platforms keep are practice and not law; the hold ends when the domestic law or the stated practice says.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from rogatory import instruments
from rogatory.law.basis import Basis
from rogatory.law.facts import Facts
from rogatory.law.hanoi_2024._say import ADOPTED, HOLD, all_stated, each_item, stated
from rogatory.law.hanoi_2024.art35 import named_offences
from rogatory.law.rule import Judgement, cure, for_a_person, met, not_met, reason, rule

HOLD_BASIS: Final = "hanoi_2024/prac.hold_basis"
HOLDER: Final = "hanoi_2024/prac.hold_holder"
AMOUNT: Final = "hanoi_2024/prac.hold_amount"
REPORTED: Final = "hanoi_2024/prac.hold_reported"
LENGTH: Final = "hanoi_2024/prac.hold"
RECALL: Final = "hanoi_2024/prac.hold_recall"
FOLLOW_UP: Final = "hanoi_2024/prac.hold_follow_up"


@rule(cites=HOLD_BASIS, since=ADOPTED, kinds=HOLD)
def a_hold_rests_on_no_treaty_and_names_its_basis(facts: Facts, basis: Basis) -> Judgement:
    """The Convention has no basis for a hold; the request names the domestic law or the stated practice."""
    del basis
    if facts.said("hold/legal_basis"):
        return met(reason(HOLD_BASIS, "LAW-634"))
    return not_met([reason(HOLD_BASIS, "LAW-635")], [cure("LAW-375", facts.at("hold/legal_basis"))])


@rule(cites=HOLDER, since=ADOPTED, kinds=HOLD)
def the_bank_or_platform_is_named(facts: Facts, basis: Basis) -> Judgement:
    """Each item names the bank or the platform that is asked to hold."""
    del basis
    return each_item(facts, HOLDER, lambda item: item.provider, "provider")


@rule(cites=AMOUNT, since=ADOPTED, kinds=HOLD)
def the_amount_to_be_held_is_stated(facts: Facts, basis: Basis) -> Judgement:
    """The request states the amount to be held, with its currency; no more than that is held."""
    del basis
    particulars = ("hold/amount/value", "hold/amount/currency")
    return all_stated(AMOUNT, [(facts.said(each), facts.at(each)) for each in particulars])


@rule(cites=REPORTED, since=ADOPTED, kinds=HOLD)
def the_loss_was_reported_lately(facts: Facts, basis: Basis) -> Judgement:
    """The request says when the loss was reported; after some days the money has mostly gone on."""
    reported, path = facts.instant("hold/reported"), facts.at("hold/reported")
    if reported is None:
        return stated(REPORTED, present=False, path=path)
    hours = _hours(REPORTED)
    if _before(facts, basis, reported) > timedelta(hours=hours):
        return for_a_person(reason(REPORTED, "LAW-637", hours=hours))
    return met(reason(REPORTED, "LAW-101"))


@rule(cites=LENGTH, since=ADOPTED, kinds=HOLD)
def the_hold_has_an_end(facts: Facts, basis: Basis) -> Judgement:
    """The request says until when the money is to be held; longer than usual needs a law for it."""
    until, path = facts.instant("hold/until"), facts.at("hold/until")
    if until is None:
        return stated(LENGTH, present=False, path=path)
    day = until.date().isoformat()
    if until.date() < basis.on:
        return not_met([reason(LENGTH, "LAW-612", day=day)], [cure("LAW-310", path)])
    hours = _hours(LENGTH)
    if -_before(facts, basis, until) > timedelta(hours=hours):
        return for_a_person(reason(LENGTH, "LAW-636", day=day, hours=hours))
    return met(reason(LENGTH, "LAW-101"))


@rule(cites=RECALL, since=ADOPTED, kinds=HOLD)
def the_recall_is_named(facts: Facts, basis: Basis) -> Judgement:
    """The request names the bank's recall or the case of the financial intelligence unit, which go faster."""
    del basis
    path = facts.at("hold/recall_reference")
    if facts.said("hold/recall_reference"):
        return met(reason(RECALL, "LAW-101"))
    return for_a_person(reason(RECALL, "LAW-638"), cures=[cure("LAW-301", path)])


@rule(cites=FOLLOW_UP, since=ADOPTED, kinds=HOLD)
def the_request_under_arts_49_and_50_is_planned(facts: Facts, basis: Basis) -> Judgement:
    """The request under arts. 49 and 50 is planned for a day to come, while the money is still held."""
    planned, path = facts.day("hold/follow_up"), facts.at("hold/follow_up")
    if planned is None:
        return stated(FOLLOW_UP, present=False, path=path)
    day = planned.isoformat()
    if planned < basis.on:
        return not_met([reason(FOLLOW_UP, "LAW-164", day=day)], [cure("LAW-310", path)])
    return met(reason(FOLLOW_UP, "LAW-101"))


@rule(cites=FOLLOW_UP, since=ADOPTED, kinds=HOLD)
def arts_49_and_50_are_open_for_what_follows(facts: Facts, basis: Basis) -> Judgement:
    """Arts. 49 and 50 follow for Convention offences only; a serious crime alone does not open them."""
    del basis
    named = named_offences(facts)
    if named:
        return met(*(reason(article, "LAW-639") for article in named))
    path = facts.at("offence/convention_articles")
    return for_a_person(reason("hanoi_2024/art35.p1.a", "LAW-640"), cures=[cure("LAW-343", path)])


def _hours(entry: str) -> int:
    return int(str(instruments.entry(entry).values["value"]))


def _before(facts: Facts, basis: Basis, instant: datetime) -> timedelta:
    """Return how long before the request an instant lies; by whole days where the request has no instant."""
    return facts.issued - instant if facts.issued else basis.on - instant.date()
