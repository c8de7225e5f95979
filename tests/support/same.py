"""What must be the same on both sides of a thread, whatever happened on the way."""

from __future__ import annotations

from typing import Any

from rogatory import threads
from rogatory.statements import Receipt, Statement, open_document
from rogatory.threads import Node, Thread
from rogatory.values import parse_instant
from rogatory_node.demo.case import PARTIES
from support.two_nodes import NOW, OTHER, TwoNodes

JUDGED = parse_instant(NOW)
COMMON = ("thread", "case", "requesting", "requested", "entries", "items", "equivocations")
SENT = ["statement:send:signed", "statement:deliver:receipted"]


def assert_same(two: TwoNodes, thread: str, count: int) -> Thread:
    """Both nodes show one thread, hold the same bytes, and exactly one receipt for each statement."""
    seen = {"vnm": two.settled(thread, count), "fra": two.sees("fra", thread)}
    one, other = (_common(seen[party]) for party in PARTIES)
    assert one == other
    names = [each["id"] for each in one["entries"]]
    for entry in one["entries"]:
        assert_once(two, entry["id"], entry["sender"][:3])
    folded = {party: library_fold(two, party, names) for party in PARTIES}
    assert folded["vnm"] == folded["fra"]
    assert [(each.id, each.standing.value) for each in folded["fra"].entries] == [
        (each["id"], each["standing"]) for each in one["entries"]
    ]
    return folded["fra"]


def assert_once(two: TwoNodes, statement: str, sender: str) -> None:
    """A statement was stored once and receipted once on each side; receipt held and receipt given are one."""
    receiver = OTHER[sender]
    assert two.bytes_of(sender, statement) == two.bytes_of(receiver, statement)
    held = two.bytes_of(sender, statement, "/receipt")
    assert held == two.bytes_of(receiver, statement, "/receipt")
    for party in PARTIES:
        for table, column in (("signedstatement", "statement_id"), ("signedreceipt", "of")):
            query = f'SELECT count(*) FROM records_{table} WHERE "{column}" = ?'
            assert two.rows(party, query, statement) == [(1,)], (party, table)
    assert two.leaves(sender, statement) == SENT
    # What was done about it at home, such as an order, has leaves of its own.
    arrived = [tag for tag in two.leaves(receiver, statement) if tag.startswith("statement:")]
    receipt = opened_receipt(two, sender, held)
    assert arrived == [f"statement:receive:{receipt.body.outcome}"]
    # The receipt names the leaf of the very transaction that stored it.
    query = """SELECT "index" FROM records_leaf WHERE statement_id = ? AND tag LIKE 'statement:%'"""
    assert two.rows(receiver, query, statement) == [(receipt.body.log_index,)]
    due = two.rows(sender, "SELECT state FROM records_due WHERE subject = ?", statement)
    assert due == [("done",)]


def opened_receipt(two: TwoNodes, party: str, envelope: bytes) -> Receipt:
    """Return a receipt whose signatures hold by a Party's register."""
    document = open_document(envelope, two.ring(party), JUDGED).document
    assert isinstance(document, Receipt)
    return document


def library_fold(two: TwoNodes, party: str, names: list[str]) -> Thread:
    """Return the fold that anybody with the library makes of a Party's signed bytes."""
    ring, nodes = two.ring(party), []
    for name in names:
        opened = open_document(two.bytes_of(party, name), ring, JUDGED)
        receipt = opened_receipt(two, party, two.bytes_of(party, name, "/receipt"))
        assert isinstance(opened.document, Statement)
        assert (opened.id, receipt.body.of) == (name, name)
        nodes.append(Node(name, opened.document, void=receipt.body.outcome == "void"))
    return threads.fold(nodes)


def _common(seen: dict[str, Any]) -> dict[str, Any]:
    """Return what both nodes must agree on: not the clocks of the instant, not what each keeps for itself."""
    return {name: seen[name] for name in COMMON}
