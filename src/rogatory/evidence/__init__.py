"""Evidence: packages that are sealed once, carried by anybody, verified offline and opened as a bag.

``seal`` reads each file once and leaves a folder that says everything about itself under one seal;
``verify`` tells what it proves and what it does not, with or without a key; ``open_package`` leaves a BagIt
1.0 bag or nothing; ``fetch`` brings a package from elsewhere, goes on where a line broke, and keeps it
only if every byte is the sealed one; ``carry`` takes it from one store to another; ``disclose`` gives a
part with its proof, ``release`` the key to one more authority, ``receipt`` a document for people.
Keys arrive as a ring, time, randomness and transport as arguments. It is no store, and it does not
know who may see what. It follows spec/evidence.md and PROTOCOL section 6.
"""

from rogatory.evidence.carrying.crews import Again, AsSource, Line, never
from rogatory.evidence.carrying.fetching import fetch
from rogatory.evidence.carrying.medium import HandOver, Manifest, OnMedium, export, import_, read_medium
from rogatory.evidence.carrying.pacing import Pace
from rogatory.evidence.carrying.package import Target, carry
from rogatory.evidence.carrying.staging import arrived, staging_of
from rogatory.evidence.claims import DISCLOSURE_STEPS, STEPS, Claim, Step
from rogatory.evidence.describing.crate import ro_crate
from rogatory.evidence.describing.premis import premis
from rogatory.evidence.description import Action, Device, Particulars, Tool
from rogatory.evidence.description_file import case_description
from rogatory.evidence.disclosing.package import Disclosed, Given, disclose
from rogatory.evidence.disclosing.proving import is_disclosure, open_disclosure, verify_disclosure
from rogatory.evidence.disclosing.selecting import Selection, Withholding
from rogatory.evidence.models import Entry, Seal
from rogatory.evidence.opening.contents import contents
from rogatory.evidence.opening.inspecting import Inspected, inspect
from rogatory.evidence.opening.package import check_apart, open_package, verify_with_key
from rogatory.evidence.opening.resuming import opening_of
from rogatory.evidence.opening.trusting import basis_from, log_ring
from rogatory.evidence.opening.verifying import Basis, Verification, verify
from rogatory.evidence.papers import ROLES, Role, role_of
from rogatory.evidence.receipts.chain import Link, chain
from rogatory.evidence.receipts.paper import RECEIPT_LANGUAGES, check_receipt, receipt
from rogatory.evidence.receipts.signing import sign_receipt, signer_of
from rogatory.evidence.releasing import Release, read_release, release
from rogatory.evidence.sealing.legal import Paper
from rogatory.evidence.sealing.package import Sealed, Terms, seal
from rogatory.evidence.sealing.resuming import unfinished_of
from rogatory.evidence.sealing.streams import Stream
from rogatory.evidence.sealing.walk import size_of
from rogatory.evidence.sources import Folder, Source

__all__ = [
    "DISCLOSURE_STEPS",
    "RECEIPT_LANGUAGES",
    "ROLES",
    "STEPS",
    "Action",
    "Again",
    "AsSource",
    "Basis",
    "Claim",
    "Device",
    "Disclosed",
    "Entry",
    "Folder",
    "Given",
    "HandOver",
    "Inspected",
    "Line",
    "Link",
    "Manifest",
    "OnMedium",
    "Pace",
    "Paper",
    "Particulars",
    "Release",
    "Role",
    "Seal",
    "Sealed",
    "Selection",
    "Source",
    "Step",
    "Stream",
    "Target",
    "Terms",
    "Tool",
    "Verification",
    "Withholding",
    "arrived",
    "basis_from",
    "carry",
    "case_description",
    "chain",
    "check_apart",
    "check_receipt",
    "contents",
    "disclose",
    "export",
    "fetch",
    "import_",
    "inspect",
    "is_disclosure",
    "log_ring",
    "never",
    "open_disclosure",
    "open_package",
    "opening_of",
    "premis",
    "read_medium",
    "read_release",
    "receipt",
    "release",
    "ro_crate",
    "role_of",
    "seal",
    "sign_receipt",
    "signer_of",
    "size_of",
    "staging_of",
    "unfinished_of",
    "verify",
    "verify_disclosure",
    "verify_with_key",
]
