"""Writes spec/schemas, one JSON Schema a document: ``python tools/make_schemas.py [--check]``.

A schema says the shape of a document. What it cannot say (strict reading, places, numbers that must differ)
stands in the clauses of ``spec/`` and in the vectors.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from pydantic import BaseModel

from rogatory import envelopes, keys, statements, wire
from rogatory.exchange.client import Problem

FOLDER = Path(__file__).parents[1] / "spec" / "schemas"

OTHERS: dict[str, type[BaseModel]] = {
    "envelope": envelopes.Envelope,
    "transfer-header": envelopes.ClearHeader,
    "public-key": keys.PublicKey,
    "key-entry": keys.KeyEntry,
    "problem": Problem,
}


def schemas() -> dict[str, str]:
    """Return every schema as text, by file name."""
    models: dict[str, type[BaseModel]] = {each.NAME: each for each in statements.TYPES} | OTHERS
    found = {}
    for name, model in models.items():
        document = {"$schema": "https://json-schema.org/draft/2020-12/schema", **wire.schema(model)}
        found[f"{name}.v1.json"] = json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    return found


def main(arguments: list[str]) -> int:
    """Write every schema, or check that each is what it would write."""
    wanted = schemas()
    FOLDER.mkdir(exist_ok=True)
    there = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}
    stale = sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))
    for name in stale:
        print(name)
        if "--check" in arguments:
            continue
        if name in wanted:
            (FOLDER / name).write_text(wanted[name], encoding="utf-8")
        else:
            (FOLDER / name).unlink()
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
