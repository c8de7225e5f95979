"""From stored bytes to folded threads, and the rows that lists and searches need. The only projection."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import F

from rogatory import envelopes, statements, threads
from rogatory.statements import KindName, Request, Statement
from rogatory.threads import Node, Thread
from rogatory.values import party_of
from rogatory_node.base import NodeError
from rogatory_node.casework import deliveries
from rogatory_node.casework.models import IdentifierIndex, ThreadIndex, ThreadShare
from rogatory_node.records.models import SignedReceipt, SignedStatement

__all__ = [
    "check_shown",
    "digest_of",
    "document_of",
    "fold_thread",
    "kind_of",
    "project",
    "rebuild",
    "show",
    "taking_part",
]

LABEL: Final = b"rogatory/identifier-index/v1\x00"


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
    judged = SignedReceipt.objects.filter(authority__startswith=party, outcome="void")
    void = set(judged.filter(of__in=rows.values("statement_id")).values_list("of", flat=True))
    return threads.fold(Node(name, document_of(row), void=name in void) for name, row in found.items())


def kind_of(request: str, *, authority: str) -> KindName | None:
    """Return the kind of a request that the authority's Party made or was made; None if it is not here."""
    party = f"{party_of(authority)}/"
    row = SignedStatement.objects.filter(authority__startswith=party, statement_id=request).first()
    found = document_of(row) if row is not None else None
    return found.body.kind if isinstance(found, Request) else None


def project(row: SignedStatement) -> Thread | None:
    """Bring what is derived from a thread up to date, in the transaction that stored a statement.

    A statement whose opening has not arrived yet waits: the thread is projected when that comes, and until
    then this returns None.
    """
    party = f"{party_of(row.authority)}/"
    known = SignedStatement.objects.filter(authority__startswith=party, statement_id=row.thread)
    if not known.exists():
        return None
    thread = fold_thread(row.thread, authority=row.authority)
    for authority in taking_part(row.thread, party):
        _write(authority, thread)
    deliveries.follow(thread, party)
    return thread


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


def show(share: ThreadShare) -> Thread:
    """Write the rows of a thread for an authority that was let in, and return the thread."""
    thread = fold_thread(share.thread, authority=share.authority)
    _write(share.authority, thread)
    return thread


def rebuild() -> int:
    """Write every thread's rows again from the bytes, and return how many there are; all or nothing.

    Raises:
        RogatoryError: Stored bytes cannot be read any more; nothing was changed.
    """
    with transaction.atomic():
        ThreadIndex.objects.all().delete()
        IdentifierIndex.objects.all().delete()
        # What opens a thread names none, and the thread bears its id.
        opened = SignedStatement.objects.filter(thread=F("statement_id")).order_by("thread")
        count = 0
        for authority, thread_id in list(opened.values_list("authority", "thread")):
            party = f"{party_of(authority)}/"
            thread = fold_thread(thread_id, authority=authority)
            for each in sorted(taking_part(thread_id, party)):
                _write(each, thread)
                count += 1
            deliveries.mark_recalled(thread)
    return count


def digest_of(normalised: str) -> str:
    """Return under what an identifier is found again: HMAC-SHA256 by a key of this node.

    Whoever reads the table alone cannot try identifiers against it. The key follows from the node's secret;
    if that is changed, ``rogatory node reindex`` writes the table anew.
    """
    key = hmac.digest(settings.SECRET_KEY.encode(), LABEL, hashlib.sha256)
    return hmac.digest(key, normalised.encode("utf-8", "surrogatepass"), hashlib.sha256).hex()


def _write(authority: str, thread: Thread) -> None:
    first = thread.entries[0].statement
    request = thread.requests[0] if thread.requests else None
    shown = [entry.statement for entry in thread.entries]
    ThreadIndex.objects.update_or_create(
        authority=authority,
        thread=thread.id,
        defaults={
            "case": thread.case,
            "requesting": thread.requesting,
            "requested": thread.requested,
            "kind": request.request.body.kind if request else first.NAME,
            "items": len(request.items) if request else 0,
            "opened_at": first.issued_at,
            "last_at": max(each.issued_at for each in shown),
            "statements": len(shown),
        },
    )
    _write_identifiers(authority, thread)


def _write_identifiers(authority: str, thread: Thread) -> None:
    """Note what was asked about, so that "already asked by" can be answered (art. 22; PRACTICE section 1)."""
    wanted = {digest_of(each) for each in _identifiers(thread)}
    held = IdentifierIndex.objects.filter(authority=authority, thread=thread.id)
    known = set(held.values_list("digest", flat=True))
    held.filter(digest__in=known - wanted).delete()
    IdentifierIndex.objects.bulk_create(
        IdentifierIndex(authority=authority, thread=thread.id, digest=each) for each in sorted(wanted - known)
    )


def _identifiers(thread: Thread) -> Iterable[str]:
    for request in thread.requests:
        for fold in request.items.values():
            yield fold.item.identifier.normalised
