"""Threads in miniature: statements made without keys, folded as a node folds them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import count

import pytest

from rogatory import law, statements, threads
from rogatory.values import DataCategory

CASE = "aa" * 32
ITEM = {
    "number": 1,
    "identifier": {"kind": "account", "verbatim": "svadm1n", "normalised": "svadm1n", "provider": "Nuage"},
    "category": DataCategory.TRAFFIC_DATA,
}


class Desk:
    """Two desks that write to each other; ``say`` adds a statement and returns its id."""

    def __init__(self):
        self.nodes = []
        self.count = count(1)
        self.last = {}
        self.first = None

    def say(self, kind, party, at, body, approvals=2):
        place = next(self.count)
        name = sha256(str(place).encode()).hexdigest()
        seq = sum(1 for node in self.nodes if node.statement.sending_party == party) + 1
        other = "fra" if party == "vnm" else "vnm"
        page = {
            "case": CASE,
            "thread": self.first,
            "from": f"{party}/desk",
            "to": f"{other}/desk",
            "issued_at": at,
            "language": "en",
            "instrument": "hanoi_2024",
            "nonce": name,
            "seq": seq,
            "prev": self.last.get(party),
            "seen": (self.last[other],) if self.first and other in self.last else (),
            "approvals": tuple({"role": "approver", "commitment": name} for _ in range(approvals)),
            "body": body,
        }
        statement = getattr(statements, kind).model_validate(page)
        self.nodes.append(threads.Node(name, statement))
        self.last[party] = name
        self.first = self.first or name
        return name

    def ask(self, at, approvals=2, items=(ITEM,), **body):
        made = {"kind": "preservation", "items": items, **body}
        return self.say("Request", "vnm", at, made, approvals)

    def report(self, of, at, number=1, **state):
        item = {"number": number, "state": statements.State.PRESERVED, **state}
        return self.say("Report", "fra", at, {"of": of, "items": (item,)})

    def fold(self):
        return threads.fold(self.nodes)

    def clocks(self, now, orders=()):
        found = law.clocks(self.fold(), now, orders)
        return {each.kind: each for each in found}


@pytest.fixture
def desk():
    return Desk()


def utc(month, day, hour=0, minute=0):
    return datetime(2028, month, day, hour, minute, tzinfo=UTC)


def assumed(*parties, since=date(2028, 1, 1)):
    return law.assume_in_force(law.as_found(), parties, since)
