"""Setting the receipt: data and a fixed template into PDF/UA-1 by typst; no text is part of the template."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from importlib import import_module
from importlib.resources import files
from tempfile import TemporaryDirectory
from typing import Any, Final

from rogatory.errors import EvidenceError
from rogatory.evidence.receipts.words import escaped

__all__ = ["TEMPLATE", "check_installed", "typeset"]

TEMPLATE: Final = "receipt.typ"
# typst tells what no font here can show; its neighbours in Unicode are then written as numbers too.
MISSING: Final = re.compile(r'the text `"(.*)"` could not be displayed', re.DOTALL)
NUMBER: Final = re.compile(r"\\u\{([0-9a-f]{1,6})\}")
BLOCK: Final = 128
TRIES: Final = 16
# Each try looks for a font for each letter; what many rare letters cost is bounded by fewer tries.
LETTERS: Final = 100_000
SYSTEM_FONTS = True
# What the fonts inside typst can show: Latin with its accents, Greek, Cyrillic, punctuation.
SURE: Final = (range(0x500), range(0x1E00, 0x2000), range(0x200B, 0x200C), range(0x2010, 0x2028))


def check_installed() -> None:
    """Refuse to go on without the extra that sets receipts.

    Raises:
        EvidenceError: EVID-171.
    """
    _typst()


def typeset(page: dict[str, Any], at: datetime, own: str = "") -> bytes:
    """Return the page as PDF/UA-1; the same page and instant give the same bytes on the same machine.

    What no font of this machine can show stands as its number. No file but the template is read, and no
    network is used.

    Args:
        page: Every text, as data; none of it is markup to typst.
        at: The instant that the document bears.
        own: Letters of the page's own words, which are never shown as numbers.

    Raises:
        EvidenceError: EVID-171 the extra is not installed; EVID-176 typst refuses; EVID-180 no font here has
            the letters of the words.
    """
    typst, kept = _typst(), frozenset(own)
    blocks: set[int] = set()
    rare = sum(1 for each in json.dumps(page, ensure_ascii=False) if not _is_sure(each))
    for _ in range(min(TRIES, LETTERS // (rare + 1))):
        try:
            return _compiled(typst, page, at, _outside(blocks, kept))
        except typst.TypstError as error:
            found = _missing(error)
            if found is None:
                raise EvidenceError("EVID-176", reason=_reason(error)) from error
            if found <= blocks:
                break
            blocks |= found
    try:
        return _compiled(typst, page, at, lambda each: each in kept or _is_sure(each))
    except typst.TypstError as error:
        if _missing(error):
            raise EvidenceError("EVID-180", language=page["language"]) from error
        raise EvidenceError("EVID-176", reason=_reason(error)) from error


def _is_sure(each: str) -> bool:
    return any(ord(each) in sure for sure in SURE)


def _outside(blocks: set[int], kept: frozenset[str]) -> Callable[[str], bool]:
    return lambda each: each in kept or ord(each) // BLOCK not in blocks


def _reason(error: Any) -> str:
    return (str(error).splitlines() or [""])[0].rstrip(".")[:160]


def _typst() -> Any:
    try:
        return import_module("typst")
    except ImportError:
        raise EvidenceError("EVID-171") from None


def _compiled(typst: Any, page: dict[str, Any], at: datetime, shown: Callable[[str], bool]) -> bytes:
    text = json.dumps(page, ensure_ascii=False)
    # Quotes, braces and backslashes of JSON are all shown, so its form stays what it is.
    safe = "".join(each if shown(each) else escaped(each).replace("\\", "\\\\") for each in text)
    with TemporaryDirectory() as empty:
        pdf, _ = typst.compile_with_warnings(
            _template(),
            root=empty,
            ignore_system_fonts=not SYSTEM_FONTS,
            package_path=empty,
            package_cache_path=empty,
            sys_inputs={"page": safe, "at": at.astimezone(UTC).strftime("%Y %m %d %H %M %S")},
            pdf_standards=["ua-1"],
            timestamp=int(at.timestamp()),
        )
    return bytes(pdf)


@cache
def _template() -> bytes:
    return files("rogatory.evidence.receipts").joinpath(TEMPLATE).read_bytes()


def _missing(error: Any) -> set[int] | None:
    """Return the blocks of the characters that typst could not show; None if it refused something else."""
    found = MISSING.search(str(error.message))
    if found is None:
        return None
    told = NUMBER.sub(lambda each: chr(int(each[1], 16)), found[1])
    return {ord(each) // BLOCK for each in told if ord(each) >= BLOCK}
