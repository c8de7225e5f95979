"""A reader's side: fetch the register, compare it with what was believed, and keep it; or keep the old."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from rogatory.register import compare, files, layout, log, snapshots
from rogatory.register.snapshots import Snapshot
from rogatory.register.verify import Reader, walk

__all__ = ["refresh"]


def refresh(folder: Path, read: Reader, now: datetime, *, root: bytes | None = None) -> Snapshot:
    """Return the register as it is served now; the folder goes by it from now on.

    1. the trusted root, 2. the snapshot so far, 3. walk what is served, as of now, 4. nothing older and
    nothing deleted, 5. the log's head, and every entry up to it, 6. every file is in the log, 7. every
    key proves possession, 8. keep. A failure at any step leaves the folder as it was, but for tiles of
    the log, which are the same for everybody.

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


def _saving(known: Snapshot | None, read: Reader) -> Reader:
    here = dict(known.found.files) if known else {}
    here.pop(layout.TIMESTAMP, None)
    return lambda path, limit: here.get(path) or read(path, limit)
