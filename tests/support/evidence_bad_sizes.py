"""The bad packages of vectors/evidence whose names, paths and sizes are hostile."""

from __future__ import annotations

from support.crafting import Craft
from support.evidence_bad_claims import Bad
from support.evidence_bends import entries, other_chunk, paths, statement

__all__ = ["listed_sizes", "names_and_sizes"]

HUGE = 1 << 53
DEEP = "/".join(["a"] * 129)


def names_and_sizes() -> list[Bad]:
    """Return what a recipient refuses."""
    return [
        ("deep-path", "A path has 129 components.", "EVID-042", ["check_path"], paths(DEEP)),
        ("long-name", "A name has 256 bytes.", "EVID-042", ["check_path"], paths("a" * 256)),
        ("long-path", "A path has 4,097 characters.", "WIRE-010", [], paths("a/" * 2048 + "a")),
        ("no-path", "A path is empty.", "WIRE-010", [], paths("")),
        ("dot-path", "A component is a dot.", "EVID-042", ["check_path"], paths("a/./b")),
        ("empty-component", "A component is empty.", "EVID-042", ["check_path"], paths("a//b")),
        ("trailing-dot", "A name ends with a dot.", "EVID-042", ["check_path"], paths("case/a.")),
        ("control-name", "A name holds a control character.", "WIRE-008", [], paths("case/a\x1b[2J")),
        ("overriding-name", "A name turns the text around.", "WIRE-008", [], paths("case/a\u202egpj.exe")),
        (
            "line-end-name",
            "A name holds a line separator.",
            "EVID-042",
            ["check_path"],
            paths("case/a\u2028b"),
        ),
        ("negative-size", "A file has a negative size.", "WIRE-010", [], Craft(entries=entries(0, size=-1))),
        ("huge-size", "A file has 8 PiB.", "EVID-046", [], Craft(entries=entries(0, size=HUGE))),
        (
            "larger-size",
            "A file's size has no number.",
            "WIRE-006",
            [],
            Craft(entries=entries(0, size=HUGE + 1)),
        ),
        (
            "huge-offset",
            "A file begins 8 PiB from here.",
            "EVID-046",
            ["check_place"],
            Craft(entries=entries(0, place__offset=HUGE)),
        ),
        (
            "many-chunks",
            "A file says that it has 2^53 chunks.",
            "EVID-046",
            ["check_place"],
            Craft(entries=entries(0, place__chunks=HUGE)),
        ),
        (
            "no-chunks",
            "A file says that it has no chunk.",
            "WIRE-010",
            [],
            Craft(entries=entries(0, place__chunks=0)),
        ),
        (
            "many-entries",
            "The seal counts 2^53 entries.",
            "EVID-045",
            ["check_entry_tree"],
            Craft(statement=lambda found: {**found, "entries": {**found["entries"], "size": HUGE}}),
        ),
    ]


def listed_sizes() -> list[Bad]:
    """Return what a carrier refuses."""

    def segment(**changes: int) -> Craft:
        def hook(found: dict[str, dict[str, list[dict[str, int]]]]) -> object:
            first = {**found["segments"]["data"][0], **changes}
            return {**found, "segments": {**found["segments"], "data": [first]}}

        return Craft(statement=hook)

    return [
        (
            "huge-row",
            "A row says 2 MiB.",
            "EVID-031",
            [],
            Craft(row=other_chunk(lambda _: {"length": 1 << 21})),
        ),
        ("large-segment", "A segment has more than 1 GiB.", "WIRE-010", [], segment(size=(1 << 30) + 1)),
        ("chunkless-segment", "A segment has no chunk.", "WIRE-010", [], segment(chunks=0)),
        ("many-rows", "A segment has 65,537 chunks.", "WIRE-010", [], segment(chunks=(1 << 16) + 1)),
        (
            "no-entries",
            "The seal counts no entry.",
            "WIRE-010",
            [],
            Craft(statement=statement(entries={"size": 0, "root": "0" * 64})),
        ),
        (
            "no-recipients",
            "The seal is for nobody.",
            "WIRE-010",
            [],
            Craft(statement=statement(recipients=[])),
        ),
    ]
