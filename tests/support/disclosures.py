"""What tests of disclosures share: names in the package, and how what was found is looked at."""

from __future__ import annotations

import json

import pytest

from rogatory.errors import RogatoryError

LOG = "case/logs/access.log"
DISK = "case/disk.img"
MEBIBYTE = 1 << 20


def codes(claims):
    return [each.code for each in claims]


def refused(act, *args, **changes):
    with pytest.raises(RogatoryError) as caught:
        act(*args, **changes)
    assert len(str(caught.value).splitlines()) == 1
    return caught.value.code


def lines_of(disclosed):
    return [json.loads(each) for each in (disclosed.path / "entries.jsonl").read_bytes().splitlines()]
