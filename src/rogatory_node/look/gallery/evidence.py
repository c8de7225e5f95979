"""The package from Lyon on 20 June: three of 48,112 files are open."""

# ruff: noqa: E501, RUF001 - the examples are sentences, written as people read them.

from __future__ import annotations

from rogatory_node.look.pictures.custody import CustodyHand, CustodyLadder, CustodyStep, Shelf
from rogatory_node.look.pictures.evidence import EvidencePage, FileRow, Kept, Proves, ShelfSection
from rogatory_node.look.pictures.frame import Frame, Link
from rogatory_node.look.pictures.parties import BasisRow, BasisTable, ContactCard
from rogatory_node.look.pictures.shapes import StateBadge
from rogatory_node.look.pictures.thread import Fact, NextAct
from rogatory_node.look.pictures.words import code, joined

from .say import PARIS_SUMMER, frame, here, say

__all__ = ["around", "basis", "card", "page"]

NOW = here(8, 30, day=21, month=6)


def around() -> Frame:
    """Return the frame of the custodian's desk."""
    who = "Viet Nam, evidence custodian · Hoàng Thị Lan†"
    return frame(who, NOW, "Threads", "Live. Last heard 20 June 17:41", other=PARIS_SUMMER)


def _did(what: str, when: str) -> CustodyHand:
    return CustodyHand(say(what), say(when))


def _got(what: str, when: str) -> CustodyHand:
    return CustodyHand(say(what), say(when), "received")


def ladder() -> CustodyLadder:
    """Return the drawn ladder of six steps."""
    steps = (
        CustodyStep(left=_did("Sealed in Lyon", "9 June 14:10 · entry 9,031")),
        CustodyStep(
            _did("Disk handed over, seal 0045871†", "10 June 09:00"),
            _got("Disk received, seal unbroken", "12 June 16:20 · entry 4,377"),
            "by_hand",
        ),
        CustodyStep(
            _got("Both logs witnessed", "by two, one neither side"),
            _got("Same heads seen", "12 June 16:30"),
            "witnessed",
        ),
        CustodyStep(
            _did("3 files disclosed", "20 June 10:02 · keys for these only · entry 9,112"),
            _got("Opened by the custodian", "20 June 15:40 · entry 4,402"),
            "sent",
        ),
        CustodyStep(
            _got("Receipt and use conditions", "20 June 10:41"),
            _did("Accepted: this case only", "20 June 15:41"),
            "sent",
        ),
        CustodyStep(
            right=CustodyHand(
                say("Next: counsel receives it"), say("Phạm Quốc Duy†, after the notice"), "next"
            )
        ),
    )
    return CustodyLadder(
        say("France, Paris time"),
        say("Viet Nam, Đà Nẵng time"),
        steps,
        say(
            "Filled: did it. Ring: received it. Broken line: by hand. Diamond: witnesses saw both logs agree."
        ),
    )


def shelf() -> ShelfSection:
    """Return three files that leave, of 48,112."""
    return ShelfSection(
        Shelf(
            48112,
            frozenset({29570, 29571, 29583}),
            say("Each square is 100 files, the last one 12; the dark square holds the three that leave."),
            say(
                "482 squares, each 100 files or fewer: 48,112 files. In one square, 3 files leave. All others stay shut."
            ),
        ),
        say("Leaves: 3 files"),
        (
            FileRow("panel/auth-2028-03-12.log", say("2.1 MB, traffic data"), "5b0e 91c4 … 77aa"),
            FileRow("panel/auth-2028-03-13.log", say("1.8 MB, traffic data"), "c2d9 0f18 … 03be"),
            FileRow("billing/contract-88213.pdf", say("0.4 MB, subscriber information"), "e77f 6a20 … 9d51"),
        ),
        (
            Kept(
                say("Stays shut: 48,109 files"),
                say("Names, sizes and content. You see that they exist, and that none was added or removed."),
            ),
            Kept(
                say("Withheld in Lyon, never in the package"),
                say(
                    "Mail with a lawyer, 1 folder, by the judge’s order. Counsel is told that it is withheld and why."
                ),
            ),
        ),
    )


def proves() -> Proves:
    """Return what a verification proves and does not."""
    return Proves(
        say("Verified, 21 June 08:14, without either node"),
        tuple(
            map(
                say,
                (
                    "The 3 files are, bit for bit, those sealed on 9 June.",
                    "The seal is by the key the register gave France’s executing authority that day.",
                    "The package existed by 9 June 14:12, by an independent time stamp.",
                    "Neither log was rewritten since, as two witnesses saw.",
                ),
            )
        ),
        (
            say("That the server’s clock was right: the panel ran at +01."),
            joined(say("Who sat at the keyboard of"), " ", code("svadm1n"), "."),
            say("That the provider handed over all it had."),
            say("That the search was lawful: see the order and the certificate."),
        ),
        "rogatory evidence verify FOLDER --trust ROOT.json",
    )


def page() -> EvidencePage:
    """Return the drawn evidence page."""
    return EvidencePage(
        crumbs=(Link(say("Sao Vàng investment fraud"), "#"),),
        title=say("Package from Lyon, sealed 9 June"),
        lead=say(
            "3 of 48,112 files are open to you. The rest is here, sealed, and nobody in Viet Nam can read it."
        ),
        facts=(
            Fact(say("Holds"), say("logs, panel, subscriber, mailbox; 212 GB; one disk, seal 0045871†")),
            Fact(say("Use"), say("evidence, this case only; return what is not used")),
            Fact(say("Court papers"), say("certificate, execution record, sworn translation: open")),
            Fact(say("Package"), code("7c41 e02b 55d8 … 1f6e")),
        ),
        next=NextAct(
            say("Next act: yours"),
            say("Tell France: the log clears a person in custody"),
            act=Link(say("Write the exculpatory notice"), "#"),
            note=say("Then counsel receives it. Found 20 June by the custodian."),
        ),
        shelf=shelf(),
        ladder=ladder(),
        proves=proves(),
    )


def card() -> ContactCard:
    """Return another Party's card."""
    rows = (
        ("Authority", "24/7 point of contact, national police; central authority: Ministry of Justice"),
        ("Languages", "French, English; letters in French"),
        ("Alone it may", "acknowledge, ask, locate, extend. Preservation needs its prosecutor’s order"),
        ("Last tested", "6 March, call-back answered in 2 minutes; next due 6 April"),
        ("Will ask for", "zone and source port; penal provision with text; prosecutor’s name and office"),
    )
    return ContactCard(
        say("France"),
        say("21:12 in Paris, Monday 13 March. Someone is awake: Claire Vasseur†, until 07:00."),
        StateBadge(say("Reachable"), "check", "kept"),
        tuple(Fact(say(term), say(value)) for term, value in rows),
        Link(say("Write to France"), "#"),
        say("Or telephone +00 1 55 55 01 42†, unchanged since 4 January."),
    )


def basis() -> BasisTable:
    """Return what binds the pair, matter by matter."""
    rows = (
        (
            "Preservation, 24/7 network",
            "Convention, arts. 36, 41 and 42",
            "both bound; answered apart from art. 40(7)",
        ),
        (
            "Contents of a request",
            "Treaty of 2016",
            "art. 40(7): paras. 8 to 31 only if both agree; not agreed",
        ),
        (
            "Grounds for refusal",
            "Treaty of 2016; for preservation, art. 42(6)",
            "closed list for preservation",
        ),
    )
    return BasisTable(
        say("What binds us with France, today, matter by matter"),
        say("Legal bases with France"),
        tuple(BasisRow(*map(say, row)) for row in rows),
        say(
            "Register version 418, 13 March 18:00 UTC. Articles shown in our paraphrase; national law to be confirmed."
        ),
    )
