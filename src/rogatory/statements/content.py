"""What people approve: the content of a statement, apart from its place and its approvals.

An approval cannot cover the statement's id, because the statement carries commitments to its
approvals; and a place in the thread is taken only when the statement leaves (docs/adr/0009).
"""

from __future__ import annotations

from typing import Final

from rogatory import envelopes, wire
from rogatory.statements.header import Document
from rogatory.statements.opening import media_type_of

__all__ = ["PLACE_MEMBERS", "content_id"]

PLACE_MEMBERS: Final = frozenset({"approvals", "issued_at", "prev", "ratify_by", "seen", "seq"})


def content_id(document: Document) -> str:
    """Return the digest that approvers sign: the document without the members that sending adds.

    Anybody who holds the statement can compute it again and check an approval that is produced.

    Args:
        document: A statement, placed or not.

    Returns:
        64 hexadecimal characters.

    Source:
        spec/statements.md, section 4; PROTOCOL section 2, Approval.
    """
    members = document.model_dump(mode="json", by_alias=True, exclude_none=True)
    content = {name: value for name, value in members.items() if name not in PLACE_MEMBERS}
    return envelopes.identity(f"{media_type_of(document)};part=content", wire.canonical(content))
