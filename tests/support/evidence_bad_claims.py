"""The bad packages of vectors/evidence that bend claims, the description of the case and recipients."""

from __future__ import annotations

from support.crafting import Craft
from support.evidence_bends import claims, other_case, other_wrap, short_wrap, with_file

__all__ = ["Bad", "further"]

Bad = tuple[str, str, str, list[str], Craft]

# Two more than wire.strict reads, inside the object that a description has to be.
DEEP = b'{"a":' + b"[" * 32 + b"]" * 32 + b"}\n"
MANY = {f"c{number}": "said" for number in range(65)}


def further() -> list[Bad]:
    """Return what a recipient refuses; a model, a parser or a cipher stops most of it."""
    said: list[Bad] = [
        ("no-claims", "An entry has claims, and none is there.", "WIRE-010", [], claims({})),
        ("many-claims", "An entry has 65 claims.", "WIRE-010", [], claims(MANY)),
        ("claims-list", "Claims are a list.", "WIRE-010", [], claims(["said"])),
        ("claims-text", "Claims are one text.", "WIRE-010", [], claims("said")),
        ("capital-claim", "A claim is named in capitals.", "WIRE-010", [], claims({"Date": "said"})),
        ("spaced-claim", "A claim's name has a space.", "WIRE-010", [], claims({"a b": "said"})),
        ("nameless-claim", "A claim has no name.", "WIRE-010", [], claims({"": "said"})),
        ("line-end-claim", "A claim's name ends a line.", "WIRE-010", [], claims({"a\n": "said"})),
        ("long-claim-name", "A claim's name has 101 letters.", "WIRE-010", [], claims({"a" * 101: "said"})),
        ("long-claim", "A claim has 2,001 characters.", "WIRE-010", [], claims({"a": "x" * 2001})),
        ("number-claim", "A claim is a number.", "WIRE-010", [], claims({"a": 1})),
        ("null-claim", "A claim is null.", "WIRE-010", [], claims({"a": None})),
        ("object-claim", "A claim is an object.", "WIRE-010", [], claims({"a": {"b": "said"}})),
        ("overriding-claim", "A claim turns the text around.", "WIRE-008", [], claims({"a": "\u202e"})),
    ]
    case: list[Bad] = [
        ("case-no-json", "The description is no JSON.", "WIRE-003", [], Craft(case=b"a case\n")),
        ("case-no-text", "The description is not UTF-8.", "WIRE-002", [], Craft(case=b'{"a":"\xff"}\n')),
        ("case-list", "The description is a list.", "EVID-052", ["check_case_document"], Craft(case=b"[]\n")),
        (
            "case-spaced",
            "The description is spelled with a space.",
            "EVID-052",
            ["check_case_document"],
            Craft(case=b'{"a": 1}\n'),
        ),
        (
            "case-two-lines",
            "The description has two lines.",
            "EVID-052",
            ["check_case_lines"],
            Craft(case=b"{}\n{}\n"),
        ),
        (
            "case-cut-short",
            "The description's line goes on without end.",
            "EVID-041",
            ["check_table_end"],
            Craft(case=b"{}\n{"),
        ),
        ("case-member-twice", "A member stands twice.", "WIRE-004", [], Craft(case=b'{"a":1,"a":1}\n')),
        ("case-float", "A number has a fraction.", "WIRE-005", [], Craft(case=b'{"a":1.5}\n')),
        (
            "case-large-number",
            "A number is above 2^53.",
            "WIRE-006",
            [],
            Craft(case=b'{"a":9007199254740993}\n'),
        ),
        ("case-deep", "Lists lie 33 deep.", "WIRE-007", [], Craft(case=DEEP)),
        (
            "case-overriding",
            "A text of the description turns around.",
            "WIRE-008",
            [],
            Craft(case='{"a":"\u202e"}\n'.encode()),
        ),
        (
            "case-swapped",
            "case.enc is another package's, and listed.",
            "ENV-031",
            [],
            Craft(case=b"{}\n", small=with_file("case.enc", other_case())),
        ),
        (
            "case-empty-file",
            "case.enc is listed and has no bytes.",
            "EVID-052",
            [],
            Craft(small=with_file("case.enc", b"")),
        ),
        (
            "case-not-a-table",
            "case.enc is listed and is no table.",
            "ENV-030",
            [],
            Craft(small=with_file("case.enc", b"{}\n")),
        ),
    ]
    wrapped: list[Bad] = [
        ("other-wrap", "The recipient's wrap holds nothing.", "ENV-033", [], Craft(wraps=other_wrap)),
        ("short-wrap", "The recipient's wrap is cut short.", "ENV-033", [], Craft(wraps=short_wrap)),
    ]
    return [*said, *case, *wrapped]
