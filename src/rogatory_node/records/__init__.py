"""The node's truth: signed bytes, receipts, what is due, and the custody log; columns are only an index.

It keeps what it is handed and gives it back. It verifies no signature (``exchange`` does, before), knows no
officer (``people``) and no law. Everything that an act writes is written in the transaction of the act, and
``reindex`` rebuilds every column from the bytes. It follows PROTOCOL sections 3 and 5 and DESIGN section 4.
"""

__all__ = [
    "columns",
    "heads",
    "inbox",
    "log",
    "memory",
    "models",
    "outbox",
    "reindex",
    "seen",
    "statements",
]
