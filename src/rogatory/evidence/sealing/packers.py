"""Processes beside this one that pack small files, since threads do not share out Python's own work.

A packer is a fork, so it starts in a millisecond, holds the keys already and writes nothing down. A fork of
a process with several threads can inherit a lock that nobody will ever open: there are packers only where
this thread is the only one. Each ends with the socket to its parent: when that is closed, or killed.
Until then it shares the lock of the journal, so nobody goes on with the package while it still writes.
"""

from __future__ import annotations

import marshal
import os
import signal
import socket
import struct
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Semaphore
from typing import Any, Final, NamedTuple, cast

from rogatory.errors import EvidenceError
from rogatory.evidence.direct import PlacedFile
from rogatory.evidence.journal import marks_of
from rogatory.evidence.models import Area
from rogatory.evidence.sealing import batches
from rogatory.evidence.sealing.batches import Batch, Room, Task
from rogatory.evidence.sealing.lines import Line
from rogatory.evidence.sealing.walk import Found, HeldFolder
from rogatory.evidence.secret import Keys
from rogatory.evidence.segments import Spot

__all__ = ["Packer", "start"]

# Linux says how many threads there are, those that are not Python's included.
TASKS: Final = Path("/proc/self/task")
ENDED: Final = "a process that seals beside this one has ended"
ENDINGS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_HEAD: Final = struct.Struct(">I")
# Folders of a batch, and the two descriptors of a segment.
MOST_HANDLES: Final = batches.MOST_FOLDERS + 2


class Facts(NamedTuple):
    """What has to be known of a file to find out that it changed; as ``os.stat_result`` names it."""

    st_dev: int
    st_ino: int
    st_size: int
    st_mtime_ns: int
    st_ctime_ns: int


class _Folder(NamedTuple):
    descriptor: int


def start(keys: Keys, count: int) -> list[Packer]:
    """Return that many packers; none where a fork is not safe."""
    packers: list[Packer] = []
    with suppress(OSError):
        if len(list(TASKS.iterdir())) == 1:
            packers += (Packer(keys) for _ in range(count))
    return packers


class Packer:
    """One process beside this one; it does what it is told in the order in which it is told.

    Attributes:
        process: Its id.
        free: How many more batches it takes: one that is packed, and one that is there when that is done.
    """

    def __init__(self, keys: Keys) -> None:
        """Fork.

        Raises:
            OSError: The system has no process left.
        """
        self._line, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        # An interrupt in the middle of a fork would be lost: Python prints what its hooks raise, and goes on.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDINGS)
        try:
            self.process = os.fork()
            if not self.process:
                _live(self._line, far, keys)
        except OSError:
            self._line.close()
            raise
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
            far.close()
        self.free = Semaphore(2)

    def send(self, batch: Batch, drawn: bytes, file: PlacedFile | None) -> None:
        """Have a batch packed and written, for which there is room; ``receive`` says what came of it.

        Raises:
            OSError: The process has ended.
        """
        places = {id(folder): place for place, folder in enumerate(batch.folders)}
        tasks = [_spell(task, places) for task in batch.tasks]
        handles = [folder.descriptor for folder in batch.folders]
        handles += file.handles if file else ()
        told = batch.area, batch.number, tuple(batch.begin or ()), len(batch.folders), drawn, tasks
        try:
            _send(self._line, marshal.dumps(told), handles)
        except OSError as error:
            raise OSError(None, ENDED) from error

    def receive(self) -> tuple[bytes, bytes, list[Line]]:
        """Return rows, leaves and lines of the first batch that was not answered; it has been written.

        Raises:
            EvidenceError: EVID-001 a file cannot be read; EVID-002 one changed.
            OSError: The package cannot be written, or the process has ended.
        """
        try:
            answer, _ = _receive(self._line)
        finally:
            self.free.release()
        kind, *said = marshal.loads(answer)  # noqa: S302 - from our own process
        if kind == "fault":
            raise EvidenceError(said[0], **said[1])
        if kind == "disk":
            raise OSError(*said)
        rows, leaves, lines = said
        return rows, leaves, [Line(*each) for each in lines]

    def end(self) -> None:
        """Let it finish what it is at, and wait until it is gone; whoever waits for an answer hears of it."""
        if self._line.fileno() < 0:
            return
        with suppress(OSError):
            self._line.shutdown(socket.SHUT_RDWR)
        with suppress(ChildProcessError):
            os.waitpid(self.process, 0)
        self._line.close()


def _spell(task: Task, places: dict[int, int]) -> tuple[Any, ...]:
    found, marks = task.found, marks_of(task.found.facts)
    folder = places[id(found.folder)] if task.spot else -1
    spoken = found.kind, found.path, found.origin, marks, folder, found.name, found.size, found.target
    return *spoken, dict(found.claims), tuple(task.spot or ())


def _read(spelt: Sequence[Any], folders: Sequence[int]) -> Task:
    kind, path, origin, marks, folder, name, size, target, claims, spot = spelt
    # What is not read has no folder here, and what is read needs nothing of it but its descriptor.
    held = cast(HeldFolder, _Folder(folders[folder] if spot else -1))
    facts = cast(os.stat_result, Facts(*marks))
    found = Found(kind, path, origin, facts, held, name, size, target, None, claims)
    return Task(found, Spot(*spot) if spot else None, Spot(1, 0, 0))


def _send(line: socket.socket, data: bytes, handles: Sequence[int] = ()) -> None:
    socket.send_fds(line, [_HEAD.pack(len(data))], handles)
    line.sendall(data)


def _receive(line: socket.socket) -> tuple[bytes, list[int]]:
    """Return a message with its descriptors.

    Raises:
        OSError: The other side has ended.
    """
    head, handles, _, _ = socket.recv_fds(line, _HEAD.size, MOST_HANDLES)
    head += _exactly(line, _HEAD.size - len(head))
    return _exactly(line, _HEAD.unpack(head)[0]), handles


def _exactly(line: socket.socket, size: int) -> bytes:
    data, done = memoryview(bytearray(size)), 0
    while done < size:
        got = line.recv_into(data[done:])
        if not got:
            raise OSError(None, ENDED)
        done += got
    return bytes(data)


def _live(parents: socket.socket, line: socket.socket, keys: Keys) -> None:
    """Pack until the parent is gone; never return."""
    status = 1
    try:
        parents.close()
        # An interrupt is for the parent, which then closes the line.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for each in ENDINGS:
            # What is ignored, as under nohup, stays ignored.
            if signal.getsignal(each) is not signal.SIG_IGN:
                signal.signal(each, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDINGS)
        _work(line, keys)
        status = 0
    finally:
        # Nothing of what the parent had opened may be closed twice, or written out twice.
        os._exit(status)


def _work(line: socket.socket, keys: Keys) -> None:
    room = Room()
    while True:
        try:
            data, handles = _receive(line)
        except OSError:
            return
        try:
            answer = _pack(marshal.loads(data), handles, keys, room)  # noqa: S302 - from our own process
        except EvidenceError as error:
            answer = "fault", error.code, {name: str(value) for name, value in error.fields.items()}
        except OSError as error:
            answer = "disk", error.errno, error.strerror
        finally:
            for handle in handles:
                os.close(handle)
        try:
            _send(line, marshal.dumps(answer))
        except OSError:
            return


def _pack(told: Sequence[Any], handles: Sequence[int], keys: Keys, room: Room) -> tuple[Any, ...]:
    area, number, begin, folders, drawn, tasks = told
    first = Spot(*begin) if begin else None
    batch = Batch(cast(Area, area), number, [_read(each, handles[:folders]) for each in tasks], first)
    packed = batches.pack(batch, keys, drawn, room)
    if first is not None:
        PlacedFile(*handles[folders:]).write_past_cache(packed.sealed, first.offset)
    return "packed", packed.rows, packed.leaves, [tuple(each) for each in packed.lines]
