"""What a request is made of: instants, digests, Party codes, identifiers; frozen, and the same on both sides.

It holds no law, no clock and no keys, and it opens no file and no socket. A value that cannot be parsed is
refused with a ``ValuesError``; a value that can be parsed and looks wrong carries a doubt, for a person.
It follows spec/values.md and PROTOCOL section 2.
"""

from __future__ import annotations

from rogatory.values.base import Frozen
from rogatory.values.instants import Day, Instant, instant_text, parse_day, parse_instant
from rogatory.values.scalars import (
    AuthorityId,
    Digest,
    LanguageTag,
    Nonce,
    PartyCode,
    StatementId,
    party_of,
)
from rogatory.values.text import Base64, ShortText, Text, base64_text, check_line, check_text, parse_base64

__all__ = [
    "AuthorityId",
    "Base64",
    "Day",
    "Digest",
    "Frozen",
    "Instant",
    "LanguageTag",
    "Nonce",
    "PartyCode",
    "ShortText",
    "StatementId",
    "Text",
    "base64_text",
    "check_line",
    "check_text",
    "instant_text",
    "parse_base64",
    "parse_day",
    "parse_instant",
    "party_of",
]
