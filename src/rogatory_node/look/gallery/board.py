"""The board at 03:12 on the example's night, and the same board with nothing to do."""

# ruff: noqa: E501 - the examples are sentences, written as people read them.

from __future__ import annotations

from datetime import datetime
from typing import Literal

from rogatory_node.look.pictures.board import (
    BoardPage,
    Chip,
    Emergency,
    Lane,
    LaneGroup,
    SearchBox,
    ShiftNote,
    Way,
)
from rogatory_node.look.pictures.clock import Clock, ClockBar, Mark
from rogatory_node.look.pictures.frame import Frame, Link
from rogatory_node.look.pictures.shapes import StateBadge
from rogatory_node.look.pictures.words import joined, name, strong

from .say import DA_NANG, frame, here, say

__all__ = ["NOW", "around", "busy", "quiet"]

NOW = here(3, 12)


def around() -> Frame:
    """Return the frame of the board."""
    who = "Viet Nam, 24/7 point of contact · Lê Văn Bình†, alone until 07:30"
    return frame(who, NOW, "Board", "Live. Last heard 03:10")


def _lane(
    way: tuple[Literal["in", "out", "home"], str],
    title: str,
    detail: str,
    clock: Clock,
    then: tuple[str, str, str],
) -> Lane:
    bold, rest, act = then
    words = joined(strong(say(bold)), " ", say(rest)) if bold else say(rest)
    link = Link(say(act), "#") if act else None
    return Lane(Way(way[0], say(way[1])), say(title), "#", say(detail), clock, words, link)


def _kept(
    start: datetime, end: datetime, *warnings: datetime, label: str = "", urgent: bool = False
) -> ClockBar:
    return ClockBar("kept", start, end, warnings, say(label) if label else "", urgent)


OURS = Mark("ours")


def _ours() -> tuple[Lane, ...]:
    return (
        _lane(
            ("in", "In from third Party†"),
            "Preservation: rental server, 2 items",
            "XTP-VNM 2028-0019 · came 02:41",
            Clock(
                say("Not yet acknowledged, 31 minutes. Data are lost 15 March at 18:00, in 38 hours."),
                (),
                (Mark("lost", here(18, day=15), say("data lost 15 Mar 18:00")), OURS),
            ),
            ("", "Nobody has acknowledged it: 31 minutes.", "Acknowledge"),
        ),
        _lane(
            ("out", "Out to France"),
            "Preservation: saovang-invest.example†, 4 items",
            "VNM-FRA 2028-0147 · report came 03:10",
            Clock(
                say(
                    "Items 1 to 3 kept from 02:05 today to 11 June; the treaty floor is 12 May. "
                    "Item 4, the mailbox, is not kept: first loss 24 March."
                ),
                (
                    _kept(
                        here(2, 5),
                        here(0, day=11, month=6),
                        here(12, day=28, month=4),
                        here(6, day=20, month=5),
                        here(12, day=2, month=6),
                    ),
                ),
                (
                    Mark("lost", here(0, day=24), say("mailbox: first loss 24 Mar")),
                    Mark("floor", here(0, day=12, month=5), say("floor 12 May")),
                    OURS,
                ),
            ),
            ("Read the report.", "Items 1 to 3 kept; mailbox postponed.", "Read"),
        ),
        _lane(
            ("in", "In from France"),
            "Extension asked: hosting account, 1 item",
            "FRA-VNM 2028-0058 · asked 13 March",
            Clock(
                say("Kept since 15 January; lapses 17 March at 24:00 unless extended."),
                (_kept(here(9, day=15, month=1), here(0, day=18), label="lapses 17 Mar 24:00", urgent=True),),
                (OURS,),
            ),
            ("Decide the extension.", "No answer counts as not granted.", "Decide"),
        ),
        _lane(
            ("home", "From home: Hải Phòng police"),
            "Ask: who runs 198.51.100.7?",
            "by one-time link · 02:50",
            Clock(
                say("No clock yet: the unit gave no date of loss."),
                (),
                (Mark("ours", None, say("no clock yet: the unit gave no date of loss")),),
            ),
            ("Register it.", "Nobody else has asked on this address.", "Register"),
        ),
    )


def _theirs() -> tuple[Lane, ...]:
    return (
        _lane(
            ("out", "Out to France"),
            "Ratification of the night signature",
            "VNM-FRA 2028-0147 · signed by one, 01:32",
            Clock(
                say(
                    "Pending since 01:32; a second person ratifies by 13:32; the colonel is on duty from 07:30."
                ),
                (ClockBar("pending", here(1, 32), here(13, 32), (), say("by 13:32")),),
                (Mark("theirs", here(7, 30)),),
            ),
            ("", "On Colonel Phan Đức Long†. On duty 07:30, told.", ""),
        ),
        _lane(
            ("out", "Out to France"),
            "Hold notice: coins at Kessel Digital SAS†",
            "no treaty basis · stated practice",
            Clock(
                say(
                    "Hold runs from 13 March 22:10 to 17 March; the freezing request is planned for 16 March."
                ),
                (ClockBar("no_basis", here(22, 10, day=13), here(22, 10, day=17), (), say("ends 17 Mar")),),
                (Mark("theirs", here(9, day=16)),),
            ),
            ("", "Central authority asks for freezing on 16 March.", ""),
        ),
        _lane(
            ("out", "Out to third Party†"),
            "Query: account holder, 1 item",
            "VNM-XTP 2028-0131 · sealed bundle by mail",
            Clock(
                say("Delivered 11 March, not opened; their office opens at 10:00 our time."),
                (ClockBar("waited", here(9, day=11)),),
                (Mark("theirs", here(10), say("their office opens 10:00")),),
            ),
            ("", "Delivered 11 March, not opened. Telephone at 10:00.", ""),
        ),
    )


def _kept_lanes() -> tuple[Lane, ...]:
    april = here(0, day=2, month=4)
    return (
        _lane(
            ("out", "Out to France"),
            "Preservation: chat logs, 3 items",
            "VNM-FRA 2028-0102 · assistance asked 10 March",
            Clock(
                say(
                    "Kept to 2 April; assistance was asked 10 March, so kept until France decides: receipt pending."
                ),
                (
                    _kept(here(9, day=2, month=2), april),
                    ClockBar("pending", april, None, (), say("then until they decide: pending")),
                ),
            ),
            ("", "Next look 26 March.", ""),
        ),
        _lane(
            ("in", "In from France"),
            "Preservation: payment records, 2 items",
            "FRA-VNM 2028-0077 · order of 90 days",
            Clock(
                say("Kept to 28 April; treaty floor 13 April."),
                (
                    _kept(
                        here(9, day=13, month=2),
                        here(0, day=28, month=4),
                        here(12, day=21),
                        here(6, day=9, month=4),
                        here(6, day=20, month=4),
                        label="28 Apr",
                    ),
                ),
                (Mark("floor", here(0, day=13, month=4)),),
            ),
            ("", "Warning at three quarters, 9 April.", ""),
        ),
    )


def busy() -> BoardPage:
    """Return the drawn board: one emergency, four things to do, three waiting, two kept."""
    return BoardPage(
        lead=say("One emergency and four things need you. The next loss of data is on 15 March at 18:00."),
        emergencies=(
            Emergency(
                say("Emergency claimed, 14 minutes ago"),
                say("Third Party† asks where a person is: says kidnapped, risk to life"),
                say("By telephone, 02:58, recorded by you."),
                StateBadge(say("Unauthenticated until called back"), "ring", "wait"),
                say(
                    "You alone may call back, acknowledge and send a patrol. Telling them anything needs two people, "
                    "one of them a lawyer. If the person is on our territory, our police act and only the outcome "
                    "is told."
                ),
                Link(say("Call back the register number"), "#"),
                joined(say("+000 555 0142 · unchanged since 2 January")),
            ),
        ),
        search=SearchBox(
            "#",
            say("Search number, Party, identifier or text"),
            say("Number, Party, address, wallet, name"),
            say("Search"),
            chips=tuple(
                Chip(say(text), "#", current=text == "All 10")
                for text in ("All 10", "Incoming 4", "Outgoing 5", "From home 1")
            ),
        ),
        note=ShiftNote(
            say(
                "Claire Vasseur† is on in Paris until 07:00 their time, answers fast. Third Party†: first line dead "
                "at 01:10, use the second. Do not telephone Kessel Digital†."
            ),
            joined(name("Nguyễn Thu Hà†"), ", 22:00"),
            Link(say("Add a line"), "#"),
        ),
        groups=(
            LaneGroup(say("Needs you now"), _ours(), NOW, DA_NANG, axis=True),
            LaneGroup(say("Waits for others"), _theirs(), NOW, DA_NANG),
            LaneGroup(say("Kept, nothing due"), _kept_lanes(), NOW, DA_NANG),
        ),
        here="Đà Nẵng (+07)",
    )


def quiet() -> BoardPage:
    """Return a board on which nothing needs anybody."""
    return BoardPage(
        lead=say("Nothing needs you. Next: 28 April, two items for France."),
        groups=(
            LaneGroup(say("Needs you now"), (), NOW, DA_NANG, axis=True, empty=say("Nothing needs you.")),
            LaneGroup(say("Kept, nothing due"), _kept_lanes()[1:], NOW, DA_NANG, axis=True),
        ),
        here="Đà Nẵng (+07)",
    )
