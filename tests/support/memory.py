"""A package held in memory, so that a test can bend any byte of it and ask again in a millisecond."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rogatory.errors import EvidenceError

__all__ = ["Memory", "lay", "of_folder"]


class Memory:
    """A source whose files are bytes by their paths."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files

    def read_into(self, path: str, start: int, buffer: memoryview) -> int:
        if path not in self.files:
            raise EvidenceError("EVID-021", path=path)
        piece = self.files[path][start : start + len(buffer)]
        buffer[: len(piece)] = piece
        return len(piece)

    def names(self) -> Mapping[str, int]:
        return {path: len(data) for path, data in self.files.items()}


def of_folder(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder by its path."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def lay(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Write files into a folder."""
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder
