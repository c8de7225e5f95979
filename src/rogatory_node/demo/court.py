"""The end of the story: proofs are checked without any node (PRACTICE section 5, steps 15 and 16)."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from pathlib import Path

from rogatory import custody
from rogatory.custody import LogRing
from rogatory.errors import CustodyError
from rogatory.evidence import log_ring
from rogatory_node.base import NodeError
from rogatory_node.demo.caller import Caller, wait_for
from rogatory_node.demo.play import Play

__all__ = ["check_bag", "check_proofs", "verify_package"]


def check_proofs(play: Play) -> None:
    """15. Each statement's custody receipt is verified; the counterpart and a neutral Party are witnesses."""
    reader = play.officer("vnm:quang")
    entries = reader.thread(play.thread)["entries"]
    ring = play.stage.register.ring()
    logs = log_ring(ring, play.stage.now)
    witnesses: set[str] = set()
    for entry in entries:
        name = entry["id"]
        proved = wait_for(f"a witness of {name[:12]}", partial(_witnessed, reader, name, logs))
        witnesses |= {each.name for each in proved.witnesses}
    count, named = len(entries), " and ".join(sorted(witnesses))
    play.tell(f"{count} statements: {count} inclusion proofs hold, under heads witnessed by {named}")


def _witnessed(reader: Caller, statement: str, logs: LogRing) -> custody.Verified | None:
    """Return what a statement's custody receipt proves, once a head covers it that a court would believe."""
    try:
        data = reader.call("GET", f"/threads/statements/{statement}/custody", raw=True)
    except NodeError as error:
        # LOG-010, NODE-207: no signed head covers the leaf yet; heads are signed on a beat.
        if error.fields.get("code") in {"LOG-010", "NODE-207"}:
            return None
        raise
    try:
        return custody.verify(custody.read_receipt(data), logs)
    except CustodyError as error:
        # LOG-043: not all witnesses have seen a head above the leaf yet; they are asked on a beat too.
        if error.code == "LOG-043":
            return None
        raise


def verify_package(play: Play) -> None:
    """16. The expert runs rogatory evidence verify on her own machine; both nodes are off.

    She says no day: the witnesses under the package's receipt prove one.
    """
    root = play.stage.folder / "root.json"
    root.write_bytes(play.stage.register.root)
    package = _package_folder(play)
    answer = _run(["evidence", "verify", str(package), "--trust", str(root)])
    if answer.returncode:
        raise NodeError("NODE-804", what=answer.stderr.strip())
    play.tell(f"$ rogatory evidence verify {package.name[:8]}… --trust root.json")
    for line in answer.stdout.splitlines():
        play.tell(f"  {line}")


def check_bag(play: Play) -> None:
    """16. sha256sum confirms the opened bag."""
    bag = play.stage.home("vnm") / "packages" / f"{play.received['id']}.bag"
    answer = subprocess.run(
        ["sha256sum", "--check", "--quiet", "manifest-sha256.txt"],  # noqa: S607 - the system's own
        cwd=bag,
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode:
        raise NodeError("NODE-804", what=answer.stdout.strip())
    lines = len((bag / "manifest-sha256.txt").read_text().splitlines())
    play.tell(f"$ sha256sum --check manifest-sha256.txt: {lines} of {lines} files agree")


def _package_folder(play: Play) -> Path:
    return play.stage.home("vnm") / "packages" / str(play.received["id"])


def _run(words: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", "rogatory", *words], capture_output=True, text=True, check=False
    )
