"""What a disclosure and a release must withstand: each check by itself, as in ``checks``."""

from __future__ import annotations

import hmac
from bisect import bisect_right
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Final

from rogatory.errors import EvidenceError
from rogatory.evidence.checks import CLOCK_SKEW
from rogatory.keys import KeyEntry
from rogatory.statements import UseConditions
from rogatory.values import party_of

__all__: list[str] = []

USES: Final = ("intelligence", "lead", "evidence")


def check_seal(named: str, found: str) -> None:
    """Refuse a disclosure that is about another seal than the one beside it."""
    if not hmac.compare_digest(named, found):
        raise EvidenceError("EVID-201")


def check_one_spelling(what: str, data: bytes, canonical: bytes) -> None:
    """Refuse a document that is spelled in another way than the canonical one."""
    if data != canonical:
        raise EvidenceError("EVID-202", what=what, reason="not canonical")


def check_number(what: str, number: int, before: int, size: int) -> None:
    """Refuse a line that stands out of order, twice, or beyond the table."""
    if not before < number < size:
        raise EvidenceError("EVID-202", what=what, reason="number")


def check_salts(what: str, found: int, expected: int) -> None:
    """Refuse salts that are not one of 16 bytes a member: another cut would give another leaf."""
    if found != expected:
        raise EvidenceError("EVID-202", what=what, reason="salts")


def check_hidden(what: str, places: Sequence[int], total: int) -> None:
    """Refuse places of hidden members that repeat, descend or lie outside."""
    if sorted(set(places)) != list(places) or any(place >= total for place in places):
        raise EvidenceError("EVID-202", what=what, reason="hidden")


def check_shown(what: str, needed: Collection[str], present: Collection[str]) -> None:
    """Refuse content without the members by which it is checked."""
    if not set(needed) <= set(present):
        raise EvidenceError("EVID-202", what=what, reason="members")


def check_part(what: str, first: int, count: int, chunks: int) -> None:
    """Refuse a range that lies beyond its file."""
    if first + count > chunks:
        raise EvidenceError("EVID-202", what=what, reason="chunks")


def check_root(found: str, sealed: str) -> None:
    """Refuse entries that are not those under the seal."""
    if not hmac.compare_digest(found, sealed):
        raise EvidenceError("EVID-203")


def check_hashes(found: int, expected: int) -> None:
    """Refuse a proof with a hash too few or too many."""
    if found != expected:
        raise EvidenceError("EVID-204")


def check_accounted(ranges: Sequence[tuple[int, int]], whole: Collection[int], size: int) -> None:
    """Refuse a list of what is withheld that leaves an entry out, or names one that is given."""
    kept, at, starts = 0, 0, [first for first, _ in ranges]
    for first, last in ranges:
        if not at <= first <= last < size:
            raise EvidenceError("EVID-205")
        kept, at = kept + last - first + 1, last + 1
    for number in whole:
        place = bisect_right(starts, number) - 1
        if place >= 0 and number <= ranges[place][1]:
            raise EvidenceError("EVID-205")
    if kept + len(whole) != size:
        raise EvidenceError("EVID-205")


def check_nothing_left(path: str, left: int) -> None:
    """Refuse bytes that belong to nothing that is given."""
    if left:
        raise EvidenceError("EVID-206", path=path)


def check_enough(path: str, found: int, expected: int) -> None:
    """Refuse a file that ends before what is given does."""
    if found != expected:
        raise EvidenceError("EVID-206", path=path)


def check_released_seal(named: tuple[str, str], found: tuple[str, str]) -> None:
    """Refuse a release of another package, or under another seal."""
    if named != found:
        raise EvidenceError("EVID-220")


def check_releaser(named: str, signer: KeyEntry) -> None:
    """Refuse a release in the name of another authority than its signer."""
    if signer.key.authority != named:
        raise EvidenceError("EVID-221", named=named, signer=signer.key.authority)


def check_release_time(at: datetime, sealed_at: datetime, now: datetime, signer: KeyEntry) -> None:
    """Refuse a release before its seal, to come, or when its key was not to sign."""
    if not signer.valid_from <= at <= signer.sign_until or not sealed_at <= at <= now + CLOCK_SKEW:
        raise EvidenceError("EVID-222", claimed=at.isoformat())


def check_no_wider(given: UseConditions | None, sealed: UseConditions | None) -> None:
    """Refuse conditions of use that allow more than the seal's."""
    if sealed is None:
        return
    if given is None:
        raise EvidenceError("EVID-223", member="conditions")
    sooner = sealed.destroy_by is None or (
        given.destroy_by is not None and given.destroy_by <= sealed.destroy_by
    )
    fits = {
        "use": USES.index(given.use) <= USES.index(sealed.use),
        "onward": given.onward in (sealed.onward, "not_without_consent"),
        "proceedings": not sealed.proceedings
        or (bool(given.proceedings) and set(given.proceedings) <= set(sealed.proceedings)),
        "destroy_by": sooner,
        "words": sealed.words is None or given.words == sealed.words,
    }
    for member, holds in fits.items():
        if not holds:
            raise EvidenceError("EVID-223", member=member)


def check_still_held(destroy_by: date | None, at: datetime) -> None:
    """Refuse a release made after the day, in UTC, by which the evidence had to be destroyed."""
    if destroy_by is not None and at.date() > destroy_by:
        raise EvidenceError("EVID-228", day=destroy_by.isoformat(), on=at.date().isoformat())


def check_consent(
    recipients: Collection[str], sides: Collection[str], sealed: UseConditions | None, consent: str | None
) -> None:
    """Refuse a wrap for a Party that the seal does not know, where it asks for consent and none is named."""
    if sealed is None or sealed.onward != "not_without_consent" or consent is not None:
        return
    known = {party_of(each) for each in sides}
    for each in recipients:
        if party_of(each) not in known:
            raise EvidenceError("EVID-225", authority=each)


def check_rehearsals(release: bool, seal: bool, signer: KeyEntry) -> None:  # noqa: FBT001 - members of documents
    """Refuse a rehearsal that passes as real, or the other way round."""
    if not release == seal == signer.key.rehearsal:
        raise EvidenceError("EVID-224", found="rehearsal")


def check_release_type(found: str, wanted: str) -> None:
    """Refuse what is signed, but as something else than a release."""
    if found != wanted:
        raise EvidenceError("EVID-224", found=found)
