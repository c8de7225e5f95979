"""Short names that must be written in one way: Parties, authorities, digests, nonces, languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Final

from rogatory.errors import ValuesError
from rogatory.values.text import as_text, text_type

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "AuthorityId",
    "ChainName",
    "Digest",
    "LanguageTag",
    "Nonce",
    "PartyCode",
    "StatementId",
    "party_of",
]

_PARTY: Final = r"[a-z]{3}"
_AUTHORITY: Final = r"[a-z]{3}/[a-z0-9][a-z0-9-]{0,39}"
_HEX_256: Final = r"[0-9a-f]{64}"
_CHAIN: Final = r"[a-z0-9][a-z0-9-]{0,39}"
_LANGUAGE: Final = r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?"


def _matching(pattern: str, code: str, what: str) -> Callable[[object], str]:
    """Return a check that the whole text matches, and that raises ``code`` if it does not."""
    compiled = re.compile(pattern)

    def check(value: object) -> str:
        text = as_text(value, what)
        if not compiled.fullmatch(text):
            raise ValuesError(code)
        return text

    return check


_check_party = _matching(_PARTY, "VALUE-005", "a Party code")
_check_authority = _matching(_AUTHORITY, "VALUE-006", "an authority")
_check_hex = _matching(_HEX_256, "VALUE-007", "64 hexadecimal digits")
_check_chain = _matching(_CHAIN, "VALUE-019", "a chain")
_check_language = _matching(_LANGUAGE, "VALUE-008", "a language tag")


def party_of(authority: str) -> str:
    """Return the code of the Party that the authority acts for.

    It does not say that the authority exists: the register does.

    Args:
        authority: ``<party>/<name>``, such as ``vnm/a05``.

    Raises:
        ValuesError: VALUE-001 not text, VALUE-006 not an authority.

    Source:
        PROTOCOL section 2; spec/values.md 4.2.

    Examples:
        >>> party_of("vnm/a05")
        'vnm'
    """
    return _check_authority(authority).partition("/")[0]


PartyCode = Annotated[str, *text_type(_check_party, pattern=f"^{_PARTY}$")]
"""A Party by its ISO 3166-1 alpha-3 code in lower case. Whether it is a Party is for the register."""

AuthorityId = Annotated[str, *text_type(_check_authority, pattern=f"^{_AUTHORITY}$")]
"""An authority, ``<party>/<name>``: 1 to 40 of a-z, 0-9 and hyphen, not beginning with a hyphen."""

Digest = Annotated[str, *text_type(_check_hex, pattern=f"^{_HEX_256}$")]
"""A SHA-256 digest: 64 lowercase hexadecimal digits."""

StatementId = Digest
"""The id of a statement: SHA-256 of the DSSE PAE of its payload (PROTOCOL rule 1)."""

Nonce = Annotated[str, *text_type(_check_hex, pattern=f"^{_HEX_256}$")]
"""256 random bits: 64 lowercase hexadecimal digits."""

LanguageTag = Annotated[str, *text_type(_check_language, pattern=f"^{_LANGUAGE}$")]
"""A language, if needed with script and region: ``fr``, ``zh-Hans``, ``pt-BR`` (RFC 5646 subset)."""

ChainName = Annotated[str, *text_type(_check_chain, pattern=f"^{_CHAIN}$")]
"""The chain of a virtual asset: ``bitcoin``, ``ethereum``, ``tron``, or one that is not known here."""
