"""SHA-256 in a thread of its own: the court's digest is the slowest step, so nothing else waits for it."""

from __future__ import annotations

import hashlib
from queue import SimpleQueue
from threading import Event, Semaphore, Thread
from types import TracebackType
from typing import Final, Self

from rogatory.envelopes.chunks import CHUNK_SIZE

__all__ = ["INLINE", "Digesting", "Hasher"]

DEPTH: Final = 8
# Below this a thread costs more than it saves.
INLINE: Final = 128 * 1024


class Digesting:
    """The SHA-256 of one file, on its way; ``value`` is None until it is there."""

    __slots__ = ("sha256", "value")

    def __init__(self) -> None:
        """Begin with no bytes."""
        self.sha256 = hashlib.sha256()
        self.value: str | None = None


class Hasher:
    """A thread that hashes, and the ring of 1 MiB buffers through which it is fed.

    A buffer from ``buffer`` is the caller's until it is handed to ``feed``; after that it may still
    be read, until the same call has returned as many buffers as the ring holds.
    """

    def __init__(self) -> None:
        """Allocate the ring; the thread starts with the first ``with``."""
        self._ring = [memoryview(bytearray(CHUNK_SIZE)) for _ in range(DEPTH)]
        self._free = Semaphore(DEPTH)
        self._queue: SimpleQueue[tuple[Digesting, memoryview | None] | Event | None] = SimpleQueue()
        self._thread = Thread(target=self._work, name="rogatory-sha256", daemon=True)
        self._next = 0

    def __enter__(self) -> Self:
        """Start the thread."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let the thread finish what it has, and end it."""
        self._queue.put(None)
        self._thread.join()

    def _work(self) -> None:
        while (job := self._queue.get()) is not None:
            if isinstance(job, Event):
                job.set()
                continue
            digesting, view = job
            if view is None:
                digesting.value = digesting.sha256.hexdigest()
            else:
                digesting.sha256.update(view)
                self._free.release()

    def buffer(self) -> memoryview:
        """Return a buffer of 1 MiB that nobody reads any more; wait for one if need be.

        The caller MUST hand it to ``feed``.
        """
        self._free.acquire()
        found = self._ring[self._next % DEPTH]
        self._next += 1
        return found

    def feed(self, digesting: Digesting, view: memoryview) -> None:
        """Have the bytes of a buffer hashed; return at once."""
        self._queue.put((digesting, view))

    def finish(self, digesting: Digesting) -> None:
        """Have the digest taken once all its bytes are hashed; return at once."""
        self._queue.put((digesting, None))

    def drain(self) -> None:
        """Return once everything fed so far has been hashed."""
        done = Event()
        self._queue.put(done)
        done.wait()
