"""Writes the vectors of the spine: ``python tools/make_vectors.py [--check]``.

Every key comes from a seed that ``tests/support/world.py`` derives from a text, every other random byte
from ``counting_random``. ML-DSA signatures and HPKE encapsulations are drawn by OpenSSL and cannot be
seeded; so each case keeps a *recipe*, the digest of all that is fixed about it. A case whose recipe is
unchanged stays as it is on disk, and running this twice changes nothing. ``--check`` writes nothing and
exits 1 if a page is not what this tool describes.
"""

from __future__ import annotations

import hashlib
import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

SUPPORT: Any = import_module("support.vector_pages")
ROOMS = ("wire", "keys", "envelopes", "statements", "threads", "exchange")

ORIGIN = (
    "tools/make_vectors.py. Parties, persons and events are invented. The seed of a key is SHA-256 of"
    " '<authority> <purpose> <generation> <rehearsal>', such as 'vnm/a05 statement 0 False'."
)
FOLDER = ROOT / "vectors"


def pages() -> list[Any]:
    """Return every page of the six rooms."""
    rooms = [import_module(f"support.vector_pages.{room}") for room in ROOMS]
    return [page for room in rooms for page in room.pages()]


def body(page: Any, case: Any, before: dict[str, Any]) -> dict[str, Any]:
    """Return a case as it stands on disk if its recipe is unchanged, else made anew."""
    with SUPPORT.sketched():
        sketch = {"given": page.given, "operation": page.operation, "case": case.make()}
    recipe = hashlib.sha256(json.dumps(sketch, sort_keys=True).encode()).hexdigest()
    if before.get("recipe") == recipe:
        return before
    made: dict[str, Any] = case.make()
    return {"name": case.name, "recipe": recipe, **made}


def text(page: Any) -> str:
    """Return a page as JSON, one case a line."""
    path = FOLDER / page.path
    old = json.loads(path.read_text(encoding="utf-8"))["cases"] if path.exists() else []
    known = {case["name"]: case for case in old}
    cases = [body(page, case, known.get(case.name, {})) for case in page.cases]
    assert len({case["name"] for case in cases}) == len(cases), page.path
    head = {
        "about": page.about,
        "spec": page.spec,
        "operation": page.operation,
        "origin": ORIGIN,
        "given": page.given,
    }
    members = [f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in head.items()]
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
    return "{\n" + ",\n".join(members) + ',\n"cases": [\n' + lines + "\n]}\n"


def plain() -> dict[str, str]:
    """Return the two files that ``verify_plain.py`` reads; a signature that holds stays."""
    made: Any = import_module("support.vector_pages.statements")
    path = FOLDER / "statements" / "request.dsse.json"
    envelope = made.signed_example(path.read_bytes() if path.exists() else b"")
    return {
        "statements/request.dsse.json": envelope.decode(),
        "statements/request.key.json": made.example_key().decode(),
    }


def main(arguments: list[str]) -> int:
    """Write every page, or check that each is what it would write."""
    stale = []
    for name, wanted in ({page.path: text(page) for page in pages()} | plain()).items():
        path = FOLDER / name
        if not path.exists() or path.read_text(encoding="utf-8") != wanted:
            stale.append(name)
            if "--check" not in arguments:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(wanted, encoding="utf-8")
    for name in stale:
        print(name)
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
