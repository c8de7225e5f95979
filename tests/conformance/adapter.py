"""Our own implementation behind the runner: ``python tests/conformance/adapter.py check FILE``.

One function an operation, from a case's input to its outputs; a ``RogatoryError`` is a refusal. Checks are
reached through their modules, so that a test can take one away.
"""

from __future__ import annotations

import base64
import json
import re
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from rogatory import envelopes, exchange, keys, statements, threads, wire
from rogatory.envelopes import transfer
from rogatory.errors import RogatoryError
from rogatory.exchange import Accept, Door, HttpRequest, Place, Refuse, Repeat, client
from rogatory.keys import KeyEntry, KeyRing, PublicKey, Purpose
from rogatory.values import cause_of, parse_instant

Given = dict[str, Any]


def data(given: Any) -> bytes:
    """Return the bytes that a vector spells: base64, or a unit repeated between two texts."""
    if isinstance(given, str):
        return base64.b64decode(given)
    if "base64" in given:
        return base64.b64decode(given["base64"])
    made = given["repeat"]
    return (made["before"] + made["unit"] * made["times"] + made["after"]).encode()


def text(found: bytes) -> str:
    """Return bytes as a vector spells them."""
    return base64.b64encode(found).decode()


def model(kind: Any, given: Any) -> Any:
    """Return a model from its JSON, its own errors laid bare."""
    try:
        return TypeAdapter(kind).validate_json(json.dumps(given))
    except ValidationError as error:
        raise cause_of(error) or wire.documents.wrong_member(error) from None


def ring(given: list[Given]) -> KeyRing:
    """Return a ring."""
    return KeyRing([model(KeyEntry, each) for each in given], snapshot="0" * 64)


def at(given: Given, name: str = "at") -> datetime:
    """Return an instant of the input."""
    return parse_instant(given[name])


def wire_parse(given: Given) -> Given:
    document = wire.parse(data(given["data"]))
    return {"canonical": text(wire.canonical(document))}


def keys_pair(given: Given) -> Given:
    pair = keys.pair_from_seed(
        data(given["seed"]), Purpose(given["purpose"]), given["authority"], rehearsal=given["rehearsal"]
    )
    return {"key": json.loads(wire.encode(pair.public)), "key_id": pair.key_id}


def keys_file(given: Given) -> Given:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "key"
        path.touch(mode=0o600)
        path.write_bytes(data(given["file"]))
        return {"key_id": keys.load(path, purpose=Purpose(given["purpose"])).key_id}


def keys_ring(given: Given) -> Given:
    return {"keys": len(ring(given["ring"]).entries)}


def keys_find(given: Given) -> Given:
    found = ring(given["ring"]).find(given["key"], Purpose(given["purpose"]), at(given))
    return {"key": found.key.key_id}


def keys_verify(given: Given) -> Given:
    key = model(PublicKey, given["key"])
    keys.verify(key, data(given["message"]), tuple(data(each) for each in given["signatures"]))
    return {}


def keys_possession(given: Given) -> Given:
    keys.ring.check_possession(model(KeyEntry, given["entry"]), model(PublicKey, given["vouching"]))
    return {}


def envelopes_verify(given: Given) -> Given:
    found = envelopes.verify(
        data(given["envelope"]), ring(given["ring"]), Purpose(given["purpose"]), at(given)
    )
    return {"id": found.id, "payload": text(found.payload)}


def private(given: Given) -> Any:
    return keys.pair_from_seed(
        data(given["seed"]), Purpose.ENCRYPTION, given["authority"], rehearsal=given["rehearsal"]
    )


def envelopes_decrypt(given: Given) -> Given:
    taken = envelopes.read_transfer(data(given["transfer"]))
    header = {"from": taken.header.sender, "to": taken.header.recipient, "key": taken.header.key}
    return {"envelope": text(envelopes.decrypt(taken, private(given["recipient"]))), "header": header}


def envelopes_padded(given: Given) -> Given:
    return {"padded": transfer.padded_size(given["size"])}


def statements_read(given: Given) -> Given:
    payload = given["payload"].encode()
    found = statements.read_payload(given["media_type"], payload)
    name = envelopes.identity(given["media_type"], payload)
    return {"id": name, "type": found.NAME, "content_id": statements.content_id(found)}


def statements_open(given: Given) -> Given:
    found = statements.open_document(data(given["envelope"]), ring(given["ring"]), at(given))
    return {"id": found.id, "type": found.document.NAME}


def threads_fold(given: Given) -> Given:
    nodes = []
    for each in given["nodes"]:
        payload = each["payload"].encode()
        said = statements.opening.as_statement(statements.read_payload(each["media_type"], payload))
        nodes.append(threads.Node(envelopes.identity(each["media_type"], payload), said, void=each["void"]))
    return summary(threads.fold(nodes))


MARKS = ("acknowledged_by", "ratified_by", "recalled_by", "recall_acknowledged", "uses")


def summary(thread: threads.Thread) -> Given:
    """Return a folded thread in the few words that a vector compares."""
    return {
        "entries": [[entry.id, entry.side.value, entry.standing.value] for entry in thread.entries],
        "heads": {side.value: name for side, name in thread.heads.items()},
        "equivocations": [list(each) for each in thread.equivocations],
        "marks": {
            entry.id: marks
            for entry in thread.entries
            if (marks := {name: value for name in MARKS if (value := _plain(getattr(entry, name)))})
        },
        "authorities": {side.value: name for side, name in thread.authorities.items()},
        "terms": {
            each.id: {str(number): name for number, name in sorted(each.accepted.items())}
            for each in thread.terms
        },
        "items": {
            asked.id: {str(number): _item(each) for number, each in asked.items.items()}
            for asked in thread.requests
        },
    }


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _item(fold: threads.ItemFold) -> Given:
    found = {
        "decision": fold.decision and fold.decision.outcome,
        "state": fold.state and fold.state.state.value,
        "decided_before_correction": fold.decided_before_correction,
        "stated_before_correction": fold.stated_before_correction,
        "corrected_by": fold.corrected_by,
        "withdrawn_by": fold.withdrawn_by,
        "delivered_by": list(fold.delivered_by),
        "extension_asked_by": fold.extension_asked_by,
        "extension_granted_by": fold.extension_granted_by,
        "not_needed_by": fold.not_needed_by,
        "paths": list(fold.paths),
        "paths_before_correction": fold.paths_before_correction,
    }
    return {name: value for name, value in found.items() if value}


@dataclass
class Memory:
    """What a vector says that the node remembers."""

    given: Given

    def nonce_is_new(self, key_id: str, nonce: str) -> bool:
        return [key_id, nonce] not in self.given["nonces"]

    def within_quota(self, authority: str) -> bool:
        return bool(self.given["open"])

    def receipt(self, statement_id: str) -> bytes | None:
        found = self.given["receipts"].get(statement_id)
        return None if found is None else data(found)

    def place(self, statement: object) -> Place:
        known = self.given["place"]
        if known is None:
            return Place(thread_known=False)
        return Place(**(known | {"parties": frozenset(known["parties"])}))


def message(given: Given) -> HttpRequest:
    return HttpRequest(given["method"], given["url"], dict(given["headers"]), data(given["body"]))


def exchange_accept(given: Given) -> Given:
    named = {each["key"]["authority"] + each["key"]["classical"]: each for each in given["ring"]}
    named |= {each["key"]["authority"] + each["key"]["classical"]: each for each in given.get("entries", [])}
    served = [private(each) for each in given["decryption"]]
    door = Door(
        ring(list(named.values())),
        {pair.key_id: pair for pair in served},
        frozenset(given["authorities"]),
        Memory(given["memory"]),
        frozenset(given["relays"]),
    )
    found = exchange.accept(message(given["message"]), door, at(given, "now"))
    if isinstance(found, Refuse):
        raise found.error
    if isinstance(found, Repeat):
        return {"outcome": "repeat", "id": found.statement_id, "receipt": text(found.receipt)}
    assert isinstance(found, Accept)
    outcome = {"outcome": "void", "reason": found.reason} if found.reason else {"outcome": "admitted"}
    return {"id": found.opened.id, **outcome}


def exchange_receipt(given: Given) -> Given:
    kind, payload = given["statement"]["media_type"], given["statement"]["payload"].encode()
    sent = statements.opening.as_statement(statements.read_payload(kind, payload))
    name = envelopes.identity(kind, payload)
    found = exchange.check_receipt(data(given["receipt"]), name, sent, ring(given["ring"]), at(given, "now"))
    receipt = found.document
    return {"id": found.id, "outcome": receipt.body.outcome}  # type: ignore[attr-defined]  # it was checked to be one


def exchange_answer(given: Given) -> Given:
    asked = message(given["request"])
    answer = exchange.HttpResponse(asked, given["status"], dict(given["headers"]), data(given["body"]))
    caller = exchange.verify_response(answer, ring(given["ring"]), at(given, "now"))
    client.check_peer(caller, given["peer"])
    meant = client.meaning(answer)
    return {"outcome": meant.outcome.value, "code": meant.code}


def exchange_address(given: Given) -> Given:
    client.check_address(
        given["url"],
        private_allowed=given.get("private_allowed", False),
        addresses=tuple(given.get("addresses", ())),
    )
    return {}


def exchange_retry(given: Given) -> Given:
    first = datetime.fromisoformat("2028-03-13T18:32:00+00:00")
    now = first + timedelta(seconds=given["waited"])
    next_ = exchange.retry(
        exchange.Outcome(given["outcome"]), given["attempts"], first, now, jitter=given["jitter"]
    )
    after = None if next_.due is None else int((next_.due - now) / timedelta(milliseconds=1))
    return {"after_ms": after, "tell": next_.tell}


OPERATIONS: dict[str, Callable[[Given], Given]] = {
    "wire.parse": wire_parse,
    "keys.pair": keys_pair,
    "keys.file": keys_file,
    "keys.ring": keys_ring,
    "keys.find": keys_find,
    "keys.verify": keys_verify,
    "keys.possession": keys_possession,
    "envelopes.verify": envelopes_verify,
    "envelopes.decrypt": envelopes_decrypt,
    "envelopes.padded": envelopes_padded,
    "statements.read": statements_read,
    "statements.open": statements_open,
    "threads.fold": threads_fold,
    "exchange.accept": exchange_accept,
    "exchange.receipt": exchange_receipt,
    "exchange.answer": exchange_answer,
    "exchange.address": exchange_address,
    "exchange.retry": exchange_retry,
}


def verdict(page: Given, case: Given) -> Given:
    """Return what this implementation says of one case."""
    try:
        outputs = OPERATIONS[page["operation"]](page["given"] | case["input"])
    except RogatoryError as error:
        inner = error.fields.get("reason", "")
        # A fault inside a document is told by its place; its reason is the code that counts.
        code = inner if error.code == "WIRE-010" and re.fullmatch(r"[A-Z]+-[0-9]{3}", inner) else error.code
        return {"case": case["name"], "verdict": "refuse", "code": code}
    return {"case": case["name"], "verdict": "accept", **outputs}


def main(arguments: list[str]) -> int:
    """Print a verdict for each case of a file."""
    if len(arguments) != 2 or arguments[0] != "check":
        sys.stderr.write(__doc__ or "")
        return 2
    page = json.loads(Path(arguments[1]).read_text(encoding="utf-8"))
    for case in page["cases"]:
        sys.stdout.write(json.dumps(verdict(page, case)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
