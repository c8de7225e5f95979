"""The fold: from the set of a thread's statements to what they say together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from rogatory.errors import ThreadError
from rogatory.statements import HandOver, Statement
from rogatory.threads.effects import EFFECTS
from rogatory.threads.facts import Facts
from rogatory.threads.model import Entry, Node, Side, Standing, Thread
from rogatory.threads.order import equivocations, in_order, parents
from rogatory.threads.owners import owns

__all__ = ["fold"]


def fold(nodes: Iterable[Node]) -> Thread:
    """Return the thread that a set of statements makes.

    1. one statement opens it, and no other thread is mixed in; 2. statements of other Parties are left
    out, since only one side may hold them; 3. what names another case, or mixes rehearsal and real, is
    void whatever the door judged; 4. the order; 5. each statement's effect, if its side owns the fact.
    The result depends on the set alone: no clock, no arrival order, no digest decides anything. It does
    not judge law, and it does not ask whether a statement should have been admitted. Nothing that a
    Party can sign makes it fail.

    Args:
        nodes: Admitted and void statements that name one thread, its opening statement among them.

    Raises:
        ThreadError: THREAD-001 no opening statement or several; THREAD-002 two threads mixed.

    Source:
        spec/threads.md; PROTOCOL section 2, Fold, and rules 9 and 11.
    """
    by_id = {node.id: node for node in nodes}
    # Step 1.
    root = _root(by_id)
    opening = by_id[root].statement
    # Steps 2 and 3.
    own = {
        name: replace(node, void=node.void or not belongs(node.statement, opening))
        for name, node in by_id.items()
        if same_pair(node.statement, opening)
    }
    # Step 4.
    ordered, waiting = in_order(own, root)
    # Step 5.
    folding = _Folding(opening, own)
    for name in ordered:
        folding.add(own[name])
    for name in waiting:
        folding.place(own[name], Standing.VOID if own[name].void else Standing.WAITING)
    return folding.thread(root)


def _root(by_id: Mapping[str, Node]) -> str:
    opening = [node.id for node in by_id.values() if node.statement.thread is None]
    check_one_opening(opening)
    check_one_thread(opening[0], by_id.values())
    return opening[0]


def check_one_opening(opening: list[str]) -> None:
    """Refuse a set without its opening statement, or with two."""
    if len(opening) != 1:
        raise ThreadError("THREAD-001", count=len(opening))


def check_one_thread(root: str, nodes: Iterable[Node]) -> None:
    """Refuse a set that its caller did not select by thread."""
    if any(node.statement.thread not in {None, root} for node in nodes):
        raise ThreadError("THREAD-002")


def same_pair(statement: Statement, opening: Statement) -> bool:
    """Return whether a statement goes between the two Parties of the thread."""
    pair = {opening.sending_party, opening.receiving_party}
    return {statement.sending_party, statement.receiving_party} == pair


def belongs(statement: Statement, opening: Statement) -> bool:
    """Return whether a statement is of the thread's case, and a rehearsal only if the thread is one.

    The door may have admitted it before the opening statement arrived.
    """
    return (statement.case, statement.rehearsal) == (opening.case, opening.rehearsal)


class _Folding:
    """The state of one fold in progress; it lives inside ``fold`` alone."""

    def __init__(self, opening: Statement, own: Mapping[str, Node]) -> None:
        self.opening = opening
        self.equivocations = equivocations(own.values())
        self.claims = Counter(self.seat(node.statement) for node in own.values())
        self.admitted = Counter(self.seat(node.statement) for node in own.values() if not node.void)
        self.facts = Facts()
        self.heads: dict[Side, str] = {}
        self.authorities = {Side.REQUESTING: opening.sender, Side.REQUESTED: opening.recipient}
        self.handed_over: set[Side] = set()
        self.unfounded: set[str] = set()

    def side(self, statement: Statement) -> Side:
        requesting = statement.sending_party == self.opening.sending_party
        return Side.REQUESTING if requesting else Side.REQUESTED

    def seat(self, statement: Statement) -> tuple[Side, int]:
        return self.side(statement), statement.seq

    def place(self, node: Node, standing: Standing) -> None:
        self.facts.place(Entry(node.id, node.statement, self.side(node.statement), standing))

    def add(self, node: Node) -> None:
        """Place one statement whose parents are all placed."""
        if node.void:
            self.keep_void(node)
        elif self.admitted[self.seat(node.statement)] > 1:
            self.unfounded.add(node.id)
            self.place(node, Standing.EQUIVOCATION)
        elif parents(node.statement) & self.unfounded:
            self.unfounded.add(node.id)
            self.place(node, Standing.WAITING)
        else:
            self.take(node)

    def keep_void(self, node: Node) -> None:
        """Keep a void statement in its place; what was built on a place that others claim is unfounded."""
        self.place(node, Standing.VOID)
        if self.claims[self.seat(node.statement)] > 1 or parents(node.statement) & self.unfounded:
            self.unfounded.add(node.id)
        else:
            self.heads[self.side(node.statement)] = node.id

    def take(self, node: Node) -> None:
        """Take one admitted statement, and what it changes if its side owns that."""
        statement, side = node.statement, self.side(node.statement)
        target = self.facts.target(statement)
        known = target if target is not None and target.standing is Standing.FOLDED else None
        allowed = owns(statement, side, known.statement if known else None, known.side if known else None)
        self.place(node, Standing.FOLDED if allowed else Standing.MISPLACED)
        self.heads[side] = node.id
        if allowed:
            self.act(side, statement)
            EFFECTS[type(statement)](self.facts, node.id, statement)

    def act(self, side: Side, statement: Statement) -> None:
        """Keep who acts: whom the side handed over to; until it does, whoever spoke for it last."""
        if isinstance(statement, HandOver):
            self.authorities[side] = statement.body.successor
            self.handed_over.add(side)
        elif side not in self.handed_over:
            self.authorities[side] = statement.sender

    def thread(self, root: str) -> Thread:
        return Thread(
            id=root,
            case=self.opening.case,
            requesting=self.opening.sending_party,
            requested=self.opening.receiving_party,
            entries=tuple(self.facts.entries.values()),
            requests=tuple(self.facts.requests.values()),
            terms=tuple(self.facts.terms.values()),
            heads=dict(self.heads),
            authorities=dict(self.authorities),
            equivocations=self.equivocations,
        )
