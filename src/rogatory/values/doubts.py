"""What looks wrong in an identifier, a moment or a period: reasons to look again, for a person.

Validation warns; only malformed values are refused (PROTOCOL section 2). Nothing here travels.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any, Final

from rogatory.values import addresses, alike, domains, numbers, wallets
from rogatory.values.doubt import Doubt, doubt
from rogatory.values.identifiers import (
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
    Thing,
    Url,
    WalletAddress,
)
from rogatory.values.moments import Moment, Period, zone_of

__all__ = ["doubts"]

Found = Iterator[Doubt]

# Written here, not taken from ``ipaddress.is_private``, whose answer changes between versions of Python.
_NETWORKS: Final = {
    "DOUBT-001": ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"),
    "DOUBT-002": ("100.64.0.0/10",),
    "DOUBT-003": (
        *("0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3"),
        *("::/128", "::1/128", "fe80::/10", "ff00::/8"),
    ),
    "DOUBT-004": ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "3fff::/20"),
    "DOUBT-005": ("::ffff:0:0/96", "64:ff9b::/96", "2002::/16", "2001::/32"),
}
_RANGES: Final = tuple((ip_network(each), code) for code, networks in _NETWORKS.items() for each in networks)
_SPECIAL: Final = frozenset(
    {"alt", "arpa", "example", "internal", "invalid", "local", "localhost", "onion", "test"}
)


def _ip(text: str) -> Found:
    address: IPv4Address | IPv6Address = ip_address(text)
    for network, code in _RANGES:
        if address.version == network.version and address in network:
            yield doubt(code, range=str(network))


def _ip_address(value: IpAddress) -> Found:
    yield from _ip(value.normalised)
    port = addresses.ip_and_port(value.verbatim)[1]
    if port is not None and port not in {value.source_port, value.destination_port}:
        yield doubt("DOUBT-006", port=port)


def _phone(value: Phone) -> Found:
    if "(0)" in value.verbatim:
        yield doubt("DOUBT-007")
    if "+" not in value.verbatim:
        yield doubt("DOUBT-008")
    if len(value.normalised) < 8:
        yield doubt("DOUBT-009", digits=len(value.normalised) - 1)


def _name(name: str) -> Found:
    labels = name.split(".")
    if len(labels) == 1:
        yield doubt("DOUBT-010")
    if labels[-1] in _SPECIAL:
        yield doubt("DOUBT-011", ending=labels[-1])
    for place, label in enumerate(labels, 1):
        shown = domains.unicode_label(label)
        if shown is None:
            yield doubt("DOUBT-012", label=place)
        elif label != shown:
            yield from _letters(shown)
            if set(shown) & domains.DEVIATIONS:
                yield doubt("DOUBT-013", label=place)


def _letters(text: str) -> Found:
    """Yield doubts about the characters of a name that is not all ASCII."""
    if alike.mixes_scripts(text):
        yield doubt("DOUBT-014")
    if alike.imitates_latin(text):
        yield doubt("DOUBT-015")


def _handle(text: str) -> Found:
    yield from _letters(text)
    for place in alike.ambiguous(text):
        yield doubt("DOUBT-016", position=place, point=f"U+{ord(text[place - 1]):04X}")


def _email(value: Email) -> Found:
    local, _, name = value.normalised.rpartition("@")
    yield from _handle(local)
    if local != local.lower():
        yield doubt("DOUBT-017")
    if "+" in local:
        yield doubt("DOUBT-018")
    yield from _name(name)


def _host(host: str) -> Found:
    bare = host.removeprefix("[").removesuffix("]")
    yield from _ip(bare) if bare != host or re.fullmatch("[0-9.]+", host) else _name(host)


def _url(value: Url) -> Found:
    parts = addresses.url_parts(value.normalised)
    if parts["user"] is not None:
        yield doubt("DOUBT-019")
    yield from _host(str(parts["host"]))


def _iban(value: Iban) -> Found:
    expected = numbers.IBAN_LENGTHS.get(value.normalised[:2])
    if expected is None:
        yield doubt("DOUBT-020", prefix=value.normalised[:2])
    elif len(value.normalised) != expected:
        yield doubt("DOUBT-021", length=len(value.normalised), expected=expected)
    if not numbers.iban_checks(value.normalised):
        yield doubt("DOUBT-022")


def _wallet(value: WalletAddress) -> Found:
    if value.chain == "bitcoin":
        yield from _bitcoin(value)
    elif value.chain == "tron":
        payload = wallets.base58check(value.normalised)
        if payload is None or len(payload) != 21 or payload[0] != 0x41:
            yield doubt("DOUBT-023", chain="tron")
    elif value.chain in wallets.EVM_CHAINS:
        yield from _evm(value)
    else:
        yield doubt("DOUBT-025", chain=value.chain)


def _bitcoin(value: WalletAddress) -> Found:
    text = value.normalised
    if wallets.is_segwit(text):
        given = value.verbatim.strip()
        good = wallets.bech32_program(text) is not None and given in {given.lower(), given.upper()}
        test = not text.startswith("bc1")
    else:
        payload = wallets.base58check(text) or b""
        good = len(payload) == 21 and payload[0] in {0x00, 0x05, 0x6F, 0xC4}
        test = payload[:1] in {b"\x6f", b"\xc4"}
    if not good:
        yield doubt("DOUBT-023", chain="bitcoin")
    if test:
        yield doubt("DOUBT-026")


def _evm(value: WalletAddress) -> Found:
    digits = value.verbatim.strip()[-40:]
    if digits in {digits.lower(), digits.upper()}:
        yield doubt("DOUBT-024")
    elif wallets.evm_checksum(value.normalised)[2:] != digits:
        yield doubt("DOUBT-023", chain=value.chain)


def _file_hash(value: FileHash) -> Found:
    if value.algorithm in {"md5", "sha1"}:
        yield doubt("DOUBT-027", algorithm=value.algorithm)


def _moment(moment: Moment) -> Found:
    if moment.normalised is None or moment.zone is None:
        return
    local = moment.normalised.astimezone(zone_of(moment.zone))
    hours = {f"{local.hour}", f"{local.hour:02}", f"{local.hour % 12}", f"{local.hour % 12:02}"}
    pattern = rf"(?<![0-9])(?:{'|'.join(sorted(hours))})\D?{local.minute:02}(?![0-9]{{2}}(?![0-9]))"
    if not re.search(pattern, moment.verbatim):
        yield doubt("DOUBT-029")
    if not re.search(r"[0-9]:[0-9]{2}:[0-9]{2}", moment.verbatim):
        yield doubt("DOUBT-030")


def _person(value: Person) -> Found:
    if value.born is None and value.document is None:
        yield doubt("DOUBT-032")


def _period(period: Period) -> Found:
    start, end = period.start, period.end
    for each in (start, end):
        yield from doubts(each) if each else ()
    if start and end and start.normalised and end.normalised and end.normalised < start.normalised:
        yield doubt("DOUBT-031")


_BY_TYPE: Final[dict[type, Callable[[Any], Found]]] = {
    IpAddress: _ip_address,
    Phone: _phone,
    Email: _email,
    Url: _url,
    Domain: lambda value: _name(value.normalised),
    Account: lambda value: _handle(value.normalised) if value.form == "handle" else iter(()),
    Iban: _iban,
    BankAccount: lambda _: iter(()),
    WalletAddress: _wallet,
    FileHash: _file_hash,
    Person: _person,
    Thing: lambda _: iter(()),
    Matter: lambda _: iter(()),
    Moment: _moment,
    Period: _period,
}


def doubts(value: Identifier | Moment | Period) -> tuple[Doubt, ...]:
    """Return every reason to look again at a value that was read, each once, in a fixed order.

    No doubt is no proof: a well-formed address can still be another person's.

    Args:
        value: An identifier, a moment or a period.

    Source:
        spec/values.md 8.

    Examples:
        >>> from rogatory.values import read
        >>> [each.code for each in doubts(read("ip_address", "192.168.1.20"))]
        ['DOUBT-001']
    """
    found = list(_BY_TYPE[type(value)](value))
    if not isinstance(value, Period) and alike.invisible(value.verbatim):
        found.append(doubt("DOUBT-028", position=alike.invisible(value.verbatim)[0]))
    return tuple(dict.fromkeys(found))
