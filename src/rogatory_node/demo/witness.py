"""The demo's neutral witness: a process of a third Party that cosigns heads of logs and does nothing else.

Run as ``python -m rogatory_node.demo.witness FOLDER PORT``. The folder holds its own keys, the verifier keys
of the logs that it witnesses, the instant that is played, and the head that it last cosigned of each log. It
answers ``POST …/log/add-checkpoint`` as spec/custody.md 6.6 to 6.9 say. It knows no case and no statement.
Who asks does not matter to it: what it signs bears the lines of a log that it knows, or is refused (C2SP
tlog-witness).
"""

from __future__ import annotations

import hashlib
import os
import sys
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

from rogatory import custody, keys, wire
from rogatory.custody import Cosigned
from rogatory.custody.witness import MAX_REQUEST_SIZE, TEXT_MEDIA_TYPE
from rogatory.envelopes import notes
from rogatory.envelopes.notes import LineKind, NoteKey
from rogatory.errors import RogatoryError
from rogatory.keys import Purpose, SigningPair
from rogatory.values import instant_text, parse_instant
from rogatory_node.base import clock, keystore
from rogatory_node.base.home import Home, write_new, write_over
from rogatory_node.base.randomness import random_bytes
from rogatory_node.ops.processes import PARENT, die_with_parent

__all__ = ["Witness", "main", "make_keys", "prepare", "set_clock"]

LOGS, CLOCK, HEADS = "logs.keys", "clock.json", "heads"
PATH: Final = "/peer/v1/log/add-checkpoint"


def make_keys(folder: Path, authority: str) -> None:
    """Make the keys of a witness's authority in its folder: one for who it is, one to witness with."""
    home = Home(folder)
    home.keys.mkdir(mode=0o700, parents=True)
    for purpose in (Purpose.IDENTITY, Purpose.WITNESS):
        keystore.make(home, authority, purpose, rehearsal=False)


def prepare(folder: Path, logs: Iterable[NoteKey], at: datetime) -> None:
    """Lay beside the keys what else a witness needs: the logs that it knows, the instant that is played."""
    (folder / HEADS).mkdir(mode=0o700)
    texts = [each.text for log in logs for each in notes.verifier_keys(log, LineKind.ED25519)]
    write_new(folder / LOGS, "\n".join(texts).encode())
    set_clock(folder, at)


def set_clock(folder: Path, instant: datetime) -> None:
    """Let the witness play this instant from now on; its time runs on from there, as the nodes' does."""
    document = {"base": instant_text(instant), "real": instant_text(clock.machine())}
    write_over(folder / CLOCK, wire.canonical(document), random_bytes(8).hex())


@dataclass
class Witness:
    """One witness: what it signs with, which logs it knows, and the folder of what it has signed."""

    folder: Path
    pair: SigningPair
    logs: dict[str, NoteKey]
    _turn: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def of(cls, folder: Path) -> Witness:
        """Return the witness of a folder that was laid out.

        Raises:
            KeysError: Its key cannot be read.
            CustodyError: A verifier key is none.
        """
        (own,) = (folder / "keys").glob("*.witness.*.key")
        pair = keys.load(own, purpose=Purpose.WITNESS)
        assert isinstance(pair, SigningPair)
        lines = (folder / LOGS).read_text(encoding="utf-8").splitlines()
        logs, _ = notes.pair_keys(map(notes.read_verifier_key, lines))
        return cls(folder, pair, dict(logs))

    @property
    def key(self) -> NoteKey:
        """The public halves, under the name that the register gives them."""
        return custody.note_key(f"{self.pair.public.authority}/witness", self.pair.public)

    def now(self) -> datetime:
        """Return the instant that is played."""
        document: Any = wire.parse((self.folder / CLOCK).read_bytes(), limit=1024)
        return parse_instant(document["base"]) + (clock.machine() - parse_instant(document["real"]))

    def answer(self, body: bytes) -> tuple[int, str, bytes]:
        """Return status, media type and body for a request; a yes is on the disk before it is returned."""
        try:
            request = custody.read_request(body)
        except RogatoryError as error:
            return 400, TEXT_MEDIA_TYPE, f"{error.code}\n".encode()
        origin = request.checkpoint.origin
        # Two requests for one log, side by side, could both follow the stored head and not each other.
        with self._turn:
            held = self.head(origin)
            known = self.logs.get(origin)
            given = custody.consider(request, known, held, signer=self.pair, key=self.key, at=self.now())
            if isinstance(given, Cosigned):
                write_over(self._place(origin), notes.write_note(given.head), random_bytes(8).hex())
                return given.status, TEXT_MEDIA_TYPE, given.reply
        return given.status, given.media_type, given.reply

    def head(self, origin: str) -> notes.Note | None:
        """Return the head that was last cosigned for a log, or None."""
        place = self._place(origin)
        return notes.read_note(place.read_bytes()) if place.exists() else None

    def _place(self, origin: str) -> Path:
        # A log's name may have slashes; its digest is a name for a file.
        return self.folder / HEADS / hashlib.sha256(origin.encode()).hexdigest()


class _Door(BaseHTTPRequestHandler):
    """One path; everything else is nothing."""

    protocol_version = "HTTP/1.1"
    timeout = 30

    def __init__(self, *args: Any, witness: Witness) -> None:
        self._witness = witness
        super().__init__(*args)

    def do_GET(self) -> None:
        """Answer that nothing is here; whoever waits for the door knows that it is open."""
        self._say(404, TEXT_MEDIA_TYPE, b"")

    def do_POST(self) -> None:
        """Answer a log that asks."""
        length = self.headers.get("content-length", "")
        if self.path != PATH or not length.isdecimal() or int(length) > MAX_REQUEST_SIZE:
            # The body was not read, so nothing more can be read from here.
            self.close_connection = True
            self._say(400, TEXT_MEDIA_TYPE, b"")
            return
        self._say(*self._witness.answer(self.rfile.read(int(length))))

    def _say(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def main() -> None:
    """Witness until the demo ends."""
    folder, port = Path(sys.argv[1]), int(sys.argv[2])
    die_with_parent(int(os.environ.get(PARENT) or os.getppid()))
    door = partial(_Door, witness=Witness.of(folder))
    ThreadingHTTPServer(("127.0.0.1", port), door).serve_forever()


if __name__ == "__main__":
    main()
