"""Evidence: packages that are sealed once, carried by anybody, verified offline and opened as a bag.

``seal`` reads each file once and leaves a folder that says everything about itself under one seal;
``verify`` tells what it proves and what it does not, with or without a key; ``open_package`` leaves a BagIt
1.0 bag or nothing; ``fetch`` brings a package from elsewhere, goes on where a line broke, and keeps it
only if every byte is the sealed one. Keys arrive as a ring, time and randomness as arguments. It is no store
and no transport, and it does not know who may see what. It follows spec/evidence.md and PROTOCOL section 6.
"""

from rogatory.evidence.claims import STEPS, Claim, Step
from rogatory.evidence.crews import Again, never
from rogatory.evidence.fetching import fetch
from rogatory.evidence.inspecting import Inspected, inspect
from rogatory.evidence.models import Entry, Seal
from rogatory.evidence.opening import open_package, verify_with_key
from rogatory.evidence.sealing import Sealed, Terms, seal
from rogatory.evidence.sources import Folder, Source
from rogatory.evidence.staging import arrived, staging_of
from rogatory.evidence.trusting import basis_from, log_ring
from rogatory.evidence.verifying import Basis, Verification, verify

__all__ = [
    "STEPS",
    "Again",
    "Basis",
    "Claim",
    "Entry",
    "Folder",
    "Inspected",
    "Seal",
    "Sealed",
    "Source",
    "Step",
    "Terms",
    "Verification",
    "arrived",
    "basis_from",
    "fetch",
    "inspect",
    "log_ring",
    "never",
    "open_package",
    "seal",
    "staging_of",
    "verify",
    "verify_with_key",
]
