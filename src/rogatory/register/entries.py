"""Key entries: a pair's public half with its dates and its proof of possession, ready to be published."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from rogatory.errors import RegisterError
from rogatory.keys import EncryptionPair, KeyEntry, Pair, Purpose, SigningPair, prove_possession

__all__ = ["LIFETIMES", "key_entries", "key_entry"]

# Days for which a key is used, and for which it is believed (PROTOCOL section 3: encryption keys live 90
# days and their private half 45 more; a signing key is believed at least 90 days longer than it signs).
LIFETIMES: Final = {
    Purpose.IDENTITY: (5 * 365, 10 * 365),
    Purpose.REGISTER: (2 * 365, 3 * 365),
    Purpose.STATEMENT: (365, 2 * 365),
    Purpose.TRANSPORT: (365, 365 + 90),
    Purpose.ENCRYPTION: (90, 135),
    Purpose.ARCHIVE: (5 * 365, 10 * 365),
    Purpose.SEAL: (365, 2 * 365),
    Purpose.LOG: (2 * 365, 10 * 365),
    Purpose.WITNESS: (2 * 365, 10 * 365),
}


def key_entry(pair: Pair, start: datetime, *, identity: SigningPair | None = None) -> KeyEntry:
    """Return the entry of a key with the lifetime of its purpose, possession proved.

    Args:
        pair: The private key; a signing key proves itself.
        start: From when it is used, UTC.
        identity: The authority's identity key, which vouches for an encryption key.

    Raises:
        RegisterError: REG-028 an encryption key without its authority's identity key.
    """
    if isinstance(pair, EncryptionPair):
        if identity is None or identity.public.authority != pair.public.authority:
            raise RegisterError("REG-028", authority=pair.public.authority)
        possession = prove_possession(identity, pair.public)
    else:
        possession = prove_possession(pair, pair.public)
    sign, believe = LIFETIMES[pair.public.purpose]
    return KeyEntry(
        key=pair.public,
        valid_from=start,
        sign_until=start + timedelta(days=sign),
        verify_until=start + timedelta(days=believe),
        possession=possession,
    )


def key_entries(pairs: Iterable[Pair], start: datetime) -> tuple[KeyEntry, ...]:
    """Return the entries of one authority's pairs; the identity key among them vouches.

    Raises:
        RegisterError: REG-028 there is an encryption key and no identity key.
    """
    every = tuple(pairs)
    found = (
        pair for pair in every if isinstance(pair, SigningPair) and pair.public.purpose is Purpose.IDENTITY
    )
    identity = next(found, None)
    return tuple(key_entry(pair, start, identity=identity) for pair in every)
