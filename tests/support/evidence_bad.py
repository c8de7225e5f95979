"""The bad packages of vectors/evidence: each with its code, and the checks that stop it."""

from __future__ import annotations

from typing import Any

from rogatory.keys import Purpose
from support.crafting import Craft, flipped
from support.evidence_bad_claims import Bad, further
from support.evidence_bad_sizes import listed_sizes, names_and_sizes
from support.evidence_bends import (
    cut_line,
    entries,
    foreign_receipt,
    hidden_chunk,
    listed_twice,
    one_signature,
    other_chunk,
    other_table,
    paths,
    same_nonce,
    statement,
    swap_wraps,
    tampered,
    with_file,
    without,
)

__all__ = ["vectors"]


def vectors() -> list[dict[str, Any]]:
    """Return each bad package: what it is, the code, the checks that stop it, and its files."""
    far = "fra/other"
    carrier: list[Bad] = [
        # Without a key: what anybody who carries a package can check.
        (
            "flipped-page",
            "A bit of README.txt is turned.",
            "EVID-024",
            ["check_digest"],
            Craft(package=tampered("README.txt", lambda data: flipped(data, 8))),
        ),
        (
            "flipped-ciphertext",
            "A bit of a segment is turned.",
            "EVID-032",
            ["check_segment_root"],
            Craft(package=tampered("data/000001.bin", lambda data: flipped(data, 40))),
        ),
        (
            "flipped-nonce",
            "A bit of a nonce in a row is turned.",
            "EVID-032",
            ["check_segment_root"],
            Craft(package=tampered("data/000001.idx", lambda data: flipped(data, 40))),
        ),
        (
            "missing-segment",
            "A segment is missing.",
            "EVID-021",
            [],
            Craft(package=without("data/000001.bin")),
        ),
        (
            "missing-page",
            "README.txt is missing.",
            "EVID-021",
            [],
            Craft(package=without("README.txt")),
        ),
        (
            "truncated-segment",
            "A segment is cut short.",
            "EVID-025",
            ["check_sizes", "check_size", "check_segment_root"],
            Craft(package=tampered("data/000001.bin", lambda data: data[:-5])),
        ),
        (
            "extra-file",
            "A file is added.",
            "EVID-022",
            ["check_no_extra_file"],
            Craft(package=with_file("data/000002.bin", b"more")),
        ),
        (
            "longer-page",
            "README.txt goes on after its end.",
            "EVID-025",
            ["check_sizes"],
            Craft(package=tampered("README.txt", lambda data: data + b"and more\n")),
        ),
        (
            "one-signature",
            "The seal has its Ed25519 signature only.",
            "KEY-010",
            [],
            Craft(envelope=one_signature),
        ),
        (
            "statement-key",
            "A key for statements seals.",
            "KEY-003",
            ["rogatory.keys.ring.check_purpose"],
            Craft(purpose=Purpose.STATEMENT),
        ),
        (
            "not-a-seal",
            "The seal is signed as another kind of document.",
            "EVID-027",
            ["check_payload_type"],
            Craft(media_type="application/vnd.rogatory.request.v1+json"),
        ),
        (
            "another-sealer",
            "The seal names another authority than its signer.",
            "EVID-026",
            ["check_sealer"],
            Craft(statement=statement(sealed_by=far)),
        ),
        (
            "false-rehearsal",
            "A real key seals a rehearsal.",
            "EVID-027",
            ["check_rehearsal"],
            Craft(
                statement=statement(rehearsal=True),
                media_type="application/vnd.rogatory.rehearsal.seal.v1+json",
            ),
        ),
        (
            "time-to-come",
            "The seal claims a time to come.",
            "EVID-028",
            ["check_sealing_time"],
            Craft(statement=statement(sealed_at="2028-04-01T00:00:00Z")),
        ),
        (
            "listed-twice",
            "The seal lists a file twice.",
            "EVID-029",
            ["check_covered_names"],
            Craft(statement=listed_twice),
        ),
        (
            "other-recipients",
            "recipients.json is another package's.",
            "EVID-030",
            ["check_recipients"],
            Craft(recipients=lambda document: {**document, "package": "0" * 64}),
        ),
        (
            "rows-do-not-add-up",
            "A row is a byte shorter than its chunk.",
            "EVID-031",
            ["check_segment_size"],
            Craft(row=other_chunk(lambda row: {"length": row.length - 1})),
        ),
        (
            "nonce-used-twice",
            "Two chunks have one nonce.",
            "EVID-034",
            ["check_used_once"],
            Craft(segments=same_nonce),
        ),
        (
            "other-ciphertext-root",
            "The root over the segments is not theirs.",
            "EVID-033",
            ["check_ciphertext_root"],
            Craft(statement=statement(ciphertext="0" * 64)),
        ),
        (
            "foreign-receipt",
            "The custody receipt is for another seal.",
            "EVID-035",
            ["check_receipt_is_of"],
            Craft(package=with_file("receipt/custody.json", foreign_receipt())),
        ),
        *listed_sizes(),
    ]
    recipient: list[Bad] = [
        # With a key: what a hostile sealer could hide from a carrier.
        (
            "swapped-wraps",
            "Two recipients' wraps are exchanged.",
            "ENV-033",
            [],
            Craft(wraps=swap_wraps),
        ),
        (
            "other-package-key",
            "The seal commits to another package key than the wraps hold.",
            "ENV-034",
            ["rogatory.envelopes.wraps.check_package_key"],
            Craft(commitment=lambda found: flipped(found, 0)),
        ),
        (
            "swapped-table",
            "entries.enc is another package's, and listed.",
            "ENV-031",
            [],
            Craft(start="other", small=with_file("entries.enc", other_table())),
        ),
        (
            "other-table",
            "The seal's root is another table's.",
            "EVID-045",
            ["check_entry_tree"],
            Craft(statement=lambda found: {**found, "entries": {**found["entries"], "root": "0" * 64}}),
        ),
        (
            "other-chunk-key",
            "A row commits to another key.",
            "ENV-031",
            ["rogatory.envelopes.chunks.check_chunk_key"],
            Craft(row=other_chunk(lambda row: {"commitment": bytes(32)})),
        ),
        (
            "other-tag",
            "A row has another tag.",
            "ENV-032",
            [],
            Craft(row=other_chunk(lambda row: {"tag": bytes(16)})),
        ),
        (
            "other-file-key",
            "An entry commits to another key.",
            "EVID-048",
            ["check_file_key"],
            Craft(entries=entries(0, keys__commitment="0" * 64)),
        ),
        (
            "other-chunks",
            "An entry names other chunks.",
            "EVID-049",
            ["check_file_root"],
            Craft(entries=entries(0, place__root="0" * 64)),
        ),
        (
            "other-digest",
            "An entry names another SHA-256.",
            "EVID-051",
            ["check_plain_digest"],
            Craft(entries=entries(0, sha256="0" * 64)),
        ),
        (
            "other-size",
            "An entry names another size.",
            "EVID-050",
            ["check_chunk_length"],
            Craft(entries=entries(0, size=24)),
        ),
        (
            "other-place",
            "An entry begins elsewhere.",
            "EVID-046",
            ["check_place"],
            Craft(entries=entries(1, place__offset=0)),
        ),
        (
            "hidden-chunk",
            "A segment holds a chunk of no entry.",
            "EVID-047",
            ["check_nothing_hidden"],
            Craft(segments=hidden_chunk),
        ),
        ("climbing-path", "A path climbs out.", "EVID-042", ["check_path"], paths("../climb")),
        (
            "absolute-path",
            "A path begins at the root.",
            "EVID-042",
            ["check_path"],
            paths("/etc/x"),
        ),
        (
            "backslash-path",
            "A path climbs out on Windows.",
            "EVID-042",
            ["check_path"],
            paths("a\\..\\..\\x"),
        ),
        (
            "reserved-name",
            "A path is a device on Windows.",
            "EVID-042",
            ["check_path"],
            paths("case/NUL.txt"),
        ),
        (
            "path-twice",
            "A path stands twice.",
            "EVID-043",
            ["check_order", "check_no_alike"],
            paths("a", "a"),
        ),
        (
            "out-of-order",
            "Paths stand out of order.",
            "EVID-043",
            ["check_order"],
            paths("b", "a"),
        ),
        (
            "below-a-file",
            "A path lies below a file.",
            "EVID-043",
            ["check_order", "check_no_alike"],
            paths("a", "a/b"),
        ),
        (
            "alike-names",
            "Two names differ in case only.",
            "EVID-044",
            ["check_no_alike"],
            paths("case/README", "case/readme"),
        ),
        (
            "alike-folders",
            "Two folders differ in how a letter is composed.",
            "EVID-044",
            ["check_no_alike"],
            paths("cafe\u0301/a", "caf\u00e9/b"),
        ),
        (
            "two-spellings",
            "An entry is spelled with spaces.",
            "EVID-040",
            ["check_one_spelling"],
            Craft(line=lambda line: line.replace(b'":', b'": ')),
        ),
        (
            "link-with-content",
            "A link has no target and a file's content.",
            "EVID-040",
            ["check_members"],
            Craft(entries=entries(0, kind="link")),
        ),
        (
            "message-in-padding",
            "The padding of the table holds a message.",
            "EVID-041",
            ["check_padding_empty"],
            Craft(table=lambda plain: plain[:-1] + b"!"),
        ),
        (
            "other-padding",
            "The table is padded to another size.",
            "EVID-041",
            ["check_table_end"],
            Craft(table=lambda plain: plain + bytes(7)),
        ),
        (
            "line-cut-short",
            "The last line of the table does not end.",
            "EVID-041",
            ["check_table_end"],
            Craft(table=cut_line),
        ),
        *further(),
        *names_and_sizes(),
    ]
    return [
        {"name": name, "about": about, "code": code, "checks": checks, "package": craft.build(), "as": role}
        for role, rows in (("carrier", carrier), ("recipient", recipient))
        for name, about, code, checks, craft in rows
    ]
