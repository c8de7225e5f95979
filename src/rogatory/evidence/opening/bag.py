"""A BagIt 1.0 bag (RFC 8493), written as its files are decrypted; its digests cost nothing more."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, nullcontext, suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

from rogatory import __version__, wire
from rogatory.errors import EvidenceError
from rogatory.evidence import checks, models
from rogatory.evidence.atomic import sync_file_system, write_file
from rogatory.evidence.models import Area
from rogatory.evidence.opening.verifying import Examined, Verification
from rogatory.evidence.sources import read_seal
from rogatory.values import instant_text

__all__ = ["Bag", "clear", "files_below"]

OWN: Final = "rogatory"
PARTS: Final = "parts"
DECLARATION: Final = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
PRIVATE: Final = 0o600
DIGEST_SIZE: Final = 64
NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


def files_below(folder: Path | str) -> Iterator[os.DirEntry[str]]:
    """Yield whatever below a folder is no folder: files, links, pipes. No link is followed."""
    with os.scandir(folder) as found:
        for each in found:
            if each.is_dir(follow_symlinks=False):
                yield from files_below(each.path)
            else:
                yield each


class NewFile:
    """A file of a bag, without a buffer: what is written comes in pieces of up to 1 MiB."""

    __slots__ = ("_handle",)

    def __init__(self, handle: int) -> None:
        """Own an open file."""
        self._handle = handle

    def write(self, data: memoryview) -> None:
        """Write all of it."""
        while data:
            data = data[os.write(self._handle, data) :]

    def close(self) -> None:
        """Close it."""
        os.close(self._handle)


class Bag:
    """A bag in the making. Nobody but its owner can read what is in it.

    Evidence lies under ``data/``; the papers under ``legal/`` and what rogatory knows of the files
    under ``rogatory/`` are tag files. The manifest is that of the seal: nothing is hashed again.
    """

    def __init__(self, top: Path, *, resumed: bool = False) -> None:
        """Begin with a folder: empty, or one that has files of a bag that is gone on with."""
        self._top, self._made = str(top), ""
        self._resumed = resumed
        self._manifest_digest, self._entries_digest = hashlib.sha256(), hashlib.sha256()
        self._salts_digest = hashlib.sha256()
        self._count = self._size = self._papers = 0
        self._case: bytes | None = None

    def __enter__(self) -> Self:
        """Make the files to which lines are added as they come, and return the bag itself."""
        with ExitStack() as opened:
            # Opened before anything is written: it is told of what is lost from here on.
            self._handle = os.open(self._top, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            opened.callback(os.close, self._handle)
            self._manifest = opened.enter_context(self._lines("manifest-sha256.txt"))
            self._tags = opened.enter_context(self._lines("tagmanifest-sha256.txt"))
            self._entries = opened.enter_context(self._lines(f"{OWN}/entries.jsonl"))
            self._salts = opened.enter_context(self._lines(f"{OWN}/salts.txt"))
            (Path(self._top) / "data").mkdir(0o700, exist_ok=self._resumed)
            self._opened = opened.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close what is open, all of it, even if a full disk does not take what one still held."""
        # Of a bag that is given up, only the first fault is of use.
        with suppress(OSError) if kind else nullcontext():
            self._opened.close()

    def _create(self, path: str) -> int:
        # Names of files by the thousand: a ``Path`` for each would cost as much as the file itself.
        place = f"{self._top}/{path}"
        folder = place[: place.rindex("/")]
        # Files of one folder follow one another, so a folder is asked for once.
        if folder != self._made:
            Path(folder).mkdir(0o700, parents=True, exist_ok=True)
            self._made = folder
        if self._resumed:
            clear(Path(place))
        return os.open(place, NEW, PRIVATE)

    def create(self, area: Area, path: str) -> NewFile:
        """Return a new file for a path that has passed its checks."""
        return NewFile(self._create(f"{area}/{path}"))

    def create_part(self, name: str) -> NewFile:
        """Return a new file for a range of bytes of a file."""
        return NewFile(self._create(f"{PARTS}/{name}"))

    def _lines(self, path: str) -> BinaryIO:
        return os.fdopen(self._create(path), "wb")

    def add_part(self, name: str, digest: str) -> None:
        """Put a range of bytes into the manifest of what is no payload."""
        self._tags.write(f"{digest}  {PARTS}/{name}\n".encode())

    def add_line(self, line: bytes, salts: bytes) -> None:
        """Keep the line of an entry, with what the bag itself cannot say: links, origins, times.

        With its salts, 16 bytes a member in the order of their names, anybody can compute the root
        over the entries from the lines and SHA-256 alone, and find it in the seal.
        """
        self._entries.write(line)
        self._entries_digest.update(line)
        text = salts.hex().encode() + b"\n"
        self._salts.write(text)
        self._salts_digest.update(text)

    def add_case(self, description: bytes) -> None:
        """Keep what the sealer says of the case, its devices and actions: CASE/UCO JSON-LD."""
        self._case = description

    def add_digest(self, area: Area, path: str, digest: str, size: int) -> None:
        """Put a file into the manifest of its area."""
        line = f"{digest}  {area}/{path}\n".encode()
        if area == "legal":
            self._tags.write(line)
            self._papers += 1
            return
        self._manifest.write(line)
        self._manifest_digest.update(line)
        self._count += 1
        self._size += size

    def finish(self, examined: Examined, verification: Verification) -> None:
        """Write the tag files and return once all of the bag is on the disk."""
        seal, envelope = verification.document, read_seal(examined.source)
        # Read once more, and perhaps from where somebody else answers.
        checks.check_announced(hashlib.sha256(envelope).hexdigest(), examined.digest)
        info = (
            f"Source-Organization: {seal.sealed_by}\n"
            f"External-Identifier: {seal.package}\n"
            f"Bagging-Date: {instant_text(seal.sealed_at)[:10]}\n"
            f"Payload-Oxum: {self._size}.{self._count}\n"
            f"Bag-Software-Agent: rogatory {__version__}\n"
        )
        report = {
            "package": verification.package,
            "seal": verification.seal,
            "sealed_by": verification.sealed_by,
            "sealed_at": instant_text(verification.sealed_at),
            "proves": [{"code": each.code, **each.fields} for each in verification.proves],
            "does_not_prove": [{"code": each.code, **each.fields} for each in verification.does_not_prove],
        }
        tags = {
            "bagit.txt": DECLARATION,
            "bag-info.txt": info.encode(),
            f"{OWN}/{models.SEAL}": envelope,
            f"{OWN}/verification.json": wire.canonical(report) + b"\n",
        }
        if self._case is not None:
            tags[f"{OWN}/case.jsonld"] = self._case + b"\n"
        for path, data in tags.items():
            write_file(Path(self._top) / path, data, mode=PRIVATE)
        digests = {path: hashlib.sha256(data).hexdigest() for path, data in tags.items()}
        digests["manifest-sha256.txt"] = self._manifest_digest.hexdigest()
        digests[f"{OWN}/entries.jsonl"] = self._entries_digest.hexdigest()
        digests[f"{OWN}/salts.txt"] = self._salts_digest.hexdigest()
        for path in sorted(digests):
            self._tags.write(f"{digests[path]}  {path}\n".encode())
        for file in (self._manifest, self._tags, self._entries, self._salts):
            file.flush()
        if self._resumed:
            self._drop_strangers()
        sync_file_system(self._handle)

    def _drop_strangers(self) -> None:
        """Remove what is in no manifest: it came while nobody was at work on the bag.

        Raises:
            EvidenceError: EVID-009 the bag is not what its manifests list, and no removal helps.
        """
        areas = [each for area in models.AREAS if (each := Path(self._top) / area).is_dir()]
        if self._below(areas) != self._count + self._papers:
            listed = set(self._listed())
            for area in areas:
                for stranger in files_below(area):
                    if _identity(stranger.path) not in listed:
                        Path(stranger.path).unlink()
            if self._below(areas) != self._count + self._papers:
                raise EvidenceError("EVID-009", path=self._top, reason="something else writes there")
        for area in areas:
            for folder, _, _ in os.walk(area, topdown=False):
                # A bag has no folder without a file in it, but its own.
                if folder != f"{self._top}/data":
                    with suppress(OSError):
                        Path(folder).rmdir()

    def _below(self, areas: list[Path]) -> int:
        return sum(1 for area in areas for _ in files_below(area))

    def _listed(self) -> Iterator[tuple[int, int]]:
        """Yield what identifies each file in the manifests: names could come back spelt otherwise."""
        for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
            with (Path(self._top) / manifest).open("rb") as lines:
                for line in lines:
                    yield _identity(f"{self._top}/{line[DIGEST_SIZE + 2 : -1].decode()}")


def _identity(path: str) -> tuple[int, int]:
    found = os.lstat(path)
    return found.st_dev, found.st_ino


def clear(path: Path) -> None:
    """Remove whatever has that name."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
