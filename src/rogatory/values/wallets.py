"""Addresses of virtual assets: the spelling of each chain, and whether its checksum holds.

A checksum that fails is a doubt and not an error: the address may have been copied from a bad picture, and
the requested Party may still recognise it. The owner is never known from an address.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Final

from rogatory.errors import ValuesError
from rogatory.values.keccak import keccak_256
from rogatory.values.reading import refang

__all__ = [
    "EVM_CHAINS",
    "base58check",
    "bech32_program",
    "evm_checksum",
    "is_segwit",
    "normalise_wallet",
]

EVM_CHAINS: Final = frozenset(
    {
        "arbitrum",
        "avalanche",
        "base",
        "bnb-smart-chain",
        "ethereum",
        "ethereum-classic",
        "optimism",
        "polygon",
    }
)
_BASE58: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BECH32: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_SEGWIT: Final = re.compile(r"(bc|tb|bcrt)1(.{6,86})")
_GENERATOR: Final = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_BECH32M: Final = 0x2BC830A3


def normalise_wallet(text: str, chain: str) -> str:
    """Return the address as the chain writes it.

    Bitcoin segregated witness and Ethereum-like addresses become lower case. An Ethereum-like address is not
    given new capitals: they would make a mistyped address look checked.

    Args:
        text: The address as seen.
        chain: Its chain, lower case; on a chain not known here the text is kept without outer spaces.

    Raises:
        ValuesError: VALUE-020 if a character or the length cannot belong to an address of that chain.

    Source:
        BIP 173, BIP 350, EIP-55; spec/values.md 5.13.
    """
    given = refang(text)
    if chain == "bitcoin":
        return _bitcoin(given)
    if chain == "tron":
        return _within(given, _BASE58, chain, 30, 36)
    if chain in EVM_CHAINS:
        found = re.fullmatch("(?:0x|0X)?([0-9A-Fa-f]{40})", given)
        if not found:
            raise ValuesError("VALUE-020", chain=chain)
        return f"0x{found[1].lower()}"
    if not re.fullmatch(r"[!-~]{1,128}", given):
        raise ValuesError("VALUE-020", chain=chain)
    return given


def is_segwit(text: str) -> bool:
    """Return whether a Bitcoin address is written in bech32, of the main or a test network."""
    return _SEGWIT.fullmatch(text.lower()) is not None


def _bitcoin(given: str) -> str:
    if found := _SEGWIT.fullmatch(given.lower()):
        _within(found[2], _BECH32, "bitcoin", 6, 86)
        return given.lower()
    return _within(given, _BASE58, "bitcoin", 25, 36)


def _within(text: str, alphabet: str, chain: str, shortest: int, longest: int) -> str:
    if not shortest <= len(text) <= longest or not set(text) <= set(alphabet):
        raise ValuesError("VALUE-020", chain=chain)
    return text


def base58check(text: str) -> bytes | None:
    """Return version byte and payload of a base58check text, ``None`` if its checksum fails.

    Args:
        text: Characters of the base58 alphabet only, at most 36.
    """
    number = 0
    for each in text:
        number = number * 58 + _BASE58.index(each)
    zeros = len(text) - len(text.lstrip("1"))
    raw = bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")
    payload, check = raw[:-4], raw[-4:]
    if len(raw) < 5 or sha256(sha256(payload).digest()).digest()[:4] != check:
        return None
    return payload


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for place, generator in enumerate(_GENERATOR):
            check ^= generator if top >> place & 1 else 0
    return check


def bech32_program(text: str) -> tuple[int, bytes] | None:
    """Return witness version and program of a lower-case segregated witness address, ``None`` if it fails.

    Version 0 needs the constant of bech32, later versions that of bech32m.

    Source:
        BIP 173 and BIP 350, section "Bech32m" and "Addresses for segregated witness outputs".
    """
    prefix, _, rest = text.rpartition("1")
    values = [_BECH32.index(each) for each in rest]
    expanded = [ord(each) >> 5 for each in prefix] + [0] + [ord(each) & 31 for each in prefix]
    version = values[0]
    if _polymod(expanded + values) != (1 if version == 0 else _BECH32M):
        return None
    number = 0
    for value in values[1:-6]:
        number = number << 5 | value
    bits = 5 * len(values[1:-6])
    if version > 16 or bits % 8 > 4 or number & ((1 << bits % 8) - 1):
        return None
    program = (number >> bits % 8).to_bytes(bits // 8, "big")
    fits = len(program) in {20, 32} if version == 0 else 2 <= len(program) <= 40
    return (version, program) if fits else None


def evm_checksum(address: str) -> str:
    """Return a lower-case Ethereum-like address with the capitals of EIP-55.

    Examples:
        >>> evm_checksum("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed")
        '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'
    """
    digits = address[2:]
    marks = keccak_256(digits.encode("ascii")).hex()
    pairs = zip(digits, marks, strict=False)
    return "0x" + "".join(each.upper() if mark >= "8" else each for each, mark in pairs)
