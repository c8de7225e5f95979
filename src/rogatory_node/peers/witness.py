"""Witnessing: we cosign a counterpart's heads, and ask it to cosign ours (C2SP tlog-witness).

Two logs that witness each other cannot be rewritten by one side: a head that does not continue the one before
is refused, and the refusal is evidence.
"""

from __future__ import annotations

from typing import Final

import httpx
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from rogatory import custody, exchange
from rogatory.custody import Cosigned, LogRing
from rogatory.custody.checkpoints import read_size
from rogatory.custody.witness import SIZE_MEDIA_TYPE
from rogatory.errors import RogatoryError
from rogatory.evidence import log_ring
from rogatory.exchange import HttpRequest as SignedRequest
from rogatory.keys import Purpose
from rogatory.values import party_of
from rogatory_node.base import clock, configuration, directory
from rogatory_node.base.events import Event, emit
from rogatory_node.base.randomness import random_bytes
from rogatory_node.casework.models import ThreadIndex
from rogatory_node.peers import http
from rogatory_node.records import heads

__all__ = ["add_checkpoint", "ask_counterparts"]

REQUEST_TYPE: Final = "text/x.tlog.add-checkpoint"
REPLY_TYPE: Final = "text/plain; charset=utf-8"
MAX_REPLY: Final = 64 * 1024
TIMEOUT: Final = httpx.Timeout(10.0, connect=2.0)

# The size that each witness last cosigned, as far as this process knows; the witness knows better.
_cosigned: dict[str, int] = {}


@csrf_exempt
@require_POST
def add_checkpoint(request: HttpRequest) -> HttpResponse:
    """Answer a log that asks for our cosignature on its new head; a stranger gets nothing."""
    message = http.as_signed(request)
    try:
        ring, now = directory.ring(), clock.now()
        caller = exchange.verify_request(message, ring, now)
        http.check_caller(caller)
    except RogatoryError:
        return http.stranger()
    signer, key = heads.witness_key()
    try:
        answer = heads.cosign(message.body, log_ring(ring, now), signer=signer, key=key, now=now)
    except RogatoryError as error:
        emit(Event("log:witness:malformed", now, caller.key.key.authority, {"code": error.code}))
        return HttpResponse(status=400)
    if isinstance(answer, Cosigned):
        return HttpResponse(answer.reply, content_type=REPLY_TYPE)
    fields: dict[str, str | int | bool] = {
        "status": answer.status,
        "code": answer.error.code,
        "fork": answer.fork is not None,
    }
    emit(Event("log:witness:refused", now, caller.key.key.authority, fields))
    return HttpResponse(answer.reply, status=answer.status, content_type=answer.media_type)


def ask_counterparts() -> None:
    """Ask each counterpart's witness for its lines on our newest head, where they are missing.

    A witness that cannot be reached is asked again on the next beat: sealing never waits for a witness.
    """
    note = heads.latest()
    if note is None:
        return
    now = clock.now()
    ring = log_ring(directory.ring(), now)
    checkpoint = custody.read_checkpoint(note.text)
    have = {each.name for each in custody.witnessed(note, checkpoint, ring.witnesses)}
    parties = _counterparts()
    with httpx.Client(timeout=TIMEOUT, trust_env=False) as session:
        for name in sorted(set(ring.witnesses) - have):
            authority = name.removesuffix("/witness")
            if party_of(authority) in parties:
                _ask(session, authority, checkpoint.size, ring)


def _counterparts() -> frozenset[str]:
    """Return the Parties with which this node has a thread: they hold proofs against our log."""
    ours = configuration.current().party
    rows = ThreadIndex.objects.values_list("requesting", "requested").distinct()
    return frozenset(party for pair in rows for party in pair) - {ours}


def _ask(session: httpx.Client, authority: str, size: int, ring: LogRing) -> None:
    """Ask one witness; if it last cosigned another size than we think, ask once more from there."""
    try:
        answer = _post(session, authority, _cosigned.get(authority, 0), size)
        if answer.status_code == 409 and answer.headers.get("content-type") == SIZE_MEDIA_TYPE:
            answer = _post(session, authority, read_size(answer.text.strip()), size)
        if answer.status_code == 200:
            heads.gather(answer.content[:MAX_REPLY], size, ring)
            _cosigned[authority] = size
            return
        code = str(answer.status_code)
    except RogatoryError as error:
        code = error.code
    except httpx.HTTPError as error:
        code = type(error).__name__
    emit(Event("log:witness:waiting", clock.now(), authority, {"code": code, "size": size}))


def _post(session: httpx.Client, authority: str, old: int, size: int) -> httpx.Response:
    note = heads.latest()
    assert note is not None
    body = custody.write_request(old, heads.consistency(old, size), note)
    request = SignedRequest(
        "POST", f"{http.door_of(authority)}/log/add-checkpoint", {"content-type": REQUEST_TYPE}, body
    )
    pair = http.pair_of(configuration.current().authority_ids[0], Purpose.TRANSPORT)
    exchange.sign_request(request, pair, clock.now(), exchange.new_nonce(random_bytes))
    return session.post(request.url, headers=request.headers, content=body, follow_redirects=False)
