"""Custody: a log of salted commitments that no single State can rewrite, and the proofs taken from it.

The Merkle tree of RFC 6962, kept as C2SP tiles; checkpoints signed with Ed25519 and ML-DSA-44, both
demanded; witnesses; receipts that verify offline; forks as portable proof. It holds no event, opens no
file and no socket, and knows no key but those it is handed. It follows spec/custody.md and PROTOCOL
section 5.
"""

from rogatory.custody.checkpoints import Checkpoint, read_checkpoint
from rogatory.custody.cosignatures import Witnessed, cosign, gather, independent, witnessed
from rogatory.custody.forks import Fork, find_fork, read_fork, verify_fork, write_fork
from rogatory.custody.proofs import consistency_proof, inclusion_proof, verify_consistency, verify_inclusion
from rogatory.custody.receipts import (
    COURT_QUORUM,
    Opening,
    Receipt,
    Verified,
    commit,
    issue,
    padding,
    read_receipt,
    verify,
    write_receipt,
)
from rogatory.custody.ring import LogRing, note_key, party_in
from rogatory.custody.signatures import check_log_lines, open_checkpoint, sign_checkpoint
from rogatory.custody.storage import MemoryStore, TileStore, frontier, grow, hash_reader, read_entry
from rogatory.custody.tiles import CHECKPOINT_PATH, Tile, read_path, tiles_of
from rogatory.custody.tree import EMPTY, EMPTY_ROOT, Frontier, append, leaf_hash, node_hash, root
from rogatory.custody.witness import Cosigned, Refused, Request, consider, read_request, write_request

__all__ = [
    "CHECKPOINT_PATH",
    "COURT_QUORUM",
    "EMPTY",
    "EMPTY_ROOT",
    "Checkpoint",
    "Cosigned",
    "Fork",
    "Frontier",
    "LogRing",
    "MemoryStore",
    "Opening",
    "Receipt",
    "Refused",
    "Request",
    "Tile",
    "TileStore",
    "Verified",
    "Witnessed",
    "append",
    "check_log_lines",
    "commit",
    "consider",
    "consistency_proof",
    "cosign",
    "find_fork",
    "frontier",
    "gather",
    "grow",
    "hash_reader",
    "inclusion_proof",
    "independent",
    "issue",
    "leaf_hash",
    "node_hash",
    "note_key",
    "open_checkpoint",
    "padding",
    "party_in",
    "read_checkpoint",
    "read_entry",
    "read_fork",
    "read_path",
    "read_receipt",
    "read_request",
    "root",
    "sign_checkpoint",
    "tiles_of",
    "verify",
    "verify_consistency",
    "verify_fork",
    "verify_inclusion",
    "witnessed",
    "write_fork",
    "write_receipt",
    "write_request",
]
