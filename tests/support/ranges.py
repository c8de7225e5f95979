"""A package behind a real line: who gives ranges of it, who asks for them, and a line that is cut.

``python -m support.ranges serve FOLDER HOST PORT`` and ``... fetch WORDS`` are the two sides as processes
of their own, so that each can be killed and its memory read; ``... open PACKAGE BAG`` is an opening.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import select
import socket
import socketserver
import struct
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any, Self

from rogatory.envelopes import chunks
from rogatory.envelopes.chunks import Row
from rogatory.errors import EvidenceError
from rogatory.evidence import fetch, open_package
from rogatory.evidence.opening import decrypting, resuming
from support.packages import ASKING, basis, decryption

PART = 64 << 20
WINDOW = 128 * 1024
PIECE = 16 * 1024
RESET = struct.pack("ii", 1, 0)


class Server(socketserver.ThreadingTCPServer):
    """Gives ranges of the files of one folder, and counts the bytes of them that it hands to the line."""

    daemon_threads = allow_reuse_address = True

    def __init__(self, folder: Path, address: tuple[str, int]) -> None:
        self.folder = folder
        super().__init__(address, _Asked)

    def handle_error(self, *_: Any) -> None:
        """A line that breaks is what these tests are about."""


class _Asked(socketserver.StreamRequestHandler):
    server: Server
    timeout = 60

    def handle(self) -> None:
        while line := self.rfile.readline(4096):
            path, start = line.split()[1].decode().lstrip("/"), 0
            while header := self.rfile.readline(4096).strip():
                if found := re.fullmatch(rb"range: bytes=(\d+)-", header):
                    start = int(found[1])
            self._give(self.server.folder / path, start)

    def _give(self, file: Path, start: int) -> None:
        if not file.is_file():
            self.wfile.write(b"HTTP/1.1 404 none\r\ncontent-length: 0\r\n\r\n")
            return
        with file.open("rb") as opened:
            size = min(os.fstat(opened.fileno()).st_size - start, PART)
            self.wfile.write(b"HTTP/1.1 206 part\r\ncontent-length: %d\r\n\r\n" % max(size, 0))
            self.wfile.flush()
            if size > 0:
                self.connection.sendfile(opened, start, size)


class FromServer:
    """A package at such a server: one answer is kept open and read as it is asked for."""

    def __init__(self, address: tuple[str, int], seconds: float = 3.0, rate: int = 0) -> None:
        self.address, self.seconds, self.rate = address, seconds, rate
        self.received = self.breaks = 0
        self._line: socket.socket | None = None
        self._at, self._left = ("", 0), 0

    def names(self) -> None:
        return None

    def read_into(self, path: str, start: int, buffer: memoryview) -> int:
        done = 0
        try:
            while done < len(buffer):
                if (self._at != (path, start + done) or not self._left) and not self._ask(path, start + done):
                    break
                assert self._line is not None
                got = self._line.recv_into(buffer[done:], min(len(buffer) - done, self._left))
                if not got:
                    raise ConnectionError("ended")
                done += got
                self._at, self._left = (path, start + done), self._left - got
                if self.rate:
                    time.sleep(got / self.rate)
        except OSError as error:
            self.close()
            self.breaks += 1
            raise EvidenceError("EVID-071", path=path, reason=type(error).__name__) from error
        self.received += done
        return done

    def _ask(self, path: str, start: int) -> bool:
        if self._left or self._line is None:
            self.close()
            self._line = socket.socket()
            self._line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, WINDOW)
            self._line.settimeout(self.seconds)
            self._line.connect(self.address)
        self._line.sendall(b"GET /%b HTTP/1.1\r\nrange: bytes=%d-\r\n\r\n" % (path.encode(), start))
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            byte = self._line.recv(1)
            if not byte:
                raise ConnectionError("ended")
            head += byte
        if b" 404 " in head:
            raise EvidenceError("EVID-021", path=path)
        found = re.search(rb"content-length: (\d+)", head)
        assert found is not None
        self._left, self._at = int(found[1]), (path, start)
        return self._left > 0

    def close(self) -> None:
        if self._line is not None:
            self._line.close()
        self._line, self._left = None, 0


class Cutter(socketserver.ThreadingTCPServer):
    """A line to such a server that is cut after random bytes; it counts what it hands on."""

    daemon_threads = allow_reuse_address = True

    def __init__(self, behind: tuple[str, int], random: Random, longest: int) -> None:
        self.behind, self.random, self.longest = behind, random, longest
        self.sent = self.cuts = 0
        self.count = threading.Lock()
        super().__init__(("127.0.0.1", 0), _Cut)

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()

    def handle_error(self, *_: Any) -> None:
        """As above."""


class _Cut(socketserver.BaseRequestHandler):
    server: Cutter

    def handle(self) -> None:
        with self.server.count:
            left, reset = (
                self.server.random.randrange(1, self.server.longest),
                self.server.random.random() < 0.5,
            )
        self.request.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, WINDOW // 2)
        with socket.create_connection(self.server.behind) as behind, contextlib.suppress(OSError):
            left = self._pass_on(behind, left)
        with self.server.count:
            self.server.cuts += left == 0
        if reset:
            self.request.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        self.request.close()

    def _pass_on(self, behind: socket.socket, left: int) -> int:
        """Hand on what comes from either side, until so many bytes have gone to the reader."""
        while left > 0:
            ready, _, _ = select.select([self.request, behind], [], [], 30)
            for each in ready:
                piece = each.recv(min(PIECE, left))
                if not piece:
                    return left
                if each is self.request:
                    behind.sendall(piece)
                    continue
                self.request.sendall(piece)
                left -= len(piece)
                with self.server.count:
                    self.server.sent += len(piece)
        return left


def patient(failures: int) -> bool:
    """Wait a little and try again, for about half a minute."""
    time.sleep(min(0.05 * 2**failures, 1.0))
    return failures < 40


def bring(words: dict[str, Any]) -> dict[str, int]:
    """Fetch as a process of its own is told to, and return what it counted."""
    address = (words["host"], words["port"])
    rate = words.get("rate", 0) // words["lines"]
    sources = [FromServer(address, words.get("seconds", 3.0), rate) for _ in range(words["lines"])]
    out = Path(words["out"])
    fetch(sources[0], out, basis(announced=words["seal"]), further=sources[1:], again=patient)
    return {
        "received": sum(each.received for each in sources),
        "breaks": sum(each.breaks for each in sources),
        "peak": peak(os.getpid()),
    }


def counting(decrypted: list[int]) -> Callable[..., None]:
    """Return what decrypts a chunk and notes how long it was."""

    def decrypt(key: bytes, index: int, row: Row, *given: Any, **named: Any) -> None:
        decrypted.append(row.length)
        chunks.decrypt_chunk(key, index, row, *given, **named)

    return decrypt


def peak(pid: int) -> int:
    """Return the most memory that a process has had in use at once, bytes."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    assert found is not None
    return int(found[1]) * 1024


def main(words: list[str]) -> None:
    if words[0] == "serve":
        with Server(Path(words[1]), (words[2], int(words[3]))) as server:
            sys.stdout.write("ready\n")
            sys.stdout.flush()
            server.serve_forever()
    elif words[0] == "open":
        decrypted: list[int] = []
        counted = vars(chunks) | {"decrypt_chunk": counting(decrypted)}
        vars(decrypting)["chunks"] = SimpleNamespace(**counted)
        vars(resuming)["SAVE_BYTES"] = 1 << 20
        pair = decryption(ASKING)
        open_package(Path(words[1]), pair, Path(words[2]), basis(), random=os.urandom)
        sys.stdout.write(json.dumps({"decrypted": sum(decrypted)}))
    else:
        sys.stdout.write(json.dumps(bring(json.loads(words[1]))))


if __name__ == "__main__":
    main(sys.argv[1:])
