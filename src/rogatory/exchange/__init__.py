"""Exchange: the peer protocol without a database.

Issue a statement, accept one at the door, check a receipt, decide when to try again, sign HTTP
messages. All of it is pure but the client's one POST; storing and committing are the node's. It
follows spec/exchange.md and PROTOCOL section 3.
"""

from rogatory.exchange.accept import (
    TRANSFER_TYPE,
    Accept,
    Door,
    Memory,
    Place,
    Refuse,
    Repeat,
    accept,
    receipt_for,
)
from rogatory.exchange.http_message import HttpRequest, HttpResponse
from rogatory.exchange.http_signature import (
    REMEMBER,
    Caller,
    new_nonce,
    sign_request,
    sign_response,
    verify_request,
    verify_response,
)
from rogatory.exchange.issue import Issued, check_receipt, encrypt_for, issue
from rogatory.exchange.retry import Outcome, Retry, retry

__all__ = [
    "REMEMBER",
    "TRANSFER_TYPE",
    "Accept",
    "Caller",
    "Door",
    "HttpRequest",
    "HttpResponse",
    "Issued",
    "Memory",
    "Outcome",
    "Place",
    "Refuse",
    "Repeat",
    "Retry",
    "accept",
    "check_receipt",
    "encrypt_for",
    "issue",
    "new_nonce",
    "receipt_for",
    "retry",
    "sign_request",
    "sign_response",
    "verify_request",
    "verify_response",
]
