"""A register signed by hosts and Parties that sign anything: everything holds but what a test spoils."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import Any

from tuf.api.metadata import (
    DelegatedRole,
    Delegations,
    Metadata,
    MetaFile,
    Role,
    Root,
    Snapshot,
    TargetFile,
    Targets,
    Timestamp,
)

from rogatory import register, wire
from rogatory.keys import Purpose, prove_possession
from rogatory.register import metadata
from rogatory.register.hybrid import CustodianKey
from rogatory.values import instant_text
from support.registers import HOST, ORIGIN, START, identity_of, offline, online
from support.world import ASKING, pair

ROLES = ("root", "targets", "snapshot", "timestamp")
LATER = START + timedelta(days=3)
END = START + timedelta(days=400)

Edit = Callable[[Any], Any]


def custodian(number: int, owner: str = HOST) -> Any:
    return pair(owner, Purpose.REGISTER, number)


def key_of(purpose: Purpose, authority: str = ASKING, generation: int = 0) -> Any:
    return pair(authority, purpose, generation)


def entry(purpose: Purpose, **changes: Any) -> Any:
    identity = key_of(Purpose.IDENTITY)
    made = register.key_entry(key_of(purpose), START, identity=identity)
    return made.model_copy(update=changes)


# Signatures with ML-DSA differ each time; the same text gets the same ones here, so that what was not
# spoiled stays equal.
_signed: dict[tuple[bytes, str], bytes] = {}


def signed_once(signed: Any, pairs: Any) -> bytes:
    name = (Metadata(signed).signed_bytes, "".join(each.key_id for each in pairs))
    if name not in _signed:
        _signed[name] = metadata.sign(signed, pairs)
    return _signed[name]


def document(name: str, at: Any) -> dict[str, Any]:
    """Return a document of a good register as plain data, to be spoiled."""
    found: dict[str, Any] = json.loads(_document(name))
    return found | {"issued_at": instant_text(at)}


@cache
def _document(name: str) -> bytes:
    at = START
    log = pair(HOST, Purpose.LOG)
    models = {
        "register": lambda: register.RegisterFile(
            issued_at=at, origin=ORIGIN, log_keys=(register.key_entry(log, START),)
        ),
        "identity": lambda: identity_of("vnm", START),
        "authorities": lambda: register.PartyAuthorities(
            party="vnm",
            issued_at=at,
            authorities=(
                register.AuthorityEntry(
                    id=ASKING,
                    languages=("vi",),
                    hours=register.Hours(always=True, zone="Asia/Ho_Chi_Minh"),
                    keys=(entry(Purpose.STATEMENT), entry(Purpose.ENCRYPTION)),
                ),
            ),
        ),
    }
    return wire.encode(models[name]())


def forge(
    *, at: Any = START, version: int = 1, signers: dict[str, Any] | None = None, **edits: Edit
) -> dict[str, bytes]:
    """Return the files of a register of one Party, each edited before it is signed.

    Args:
        at: When everything was issued.
        version: Of every role but the root.
        signers: Other signers than the right ones, by role.
        edits: By the name of a role (``online`` for the Party's online role) or document, underlined: what
            is done to the object before it is signed. An edit of a document changes plain data.
    """
    hands = {role: [custodian(n)] for n, role in enumerate(ROLES)}
    hands |= {"vnm": [offline("vnm")], "online": [online("vnm")]} | (signers or {})
    files: dict[str, bytes] = {}
    meta: dict[str, MetaFile] = {}

    def edited(name: str, thing: Any) -> Any:
        edits.pop(name, lambda _: None)(thing)
        return thing

    def target(name: str, path: str) -> TargetFile:
        data = wire.canonical(edited(f"{name}_document", document(name, at)))
        digest = hashlib.sha256(data).hexdigest()
        folder, _, last = path.rpartition("/")
        files["/".join(part for part in ("targets", folder, f"{digest}.{last}") if part)] = data
        return metadata.target_file(path, data)

    def put(role: str, signed: Any, hand: str | None = None) -> None:
        data = signed_once(edited(hand or role, signed), hands[hand or role])
        files[f"metadata/{signed.version}.{role}.json"] = data
        meta[f"{role}.json"] = MetaFile(
            signed.version, len(data), {"sha256": hashlib.sha256(data).hexdigest()}
        )

    keys = {each.public.key_id: CustodianKey(each.public) for role in ROLES for each in hands[role]}
    roles = {role: Role([each.public.key_id for each in hands[role]], 1) for role in ROLES}
    put("root", Root(1, None, END, keys, roles))
    put("targets", _top(target("register", "register.json"), version))
    put("vnm", _party(target("identity", "parties/vnm/identity.json"), version))
    path = "parties/vnm/authorities.json"
    put("vnm.online", Targets(version, None, END, {path: target("authorities", path)}), "online")
    del meta["root.json"]
    put("snapshot", Snapshot(version, None, END, dict(meta)))
    stamp = Timestamp(version, None, at + timedelta(days=7), meta["snapshot.json"])
    files["metadata/timestamp.json"] = signed_once(edited("timestamp", stamp), hands["timestamp"])
    assert not edits, sorted(edits)
    return files


def _top(target: TargetFile, version: int) -> Targets:
    key = CustodianKey(offline("vnm").public)
    role = DelegatedRole("vnm", [key.keyid], 1, True, paths=["parties/vnm/*"])
    return Targets(version, None, END, {target.path: target}, Delegations({key.keyid: key}, {"vnm": role}))


def _party(target: TargetFile, version: int) -> Targets:
    key = CustodianKey(online("vnm").public)
    role = DelegatedRole("vnm.online", [key.keyid], 1, True, paths=["parties/vnm/authorities.json"])
    return Targets(
        version, None, END, {target.path: target}, Delegations({key.keyid: key}, {"vnm.online": role})
    )


def root_of(files: dict[str, bytes]) -> bytes:
    return files["metadata/1.root.json"]


def plain(model: Any) -> Any:
    """Return a model as plain data, as documents hold it."""
    return json.loads(wire.encode(model))


def proved(mixed: Any, first: Any, second: Any) -> Any:
    """Return the proof of a key whose halves belong to two pairs."""
    return prove_possession(first, mixed)[0], prove_possession(second, mixed)[1]
