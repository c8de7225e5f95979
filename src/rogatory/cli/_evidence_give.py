"""What ``rogatory evidence disclose`` is told, does and says."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from rogatory import evidence, wire
from rogatory.cli import _edge
from rogatory.cli._evidence import read_release
from rogatory.errors import UsageError
from rogatory.evidence import Disclosed, Selection, Withholding
from rogatory.keys import EncryptionPair
from rogatory.values import Frozen, ShortText, Text

__all__ = ["give", "selection", "told"]

MAX_LIST: Final = 16 << 20
RANGE: Final = re.compile(r"(.+):([0-9]{1,15})-([0-9]{1,15})")
SHOW: Final = re.compile(r"(.+):([a-z0-9,]+)")
WITHHOLD: Final = re.compile(r"([^=]*(?:=[0-9A-F]{2}[^=]*)*)=(.+)")


class Listed(Frozen):
    """One line of a list of what is withheld."""

    path: Text
    reason: ShortText


class WithholdList(Frozen):
    """A file for ``--withhold-list``."""

    withhold: tuple[Listed, ...]


def _parts(word: str, form: re.Pattern[str], option: str) -> tuple[str, ...]:
    found = form.fullmatch(word)
    if found is None:
        raise UsageError("CLI-007", text=word, problem=f"not what {option} takes")
    return found.groups()


def selection(
    files: Sequence[str],
    ranges: Sequence[str],
    shows: Sequence[str],
    withhold: Sequence[str],
    withhold_list: Path | None,
) -> Selection:
    """Return what is to be given, from the words of the command line.

    Raises:
        UsageError: CLI-007 a word of another form.
        EvidenceError: EVID-209, EVID-210 what cannot be meant.
    """
    spans = {}
    for word in ranges:
        path, first, last = _parts(word, RANGE, "--range")
        spans[path] = (int(first), int(last))
    members = {}
    for word in shows:
        path, names = _parts(word, SHOW, "--show")
        members[path] = tuple(names.split(","))
    kept = [Withholding(*_parts(word, WITHHOLD, "--withhold")) for word in withhold]
    if withhold_list is not None:
        listed = wire.decode(_edge.read(withhold_list, MAX_LIST), WithholdList, limit=MAX_LIST)
        kept += [Withholding(each.path, each.reason) for each in listed.withhold]
    everything_but = kept if kept or withhold_list is not None else None
    return Selection(files=files, ranges=spans, members=members, withheld=everything_but)


def give(
    package: Path,
    pair: EncryptionPair,
    chosen: Selection,
    out: Path,
    root: bytes | None,
    release: Path | None,
    progress: Callable[[int], None],
) -> Disclosed:
    """Disclose; with a root, verify the whole package first, and record that it was."""
    released, verified_at = None, None
    if root is not None:
        now = _edge.now()
        basis = evidence.basis_from(package, root, now=now)
        released = read_release(release, package, basis)
        evidence.verify_with_key(package, pair, basis, release=released)
        verified_at = now
    return evidence.disclose(
        package,
        pair,
        chosen,
        out,
        random=_edge.random,
        wrapped=None if released is None else released.wraps,
        verified_at=verified_at,
        progress=progress,
    )


def told(found: Disclosed) -> tuple[dict[str, Any], list[str]]:
    """Return what was given, as data and in words."""
    value = {
        "given": [
            {"number": each.number, "path": each.path, "whole": each.whole}
            | ({} if each.first is None else {"first": each.first, "last": each.last})
            for each in found.given
        ],
        "path": _edge.shown(found.path),
        "proof": found.proof,
        "seal": found.seal,
        "withheld": found.withheld,
    }
    lines = [
        f"disclosure {found.path}",
        f"seal       {found.seal}",
        f"proof      {found.proof:,} bytes, beside the entries that are shown",
        *([f"withheld   {found.withheld} entries, listed by number and reason"] if found.withheld else []),
        "",
    ]
    for each in found.given:
        what = "whole" if each.whole else "shown in part"
        if each.first is not None and not each.whole:
            what = f"bytes {each.first} to {each.last}, part of the sealed ciphertext"
        lines.append(f"{each.number:>6}  {each.path}  ({what})")
    return value, lines
