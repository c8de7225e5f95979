"""Seal, verify and open beside a plain SHA-256 loop over the same bytes, and the limits of the machine.

``ROGATORY_BENCH_MIB`` sets the size (256). Every act runs once a round, so that neighbours disturb all of
them alike; a figure is the median of the rounds. Files come from and go to the page cache and disk.
"""

from __future__ import annotations

import hashlib
import os
import resource
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bench.table import Row
from rogatory import evidence
from rogatory.evidence import Basis, Folder
from rogatory.keys import EncryptionPair, KeyEntry, KeyRing, Purpose, SigningPair, new_pair

MIB = 1 << 20
ROUNDS = 5
SMALL = 2000
PEER = "plain SHA-256 loop"
NOW = datetime(2028, 6, 9, 12, tzinfo=UTC)


class Desk:
    """Keys, sources and places for one set of files."""

    def __init__(self, top: Path) -> None:
        self.top, self.source = top, top / "source"
        self.source.mkdir(parents=True)
        signer = new_pair(Purpose.SEAL, "fra/ofac", os.urandom)
        mine = new_pair(Purpose.ENCRYPTION, "vnm/a05", os.urandom)
        assert isinstance(signer, SigningPair)
        assert isinstance(mine, EncryptionPair)
        self.signer, self.mine = signer, mine
        day = timedelta(days=1)
        entries = (
            KeyEntry(key=each.public, valid_from=NOW - day, sign_until=NOW + day, verify_until=NOW + 9 * day)
            for each in (self.signer, self.mine)
        )
        self.basis = Basis(ring=KeyRing(entries), at=NOW)

    def fresh(self, name: str) -> Path:
        shutil.rmtree(self.top / name, ignore_errors=True)
        return self.top / name

    @property
    def size(self) -> int:
        return sum(path.stat().st_size for path in self.source.iterdir())

    def plain(self) -> None:
        buffer = memoryview(bytearray(MIB))
        for path in self.source.iterdir():
            digest = hashlib.sha256()
            with path.open("rb", buffering=0) as file:
                while got := file.readinto(buffer):
                    digest.update(buffer[:got])

    def seal(self, out: Path) -> None:
        public = [self.mine.public]
        evidence.seal([self.source], public, self.signer, out, now=NOW, random=os.urandom)

    def fetch(self, out: Path) -> None:
        with Folder(self.top / "package") as source:
            evidence.fetch(source, out, self.basis)

    def open(self, out: Path) -> None:
        evidence.open_package(self.top / "package", self.mine, out, self.basis, random=os.urandom)

    def acts(self) -> dict[str, tuple[str | None, Callable[[Path], object]]]:
        """Return each act with the folder that it makes, if it makes one."""
        package = self.top / "package"
        return {
            PEER: (None, lambda _: self.plain()),
            "seal": ("package", self.seal),
            "verify without a key": (None, lambda _: evidence.verify(package, self.basis)),
            "verify with a key": (None, lambda _: evidence.verify_with_key(package, self.mine, self.basis)),
            "fetch from a folder": ("copy", self.fetch),
            "open to a bag": ("bag", self.open),
        }


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _memory(name: str) -> float:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{name}:"))


def _measure(desk: Desk) -> dict[str, tuple[float, float, float]]:
    """Return wall seconds, CPU seconds and MiB above the start of each act: medians, and the most."""
    found: dict[str, list[tuple[float, float, float]]] = {name: [] for name in desk.acts()}
    for number in range(ROUNDS + 1):
        for name, (makes, act) in desk.acts().items():
            out = desk.fresh(makes) if makes else desk.top
            os.sync()
            Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
            memory, cpu, wall = _memory("VmRSS"), _cpu(), time.perf_counter()
            act(out)
            spent = time.perf_counter() - wall, _cpu() - cpu, _memory("VmHWM") - memory
            if number:
                found[name].append(spent)
    medians = {}
    for name, rounds in found.items():
        walls, cpus, memories = zip(*rounds, strict=True)
        medians[name] = statistics.median(walls), statistics.median(cpus), max(memories)
    return medians


def _limits() -> Iterator[Row]:
    """Yield what one core does in cache: no pipeline can be faster than its slowest step."""
    data, room = os.urandom(MIB), bytearray(MIB + 16)
    cipher = AESGCM(os.urandom(32))
    steps: dict[str, Callable[[], object]] = {
        "limit: SHA-256, 1 MiB in cache": lambda: hashlib.sha256(data).digest(),
        "limit: AES-256-GCM, 1 MiB in cache": lambda: cipher.encrypt_into(b"n" * 12, data, None, room),
    }
    for name, step in steps.items():
        cpu = _cpu()
        for _ in range(400):
            step()
        yield Row(name, "GB/CPU s", 400 * MIB / 1e9 / (_cpu() - cpu))


def _rows(desk: Desk, what: str) -> Iterator[Row]:
    gigabytes = desk.size / 1e9
    found = _measure(desk)
    floor = found[PEER]
    for name, (wall, cpu, memory) in found.items():
        peer = None if name == PEER else PEER
        label = f"{name}, {what}"
        yield Row(label, "GB/s", gigabytes / wall, peer=peer, ratio=floor[0] / wall if peer else None)
        yield Row(label, "CPU s", cpu, peer=peer, ratio=cpu / floor[1] if peer else None)
        if peer:
            yield Row(label, "MiB", memory, goal=64)


def rows() -> Iterator[Row]:
    """Yield the limits, then one large file, then many small ones."""
    size = int(os.environ.get("ROGATORY_BENCH_MIB", "256"))
    yield from _limits()
    with tempfile.TemporaryDirectory(prefix="rogatory-bench-", dir=Path.cwd()) as folder:
        large, small = Desk(Path(folder) / "large"), Desk(Path(folder) / "small")
        with (large.source / "disk.img").open("wb") as file:
            for _ in range(size):
                file.write(os.urandom(MIB))
        for number in range(SMALL):
            (small.source / f"{number:05d}").write_bytes(os.urandom(4096 + number * 7919 % 61_440))
        yield from _rows(large, f"one file of {size} MiB")
        yield from _rows(small, f"{SMALL} files of 4 to 64 KiB")
