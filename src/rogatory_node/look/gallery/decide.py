"""Decide an item, report it, approve and acknowledge: the acts of one person on one statement."""

# ruff: noqa: E501 - the examples are sentences, written as people read them.

from __future__ import annotations

from rogatory_node.look.pictures.findings import FindingCard, Findings
from rogatory_node.look.pictures.frame import Frame, Link
from rogatory_node.look.pictures.questions import (
    ActPage,
    Button,
    DecidePage,
    Decision,
    DomesticAct,
    FollowUp,
    Step,
    Steps,
    WillRead,
)
from rogatory_node.look.pictures.shapes import StateBadge
from rogatory_node.look.pictures.thread import Fact
from rogatory_node.look.pictures.words import code, joined, number, strong

from .say import DA_NANG, PARIS, frame, here, say
from .thread import asked, items

__all__ = ["acknowledge", "approve", "around", "around_approval", "decide", "enrol"]

NOW = here(21, 2, day=13, place=PARIS)


def around() -> Frame:
    """Return the frame of the French desk."""
    return frame(
        "France, 24/7 point of contact · Claire Vasseur†",
        NOW,
        "Board",
        "Saved 21:02:40",
        own=PARIS,
        other=DA_NANG,
    )


def around_approval() -> Frame:
    """Return the frame of the approver's desk."""
    who = "Viet Nam, approver · Colonel Phan Đức Long†"
    return frame(who, here(7, 41), "Board", "Live. Last heard 07:40")


def _postpone() -> tuple[FollowUp, ...]:
    return (
        FollowUp("until", say("Look at it again on"), say("16 March 2028")),
        FollowUp(
            "reason",
            say("Reason they will read"),
            say("An inquiry in Lyon concerns the same mailbox; a judge decides by 16 March."),
            "long",
        ),
        FollowUp(
            "consulted",
            say("Consulted?"),
            joined(
                strong(say("Yes, 20:31, by telephone")),
                ", ",
                say("with Lê Văn Bình†: no conditions would help tonight."),
            ),
            "note",
        ),
    )


def decisions() -> tuple[Decision, ...]:
    """Return the six answers, refusal last with its closed list."""
    return (
        Decision("taken", say("Measures taken"), say("Kept from the moment the provider says so.")),
        Decision(
            "part",
            say("Measures taken in part"),
            say("Say which part, and what vanished."),
            follow=(FollowUp("part", say("Which part"), kind="long"),),
        ),
        Decision(
            "ask", say("Ask the requesting Party"), say("An incomplete request is queried, never refused.")
        ),
        Decision(
            "postpone",
            say("Postpone"),
            say("It would interfere with a proceeding of ours, art. 40(27). Consult first, art. 40(28)."),
            chosen=True,
            follow=_postpone(),
        ),
        Decision(
            "elsewhere", say("Cannot identify, or elsewhere"), say("Another provider or Party holds it.")
        ),
        Decision(
            "refuse",
            say("Refuse"),
            say(
                "Closed list for preservation: art. 40(21)(b), (c), 40(22). 42(5) not reserved (simulation)."
            ),
        ),
    )


def _before() -> Findings:
    return Findings(
        say("Stays in France. Never sent"),
        (
            FindingCard("met", Link(say("art. 42(4)"), "#"), say("Dual criminality is no condition here.")),
            FindingCard(
                "person",
                Link(say("art. 40(22)"), "#"),
                say(
                    "Is anyone sought for an opinion, origin or faith? You or a lawyer answer this, never the software. "
                    "Consulting on it is off: it can tell a persecutor who is protected."
                ),
            ),
        ),
        say("Before you decide"),
        say(
            "Viet Nam followed up 9 of the 11 items we kept for it since January. For judging scale, not the Party."
        ),
        3,
    )


def _order() -> DomesticAct:
    rows = (
        ("Authority", "On-call prosecutor, Lyon; on paper, 20:05, scanned"),
        ("Asked for", "items 1 to 4"),
        ("Granted", "items 1 to 3, item 4 left to the judge of the open inquiry"),
        ("Runs", "90 days, to 11 June (art. 25)"),
        ("Provider", "Nuage du Rhône SAS†, sent 20:20, replied 20:58"),
        ("Secrecy", "to 13 September, then the user is told"),
    )
    facts = tuple(Fact(say(term), say(value)) for term, value in rows)
    return DomesticAct(say("Stays in France. Never sent"), say("Domestic act 2028/0312†"), facts)


def decide() -> DecidePage:
    """Return the drawn question on item 4."""
    taken = StateBadge(say("Taken"), "full", "kept")
    return DecidePage(
        crumbs=(
            Link(say("Board"), "#"),
            Link(joined(number("VNM-FRA 2028-0147"), ", ", say("from Viet Nam")), "#"),
        ),
        caption=say("Item 4 of 4"),
        question=say("The mailbox: what do you decide?"),
        field="decision",
        decisions=decisions(),
        save=Button(say("Save item 4 and review all")),
        will_read=WillRead(
            say("What Viet Nam will read"),
            joined(
                say("Item 4:"),
                " ",
                strong(say("postponed")),
                say(
                    ", to be looked at again on 16 March 2028. An inquiry in Lyon concerns the same mailbox; a judge "
                    "decides by 16 March. Art. 40(27)."
                ),
            ),
            say("In French and English. The order does not travel. You may send the paragraph number alone."),
        ),
        note=say("Nothing is sent yet. Everything can be changed until it is signed."),
        items_title=say("The four items"),
        items=(
            Fact(say("1. Access log"), "", StateBadge(say("In part"), "half", "kept")),
            Fact(say("2. Panel log"), "", taken),
            Fact(say("3. Subscriber"), "", taken),
            Fact(say("4. Mailbox"), "", StateBadge(say("You are here"), "ours", "act")),
        ),
        order=_order(),
        findings=_before(),
    )


def approve() -> ActPage:
    """Return the second person's page: what was signed at night, and one gesture to ratify it."""
    return ActPage(
        crumbs=(
            Link(say("Board"), "#"),
            Link(joined(number("VNM-FRA 2028-0147"), ", ", say("to France")), "#"),
        ),
        title=say("Ratify what one person sent at night?"),
        lead=say(
            "Lê Văn Bình† sent this request alone at 01:32. A second person ratifies it by 13:32; until then France "
            "sees it as pending."
        ),
        facts=(
            Fact(say("Statement"), say("Request to preserve, 4 items")),
            Fact(say("To"), say("France, 24/7 point of contact")),
            Fact(say("Rule"), say("Preservation: one may send, a second ratifies within 12 hours")),
            Fact(say("Short digest"), code("7c41 e02b 55d8")),
        ),
        items=items(),
        will_read=WillRead(
            say("What France will read"),
            say("The request of 01:32 is ratified by a second person, role: approver."),
            say("Your name stays here; a salted commitment travels in its place."),
        ),
        confirm=say("I compared the short digest on a second device"),
        buttons=(
            Button(say("Ratify and sign with a passkey"), "act", "ratify"),
            Button(say("Withdraw the request"), "act", "withdraw", secondary=True),
        ),
        passkey={
            "challenge": "c2lnbiB0aGlzIHN0YXRlbWVudA",
            "rpId": "localhost",
            "allowCredentials": [],
            "userVerification": "required",
            "timeout": 60000,
        },
        note=say(
            "A passkey proves two gestures at this node, no more. Withdrawing needs a reason and is sent at once."
        ),
        aside=Steps(
            say("Approvals"),
            say("1 of 2"),
            (
                Step(say("Duty officer"), say("Lê Văn Bình†, 01:32"), "done"),
                Step(say("Approver"), say("you, by 13:32"), "now"),
            ),
        ),
        findings=Findings(
            say("Stays here. Never sent"),
            (FindingCard("met", Link(say("art. 42(3)"), "#"), say("All particulars are in the request.")),),
            say("Before you sign"),
            level=3,
        ),
    )


def enrol() -> ActPage:
    """Return the page on which an officer makes a passkey for approvals; it cannot sign in."""
    return ActPage(
        crumbs=(Link(say("Your account"), "#"),),
        title=say("Make a passkey for approvals?"),
        lead=say(
            "It approves statements at this node and can do nothing else. A second person confirms that it is yours."
        ),
        buttons=(Button(say("Make the passkey"), "act", "enrol"),),
        passkey={
            "challenge": "bWFrZSBhIHBhc3NrZXk",
            "rp": {"id": "localhost", "name": "gallery"},
            "user": {"id": "b2ZmaWNlcg", "name": "officer", "displayName": "officer"},
            "pubKeyCredParams": [{"type": "public-key", "alg": -8}, {"type": "public-key", "alg": -7}],
            "excludeCredentials": [],
            "authenticatorSelection": {"residentKey": "required", "userVerification": "required"},
        },
        ceremony="create",
    )


def acknowledge() -> ActPage:
    """Return the page on which a person says that the request has reached a person."""
    return ActPage(
        crumbs=(
            Link(say("Board"), "#"),
            Link(joined(number("VNM-FRA 2028-0147"), ", ", say("from Viet Nam")), "#"),
        ),
        title=say("Acknowledge this request?"),
        lead=say(
            "It came 9 minutes ago and its receipt was signed by the node. Acknowledging says that a person has it; "
            "it decides nothing."
        ),
        facts=(
            Fact(say("From"), say("Viet Nam, 24/7 point of contact")),
            Fact(say("Proof"), "", StateBadge(say("Signed by two keys of the register"), "check", "kept")),
            Fact(say("First loss"), say("24 March, logs are kept 14 days")),
        ),
        items=asked(),
        fields=(
            FollowUp(
                "note",
                say("A sentence they will read (optional)"),
                "",
                "long",
                hint=say("In French or English. Say when they will hear from you."),
            ),
        ),
        buttons=(
            Button(say("Acknowledge"), "act", "acknowledge"),
            Button(say("Ask first"), "act", "ask", secondary=True),
        ),
        note=say("One person may do this alone."),
    )
