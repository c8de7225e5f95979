"""Source pages of one instrument in, one checked structure and its words out.

1. The instrument's own page: key, dates, closed vocabularies, chapters.
2. Articles: every paragraph and point stands under its parent, and every id is given once.
3. Indexes (offences, time limits, grounds, ...): rows that refer to provisions.
4. Parties: codes, days of signature, consent and reservations.
5. References: every ``refs`` and ``links`` entry names something that exists.
6. Words: every provision has words in English, and no words belong to nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rogatory.instruments._rows import Page, Row, checked_row, day, fault, members, text_list, vocabulary

__all__ = ["SCHEMA_VERSION", "assemble", "check_across"]

SCHEMA_VERSION = 1
COMPLETE_LANGUAGE = "en"
DATES = ("adopted", "opened_for_signature", "signature_closes", "in_force", "signed", "prepared")
INDEX_VALUES = (
    *(
        "consultation",
        "convention_offence",
        "discretion_to_assist_anyway",
        "human_rights",
        "instruments",
        "obligation",
    ),
    *("operator", "optional_offence", "register", "reio_counted", "renewable", "requirement"),
    *("type", "unit", "value"),
)
LEVELS = ("article", "paragraph", "point")
# Words of the instrument itself, of its legends and of its sources belong to no provision.
FREE_WORDS = ("instrument", "parties", "obligation.", "confidence.", "numbering.", "source.")


class _Build:
    """What has been read so far of one instrument."""

    def __init__(self, head: Page) -> None:
        self.head = head
        self.meta: Row = head.content
        self.nodes: dict[str, dict[str, Any]] = {}
        self.indexes: dict[str, list[dict[str, Any]]] = {}
        self.parties: list[dict[str, Any]] = []
        self.seen: dict[str, tuple[Page, Row]] = {}
        self.references: list[tuple[Page, Row, str]] = []

    def words_of(self, *names: str) -> dict[str, list[str]]:
        return {name: self.meta["vocabulary"][name] for name in names}

    def take(self, page: Page, row: Row) -> None:
        if row["id"] in self.seen:
            first, before = self.seen[row["id"]]
            raise fault("INST-007", page, row, first=f"{first.where}:{before.line}")
        self.seen[row["id"]] = (page, row)

    def links(self, page: Page, row: Row) -> dict[str, list[str]]:
        links = row.get("links", Row())
        if not isinstance(links, Row):
            raise fault("INST-006", page, row, problem="links is not a mapping")
        found = {name: text_list(page, links, name) for name in links}
        self.references += [(page, row, target) for targets in found.values() for target in targets]
        return found


def assemble(folder: str, pages: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """Return the structure of one instrument and its words by language, both plain JSON data.

    Args:
        folder: The instrument's folder, which is its key; faults name it before the page.
        pages: Parsed pages by path below the folder (``articles/ch1.yaml``); mappings are ``Row``s, so
            that a fault can name its line.

    Returns:
        ``(structure, words)``, where ``words[language][id]`` maps a part (``title``, ``text``) to words.

    Raises:
        InstrumentError: INST-006 malformed row, INST-007 id given twice, INST-008 reference to nothing,
            INST-009 value outside its vocabulary, INST-010 a day that does not exist, INST-011 words
            without a provision or a provision without words, INST-012 an id under another parent.
    """
    build = _Build(Page(folder, "instrument.yaml", pages.get("instrument.yaml")))
    _head(build)
    for path in sorted(pages):
        page = Page(folder, path, pages[path])
        if path.startswith("articles/"):
            _articles(build, page)
        elif path.startswith("indexes/"):
            _index(build, page)
        elif path == "parties.yaml":
            _parties(build, page)
    _references(build)
    words = _words(build, [Page(folder, path, pages[path]) for path in sorted(pages) if "words/" in path])
    meta = {name: value for name, value in build.meta.items() if name not in ("id", "vocabulary", "chapters")}
    externals = sorted({target for _, _, target in build.references if "/" in target})
    structure = {"meta": meta, "nodes": build.nodes, "indexes": build.indexes, "parties": build.parties}
    return {**structure, "externals": externals}, words


def check_across(structures: Mapping[str, Mapping[str, Any]]) -> None:
    """Check that references from one instrument to another (``ets_185/art29``) name something.

    Raises:
        InstrumentError: INST-008 for the first that does not.
    """
    known = {f"{key}/{name}" for key, each in structures.items() for name in _ids(each)}
    for key, each in structures.items():
        for target in each["externals"]:
            if target not in known:
                raise fault("INST-008", Page(key, "", None), None, target=target)


def _ids(structure: Mapping[str, Any]) -> set[str]:
    rows = [row["id"] for rows in structure["indexes"].values() for row in rows]
    return {*structure["nodes"], *rows, *(party["id"] for party in structure["parties"])}


def _head(build: _Build) -> None:
    page = build.head
    if not isinstance(page.content, Row):
        raise fault("INST-006", page, None, problem="the page instrument.yaml is absent or no mapping")
    members(page, build.meta, ("key", "kind", "schema_version", "vocabulary"), build.meta)
    if build.meta["schema_version"] != SCHEMA_VERSION:
        raise fault("INST-009", page, build.meta, member="schema_version", value=build.meta["schema_version"])
    for name in DATES:
        if build.meta.get(name) is not None:
            day(page, build.meta, build.meta[name])
    for each in build.meta.get("chapters", []):
        row = checked_row(page, each)
        build.take(page, row)
        articles = [f"art{number}" for number in range(row["first"], row["last"] + 1)]
        build.references += [(page, row, article) for article in articles]
        node = {"level": "chapter", "parent": None, "children": articles, "number": row["number"]}
        build.nodes[row["id"]] = {**node, "confidence": row["confidence"], "links": {}}


def _articles(build: _Build, page: Page) -> None:
    chapter = page.path.removeprefix("articles/").removesuffix(".yaml")
    parent = chapter if chapter in build.nodes else None
    for row in page.rows():
        members(page, row, ("id", "kind", "confidence", "numbering", "paragraphs"), ("models", "links"))
        node = _node(build, page, row, parent)
        node.update(kind=row["kind"], models=text_list(page, row, "models"))
        for each in row["paragraphs"]:
            paragraph = checked_row(page, each)
            allowed = ("confidence", "numbering", "tags", "links", "open_list", "points")
            members(page, paragraph, ("id", "obligation"), allowed)
            above = _node(build, page, paragraph, row["id"], node)
            for point in paragraph.get("points", []):
                checked = checked_row(page, point)
                members(page, checked, ("id",), ("obligation", "tags", "links"))
                _node(build, page, checked, paragraph["id"], above)


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
        raise fault("INST-012", page, row, parent=parent)
    build.take(page, row)
    vocabulary(page, row, build.words_of("kind", "obligation", "confidence", "numbering"))
    above = inherits or {}
    node: dict[str, Any] = {"level": level, "parent": parent, "children": []}
    # A paragraph is as sure as its article, and a point as its paragraph, unless its row says otherwise.
    for name in ("confidence", "numbering", "obligation"):
        node[name] = row.get(name, above.get(name))
    node.update(tags=text_list(page, row, "tags"), links=build.links(page, row))
    if level != "article" and parent is not None:
        build.nodes[parent]["children"].append(row["id"])
    build.nodes[row["id"]] = node
    return node


def _index(build: _Build, page: Page) -> None:
    name = page.path.removeprefix("indexes/").removesuffix(".yaml")
    rows = build.indexes.setdefault(name, [])
    for row in page.rows():
        members(page, row, ("id", "refs"), ("confidence", "links", *INDEX_VALUES))
        build.take(page, row)
        vocabulary(page, row, build.words_of("confidence", "obligation"))
        refs = text_list(page, row, "refs")
        build.references += [(page, row, target) for target in refs]
        values = {key: row[key] for key in row if key in INDEX_VALUES}
        entry = {"id": row["id"], "refs": refs, "links": build.links(page, row), "values": values}
        rows.append({**entry, "confidence": row.get("confidence")})


def _parties(build: _Build, page: Page) -> None:
    for row in page.rows():
        members(page, row, ("id", "type", "confidence", "signature", "source"), ("consent", "reservations"))
        build.take(page, row)
        vocabulary(page, row, build.words_of("confidence") | {"type": ["state", "reio"]})
        signature, consent = row["signature"], row.get("consent") or {}
        for value in (signature.get("date"), *signature.get("between", [])):
            if value is not None:
                day(page, row, value)
        for name in ("approved", "month", "deposit"):
            if consent.get(name) is not None:
                day(page, row, consent[name], month_is_enough=name != "deposit")
        reservations = text_list(page, row, "reservations")
        build.references += [(page, row, target) for target in reservations]
        party = {"id": row["id"], "code": row["id"].removeprefix("party."), "signature": signature}
        build.parties.append({**row, **party, "consent": consent, "reservations": reservations})


def _references(build: _Build) -> None:
    for page, row, target in build.references:
        if "/" not in target and target not in build.seen:
            raise fault("INST-008", page, row, target=target)


def _words(build: _Build, pages: Sequence[Page]) -> dict[str, dict[str, Any]]:
    words: dict[str, dict[str, Any]] = {}
    for page in pages:
        if not isinstance(page.content, Row):
            raise fault("INST-006", page, None, problem="a mapping from ids to words is expected")
        language = words.setdefault(page.path.split("/")[1], {})
        for name, value in page.content.items():
            where = Row(id=name)
            where.line = page.content.line
            if name in language:
                raise fault("INST-007", page, where, first=page.where)
            if name not in build.seen and not name.startswith(FREE_WORDS):
                raise fault("INST-011", page, where, problem="words for an id that nothing has")
            language[name] = value if isinstance(value, dict) else {"text": value}
    _complete(build, words.get(COMPLETE_LANGUAGE, {}), [*build.nodes, *_particulars(build.indexes)])
    return words


def _particulars(indexes: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[str]:
    return [row["id"] for row in indexes.get("particulars", [])]


def _complete(build: _Build, words: Mapping[str, Any], needed: Sequence[str]) -> None:
    for name in needed:
        if name not in words:
            page, row = build.seen[name]
            raise fault("INST-011", page, row, problem="no words in English")
