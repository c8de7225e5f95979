"""What each vector spoils, and the one check that stops it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from securesystemslib.signer import SSlibKey
from tuf.api.metadata import DelegatedRole, Delegations, Metadata, Root, TargetFile

from rogatory import wire
from rogatory.keys import PublicKey, Purpose, prove_possession
from rogatory.register import metadata
from rogatory.register.hybrid import CLASSICAL_SIZE, CustodianKey
from rogatory.values import instant_text
from support.registers import START, offline, online
from support.world import ASKED, ASKING, pair

from .forging import LATER, custodian, entry, forge, key_of, plain, proved

Files = dict[str, bytes]
STAMP = "metadata/timestamp.json"


def _role(signed: Any, name: str = "vnm") -> Any:
    return signed.delegations.roles[name]


def _authority(document: Any) -> Any:
    return document["authorities"][0]


def _set(where: Any, **members: Any) -> None:
    where.update(members)


def _shared_half(document: Any) -> None:
    first, second = key_of(Purpose.STATEMENT), key_of(Purpose.TRANSPORT)
    mixed = PublicKey(
        authority=ASKING,
        purpose=Purpose.TRANSPORT,
        suite=second.public.suite,
        classical=first.public.classical,
        post_quantum=second.public.post_quantum,
    )
    made = entry(Purpose.TRANSPORT, key=mixed, possession=proved(mixed, first, second))
    _authority(document)["keys"].append(plain(made))


def _custodians_half(document: Any) -> None:
    first, second = online("vnm"), key_of(Purpose.SEAL)
    mixed = second.public.model_copy(update={"classical": first.public.classical})
    # A copy keeps the identity that was computed for the original.
    mixed = PublicKey(**{name: getattr(mixed, name) for name in PublicKey.model_fields})
    made = entry(Purpose.SEAL, key=mixed, possession=proved(mixed, first, second))
    _authority(document)["keys"].append(plain(made))


def _vouched_by_another(document: Any) -> None:
    key = _authority(document)["keys"][1]
    stranger = pair(ASKED, Purpose.IDENTITY)
    made = entry(Purpose.ENCRYPTION, possession=prove_possession(stranger, key_of(Purpose.ENCRYPTION).public))
    key.update(plain(made))


def _stranger(targets: Any) -> None:
    key = CustodianKey(offline("fra").public)
    targets.delegations.keys[key.keyid] = key
    _role(targets).keyids.append(key.keyid)


def _plain_key(targets: Any) -> None:
    targets.delegations.keys["0" * 64] = SSlibKey("0" * 64, "ed25519", "ed25519", {"public": "00" * 32})


def _further(signed: Any, name: str) -> None:
    role = DelegatedRole(name, [], 1, True, paths=["parties/vnm/*"])
    if signed.delegations is None:
        signed.delegations = Delegations({}, {})
    signed.delegations.roles[name] = role


def _names(signed: Any, path: str) -> None:
    signed.targets[path] = TargetFile(2, {"sha256": metadata.digest(b"{}")}, path)


def _no_digest(snapshot: Any) -> None:
    snapshot.meta["vnm.json"].hashes = None
    snapshot.meta["vnm.json"].length = None


def _deep(signed: Any) -> None:
    nested: Any = []
    for _ in range(40):
        nested = [nested]
    signed.unrecognized_fields["nested"] = nested


def _self_proved(made: Any) -> Any:
    return entry(Purpose.IDENTITY, key=made.public, possession=prove_possession(made, made.public))


# fmt: off
# Name, code, the check that refuses (None: there is no reading without it), and the edits of a good register.
WALKS: tuple[tuple[str, str, str | None, dict[str, Any]], ...] = (
    ("the top-level role names a Party's file", "REG-011", "register.shape.check_top_level",
     {"targets": lambda t: _names(t, "parties/vnm/identity.json")}),
    ("a Party's role speaks for another Party", "REG-010", "register.shape.check_own_file",
     {"vnm": lambda t: _names(t, "parties/fra/identity.json")}),
    ("the offline role names the online role's file", "REG-010", "register.shape.check_own_file",
     {"vnm": lambda t: _names(t, "parties/vnm/authorities.json")}),
    ("a document speaks for another Party", "REG-010", "register.shape.check_same_party",
     {"authorities_document": lambda d: _set(d, party="fra", authorities=[])}),
    ("a delegation for the paths of all Parties", "REG-012", "register.shape.check_role",
     {"targets": lambda t: setattr(_role(t), "paths", ["parties/*"])}),
    ("a delegation after which others may speak", "REG-012", "register.shape.check_role",
     {"targets": lambda t: setattr(_role(t), "terminating", False)}),
    ("a delegation to a role that is no Party", "REG-012", "register.shape.check_delegations",
     {"targets": lambda t: _further(t, "everyone")}),
    ("a Party delegates to a role of its own making", "REG-012", "register.shape.check_own_delegation",
     {"vnm": lambda t: _further(t, "vnm.other")}),
    ("an online role delegates", "REG-012", "register.shape.check_no_delegation",
     {"online": lambda t: _further(t, "vnm.other")}),
    ("a custodian of another Party", "REG-015", "register.shape.check_custodians", {"targets": _stranger}),
    ("a custodian's key of one half", "REG-013", "register.metadata.check_keys", {"targets": _plain_key}),
    ("an authority that the offline role does not know", "REG-017", "register.shape.check_identified",
     {"identity_document": lambda d: _set(d, authorities=[]),
      "authorities_document": lambda d: _authority(d)["keys"].pop()}),
    ("a key of another authority", "REG-015", "register.documents.check_entry",
     {"authorities_document": lambda d: _authority(d)["keys"].append(
         plain(_self_proved(pair(ASKED, Purpose.STATEMENT))))}),
    ("an identity key in the online file", "REG-016", "register.documents.check_entry",
     {"authorities_document": lambda d: _authority(d)["keys"].append(
         plain(_self_proved(key_of(Purpose.IDENTITY, generation=1))))}),
    ("an authority named twice", "REG-014", "register.documents.check_once",
     {"authorities_document": lambda d: d["authorities"].append(_authority(d))}),
    ("a key half under two purposes", "KEY-002", "keys.ring.check_one_use",
     {"authorities_document": _shared_half}),
    ("a custodian's half that signs seals too", "KEY-002", "keys.ring.check_one_use",
     {"authorities_document": _custodians_half}),
    ("no proof of possession", "KEY-013", "register.rings.check_proved",
     {"authorities_document": lambda d: _authority(d)["keys"][0].pop("possession")}),
    ("an encryption key that another's identity key vouches for", "KEY-011", "register.rings.check_proved",
     {"authorities_document": _vouched_by_another}),
    ("an encryption key vouched for by a revoked key", "KEY-006", "register.rings.check_vouching",
     {"identity_document": lambda d: _set(_authority(d)["keys"][0], revoked=instant_text(START))}),
    ("a suite below the minimum", "REG-032", "register.rings.check_suite",
     {"register_document": lambda d: _set(d, minimum_suite=2)}),
    ("a role without its digest in the snapshot", "REG-007", "register.metadata.check_named",
     {"snapshot": _no_digest}),
    ("too deep", "REG-001", "wire.strict.check_depth", {"snapshot": _deep}),
)
# fmt: on


def _relabelled() -> Files:
    """The role says that it is version 1; it lies, and is listed, as version 2."""
    files = forge(snapshot=lambda s: setattr(s.meta["vnm.json"], "version", 2))
    return files | {"metadata/2.vnm.json": files["metadata/1.vnm.json"]}


def _another_document() -> Files:
    """The file of another day lies where the signed one should."""
    files, other = forge(), forge(at=LATER)
    (path,) = (name for name in files if name.endswith(".identity.json"))
    (changed,) = (data for name, data in other.items() if name.endswith(".identity.json"))
    return files | {path: changed}


def _half(*, classical: bool) -> Files:
    """One half of the timestamp's signature is over another text."""
    files, other = forge(), forge(timestamp=lambda t: setattr(t, "version", 2))
    mine, theirs = (json.loads(each[STAMP]) for each in (files, other))
    here, there = (each["signatures"][0]["sig"] for each in (mine, theirs))
    cut = 2 * CLASSICAL_SIZE
    mine["signatures"][0]["sig"] = there[:cut] + here[cut:] if classical else here[:cut] + there[cut:]
    return files | {STAMP: wire.canonical(mine)}


def _usurped() -> Files:
    """A second root that only its own new custodian signed."""
    files = forge()
    root = Metadata[Root].from_bytes(files["metadata/1.root.json"]).signed
    usurper = custodian(7)
    key = CustodianKey(usurper.public)
    root.version = 2
    root.keys[key.keyid] = key
    root.roles["root"].keyids[:] = [key.keyid]
    return files | {"metadata/2.root.json": metadata.sign(root, [usurper])}


def _twice() -> Files:
    files = forge()
    return files | {STAMP: files[STAMP].replace(b'{"signatures":', b'{"signatures":[],"signatures":', 1)}


def _cut() -> Files:
    files = forge()
    return files | {STAMP: files[STAMP][:-100]}


# fmt: off
BUILT: tuple[tuple[str, str, str | None, Callable[[], Files]], ...] = (
    ("a role of another version than listed", "REG-006", "register.verify.check_version", _relabelled),
    ("a document of another day", "REG-007", "register.metadata.check_named", _another_document),
    ("an Ed25519 half over another text", "REG-004", "keys.public.check_classical",
     lambda: _half(classical=True)),
    ("an ML-DSA half over another text", "REG-004", "keys.public.check_post_quantum",
     lambda: _half(classical=False)),
    ("a timestamp signed by nobody who may", "REG-004", "register.metadata.check_signed",
     lambda: forge(signers={"timestamp": [custodian(7)]})
     | {"metadata/1.root.json": forge()["metadata/1.root.json"]}),
    ("a second root that the first did not sign", "REG-004", "register.verify.check_old_root", _usurped),
    ("a member named twice", "REG-001", "wire.strict.check_no_duplicate", _twice),
    ("cut short", "REG-001", None, _cut),
)
# fmt: on


def _first_key(document: Any) -> Any:
    return _authority(document)["keys"][0]


def _other_custodian(targets: Any) -> None:
    key = CustodianKey(_new_custodian().public)
    targets.delegations.keys[key.keyid] = key
    _role(targets).keyids[:] = [key.keyid]


def _new_custodian() -> Any:
    return pair("vnm/custodian", Purpose.REGISTER, 5)


def _add_backdated(document: Any) -> None:
    _authority(document)["keys"].append(plain(entry(Purpose.TRANSPORT)))


def _vanished(snapshot: Any) -> None:
    del snapshot.meta["vnm.json"], snapshot.meta["vnm.online.json"]


def _later(**more: Any) -> Files:
    return forge(**({"at": LATER, "version": 2} | more))


# fmt: off
FOLLOWING: tuple[tuple[str, str, str, Callable[[], tuple[Files, Files]]], ...] = (
    ("rolled back", "REG-008", "register.compare.check_versions",
     lambda: (_later(), forge(at=LATER))),
    ("a Party vanished", "REG-009", "register.compare.check_versions",
     lambda: (forge(), _later(snapshot=_vanished))),
    ("two contents of one version", "REG-008", "register.compare.check_one_version",
     lambda: (forge(), forge(at=LATER))),
    ("a file older than the one before", "REG-008", "register.compare.check_issued",
     lambda: (forge(at=LATER), forge(version=2))),
    ("other custodians for a Party", "REG-041", "register.compare.check_custodians",
     lambda: (forge(), _later(targets=_other_custodian, signers={"vnm": [_new_custodian()]}))),
    ("another log", "REG-023", "register.compare.check_origin",
     lambda: (forge(), _later(register_document=lambda d: _set(d, origin="elsewhere.example/log")))),
    ("a lower minimum suite", "REG-021", "register.compare.check_minimum",
     lambda: (forge(register_document=lambda d: _set(d, minimum_suite=2)), _later())),
    ("a key that vanished", "REG-018", "register.compare.check_not_dropped",
     lambda: (forge(), _later(authorities_document=lambda d: _authority(d)["keys"].pop(0)))),
    ("a key with a longer life", "REG-019", "register.compare.check_not_altered",
     lambda: (forge(), _later(authorities_document=lambda d: _set(
         _first_key(d), sign_until="2029-06-01T00:00:00Z", verify_until="2031-06-01T00:00:00Z")))),
    ("a revocation taken back", "REG-019", "register.compare.check_not_altered",
     lambda: (forge(authorities_document=lambda d: _set(_first_key(d), revoked=instant_text(LATER))),
              _later())),
    ("a new key that claims the past", "REG-022", "register.compare.check_not_backdated",
     lambda: (forge(at=LATER), _later(at=LATER + timedelta(days=1), authorities_document=_add_backdated))),
    ("an authority that vanished", "REG-020", "register.compare.check_kept",
     lambda: (forge(), _later(authorities_document=lambda d: _set(d, authorities=[])))),
    ("a call-back number exchanged", "REG-020", "register.compare.check_call_back",
     lambda: (forge(), _later(identity_document=lambda d: _set(
         _authority(d)["call_back"][0], number="+33123456789")))),
)
# fmt: on
