"""What is known while a thread is folded. It lives inside one fold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from rogatory.statements import Statement
from rogatory.threads.model import Entry, ItemFold, RequestFold, TermsFold
from rogatory.threads.order import parents

__all__ = ["Facts"]


@dataclass
class Facts:
    """What is known so far: the entries in order, the requests, and what each entry comes after."""

    entries: dict[str, Entry] = field(default_factory=dict)
    requests: dict[str, RequestFold] = field(default_factory=dict)
    terms: dict[str, TermsFold] = field(default_factory=dict)
    after: dict[str, frozenset[str]] = field(default_factory=dict)

    def place(self, entry: Entry) -> None:
        """Add an entry, which comes after all that its parents come after.

        Only corrections and extensions are kept: whether a later statement has seen them matters.
        """
        before = [self.after.get(name, frozenset()) for name in parents(entry.statement)]
        self.after[entry.id] = frozenset().union(*before)
        self.entries[entry.id] = entry

    def target(self, statement: Statement) -> Entry | None:
        """Return the entry that a statement speaks of, if it speaks of one that is placed."""
        return self.entries.get(getattr(statement.body, "of", ""))  # type: ignore[attr-defined]  # every type has a body

    def unseen_correction(self, name: str, item: ItemFold) -> bool:
        """Return whether an item was corrected by what a statement does not come after by its parents."""
        return item.corrected_by is not None and item.corrected_by not in self.after[name]

    def change_entry(self, name: str, **changes: str | bool | tuple[str, ...] | None) -> None:
        """Replace some members of an entry."""
        self.entries[name] = replace(self.entries[name], **changes)  # type: ignore[arg-type]  # checked by the dataclass

    def change_request(self, name: str, **changes: Any) -> None:
        """Replace some members of a request."""
        self.requests[name] = replace(self.requests[name], **changes)

    def change_items(self, name: str, numbers: Sequence[int], change: Callable[[ItemFold], ItemFold]) -> None:
        """Change some items of a request, or all of them if no number is given."""
        items = dict(self.requests[name].items)
        for number in numbers or tuple(items):
            if before := items.get(number):
                items[number] = change(before)
        self.change_request(name, items=items)
