"""What the machine can do: each primitive in cache on one core, memory, and the disk under a folder.

No pipeline is faster than its slowest step, so these stand in the table of what is measured against them.
"""

from __future__ import annotations

import contextlib
import hashlib
import mmap
import os
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path

from blake3 import blake3
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bench.table import Row

MIB = 1 << 20
BLOCK = 4 * MIB
TIMES = 200
BLOCKS = 5
# The file by which the disk is measured; larger than what a disk's own cache usually takes.
FILE = 512 * MIB


@dataclass(frozen=True)
class Limits:
    """GB/CPU s of the primitives on one core; GB/s of the rest, by the clock."""

    sha256: float
    aes_gcm: float
    blake3: float
    copy: float
    cached: float
    write: float
    write_cached: float
    read: float

    @property
    def primitives(self) -> float:
        """CPU seconds that one GB costs if nothing but its three primitives cost anything."""
        return 1 / self.sha256 + 1 / self.aes_gcm + 1 / self.blake3

    def rows(self) -> Iterator[Row]:
        """Yield one row a limit."""
        names = {
            "sha256": ("SHA-256, 1 MiB in cache", "GB/CPU s"),
            "aes_gcm": ("AES-256-GCM, 1 MiB in cache", "GB/CPU s"),
            "blake3": ("BLAKE3, 1 MiB in cache", "GB/CPU s"),
            "copy": ("copy in memory, one thread", "GB/s"),
            "cached": ("read from the page cache", "GB/s"),
            "write": ("disk, write past the cache, synced", "GB/s"),
            "write_cached": ("disk, write through the cache, synced", "GB/s"),
            "read": ("disk, read past the cache", "GB/s"),
        }
        for each in fields(self):
            name, unit = names[each.name]
            yield Row(f"limit: {name}", unit, getattr(self, each.name))


def limits(folder: Path, size: int) -> Limits:
    """Measure; the disk is the folder's, by a file of that size but at most half a GiB."""
    data, room = os.urandom(MIB), bytearray(MIB + 16)
    cipher = AESGCM(os.urandom(32))
    size = max(BLOCK, min(FILE, size) // BLOCK * BLOCK)
    return Limits(
        sha256=_in_cache(lambda: hashlib.sha256(data).digest()),
        aes_gcm=_in_cache(lambda: cipher.encrypt_into(b"n" * 12, data, None, room)),
        blake3=_in_cache(lambda: blake3(data).digest()),
        copy=_copy(),
        **_disk(folder / "limit", size),
    )


def _in_cache(step: Callable[[], object]) -> float:
    rates = []
    for _ in range(BLOCKS):
        begun = time.process_time()
        for _ in range(TIMES):
            step()
        rates.append(TIMES * MIB / 1e9 / (time.process_time() - begun))
    return statistics.median(rates)


def _rate(size: int, run: Callable[[], object]) -> float:
    begun = time.perf_counter()
    run()
    return size / 1e9 / (time.perf_counter() - begun)


def _copy() -> float:
    size = 128 * MIB
    here, there = memoryview(bytearray(os.urandom(MIB) * 128)), memoryview(bytearray(size))

    def run() -> None:
        there[:] = here

    return statistics.median(_rate(size, run) for _ in range(BLOCKS))


def _disk(path: Path, size: int) -> dict[str, float]:
    found: dict[str, list[float]] = {}
    with mmap.mmap(-1, BLOCK) as block:
        block.write(os.urandom(BLOCK))
        ways: dict[str, Callable[[], object]] = {
            "write_cached": lambda: _write(path, size, block, 0),
            "cached": lambda: _read(path, block, 0),
            "write": lambda: _write(path, size, block, _direct(path.parent)),
            "read": lambda: _read(path, block, _direct(path.parent)),
        }
        for _ in range(BLOCKS):
            for name, run in ways.items():
                if name.startswith("write"):
                    path.unlink(missing_ok=True)
                    os.sync()
                found.setdefault(name, []).append(_rate(size, run))
    path.unlink()
    return {name: statistics.median(rates) for name, rates in found.items()}


def _direct(folder: Path) -> int:
    """Return the flag that goes past the page cache, or none where the file system refuses it."""
    flag, probe = getattr(os, "O_DIRECT", 0), folder / "probe"
    try:
        os.close(os.open(probe, os.O_WRONLY | os.O_CREAT | flag))
    except OSError:
        flag = 0
    with contextlib.suppress(OSError):
        probe.unlink()
    return int(flag)


def _write(path: Path, size: int, block: mmap.mmap, flag: int) -> None:
    file = os.open(path, os.O_WRONLY | os.O_CREAT | flag, 0o600)
    try:
        os.posix_fallocate(file, 0, size)
        for _ in range(size // BLOCK):
            os.write(file, block)
        os.fdatasync(file)
    finally:
        os.close(file)


def _read(path: Path, block: mmap.mmap, flag: int) -> None:
    file = os.open(path, os.O_RDONLY | flag)
    try:
        while os.readv(file, [block]):
            pass
    finally:
        os.close(file)
