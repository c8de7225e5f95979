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
from rogatory_node.base import Role, clock
from rogatory_node.base.home import Home
from rogatory_node.casework.services import deliver, domestic
from rogatory_node.peers import fetching, http
from rogatory_node.people import officers
from rogatory_node.records import heads, outbox
from rogatory_node.records.models import Due, SignedStatement
from rogatory_node.vault.models import Package
from rogatory_node.vault.services import sealing
from support import world
from support.office import A05, DOOR, OFAC, ORDER, Person, answering, mirrored
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
        monkeypatch.setattr(fetching, "WAITS", ())
        monkeypatch.setattr(http, "session_to", lambda *_: httpx.Client(transport=httpx.MockTransport(made)))
        return made

    return build


@pytest.fixture
def ready(asked: SignedStatement, custodian: Person, duty: Person, node: Home) -> SignedStatement:
    """A custodian with evidence in the intake, and a domestic act for it."""
    domestic.record(
        duty.officer, A05, thread=asked.thread, request=asked.statement_id, order=domestic.Order(**ORDER)
    )
    officers.appoint(None, custodian.officer, A05, Role.DUTY_OFFICER)
    write_sources(node.intake_of(A05))
    return asked


def order(asked: SignedStatement, custodian: Person, **changes: Any) -> Package:
    """Order the sealing of what lies ready, for France."""
    members: dict[str, Any] = {
        "recipient": OFAC,
        "thread": asked.thread,
        "request": asked.statement_id,
        "intake": "case",
        "conditions": CONDITIONS,
    }
    return deliver.order_sealing(custodian.officer, A05, **(members | changes))


def work() -> Package:
    """Seal what was ordered, as the worker does."""
    sealing.seal(take("seal"))
    return Package.objects.get()


def attest() -> None:
    """Publish a head and put the receipt into the package, as the worker does."""
    heads.publish_own(now=clock.now())
    sealing.attest(take("attest"))


@pytest.fixture
def sealed(ready: SignedStatement, custodian: Person) -> Package:
    """A package of ours."""
    order(ready, custodian)
    return work()


def send_delivery(sealed: Package, custodian: Person, lawyer: Person) -> SignedStatement:
    """Deliver a package of ours, approved by two."""
    made = deliver.begin_delivery(custodian.officer, sealed, [1])
    return custodian.send(made, (custodian, Role.CUSTODIAN), (lawyer, Role.LEGAL_REVIEWER))


@pytest.fixture
def delivered(sealed: Package, custodian: Person, lawyer: Person) -> Package:
    """A package of ours, attested and delivered to France."""
    attest()
    send_delivery(sealed, custodian, lawyer)
    return sealed
