"""Threads drawn at random, and the digest of their clocks.

``python -m support.many_threads SEED COUNT ORDER``, run in two processes, each with its own zone (``TZ``) and
its own order of arrival, must write one digest.
"""

from __future__ import annotations

import hashlib
import random
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from rogatory import law, statements, threads
from rogatory.values import DataCategory

START = datetime(2028, 1, 1, tzinfo=UTC)
WORDS = {"original": "words", "language": "en"}
STATES = tuple(each for each in statements.State if each is not statements.State.REFUSED)
USE = {"use": "evidence"}


class Story:
    """What two Parties say to each other, drawn from one source of chance."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.nodes, self.last, self.at = chance, [], {}, START
        self.root: str | None = None
        self.seq = {"vnm": 0, "fra": 0}
        self.asked: list[str] = []
        self.given: list[str] = []

    def day(self) -> date:
        return (self.at + timedelta(days=self.chance.randint(-2, 200))).date()

    def instant(self) -> datetime:
        return self.at + timedelta(minutes=self.chance.randint(-2000, 200_000))

    def maybe(self, made: Any) -> Any:
        return made if self.chance.random() < 0.6 else None

    def say(self, kind: str, party: str, body: dict[str, Any]) -> str:
        """Add one statement; its instant is claimed, so it may lie before the one before it."""
        self.at += timedelta(minutes=self.chance.randint(-300, 20_000))
        name = hashlib.sha256(self.chance.randbytes(16)).hexdigest()
        other = "fra" if party == "vnm" else "vnm"
        self.seq[party] += 1
        seen = (self.last[other],) if self.root and other in self.last else ()
        page = {
            "case": "aa" * 32,
            "thread": self.root,
            "from": f"{party}/desk",
            "to": f"{other}/desk",
            "issued_at": self.at,
            "language": "en",
            "instrument": "hanoi_2024",
            "nonce": name,
            "seq": self.seq[party],
            "prev": self.last.get(party),
            "seen": seen,
            "approvals": ({"role": "approver", "commitment": name},) * self.chance.randint(1, 2),
            "body": body,
        }
        statement = getattr(statements, kind).model_validate(page)
        self.nodes.append(threads.Node(name, statement))
        self.last[party] = name
        self.root = self.root or name
        return name

    def ask(self) -> None:
        chance = self.chance
        kind = chance.choice(("preservation", "stored_data", "emergency_data"))
        items = tuple(
            {
                "number": number,
                "identifier": {"kind": "domain", "verbatim": each, "normalised": each},
                "category": chance.choice(tuple(DataCategory)),
                "vanishes": self.maybe(self.instant()),
            }
            for number, each in enumerate(chance.sample(("a.example", "b.example", "c.example"), 2), 1)
        )
        body = {
            "kind": kind,
            "items": items,
            "follow_up_planned": self.maybe(self.day()),
            "deadline": self.maybe(self.day()),
            "secrecy": self.maybe({"until": self.day(), "reason": WORDS}),
        }
        if self.asked and kind == "preservation":
            body["extends"] = self.maybe(chance.choice(self.asked))
        if self.asked and kind == "stored_data":
            body["preservation"] = self.maybe(chance.choice(self.asked))
        if kind == "emergency_data":
            body["emergency"] = {"review_by": self.maybe(self.day())}
        self.asked.append(self.say("Request", "vnm", body))

    def go_on(self) -> None:
        chance, of = self.chance, self.chance.choice(self.asked)
        numbers = tuple(chance.sample((1, 2), chance.randint(0, 2)))
        about = {"of": of, "items": numbers}
        act = chance.choice(
            ("report", "report", "released", "extension", "withdrawal", "let go", "deliver", "gone")
        )
        if act == "report":
            items = tuple(
                {
                    "number": number,
                    "state": chance.choice(STATES),
                    "effected": self.maybe(self.instant()),
                    "until": self.maybe(self.day()),
                }
                for number in numbers or (1,)
            )
            self.say("Report", "fra", {"of": of, "items": items})
        elif act == "released":
            self.say("Released", "fra", {**about, "cause": "lapsed"})
        elif act == "extension":
            self.say("Extension", "vnm", {**about, "until": self.maybe(self.day())})
        elif act == "withdrawal":
            self.say("Withdrawal", "vnm", about)
        elif act == "let go":
            self.say("NoLongerNeeded", "vnm", about)
        elif act == "deliver":
            self.given.append(self.say("Delivery", "fra", self.delivery(of, numbers or (1,))))
        elif self.given:
            body = {"of": chance.choice(self.given), "outcome": "destroyed", "on": self.day()}
            self.say("ReturnedOrDestroyed", "vnm", body)

    def delivery(self, of: str, numbers: tuple[int, ...]) -> dict[str, Any]:
        wrap = {"recipient": "vnm/desk", "key": "ab" * 32, "wrap": b"key"}
        sums = {"package": "bb" * 32, "seal": "cc" * 32, "files": 1, "size": 1, "wraps": (wrap,)}
        return {
            "of": of,
            "items": numbers,
            **sums,
            "conditions": USE | {"destroy_by": self.maybe(self.day())},
        }


def story(seed: int, number: int) -> Story:
    """Return the story of a number: between one and eight statements after the first request."""
    made = Story(random.Random(f"{seed} {number}"))
    made.ask()
    for _ in range(made.chance.randint(1, 8)):
        made.ask() if made.chance.random() < 0.25 else made.go_on()
    return made


def digest(seed: int, count: int, order: int) -> tuple[str, int]:
    """Return the digest of every clock of the stories at three instants, and how many clocks that is."""
    total, found = hashlib.sha256(), 0
    arrival = random.Random(order)
    here = datetime.now().astimezone().utcoffset() or timedelta(0)
    for number in range(count):
        told = story(seed, number)
        arrival.shuffle(told.nodes)
        thread = threads.fold(told.nodes)
        for days in (1, 40, 400):
            now = (START + timedelta(days=days)).astimezone(timezone(here))
            clocks = law.clocks(thread, now)
            found += len(clocks)
            total.update(repr(clocks).encode())
    return total.hexdigest(), found


if __name__ == "__main__":
    sys.stdout.write("{} {}\n".format(*digest(*map(int, sys.argv[1:4]))))
