"""Telephone numbers, bank accounts and file digests: one spelling each."""

from __future__ import annotations

import re
from typing import Final

from rogatory.errors import ValuesError
from rogatory.values.reading import fold_digits, refang, without

__all__ = [
    "HASH_DIGITS",
    "IBAN_LENGTHS",
    "iban_checks",
    "normalise_account_number",
    "normalise_hash",
    "normalise_iban",
    "normalise_phone",
]

_SEPARATORS: Final = " \u00a0\u2007\u202f-\u2010\u2011\u2012\u2013./"
_E164: Final = re.compile(r"\+[1-9][0-9]{1,14}")
_IBAN: Final = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{8,30}")
_ACCOUNT: Final = re.compile(r"[A-Z0-9]{1,34}")

HASH_DIGITS: Final = {"md5": 32, "sha1": 40, "sha256": 64, "sha384": 96, "sha512": 128}

# The IBAN registry of ISO 13616: length by country code of two letters.
_IBAN_LENGTHS: Final = """
AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29
ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20
LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29
PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20
YE30
"""
IBAN_LENGTHS: Final = {entry[:2]: int(entry[2:]) for entry in _IBAN_LENGTHS.split()}


def normalise_phone(text: str) -> str:
    """Return the number as ``+`` and 2 to 15 digits.

    A national number is refused, since the Party whose numbering plan it follows is not written in it.

    Raises:
        ValuesError: VALUE-013 if no international number can be read from it.

    Source:
        ITU-T E.164 section 6; spec/values.md 5.6.

    Examples:
        >>> normalise_phone("+33 (0)1 99 00 12 34")
        '+33199001234'
    """
    given = fold_digits(refang(text))
    given = given[4:] if given[:4].lower() == "tel:" else given
    # The trunk zero in brackets is dialled at home only.
    digits = without(given.replace("(0)", "", 1), _SEPARATORS + "()")
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    if not _E164.fullmatch(digits):
        raise ValuesError("VALUE-013")
    return digits


def normalise_iban(text: str) -> str:
    """Return the IBAN in capitals without separators; its check digits may be wrong.

    Raises:
        ValuesError: VALUE-017 if it does not have the shape of an IBAN.

    Source:
        ISO 13616-1; spec/values.md 5.11.
    """
    given = without(fold_digits(refang(text)), _SEPARATORS)
    given = given[4:] if given[:4].upper() == "IBAN" else given
    iban = given.removeprefix(":").upper() if given.isascii() else ""
    if not _IBAN.fullmatch(iban):
        raise ValuesError("VALUE-017")
    return iban


def iban_checks(iban: str) -> bool:
    """Return whether the check digits of a normalised IBAN hold (ISO 7064 mod 97-10)."""
    turned = iban[4:] + iban[:4]
    return int("".join(str(int(each, 36)) for each in turned)) % 97 == 1


def normalise_account_number(text: str) -> str:
    """Return a bank account number in capitals and digits without separators; leading zeros stay.

    Raises:
        ValuesError: VALUE-018 if it holds anything else or more than 34 characters.
    """
    given = without(fold_digits(refang(text)), _SEPARATORS)
    number = given.upper() if given.isascii() else ""
    if not _ACCOUNT.fullmatch(number):
        raise ValuesError("VALUE-018")
    return number


def normalise_hash(text: str, algorithm: str) -> str:
    """Return the digest of a file in lower-case hexadecimal digits.

    Raises:
        ValuesError: VALUE-021 if it is not as many hexadecimal digits as the algorithm gives.
    """
    given = refang(text).lower()
    digits = given.removeprefix(f"{algorithm}:").removeprefix("0x")
    if len(digits) != HASH_DIGITS.get(algorithm) or not re.fullmatch("[0-9a-f]+", digits):
        raise ValuesError("VALUE-021", algorithm=algorithm)
    return digits
