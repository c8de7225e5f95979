"""What a thread is called: its number, its title, the authorities that act in it."""

from __future__ import annotations

from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from rogatory.threads import RequestFold, Side, Thread
from rogatory_node.casework.selectors import ThreadView
from rogatory_node.desk.showing import wording
from rogatory_node.desk.showing.reading_request import identifier
from rogatory_node.look.pictures.words import joined, name

__all__ = ["counterpart", "items_count", "number", "other_party", "request_title", "title"]


def other_party(view: ThreadView) -> str:
    """Return the code of the other Party."""
    return view.thread.party(_other(view))


def counterpart(view: ThreadView) -> str:
    """Return the authority that last acted for the other side, or was addressed."""
    return view.thread.authorities[_other(view)]


def _other(view: ThreadView) -> Side:
    return Side.REQUESTED if view.side is Side.REQUESTING else Side.REQUESTING


def number(view: ThreadView) -> str:
    """Return the thread's number: our file's, else the asking unit's own, else its first letters."""
    if view.file is not None:
        return view.file.number
    return reference(view.thread)


def reference(thread: Thread) -> str:
    """Return what the first request calls itself; the pair of Parties and an abbreviated id if nothing."""
    stated = next(
        (each.request.body.reference for each in thread.requests if each.request.body.reference), ""
    )
    return stated or f"{thread.requesting}-{thread.requested} {thread.id[:8]}".upper()


def title(view: ThreadView) -> str:
    """Return the thread's title: our file's, else what it asks for; never an identifier."""
    if view.file is not None and view.file.title:
        return name(view.file.title)
    if not view.thread.requests:
        return wording.act(view.thread.entries[0].statement.NAME)
    first = view.thread.requests[0]
    return joined(wording.act("request", first.request.body.kind), ", ", items_count(len(first.items)))


def items_count(count: int) -> str:
    """Return ``4 items``."""
    return ngettext("{count} item", "{count} items", count).format(count=count)


def request_title(fold: RequestFold) -> SafeString:
    """Return what a lane is called: the kind, the first identifier, how many items."""
    first = next(iter(fold.items.values()))
    kind = wording.kind(fold.request.body.kind)
    return joined(kind, ": ", identifier(first.item), ", ", items_count(len(fold.items)))
