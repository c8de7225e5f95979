"""A set of files with keys and places, every act of ours on it, and what each act costs."""

from __future__ import annotations

import hashlib
import json
import os
import resource
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.peers import PEERS, Peer, Spent, missing, spend
from rogatory import evidence
from rogatory.evidence import Basis, Folder, Selection, Step
from rogatory.evidence.sealing.packers import Packer
from rogatory.keys import EncryptionPair, KeyEntry, KeyRing, Purpose, SigningPair, new_pair

MIB = 1 << 20
LOOP = "plain SHA-256 loop"
SEAL, TO_MEMORY, COLD = "seal", "seal, package in memory", "seal, source cold, same disk"
WITH_KEY = "verify with a key"
MEMORY = Path("/dev/shm")
NOW = datetime(2028, 6, 9, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Act:
    """Something that is measured: what is done first, where it writes, and the act itself."""

    run: Callable[[Path], object]
    makes: Path | None = None
    before: Callable[[], object] | None = None


@dataclass(frozen=True)
class Found:
    """Medians of the rounds: seconds by the clock, CPU seconds; and the most MiB above the start."""

    wall: float
    cpu: float
    memory: float = 0.0


class Desk:
    """Keys, sources and places for one set of files."""

    def __init__(self, top: Path, memory: Path | None, sizes: Iterable[int]) -> None:
        self.top, self.memory = top, memory
        self.source, self.package = top / "source", top / "package"
        self.source.mkdir(parents=True)
        self.sizes = list(sizes)
        for number, size in enumerate(self.sizes):
            _fill(self.source / f"{number:06d}.img", size)
        signer = new_pair(Purpose.SEAL, "fra/ofac", os.urandom)
        mine = new_pair(Purpose.ENCRYPTION, "vnm/a05", os.urandom)
        assert isinstance(signer, SigningPair)
        assert isinstance(mine, EncryptionPair)
        self.signer, self.mine = signer, mine
        day = timedelta(days=1)
        self.ring = KeyRing(
            KeyEntry(key=each.public, valid_from=NOW - day, sign_until=NOW + day, verify_until=NOW + 9 * day)
            for each in (self.signer, self.mine)
        )
        self.basis = Basis(ring=self.ring, at=NOW)

    @property
    def gigabytes(self) -> float:
        return sum(self.sizes) / 1e9

    def plain(self) -> None:
        buffer = memoryview(bytearray(MIB))
        for path in self.source.iterdir():
            digest = hashlib.sha256()
            with path.open("rb", buffering=0) as file:
                while got := file.readinto(buffer):
                    digest.update(buffer[:got])

    def forget(self) -> None:
        """Have the page cache drop the sources."""
        for path in self.source.iterdir():
            with path.open("rb") as file:
                os.fsync(file.fileno())
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)

    def seal(self, out: Path) -> None:
        public = [self.mine.public]
        evidence.seal([self.source], public, self.signer, out, now=NOW, random=os.urandom)

    def fetch(self, out: Path) -> None:
        with Folder(self.package) as source:
            evidence.fetch(source, out, self.basis)

    def open(self, out: Path) -> None:
        evidence.open_package(self.package, self.mine, out, self.basis, random=os.urandom)

    def acts(self, *, cold: bool = False) -> dict[str, Act]:
        """Return each act by name; what verifies needs what has been sealed before."""
        acts = {LOOP: Act(lambda _: self.plain())}
        if cold:
            acts[COLD] = Act(self.seal, self.top / "cold", self.forget)
        if self.memory:
            acts[TO_MEMORY] = Act(self.seal, self.memory / "package")
        return {
            **acts,
            SEAL: Act(self.seal, self.package),
            "verify without a key": Act(lambda _: evidence.verify(self.package, self.basis)),
            WITH_KEY: Act(lambda _: evidence.verify_with_key(self.package, self.mine, self.basis)),
            "fetch from a folder": Act(self.fetch, self.top / "copy"),
            "open to a bag": Act(self.open, self.top / "bag"),
        }

    def least(self) -> int:
        """Return the bytes of a package of one empty file: what each one has beside its content."""
        nothing, out = self.top / "nothing", self.top / "least"
        nothing.touch()
        evidence.seal([nothing], [self.mine.public], self.signer, out, now=NOW, random=os.urandom)
        return sum(path.stat().st_size for path in out.rglob("*") if path.is_file())

    def package_size(self) -> int:
        return sum(path.stat().st_size for path in self.package.rglob("*") if path.is_file())

    def proof(self, times: int = 30) -> tuple[int, float, float]:
        """Disclose the file in the middle; return the proof's bytes, and seconds to check: without, in all.

        Without what comes before the third step, which is the seal and its signatures.
        """
        out = self.top / "disclosure"
        path = f"data/source/{len(self.sizes) // 2:06d}.img"
        choice = Selection(files=[path])
        made = evidence.disclose(self.package, self.mine, choice, out, random=os.urandom)
        begun, after, whole = 0.0, [], []

        def on_step(step: Step) -> None:
            nonlocal begun
            if step.number == 3:
                begun = time.perf_counter()

        for _ in range(times):
            first = time.perf_counter()
            evidence.verify_disclosure(out, Basis(ring=self.ring, at=NOW, on_step=on_step))
            end = time.perf_counter()
            after.append(end - begun)
            whole.append(end - first)
        shutil.rmtree(out)
        return made.proof, statistics.median(after), statistics.median(whole)


@contextmanager
def desk(folder: Path, sizes: Iterable[int]) -> Iterator[Desk]:
    """Lay files of these sizes under a folder, and remove everything in the end."""
    sizes = list(sizes)
    with (
        tempfile.TemporaryDirectory(dir=folder) as top,
        tempfile.TemporaryDirectory(
            prefix="rogatory-bench-", dir=MEMORY if MEMORY.is_dir() else folder
        ) as ram,
    ):
        yield Desk(Path(top), Path(ram) if _fits(sum(sizes)) else None, sizes)


def _fits(size: int) -> bool:
    """Return whether memory holds a package of that size with its sources in the page cache."""
    if not MEMORY.is_dir():
        return False
    lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    free = next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:"))
    return shutil.disk_usage(MEMORY).free > 1.1 * size and free > 2.2 * size


def _fill(path: Path, size: int) -> None:
    with path.open("wb") as file:
        while size:
            size -= file.write(os.urandom(min(MIB, size)))


def _cpu() -> float:
    """Return the CPU seconds of this process, and of those that it began and that have ended."""
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in spent)


@contextmanager
def _beside() -> Iterator[list[float]]:
    """Yield the MiB that processes beside this one had for themselves when they were ended."""
    found: list[float] = []
    end = Packer.end

    def ending(packer: Packer) -> None:
        lines = Path(f"/proc/{packer.process}/smaps_rollup").read_text(encoding="ascii").splitlines()
        found.extend(int(line.split()[1]) / 1024 for line in lines if line.startswith("Private_"))
        end(packer)

    Packer.end = ending  # type: ignore[method-assign,assignment]  # for as long as the block
    try:
        yield found
    finally:
        Packer.end = end  # type: ignore[method-assign]  # as it was


def _memory(name: str) -> float:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{name}:"))


def _once(act: Act) -> Found:
    if act.makes:
        shutil.rmtree(act.makes, ignore_errors=True)
    if act.before:
        act.before()
    os.sync()
    return _apart(lambda: _spent(act))


def _spent(act: Act) -> Found:
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    started = _memory("VmRSS")
    with _beside() as others:
        cpu, wall = _cpu(), time.perf_counter()
        act.run(act.makes or Path())
        spent = time.perf_counter() - wall, _cpu() - cpu
    return Found(*spent, _memory("VmHWM") - started + sum(others))


def _apart(act: Callable[[], Found]) -> Found:
    """Return what an act found in a process of its own, so that no act's memory is another's."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.write(write, json.dumps(astuple(act())).encode())
        finally:
            # What the parent holds is the parent's to close.
            os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    if not said:
        raise RuntimeError("an act failed; run it alone")
    return Found(*json.loads(said))


def measure(
    acts: dict[str, Act], rounds: int, also: Callable[[], None] | None = None, keep: tuple[Path, ...] = ()
) -> dict[str, Found]:
    """Return the medians of so many rounds after one to warm up; ``also`` runs at the end of each but that.

    What an act makes is removed at once, but for what is in ``keep``.
    """
    runs: dict[str, list[Found]] = {name: [] for name in acts}
    for number in range(rounds + 1):
        for name, act in acts.items():
            spent = _once(act)
            if act.makes and act.makes not in keep:
                shutil.rmtree(act.makes)
            if number:
                runs[name].append(spent)
        if number and also:
            also()
    return {
        name: Found(
            statistics.median(each.wall for each in several),
            statistics.median(each.cpu for each in several),
            max(each.memory for each in several),
        )
        for name, several in runs.items()
    }


class Beside:
    """The peers on one set of files: each run once a round, until it fails."""

    def __init__(self, files: Desk, told: dict[str, str]) -> None:
        self._files, self._told = files, told
        self._runs: dict[Peer, list[Spent]] = {}
        self.why: dict[Peer, str] = {}
        for peer in PEERS:
            if absent := missing(peer):
                self.why[peer] = f"not installed: {', '.join(absent)}"
            elif peer.single and len(files.sizes) > 1:
                self.why[peer] = "not run: it takes one file"

    def round(self) -> None:
        """Run each once."""
        for peer in PEERS:
            if peer in self.why:
                continue
            try:
                spent = spend(peer, self._files.source, self._files.top / "peer", self._told)
            except RuntimeError as error:
                self.why[peer] = f"failed: {error}"
            else:
                self._runs.setdefault(peer, []).append(spent)

    def found(self, peer: Peer) -> Found:
        """Return the medians of one that has been run."""
        runs = self._runs[peer]
        return Found(
            statistics.median(each.wall for each in runs), statistics.median(each.cpu for each in runs)
        )
