"""IP addresses, URLs and e-mail addresses: one spelling each."""

from __future__ import annotations

import re
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import Final

from rogatory.errors import ValuesError
from rogatory.values.domains import normalise_domain
from rogatory.values.reading import nfc, refang

__all__ = ["host_of", "ip_and_port", "normalise_email", "normalise_ip", "normalise_url", "url_parts"]

_IP_AND_PORT: Final = re.compile(
    r"(?:\[(?P<six>[0-9A-Fa-f:.]+)\]|(?P<four>[0-9.]+))(?::(?P<port>[0-9]{1,5}))?", re.ASCII
)
# A backslash before the host is refused: some readers take it for a slash and go to another host.
_URL: Final = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?:(?P<user>[^/?#@\\]*)@)?(?P<host>\[[^\]/?#@]*\]|[^/?#@:\[\]\\]*)"
    r"(?::(?P<port>[0-9]{0,5}))?(?P<path>/[^?#]*)?(?P<query>\?[^#]*)?(?P<fragment>#.*)?",
    re.DOTALL,
)
_DEFAULT_PORT: Final = {"http": 80, "ws": 80, "https": 443, "wss": 443, "ftp": 21}
# RFC 3986 unreserved and reserved characters; everything else travels as percent-encoded UTF-8.
_UNSAFE: Final = re.compile(r"%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]")
_TRIPLET: Final = re.compile(r"%[0-9A-Fa-f]{2}")
_LOCAL: Final = re.compile(r"""[^\s@<>(),;:\\"\[\]]{1,64}|"(?:[^"\\\n]|\\[^\n]){0,62}\"""")


def ip_and_port(text: str) -> tuple[str, int | None]:
    """Return the address in canonical text, and the port that stands beside it, if any.

    The text does not say whether that port is the source or the destination; neither does this.

    Args:
        text: IPv4, IPv6, ``address:port`` or ``[address]:port``; no zone index, no leading zeros.

    Raises:
        ValuesError: VALUE-012 if it is no address.

    Source:
        RFC 5952 sections 4 to 6; spec/values.md 5.5.
    """
    given = refang(text)
    if ":" in given:
        try:
            return _six(given), None
        except ValuesError:
            pass
    found = _IP_AND_PORT.fullmatch(given)
    if not found:
        raise ValuesError("VALUE-012")
    port = int(found["port"]) if found["port"] else None
    if port is not None and not 1 <= port <= 65_535:
        raise ValuesError("VALUE-012")
    return (_six(found["six"]) if found["six"] else _four(found["four"])), port


def _four(text: str) -> str:
    try:
        return str(IPv4Address(text))
    except AddressValueError as error:
        raise ValuesError("VALUE-012") from error


def _six(text: str) -> str:
    try:
        address = IPv6Address(text)
    except AddressValueError as error:
        raise ValuesError("VALUE-012") from error
    if address.scope_id is not None:
        raise ValuesError("VALUE-012")
    # RFC 5952 section 5. Versions of Python differ on this text, so it is written here.
    mapped = address.ipv4_mapped
    return f"::ffff:{mapped}" if mapped is not None else str(address)


def normalise_ip(text: str) -> str:
    """Return the address alone, in canonical text.

    Raises:
        ValuesError: VALUE-012.
    """
    return ip_and_port(text)[0]


def host_of(text: str) -> str:
    """Return a host as a canonical address (IPv6 in brackets) or as a domain in A-labels.

    Raises:
        ValuesError: VALUE-012 for bad brackets, VALUE-015 if it is neither.
    """
    if text.startswith("["):
        return f"[{_six(text.removeprefix('[').removesuffix(']'))}]"
    try:
        return _four(text)
    except ValuesError:
        return normalise_domain(text)


def url_parts(text: str) -> dict[str, str | None]:
    """Return scheme, user, host, port, path, query and fragment as they are written.

    Raises:
        ValuesError: VALUE-016 if it is no URL with an authority.
    """
    found = _URL.fullmatch(refang(text))
    if not found or not found["host"]:
        raise ValuesError("VALUE-016")
    return found.groupdict()


def normalise_url(text: str) -> str:
    """Return the URL with scheme and host in lower case, no default port, and safe characters only.

    It keeps user information, dot segments, query and fragment: what was seen is what was seen.

    Raises:
        ValuesError: VALUE-016 if no URL can be read from it.

    Source:
        RFC 3986 sections 6.2.2 and 6.2.3, without path segment removal; spec/values.md 5.8.
    """
    parts = url_parts(text)
    scheme = str(parts["scheme"]).lower()
    try:
        host = host_of(str(parts["host"]))
    except ValuesError as error:
        raise ValuesError("VALUE-016") from error
    port = int(parts["port"]) if parts["port"] else None
    if port is not None and not 1 <= port <= 65_535:
        raise ValuesError("VALUE-016")
    user = f"{_escape(parts['user'])}@" if parts["user"] else ""
    shown_port = f":{port}" if port is not None and port != _DEFAULT_PORT.get(scheme) else ""
    rest = _escape(parts["path"] or "/") + _escape(parts["query"] or "") + _escape(parts["fragment"] or "")
    return f"{scheme}://{user}{host}{shown_port}{rest}"


def _escape(text: str) -> str:
    safe = _UNSAFE.sub(lambda found: "".join(f"%{byte:02X}" for byte in found.group().encode()), text)
    return _TRIPLET.sub(lambda found: found.group().upper(), safe)


def normalise_email(text: str) -> str:
    """Return the address with its domain in A-labels; the local part keeps its case.

    It does not join addresses that one provider delivers to one mailbox: only the provider knows.

    Raises:
        ValuesError: VALUE-014 if no address can be read from it.

    Source:
        RFC 5321 sections 2.3.11 and 4.1.2, RFC 6531; spec/values.md 5.7.
    """
    given = refang(text)
    given = refang(given[7:]) if given[:7].lower() == "mailto:" else given
    local, at, domain = given.rpartition("@")
    if not at or not _LOCAL.fullmatch(local):
        raise ValuesError("VALUE-014")
    try:
        return f"{nfc(local)}@{normalise_domain(domain)}"
    except ValuesError as error:
        raise ValuesError("VALUE-014") from error
