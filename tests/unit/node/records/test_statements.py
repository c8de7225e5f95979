"""The signed bytes are the record; columns are an index that can be thrown away."""

import pytest
from django.db import IntegrityError, transaction

from rogatory_node.base import NodeError
from rogatory_node.records import columns, reindex, statements
from rogatory_node.records.models import SignedReceipt, SignedStatement
from rogatory_node.records.statements import Way
from support import world
from support.world import NOON

pytestmark = pytest.mark.django_db


def keep(thread, document=None, *, way=Way.SENT, authority=world.ASKING):
    return statements.store(way, thread.envelope(document), authority=authority, now=NOON, log_index=0)


def values(row, names):
    return {name: getattr(type(row).objects.get(pk=row.pk), name) for name in names}


def test_the_bytes_come_back_as_they_went_in(thread) -> None:
    envelope = thread.envelope()
    keep(thread)
    kept = statements.find(thread.request_id, authority=world.ASKING)
    assert kept is not None
    assert columns.statement_columns(statements.envelope(kept)) == columns.statement_columns(envelope)


def test_a_first_statement_names_its_own_thread(thread) -> None:
    assert keep(thread).thread == thread.request_id
    assert keep(thread, thread.second()).thread == thread.request_id


def test_a_row_says_exactly_what_its_bytes_say(thread) -> None:
    row = keep(thread)
    assert values(row, columns.STATEMENT_COLUMNS) == columns.statement_columns(thread.envelope())
    receipt = statements.store_receipt(
        Way.RECEIVED, thread.envelope(thread.receipt()), authority=world.ASKING, now=NOON
    )
    assert values(receipt, columns.RECEIPT_COLUMNS) == columns.receipt_columns(bytes(receipt.envelope))


def test_every_column_is_derived_or_said_to_be_kept() -> None:
    kept = {"id", "authority", "way", "envelope", "stored_at"}
    of = {each.name for each in SignedStatement._meta.get_fields()}
    assert of == kept | {"log_index"} | set(columns.STATEMENT_COLUMNS)
    assert {each.name for each in SignedReceipt._meta.get_fields()} == kept | set(columns.RECEIPT_COLUMNS)


def test_reindex_rebuilds_every_column_from_the_bytes(thread) -> None:
    rows = [keep(thread), keep(thread, thread.second())]
    receipt = statements.store_receipt(
        Way.RECEIVED, thread.envelope(thread.receipt()), authority=world.ASKING, now=NOON
    )
    before = [values(each, columns.STATEMENT_COLUMNS) for each in rows]
    assert reindex.reindex() == reindex.Report(rows=3, repaired=0)
    nonsense = {"type": "x", "case": "f" * 64, "thread": "", "seq": 9, "seen": ["no"], "language": "xx"}
    SignedStatement.objects.filter(pk=rows[0].pk).update(**nonsense)
    SignedReceipt.objects.update(outcome="void", reason="invented")
    assert reindex.reindex() == reindex.Report(rows=3, repaired=2)
    assert [values(each, columns.STATEMENT_COLUMNS) for each in rows] == before
    assert values(receipt, ["outcome", "reason"]) == {"outcome": "admitted", "reason": ""}


def test_a_statement_is_stored_once_for_an_authority(thread) -> None:
    keep(thread)
    with pytest.raises(IntegrityError), transaction.atomic():
        keep(thread)
    assert SignedStatement.objects.count() == 1


def test_two_statements_at_one_place_are_both_kept(thread) -> None:
    keep(thread, thread.second())
    keep(thread, thread.second(nonce="a" * 64))
    assert statements.in_thread(thread.request_id, authority=world.ASKING).filter(seq=2).count() == 2


def test_another_authority_sees_nothing(thread) -> None:
    keep(thread)
    assert statements.find(thread.request_id, authority="vnm/spp") is None
    assert not statements.in_case("c" * 64, authority="vnm/spp").exists()
    assert statements.in_case("c" * 64, authority=world.ASKING).count() == 1


def test_a_statement_is_kept_for_its_sender_or_recipient_only(thread) -> None:
    with pytest.raises(NodeError, match="NODE-205"):
        keep(thread, authority="vnm/spp")
    with pytest.raises(NodeError, match="NODE-205"):
        keep(thread, way=Way.RECEIVED)


def test_a_receipt_is_no_statement_and_a_statement_no_receipt(thread) -> None:
    with pytest.raises(NodeError, match="NODE-200"):
        keep(thread, thread.receipt(), authority=world.ASKED)
    with pytest.raises(NodeError, match="NODE-201"):
        statements.store_receipt(Way.RECEIVED, thread.envelope(), authority=world.ASKING, now=NOON)


def test_the_first_receipt_is_the_receipt_for_ever(thread) -> None:
    first, second = (
        thread.envelope(thread.receipt()),
        thread.envelope(thread.receipt(outcome="void", reason="EXCH-012")),
    )
    statements.store_receipt(Way.RECEIVED, first, authority=world.ASKING, now=NOON)
    kept = statements.store_receipt(Way.RECEIVED, second, authority=world.ASKING, now=NOON)
    assert statements.envelope(kept) == first
    assert kept.outcome == "admitted"


def test_the_receipts_of_a_thread_are_found(thread) -> None:
    keep(thread)
    statements.store_receipt(
        Way.RECEIVED, thread.envelope(thread.receipt()), authority=world.ASKING, now=NOON
    )
    found = statements.receipts_of_thread(thread.request_id, authority=world.ASKING)
    assert [each.of for each in found] == [thread.request_id]
