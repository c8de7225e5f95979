"""Envelopes: what is signed, and what is encrypted.

DSSE with two signatures, transfers (HPKE) between authorities, signed notes for checkpoints, the
chunk cipher of packages. Beside ``keys`` the only room that imports ``cryptography``. It knows
bytes and keys; the meaning of a payload is for ``statements``. It follows spec/envelopes.md and
PROTOCOL sections 2, 3 and 6.
"""

from rogatory.envelopes.dsse import Envelope, Verified, identity, pae, read, sign, verify
from rogatory.envelopes.transfer import ClearHeader, Transfer, decrypt, encrypt, read_transfer

__all__ = [
    "ClearHeader",
    "Envelope",
    "Transfer",
    "Verified",
    "decrypt",
    "encrypt",
    "identity",
    "pae",
    "read",
    "read_transfer",
    "sign",
    "verify",
]
