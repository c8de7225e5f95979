"""What ``rogatory law pin`` reads and says: the user's copy of a text, and what of it does not line up."""

from __future__ import annotations

import io
from collections.abc import Iterator
from html import unescape
from importlib import import_module
from typing import Any, Final

from rogatory import instruments
from rogatory.errors import LawError
from rogatory.law import Fault, Pinned, Wrong

__all__ = ["LARGEST", "report", "text_of", "told"]

LARGEST: Final = 32 * 1024 * 1024
PAGES: Final = 2_000
LETTERS: Final = 8 * 1024 * 1024

BLOCKS: Final = frozenset(
    ("address", "article", "blockquote", "br", "caption", "center", "dd", "div", "dl", "dt", "h1", "h2", "h3")
) | frozenset(("h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul"))
SILENT: Final = frozenset(("head", "noscript", "script", "style", "template"))

WORDS: Final = {
    Wrong.MISSING: "is here and not in the text",
    Wrong.EXTRA: "is in the text and not here",
    Wrong.ORDER: "stands elsewhere in the text",
    Wrong.HEADING: "has another heading",
}


def text_of(data: bytes) -> str:
    """Return the lines of a file: plain text or HTML in UTF-8, or PDF. Nothing of it is kept.

    Raises:
        LawError: LAW-711 it is none of the three, or holds too many letters; LAW-712 a PDF that cannot be
            read; LAW-713 a PDF, and the extra is not installed.
    """
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return _pdf(data)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LawError("LAW-711", problem=f"the byte at {error.start} is no UTF-8") from None
    if "\0" in text:
        raise LawError("LAW-711", problem="it holds a zero byte")
    if len(text) > LETTERS:
        raise LawError("LAW-711", problem=f"it has more than {LETTERS} letters")
    return _html(text) if _is_html(text) else text


def _is_html(text: str) -> bool:
    start = text[:4096].lstrip().lower()
    return start.startswith(("<!doctype html", "<html", "<?xml")) or "<body" in start or "<p>" in start


def _html(text: str) -> str:
    """Return the text of a page, a line for each block; nothing that a browser would not show.

    A copy of a treaty needs no browser, and a page made to keep its reader busy finds one here that looks at
    each character once.
    """
    parts, silent = [], 0
    for piece in _uncommented(text).split("<"):
        tag, closed, shown = piece.partition(">")
        name = _name(tag)
        if name in SILENT:
            silent = max(0, silent + (-1 if tag.startswith("/") else 1))
        parts.append("\n" if name in BLOCKS else "")
        if closed and not silent:
            # A line break in the source of a page is a space.
            parts.append(" ".join(f"x{unescape(shown)}x".split())[1:-1])
    return "".join(parts)


def _name(tag: str) -> str:
    words = tag[:20].strip("/").split(maxsplit=1)
    return words[0].rstrip("/").lower() if words else ""


def _uncommented(text: str) -> str:
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0:
        kept.append(text[at:start])
        end = text.find("-->", start + 4)
        at = len(text) if end < 0 else end + 3
    return "".join((*kept, text[at:]))


def _pdf(data: bytes) -> str:
    try:
        pypdf = import_module("pypdf")
    except ImportError:
        raise LawError("LAW-713") from None
    try:
        pages = pypdf.PdfReader(io.BytesIO(data), strict=False).pages
        check_pages(len(pages))
        return _joined(page.extract_text() for page in pages)
    except LawError:
        raise
    except Exception as error:  # noqa: BLE001 - a reader of hostile bytes may fail in any way
        raise LawError("LAW-712", problem=type(error).__name__) from None


def check_pages(count: int) -> None:
    """Refuse a PDF of more pages than any treaty has."""
    if count > PAGES:
        raise LawError("LAW-712", problem=f"it has {count} pages, more than {PAGES}")


def _joined(pages: Iterator[str]) -> str:
    found, size = [], 0
    for each in pages:
        size += len(each)
        if size > LETTERS:
            raise LawError("LAW-712", problem=f"it has more than {LETTERS} letters")
        found.append(each)
    return "\n".join(found)


def report(pinned: Pinned) -> dict[str, Any]:
    """Return what did not line up as data."""
    return {
        "instrument": pinned.instrument,
        "digest": instruments.instrument(pinned.instrument).digest,
        "compared": pinned.compared,
        "headings": pinned.headings,
        "unnumbered": pinned.unnumbered,
        "faults": [
            {
                "wrong": str(each.wrong),
                "ref": each.ref,
                "citation": each.citation,
                "ours": each.ours,
                "theirs": each.theirs,
            }
            for each in pinned.faults
        ],
    }


def told(pinned: Pinned) -> Iterator[str]:
    """Yield what did not line up, for a person."""
    yield f"{instruments.instrument(pinned.instrument).title}"
    yield f"  {pinned.compared} articles, paragraphs and points were looked for."
    yield f"  {pinned.headings} headings were compared." if pinned.headings else "  No heading was compared."
    if pinned.unnumbered:
        yield f"  {pinned.unnumbered} places here bear no number in the text; nothing is said of them."
    yield ""
    yield "Everything lines up." if not pinned.faults else f"Does not line up: {len(pinned.faults)}"
    for each in pinned.faults:
        yield f"  {each.citation} {WORDS[each.wrong]}{_more(each)}"
    yield ""
    yield "The text was read and forgotten. Whether a paraphrase says what it says, a reader has to tell."


def _more(fault: Fault) -> str:
    if fault.wrong is Wrong.HEADING:
        return f": here {fault.ours}; there {fault.theirs}"
    return f": {fault.theirs}" if fault.theirs else ""
