"""Domain names: the A-label form that a registry knows, beside the text as it was seen.

Mapping follows nameprep (RFC 3491) with the four characters that IDNA 2008 reads differently kept as they are
(RFC 5894 section 7.2), which is what registries and browsers do today. It does not ask the DNS.
"""

from __future__ import annotations

import re
import stringprep
from typing import Final
from unicodedata import ucd_3_2_0

from rogatory.errors import ValuesError
from rogatory.values.reading import refang

__all__ = ["DEVIATIONS", "normalise_domain", "unicode_label"]

DEVIATIONS: Final = frozenset("ßς\u200c\u200d")
_DOTS: Final = re.compile("[.\u3002\uff0e\uff61]")
# Wider than host names (RFC 952): names with an outer hyphen or an underscore exist and are asked about.
_LABEL: Final = re.compile(r"[a-z0-9_-]{1,63}")
_PROHIBITED: Final = (
    stringprep.in_table_c12,
    stringprep.in_table_c22,
    stringprep.in_table_c3,
    stringprep.in_table_c4,
    stringprep.in_table_c5,
    stringprep.in_table_c6,
    stringprep.in_table_c7,
    stringprep.in_table_c8,
    stringprep.in_table_c9,
)


def normalise_domain(text: str) -> str:
    """Return the domain in lower-case A-labels, without a trailing dot.

    It does not say that the name exists, that it is registered, or that it is the one meant.

    Args:
        text: A name in any of the ways it is written: U-labels, A-labels, capitals, defanged.

    Raises:
        ValuesError: VALUE-015 if no domain name can be read from it.

    Source:
        spec/values.md 5.9.

    Examples:
        >>> normalise_domain("Bücher[.]example.")
        'xn--bcher-kva.example'
    """
    # 253 is the limit of the name itself; the mapping can only be asked about something near it.
    name = refang(text)
    if not 1 <= len(name) <= 254:
        raise ValuesError("VALUE-015")
    labels = _DOTS.split(name)
    if len(labels) > 1 and not labels[-1]:
        labels.pop()
    done = ".".join(_label(each) for each in labels)
    # A last label of digits is an address that somebody mistyped, never a name (RFC 3696 section 2).
    if len(done) > 253 or done.rpartition(".")[2].isdecimal():
        raise ValuesError("VALUE-015")
    return done


def _label(label: str) -> str:
    mapped = label.lower() if label.isascii() else _map(label)
    ascii_part = "".join(each for each in mapped if each.isascii())
    if not mapped.isascii():
        # Mapping can bring in a dot or a slash (U+2024, U+2100): such a label would name another host.
        if re.search(r"[^a-z0-9_-]", ascii_part):
            raise ValuesError("VALUE-015")
        mapped = "xn--" + mapped.encode("punycode").decode("ascii")
    if not _LABEL.fullmatch(mapped):
        raise ValuesError("VALUE-015")
    return mapped


def _map(label: str) -> str:
    text = ucd_3_2_0.normalize("NFKC", "".join(_map_character(each) for each in label))
    for each in text:
        if each not in DEVIATIONS and any(prohibited(each) for prohibited in _PROHIBITED):
            raise ValuesError("VALUE-015")
    return text


def _map_character(character: str) -> str:
    if character in DEVIATIONS:
        return character
    if stringprep.in_table_a1(character):
        return _lower(character)
    if stringprep.in_table_b1(character):
        return ""
    return stringprep.map_table_b2(character)


def _lower(character: str) -> str:
    # A letter newer than Unicode 3.2 gets the small form of Unicode 14, which every supported Python has.
    # U+1C89 and what begins at U+A7CB came later: Pythons differ on them, so they stay.
    return character.lower() if ord(character) < 0xA7CB and character != "\u1c89" else character


def unicode_label(label: str) -> str | None:
    """Return the U-label of an A-label, the label itself if it is no A-label, ``None`` if it does not decode.

    For display and for doubts only; the text is not safe to show without escaping.
    """
    if not label.startswith("xn--"):
        return label
    try:
        text = label[4:].encode("ascii").decode("punycode")
        return text if _label(text) == label else None
    except (UnicodeError, ValuesError):
        return None
