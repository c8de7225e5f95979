"""The paste reader: what identifiers stand in a line. Candidates for an officer, never a decision."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rogatory.errors import ValuesError
from rogatory.values.doubts import doubts
from rogatory.values.identifiers import Identifier, read

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["recognise"]

MAX_LINE: Final = 4096

_TOKEN: Final = re.compile(r"[^\s,;|\"'`\u2018-\u201f\u00ab\u00bb†]+")
# Days and times are no telephone numbers; they are taken out before those are sought.
_DAY_OR_TIME: Final = re.compile(
    r"(?<!\d)(?:(?:0?[1-9]|[12]\d|3[01])[-/.](?:0?[1-9]|1[0-2])[-/.](?:19|20)\d{2}"
    r"|(?:19|20)\d{2}[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01])"
    r"|\d{1,2}:\d{2}(?::\d{2})?(?: ?(?:UTC|GMT)?[+-]\d{1,2}(?!\d))?)(?!\d)",
    re.ASCII,
)
# Numbers that people group with spaces; each match is tried whole.
_GROUPED: Final = (
    ("iban", re.compile(r"(?<!\w)[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?!\w)")),
    ("phone", re.compile(r"(?<![\w+])(?:\+|00)[1-9](?:[ ().\-\u00a0]{0,2}(?:\(0\) ?)?[0-9]){6,13}(?!\w)")),
)
_HASHES: Final = {32: "md5", 40: "sha1", 64: "sha256", 96: "sha384", 128: "sha512"}
# Endings of file names that no registry has as a top-level domain.
_FILE: Final = re.compile(
    r"\.(?:csv|dll|docx?|eml|exe|gif|html?|jpe?g|json|log|msg|pdf|png|pptx?|txt|xlsx?|xml)$", re.IGNORECASE
)
_CERTAIN_FAULTS: Final = frozenset({"DOUBT-020", "DOUBT-021", "DOUBT-022", "DOUBT-023"})


def recognise(text: str) -> list[tuple[str, Identifier]]:
    """Return the identifiers that stand in a pasted line, in the order in which they stand.

    It prefers silence to noise: numbers with a checksum are reported only if it holds, and accounts, bank
    accounts and national telephone numbers are not reported at all, since the line does not say at whose.
    An Ethereum-like address is reported on ``ethereum``; the line does not say on which chain it was used.

    Args:
        text: One line; what is longer than 4,096 code points is not looked at.

    Returns:
        Pairs of kind and identifier; each ``verbatim`` is the piece of the line it was read from.

    Source:
        spec/values.md 9.

    Examples:
        >>> [(kind, found.normalised) for kind, found in recognise("203[.]0.113.57 12/03/2028 23:47")]
        [('ip_address', '203.0.113.57')]
    """
    line = text[:MAX_LINE]
    found: list[tuple[int, Identifier]] = []
    for match in _TOKEN.finditer(line):
        if identifier := _token(_trim(match.group())):
            found.append((match.start(), identifier))
            line = _blank(line, match)
    for match in _DAY_OR_TIME.finditer(line):
        line = _blank(line, match)
    for kind, pattern in _GROUPED:
        for match in pattern.finditer(line):
            if identifier := _try(kind, match.group()):
                found.append((match.start(), identifier))
                line = _blank(line, match)
    return [(identifier.kind, identifier) for _, identifier in sorted(found, key=lambda each: each[0])]


def _blank(line: str, match: re.Match[str]) -> str:
    """Return the line without what was read, at the same length, so that places still hold."""
    return line[: match.start()] + "\0" * len(match.group()) + line[match.end() :]


def _trim(token: str) -> str:
    """Return the token without the punctuation of the sentence around it."""
    token = token.strip("<>!?").rstrip(".,")
    token = token if token.endswith("::") else token.removesuffix(":")
    if token.startswith("(") and token.endswith(")"):
        return token[1:-1]
    return token if token.count("(") == token.count(")") else token.strip("()")


def _try(kind: str, verbatim: str, **particulars: object) -> Identifier | None:
    try:
        identifier = read(kind, verbatim, **particulars)
    except ValuesError:
        return None
    sure = not _CERTAIN_FAULTS & {each.code for each in doubts(identifier)}
    return identifier if sure else None


def _token(token: str) -> Identifier | None:
    for kind, particulars in _kinds(token):
        if (identifier := _try(kind, token, **particulars)) is not None:
            return identifier
    return None


def _kinds(token: str) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield what a token may be, the most telling form first."""
    if "://" in token or "[://]" in token:
        yield "url", {}
        return
    if "@" in token or re.search(r"[\[({](?:@|at)[\])}]", token, re.IGNORECASE):
        yield "email", {}
        return
    if re.fullmatch("0[xX][0-9A-Fa-f]{40}", token):
        yield "wallet_address", {"chain": "ethereum"}
    elif re.fullmatch("[0-9A-Fa-f]+", token) and len(token) in _HASHES:
        yield "file_hash", {"algorithm": _HASHES[len(token)]}
    elif re.fullmatch("[A-Za-z0-9]{25,90}", token):
        yield "wallet_address", {"chain": "bitcoin"}
        yield "wallet_address", {"chain": "tron"}
    if "." in token or token.count(":") >= 2:
        yield "ip_address", {}
    plain = re.sub(r"[\[({](?:\.|dot)[\])}]", ".", token)
    if re.search(r"\.(?:[^\W\d_]{2,}|xn--[a-z0-9-]+)$", plain) and not _FILE.search(plain):
        yield "domain", {}
