"""The register: who may act for a Party, by which keys, since when; signed, and forgetting nothing.

A TUF repository of Parties, a log of its every file, snapshots by digest, and trust bundles that verify
offline as of a day. Role X alone speaks for Party X. It is not a directory of persons, and it decides no
policy: which authority to accept is for the node. It follows spec/register.md and PROTOCOL section 4.
"""

from rogatory.register import history, workshop
from rogatory.register.direct import doubted, open_release
from rogatory.register.documents import (
    AuthorityEntry,
    AuthorityIdentity,
    CallBack,
    Channel,
    Hours,
    LegalThreshold,
    Nature,
    PartyAuthorities,
    PartyIdentity,
    RegisterFile,
)
from rogatory.register.entries import key_entries, key_entry
from rogatory.register.files import from_folder, from_http
from rogatory.register.history import make_bundle
from rogatory.register.host import Admission, Custodians, init, publish
from rogatory.register.metadata import digest
from rogatory.register.mirror import refresh
from rogatory.register.releases import Release, read_release, sign_authorities, sign_identity, write_release
from rogatory.register.snapshots import Snapshot, load_snapshot, ring_from
from rogatory.register.trust import (
    Freshness,
    Trust,
    encryption_key,
    freshness,
    known_ring,
    numbers_to_call,
    signing_allowed,
    signing_key,
    trust_in,
)

__all__ = [
    "Admission",
    "AuthorityEntry",
    "AuthorityIdentity",
    "CallBack",
    "Channel",
    "Custodians",
    "Freshness",
    "Hours",
    "LegalThreshold",
    "Nature",
    "PartyAuthorities",
    "PartyIdentity",
    "RegisterFile",
    "Release",
    "Snapshot",
    "Trust",
    "digest",
    "doubted",
    "encryption_key",
    "freshness",
    "from_folder",
    "from_http",
    "history",
    "init",
    "key_entries",
    "key_entry",
    "known_ring",
    "load_snapshot",
    "make_bundle",
    "numbers_to_call",
    "open_release",
    "publish",
    "read_release",
    "refresh",
    "ring_from",
    "sign_authorities",
    "sign_identity",
    "signing_allowed",
    "signing_key",
    "trust_in",
    "workshop",
    "write_release",
]
