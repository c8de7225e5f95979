"""Writes vectors/evidence: ``cd tests && python -m support.evidence_vectors [--anew]``.

Signatures and wraps are drawn anew each time, so a vector that is there stays as it is; ``--anew`` writes
all again. The golden packages beside them never are: ``support.evidence_golden``.
"""

from __future__ import annotations

import base64
import json
import sys
from pathlib import Path
from typing import Any

from rogatory.keys import Purpose
from rogatory.values import instant_text
from support.crafting import Craft, b64
from support.evidence_bad import vectors
from support.packages import AT
from support.world import ASKED, ASKING, entry, pair, signing

FOLDER = Path(__file__).parents[2] / "vectors/evidence"
CHECKS = "rogatory.evidence.checks."


def write(*, anew: bool) -> None:
    """Write the good package, every bad one as its difference from it, and the keys."""
    FOLDER.mkdir(exist_ok=True)
    if anew:
        for path in [*FOLDER.glob("bad-*.json"), FOLDER / "good.json", FOLDER / "keys.json"]:
            path.unlink(missing_ok=True)
    good = _good()
    ring = [
        json.loads(entry(each).model_dump_json(by_alias=True, exclude_none=True))
        for each in (signing(ASKED, Purpose.SEAL), signing(ASKED, Purpose.STATEMENT))
    ]
    recipient = pair(ASKING, Purpose.ENCRYPTION)
    keys = {
        "at": instant_text(AT),
        "ring": ring,
        "recipient": {"authority": ASKING, "purpose": "encryption", "seed": b64(recipient.seed)},
    }
    _write("keys", keys)
    text = {path: b64(data) for path, data in good.items()}
    _write("good", {"name": "good", "about": "An honest package.", "package": text})
    for found in vectors():
        package = found["package"]
        changed = {path: b64(data) for path, data in package.items() if good.get(path) != data}
        checks = [each if "." in each else CHECKS + each for each in found["checks"]]
        _write(
            f"bad-{found['name']}",
            {
                "name": found["name"],
                "about": found["about"],
                "as": found["as"],
                "code": found["code"],
                "defeats": checks,
                "structural": not checks,
                "changed": changed,
                "removed": sorted(set(good) - set(package)),
            },
        )


def _good() -> dict[str, bytes]:
    """Return the good package that is there, from which the bad ones differ; a new one if none is."""
    path = FOLDER / "good.json"
    if not path.exists():
        return Craft().build()
    text = json.loads(path.read_text(encoding="utf-8"))["package"]
    return {name: base64.b64decode(data) for name, data in text.items()}


def _write(name: str, document: Any) -> None:
    path = FOLDER / f"{name}.json"
    if not path.exists():
        path.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(anew="--anew" in sys.argv[1:])
