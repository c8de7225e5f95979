"""Keys: purposes, pairs, rings by instant, files.

Every key has two halves (one classical, one post-quantum), one authority and one purpose; the
register states it, and a message never chooses. This room signs and checks bytes; what the bytes
mean is for ``envelopes``. It follows spec/keys.md, PROTOCOL rules 3 to 6 and section 7.
"""

from rogatory.keys.files import load, save
from rogatory.keys.pairs import EncryptionPair, Pair, SigningPair, new_pair, pair_from_seed
from rogatory.keys.public import PublicKey, verify
from rogatory.keys.purposes import SUITES, Purpose, Suite
from rogatory.keys.ring import KeyEntry, KeyRing, check_possession, prove_possession

__all__ = [
    "SUITES",
    "EncryptionPair",
    "KeyEntry",
    "KeyRing",
    "Pair",
    "PublicKey",
    "Purpose",
    "SigningPair",
    "Suite",
    "check_possession",
    "load",
    "new_pair",
    "pair_from_seed",
    "prove_possession",
    "save",
    "verify",
]
