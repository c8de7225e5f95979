"""Packages between the node and France: what the worker does with them, and a French door that can lie."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from rogatory import evidence, exchange, register
from rogatory.evidence import Basis, Sealed, Terms, log_ring
from rogatory.exchange import HttpRequest, HttpResponse
from rogatory.keys import Purpose
from rogatory.statements import Delivery, DeliveryBody, UseConditions
from rogatory_node.base import clock
from rogatory_node.peers import http
from rogatory_node.records import outbox
from rogatory_node.records.models import Due
from support import world
from support.office import A05, DOOR, OFAC, answering, mirrored
from support.packages import write_sources

LEASE = timedelta(seconds=60)
CONDITIONS = UseConditions(use="evidence", proceedings=("DN-2028-0312",))


def take(topic: str) -> Due:
    """Return the due row of a topic, leased, as the worker takes it."""
    found = outbox.take((topic,), now=clock.now(), machine=clock.machine(), lease=LEASE)
    assert found is not None, f"nothing to {topic}"
    return found


def basis(**changes: Any) -> Basis:
    """Return what anybody with the register of noon believes."""
    ring = register.load_snapshot(mirrored()).ring
    return Basis(**({"ring": ring, "at": clock.now(), "logs": log_ring(ring, clock.now())} | changes))


def seal(folder: Path, *, recipient: str = A05) -> Sealed:
    """Seal a mixed folder as France's point of contact does, for an authority of ours."""
    return evidence.seal(
        [write_sources(folder)],
        [world.pair(recipient, Purpose.ENCRYPTION).public],
        world.signing(OFAC, Purpose.SEAL),
        folder / "package",
        now=clock.now(),
        random=world.counting_random("sealed"),
        terms=Terms(case="c" * 64, conditions=CONDITIONS),
    )


def delivery_of(sealed: Sealed, preservation: Any, **changes: Any) -> Delivery:
    """Return France's delivery of a package in answer to our request."""
    members = {
        "of": preservation.statement_id,
        "items": (1,),
        "package": sealed.package,
        "seal": sealed.seal,
        "files": sealed.files,
        "size": sealed.size,
        "wraps": sealed.wraps,
        "conditions": CONDITIONS,
    }
    found: Delivery = answering(Delivery, DeliveryBody(**(members | changes)), preservation)
    return found


@dataclass(frozen=True)
class Reply:
    """An answer before it is sent."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


class FrenchDoor:
    """France's door for one package, as httpx sees it; ``bend`` changes an answer before it is sent."""

    def __init__(self, folder: Path, package: str) -> None:
        self.folder, self.package = folder, package
        self.asked: list[tuple[str, str]] = []
        self.bend: Callable[[str, Reply], Reply] = lambda _, reply: reply
        self.random = world.counting_random("door")
        self.speaks = OFAC
        self.most = 1 << 62

    def __call__(self, request: httpx.Request) -> httpx.Response:
        begin = f"{DOOR}/packages/{self.package}/"
        assert str(request.url).startswith(begin)
        path = str(request.url).removeprefix(begin)
        message = HttpRequest("GET", str(request.url), dict(request.headers), b"")
        ring = register.load_snapshot(mirrored()).ring
        assert exchange.verify_request(message, ring, clock.now()).key.key.authority == A05
        assert request.headers["accept-encoding"] == "identity"
        wanted = request.headers["range"]
        self.asked.append((path, wanted))
        reply = self.bend(path, self.answer(message, path, wanted))
        return httpx.Response(reply.status, headers=reply.headers, stream=httpx.ByteStream(reply.body))

    def answer(self, message: HttpRequest, path: str, wanted: str) -> Reply:
        file = self.folder / path
        if not file.is_file():
            return self.nothing(message)
        found = re.fullmatch(r"bytes=(\d+)-(\d+)", wanted)
        assert found is not None
        data, start = file.read_bytes(), int(found[1])
        if start >= len(data):
            return Reply(416)
        part = data[start : min(int(found[2]) + 1, start + self.most)]
        headers = {"content-range": f"bytes {start}-{start + len(part) - 1}/{len(data)}"}
        return Reply(206, part, headers)

    def nothing(self, message: HttpRequest) -> Reply:
        answer = HttpResponse(message, 404, {"content-type": "application/problem+json"}, b"{}")
        pair = world.signing(self.speaks, Purpose.TRANSPORT)
        exchange.sign_response(answer, pair, clock.now(), exchange.new_nonce(self.random))
        return Reply(404, b"{}", answer.headers)


@pytest.fixture
def french_door(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path, str], FrenchDoor]:
    """Return what puts a door in the place of the network."""

    def build(folder: Path, package: str) -> FrenchDoor:
        made = FrenchDoor(folder, package)
        monkeypatch.setattr(http, "session_to", lambda *_: httpx.Client(transport=httpx.MockTransport(made)))
        return made

    return build
