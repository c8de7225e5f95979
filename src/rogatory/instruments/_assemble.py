"""Source pages of one instrument in, one checked structure and its words out; every fault is told.

1. Pages: each obeys the shape of its kind (``_shapes``). Otherwise its instrument is not read on.
2. The instrument's own page: key, days, closed vocabularies, chapters.
3. Articles: every paragraph and point stands under its parent, and every id is given once.
4. Indexes (offences, time limits, grounds, ...): rows that refer to provisions.
5. Parties and what they communicated (``_joining``).
6. References: every ``refs`` and ``links`` entry names something that exists.
7. Words: every provision has words in English, and no words belong to nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rogatory.errors import InstrumentError
from rogatory.instruments._joining import check_counting, check_parties
from rogatory.instruments._rows import Page, Row, fault
from rogatory.instruments._schema import disobeyed
from rogatory.instruments._shapes import DEFS, page_shape

__all__ = ["assemble", "check_across"]

COMPLETE_LANGUAGE = "en"
LEVELS = ("article", "paragraph", "point")
INHERITED = ("confidence", "numbering", "obligation")
VALUES = frozenset(DEFS["entry"]["properties"]) - {"id", "refs", "links", "confidence"}
# Words of the instrument itself, of its legends and of its sources belong to no provision.
FREE_WORDS = ("instrument", "parties", "obligation.", "confidence.", "numbering.", "source.")
Words = dict[str, dict[str, Any]]


class _Build:
    """What has been read so far of one instrument, and every fault met."""

    def __init__(self, head: Page, faults: list[InstrumentError]) -> None:
        self.head = head
        self.meta: Row = head.content
        self.faults = faults
        self.nodes: dict[str, dict[str, Any]] = {}
        self.indexes: dict[str, list[dict[str, Any]]] = {}
        self.parties: list[dict[str, Any]] = []
        self.seen: dict[str, tuple[Page, Row]] = {}
        self.references: list[tuple[Page, Row, str, str]] = []

    def blame(self, code: str, page: Page, row: Row | None, at: str | None = None, **fields: Any) -> None:
        self.faults.append(fault(code, page, row, at, **fields))

    def take(self, page: Page, row: Row) -> None:
        if row["id"] in self.seen:
            first, before = self.seen[row["id"]]
            self.blame("INST-007", page, row, "id", first=f"{first.where}:{before.line}")
        self.seen.setdefault(row["id"], (page, row))

    def refer(self, page: Page, row: Row, *members: str) -> None:
        """Remember what a row refers to; whether it exists is known at the end."""
        for member in members:
            told = row.get(member, ())
            targets = [told] if isinstance(told, str) else told
            self.references += [(page, row, member, each) for each in targets]
        links = row.get("links", Row())
        self.references += [(page, links, name, each) for name, found in links.items() for each in found]

    def vocabulary(self, page: Page, row: Row, *names: str) -> None:
        for name in names:
            if name in row and row[name] not in self.meta["vocabulary"][name]:
                self.blame("INST-009", page, row, name, member=name, value=row[name])


def assemble(
    folder: str, pages: Mapping[str, Any], faults: list[InstrumentError]
) -> tuple[dict[str, Any], Words] | None:
    """Return the structure of one instrument and its words by language, both plain JSON data.

    Args:
        folder: The instrument's folder, which is its key; faults name it before the page.
        pages: Parsed pages by path below the folder (``articles/ch1.yaml``); mappings are ``Row``s, so
            that a fault can name its line.
        faults: Every fault met is added: INST-006 malformed row, INST-007 id given twice, INST-008
            reference to nothing, INST-009 value outside its vocabulary, INST-010 a day that does not exist,
            INST-011 words without a provision or a provision without words, INST-012 an id under another
            parent, INST-013 a reservation that the instrument does not allow, INST-014 days out of order.

    Returns:
        ``(structure, words)``, where ``words[language][id]`` maps a part (``title``, ``text``) to words;
        None where a page does not even have the shape of its kind.
    """
    sheets = [Page(folder, path, pages[path]) for path in sorted(pages)]
    before = len(faults)
    for page in sheets:
        faults += _misshapen(page)
    if "instrument.yaml" not in pages:
        faults.append(fault("INST-006", Page(folder, "instrument.yaml", None), None, problem="it is absent"))
    if len(faults) > before:
        return None
    build = _Build(next(page for page in sheets if page.path == "instrument.yaml"), faults)
    _head(build)
    for begin, read in (("articles/", _articles), ("indexes/", _index), ("parties.yaml", _parties)):
        for page in sheets:
            if page.path.startswith(begin):
                read(build, page)
    faults += check_counting(build.head, build.meta, build.indexes)
    words = _words(build, [page for page in sheets if page.path.startswith("words/")])
    _references(build, words.get(COMPLETE_LANGUAGE, {}))
    meta = {name: value for name, value in build.meta.items() if name not in ("vocabulary", "chapters")}
    away = tuple(f"{each}/" for each in build.meta.get("not_at_hand", ()))
    externals = {target for *_, target in build.references if "/" in target and not target.startswith(away)}
    structure = {"meta": meta, "nodes": build.nodes, "indexes": build.indexes, "parties": build.parties}
    return {**structure, "externals": sorted(externals)}, words


def check_across(
    folder: str, pages: Mapping[str, Any], external: Sequence[str], known: frozenset[str]
) -> Sequence[InstrumentError]:
    """Return a fault for each reference to another instrument (``ets_185/art29``) that names nothing."""
    lost = [target for target in external if target not in known]
    return [_named(folder, pages, target) for target in lost]


def _named(folder: str, pages: Mapping[str, Any], target: str) -> InstrumentError:
    for path in sorted(pages):
        page = Page(folder, path, pages[path])
        for row in _rows_below(page.content):
            for at, listed in row.items():
                if isinstance(listed, list) and target in listed:
                    return fault("INST-008", page, row, at, target=target)
    return fault("INST-008", Page(folder, "", None), None, target=target)


def _rows_below(content: Any) -> list[Row]:
    if isinstance(content, list):
        return [row for each in content for row in _rows_below(each)]
    if not isinstance(content, Row):
        return []
    inner = [row for each in content.values() for row in _rows_below(each)]
    for row in inner:
        # A fault in the links of a row names the row.
        row.setdefault("id", content.get("id", "-"))
    return [content, *inner]


def _misshapen(page: Page) -> list[InstrumentError]:
    shape = page_shape(page.path)
    if shape is None:
        return [fault("INST-006", page, None, problem="no page of that name belongs to an instrument")]
    return list(disobeyed(page, page.content, shape, DEFS))


def _head(build: _Build) -> None:
    page, meta = build.head, build.meta
    if meta["key"] != page.where.partition("/")[0]:
        build.blame("INST-009", page, meta, "key", member="key", value=meta["key"])
    left_out = set(meta.get("left_out", ()))
    for row in meta.get("chapters", []):
        build.take(page, row)
        numbers = [each for each in range(row["first"], row["last"] + 1) if each not in left_out]
        articles = [f"art{number}" for number in numbers]
        build.references += [(page, row, "last", article) for article in articles]
        node = {"level": "chapter", "parent": None, "children": articles, "number": row["number"]}
        build.nodes[row["id"]] = {**node, "confidence": row["confidence"], "links": {}}
    if "fallback" in meta:
        build.references.append((page, meta["fallback"], "rule", meta["fallback"]["rule"]))


def _articles(build: _Build, page: Page) -> None:
    chapter = page.path.removeprefix("articles/").removesuffix(".yaml")
    parent = chapter if chapter in build.nodes else None
    for row in page.content:
        node = _node(build, page, row, parent)
        node.update(kind=row["kind"], models=row.get("models", []))
        for paragraph in row["paragraphs"]:
            above = _node(build, page, paragraph, row["id"], node)
            for point in paragraph.get("points", []):
                _node(build, page, point, paragraph["id"], above)


def _node(
    build: _Build, page: Page, row: Row, parent: str | None, inherits: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    level = LEVELS[0 if inherits is None else LEVELS.index(inherits["level"]) + 1]
    at_home = (
        row["id"].startswith(f"{parent}.")
        if inherits is not None
        else parent is None or row["id"] in build.nodes[parent]["children"]
    )
    if not at_home:
        build.blame("INST-012", page, row, "id", parent=parent)
    build.take(page, row)
    build.vocabulary(page, row, "kind", *INHERITED)
    build.refer(page, row)
    above = inherits or {}
    node: dict[str, Any] = {"level": level, "parent": parent, "children": []}
    # A paragraph is as sure as its article, and a point as its paragraph, unless its row says otherwise.
    node.update({name: row.get(name, above.get(name)) for name in INHERITED})
    node.update(tags=row.get("tags", []), links=row.get("links", {}))
    if level != "article" and parent in build.nodes:
        build.nodes[parent]["children"].append(row["id"])
    build.nodes[row["id"]] = node
    return node


def _index(build: _Build, page: Page) -> None:
    name = page.path.removeprefix("indexes/").removesuffix(".yaml")
    rows = build.indexes.setdefault(name, [])
    for row in page.content:
        build.take(page, row)
        build.vocabulary(page, row, "confidence", "obligation")
        build.refer(page, row, "refs")
        values = {key: row[key] for key in row if key in VALUES}
        entry = {"id": row["id"], "refs": row["refs"], "links": row.get("links", {}), "values": values}
        rows.append({**entry, "confidence": row.get("confidence")})


def _parties(build: _Build, page: Page) -> None:
    build.faults += check_parties(page, build.meta, build.indexes)
    communications = build.indexes.setdefault("communications", [])
    for row in page.content:
        build.take(page, row)
        build.vocabulary(page, row, "confidence")
        code = row["id"].removeprefix("party.")
        own = row.get("communications", [])
        for each in own:
            build.take(page, each)
            build.refer(page, each, "refs", "under")
            communications.append(_communication(code, each))
        party = {"id": row["id"], "code": code, "signature": {}, "consent": {}}
        build.parties.append({**party, **row, "communications": [each["id"] for each in own]})


def _communication(code: str, row: Row) -> dict[str, Any]:
    under = {"under": [row["under"]]} if "under" in row else {}
    values = {name: row.get(name) for name in ("kind", "date", "source")}
    values.update(party=code, matters=row.get("matters", []))
    if "languages" in row:
        values["languages"] = row["languages"]
    links = {**row.get("links", {}), **under}
    shape = {"id": row["id"], "refs": row["refs"], "links": links, "values": values}
    return {**shape, "confidence": row["confidence"]}


def _references(build: _Build, words: Mapping[str, Any]) -> None:
    for page, row, member, target in build.references:
        if "/" not in target and target not in build.seen:
            build.blame("INST-008", page, row, member, target=target)
    for page, row in build.seen.values():
        source = row.get("source")
        if source is not None and f"source.{source}" not in words:
            build.blame("INST-008", page, row, "source", target=f"source.{source}")


def _words(build: _Build, pages: Sequence[Page]) -> Words:
    words: Words = {}
    for page in pages:
        language = words.setdefault(page.path.split("/")[1], {})
        for name, value in page.content.items():
            where = Row(id=name)
            where.line = page.content.lines.get(name, page.content.line)
            if name in language:
                build.blame("INST-007", page, where, first=page.where)
            if name not in build.seen and not name.startswith(FREE_WORDS):
                build.blame("INST-011", page, where, problem="words for an id that nothing has")
            language[name] = value if isinstance(value, dict) else {"text": value}
    told = words.get(COMPLETE_LANGUAGE, {})
    particulars = [row["id"] for row in build.indexes.get("particulars", [])]
    for name in (*build.nodes, *particulars):
        if name not in told:
            page, row = build.seen[name]
            build.blame("INST-011", page, row, problem="no words in English")
    return words
