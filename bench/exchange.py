"""The exchange: round trips of the library in one CPU second, beside the bare primitives it rests on.

A round trip is: issue (encode, sign twice, encrypt), accept (decrypt, read strictly, verify twice), the
receipt (encode, sign twice) and its check (verify twice, read strictly). With HTTP it also signs and verifies
the request and the answer. The floor does the same cryptography on the same bytes and nothing else: no
format, no check. Runs of both alternate, and each figure is the median of its runs.
"""

from __future__ import annotations

import hashlib
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from bench.table import Row
from rogatory import envelopes, exchange, keys, statements
from rogatory.envelopes.transfer import HPKE
from rogatory.exchange import Accept, Caller, Door, HttpRequest, HttpResponse, Place
from rogatory.exchange.accept import check_names
from rogatory.exchange.client import RECEIPT_TYPE
from rogatory.keys import KeyEntry, KeyRing, Purpose, pair_from_seed
from rogatory.keys.public import encryption_key
from rogatory.statements import Item, Request, RequestBody, Words
from rogatory.values import DataCategory, read

NOW: Final = datetime(2028, 3, 13, 18, 32, tzinfo=UTC)
ASKING, ASKED, URL = "vnm/a05", "fra/ofac", "https://paris.example/peer/v1/statements"
PURPOSES: Final = (Purpose.STATEMENT, Purpose.TRANSPORT, Purpose.ENCRYPTION)
PAIRS: Final[dict[tuple[str, Purpose], Any]] = {
    (name, purpose): pair_from_seed(hashlib.sha256(f"{name} {purpose}".encode()).digest(), purpose, name)
    for name in (ASKING, ASKED)
    for purpose in PURPOSES
}
YEAR: Final = timedelta(days=365)
ENTRIES: Final = [
    KeyEntry(key=each.public, valid_from=NOW - YEAR, sign_until=NOW + YEAR, verify_until=NOW + YEAR)
    for each in PAIRS.values()
]
RING: Final = KeyRing(ENTRIES, snapshot="0" * 64)
SENTENCE: Final = "Trần Thị Mai transferred 1,940,000,000 VND to account 0409123456789 at Sông Hàn Bank. "

# A library for AS2 in Python reached 42 to 49, and 6, round trips in a CPU second; ten times that is asked.
SIZES: Final = {"4 KiB": (4096, 500.0, 60), "1 MiB": (1_040_000, 100.0, 4)}
BLOCKS: Final = 9


def statement(size: int) -> Request:
    """Return a request whose payload has about so many bytes."""

    def made(characters: int) -> Request:
        texts = [characters % 18_000 or 1, *[18_000] * (characters // 18_000)]
        items = tuple(
            Item(
                number=number,
                identifier=read("ip_address", "203.0.113.57"),
                category=DataCategory.TRAFFIC_DATA,
                description=Words(
                    original=(SENTENCE * (1 + length // len(SENTENCE)))[:length], language="en"
                ),
            )
            for number, length in enumerate(texts, 1)
        )
        body = RequestBody(kind="preservation", items=items)
        return Request(
            case="c" * 64,
            sender=ASKING,
            recipient=ASKED,
            seq=1,
            issued_at=NOW,
            language="en",
            instrument="hanoi_2024",
            nonce="1" * 64,
            body=body,
        )

    # What the frame and the marks of the script add is found with half the text.
    empty, half = (len(statements.payload_of(made(each))[2]) for each in (1, size // 2))
    return made(int(size / 2 * (size - empty) / (half - empty)))


class Blank:
    """A node that remembers nothing, so that every run is the first."""

    def nonce_is_new(self, key_id: str, nonce: str) -> bool:  # noqa: ARG002 - the door names what it asks about
        return True

    def within_quota(self, authority: str) -> bool:  # noqa: ARG002 - the door names what it asks about
        return True

    def receipt(self, statement_id: str) -> bytes | None:  # noqa: ARG002 - the door names what it asks about
        return None

    def place(self, statement: statements.Statement) -> Place:  # noqa: ARG002 - the door names what it asks about
        return Place(thread_known=False)


def random(size: int) -> bytes:
    """Return bytes; HPKE and ML-DSA draw their own, which is what costs."""
    return b"r" * size


DECRYPTION: Final = PAIRS[ASKED, Purpose.ENCRYPTION]
RECIPIENT: Final = encryption_key(DECRYPTION.public)
SENDER: Final = Caller(RING.current(ASKING, Purpose.TRANSPORT, NOW), "")
DOOR: Final = Door(RING, {DECRYPTION.key_id: DECRYPTION}, frozenset({ASKED}), Blank())


@dataclass
class Trip:
    """One round trip of the library, and the CPU seconds of each step."""

    request: Request
    spent: dict[str, list[float]] = field(default_factory=dict)

    def step(self, name: str, run: Callable[[], Any]) -> Any:
        begun = time.process_time()
        found = run()
        self.spent.setdefault(name, []).append(time.process_time() - begun)
        return found

    def bare(self) -> None:
        """Go without HTTP: the transfer is handed over as it is."""
        issued = self.step("issue", self.issue)
        opened = self.step("accept", lambda: self.open(issued.transfer))
        envelope = self.step("receipt", lambda: self.receipt(opened))
        self.step("check", lambda: exchange.check_receipt(envelope, issued.id, self.request, RING, NOW))

    def posted(self) -> None:
        """Go by HTTP: request and answer are signed and verified."""
        issued = self.issue()
        message = HttpRequest("POST", URL, {"content-type": exchange.TRANSFER_TYPE}, issued.transfer)
        exchange.sign_request(message, PAIRS[ASKING, Purpose.TRANSPORT], NOW, "1" * 32)
        judged = exchange.accept(message, DOOR, NOW)
        assert isinstance(judged, Accept), judged
        envelope = self.receipt(judged.opened)
        answer = HttpResponse(message, 201, {"content-type": RECEIPT_TYPE}, envelope)
        exchange.sign_response(answer, PAIRS[ASKED, Purpose.TRANSPORT], NOW, "2" * 32)
        exchange.verify_response(answer, RING, NOW)
        exchange.check_receipt(envelope, issued.id, self.request, RING, NOW)

    def issue(self) -> exchange.Issued:
        return exchange.issue(self.request, PAIRS[ASKING, Purpose.STATEMENT], RING, NOW, random)

    def open(self, sent: bytes) -> statements.Opened:
        taken = envelopes.read_transfer(sent)
        opened = statements.open_document(envelopes.decrypt(taken, DECRYPTION), RING, NOW)
        check_names(taken.header, opened.statement, SENDER, frozenset())
        return opened

    def receipt(self, opened: statements.Opened) -> bytes:
        judged = Accept(opened, SENDER)
        made = exchange.receipt_for(judged, now=NOW, snapshot=RING.snapshot, random=random, log_index=1)
        return statements.sign(made, PAIRS[ASKED, Purpose.STATEMENT])


class Floor:
    """The cryptography of a round trip on the same bytes, and nothing else."""

    def __init__(self, request: Request) -> None:
        self.payload = statements.payload_of(request)[2]
        self.envelope = statements.sign(request, PAIRS[ASKING, Purpose.STATEMENT])
        self.small = b"r" * 900  # a receipt's payload, or the signature base of a message

    def signed(self, message: bytes) -> None:
        pair = PAIRS[ASKING, Purpose.STATEMENT]
        keys.verify(pair.public, message, pair.sign(message))

    def bare(self) -> None:
        hashlib.sha256(self.payload).digest()
        self.signed(self.payload)
        sealed = HPKE.encrypt(self.envelope, RECIPIENT, info=b"info")
        HPKE.decrypt(sealed, DECRYPTION.private, info=b"info")
        hashlib.sha256(self.payload).digest()
        self.signed(self.small)

    def posted(self) -> None:
        self.bare()
        for _ in range(2):
            hashlib.sha256(self.envelope).digest()
            self.signed(self.small)


def _rate(run: Callable[[], None], times: int) -> float:
    begun = time.process_time()
    for _ in range(times):
        run()
    return times / (time.process_time() - begun)


def rows() -> Iterator[Row]:
    """Yield rates and floors at both sizes, without and with HTTP, and what each step costs."""
    for size, (count, goal, times) in SIZES.items():
        request = statement(count)
        trip, floor = Trip(request), Floor(request)
        for how in ("bare", "posted"):
            ours: list[float] = []
            least: list[float] = []
            getattr(trip, how)()
            for _ in range(BLOCKS):
                ours.append(_rate(getattr(trip, how), times))
                least.append(_rate(getattr(floor, how), times))
            name = (
                f"{size}, {'with both HTTP signatures' if how == 'posted' else 'statement and receipt alone'}"
            )
            rate, bound = statistics.median(ours), statistics.median(least)
            yield Row(
                f"round trips, {name}", "1/CPU s", rate, goal, peer="bare primitives", ratio=rate / bound
            )
            yield Row(f"bare primitives, {name}", "1/CPU s", bound, goal)
        for step, spent in trip.spent.items():
            yield Row(f"{step}, {size}", "CPU ms", statistics.median(spent) * 1000)
