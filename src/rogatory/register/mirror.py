"""A reader's side: fetch the register, compare it with what was believed, and keep it; or keep the old."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from rogatory.errors import RegisterError
from rogatory.register import compare, files, layout, log, snapshots
from rogatory.register.snapshots import Snapshot
from rogatory.register.verify import Reader, Walk, walk

__all__ = ["refresh"]


def refresh(folder: Path, read: Reader, now: datetime, *, root: bytes | None = None) -> Snapshot:
    """Return the register as it is served now; the folder goes by it from now on.

    1. the trusted root, 2. the snapshot so far, 3. walk what is served, as of now, 4. nothing older and
    nothing deleted, and nothing new from a Party whose role has expired, 5. the log's head, and every
    entry up to it, 6. every file is in the log, 7. every key proves possession, 8. keep. A failure at
    any step leaves the folder as it was, but for tiles of the log, which are the same for everybody.

    Args:
        folder: The reader's own; made if it is not there.
        read: ``files.from_folder`` or ``files.from_http``; nothing it returns is trusted.
        now: The instant, UTC.
        root: The trusted root; needed the first time.

    Raises:
        RegisterError: REG-005 expired, REG-008 rolled back, REG-026 unreachable, REG-034 no root, and
            all else that ``walk``, ``compare`` and ``log`` raise.
        KeysError: A key that may not stand in a register.

    Source:
        TUF 5; PROTOCOL section 4; spec/register.md, section 7.
    """
    files.make(folder)
    with files.locked(folder):
        # Step 1.
        trusted = snapshots.pinned_root(folder, root)
        # Step 2.
        known = snapshots.load_snapshot(folder) if snapshots.current(folder) else None
        # Step 3: what has a version or a digest in its path and is here already is not fetched again.
        found = walk(_saving(known, read), trusted, now)
        # Step 4.
        if known is not None:
            compare.check_successor(known.found, found)
        _without_lapsed(known.found if known else None, found)
        # Step 5.
        note = log.read_head(read)
        assert found.register is not None
        head = log.open_head(note, found.register, now)
        log.replay(read, folder, known.checkpoint if known else None, head)
        # Step 6.
        proofs = log.prove(folder, head.size, found.files)
        snapshot = Snapshot(found, note, proofs)
        # Step 7.
        snapshots.ring_from(snapshot)
        # Step 8.
        snapshots.keep(folder, snapshot, trusted, now)
    return snapshot


def _without_lapsed(known: Walk | None, found: Walk) -> None:
    """Leave a Party's expired roles out, unless they are those that were known: known keys go on."""
    for party in found.lapsed:
        roles = [role for role in (party, layout.online_role(party)) if role in found.versions]
        if known is None or party not in known.parties:
            found.parties.pop(party, None)
            for role in roles:
                del found.versions[role]
            for path in [path for path in found.files if layout.party_of_path(path) == party]:
                del found.files[path]
        else:
            check_nothing_new(party, {role: known.versions.get(role) for role in roles}, found)


def check_nothing_new(party: str, known: Mapping[str, int | None], found: Walk) -> None:
    """Refuse a new version of a role that has expired already."""
    if any(found.versions[role] != version for role, version in known.items()):
        expired = found.parties[party].fresh_until
        raise RegisterError("REG-005", file=f"{party}.json", expired=expired.isoformat())


def _saving(known: Snapshot | None, read: Reader) -> Reader:
    here = dict(known.found.files) if known else {}
    here.pop(layout.TIMESTAMP, None)
    return lambda path, limit: here.get(path) or read(path, limit)
