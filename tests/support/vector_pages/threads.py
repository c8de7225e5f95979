"""Vectors of ``threads``: sets of statements and the thread that each makes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from conformance.adapter import summary
from rogatory import statements, threads, wire
from rogatory.statements import (
    Acknowledgement,
    AcknowledgementBody,
    Answer,
    AnswerBody,
    Decision,
    DecisionBody,
    Delivery,
    DeliveryBody,
    Ground,
    ItemDecision,
    ItemState,
    Query,
    QueryBody,
    Question,
    Ratified,
    RatifiedBody,
    Recall,
    RecallBody,
    Reply,
    Report,
    ReportBody,
    State,
    Statement,
    UseConditions,
    Withdrawal,
    WithdrawalBody,
    WrappedKey,
)
from support.vector_pages import Case, Page, accepted, refused
from support.vector_pages.further_talks import further_talks
from support.world import ASKED, ASKING, THIRD, header, item, request, words

CHECKS = "rogatory.threads.folding:"


@dataclass
class Talk:
    """Statements that two sides say, each with the heads its side knows."""

    opening: Any = field(default_factory=lambda: request(item(1), item(2)))
    said: dict[str, tuple[Statement, bool]] = field(default_factory=dict)
    heads: dict[str, tuple[str, int]] = field(default_factory=dict)
    root: str = ""

    def __post_init__(self) -> None:
        self.root = self.add(self.opening)

    def add(self, statement: Any, *, void: bool = False) -> str:
        name, _, _ = statements.payload_of(statement)
        self.said[name] = (statement, void)
        self.heads[statement.sending_party] = (name, statement.seq)
        return name

    def say(
        self,
        by: str,
        model: Any,
        body: Any,
        *,
        seen: tuple[str, ...] | None = None,
        void: bool = False,
        **changes: Any,
    ) -> str:
        """Add the next statement of one side; ``seen`` is all that side has seen, unless given."""
        other = ASKED if by == ASKING else ASKING
        mine, theirs = self.heads.get(by[:3]), self.heads.get(other[:3])
        place: dict[str, Any] = {
            "thread": self.root,
            "sender": by,
            "recipient": other,
            "nonce": f"{len(self.said):064d}",
        }
        place["seq"] = mine[1] + 1 if mine else 1
        if mine:
            place["prev"] = mine[0]
        place["seen"] = seen if seen is not None else ((theirs[0],) if theirs else ())
        return self.add(model(**header(**(place | changes)), body=body), void=void)

    def nodes(self) -> list[dict[str, Any]]:
        """Return the set, in no order that means anything."""
        return [
            {
                "media_type": statements.media_type_of(said),
                "payload": wire.encode(said).decode(),
                "void": void,
            }
            for _, (said, void) in sorted(self.said.items())
        ]

    def thread(self) -> threads.Thread:
        return threads.fold(threads.Node(name, said, void=void) for name, (said, void) in self.said.items())


def accepts(of: str, *numbers: int, outcome: Any = "accepted") -> DecisionBody:
    ground = Ground(provision="hanoi_2024/art40.p22") if outcome == "refused" else None
    return DecisionBody(
        of=of,
        items=tuple(ItemDecision(number=each, outcome=outcome, ground=ground) for each in numbers or (1,)),
    )


def reports(of: str, state: State = State.PRESERVED, number: int = 1) -> ReportBody:
    return ReportBody(of=of, items=(ItemState(number=number, state=state),))


def asks(of: str) -> QueryBody:
    return QueryBody(of=of, questions=(Question(number=1, words=words("Digit 1 or letter l?")),))


def replies(of: str, *corrected: int) -> AnswerBody:
    return AnswerBody(
        of=of,
        replies=(Reply(question=1, words=words("The digit.")),),
        corrected_items=tuple(item(each) for each in corrected),
    )


def delivers(of: str, *numbers: int) -> DeliveryBody:
    wraps = (WrappedKey(recipient=ASKING, key="a" * 64, wrap=b"wrap"),)
    return DeliveryBody(
        of=of,
        items=numbers or (1,),
        package="b" * 64,
        seal="d" * 64,
        files=1,
        size=9,
        wraps=wraps,
        conditions=UseConditions(use="evidence"),
    )


def _whole() -> Talk:
    talk = Talk()
    talk.say(ASKING, Ratified, RatifiedBody(of=talk.root))
    talk.say(ASKED, Acknowledgement, AcknowledgementBody(of=talk.root, role="duty officer"))
    query = talk.say(ASKED, Query, asks(talk.root))
    talk.say(ASKING, Answer, replies(query, 1))
    talk.say(ASKED, Decision, accepts(talk.root, 1, 2))
    talk.say(ASKED, Report, reports(talk.root))
    talk.say(ASKED, Delivery, delivers(talk.root, 1))
    return talk


def _withdrawal_crosses_decision() -> Talk:
    talk = Talk()
    talk.say(ASKING, Withdrawal, WithdrawalBody(of=talk.root, items=(1,)), seen=())
    talk.say(ASKED, Decision, accepts(talk.root, 1, 2), seen=(talk.root,))
    return talk


def _correction_crosses_report() -> Talk:
    talk = Talk()
    query = talk.say(ASKED, Query, asks(talk.root))
    talk.say(ASKING, Answer, replies(query, 1), seen=(query,))
    talk.say(ASKED, Report, reports(talk.root), seen=(talk.root,))
    return talk


def _report_after_correction() -> Talk:
    talk = _correction_crosses_report()
    talk.say(ASKED, Report, reports(talk.root, State.VANISHED))
    return talk


def _accepted_then_corrected() -> Talk:
    talk = Talk()
    talk.say(ASKED, Decision, accepts(talk.root))
    query = talk.say(ASKED, Query, asks(talk.root))
    talk.say(ASKING, Answer, replies(query, 1))
    return talk


def _recall_crosses_report() -> Talk:
    talk = Talk()
    recall = talk.say(ASKING, Recall, RecallBody(of=talk.root, reason=words("Wrong zone.")), seen=())
    talk.say(ASKED, Report, reports(talk.root), seen=(talk.root,))
    talk.say(ASKED, Acknowledgement, AcknowledgementBody(of=recall, role="duty officer"))
    return talk


def _two_requests_cross() -> Talk:
    talk = Talk()
    talk.say(ASKING, statements.Request, talk.opening.body, seen=())
    talk.say(ASKED, Decision, accepts(talk.root), seen=(talk.root,))
    return talk


def _waits() -> Talk:
    talk = Talk()
    lost = talk.say(ASKED, Acknowledgement, AcknowledgementBody(of=talk.root, role="duty officer"))
    talk.say(ASKED, Decision, accepts(talk.root))
    del talk.said[lost]
    return talk


def _equivocates() -> Talk:
    talk = Talk()
    before = dict(talk.heads)
    talk.say(ASKED, Decision, accepts(talk.root))
    talk.heads = before
    talk.say(ASKED, Decision, accepts(talk.root, outcome="refused"))
    talk.say(ASKED, Report, reports(talk.root))
    return talk


def _second_story_is_void() -> Talk:
    talk = Talk()
    before = dict(talk.heads)
    talk.say(ASKED, Decision, accepts(talk.root, outcome="refused"), void=True)
    talk.heads = before
    talk.say(ASKED, Decision, accepts(talk.root))
    talk.say(ASKED, Report, reports(talk.root))
    return talk


def _void_keeps_its_place() -> Talk:
    talk = Talk()
    talk.say(ASKED, Decision, accepts(talk.root), void=True)
    talk.say(ASKED, Decision, accepts(talk.root, outcome="refused"))
    return talk


def _misplaced() -> Talk:
    talk = Talk()
    talk.say(ASKING, Decision, accepts(talk.root), seen=())
    talk.say(ASKED, Withdrawal, WithdrawalBody(of=talk.root))
    talk.say(ASKED, Report, reports("e" * 64))
    return talk


def _third_party() -> Talk:
    talk = _whole()
    body = RecallBody(of=talk.root, reason=words("Not ours."))
    place = {"thread": talk.root, "sender": THIRD, "recipient": ASKED, "seen": (talk.root,)}
    talk.add(Recall(**header(**place), body=body), void=True)
    return talk


def _other_case() -> Talk:
    talk = Talk()
    talk.say(ASKED, Decision, accepts(talk.root), case="e" * 64)
    talk.say(ASKED, Report, reports(talk.root))
    return talk


def _rehearsal_mixed_in() -> Talk:
    talk = Talk()
    talk.say(ASKED, Recall, RecallBody(of=talk.root, reason=words("An exercise.")), rehearsal=True)
    return talk


GOOD = {
    "a request alone": Talk,
    "from request to delivery": _whole,
    "a withdrawal crosses a decision": _withdrawal_crosses_decision,
    "a correction crosses a report": _correction_crosses_report,
    "a report after the correction": _report_after_correction,
    "an item is corrected after it was accepted": _accepted_then_corrected,
    "a recall crosses a report, and is acknowledged": _recall_crosses_report,
    "a second request crosses a decision on the first": _two_requests_cross,
    "a parent is missing": _waits,
    "two stories, both admitted": _equivocates,
    "two stories, the second void": _second_story_is_void,
    "a void statement keeps its place": _void_keeps_its_place,
    "facts that their sides do not own": _misplaced,
    "a third Party speaks in the thread": _third_party,
    "a statement of another case, admitted before the thread was known": _other_case,
    "a rehearsal in a real thread": _rehearsal_mixed_in,
    **further_talks(Talk),
}


def _nodes(*talks: Talk) -> dict[str, Any]:
    return {"nodes": [node for talk in talks for node in talk.nodes()]}


def _cases() -> Iterator[Case]:
    for name, make in GOOD.items():
        yield Case(name, lambda make=make: accepted({"nodes": make().nodes()}, **summary(make().thread())))
    headless = _whole()
    del headless.said[headless.root]
    other = Talk(request(item(3)))
    mixed = _whole()
    mixed.say(ASKED, Report, reports(mixed.root), thread="e" * 64)
    yield Case("no opening statement", lambda: refused(_nodes(headless), "THREAD-001"))
    yield Case(
        "two opening statements",
        lambda: refused(_nodes(Talk(), other), "THREAD-001", CHECKS + "check_one_opening"),
    )
    yield Case(
        "a statement of another thread",
        lambda: refused(_nodes(mixed), "THREAD-002", CHECKS + "check_one_thread"),
    )


def pages() -> Iterator[Page]:
    """Yield the page of folds."""
    yield Page(
        "threads/folds.json",
        "Fold the set of statements; their order in the list means nothing. Accepted: standings in the order"
        " of the thread, heads, equivocations, who acts, terms accepted, what is stated of each item.",
        "spec/threads.md",
        "threads.fold",
        tuple(_cases()),
    )
