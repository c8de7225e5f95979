"""Compile the treaty sources (YAML) to the JSON that the library reads.

    python tools/compile_instruments.py          # compile, write src/rogatory/instruments/compiled/
    python tools/compile_instruments.py --check  # compile, write nothing, exit 1 where the files differ

A fault in the sources stops with one line that names file, line and id.
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
from rogatory.instruments._rows import Page, Row, fault, given_twice, unreadable  # noqa: E402 -- as above, too

SOURCES = ROOT / "src" / "rogatory" / "instruments"
COMPILED = SOURCES / "compiled"


class _Loader(yaml.SafeLoader):
    """Plain scalars are text, save null, true, false and whole numbers; no date and no ``no`` is guessed."""

    page: Page


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
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, str) or key in row:
            raise given_twice(loader.page, key_node.start_mark.line + 1, key)
        row[key] = loader.construct_object(value_node, deep=True)
    return row


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def read(path: Path, folder: Path) -> Any:
    """Return the content of one source page; mappings are rows that know their line.

    Raises:
        InstrumentError: INST-004 where it is no YAML, INST-005 where a member stands twice.
    """
    loader = _Loader(path.read_text(encoding="utf-8"))
    loader.page = Page(folder.name, path.relative_to(folder).as_posix(), None)
    try:
        return loader.get_single_data()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark is not None else 0
        raise unreadable(loader.page, line) from error
    finally:
        loader.dispose()


def compile_all(sources: Path) -> dict[str, bytes]:
    """Return every compiled file by name, for every instrument folder below ``sources``."""
    structures, compiled, catalogue = {}, {}, {}
    for head in sorted(sources.glob("*/instrument.yaml")):
        folder = head.parent
        pages = {}
        for path in sorted(folder.rglob("*.yaml")):
            pages[path.relative_to(folder).as_posix()] = read(path, folder)
        structure, words = assemble(folder.name, pages)
        if structure["meta"]["key"] != folder.name:
            raise fault(
                "INST-009",
                Page(folder.name, head.name, None),
                None,
                member="key",
                value=structure["meta"]["key"],
            )
        structures[folder.name] = structure
        body = compiled[f"{folder.name}.json"] = _json(structure)
        compiled |= {f"{folder.name}.{language}.json": _json(each) for language, each in words.items()}
        catalogue[folder.name] = {"digest": hashlib.sha256(body).hexdigest(), "languages": sorted(words)}
    check_across(structures)
    return compiled | {"catalogue.json": _json(catalogue)}


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=False, separators=(",", ":")).encode() + b"\n"


def write(files: dict[str, bytes], folder: Path) -> None:
    """Write the compiled files; one that is already the same is left untouched, a stale one removed."""
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
    except InstrumentError as error:
        print(error, file=sys.stderr)
        return 2
    if "--check" in arguments:
        return 0 if same(files, COMPILED) else 1
    write(files, COMPILED)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
