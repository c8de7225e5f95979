"""What a request is made of: instants, digests, Party codes, identifiers; frozen, and the same on both sides.

It holds no law, no clock and no keys, and it opens no file and no socket. A value that cannot be parsed is
refused with a ``ValuesError``; a value that can be parsed and looks wrong carries a doubt, for a person.
It follows spec/values.md and PROTOCOL section 2.
"""

from __future__ import annotations

from rogatory.values.base import Frozen
from rogatory.values.categories import DataCategory, Measure
from rogatory.values.doubt import Doubt
from rogatory.values.doubts import doubts
from rogatory.values.identifiers import (
    KINDS,
    Account,
    BankAccount,
    Domain,
    Email,
    FileHash,
    Iban,
    Identifier,
    IpAddress,
    Matter,
    Person,
    Phone,
    Source,
    Thing,
    Url,
    WalletAddress,
    cause_of,
    read,
)
from rogatory.values.instants import Day, Instant, instant_text, parse_day, parse_instant
from rogatory.values.moments import Moment, Period, Zone, read_moment, zone_of
from rogatory.values.recognise import recognise
from rogatory.values.scalars import (
    AuthorityId,
    ChainName,
    Digest,
    LanguageTag,
    Nonce,
    PartyCode,
    StatementId,
    party_of,
)
from rogatory.values.text import Base64, ShortText, Text, base64_text, check_line, check_text, parse_base64

__all__ = [
    "KINDS",
    "Account",
    "AuthorityId",
    "BankAccount",
    "Base64",
    "ChainName",
    "DataCategory",
    "Day",
    "Digest",
    "Domain",
    "Doubt",
    "Email",
    "FileHash",
    "Frozen",
    "Iban",
    "Identifier",
    "Instant",
    "IpAddress",
    "LanguageTag",
    "Matter",
    "Measure",
    "Moment",
    "Nonce",
    "PartyCode",
    "Period",
    "Person",
    "Phone",
    "ShortText",
    "Source",
    "StatementId",
    "Text",
    "Thing",
    "Url",
    "WalletAddress",
    "Zone",
    "base64_text",
    "cause_of",
    "check_line",
    "check_text",
    "doubts",
    "instant_text",
    "parse_base64",
    "parse_day",
    "parse_instant",
    "party_of",
    "read",
    "read_moment",
    "recognise",
    "zone_of",
]
