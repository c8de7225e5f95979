"""Practice: what a request on property needs beyond the treaty's lists, above all of accounts and wallets."""

from __future__ import annotations

from typing import Final

from rogatory.law.basis import Basis
from rogatory.law.facts import Facts, Item
from rogatory.law.hanoi_2024._property import CONFISCATION, PROVISIONAL, RETURN, TRACING, asks_for
from rogatory.law.hanoi_2024._say import ADOPTED, HOLD, POLICE, PROPERTY, all_stated, stated
from rogatory.law.rule import Judgement, cure, for_a_person, met, not_met, reason, rule

LINK: Final = "hanoi_2024/prac.property_link"
VALUE: Final = "hanoi_2024/prac.property_value"
ACCOUNT: Final = "hanoi_2024/prac.account"
CUSTODIAN: Final = "hanoi_2024/prac.custodian"
TRACING_PERIOD: Final = "hanoi_2024/prac.tracing_period"
HOLD_REFERENCE: Final = "hanoi_2024/prac.hold_reference"
# An IBAN names its bank in itself; the other numbers mean nothing without one of these beside them.
NAMED_BY: Final = {
    "iban": frozenset(("kind",)),
    "bank_account": frozenset(("bank_code", "bank_name")),
    "wallet_address": frozenset(("chain",)),
    "account": frozenset(("provider",)),
}
STOPPED: Final = (*PROVISIONAL, *CONFISCATION, "hold")


@rule(cites=LINK, since=ADOPTED, kinds=PROPERTY)
def the_link_to_the_offence_is_stated(facts: Facts, basis: Basis) -> Judgement:
    """The request says why the property is proceeds, property of that value or an instrumentality."""
    del basis
    return stated(LINK, present=facts.said("property/link"), path=facts.at("property/link"))


@rule(cites=VALUE, since=ADOPTED, kinds=PROPERTY)
def the_value_has_its_currency(facts: Facts, basis: Basis) -> Judgement | None:
    """Where property is to be touched or returned, its value is stated with a currency or a symbol."""
    del basis
    if not asks_for(facts, (*PROVISIONAL, *CONFISCATION, *RETURN)):
        return None
    particulars = ("property/value/value", "property/value/currency")
    return all_stated(VALUE, [(facts.said(each), facts.at(each)) for each in particulars])


@rule(cites=ACCOUNT, since=ADOPTED, kinds=(*PROPERTY, *HOLD, *POLICE))
def an_account_names_where_it_is_kept(facts: Facts, basis: Basis) -> Judgement | None:
    """An account comes with its bank or platform, a wallet with its chain; a number alone names nothing."""
    del basis
    accounts = [item for item in facts.items if item.identifier_kind in NAMED_BY]
    homeless = [item for item in accounts if not NAMED_BY[item.identifier_kind] & item.identifier_members]
    if homeless:
        return not_met(
            [reason(ACCOUNT, "LAW-629", item=item.number) for item in homeless],
            [cure("LAW-374", f"{item.path}/identifier") for item in homeless],
        )
    return met(reason(ACCOUNT, "LAW-101")) if accounts else None


@rule(cites=CUSTODIAN, since=ADOPTED, kinds=(*PROPERTY, *HOLD))
def a_wallet_has_somebody_who_can_stop_it(facts: Facts, basis: Basis) -> Judgement | None:
    """Virtual assets are stopped by the platform that holds the keys; without one, a person thinks again."""
    del basis
    wallets = [
        item for item in facts.items if item.identifier_kind == "wallet_address" and item.category in STOPPED
    ]
    unheld = [item for item in wallets if not item.provider]
    if unheld:
        return for_a_person(
            *(reason(CUSTODIAN, "LAW-630", item=item.number) for item in unheld),
            cures=[cure("LAW-301", f"{item.path}/provider") for item in unheld],
        )
    return met(reason(CUSTODIAN, "LAW-101")) if wallets else None


@rule(cites=TRACING_PERIOD, since=ADOPTED, kinds=PROPERTY)
def a_tracing_has_its_period(facts: Facts, basis: Basis) -> Judgement | None:
    """Each item that is traced has a period with both ends: which transactions are meant."""
    del basis
    traced = [item for item in facts.items if item.category in TRACING]
    endless = [item for item in traced if not _bounded(item)]
    if endless:
        return not_met(
            [reason(TRACING_PERIOD, "LAW-631", item=item.number) for item in endless],
            [cure("LAW-309", f"{item.path}/period") for item in endless],
        )
    return met(reason(TRACING_PERIOD, "LAW-101")) if traced else None


def _bounded(item: Item) -> bool:
    period = item.period
    return period is not None and not period.words and period.stated_ends == len(("start", "end"))


@rule(cites=HOLD_REFERENCE, since=ADOPTED, kinds=PROPERTY)
def the_hold_it_follows_is_named(facts: Facts, basis: Basis) -> Judgement | None:
    """A request for freezing or seizure names the hold that it follows; there may have been none."""
    del basis
    if not asks_for(facts, PROVISIONAL):
        return None
    path = facts.at("property/hold")
    if facts.said("property/hold"):
        return met(reason(HOLD_REFERENCE, "LAW-101"))
    return for_a_person(reason(HOLD_REFERENCE, "LAW-632"), cures=[cure("LAW-301", path)])
