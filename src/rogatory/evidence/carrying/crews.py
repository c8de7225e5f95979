"""Several lines at once: each takes the next segment, and one that gives up hands its segment back."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from queue import Empty, SimpleQueue
from threading import Condition, Event, Thread
from typing import Final, Generic, TypeVar

from rogatory.errors import EvidenceError
from rogatory.evidence.sources import Source

__all__ = ["Again", "AsSource", "Line", "Stopped", "Tell", "never", "run"]

Job = TypeVar("Job")
Tell = Callable[[int], None]
Again = Callable[[int], bool]
"""Told how many times in a row a line brought nothing; waits, and says whether to try again."""

# How often the caller is told that it goes on, though nothing arrives.
BEAT: Final = 1.0


class Stopped(Exception):  # noqa: N818 - not an error: the others failed, so this line ends
    """Another line failed, or the caller did."""


def never(failures: int) -> bool:
    """Try nothing again."""
    del failures
    return False


class Line:
    """A source that is asked again, at the same byte, for as long as whoever waits says so."""

    def __init__(self, source: Source, again: Again, stopping: Event) -> None:
        """Begin with no failure."""
        self._source, self._again, self._stopping = source, again, stopping
        self._failures = 0

    def read(self, path: str, start: int, buffer: memoryview) -> int:
        """Fill the buffer, or less at the end of the file.

        Raises:
            EvidenceError: EVID-021 there is no such file; EVID-071 nothing came, and enough was waited.
            Stopped: Nobody wants it any more.
        """
        while True:
            if self._stopping.is_set():
                raise Stopped
            try:
                got = self._source.read_into(path, start, buffer)
            except EvidenceError as error:
                if error.code != "EVID-071" or not self._again(self._failures):
                    raise
                self._failures += 1
                continue
            if got:
                self._failures = 0
            return got


class AsSource:
    """A line in the place of a source, for who reads one file after another."""

    def __init__(self, line: Line) -> None:
        """Read by that line."""
        self._line = line

    def read_into(self, path: str, start: int, buffer: memoryview) -> int:
        """Fill the buffer, or less at the end of the file; see ``Line.read``."""
        return self._line.read(path, start, buffer)

    def names(self) -> None:
        """Return None: what there is cannot be known."""
        return


def run(
    lines: Sequence[Line],
    jobs: Iterable[Job],
    work: Callable[[Line, Job, Tell], None],
    progress: Tell,
    stopping: Event,
) -> None:
    """Return once every job was done by one of the lines.

    A line that gives up (EVID-071) ends; its job is another's. Any other fault ends all of them.

    Args:
        lines: Each is used by one thread; a single one by the caller's.
        jobs: What is to be done, in about this order.
        work: Does one; it calls its last argument with the bytes that arrived.
        progress: Told of them in the caller's thread, of several lines every second at least; what it
            raises ends everything.
        stopping: Set here once the lines are to end.
    """
    if len(lines) == 1:
        for job in jobs:
            work(lines[0], job, progress)
        return
    crew = _Crew(deque(jobs), len(lines), stopping)
    threads = [Thread(target=crew.line, args=(each, work), name="fetch", daemon=True) for each in lines]
    try:
        for each in threads:
            each.start()
        while crew.ended < len(threads):
            progress(crew.told())
    finally:
        crew.stop()
        for each in threads:
            if each.ident is not None:
                each.join()
    crew.conclude()


class _Crew(Generic[Job]):
    def __init__(self, jobs: deque[Job], lines: int, stopping: Event) -> None:
        self._jobs, self._lines, self._stopping = jobs, lines, stopping
        self._busy = self.ended = 0
        self._turn = Condition()
        self._news: SimpleQueue[int] = SimpleQueue()
        self._fault: BaseException | None = None
        self._gave_up: BaseException | None = None

    def line(self, line: Line, work: Callable[[Line, Job, Tell], None]) -> None:
        try:
            while (job := self._take()) is not None:
                self._do(line, job, work)
        except EvidenceError as error:
            if error.code != "EVID-071":
                self._fail(error)
            self._gave_up = error
        except Stopped:
            pass
        except BaseException as error:  # noqa: BLE001 - raised again in the caller's thread
            self._fail(error)
        finally:
            with self._turn:
                self.ended += 1
            self._news.put(0)

    def _do(self, line: Line, job: Job, work: Callable[[Line, Job, Tell], None]) -> None:
        done = False
        try:
            work(line, job, self._news.put)
            done = True
        finally:
            with self._turn:
                self._busy -= 1
                if not done:
                    self._jobs.appendleft(job)
                self._turn.notify_all()

    def _take(self) -> Job | None:
        """Return the next job; None once there is none and nobody can hand one back."""
        with self._turn:
            while not self._jobs and self._busy and not self._stopping.is_set():
                self._turn.wait(BEAT)
            if self._stopping.is_set() or not self._jobs:
                return None
            self._busy += 1
            return self._jobs.popleft()

    def told(self) -> int:
        try:
            total = self._news.get(timeout=BEAT)
            while not self._news.empty():
                total += self._news.get()
        except Empty:
            return 0
        return total

    def _fail(self, error: BaseException) -> None:
        if self._fault is None:
            self._fault = error
        self.stop()

    def stop(self) -> None:
        self._stopping.set()
        with self._turn:
            self._turn.notify_all()

    def conclude(self) -> None:
        if self._fault is not None:
            raise self._fault
        if self._jobs and self._gave_up is not None:
            raise self._gave_up
