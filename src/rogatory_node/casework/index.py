"""From stored bytes to folded threads, and the row that lists need. The only projection."""

from __future__ import annotations

from rogatory import envelopes, statements, threads
from rogatory.statements import Statement
from rogatory.threads import Node, Thread
from rogatory.values import party_of
from rogatory_node.base import NodeError
from rogatory_node.casework.models import ThreadIndex, ThreadShare
from rogatory_node.records.models import SignedReceipt, SignedStatement

__all__ = ["check_shown", "document_of", "fold_thread", "project", "rebuild", "show", "taking_part"]


def document_of(row: SignedStatement) -> Statement:
    """Return the statement that a row's bytes spell; its signatures were verified when it came in."""
    outer = envelopes.read(bytes(row.envelope))
    document = statements.read_payload(outer.payloadType, outer.payload)
    if not isinstance(document, Statement):
        raise NodeError("NODE-200", found=document.NAME)
    return document


def fold_thread(thread: str, *, authority: str) -> Thread:
    """Return a thread as the Party of this authority and its counterpart both compute it.

    All authorities of the Party count, since hands change inside a thread. A statement is void if the
    receipt for it says so, whichever side gave that receipt.

    Raises:
        NodeError: NODE-500 no such thread.
        ThreadError: The opening statement is not here.
    """
    party = f"{party_of(authority)}/"
    rows = SignedStatement.objects.filter(authority__startswith=party, thread=thread)
    found = {row.statement_id: row for row in rows}
    if not found:
        raise NodeError("NODE-500")
    void = set(SignedReceipt.objects.filter(of__in=found, outcome="void").values_list("of", flat=True))
    return threads.fold(Node(name, document_of(row), void=name in void) for name, row in found.items())


def project(row: SignedStatement) -> None:
    """Bring the thread's row up to date, in the transaction that stored a statement.

    A statement whose opening has not arrived yet waits: the thread is projected when that comes.
    """
    party = f"{party_of(row.authority)}/"
    known = SignedStatement.objects.filter(authority__startswith=party, statement_id=row.thread)
    if known.exists():
        for authority in taking_part(row.thread, party):
            _write(authority, row.thread)


def taking_part(thread: str, party: str) -> set[str]:
    """Return the authorities of a Party that see a thread: who sent or received in it, and who was let in.

    Args:
        thread: The thread.
        party: The Party's prefix, such as ``vnm/``.
    """
    acted = SignedStatement.objects.filter(authority__startswith=party, thread=thread)
    let_in = ThreadShare.objects.filter(authority__startswith=party, thread=thread)
    return {*acted.values_list("authority", flat=True), *let_in.values_list("authority", flat=True)}


def check_shown(authority: str, thread: str) -> None:
    """Refuse a thread that the authority does not see, as if it did not exist.

    Raises:
        NodeError: NODE-500.
    """
    if not ThreadIndex.objects.filter(authority=authority, thread=thread).exists():
        raise NodeError("NODE-500")


def show(share: ThreadShare) -> None:
    """Write the row of a thread for an authority that was let in."""
    _write(share.authority, share.thread)


def rebuild() -> int:
    """Write every thread's row again from the bytes, and return how many there are."""
    ThreadIndex.objects.all().delete()
    seen = set(SignedStatement.objects.values_list("authority", "thread"))
    seen |= set(ThreadShare.objects.values_list("authority", "thread"))
    opened = set(SignedStatement.objects.values_list("statement_id", flat=True))
    known = sorted((authority, thread) for authority, thread in seen if thread in opened)
    for authority, thread in known:
        _write(authority, thread)
    return len(known)


def _write(authority: str, thread_id: str) -> None:
    thread = fold_thread(thread_id, authority=authority)
    first = thread.entries[0].statement
    request = thread.requests[0] if thread.requests else None
    shown = [entry.statement for entry in thread.entries]
    ThreadIndex.objects.update_or_create(
        authority=authority,
        thread=thread_id,
        defaults={
            "case": thread.case,
            "requesting": thread.requesting,
            "requested": thread.requested,
            "kind": request.request.body.kind if request else first.NAME,
            "items": len(request.items) if request else 0,
            "opened_at": first.issued_at,
            "last_at": max(each.issued_at for each in shown),
            "statements": len(shown),
            "identifiers": _identifiers(thread),
        },
    )


def _identifiers(thread: Thread) -> list[str]:
    """Return what was asked about, normalised, so that "already asked by" can be answered (art. 22)."""
    return sorted(
        {fold.item.identifier.normalised for request in thread.requests for fold in request.items.values()}
    )
