"""Witnessing: we cosign a counterpart's heads, and ask it to cosign ours (C2SP tlog-witness).

Two logs that witness each other cannot be rewritten by one side: a head that does not continue the one before
is refused, and the refusal is evidence. That both sides do not rewrite them together is for a witness to say
that is neither: those that ``custody.witnesses`` names are asked too.
"""

from __future__ import annotations

from typing import Final

import httpcore
import httpx
from django.http import HttpRequest, HttpResponse

from rogatory import custody, exchange
from rogatory.custody import Cosigned, LogRing
from rogatory.custody.checkpoints import read_size
from rogatory.custody.witness import SIZE_MEDIA_TYPE
from rogatory.envelopes.notes import Note
from rogatory.errors import ExchangeError, RogatoryError
from rogatory.evidence import log_ring
from rogatory.exchange import Caller
from rogatory.exchange import HttpRequest as SignedRequest
from rogatory.exchange.transport import Patience
from rogatory.keys import Purpose
from rogatory.values import party_of
from rogatory_node.base import clock, configuration, directory
from rogatory_node.base.events import Event, emit
from rogatory_node.base.randomness import random_bytes
from rogatory_node.casework.models import ThreadIndex
from rogatory_node.peers import http
from rogatory_node.records import heads

__all__ = ["add_checkpoint", "ask_witnesses"]

REQUEST_TYPE: Final = "text/x.tlog.add-checkpoint"
REPLY_TYPE: Final = "text/plain; charset=utf-8"
MAX_REPLY: Final = 64 * 1024
ONE: Final = 10.0
ALL: Final = 45.0
"""Seconds that one witness may take, and all of them in one round; the rest is asked in the next."""

# The size that each witness last cosigned, as far as this process knows; the witness knows better.
_cosigned: dict[str, int] = {}
# How often each has not answered since it last did.
_unanswered: dict[str, int] = {}


@http.known_peers("POST")
def add_checkpoint(request: HttpRequest, message: SignedRequest, caller: Caller) -> HttpResponse:
    """Answer a log that asks for our cosignature on its new head; a stranger gets nothing.

    Raises:
        CustodyError: What was posted is no request.
        NodeError: NODE-012 this node has no key to witness with.
    """
    del request
    now = clock.now()
    signer, key = heads.witness_key()
    ring = log_ring(directory.ring(), now)
    answer = heads.cosign(message.body, ring, signer=signer, key=key, now=now)
    if isinstance(answer, Cosigned):
        return HttpResponse(answer.reply, content_type=REPLY_TYPE)
    fields: dict[str, str | int | bool] = {
        "status": answer.status,
        "code": answer.error.code,
        "fork": answer.fork is not None,
    }
    emit(Event("log:witness:refused", now, caller.key.key.authority, fields))
    return HttpResponse(answer.reply, status=answer.status, content_type=answer.media_type)


def ask_witnesses() -> None:
    """Ask each counterpart's witness, and each that we named, for its lines on our newest head, if missing.

    A witness that cannot be reached is asked again in a later round: sealing never waits for a witness, and
    witnesses that hang do not keep the others waiting for longer than a round.
    """
    note = heads.latest()
    if note is None:
        return
    now = clock.now()
    ring = log_ring(directory.ring(), now)
    checkpoint = custody.read_checkpoint(note.text)
    have = {each.name for each in custody.witnessed(note, checkpoint, ring.witnesses)}
    parties = _counterparts()
    missing = [name.removesuffix("/witness") for name in set(ring.witnesses) - have]
    named = configuration.current().custody.witnesses
    asked = [each for each in missing if each in named or party_of(each) in parties]
    whole = Patience(ALL)
    # Whoever did not answer last time comes last this time.
    for authority in sorted(asked, key=lambda each: (_unanswered.get(each, 0), each)):
        try:
            left = whole.left(ONE)
        except httpcore.TimeoutException:
            return
        _ask(authority, note, ring, left)


def _counterparts() -> frozenset[str]:
    """Return the Parties with which this node has a thread: they hold proofs against our log."""
    ours = configuration.current().party
    rows = ThreadIndex.objects.values_list("requesting", "requested").distinct()
    return frozenset(party for pair in rows for party in pair) - {ours}


def _ask(authority: str, note: Note, ring: LogRing, seconds: float) -> None:
    """Ask one witness; if it last cosigned another size than we think, ask once more from there."""
    size = custody.read_checkpoint(note.text).size
    try:
        status, kind, reply = _post(authority, _cosigned.get(authority, 0), note, seconds)
        if status == 409 and kind == SIZE_MEDIA_TYPE:
            last = read_size(reply.decode("ascii", "replace").strip())
            status, kind, reply = _post(authority, last, note, seconds)
        if status == 200:
            heads.gather(reply, size, ring)
            _cosigned[authority] = size
            _unanswered.pop(authority, None)
            return
        code = str(status)
    except RogatoryError as error:
        code = error.code
    except httpx.HTTPError as error:
        code = type(error).__name__
    _unanswered[authority] = _unanswered.get(authority, 0) + 1
    emit(Event("log:witness:waiting", clock.now(), authority, {"code": code, "size": size}))


def _post(authority: str, old: int, note: Note, seconds: float) -> tuple[int, str, bytes]:
    size = custody.read_checkpoint(note.text).size
    body = custody.write_request(old, heads.consistency(old, size), note)
    request = SignedRequest(
        "POST", f"{http.door_of(authority)}/log/add-checkpoint", {"content-type": REQUEST_TYPE}, body
    )
    pair = http.pair_of(configuration.current().authority_ids[0], Purpose.TRANSPORT)
    exchange.sign_request(request, pair, clock.now(), exchange.new_nonce(random_bytes))
    sent = request.headers | {"accept-encoding": "identity"}
    with (
        http.session_to(authority, Patience(seconds)) as session,
        session.stream("POST", request.url, headers=sent, content=body) as answer,
    ):
        return answer.status_code, answer.headers.get("content-type", ""), _read(answer)


def _read(answer: httpx.Response) -> bytes:
    body = bytearray()
    for piece in answer.iter_raw():
        body += piece
        if len(body) > MAX_REPLY:
            raise ExchangeError("EXCH-024", limit=MAX_REPLY)
    return bytes(body)
