"""Several benches at once: each job goes to the next that is free."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from threading import Event, Semaphore
from types import TracebackType
from typing import Final, Self, TypeVar

from rogatory.evidence.encrypting import Bench, Content, Job, Keys, Stopped

__all__ = ["Crew"]

T = TypeVar("T")

# A bench has 12 MiB of buffers. Three of them keep three cores at SHA-256 and as many at the rest; most
# disks are slower than that, and memory stays within its limit.
MOST: Final = 3
# Jobs that wait while all benches are busy.
WAITING: Final = 4


class Crew:
    """Benches, and the threads that work at them."""

    def __init__(self, keys: Keys) -> None:
        """Make one bench a core, at most three; threads start with the first job."""
        count = min(MOST, os.cpu_count() or 1)
        self._stopping, self._news = Event(), SimpleQueue[int]()
        self._all = [Bench(keys, self._stopping, self._news.put) for _ in range(count)]
        self._benches = SimpleQueue[Bench]()
        for each in self._all:
            self._benches.put(each)
        self._pool = ThreadPoolExecutor(count, "rogatory-seal")
        self._room = Semaphore(count + WAITING)
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
        for each in self._all:
            each.close()

    def large(self, job: Job) -> Future[list[Content]]:
        """Have one file sealed; wait for room if many wait already."""
        return self._submit(lambda bench: [bench.large(job)], [job])

    def small(self, jobs: Sequence[Job]) -> Future[list[Content]]:
        """Have small files sealed that stand one behind another; wait for room if many wait already."""
        return self._submit(lambda bench: bench.small(jobs), jobs)

    def stream(self, job: Job) -> Content:
        """Seal a stream in the thread of the caller, while nothing else is under way."""
        bench = self._benches.get()
        try:
            return bench.stream(job)
        finally:
            self._benches.put(bench)

    def _submit(self, act: Callable[[Bench], list[Content]], jobs: Sequence[Job]) -> Future[list[Content]]:
        self._room.acquire()
        try:
            return self._pool.submit(self._work, act, jobs)
        except BaseException:
            self._room.release()
            raise

    def _work(self, act: Callable[[Bench], list[Content]], jobs: Sequence[Job]) -> list[Content]:
        bench = self._benches.get()
        sound = False
        try:
            found = act(bench)
            sound = True
        except Stopped:
            raise
        except BaseException as error:
            # Kept before anybody is told to stop: the others' jobs end for no reason of their own.
            self._fault = self._fault or error
            self._stopping.set()
            raise
        finally:
            self._benches.put(bench)
            self._room.release()
            for each in jobs:
                each.found.folder.release(sound=sound)
        return found

    def result(self, done: Future[list[Content]]) -> list[Content]:
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
