"""What tests of disclosures share: names in the package, and how what was found is looked at."""

from __future__ import annotations

import json

LOG = "case/logs/access.log"
DISK = "case/disk.img"
MEBIBYTE = 1 << 20


def lines_of(disclosed):
    return [json.loads(each) for each in (disclosed.path / "entries.jsonl").read_bytes().splitlines()]
