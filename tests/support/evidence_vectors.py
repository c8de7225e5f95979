"""Writes vectors/evidence: ``cd tests && python -m support.evidence_vectors``.

Signatures and wraps are drawn anew each time, so the files change; what they show does not.
"""

from __future__ import annotations

import json
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


def write() -> None:
    """Write the good package, every bad one as its difference from it, and the keys."""
    FOLDER.mkdir(exist_ok=True)
    good = Craft().build()
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


def _write(name: str, document: Any) -> None:
    (FOLDER / f"{name}.json").write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    write()
