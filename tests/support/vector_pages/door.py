"""Vectors of ``exchange.accept``: what comes through the door."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rogatory import statements
from rogatory.statements import Recall, RecallBody
from support.vector_pages import Case, Page, accepted, b64, knocks, refused
from support.vector_pages.posting import (
    ACCEPT,
    ASKED,
    ASKING,
    DAY,
    ENCRYPTION,
    NOON,
    REQUEST,
    SECOND,
    STATEMENT,
    THIRD,
    TRANSPORT,
    dated,
    given,
    issued,
    memory,
    post,
    posted,
    transfer,
    written,
)
from support.world import header, pair, request, signing, words


def _out(statement: Any = REQUEST, outcome: str = "admitted", **more: Any) -> dict[str, Any]:
    return {"outcome": outcome, "id": statements.payload_of(statement)[0], **more}


def _second(**changes: Any) -> Any:
    place = {"seq": 2, "prev": "5" * 64, "thread": "5" * 64}
    return Recall(**header(**(place | changes)), body=RecallBody(of="5" * 64, reason=words("Wrong zone.")))


def _place(**changes: Any) -> dict[str, Any]:
    known = {"thread_known": True, "parties": ["fra", "vnm"], "case": "c" * 64, "rehearsal": False}
    return memory(place=known | {"holder": None, "previous": "5" * 64} | changes)


def _good() -> Iterator[Case]:
    name = statements.payload_of(REQUEST)[0]
    stored = memory(receipts={name: b64(b"the receipt")})
    again = _out(outcome="repeat", receipt=b64(b"the receipt"))
    revoked = {"entries": dated(statement={"revoked": NOON - DAY}), **stored}
    rehearsed = request(rehearsal=True)
    there = pair(ASKED, ENCRYPTION, rehearsal=True)

    def practice() -> dict[str, Any]:
        signed = issued(rehearsed, pair(ASKING, STATEMENT, rehearsal=True))
        return written(post(transfer(signed, key=there)))

    yield Case("a request", lambda: accepted(posted(), **_out()))
    yield Case("the same statement again", lambda: accepted(posted(**stored), **again))
    yield Case("the same again after its key was revoked", lambda: accepted(posted(**revoked), **again))
    yield Case(
        "carried by a relay",
        lambda: accepted(
            written(post(transfer(issued()), key=signing(THIRD, TRANSPORT)), relays=[THIRD]), **_out()
        ),
    )
    yield Case("the second in its thread", lambda: accepted(posted(_second(), **_place()), **_out(_second())))
    yield Case("its thread has not arrived", lambda: accepted(posted(_second()), **_out(_second())))
    yield Case("a rehearsal", lambda: accepted(practice(), **_out(rehearsed)))
    yield Case(
        "signed 299 seconds ago",
        lambda: accepted(written(post(transfer(issued()), now=NOON - 299 * SECOND)), **_out()),
    )
    yield Case(
        "signed 59 seconds ahead",
        lambda: accepted(written(post(transfer(issued()), now=NOON + 59 * SECOND)), **_out()),
    )


def _void() -> Iterator[Case]:
    cases = {
        "a thread of other Parties": (_place(parties=["fra", "xtp"]), "EXCH-011", "check_thread"),
        "a thread of another case": (_place(case="e" * 64), "EXCH-011", "check_thread"),
        "a thread that is a rehearsal": (_place(rehearsal=True), "EXCH-011", "check_thread"),
        "a place that is taken": (_place(holder="6" * 64), "EXCH-012", "check_equivocation"),
        "another predecessor": (_place(previous="6" * 64), "EXCH-013", "check_previous"),
    }
    for name, (door, code, check) in cases.items():
        out = _out(_second(), "void", reason=code)
        yield Case(
            name,
            lambda door=door, out=out, check=check: (
                accepted(posted(_second(), **door), **out) | {"defeats": ACCEPT + check}
            ),
        )


def _cases() -> Iterator[Case]:
    yield from _good()
    yield from _void()
    for name, (make, code, checks) in {**knocks.outer(), **knocks.inner()}.items():
        yield Case(name, lambda make=make, code=code, checks=checks: refused(make(), code, *checks))


def page() -> Page:
    """Return the page of the door."""
    return Page(
        "exchange/door.json",
        "Judge the message at the door. Whatever a case does not name is as under 'given'; 'memory.place' is"
        " what the node knows of the place that the statement claims. Accepted: admitted, void with the"
        " reason, or a repeat with the stored receipt.",
        "spec/exchange.md 2 and 3",
        "exchange.accept",
        tuple(_cases()),
        given(),
    )
