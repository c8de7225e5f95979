"""Compile the treaty sources (YAML) to the JSON that the library reads, and write their JSON Schema.

    python tools/compile_instruments.py          # compile, write src/rogatory/instruments/compiled/
    python tools/compile_instruments.py --check  # compile, write nothing, exit 1 where the files differ

Every fault in the sources is one line that names file, line and id; with a fault nothing is written.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from rogatory.errors import InstrumentError  # noqa: E402 -- the sources are importable only after the line above
from rogatory.instruments._assemble import assemble, check_across  # noqa: E402 -- as above
from rogatory.instruments._relate import relate  # noqa: E402 -- as above
from rogatory.instruments._rows import (  # noqa: E402 -- as above
    Listing,
    Page,
    Row,
    given_twice,
    unreadable,
)
from rogatory.instruments._shapes import COMPILED as COMPILED_SHAPE  # noqa: E402 -- as above
from rogatory.instruments._shapes import SOURCE as SOURCE_SHAPE  # noqa: E402 -- as above

SOURCES = ROOT / "src" / "rogatory" / "instruments"
COMPILED = SOURCES / "compiled"
SCHEMAS = ROOT / "spec" / "instruments"


class _Loader(yaml.SafeLoader):
    """Plain scalars are text, save null, true, false and whole numbers; no date and no ``no`` is guessed."""

    page: Page
    faults: list[InstrumentError]


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("null", r"^(null|)$", ["n", ""]),
    ("bool", r"^(true|false)$", list("tf")),
    ("int", r"^(0|-?[1-9][0-9]*)$", list("-0123456789")),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), _first)


def _mapping(loader: _Loader, node: yaml.MappingNode) -> Row:
    row = Row()
    row.line = node.start_mark.line + 1
    for key_node, value_node in node.value:
        key, line = loader.construct_object(key_node, deep=True), key_node.start_mark.line + 1
        if not isinstance(key, str) or key in row:
            loader.faults.append(given_twice(loader.page, line, key))
            continue
        row.lines[key] = line
        row[key] = loader.construct_object(value_node, deep=True)
    return row


def _sequence(loader: _Loader, node: yaml.SequenceNode) -> Listing:
    listing = Listing(loader.construct_object(each, deep=True) for each in node.value)
    listing.lines = [each.start_mark.line + 1 for each in node.value]
    return listing


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
_Loader.add_constructor("tag:yaml.org,2002:seq", _sequence)


def read(path: Path, folder: Path, faults: list[InstrumentError]) -> Any:
    """Return the content of one source page; mappings are rows that know their line.

    Args:
        path: The page.
        folder: The folder of its instrument.
        faults: INST-004 is added where it is no YAML, INST-005 where a member stands twice.
    """
    page = Page(folder.name, path.relative_to(folder).as_posix(), None)
    try:
        loader = _Loader(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, yaml.reader.ReaderError):
        faults.append(unreadable(page, 0))
        return None
    loader.page, loader.faults = page, faults
    try:
        return loader.get_single_data()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        faults.append(unreadable(page, mark.line + 1 if mark is not None else 0))
        return None
    finally:
        loader.dispose()


def compile_all(sources: Path) -> dict[str, bytes]:
    """Return every compiled file by name, for every instrument folder below ``sources``.

    Raises:
        ExceptionGroup: With every fault in the sources, each an InstrumentError.
    """
    faults: list[InstrumentError] = []
    pages = {
        head.parent.name: _pages(head.parent, faults) for head in sorted(sources.glob("*/instrument.yaml"))
    }
    made = {} if faults else {key: assemble(key, each, faults) for key, each in pages.items()}
    known = frozenset(f"{key}/{name}" for key, each in made.items() if each for name in _ids(each[0]))
    # A reference to an instrument that is at fault itself would be told twice.
    if all(made.values()):
        for key, each in made.items():
            faults += check_across(key, pages[key], each[0]["externals"] if each else [], known)
    if faults:
        raise ExceptionGroup("the treaty sources have faults", faults)
    structures = {key: each[0] for key, each in made.items() if each}
    files = {f"{key}.json": _json(each) for key, each in structures.items()}
    catalogue = {key: hashlib.sha256(files[f"{key}.json"]).hexdigest() for key in structures}
    words = {key: each[1] for key, each in made.items() if each}
    files |= {
        f"{key}.{tongue}.json": _json(told) for key, each in words.items() for tongue, told in each.items()
    }
    entries = {key: {"digest": catalogue[key], "languages": sorted(words[key])} for key in structures}
    relations = {key: relate(each) for key, each in structures.items()}
    return files | {"catalogue.json": _json(entries), "relations.json": _json(relations)}


def _pages(folder: Path, faults: list[InstrumentError]) -> dict[str, Any]:
    return {
        path.relative_to(folder).as_posix(): read(path, folder, faults)
        for path in sorted(folder.rglob("*.yaml"))
    }


def _ids(structure: dict[str, Any]) -> list[str]:
    rows = [row["id"] for rows in structure["indexes"].values() for row in rows]
    return [*structure["nodes"], *rows, *(party["id"] for party in structure["parties"])]


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=False, separators=(",", ":")).encode() + b"\n"


def schemas() -> dict[str, bytes]:
    """Return the published JSON Schemas by file name."""
    shapes = {"source": SOURCE_SHAPE, "compiled": COMPILED_SHAPE}
    return {
        f"{name}.v1.json": json.dumps(shape, indent=2, ensure_ascii=False).encode() + b"\n"
        for name, shape in shapes.items()
    }


def write(files: dict[str, bytes], folder: Path) -> None:
    """Write the files; one that is already the same is left untouched, a stale one removed."""
    folder.mkdir(exist_ok=True)
    for name, body in files.items():
        path = folder / name
        if not path.exists() or path.read_bytes() != body:
            path.write_bytes(body)
    for path in folder.glob("*.json"):
        if path.name not in files:
            path.unlink()


def same(files: dict[str, bytes], folder: Path) -> bool:
    """Tell whether the folder holds exactly these files."""
    found = {path.name: path.read_bytes() for path in folder.glob("*.json")} if folder.is_dir() else {}
    return found == files


def main(arguments: list[str]) -> int:
    """Compile, then write or compare; 0 done, 1 they differ, 2 a fault in the sources."""
    try:
        files = compile_all(SOURCES)
    except ExceptionGroup as found:
        for fault in found.exceptions:
            print(fault, file=sys.stderr)
        return 2
    published = {name: SCHEMAS / name for name in schemas()}
    if "--check" in arguments:
        current = all(
            path.is_file() and path.read_bytes() == schemas()[name] for name, path in published.items()
        )
        return 0 if current and same(files, COMPILED) else 1
    write(files, COMPILED)
    SCHEMAS.mkdir(exist_ok=True)
    for name, path in published.items():
        path.write_bytes(schemas()[name])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
