"""The questions other rooms ask: a provision, an entry, an index, an instrument, its Parties."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from rogatory.errors import InstrumentError
from rogatory.instruments import _compiled
from rogatory.instruments._model import Entry, Instrument, Provision, Words

__all__ = [
    "citation",
    "cited_by",
    "confidence",
    "digests",
    "entry",
    "exists",
    "index",
    "instrument",
    "instruments",
    "is_entry",
    "provision",
    "text",
    "words",
]

# A point is numbered by a letter or a small Roman number; anything longer is a word of this house.
SHORTEST_WORD: Final = 5


def instruments() -> tuple[str, ...]:
    """Return the keys of the instruments at hand, in alphabetical order."""
    return tuple(sorted(_compiled.catalogue()))


def digests() -> Mapping[str, str]:
    """Return the SHA-256 (hex) of the structure of every instrument at hand, by key; none is opened."""
    found = _compiled.catalogue()
    return {key: found[key]["digest"] for key in sorted(found)}


def exists(ref: str) -> bool:
    """Tell whether a reference names a provision or an index entry of an instrument at hand."""
    key, _, name = ref.partition("/")
    if key not in _compiled.catalogue():
        return False
    page = _compiled.structure(key)
    return name in page["nodes"] or name in page["rows"]


def is_entry(ref: str) -> bool:
    """Tell whether a reference names an index entry or a Party's communication, not a provision."""
    key, _, name = ref.partition("/")
    return key in _compiled.catalogue() and name in _compiled.structure(key)["rows"]


@cache
def provision(ref: str, language: str = "en") -> Provision:
    """Return one provision with its words in the language, in English where there are none.

    Args:
        ref: Instrument and id, such as ``hanoi_2024/art42.p3.d``.
        language: ISO 639-1 code.

    Raises:
        InstrumentError: INST-001 for an unknown provision, INST-002 for an unknown instrument,
            INST-003 where the compiled data are absent.
    """
    key, name = _split(ref)
    node = _compiled.structure(key)["nodes"].get(name)
    if node is None:
        raise InstrumentError("INST-001", ref=ref)
    return Provision(
        ref=ref,
        instrument=key,
        id=name,
        level=node["level"],
        citation=citation(name),
        kind=node.get("kind"),
        obligation=node.get("obligation"),
        confidence=node.get("confidence"),
        numbering=node.get("numbering"),
        tags=tuple(node.get("tags", ())),
        links=_links(key, node["links"]),
        models=tuple(node.get("models", ())),
        parent=None if node["parent"] is None else f"{key}/{node['parent']}",
        children=tuple(f"{key}/{child}" for child in node["children"]),
        words=words(ref, language),
    )


@cache
def entry(ref: str, language: str = "en") -> Entry:
    """Return one index entry (``hanoi_2024/tl.art42.min``).

    Raises:
        InstrumentError: INST-001, INST-002, INST-003 as for ``provision``.
    """
    key, name = _split(ref)
    found = _compiled.structure(key)["rows"].get(name)
    if found is None:
        raise InstrumentError("INST-001", ref=ref)
    at, row = found
    return Entry(
        ref=ref,
        instrument=key,
        id=name,
        index=at,
        refs=tuple(_full(key, each) for each in row["refs"]),
        links=_links(key, row["links"]),
        confidence=row["confidence"],
        values=row["values"],
        words=words(ref, language),
    )


def text(ref: str, language: str = "en") -> str:
    """Return the one line that says what a provision or an index entry is about.

    Raises:
        InstrumentError: INST-001, INST-002, INST-003 as for ``provision``.
    """
    return _either(ref, language).text


def confidence(ref: str) -> str | None:
    """Return how sure a provision or an index entry is; ``practice`` where it is not law.

    Raises:
        InstrumentError: INST-001, INST-002, INST-003 as for ``provision``.
    """
    return _either(ref, "en").confidence


def _either(ref: str, language: str) -> Provision | Entry:
    key, name = _split(ref)
    return entry(ref, language) if name in _compiled.structure(key)["rows"] else provision(ref, language)


def index(key: str, name: str, language: str = "en") -> tuple[Entry, ...]:
    """Return an index of an instrument in the order of its page; empty where it has none of that name."""
    rows = _compiled.structure(key)["indexes"].get(name, [])
    return tuple(entry(f"{key}/{row['id']}", language) for row in rows)


def cited_by(ref: str) -> tuple[str, ...]:
    """Return the index entries that rest on a provision or point to an entry, as references."""
    key, name = _split(ref)
    rows = _compiled.structure(key)["rows"].values()
    targets = [
        (row["id"], {*row["refs"], *(each for to in row["links"].values() for each in to)}) for _, row in rows
    ]
    return tuple(f"{key}/{each}" for each, named in targets if name in named)


@cache
def instrument(key: str, language: str = "en") -> Instrument:
    """Return an instrument as a whole.

    Raises:
        InstrumentError: INST-002 for an unknown instrument, INST-003 where the data are absent.
    """
    page = _compiled.structure(key)
    nodes = page["nodes"]
    own = words(f"{key}/instrument", language)
    return Instrument(
        key=key,
        title=str(own.get("title", key)),
        digest=_compiled.catalogue()[key]["digest"],
        facts=page["meta"],
        articles=tuple(f"{key}/{name}" for name, node in nodes.items() if node["level"] == "article"),
        indexes=tuple(page["indexes"]),
        words=own,
    )


def words(ref: str, language: str = "en") -> Words:
    """Return the words of anything that has an id, part by part; empty where there are none."""
    key, name = _split(ref)
    _compiled.structure(key)
    own: Mapping[str, Any] = _compiled.words(key, language).get(name, {})
    # Answers are kept and shared, so nobody may change them.
    return MappingProxyType(
        {part: tuple(value) if isinstance(value, list) else value for part, value in own.items()}
    )


def citation(name: str) -> str:
    """Return ``art. 42(3)(d)`` for ``art42.p3.d``; an id that is no article's stays as it is.

    A point that the text does not number has a word for a name here, and a lawyer cites the paragraph.
    """
    found = re.fullmatch(r"art(\d+[a-z]?)(?:\.p([0-9x]+))?(?:\.([a-z_]+))?", name)
    if found is None:
        return name
    article, paragraph, point = found.groups()
    numbered = point if point and len(point) < SHORTEST_WORD else None
    return f"art. {article}" + "".join(f"({part})" for part in (paragraph, numbered) if part)


def _split(ref: str) -> tuple[str, str]:
    key, slash, name = ref.partition("/")
    if not slash:
        raise InstrumentError("INST-001", ref=ref)
    return key, name


def _full(key: str, name: str) -> str:
    return name if "/" in name else f"{key}/{name}"


def _links(key: str, links: Mapping[str, list[str]]) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType(
        {name: tuple(_full(key, each) for each in targets) for name, targets in links.items()}
    )
