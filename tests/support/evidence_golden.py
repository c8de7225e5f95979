"""Writes one golden package, once a format: ``cd tests && python -m support.evidence_golden NUMBER``.

A golden package is never written again: what one version made, every later one opens.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from rogatory.evidence import (
    Action,
    Device,
    Paper,
    Particulars,
    Selection,
    Terms,
    Withholding,
    disclose,
    release,
    seal,
)
from rogatory.keys import Purpose
from rogatory.statements import UseConditions
from rogatory.values import instant_text
from support.crafting import b64
from support.packages import ASKING, AT, NOON, SEALER
from support.world import counting_random, decryption, entry, pair, signing

FOLDER = Path(__file__).parents[2] / "vectors/evidence"
COURT = "vnm/court"
FILES = {
    "case/access.log": b"203.0.113.57 - - GET /\n" * 12,
    "case/empty": b"",
    "case/NUL.txt": b"a name that some systems reserve",
    "case/Ghi ch\u00fa.txt": "Vi\u1ec7t Nam".encode(),
}

SAID = Particulars(
    title="Fraud on saovang-invest.example",
    focus="fraud",
    devices=(Device(name="panel server", kind="server", serial="00-1", exhibit="NDR-88213/1"),),
    actions=(Action(name="Copy of the access log", began=NOON, ended=NOON, devices=("panel server",)),),
)


def text_of(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): b64(path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def write(number: int) -> None:
    """Write a new golden package; refuse to touch one that is there."""
    out = FOLDER / f"golden-{number}.json"
    assert not out.exists(), "a golden package is never written again"
    random = counting_random(f"golden {number}")
    court, own, reader = pair(COURT, Purpose.ARCHIVE), pair(SEALER, Purpose.ARCHIVE), decryption(ASKING)
    with tempfile.TemporaryDirectory() as name:
        top = Path(name)
        for path, data in FILES.items():
            (top / path).parent.mkdir(exist_ok=True)
            (top / path).write_bytes(data)
        (top / "case/link").symlink_to("access.log")
        (top / "order.txt").write_bytes(b"Order 2028/0312\n")
        sealed = seal(
            [top / "case"],
            [reader.public, own.public],
            signing(SEALER, Purpose.SEAL),
            top / "package",
            now=NOON,
            random=random,
            terms=Terms(
                legal=[Paper(top / "order.txt", "order")],
                case="c" * 64,
                conditions=UseConditions(use="evidence"),
                particulars=SAID,
            ),
        )
        bundle = Selection(
            ranges={"case/access.log": (0, 0)},
            members={"case/empty": ["path", "size"]},
            withheld=[Withholding("case/empty", "privilege")],
        )
        disclose(
            sealed.path,
            reader,
            Selection(files=["case/NUL.txt".replace("N", "=4E")]),
            top / "part",
            random=random,
        )
        disclose(sealed.path, reader, bundle, top / "bundle", random=random)
        later = AT + timedelta(days=20)
        released = release(sealed.path, reader, [court.public], signing(ASKING), now=later)
        document = {
            "about": "A package, two disclosures and a release. Every later version opens them.",
            "at": instant_text(AT),
            "later": instant_text(later),
            "ring": [
                json.loads(entry(each).model_dump_json(by_alias=True, exclude_none=True))
                for each in (signing(SEALER, Purpose.SEAL), signing(ASKING))
            ],
            "keys": {
                role: {
                    "authority": each.public.authority,
                    "purpose": each.public.purpose,
                    "seed": b64(each.seed),
                }
                for role, each in (("recipient", reader), ("sealer", own), ("court", court))
            },
            "sha256": {path: hashlib.sha256(data).hexdigest() for path, data in FILES.items()},
            "package": text_of(sealed.path),
            "part": text_of(top / "part"),
            "bundle": text_of(top / "bundle"),
            "release": b64(released),
        }
    out.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    write(int(sys.argv[1]))
