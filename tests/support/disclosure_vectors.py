"""Writes vectors/disclosures: ``cd tests && python -m support.disclosure_vectors [--anew]``.

Signatures and wraps are drawn anew each time, so a vector that is there stays as it is; ``--anew`` writes
all again.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from support.crafting import b64
from support.disclosure_bad import BUNDLE, GOOD, vectors

FOLDER = Path(__file__).parents[2] / "vectors/disclosures"


def write(*, anew: bool) -> None:
    """Write both good disclosures, and every bad one whole: each is of a package of its own."""
    FOLDER.mkdir(exist_ok=True)
    if anew:
        for path in FOLDER.glob("*.json"):
            path.unlink()
    _write("good", {"about": "One file of three, whole.", "disclosure": _text(GOOD().build())})
    _write(
        "bundle",
        {"about": "A redacted bundle: a file, a range, a name.", "disclosure": _text(BUNDLE().build())},
    )
    for name, about, code, checks, part in vectors():
        document = {"name": name, "about": about, "code": code, "defeats": checks, "structural": not checks}
        _write(f"bad-{name}", {**document, "disclosure": _text(part.build())})


def _text(files: dict[str, bytes]) -> dict[str, str]:
    return {path: b64(data) for path, data in sorted(files.items())}


def _write(name: str, document: Any) -> None:
    path = FOLDER / f"{name}.json"
    if not path.exists():
        path.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(anew="--anew" in sys.argv[1:])
