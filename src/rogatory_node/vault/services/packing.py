"""Packing: a folder as one file that people can carry."""

from __future__ import annotations

import hashlib
import os
import shutil
import zipfile
from pathlib import Path
from typing import Final

from rogatory.errors import EvidenceError

__all__ = ["digest", "pack"]

BLOCK: Final = 1 << 20
FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)


def pack(folder: Path, target: Path) -> None:
    """Write a folder as one file that people can carry; the same folder makes the same bytes.

    Raises:
        EvidenceError: EVID-009 it cannot be written.
    """
    try:
        _zip(folder, target)
    except OSError as error:
        raise EvidenceError("EVID-009", path=target.name, reason=error.strerror) from error


def _zip(folder: Path, target: Path) -> None:
    with zipfile.ZipFile(target, "x", zipfile.ZIP_STORED) as packed:
        for each in sorted(path for path in folder.rglob("*") if path.is_file()):
            name = zipfile.ZipInfo(str(each.relative_to(folder)), FIRST_DAY)
            name.external_attr = 0o600 << 16
            with each.open("rb") as source, packed.open(name, "w", force_zip64=True) as out:
                shutil.copyfileobj(source, out, BLOCK)
    target.chmod(0o600)
    with target.open("rb") as file:
        os.fsync(file.fileno())


def digest(path: Path) -> tuple[str, int]:
    """Return the SHA-256 of a file, in hexadecimal, and its size.

    Raises:
        EvidenceError: EVID-009 it cannot be read, or is not there any more.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest(), file.tell()
    except OSError as error:
        raise EvidenceError("EVID-009", path=path.name, reason=error.strerror) from error
