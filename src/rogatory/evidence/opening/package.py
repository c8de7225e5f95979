"""Opening: every file checked as it is decrypted, and a BagIt bag at the end or nothing at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from rogatory.errors import EvidenceError
from rogatory.evidence.claims import Claim
from rogatory.evidence.models import Entry
from rogatory.evidence.opening import resuming, verifying
from rogatory.evidence.opening.bag import Bag
from rogatory.evidence.opening.contents import proven
from rogatory.evidence.opening.decrypting import Decrypting
from rogatory.evidence.opening.verifying import Basis, Examined, Verification
from rogatory.evidence.releasing import Release
from rogatory.evidence.sources import Folder, Source
from rogatory.keys import EncryptionPair
from rogatory.statements import WrappedKey
from rogatory.values import instant_text

__all__ = ["open_package", "verify_with_key"]

TELL_ENTRIES: Final = 4096


def open_package(
    package: Path | Source,
    pair: EncryptionPair,
    out: Path,
    basis: Basis,
    *,
    random: Callable[[int], bytes],
    wrapped: Sequence[WrappedKey] | None = None,
    release: Release | None = None,
) -> Verification:
    """Leave a BagIt 1.0 bag of a package's files at ``out``, once every step of ``verify`` and more holds.

    The steps are those of ``verifying.verify``, and with the key: 7. the wrapped key is the sealed
    one; 9. every entry is well formed and its file decrypts, chunk by chunk, to the digest it names;
    10. the table is the sealed one and nothing lies in the segments besides. The bag is complete or
    absent; its files can be read by their owner alone. Links are listed in it and not made. If the process is
    killed, the same call goes on from what was on the disk: files that were complete are compared as
    ciphertext, and not decrypted and written again.

    Args:
        package: A folder, or another source.
        pair: The private key of a recipient.
        out: The folder to be; nothing of that name may exist.
        basis: Whom to believe, and as of when.
        random: Draws nonces of the journal from which a later call goes on.
        wrapped: Wraps in place of the package's own, from where the caller answers for.
        release: A release that was read, or a delivery that was admitted: its wraps, and who vouches for
            them. If the seal does not name the key, the verification says who released it.

    Raises:
        EvidenceError: EVID-004, EVID-009, EVID-012, EVID-014 ``out``; EVID-020 to EVID-052, EVID-070 the
            package.
        EnvelopeError: ENV-030 to ENV-034 a row, a chunk or the wrapped key.

    Source:
        spec/evidence.md 7 and 8.
    """
    if isinstance(package, Path):
        check_apart(package, out)
        with Folder(package) as folder:
            return open_package(folder, pair, out, basis, random=random, wrapped=wrapped, release=release)
    with resuming.unfinished(out) as begun:
        examined = verifying.begin(package, basis)
        verifying.check_package(examined)
        work = Decrypting(examined, pair, _wraps(examined, pair, wrapped, release))
        table = _telling(proven(package, examined.seal, work.key), basis.progress)
        identity = work.package, pair.local_key(resuming.LOCAL_USE)
        keeper = begun.resume(examined.digest, identity, table, random)
        with keeper, Bag(begun.bag, resumed=bool(keeper.since)) as bag:
            files = work.run(bag, keeper)
            verification = verifying.conclude(examined, files=files)
            bag.finish(examined, verification)
        return verification


def _telling(table: Iterator[Entry], progress: Callable[[int], None]) -> Iterator[Entry]:
    """Yield the entries, and let whoever waits know that work goes on: a table can have millions."""
    for number, entry in enumerate(table):
        if not number % TELL_ENTRIES:
            progress(0)
        yield entry


def check_apart(package: Path, out: Path) -> None:
    """Refuse to open a package into itself: the bag in the making would count as a file added to it."""
    if out.parent.resolve().is_relative_to(package.resolve()):
        raise EvidenceError("EVID-012", path=out)


def verify_with_key(
    package: Path | Source,
    pair: EncryptionPair,
    basis: Basis,
    *,
    wrapped: Sequence[WrappedKey] | None = None,
    release: Release | None = None,
) -> Verification:
    """Return what a package proves to a recipient; nothing decrypted is kept.

    See ``open_package``, which does the same and leaves a bag.
    """
    if isinstance(package, Path):
        with Folder(package) as folder:
            return verify_with_key(folder, pair, basis, wrapped=wrapped, release=release)
    examined = verifying.begin(package, basis)
    verifying.check_package(examined)
    files = Decrypting(examined, pair, _wraps(examined, pair, wrapped, release)).run()
    return verifying.conclude(examined, files=files)


def _wraps(
    examined: Examined,
    pair: EncryptionPair,
    wrapped: Sequence[WrappedKey] | None,
    release: Release | None,
) -> Sequence[WrappedKey] | None:
    """Return the wraps to use, and note who released the key to one whom the seal does not name."""
    if release is None:
        return wrapped
    if all(each.key != pair.key_id for each in examined.seal.recipients):
        fields = {"authority": release.by, "instant": instant_text(release.at)}
        examined.released = Claim("EVID-241", fields)
    return release.wraps
