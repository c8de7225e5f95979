"""Acts on a disk that fills: ``python -m support.full_disk HOW ACT FOLDER SIZE…``; says what came of each.

``tmpfs`` mounts a file system of that many bytes, which takes a mount namespace; ``limit`` lets no file grow
beyond them, which takes nothing. ``thin`` mounts a disk that is larger than what lies behind it, as virtual
machines have them: it takes every write, and loses some later; that takes root. All are the kernel's own
refusals, and reach whatever writes.
"""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from rogatory.errors import RogatoryError
from rogatory.evidence import (
    Folder,
    HandOver,
    Selection,
    Terms,
    disclose,
    export,
    fetch,
    import_,
    open_package,
    read_medium,
    seal,
)
from rogatory.keys import Purpose
from support.packages import ASKING, NOON, SEALER, basis, decryption, pair
from support.world import counting_random, signing

PAPER = HandOver(
    medium="WD 22B1",
    seal_number="A-0042/7",
    receipt="HO 17",
    handed_by="V",
    handed_to="B",
    on=date(2028, 3, 14),
)


def sealing(folder: Path, disk: Path) -> None:
    seal(
        [folder / "case"],
        [pair(ASKING, Purpose.ENCRYPTION).public],
        signing(SEALER, Purpose.SEAL),
        disk / "out",
        now=NOON,
        random=counting_random("full"),
        terms=Terms(trust=b"bundle"),
    )


def opening(folder: Path, disk: Path) -> None:
    open_package(folder / "package", decryption(ASKING), disk / "out", basis(), random=counting_random())


def fetching(folder: Path, disk: Path) -> None:
    with Folder(folder / "package") as source:
        fetch(source, disk / "out", basis())


def disclosing(folder: Path, disk: Path) -> None:
    chosen = Selection(files=["case/disk.img"])
    disclose(folder / "package", decryption(ASKING), chosen, disk / "out", random=counting_random())


def exporting(folder: Path, disk: Path) -> None:
    export(folder / "package", disk, PAPER, basis())


def importing(folder: Path, disk: Path) -> None:
    said = read_medium(folder / "medium", seal_number=PAPER.seal_number)
    import_(folder / "medium", said, disk / "out", basis())


ACTS: dict[str, Callable[[Path, Path], None]] = {
    "seal": sealing,
    "open": opening,
    "fetch": fetching,
    "disclose": disclosing,
    "export": exporting,
    "import": importing,
}


def attempt(act: str, folder: Path, disk: Path) -> str:
    """Return the code with which an act ends, or nothing; what is none of ours leaves this."""
    try:
        ACTS[act](folder, disk)
    except RogatoryError as error:
        lines = len(str(error).splitlines()), bool(error.explain())
        return error.code if lines == (1, True) else str(error)
    return ""


def left(disk: Path) -> list[str]:
    return sorted(each.name for each in disk.iterdir())


def mount(disk: Path, *words: str) -> None:
    subprocess.run(["mount", "-t", "tmpfs", *words, "none", str(disk)], check=True)


def on_tmpfs(act: str, folder: Path, disk: Path, size: int) -> dict[str, object]:
    """Run out of room, look at what is left, make room, and do it again."""
    mount(disk, "-o", f"size={size}")
    try:
        found = {"size": size, "code": attempt(act, folder, disk), "left": left(disk)}
        mount(disk, "-o", "remount,size=64m")
        if found["code"]:
            found |= {"again": attempt(act, folder, disk), "then": left(disk)}
    finally:
        subprocess.run(["umount", str(disk)], check=True)
    return found


def under_a_limit(act: str, folder: Path, disk: Path, size: int) -> dict[str, object]:
    """As ``on_tmpfs``, with a limit on the size of files."""
    most = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    disk.mkdir(exist_ok=True)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, most))
    try:
        found = {"size": size, "code": attempt(act, folder, disk), "left": left(disk)}
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    if found["code"]:
        found |= {"again": attempt(act, folder, disk), "then": left(disk)}
    shutil.rmtree(disk)
    return found


def on_a_thin_disk(act: str, folder: Path, disk: Path, size: int) -> dict[str, object]:
    """Run out of room behind the disk's back; such a disk is of no further use."""
    behind, image = disk.with_name(f"{disk.name}-behind"), disk.with_name(f"{disk.name}-behind") / "image"
    behind.mkdir(exist_ok=True)
    mount(behind, "-o", f"size={size}")
    try:
        with image.open("wb") as file:
            file.truncate(64 << 20)
        subprocess.run(["mkfs.ext4", "-q", "-O", "^has_journal", str(image)], check=True)
        subprocess.run(["mount", "-o", "loop", str(image), str(disk)], check=True)
        try:
            found = {"size": size, "code": attempt(act, folder, disk), "left": left(disk)}
        finally:
            subprocess.run(["umount", str(disk)], check=True)
    finally:
        subprocess.run(["umount", str(behind)], check=True)
    return found


HOW = {"tmpfs": on_tmpfs, "limit": under_a_limit, "thin": on_a_thin_disk}


def main(how: str, act: str, place: str, *sizes: str) -> None:
    folder = Path(place)
    disk = folder / f"disk-{how}-{act}"
    disk.mkdir(exist_ok=True)
    for size in sizes:
        sys.stdout.write(json.dumps(HOW[how](act, folder, disk, int(size))) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
