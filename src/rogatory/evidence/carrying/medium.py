"""By disk: a package is put on a medium with a manifest of it, and taken from there as from any source.

The manifest says which package lies where, and repeats what the paper says that goes with the disk: the
number of its seal, who handed it to whom, on which day, under which receipt. Nobody signs it: its SHA-256
stands on the paper and in the custody log of the side that exported. What is imported is believed for the
package's own seal, and for nothing that the medium says.
"""

from __future__ import annotations

import errno
import hashlib
import hmac
import os
import stat
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field

from rogatory import wire
from rogatory.errors import EvidenceError
from rogatory.evidence.atomic import sync_folder, write_file
from rogatory.evidence.carrying.fetching import fetch
from rogatory.evidence.opening.verifying import Basis, Verification, verify
from rogatory.evidence.sources import Folder, read_seal
from rogatory.values import Day, Digest, Frozen, Nonce, ShortText

__all__ = [
    "MANIFEST",
    "Carried",
    "HandOver",
    "Manifest",
    "OnMedium",
    "SealNumber",
    "export",
    "import_",
    "read_medium",
]

MANIFEST: Final = "rogatory-medium.json"
MAX_MANIFEST: Final = 1 << 20


SealNumber = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9/._-]{0,63}$")]
"""A number as tamper-evident seals bear it: letters, digits, ``/``, ``.``, ``_`` and hyphen."""


class HandOver(Frozen):
    """What the paper says that goes with the disk, as somebody typed it: a claim.

    Attributes:
        medium: What it is, such as maker and serial number.
        seal_number: The number on the tamper-evident seal of its bag or case.
        receipt: The number of the paper hand-over receipt.
        handed_by: Who hands it over.
        handed_to: Who is to get it.
        on: The day.
    """

    medium: ShortText
    seal_number: SealNumber
    receipt: ShortText
    handed_by: ShortText
    handed_to: ShortText
    on: Day


class Carried(Frozen):
    """A package on the medium: its folder, which bears its name, what seals it, and how much it is."""

    package: Nonce
    seal: Digest
    size: Annotated[int, Field(ge=0, le=2**53)]  # bytes of ciphertext


class Manifest(Frozen):
    """What lies on a medium.

    Source:
        spec/evidence.md 9.7.
    """

    type: Literal["medium"] = "medium"
    version: Literal[1] = 1
    hand_over: HandOver
    packages: tuple[Carried, ...] = Field(min_length=1, max_length=1)


@dataclass(frozen=True, slots=True)
class OnMedium:
    """A manifest, and the SHA-256 of its bytes, which the paper receipt bears."""

    manifest: Manifest
    digest: str

    @property
    def carried(self) -> Carried:
        """The package."""
        return self.manifest.packages[0]


def export(package: Path, medium: Path, hand_over: HandOver, basis: Basis) -> OnMedium:
    """Leave a package and a manifest of it on a medium, once it was read back from there and verified.

    1. the medium bears no manifest yet; 2. every byte is checked as it is copied, to a folder of the medium
    that is no link and not the package itself; 3. all of it is read back;
    4. the manifest is written, last: a medium without one is not finished. Pulled out half way, it goes on
    where it was.

    Args:
        package: The folder of the package.
        medium: A folder, such as where the disk is mounted.
        hand_over: What the paper says.
        basis: Whom to believe, as of when.

    Raises:
        EvidenceError: EVID-081 there is a manifest; EVID-089 the place leads elsewhere; as ``fetch`` and
            ``verify``.
    """
    # Step 1.
    check_no_manifest(medium)
    with Folder(package) as source:
        digest = hashlib.sha256(read_seal(source)).hexdigest()
        # A package has the name that its seal gives it: the folder's own name may tell of a case.
        place = medium / digest
        believed = replace(basis, announced=digest)
        # Step 2.
        check_place(place, package)
        if not place.exists():
            fetch(source, place, believed)
    # Step 3. It is looked at again: a link would have all of it read from elsewhere.
    check_place(place, package)
    _forget_pages(place)
    found = verify(place, believed)
    carried = Carried(package=found.package, seal=found.seal, size=found.size)
    manifest = Manifest(hand_over=hand_over, packages=(carried,))
    # Step 4.
    data = wire.encode(manifest)
    write_file(medium / MANIFEST, data)
    sync_folder(medium)
    return OnMedium(manifest, hashlib.sha256(data).hexdigest())


def read_medium(medium: Path, *, seal_number: str, digest: str | None = None) -> OnMedium:
    """Return what a medium says lies on it, once that is what the paper says.

    Args:
        medium: Where it is mounted.
        seal_number: As read from the unbroken seal.
        digest: The manifest's SHA-256, as it stands on the paper receipt; None if it does not.

    Raises:
        EvidenceError: EVID-082 there is no manifest; EVID-083 it is another one than the paper says.
        WireError: The manifest is malformed.
    """
    try:
        data = _read_plain(medium / MANIFEST)
    except OSError as error:
        raise EvidenceError("EVID-082", path=medium) from error
    found = OnMedium(wire.decode(data, Manifest, limit=MAX_MANIFEST), hashlib.sha256(data).hexdigest())
    check_hand_over(found, seal_number, digest)
    return found


def _read_plain(path: Path) -> bytes:
    """Return what a file holds, up to a byte too much; a link or a pipe is none, and is not waited for."""
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "not a plain file")
        return file.read(MAX_MANIFEST + 1)


def import_(medium: Path, said: OnMedium, out: Path, basis: Basis) -> Verification:
    """Leave the package of a medium at ``out``, once every step of ``verify`` holds; see ``fetch``.

    Args:
        medium: Where it is mounted.
        said: As ``read_medium`` returned it.
        out: The folder to be.
        basis: Whom to believe; if no statement announced a seal, the manifest's counts as announced.

    Raises:
        EvidenceError: EVID-070 another package than the one announced; as ``fetch``.
    """
    believed = basis if basis.announced else replace(basis, announced=said.carried.seal)
    with Folder(medium / said.carried.seal) as source:
        return fetch(source, out, believed)


def check_no_manifest(medium: Path) -> None:
    """Refuse a medium that was finished: the paper that goes with it says what is on it."""
    if os.path.lexists(medium / MANIFEST):
        raise EvidenceError("EVID-081", path=medium)


def check_place(place: Path, package: Path) -> None:
    """Refuse a place that is a link, or lies within the package: the medium would bear nothing."""
    if place.is_symlink() or place.resolve().is_relative_to(package.resolve()):
        raise EvidenceError("EVID-089", path=place)


def check_hand_over(found: OnMedium, seal_number: str, digest: str | None) -> None:
    """Refuse a medium that is not the one which the paper is about."""
    same = hmac.compare_digest(found.manifest.hand_over.seal_number.encode(), seal_number.encode())
    if not same or (digest is not None and not hmac.compare_digest(found.digest, digest.lower())):
        raise EvidenceError("EVID-083")


def _forget_pages(folder: Path) -> None:
    """Have the system forget what it remembers of files, so that they are read from the medium itself."""
    for each in sorted(folder.rglob("*")):
        if each.is_file() and not each.is_symlink():
            handle = os.open(each, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
            try:
                os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
            finally:
                os.close(handle)
