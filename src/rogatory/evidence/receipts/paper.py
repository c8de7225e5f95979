"""The receipt for people: a PDF/UA document about a verified package, with a drawing of its custody chain.

It repeats what a verification said, in words and digests, and proves nothing itself. typst and pyHanko, an
optional extra, are loaded when a receipt is made or signed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from rogatory.evidence.models import Entry
from rogatory.evidence.opening.verifying import Verification
from rogatory.evidence.receipts import pages, setting
from rogatory.evidence.receipts.chain import Link
from rogatory.evidence.receipts.words import LANGUAGES as RECEIPT_LANGUAGES
from rogatory.evidence.receipts.words import letters, words

__all__ = ["RECEIPT_LANGUAGES", "check_receipt", "receipt"]


def check_receipt(language: str = "en") -> None:
    """Refuse what would keep a receipt from being made, before a large package is read for it.

    Raises:
        EvidenceError: EVID-171 the extra is not installed; EVID-172 the language.
    """
    setting.check_installed()
    words(language)


def receipt(
    found: Verification,
    links: Sequence[Link],
    entries: Iterable[Entry] | None,
    *,
    judged: datetime,
    at: datetime,
    language: str = "en",
) -> bytes:
    """Return the receipt of a verified package: tagged PDF/UA-1, unsigned.

    The first 1,000 files are listed, and the digest of the whole list. Text from the package is data and
    never markup; what cannot be shown, or would change how others are shown, stands as its number.

    Args:
        found: What the verification said; of what fails there is no receipt.
        links: What is known of the package's way, from ``chain``.
        entries: Its table; None where no key is at hand.
        judged: The instant as of which keys were judged.
        at: When the receipt is made, UTC.
        language: Which words it is in.

    Raises:
        EvidenceError: EVID-171 the extra is not installed; EVID-172 the language; EVID-176 typst refuses;
            EVID-180 no font of this machine has its letters.

    Source:
        spec/evidence.md 15.
    """
    listed = None if entries is None else pages.listing(entries)
    page = pages.page(found, links, listed, judged=judged, at=at, said=words(language), language=language)
    return setting.typeset(page, at, letters(language))
