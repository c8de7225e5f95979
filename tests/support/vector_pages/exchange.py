"""Vectors of ``exchange``: the door, receipts, answers, addresses, retries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from rogatory import exchange, statements, wire
from rogatory.exchange import HttpResponse, Outcome
from rogatory.exchange.client import PROBLEM_TYPE, RECEIPT_TYPE
from rogatory.keys import Purpose
from rogatory.statements import Receipt, ReceiptBody
from rogatory.values import instant_text
from support.vector_pages import Case, Page, accepted, b64, document, door, posting, refused
from support.world import ASKED, ASKING, NOON, THIRD, entry, header, pair, request, signing

ISSUE = "rogatory.exchange.issue:"
HTTP = "rogatory.exchange.http_signature:"
CLIENT = "rogatory.exchange.client:"
RING = "rogatory.keys.ring:"
REQUEST = request()
NAME = statements.payload_of(REQUEST)[0]
SECOND = timedelta(seconds=1)
NONCE = "3" * 32


def _ring() -> list[Any]:
    names = (ASKING, ASKED, THIRD)
    keys = [pair(name, purpose) for name in names for purpose in (Purpose.STATEMENT, Purpose.TRANSPORT)]
    keys.append(pair(ASKED, Purpose.STATEMENT, rehearsal=True))
    return [document(entry(each)) for each in keys]


def _receipt(of: str = NAME, **changes: Any) -> Receipt:
    members = header(sender=ASKED, recipient=ASKING, thread=NAME)
    del members["seq"]
    body = ReceiptBody(of=of, outcome="admitted", received=NOON, register_snapshot="0" * 64, log_index=3)
    return Receipt(**(members | changes), body=body)


def _receipts() -> Iterator[Case]:
    def given(receipt: Any, key: Any = None) -> dict[str, Any]:
        return {"receipt": b64(statements.sign(receipt, key or signing(ASKED)))}

    yield Case(
        "a receipt",
        lambda: accepted(given(_receipt()), id=statements.payload_of(_receipt())[0], outcome="admitted"),
    )
    between = ISSUE + "check_between"
    bad: dict[str, tuple[Callable[[], Any], str, str | None]] = {
        "of another statement": (lambda: given(_receipt(of="5" * 64)), "EXCH-022", ISSUE + "check_speaks_of"),
        "of another authority": (lambda: given(_receipt(sender=THIRD), signing(THIRD)), "EXCH-022", between),
        "of another authority of that Party": (
            lambda: given(_receipt(sender="fra/moj"), pair("fra/moj", Purpose.STATEMENT)),
            "KEY-005",
            None,
        ),
        "to another authority": (lambda: given(_receipt(recipient=THIRD)), "EXCH-022", between),
        "of another case": (lambda: given(_receipt(case="e" * 64)), "EXCH-022", between),
        "of another thread": (lambda: given(_receipt(thread="e" * 64)), "EXCH-022", between),
        "of a rehearsal": (
            lambda: given(_receipt(rehearsal=True), pair(ASKED, Purpose.STATEMENT, rehearsal=True)),
            "EXCH-022",
            between,
        ),
        "signed by the sender of the statement": (
            lambda: given(_receipt(), signing(ASKING)),
            "STMT-001",
            "rogatory.statements.opening:check_signer",
        ),
        "signed by a transport key": (
            lambda: given(_receipt(), signing(ASKED, Purpose.TRANSPORT)),
            "KEY-003",
            RING + "check_purpose",
        ),
        "no receipt but the statement itself": (lambda: given(REQUEST, signing(ASKING)), "EXCH-022", None),
    }
    for name, (make, code, check) in bad.items():
        yield Case(name, lambda make=make, code=code, check=check: refused(make(), code, check))


def _answer(
    body: bytes = b"{}",
    status: int = 201,
    kind: str = RECEIPT_TYPE,
    *,
    key: Any = None,
    now: Any = NOON,
    to: Any = None,
) -> HttpResponse:
    answer = HttpResponse(to or posting.post(b"a transfer"), status, {"content-type": kind}, body)
    exchange.sign_response(answer, key or signing(ASKED, Purpose.TRANSPORT), now, NONCE)
    return answer


def _written(answer: HttpResponse, request_: Any = None) -> dict[str, Any]:
    given = posting.written(request_ or answer.request)["message"]
    return {
        "request": given,
        "status": answer.status_code,
        "headers": answer.headers,
        "body": b64(answer.body),
    }


def _problem(code: str, status: int) -> HttpResponse:
    return _answer(
        wire.canonical({"type": "about:blank", "status": status, "code": code}), status, PROBLEM_TYPE
    )


def _answers() -> Iterator[Case]:
    told = {
        "EXCH-008": (422, "refused"),
        "EXCH-006": (429, "busy"),
        "NODE-600": (503, "busy"),
        "EXCH-005": (409, "busy"),
        "KEY-005": (422, "busy"),
    }
    yield Case("a receipt", lambda: accepted(_written(_answer()), outcome="receipt"))
    for code, (status, outcome) in told.items():
        yield Case(
            f"the problem {code}",
            lambda code=code, status=status, outcome=outcome: accepted(
                _written(_problem(code, status)), outcome=outcome, code=code
            ),
        )
    for name, make in {
        "a signed answer of an unknown kind": lambda: _answer(kind="text/html"),
        "a receipt with the status of a failure": lambda: _answer(status=500),
        "a problem that is none": lambda: _answer(b"[]", 422, PROBLEM_TYPE),
    }.items():
        yield Case(name, lambda make=make: accepted(_written(make()), outcome="unreachable"))

    def changed(**changes: Any) -> dict[str, Any]:
        return _written(_answer()) | changes

    def elsewhere() -> dict[str, Any]:
        other = posting.post(b"another transfer", now=NOON + SECOND)
        return _written(_answer(to=other), posting.post(b"a transfer"))

    signature, fresh = HTTP + "check_signature", HTTP + "check_fresh"
    bad: dict[str, tuple[Callable[[], Any], str, str | None]] = {
        "an answer to another request": (elsewhere, "EXCH-003", signature),
        "its status changed": (lambda: changed(status=200), "EXCH-003", signature),
        "its content changed": (lambda: changed(body=b64(b"[]")), "EXCH-003", HTTP + "check_content"),
        "no signature": (lambda: changed(headers={"content-type": RECEIPT_TYPE}), "EXCH-002", None),
        "signed by another authority": (
            lambda: _written(_answer(key=signing(THIRD, Purpose.TRANSPORT))),
            "EXCH-023",
            CLIENT + "check_peer",
        ),
        "stale": (lambda: _written(_answer(now=NOON - 301 * SECOND)), "EXCH-004", fresh),
        "the request's own signature sent back": (
            lambda: changed(headers=posting.post(b"a transfer").headers),
            "EXCH-003",
            None,
        ),
    }
    for name, (make, code, check) in bad.items():
        yield Case(name, lambda make=make, code=code, check=check: refused(make(), code, check))


def _addresses() -> Iterator[Case]:
    good = (
        "https://paris.example/",
        "https://paris.example:8443/door",
        "https://8.8.8.8/",
        "https://[2a00::7]/",
        "https://[64:ff9b::808:808]/",
    )
    for url in good:
        yield Case(url, lambda url=url: accepted({"url": url}))
    resolved = {"url": "https://paris.example/", "addresses": ["8.8.8.8", "2a00::7"]}
    local = {"url": "http://127.0.0.1:8000", "private_allowed": True}
    yield Case("resolved to public addresses", lambda: accepted(resolved))
    yield Case("a local address that is configured", lambda: accepted(local))
    odd = (
        "http://paris.example/",
        "ftp://paris.example/",
        "https://",
        "https://user:word@paris.example/",
        "https://paris.example/#part",
        "https://paris.example/?to=x",
        "https://[::1/",
        "https://paris.example:99999/",
        "paris.example",
    )
    for url in odd:
        yield Case(f"{url or 'nothing'}, refused", lambda url=url: refused({"url": url}, "EXCH-025"))
    private = (
        "127.0.0.1", "10.0.0.8", "192.168.1.1", "169.254.169.254", "[::1]", "[fd00::1]", "[::ffff:10.0.0.8]",
        "[2002:0a00:0008::]", "224.0.0.1", "0.0.0.0", "127.1", "2130706433", "0x7f000001", "100.64.0.1",
        "[64:ff9b::a00:8]", "[64:ff9b:1::808:808]", "[fec0::1]", "[::127.0.0.1]", "[::ffff:0:127.0.0.1]",
        "[2001:0:808:808::]", "192.0.0.8",
    )  # fmt: skip
    for host in private:
        yield Case(
            f"the address {host}",
            lambda host=host: refused({"url": f"https://{host}/"}, "EXCH-026", CLIENT + "check_public"),
        )
    yield Case("localhost", lambda: refused({"url": "https://localhost/"}, "EXCH-026", CLIENT + "check_host"))
    for address in ("10.0.0.8", "::1", "fe80::1%eth0", "unknown"):
        given = {"url": "https://paris.example/", "addresses": ["8.8.8.8", address]}
        yield Case(
            f"resolved to {address}", lambda given=given: refused(given, "EXCH-026", CLIENT + "check_public")
        )


def _retries() -> Iterator[Case]:
    for outcome, attempts, waited, jitter in (
        (Outcome.RECEIPT, 1, 0, 0),
        (Outcome.REFUSED, 1, 0, 0),
        (Outcome.UNREACHABLE, 1, 0, 0),
        (Outcome.UNREACHABLE, 1, 0, 255),
        (Outcome.BUSY, 2, 2, 0),
        (Outcome.UNREACHABLE, 8, 299, 0),
        (Outcome.UNREACHABLE, 9, 300, 0),
        (Outcome.UNREACHABLE, 10, 999, 0),
        (Outcome.UNREACHABLE, 100_000, 10**6, 255),
    ):
        given = {"outcome": outcome.value, "attempts": attempts, "waited": waited, "jitter": jitter}
        next_ = exchange.retry(outcome, attempts, NOON, NOON + waited * SECOND, jitter=jitter)
        due = None if next_.due is None else int((next_.due - NOON) / SECOND * 1000) - waited * 1000
        yield Case(
            f"{outcome.value}, attempt {attempts}, spread {jitter}",
            lambda given=given, due=due, tell=next_.tell: accepted(given, after_ms=due, tell=tell),
        )


def pages() -> Iterator[Page]:
    """Yield five pages."""
    about_answer = (
        "Judge the peer's answer to the request, expected from the authority. Accepted: what it means for the"
        " delivery. Refused: it counts as no answer."
    )
    shared = {"ring": _ring(), "now": instant_text(NOON)}
    yield door.page()
    yield Page(
        "exchange/receipts.json",
        "Check the receipt of the statement. Accepted: the receipt's id and outcome.",
        "spec/exchange.md 4",
        "exchange.receipt",
        tuple(_receipts()),
        shared
        | {
            "statement": {
                "media_type": statements.media_type_of(REQUEST),
                "payload": wire.encode(REQUEST).decode(),
            }
        },
    )
    yield Page(
        "exchange/answers.json",
        about_answer,
        "spec/exchange.md 2.2 and 5",
        "exchange.answer",
        tuple(_answers()),
        shared | {"peer": ASKED},
    )
    yield Page(
        "exchange/addresses.json",
        "May this peer address be called?",
        "spec/exchange.md 5.4",
        "exchange.address",
        tuple(_addresses()),
    )
    yield Page(
        "exchange/retries.json",
        "After an attempt: in how many milliseconds the next is due, or never, and whether a person is told.",
        "spec/exchange.md 5",
        "exchange.retry",
        tuple(_retries()),
    )
