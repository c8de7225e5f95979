"""The bad disclosures of vectors/disclosures: each with its code, and the checks that stop it."""

from __future__ import annotations

import base64
from typing import Any

from support.crafting import Craft, b64, flipped
from support.disclosing import Give, Part
from support.evidence_bends import entries, other_chunk, paths, tampered, with_file, without

__all__ = ["BUNDLE", "GOOD", "vectors"]

OWN = "rogatory.evidence.disclosure_checks."
CHECKS = "rogatory.evidence.checks."
TRUST = with_file("trust/bundle.json", b"the register's word")


def good(**changes: Any) -> Part:
    return Part(**({"craft": Craft(small=TRUST)} | changes))


def bundle(**changes: Any) -> Part:
    members: dict[str, Any] = {
        "gives": (Give(0), Give(1, chunks=True), Give(2, members=["path"])),
        "withheld": [
            {"from": 1, "to": 1, "reason": "the rest is withheld"},
            {"from": 2, "to": 2, "reason": "names a person under protection"},
        ],
    }
    return good(**(members | changes))


GOOD, BUNDLE = good, bundle


def line(**changes: Any) -> Any:
    return lambda found: found | changes


def entry(**changes: Any) -> Any:
    return lambda found: {**found, "entry": {**found["entry"], **changes}}


def sizes(**changes: Any) -> Part:
    return good(**({"gives": (Give(0, members=["size"]), Give(1, members=["size"]))} | changes))


def everything(craft: Craft) -> Part:
    craft.small = TRUST
    return Part(craft=craft, gives=tuple(Give(number) for number in range(len(craft.files))))


def withheld(*ranges: tuple[int, int]) -> list[dict[str, Any]]:
    return [{"from": first, "to": last, "reason": "none"} for first, last in ranges]


def vectors() -> list[tuple[str, str, str, list[str], Part]]:
    """Return each bad disclosure: its name, what it is, the code, what stops it, and how it is made."""
    own = [
        (
            "other-seal",
            "It names another seal.",
            "EVID-201",
            ["check_seal"],
            good(header=line(seal="0" * 64)),
        ),
        (
            "spaced-header",
            "disclosure.json has a space too many.",
            "EVID-202",
            ["check_one_spelling"],
            good(header_bytes=lambda data: data.replace(b":", b": ", 1)),
        ),
        (
            "spaced-line",
            "A line has a space too many.",
            "EVID-202",
            ["check_one_spelling"],
            good(lines=lambda found: [each.replace(b":", b": ", 1) for each in found]),
        ),
        (
            "lines-out-of-order",
            "Two lines are exchanged.",
            "EVID-202",
            ["check_number"],
            sizes(lines=lambda found: found[::-1]),
        ),
        (
            "line-twice",
            "A line stands twice.",
            "EVID-202",
            ["check_number"],
            sizes(lines=lambda found: [found[0], *found]),
        ),
        (
            "salt-too-many",
            "A line has a salt too many.",
            "EVID-202",
            ["check_salts"],
            sizes(line=lambda found: {**found, "salts": b64(b64_bytes(found["salts"]) + bytes(16))}),
        ),
        (
            "hidden-out-of-order",
            "Hidden members stand out of order.",
            "EVID-202",
            ["check_hidden"],
            sizes(line=lambda found: {**found, "hidden": found["hidden"][::-1]}),
        ),
        ("other-value", "A value is changed.", "EVID-203", ["check_root"], sizes(line=entry(size=99))),
        (
            "other-salt",
            "A salt is changed.",
            "EVID-203",
            ["check_root"],
            sizes(line=lambda found: {**found, "salts": b64(flipped(b64_bytes(found["salts"]), 5))}),
        ),
        (
            "other-number",
            "An entry stands in another one's place.",
            "EVID-203",
            ["check_root"],
            good(gives=(Give(1, members=["size"]),), line=line(number=0)),
        ),
        (
            "other-hash",
            "A hash of the proof is changed.",
            "EVID-203",
            ["check_root"],
            good(files=tampered("hashes.bin", lambda data: flipped(data, 9))),
        ),
        (
            "hash-too-many",
            "A hash is left over.",
            "EVID-204",
            ["check_hashes"],
            good(files=tampered("hashes.bin", lambda data: data + bytes(32))),
        ),
        (
            "hash-too-few",
            "A hash is missing.",
            "EVID-204",
            ["check_hashes", "check_root"],
            good(files=tampered("hashes.bin", lambda data: data[:-32])),
        ),
        (
            "withheld-leaves-out",
            "The list of what is withheld leaves an entry out.",
            "EVID-205",
            ["check_accounted"],
            bundle(withheld=withheld((1, 1))),
        ),
        (
            "withheld-names-given",
            "The list of what is withheld names an entry that is given.",
            "EVID-205",
            ["check_accounted"],
            bundle(withheld=withheld((0, 2))),
        ),
        (
            "withheld-beyond",
            "The list of what is withheld goes beyond the table.",
            "EVID-205",
            ["check_accounted"],
            bundle(withheld=withheld((1, 3))),
        ),
        (
            "ciphertext-too-many",
            "Ciphertext is left over.",
            "EVID-206",
            ["check_nothing_left"],
            good(files=tampered("chunks.bin", lambda data: data + b"more")),
        ),
        (
            "key-too-many",
            "A key is left over.",
            "EVID-206",
            ["check_nothing_left"],
            bundle(files=tampered("keys.bin", lambda data: data + bytes(32))),
        ),
        (
            "ciphertext-too-few",
            "Ciphertext is missing.",
            "EVID-206",
            [],
            good(files=tampered("chunks.bin", lambda data: data[:-1])),
        ),
    ]
    shared = [
        (
            "extra-file",
            "A file is added.",
            "EVID-022",
            ["check_no_extra_file"],
            good(files=with_file("note.txt", b"x")),
        ),
        ("missing-lines", "entries.jsonl is missing.", "EVID-021", [], good(files=without("entries.jsonl"))),
        (
            "other-trust",
            "The trust bundle is another one.",
            "EVID-024",
            ["check_digest"],
            good(files=tampered("trust/bundle.json", lambda data: flipped(data, 3))),
        ),
        (
            "longer-trust",
            "The trust bundle goes on after its end.",
            "EVID-025",
            ["check_sizes"],
            good(files=tampered("trust/bundle.json", lambda data: data + b"and more")),
        ),
        (
            "other-file-key",
            "The sealed entry commits to another key.",
            "EVID-048",
            ["check_file_key"],
            good(craft=Craft(small=TRUST, entries=entries(1, keys__commitment="0" * 64))),
        ),
        (
            "other-chunks",
            "The sealed entry names other chunks.",
            "EVID-049",
            ["check_file_root"],
            good(craft=Craft(small=TRUST, entries=entries(1, place__root="0" * 64))),
        ),
        (
            "other-chunks-of-a-range",
            "The sealed entry of a range names other chunks.",
            "EVID-049",
            ["check_file_root"],
            bundle(craft=Craft(small=TRUST, entries=entries(1, place__root="0" * 64))),
        ),
        (
            "other-size",
            "The sealed entry names another size.",
            "EVID-050",
            ["check_chunk_length"],
            good(craft=Craft(small=TRUST, entries=entries(1, size=25))),
        ),
        (
            "other-digest",
            "The sealed entry names another SHA-256.",
            "EVID-051",
            ["check_plain_digest"],
            good(craft=Craft(small=TRUST, entries=entries(1, sha256="0" * 64))),
        ),
        (
            "other-chunk-key",
            "The sealed row commits to another key.",
            "ENV-031",
            ["rogatory.envelopes.chunks.check_chunk_key"],
            good(craft=Craft(small=TRUST, row=other_chunk(lambda _: {"commitment": bytes(32)}))),
        ),
        (
            "other-range-key",
            "keys.bin has another key.",
            "ENV-031",
            [],
            bundle(files=tampered("keys.bin", lambda data: flipped(data, 7))),
        ),
        (
            "climbing-path",
            "A sealed path climbs out.",
            "EVID-042",
            ["check_path"],
            everything(paths("../climb")),
        ),
        (
            "path-twice",
            "A sealed path stands twice.",
            "EVID-043",
            ["check_order", "check_no_alike"],
            everything(paths("a", "a")),
        ),
        (
            "alike-names",
            "Two sealed names differ in case only.",
            "EVID-044",
            ["check_no_alike"],
            everything(paths("a/README", "a/readme")),
        ),
        (
            "link-with-content",
            "A sealed link has a file's content.",
            "EVID-040",
            ["check_members"],
            good(craft=Craft(small=TRUST, entries=entries(1, kind="link"))),
        ),
    ]
    named = [(OWN, each) for each in own] + [(CHECKS, each) for each in shared]
    return [
        (name, about, code, [each if "." in each else start + each for each in checks], part)
        for start, (name, about, code, checks, part) in named
    ]


def b64_bytes(text: str) -> bytes:
    return base64.b64decode(text)
