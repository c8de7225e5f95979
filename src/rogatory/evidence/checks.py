"""What a package must withstand: each check by itself, so that a test can take one away.

A function here raises or returns None. Its callers reach it through this module. An error names
files of the package and numbers of entries; the paths inside are encrypted and stay out of errors.
"""

from __future__ import annotations

import hmac
import re
import stat
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Final

from rogatory.errors import EvidenceError
from rogatory.evidence import names
from rogatory.keys import KeyEntry, Purpose

__all__: list[str] = []

# A sealer's clock may run ahead of the reader's by this much.
CLOCK_SKEW: Final = timedelta(minutes=5)

# Two for each segment that a seal can name, and its small files.
MAX_FILES: Final = 2 * (100_000 + 1000) + 1000 + 2

# What a package key may be wrapped for.
OPENS: Final = frozenset((Purpose.ENCRYPTION, Purpose.ARCHIVE))

COVERED_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}(/[A-Za-z0-9][A-Za-z0-9._-]{0,63})?")
# The seal covers these in another way, or cannot: data and legal by their segments, receipt later.
OWN_RULES: Final = ("data/", "legal/", "receipt/")


def check_payload_type(found: str, wanted: str) -> None:
    """Refuse an envelope that is signed as something else than a seal."""
    if found != wanted:
        raise EvidenceError("EVID-027", found=found)


def check_sealer(sealed_by: str, signer: KeyEntry) -> None:
    """Refuse a seal in the name of another authority than its signer."""
    if signer.key.authority != sealed_by:
        raise EvidenceError("EVID-026", named=sealed_by, signer=signer.key.authority)


def check_rehearsal(rehearsal: bool, signer: KeyEntry) -> None:  # noqa: FBT001 - a member of the seal
    """Refuse a rehearsal that passes as real, or the other way round."""
    if signer.key.rehearsal != rehearsal:
        raise EvidenceError("EVID-027", found="rehearsal")


def check_sealing_time(sealed_at: datetime, at: datetime, signer: KeyEntry) -> None:
    """Refuse a seal that claims a time when its key was not to sign, or a time to come."""
    if not signer.valid_from <= sealed_at <= signer.sign_until or sealed_at > at + CLOCK_SKEW:
        raise EvidenceError("EVID-028", claimed=sealed_at.isoformat())


def check_covered_names(paths: Collection[str], needed: Collection[str]) -> None:
    """Refuse a seal whose list of files names one twice, climbs, or lacks one that must be there."""
    fits = all(COVERED_NAME.fullmatch(path) and not path.startswith(OWN_RULES) for path in paths)
    alike = {path.casefold() for path in paths}
    if not fits or len(alike) != len(paths) or not set(needed) <= set(paths):
        raise EvidenceError("EVID-029")


def check_no_missing_file(listed: Collection[str], found: Collection[str]) -> None:
    """Refuse a package that lacks a file which the seal names."""
    for path in sorted(set(listed) - set(found)):
        raise EvidenceError("EVID-021", path=path)


def check_no_extra_file(listed: Collection[str], found: Collection[str]) -> None:
    """Refuse a package that holds a file which the seal does not name."""
    for path in sorted(set(found) - set(listed)):
        raise EvidenceError("EVID-022", path=path)


def check_count(found: int) -> None:
    """Refuse a folder of more files than any seal can list, before all of them are held in memory."""
    if found > MAX_FILES:
        raise EvidenceError("EVID-022", path="more files than any seal lists")


def check_sizes(listed: Mapping[str, int], found: Mapping[str, int]) -> None:
    """Refuse a file that is longer or shorter than the seal says."""
    for path, size in listed.items():
        if path in found and found[path] != size:
            raise EvidenceError("EVID-025", path=path)


def check_limit(path: str, size: int, limit: int) -> None:
    """Refuse a file above what any package needs."""
    if size > limit:
        raise EvidenceError("EVID-025", path=path)


def check_size(path: str, found: int, size: int) -> None:
    """Refuse a file that ends before or after where the seal says."""
    if found != size:
        raise EvidenceError("EVID-025", path=path)


def check_regular(path: str, mode: int) -> None:
    """Refuse a link, a device or anything else that is no plain file."""
    if not stat.S_ISREG(mode):
        raise EvidenceError("EVID-023", path=path, reason="not a plain file")


def check_digest(path: str, found: str, sealed: str) -> None:
    """Refuse a file of which a byte differs."""
    if not hmac.compare_digest(found, sealed):
        raise EvidenceError("EVID-024", path=path)


def check_recipients(
    package: str, wraps: Collection[tuple[str, str]], sealed: tuple[str, Collection[tuple[str, str]]]
) -> None:
    """Refuse a list of recipients that is another package's, or names others than the seal."""
    if package != sealed[0] or list(wraps) != list(sealed[1]):
        raise EvidenceError("EVID-030")


def check_recipient_key(authority: str, known: KeyEntry | None) -> None:
    """Refuse a recipient's key that the register knows as somebody else's, or for another use."""
    if known is None:
        return
    if known.key.authority != authority or known.key.purpose not in OPENS:
        raise EvidenceError("EVID-036", named=authority, owner=known.key.authority)


def check_segment_size(path: str, found: int, size: int) -> None:
    """Refuse a segment whose rows do not add up to its bytes."""
    if found != size:
        raise EvidenceError("EVID-031", path=path)


def check_used_once(path: str, values: Collection[bytes]) -> None:
    """Refuse a nonce, or a key's commitment, that stands twice in one segment."""
    if len(set(values)) != len(values):
        raise EvidenceError("EVID-034", path=path)


def check_segment_root(path: str, found: str, sealed: str) -> None:
    """Refuse a segment of which a byte of ciphertext or of a row differs."""
    if not hmac.compare_digest(found, sealed):
        raise EvidenceError("EVID-032", path=path)


def check_ciphertext_root(found: str, sealed: str) -> None:
    """Refuse a seal whose root over the segments is not theirs."""
    if not hmac.compare_digest(found, sealed):
        raise EvidenceError("EVID-033")


def check_receipt_is_of(seal: object, digest: str) -> None:
    """Refuse a custody receipt for another event than this seal."""
    if seal != digest:
        raise EvidenceError("EVID-035")


def check_announced(found: str, announced: str | None) -> None:
    """Refuse a package whose seal is not the one that a statement announced."""
    if announced is not None and not hmac.compare_digest(found, announced):
        raise EvidenceError("EVID-070")


def check_table_whole(found: int, expected: int) -> None:
    """Refuse a table that ends within a record."""
    if found != expected:
        raise EvidenceError("EVID-041")


def check_padding_empty(padding: bytes) -> None:
    """Refuse padding that could carry a message."""
    if padding.strip(b"\x00"):
        raise EvidenceError("EVID-041")


def check_line_length(line: bytes, limit: int) -> None:
    """Refuse a line that no entry needs."""
    if len(line) > limit:
        raise EvidenceError("EVID-041")


def check_table_end(rest: bytes, *, padded: int, expected: int) -> None:
    """Refuse a table that ends within a line, or is padded to another size than the rule gives."""
    if rest or padded != expected:
        raise EvidenceError("EVID-041")


def check_one_spelling(number: int, line: bytes, canonical: bytes) -> None:
    """Refuse an entry that is spelled in another way than the canonical one."""
    if line != canonical:
        raise EvidenceError("EVID-040", entry=number, reason="not canonical")


def check_members(number: int, kind: str, present: Collection[str]) -> None:
    """Refuse an entry that lacks what its kind has, or has what it cannot have."""
    content = {"size", "sha256", "keys", "place"}
    wanted = content if kind == "file" else {"target"} if kind == "link" else set()
    if {name for name in present if name in content | {"target"}} != wanted:
        raise EvidenceError("EVID-040", entry=number, reason="members")


def check_path(number: int, path: str) -> None:
    """Refuse a path that climbs out, or that some system could not hold."""
    reason = names.fault(path)
    if reason is not None:
        raise EvidenceError("EVID-042", entry=number, reason=reason)


def check_order(number: int, before: tuple[bytes, ...], key: tuple[bytes, ...]) -> None:
    """Refuse a path that stands twice or out of order, or lies below a file."""
    if key <= before or (before and key[: len(before)] == before):
        raise EvidenceError("EVID-043", entry=number)


def check_no_alike(number: int, folded: str, taken: Collection[str]) -> None:
    """Refuse a name that some file system would take for another one of its folder."""
    if folded in taken:
        raise EvidenceError("EVID-044", entry=number)


def check_entry_tree(size: int, root: str, sealed: tuple[int, str]) -> None:
    """Refuse a table that is not the one under the seal."""
    if size != sealed[0] or not hmac.compare_digest(root, sealed[1]):
        raise EvidenceError("EVID-045")


def check_place(number: int, found: tuple[int, int, int, int], expected: tuple[int, int, int, int]) -> None:
    """Refuse an entry that does not begin where the one before it ended, or has too many chunks."""
    if found != expected:
        raise EvidenceError("EVID-046", entry=number)


def check_nothing_hidden(path: str, left: int) -> None:
    """Refuse ciphertext that belongs to no entry."""
    if left:
        raise EvidenceError("EVID-047", path=path)


def check_file_key(number: int, found: bytes, committed: str) -> None:
    """Refuse an entry whose key is not the one it commits to."""
    if not hmac.compare_digest(found.hex(), committed):
        raise EvidenceError("EVID-048", entry=number)


def check_file_root(number: int, found: str, sealed: str) -> None:
    """Refuse an entry whose chunks are not those it names."""
    if not hmac.compare_digest(found, sealed):
        raise EvidenceError("EVID-049", entry=number)


def check_chunk_length(number: int, found: int, expected: int) -> None:
    """Refuse a chunk that is not full, but for a file's last one, which ends where the entry says."""
    if found != expected:
        raise EvidenceError("EVID-050", entry=number)


def check_plain_digest(number: int, found: str, sealed: str) -> None:
    """Refuse a file that has another SHA-256 than its entry says."""
    if not hmac.compare_digest(found, sealed):
        raise EvidenceError("EVID-051", entry=number)


def check_case_size(size: int, limit: int) -> None:
    """Refuse a description of a case that is larger than any honest one."""
    if size > limit:
        raise EvidenceError("EVID-052")


def check_case_lines(count: int) -> None:
    """Refuse a description of a case that is not one line."""
    if count != 1:
        raise EvidenceError("EVID-052")


def check_case_document(document: object, line: bytes, canonical: bytes) -> None:
    """Refuse a description of a case that is no JSON object, or not in its canonical form."""
    if not isinstance(document, dict) or line != canonical:
        raise EvidenceError("EVID-052")
