"""Write vectors/register/*.json again: ``python -m tests.unit.register.make_vectors`` from the root.

Keys come from fixed seeds; ML-DSA signatures are hedged, so a second run writes other signatures.
"""

from __future__ import annotations

import json
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from rogatory import register, wire
from rogatory.register import files, log
from rogatory.register.snapshots import Manifest
from rogatory.values import base64_text, instant_text
from support.registers import ORIGIN, START, custodians
from support.world import pair

from .forging import LATER, forge, root_of
from .vector_cases import BUILT, FOLLOWING, WALKS

FOLDER = Path(__file__).parents[3] / "vectors" / "register"
SOON = START + timedelta(hours=1)


def texts(found: dict[str, bytes]) -> dict[str, str]:
    return {path: data.decode() for path, data in sorted(found.items())}


def overlay(good: dict[str, bytes], other: dict[str, bytes]) -> dict[str, str | None]:
    """Return what makes the good files the other ones; null takes a file away."""
    gone = dict.fromkeys(sorted(set(good) - set(other)))
    return texts({path: data for path, data in other.items() if good.get(path) != data}) | gone


def case(name: str, code: str | None = None, check: str | None = None, **more: Any) -> dict[str, Any]:
    return {"name": name, **more, **({"code": code} if code else {}), **({"check": check} if check else {})}


def walks(good: dict[str, bytes]) -> dict[str, Any]:
    made = [(name, code, check, forge(**edits)) for name, code, check, edits in WALKS]
    made += [(name, code, check, build()) for name, code, check, build in BUILT]
    late = instant_text(START + timedelta(days=8))
    cases = [
        case("a good register", files={}),
        case("expired", "REG-005", "register.metadata.check_not_expired", files={}, at=late),
        *(case(name, code, check, files=overlay(good, bad)) for name, code, check, bad in made),
    ]
    return {
        "about": "Put the files of a case over the good files (null takes one away), walk from the root as "
        "of the instant, and build the key ring. With a code: must be refused with it, and 'check' names "
        "the one check that refuses.",
        "spec": "spec/register.md 3, 4 and 6",
        "root": root_of(good).decode(),
        "at": instant_text(SOON),
        "files": texts(good),
        "cases": cases,
    }


def successors(good: dict[str, bytes]) -> dict[str, Any]:
    later = forge(at=LATER, version=2)
    cases = [case("a later day", known={}, files={})]
    for name, code, check, build in FOLLOWING:
        known, new = build()
        cases.append(case(name, code, check, known=overlay(good, known), files=overlay(later, new)))
    return {
        "about": "Put 'known' over the good files of walks.json and 'files' over the later files here (null "
        "takes one away), walk both, and ask whether the second may follow the first. With a code: must be "
        "refused with it by that check.",
        "spec": "spec/register.md 5",
        "at": instant_text(START + timedelta(days=4)),
        "files": texts(later),
        "cases": cases,
    }


def logged(good: dict[str, bytes]) -> tuple[register.Snapshot, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        public = Path(folder, "host", "public")
        for path, data in good.items():
            files.write(public / path, data)
        head = log.append(public, log.leaves_of(good, START), custodians().log, ORIGIN, START)
        files.write(public / "log/checkpoint", head)
        reader = Path(folder, "reader")
        return register.refresh(reader, register.from_folder(public), SOON, root=root_of(good)), head


def bundles(good: dict[str, bytes]) -> dict[str, Any]:
    snapshot, head = logged(good)
    bundle = json.loads(register.make_bundle(snapshot))
    manifest = json.loads(snapshot.manifest)
    short = {name: each for name, each in manifest["files"].items() if "timestamp" not in name}
    other = register.init(Path(tempfile.mkdtemp()), stranger(), "other.example/log", START)
    spoilt = head.replace(head.split()[-1][8:16], b"AAAAAAAA")
    relisted = manifest["files"] | {"log/checkpoint": register.digest(spoilt)}
    patches = [
        case("a good bundle", patch={}),
        case("a later day than it speaks for", "REG-005", "register.metadata.check_not_expired", patch={},
             at=instant_text(START + timedelta(days=8))),
        case("another register's root", "REG-004", "register.metadata.check_signed", patch={},
             root=other.decode()),
        case("a file that the snapshot does not list", "REG-037", "register.history.check_listed",
             patch={"manifest": listing(short)}),
        case("a file without its place in the log", "REG-025", "register.log.check_logged",
             patch={"proofs": bundle["proofs"][:-1]}),
        case("a file at another's place in the log", "REG-025", "register.log.check_logged",
             patch={"proofs": [*bundle["proofs"][:-1], bundle["proofs"][-1] | {"index": 1}]}),
        case("a head whose ML-DSA line is spoilt", "REG-024", "custody.signatures.check_log_post_quantum",
             patch={"files": {"log/checkpoint": base64_text(spoilt)}, "manifest": listing(relisted)}),
        case("a member that no bundle has", "REG-001", patch={"root": "AA=="}),
    ]  # fmt: skip
    return {
        "about": "Put the patch (RFC 7386) over the bundle and open it with the root, as of the instant. "
        "With a code: must be refused with it, and 'check' names the one check that refuses.",
        "spec": "spec/register.md 8",
        "root": root_of(good).decode(),
        "at": instant_text(SOON),
        "snapshot": snapshot.digest,
        "bundle": bundle,
        "cases": patches,
    }


def listing(found: dict[str, str]) -> str:
    return base64_text(wire.encode(Manifest(files=found)))


def stranger() -> register.Custodians:
    mine = custodians()
    keys = [(pair("xun/other", each[0].public.purpose),) for each in (mine.root,) * 4]
    log_key = pair("xun/other", mine.log.public.purpose)
    return register.Custodians(*keys, log=log_key, log_entry=register.key_entry(log_key, START))


def main() -> None:
    good = forge()
    pages = {"walks": walks(good), "successors": successors(good), "bundles": bundles(good)}
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, page in pages.items():
        text = json.dumps(page, indent=1, ensure_ascii=False) + "\n"
        (FOLDER / f"{name}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
