"""Two Parties that write to each other over a line that loses, repeats and reorders."""

from __future__ import annotations

from dataclasses import dataclass, field

from rogatory import statements, threads
from rogatory.exchange import Place
from rogatory.exchange.accept import judge_place
from rogatory.statements import Statement
from support.world import header

__all__ = ["Side"]


@dataclass
class Side:
    """One Party: what it holds, as ``fold`` takes it, and what the door answers."""

    authority: str
    other: str
    root: str
    held: dict[str, threads.Node] = field(default_factory=dict)

    def thread(self) -> threads.Thread | None:
        """Return the thread as this side sees it; nothing before its opening statement is here."""
        return threads.fold(self.held.values()) if self.root in self.held else None

    def say(self, model, body, **changes) -> Statement | None:
        """Return this side's next statement, placed as an honest node places it unless told otherwise.

        None if this side has told two stories at one place: nothing can follow on that.
        """
        thread = self.thread()
        assert thread is not None
        own = thread.side_of(self.authority[:3])
        heads = dict(thread.heads)
        mine = heads.pop(own, None)
        counted = {threads.Standing.FOLDED, threads.Standing.MISPLACED, threads.Standing.VOID}
        seqs = [
            each.statement.seq for each in thread.entries if each.side is own and each.standing in counted
        ]
        place = {
            "thread": self.root,
            "sender": self.authority,
            "recipient": self.other,
            "seq": max(seqs, default=0) + 1,
            "prev": mine,
            "seen": tuple(heads.values()),
        }
        place |= changes
        if place["prev"] is None and (place["seq"] > 1 or not place["seen"]):
            return None
        statement = model(**header(**place), body=body)
        self.keep(statement)
        return statement

    def keep(self, statement: Statement, *, void: bool = False) -> str:
        """Hold a statement."""
        name, _, _ = statements.payload_of(statement)
        self.held[name] = threads.Node(name, statement, void=void)
        return name

    def take(self, statement: Statement) -> bool:
        """Judge a statement at the door, hold it, and return whether it is void; once and for ever."""
        name, _, _ = statements.payload_of(statement)
        if name not in self.held:
            self.keep(statement, void=judge_place(statement, self._place(statement)) is not None)
        return self.held[name].void

    def learn(self, statement: Statement, *, void: bool) -> None:
        """Hold the receipt of an own statement."""
        self.keep(statement, void=void)

    def _place(self, statement: Statement) -> Place:
        thread = statement.thread
        known = [
            each.statement
            for each in self.held.values()
            if thread and thread in {each.id, each.statement.thread} and not each.void
        ]
        if not known:
            return Place(thread_known=False)
        first = known[0]
        theirs = {
            each.statement.seq: each.id
            for each in self.held.values()
            if each.statement in known and each.statement.sending_party == statement.sending_party
        }
        return Place(
            thread_known=True,
            parties=frozenset({first.sending_party, first.receiving_party}),
            case=first.case,
            rehearsal=first.rehearsal,
            holder=theirs.get(statement.seq),
            previous=theirs.get(statement.seq - 1),
        )
