"""The money of the story: a hold in the first hour, and the freezing that follows it before the hold ends.

PRACTICE section 5, steps 2 and 12. The hold has no treaty basis and says so; articles 49 and 50 follow.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from rogatory.statements import Amount, CaseUnit, Hold, Item, Order, Property, RequestBody
from rogatory.values import Measure, parse_instant, read
from rogatory_node.demo import case
from rogatory_node.demo.caller import Caller
from rogatory_node.demo.case import A05, MINISTRY, OFAC, SPP, members, words
from rogatory_node.demo.play import Play

__all__ = ["freeze_money", "hold_money"]

PLATFORM: Final = "Kessel Digital SAS†"
END: Final = parse_instant("2028-03-17T23:00:00Z")
ASKED: Final = Amount(value="74000", currency="USDT")


def hold_money(play: Play) -> None:
    """2. The coins are seen at a platform in Paris; one person asks that it keep them for a while."""
    play.stage.time_is("2028-03-13T15:10:00Z")
    money = play.money = Play(play.stage, play.tell)
    duty, paris = play.officer("vnm:binh"), play.officer("fra:vasseur")
    entry = money.say("vnm:binh", "request", _hold(), {"vnm:binh": "duty_officer"}, to=OFAC)
    money.arrives(paris, entry["id"])
    clause = "no treaty basis: it rests on stated practice, and nothing is owed under the Convention"
    play.tell(f"hold notice, {ASKED.value} units at {PLATFORM}; {clause}")
    _at_home(money, paris, entry["id"], kind="consent", issued="2028-03-13", reference="KD-778†")
    item = {"number": 1, "state": "executed", "effected": "2028-03-13T15:20:00Z", "until": str(END.date())}
    report = {"of": entry["id"], "items": [item]}
    told = money.say("fra:vasseur", "report", report, {"fra:vasseur": "duty_officer"}, to=A05)
    money.arrives(duty, told["id"])
    money.say("vnm:long", "ratified", {"of": entry["id"]}, {"vnm:long": "approver"}, to=OFAC)
    money.preservation = entry["id"]
    play.tell(f"held by {PLATFORM} until {END.day} March; ratified by {play.officer('vnm:long').name}")


def freeze_money(play: Play) -> None:
    """12. The freezing request between central authorities, from the hold, without retyping."""
    play.stage.time_is("2028-03-16T09:00:00Z")
    money = _money(play)
    hold = money.preservation
    shared = {"authority": A05, "with_authority": SPP}
    play.officer("vnm:binh").call("POST", f"/threads/{money.thread}/share", shared)
    prosecutor, ministry = play.officer("vnm:chau"), play.officer("fra:benoit")
    given = {"authority": SPP, "recipient": MINISTRY, "request": hold}
    draft = prosecutor.call("POST", f"/threads/{money.thread}/follow-up", given)
    body = draft["body"] | {"property": draft["body"]["property"] | _order_at_home()}
    draft = prosecutor.call("PUT", f"/drafts/{draft['id']}", {"version": draft["version"], "body": body})
    two = {"vnm:chau": "investigator", "vnm:quang": "legal_reviewer"}
    entry = money.say("vnm:chau", "request", {}, two, to=MINISTRY, on=draft["id"])
    money.arrives(ministry, entry["id"])
    play.tell(f"from {SPP} to {MINISTRY}, the hold's account and sum carried over; arts. 49 and 50")
    _at_home(money, ministry, entry["id"], kind="order", issued="2028-03-16", reference="2028/0355†")
    frozen = {"number": 1, "state": "executed_in_part", "effected": "2028-03-16T09:00:00Z"}
    frozen["result"] = members(words("61,300 of 74,000 units frozen; 12,700 had left before the hold."))
    decision = {"of": entry["id"], "items": [{"number": 1, "outcome": "accepted"}]}
    approvers = {"fra:caron": "duty_officer", "fra:benoit": "legal_reviewer"}
    money.say("fra:caron", "decision", decision, approvers, to=SPP)
    told = money.say("fra:caron", "report", {"of": entry["id"], "items": [frozen]}, approvers, to=SPP)
    money.arrives(prosecutor, told["id"])
    seen = prosecutor.thread(money.thread)["items"][-1]
    play.tell(f"{seen['state'].replace('_', ' ')}: {seen['result']}")


def _money(play: Play) -> Play:
    assert play.money is not None
    return play.money


def _hold() -> dict[str, Any]:
    said = case.cured_body()
    body = RequestBody(
        kind="hold_notice",
        urgency="urgent",
        case_unit=CaseUnit(**said["case_unit"]),
        items=(
            Item(
                number=1,
                identifier=read("account", "kessel-778", provider=PLATFORM),
                category=Measure.HOLD,
                description=words("The account to which the coins were sent."),
            ),
        ),
        hold=Hold(
            amount=ASKED,
            reported=parse_instant("2028-03-13T14:40:00Z"),
            until=END,
            recall_reference="Recall of Sông Hàn Bank†, 778/2028",
            legal_basis=words("Stated practice of the platform; national law to be confirmed."),
            follow_up=date(2028, 3, 16),
        ),
    )
    carried = ("offence", "facts", "call_back", "suspect_is_minor")
    return members(body) | {name: said[name] for name in carried}


def _order_at_home() -> dict[str, Any]:
    """Return what the freezing request needs beside what it takes from the hold."""
    order = Order(authority="Procuracy of Đà Nẵng", reference="19/2028", date=date(2028, 3, 15))
    link = words("The coins were bought with what the victim paid.")
    return members(Property(order=order, link=link))


def _at_home(money: Play, who: Caller, request: str, *, kind: str, issued: str, reference: str) -> None:
    act = case.order_members([1], reference=reference, issued=issued, until="2028-06-11") | {"kind": kind}
    given = {"authority": who.authority, "request": request, "order": act}
    who.call("POST", f"/threads/{money.thread}/domestic-acts", given)
