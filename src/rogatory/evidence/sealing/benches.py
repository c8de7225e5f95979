"""Who seals: large files go to benches side by side, small ones are packed in between."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from queue import SimpleQueue
from threading import Event, Semaphore
from types import TracebackType
from typing import Final, Self

from rogatory.evidence.sealing import batches, packers
from rogatory.evidence.sealing.batches import DRAWN, Batch, Packed, Room
from rogatory.evidence.sealing.encrypting import Bench, Job, Stopped
from rogatory.evidence.sealing.lines import Line
from rogatory.evidence.sealing.packers import Packer
from rogatory.evidence.sealing.walk import Found
from rogatory.evidence.secret import Keys
from rogatory.evidence.segments import AreaWriter, Spot

__all__ = ["Crew"]

# A bench has 12 MiB of buffers. Three of them keep three cores at SHA-256 and as many at the rest; most
# disks are slower than that, and memory stays within its limit.
MOST: Final = 3
# Jobs that wait while all benches are busy.
WAITING: Final = 4


class Crew:
    """Benches and packers, and the threads that work at them."""

    def __init__(self, keys: Keys) -> None:
        """Make a bench a core, at most three, and a packer for each but one; threads start when needed."""
        count = min(MOST, os.cpu_count() or 1)
        self._keys = keys
        # First, while this thread is still alone.
        self._packers = packers.start(keys, count - 1)
        self._receiving = {each: ThreadPoolExecutor(1, "rogatory-packer") for each in self._packers}
        # One is filled while the other is written.
        self._rooms = deque((Room(), Room()))
        self._writing = ThreadPoolExecutor(1, "rogatory-write")
        self._stopping, self._news = Event(), SimpleQueue[int]()
        self._all = [Bench(keys, self._stopping, self._news.put) for _ in range(count)]
        self._benches = SimpleQueue[Bench]()
        for each in self._all:
            self._benches.put(each)
        self._pool = ThreadPoolExecutor(count, "rogatory-seal")
        self._waiting = Semaphore(count + WAITING)
        self._fault: BaseException | None = None

    def __enter__(self) -> Self:
        """Return the crew itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End every thread; what has not begun is not begun."""
        self.stop()

    def stop(self) -> None:
        """Give up what has not begun, end the rest soon, and wait for it."""
        self._stopping.set()
        self._pool.shutdown(cancel_futures=True)
        for packer, receiving in self._receiving.items():
            receiving.shutdown(wait=False, cancel_futures=True)
            packer.end()
            receiving.shutdown()
        self._writing.shutdown()
        for each in self._all:
            each.close()

    def large(self, batch: Batch, job: Job) -> Future[list[Line]]:
        """Have one file sealed, which is all of its batch; wait for room if many wait already."""
        self._waiting.acquire()
        try:
            return self._pool.submit(self._work, batch, job)
        except BaseException:
            self._waiting.release()
            raise

    def _work(self, batch: Batch, job: Job) -> list[Line]:
        bench = self._benches.get()
        try:
            with self._holding(batch):
                return [bench.large(job)]
        finally:
            self._benches.put(bench)
            self._waiting.release()

    @contextmanager
    def _holding(self, batch: Batch) -> Iterator[None]:
        """Let go of a batch in the end, and have everybody stop if it failed."""
        sound = False
        try:
            try:
                yield
                sound = True
            finally:
                batch.release(sound=sound)
        except Stopped:
            raise
        except BaseException as error:
            # Kept before anybody is told to stop: the others' jobs end for no reason of their own.
            self._fault = self._fault or error
            self._stopping.set()
            raise

    def small(self, batch: Batch, writer: AreaWriter) -> Future[list[Line]]:
        """Have a batch of small files sealed: by a packer that has room, or here.

        Raises:
            EvidenceError: EVID-001 one cannot be read; EVID-002 one changed.
            OSError: A packer has ended.
        """
        drawn = self._keys.random(DRAWN * len(batch.tasks))
        file = writer.file(batch.begin.segment) if batch.begin else None
        for packer in self._packers:
            if packer.free.acquire(blocking=False):
                try:
                    packer.send(batch, drawn, file)
                except OSError:
                    batch.release(sound=False)
                    raise
                return self._receiving[packer].submit(self._receive, packer, batch, writer)
        room = self._rooms[0]
        self._rooms.rotate()
        room.free()
        with self._holding(batch):
            packed = batches.pack(batch, self._keys, drawn, room)
        self._news.put(batch.size)
        done = self._writing.submit(_write, batch.begin, packed, writer)
        room.pending.append(done)
        return done

    def _receive(self, packer: Packer, batch: Batch, writer: AreaWriter) -> list[Line]:
        with self._holding(batch):
            rows, leaves, lines = packer.receive()
            if batch.begin is not None:
                writer.add(batch.begin, rows, leaves)
        self._news.put(batch.size)
        return lines

    def stream(self, job: Job) -> tuple[Found, Line]:
        """Seal a stream in the thread of the caller, while nothing else is under way."""
        bench = self._benches.get()
        try:
            return bench.stream(job)
        finally:
            self._benches.put(bench)

    def result(self, done: Future[list[Line]]) -> list[Line]:
        """Return what a job brought.

        Raises:
            EvidenceError: What went wrong with it, or with another that ended it.
            OSError: The package cannot be written.
        """
        try:
            return done.result()
        except Stopped:
            if self._fault is None:
                raise
            raise self._fault from None

    def told(self) -> int:
        """Return how many bytes were read since this was asked last."""
        total = 0
        while not self._news.empty():
            total += self._news.get()
        return total


def _write(begin: Spot | None, packed: Packed, writer: AreaWriter) -> list[Line]:
    if begin is not None:
        writer.file(begin.segment).write_past_cache(packed.sealed, begin.offset)
        writer.add(begin, packed.rows, packed.leaves)
    return packed.lines
