"""What a page of the treaty sources and a compiled instrument look like, as JSON Schema.

One truth for three readers: the compiler checks the sources by it, ``spec/instruments`` publishes it, and who
writes another State's treaty as data can check the pages with any validator.
"""

from __future__ import annotations

import re
from typing import Any, Final

__all__ = ["COMPILED", "DEFS", "PAGES", "SOURCE", "page_shape"]

Shape = dict[str, Any]
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
ID: Final = r"^[a-z]+[a-z0-9_]*(\.[a-z0-9_]+)*$"
REF: Final = r"^([a-z]+[a-z0-9_]*/)?[a-z]+[a-z0-9_]*(\.[a-z0-9_]+)*$"
PARTY: Final = r"^[a-z]{3}$"
LANGUAGE: Final = r"^[a-z]{2,3}$"
# What is not a date may be a month where a source gave no day.
DAY: Final[Shape] = {"type": ["string", "null"], "format": "date"}
MONTH: Final[Shape] = {"type": ["string", "null"], "format": "date-or-month"}
TEXT: Final[Shape] = {"type": "string"}
TEXTS: Final[Shape] = {"type": "array", "items": TEXT}
WORD: Final[Shape] = {"type": ["string", "null"]}
FLAG: Final[Shape] = {"type": "boolean"}
NUMBER: Final[Shape] = {"type": "integer"}
REFS: Final[Shape] = {"type": "array", "items": {"type": "string", "pattern": REF}}
PARTIES: Final[Shape] = {"type": "array", "items": {"type": "string", "pattern": PARTY}, "minItems": 2}
LINKS: Final[Shape] = {"type": "object", "additionalProperties": REFS}
SURE: Final = ["verified", "inferred", "memory", "low", "practice", "unknown"]
CONFIDENCE: Final[Shape] = {"type": "string", "enum": SURE}


def _one_of(*words: str) -> Shape:
    return {"type": "string", "enum": list(words)}


def _row(required: tuple[str, ...], **members: Shape) -> Shape:
    properties = {name.rstrip("_"): shape for name, shape in members.items()}
    return {
        "type": "object",
        "required": list(required),
        "properties": properties,
        "additionalProperties": False,
    }


def _list_of(name: str) -> Shape:
    return {"type": "array", "items": {"$ref": f"#/$defs/{name}"}}


NAME: Final[Shape] = {"type": "string", "pattern": ID}
NUMBERING: Final[Shape] = _one_of("high", "medium", "low", "placeholder")

HEAD: Final = _row(
    ("key", "kind", "schema_version", "vocabulary"),
    schema_version={"type": "integer", "enum": [1]},
    key={"type": "string", "pattern": r"^[a-z]+[a-z0-9_]*$"},
    kind=_one_of("treaty", "template"),
    rank=NUMBER,
    open_to=TEXT,
    parent=TEXT,
    abbreviation=TEXT,
    resolution=TEXT,
    depositary_ref=TEXT,
    adopted=DAY,
    opened_for_signature=DAY,
    signature_closes=DAY,
    signed=DAY,
    in_force=DAY,
    in_force_confidence=CONFIDENCE,
    prepared=DAY,
    articles_count={"type": ["integer", "null"]},
    left_out={"type": "array", "items": NUMBER},
    named_parties=PARTIES,
    mutual_assistance=FLAG,
    participation=_one_of("complete", "partial"),
    reservations=_one_of("open", "closed"),
    not_at_hand=TEXTS,
    fallback=_row(("rule",), rule=NAME),
    entry_into_force=_row(("first", "later"), first=NAME, later=NAME, accession=NAME, denunciation=NAME),
    chapters=_list_of("chapter"),
    vocabulary=_row(
        ("obligation", "confidence", "numbering", "kind"),
        obligation=TEXTS,
        confidence=TEXTS,
        numbering=TEXTS,
        kind=TEXTS,
    ),
)
DEFS: Final[Shape] = {
    "head": HEAD,
    "chapter": _row(
        ("id", "number", "first", "last", "confidence"),
        id=NAME,
        number=TEXT,
        first=NUMBER,
        last=NUMBER,
        confidence=CONFIDENCE,
    ),
    "article": _row(
        ("id", "kind", "confidence", "numbering", "paragraphs"),
        id=NAME,
        kind=TEXT,
        confidence=CONFIDENCE,
        numbering=NUMBERING,
        models=TEXTS,
        links=LINKS,
        paragraphs=_list_of("paragraph"),
    ),
    "paragraph": _row(
        ("id", "obligation"),
        id=NAME,
        obligation=TEXT,
        confidence=CONFIDENCE,
        numbering=NUMBERING,
        tags=TEXTS,
        links=LINKS,
        open_list=FLAG,
        points=_list_of("point"),
    ),
    "point": _row(("id",), id=NAME, obligation=TEXT, tags=TEXTS, links=LINKS),
    "entry": _row(
        ("id", "refs"),
        id=NAME,
        refs=REFS,
        links=LINKS,
        confidence=CONFIDENCE,
        obligation=TEXT,
        type=TEXT,
        value={"type": ["integer", "string", "null"]},
        unit=WORD,
        operator=_one_of("<", "<=", ">", ">="),
        requirement=TEXT,
        consultation=_one_of("owed", "off", "not_provided", "as_appropriate", "considered"),
        convention_offence=FLAG,
        discretion_to_assist_anyway=FLAG,
        human_rights=FLAG,
        instruments=NUMBER,
        of_which_member_states=NUMBER,
        optional_offence=FLAG,
        optional_element=FLAG,
        register=FLAG,
        reio_counted=FLAG,
        renewable=FLAG,
        relation=_one_of("equal", "subset", "superset", "intersect"),
        strength=_one_of("same", "stronger", "weaker"),
        source=WORD,
        yields=FLAG,
    ),
    "party": _row(
        ("id", "type", "confidence", "source"),
        id={"type": "string", "pattern": r"^party\.[a-z]{3}$"},
        type=_one_of("state", "reio"),
        status=_one_of("party", "signatory", "invited", "non_party"),
        confidence=CONFIDENCE,
        signature=_row(
            (),
            date=DAY,
            between={"type": "array", "items": DAY, "minItems": 2},
            place=TEXT,
            confidence=CONFIDENCE,
        ),
        invited=DAY,
        consent=_row(
            ("deposit",),
            kind=_one_of("ratification", "acceptance", "approval", "accession"),
            status=TEXT,
            approved=MONTH,
            month=MONTH,
            deposit=DAY,
            deposit_confidence=CONFIDENCE,
            in_force=DAY,
            in_force_confidence=CONFIDENCE,
            denounced=DAY,
            source=TEXT,
        ),
        completeness=_one_of("complete", "partial", "not_read"),
        communications=_list_of("communication"),
        source=WORD,
    ),
    "communication": _row(
        ("id", "kind", "refs", "date", "confidence", "source"),
        id=NAME,
        kind=_one_of("reservation", "declaration", "notification", "unread"),
        refs=REFS,
        under=NAME,
        matters=TEXTS,
        languages={"type": "array", "items": {"type": "string", "pattern": LANGUAGE}},
        links=LINKS,
        date=MONTH,
        confidence=CONFIDENCE,
        source=WORD,
    ),
    "words": {
        "type": "object",
        "additionalProperties": {
            "type": ["string", "object"],
            "additionalProperties": {"type": ["string", "array"], "items": TEXT},
        },
    },
}
PAGES: Final[Shape] = {
    r"^instrument\.yaml$": {"$ref": "#/$defs/head"},
    r"^articles/[a-z0-9_]+\.yaml$": _list_of("article"),
    r"^indexes/[a-z0-9_]+\.yaml$": _list_of("entry"),
    r"^parties\.yaml$": _list_of("party"),
    r"^words/[a-z]{2,3}/[a-z0-9_]+\.yaml$": {"$ref": "#/$defs/words"},
}
SOURCE: Final[Shape] = {
    "$schema": DIALECT,
    "title": "The sources of one instrument: its pages by their path",
    "type": "object",
    "required": ["instrument.yaml"],
    "patternProperties": PAGES,
    "additionalProperties": False,
    "$defs": DEFS,
}
_NODE: Final = _row(
    ("level", "parent", "children", "links"),
    level=_one_of("chapter", "article", "paragraph", "point"),
    parent=WORD,
    children=TEXTS,
    number=TEXT,
    kind=TEXT,
    obligation=WORD,
    confidence=CONFIDENCE,
    numbering=NUMBERING,
    tags=TEXTS,
    models=TEXTS,
    links=LINKS,
)
_ENTRY: Final = _row(
    ("id", "refs", "links", "values", "confidence"),
    id=NAME,
    refs=REFS,
    links=LINKS,
    values={"type": "object"},
    confidence={"type": ["string", "null"], "enum": [*SURE, None]},
)
COMPILED: Final[Shape] = {
    "$schema": DIALECT,
    "title": "One instrument as the library reads it",
    **_row(
        ("meta", "nodes", "indexes", "parties", "externals"),
        meta={"type": "object", "required": ["key", "kind", "schema_version"]},
        nodes={"type": "object", "additionalProperties": _NODE},
        indexes={"type": "object", "additionalProperties": {"type": "array", "items": _ENTRY}},
        parties={"type": "array", "items": {"type": "object", "required": ["id", "code", "type"]}},
        externals=TEXTS,
    ),
}


def page_shape(path: str) -> Shape | None:
    """Return what a page at that path has to obey; None where no page of that name belongs there."""
    return next((shape for pattern, shape in PAGES.items() if re.search(pattern, path)), None)
