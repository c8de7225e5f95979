"""The custody log as others see it: tiles, signed heads, proofs; and the heads of others.

A head is signed in the transaction that stores it, after its tiles, so this log never signs two heads that
do not follow each other. A witness's answer is given only after what it answers is stored (PROTOCOL
section 5; C2SP tlog-tiles, tlog-witness).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from rogatory import custody
from rogatory.custody import Checkpoint, Cosigned, LogRing, Refused
from rogatory.envelopes import notes
from rogatory.envelopes.notes import Note, NoteKey
from rogatory.keys import Purpose, SigningPair
from rogatory_node.base import NodeError, configuration, home, keystore
from rogatory_node.records import log
from rogatory_node.records.models import Leaf, LogFile, LogHead, PeerHead

__all__ = [
    "Tiles",
    "consistency",
    "cosign",
    "gather",
    "is_witnessed",
    "keep_peer_head",
    "latest",
    "leaf_receipt",
    "log_key",
    "peer_head",
    "publish",
    "publish_beat",
    "publish_own",
    "witness_key",
]

# A witness is asked for the newest head alone; one that did not answer in so many beats is not waited for.
RECENT: Final = 16


class Tiles:
    """The published log's files as rows: what ``custody`` calls a tile store."""

    def read(self, path: str) -> bytes | None:
        """Return the bytes at a path, or None if there are none."""
        found = LogFile.objects.filter(pk=path).values_list("data", flat=True).first()
        return None if found is None else bytes(found)

    def write(self, path: str, data: bytes) -> None:
        """Put the bytes at a path.

        Raises:
            NodeError: NODE-206 other bytes are there: the log would contradict itself.
        """
        row, made = LogFile.objects.get_or_create(pk=path, defaults={"data": data})
        if not made and bytes(row.data) != data:
            raise NodeError("NODE-206", path=path)


def latest() -> Note | None:
    """Return the newest signed head of our log, with its witnesses' lines; None before the first."""
    row = LogHead.objects.order_by("-size").first()
    return None if row is None else notes.read_note(bytes(row.note))


def publish(signer: SigningPair, key: NoteKey, *, now: datetime, pad_to: int) -> Note:
    """Return the signed head of the log as it is now, once its tiles and it are stored.

    1. the log is padded to a multiple, so that its size does not show the tempo of work; 2. tiles are
    written; 3. the head is signed and stored; all in one transaction. If nothing was appended since the
    last head, that one is returned.

    Args:
        signer: The log's private key.
        key: Its public halves under the log's origin.
        now: The node's time.
        pad_to: Leaves at a head are a multiple of this; 1 pads nothing.

    Raises:
        CustodyError: The stored tiles are not those of the last head.
        NodeError: NODE-206 a tile would change.

    Source:
        PROTOCOL section 5; spec/custody.md 3.3.
    """
    with transaction.atomic():
        last = latest()
        old = 0 if last is None else _size(last)
        if last is not None and log.next_index() == old:
            return last
        # Step 1.
        while log.next_index() % pad_to:
            log.pad(now)
        # Step 2.
        store = Tiles()
        state = custody.grow(store, custody.frontier(store, old), _entries(old))
        # Step 3.
        head = Checkpoint(key.name, state.size, custody.root(state))
        note = custody.sign_checkpoint(head, signer, key, now)
        LogHead.objects.create(size=state.size, note=notes.write_note(note), signed_at=now)
        return note


def publish_beat(*, now: datetime, every: timedelta) -> Note | None:
    """Return a new head of our log if the last one is as old as a beat, else None.

    A beat without acts is filled up and signed like any other: from outside, a quiet night and a busy one
    look the same. Any number of workers may call this.

    Raises:
        NodeError: NODE-012 the node has no log key; as :func:`publish` otherwise.

    Source:
        PROTOCOL section 5: a fixed beat, padded, so that tempo does not show.
    """
    with transaction.atomic():
        size = log.next_index()
        last = LogHead.objects.order_by("-size").first()
        if last is not None and now - last.signed_at < every:
            return None
        if last is None or last.size == size:
            log.pad(now)
        return publish_own(now=now)


def publish_own(*, now: datetime) -> Note:
    """Return the signed head of this node's log as it is now, by the node's own key and settings.

    Raises:
        NodeError: NODE-012 the node has no log key; as :func:`publish` otherwise.
    """
    signer, key = log_key()
    return publish(signer, key, now=now, pad_to=configuration.current().custody.pad_to)


def log_key() -> tuple[SigningPair, NoteKey]:
    """Return the key of this node's log, and its public halves under the log's origin.

    Raises:
        NodeError: NODE-012 there is none.
    """
    return _own_key(Purpose.LOG, configuration.current().log_origin)


def witness_key() -> tuple[SigningPair, NoteKey]:
    """Return the key with which this node witnesses other logs, and its public halves under its name.

    Raises:
        NodeError: NODE-012 there is none.
    """
    return _own_key(Purpose.WITNESS, f"{configuration.current().authorities[0].id}/witness")


def _own_key(purpose: Purpose, name: str) -> tuple[SigningPair, NoteKey]:
    authority = configuration.current().authorities[0].id
    # A log's key lives as long as its origin: one file. A log that starts again takes another name.
    pair = keystore.signing(home.current(), authority, purpose)[-1]
    return pair, custody.note_key(name, pair.public)


def gather(reply: bytes, size: int, ring: LogRing) -> Note:
    """Return our head of this size with the lines of a witness's reply added, once they hold.

    Raises:
        CustodyError: The lines do not hold.
        NodeError: NODE-207 we have no head of this size.
    """
    with transaction.atomic():
        row = LogHead.objects.select_for_update().filter(pk=size).first()
        if row is None:
            raise NodeError("NODE-207", size=size)
        grown = custody.gather(notes.read_note(bytes(row.note)), reply, ring.witnesses)
        LogHead.objects.filter(pk=size).update(note=notes.write_note(grown))
    return grown


def leaf_receipt(index: int, *, reveal: bool) -> bytes:
    """Return the custody receipt of a leaf under one of our newest heads; it verifies offline.

    Of the heads that hold the leaf it takes the one that most witnesses have seen; of those, the newest.

    Args:
        index: The leaf.
        reveal: Whether the receipt opens the leaf: event and salt. An erased leaf has none.

    Raises:
        CustodyError: LOG-010 the leaf is not under the head yet.
        NodeError: NODE-207 there is no head; NODE-208 there is no such leaf.
    """
    note = _most_seen(index) or latest()
    if note is None:
        raise NodeError("NODE-207", size=0)
    row = Leaf.objects.filter(pk=index).first()
    if row is None:
        raise NodeError("NODE-208", index=index)
    shown = None
    if reveal and row.salt is not None and row.event is not None:
        shown = (bytes(row.salt), bytes(row.event))
    return custody.write_receipt(custody.issue(Tiles(), note, index, bytes(row.commitment), shown))


def is_witnessed(receipt: bytes, ring: LogRing) -> bool:
    """Return whether as many independent witnesses as a court asks for stand under a receipt of ours.

    Raises:
        CustodyError: The lines of a known witness do not hold.

    Source:
        spec/custody.md 6.11.
    """
    note = notes.read_note(custody.read_receipt(receipt).checkpoint.encode())
    head = custody.read_checkpoint(note.text)
    found = custody.witnessed(note, head, ring.witnesses)
    return len(custody.independent(found, head.origin)) >= custody.COURT_QUORUM


def _most_seen(index: int) -> Note | None:
    rows = LogHead.objects.filter(size__gt=index).order_by("-size")[:RECENT]
    found = [notes.read_note(bytes(row.note)) for row in rows]
    return max(found, key=lambda note: len(note.lines), default=None)


def consistency(old: int, size: int) -> tuple[bytes, ...]:
    """Return the proof that our log of ``old`` leaves is the beginning of our log of ``size``.

    Raises:
        CustodyError: LOG-010 the sizes do not follow each other, LOG-033 the log is smaller.
    """
    return custody.consistency_proof(old, size, custody.hash_reader(Tiles(), size))


def peer_head(origin: str) -> Note | None:
    """Return the newest head of another log that we hold."""
    row = PeerHead.objects.filter(pk=origin, size__gt=0).first()
    return None if row is None else notes.read_note(bytes(row.note))


def keep_peer_head(note: Note, proof: tuple[bytes, ...], ring: LogRing, *, now: datetime) -> Checkpoint:
    """Keep another log's head as the newest, once it is signed and continues the one that we hold.

    Args:
        note: The other log's signed head.
        proof: That the head that we hold is its beginning; empty for the first one.
        ring: Whom to believe.
        now: The node's time.

    Raises:
        CustodyError: The log is unknown, a signature or the proof does not hold; nothing was stored.
    """
    _, checkpoint = custody.open_checkpoint(notes.write_note(note), ring.logs)
    with transaction.atomic():
        row = _locked_peer(checkpoint.origin, now)
        held = None if row.size == 0 else custody.read_checkpoint(notes.read_note(bytes(row.note)).text)
        before = custody.EMPTY_ROOT if held is None else held.root
        custody.verify_consistency(row.size, checkpoint.size, before, checkpoint.root, proof)
        _store_peer(row, note, checkpoint.size, now)
    return checkpoint


def cosign(
    body: bytes, ring: LogRing, *, signer: SigningPair, key: NoteKey, now: datetime
) -> Cosigned | Refused:
    """Return our answer, as a witness, to a log that asks; a yes is stored before it is returned.

    Args:
        body: The request, as posted to ``add-checkpoint``.
        ring: The logs that we witness.
        signer: Our witness key.
        key: Its public halves under our name.
        now: The node's time.

    Raises:
        CustodyError: The body is not a request.
    """
    request = custody.read_request(body)
    origin = request.checkpoint.origin
    with transaction.atomic():
        known = ring.logs.get(origin)
        if known is None:
            return custody.consider(request, None, None, signer=signer, key=key, at=now)
        row = _locked_peer(origin, now)
        held = notes.read_note(bytes(row.note)) if row.size else None
        answer = custody.consider(request, known, held, signer=signer, key=key, at=now)
        if isinstance(answer, Cosigned):
            _store_peer(row, answer.head, request.checkpoint.size, now)
    return answer


def _locked_peer(origin: str, now: datetime) -> PeerHead:
    PeerHead.objects.get_or_create(pk=origin, defaults={"seen_at": now})
    return PeerHead.objects.select_for_update().get(pk=origin)


def _store_peer(row: PeerHead, note: Note, size: int, now: datetime) -> None:
    row.note, row.size, row.seen_at = notes.write_note(note), size, now
    row.save()


def _size(note: Note) -> int:
    return custody.read_checkpoint(note.text).size


def _entries(start: int) -> list[bytes]:
    rows = Leaf.objects.filter(index__gte=start).order_by("index")
    return [bytes(each) for each in rows.values_list("commitment", flat=True)]
