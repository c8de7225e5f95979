"""What the fuzzer runs for hours is run here for a moment: each target over its seeds, and bent ones."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from fuzz.targets import TARGETS
from rogatory.errors import RogatoryError

BENT = 60
FOUND = Path(__file__).parent / "found"


def bend(data, random):
    """Turn, cut, repeat or put in some bytes."""
    data = bytearray(data)
    for _ in range(random.randint(1, 4)):
        at = random.randrange(len(data) + 1)
        end = min(len(data), at + random.randint(1, 40))
        act = random.randrange(5)
        if act == 0 and at < len(data):
            data[at] ^= 1 << random.randrange(8)
        elif act == 1:
            del data[at:end]
        elif act == 2:
            data[at:at] = data[at:end] * random.randint(1, 3)
        elif act == 3:
            data[at:at] = random.choice(
                (b"\x00", b"\xff\xff", b"null", b"[", b"-1", b"\n", b'"', b"\xe2\x80\xae")
            )
        else:
            del data[at:]
    return bytes(data)


def survives(target, data):
    """Return whether it was read; anything but one of our errors, in one line, leaves this."""
    said = ""
    try:
        target.read(data)
    except RogatoryError as error:
        said = str(error)
    assert len(said.splitlines()) <= 1
    return not said


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_reads_some_of_its_seeds(name):
    """A target that reads nothing would fuzz its own door."""
    target = TARGETS[name]
    seeds = list(target.seeds())
    read = [survives(target, each) for each in seeds]
    # Over zeros no rows lead to the sealed root.
    assert any(read) == (name != "rows")


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_but_our_errors_leaves_a_decoder(name):
    target, random = TARGETS[name], Random(name)
    seeds = list(target.seeds())
    for _ in range(BENT):
        survives(target, bend(random.choice(seeds), random))
    survives(target, b"")


def test_what_the_fuzzer_once_found_is_refused_in_our_words():
    for path in sorted(FOUND.glob("*")):
        survives(TARGETS[path.name.partition("-")[0]], path.read_bytes())


def test_another_error_than_ours_is_a_finding(monkeypatch):
    monkeypatch.setattr("rogatory.envelopes.dsse.read", lambda _: {}["nothing"])
    with pytest.raises(KeyError):
        survives(TARGETS["package"], b"\x00{}")
