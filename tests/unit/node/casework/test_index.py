"""What is derived from the bytes: projecting writes it, rebuilding writes the same, and it finds again."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rogatory.statements import Acknowledgement, AcknowledgementBody, Recall, RecallBody
from rogatory.values import read
from rogatory_node.base import NodeError
from rogatory_node.casework import index, selectors
from rogatory_node.casework.models import IdentifierIndex, ThreadIndex
from rogatory_node.casework.services import draft
from rogatory_node.casework.services.share import share
from rogatory_node.ops import rebuild
from rogatory_node.records.models import SignedReceipt, SignedStatement
from rogatory_node.vault.models import Package
from support import world
from support.office import A05, OFAC, SPP, answering, body_of

from .test_deliveries import delivery


def derived():
    threads = ThreadIndex.objects.order_by("authority", "thread").values()
    found = IdentifierIndex.objects.order_by("authority", "thread", "digest").values()
    packages = Package.objects.order_by("pk").values("pk", "recalled_by")
    rows = [*threads, *found]
    return [{name: value for name, value in row.items() if name != "id"} for row in rows], list(packages)


@pytest.fixture
def busy(preservation, asked, france, duty):
    """Two threads, one shared, an acknowledgement, a delivery and its recall, one statement that waits."""
    share(duty.officer, A05, thread=preservation.thread, with_authority=SPP)
    body = AcknowledgementBody(of=preservation.statement_id, role="duty_officer")
    france(answering(Acknowledgement, body, preservation))
    first = SignedStatement.objects.get(type="acknowledgement")
    france(delivery(preservation, seq=2, prev=first.statement_id))
    second = SignedStatement.objects.get(type="delivery")
    france(
        answering(
            Recall,
            RecallBody(of=second.statement_id, reason=world.words("Mistake.")),
            preservation,
            seq=3,
            prev=second.statement_id,
        )
    )
    france(answering(Acknowledgement, body, preservation, seq=9, prev="9" * 64, nonce="9" * 64))
    lost = AcknowledgementBody(of="8" * 64, role="duty_officer")
    members = {"thread": "8" * 64, "seen": ("8" * 64,), "nonce": "8" * 64}
    france(answering(Acknowledgement, lost, preservation, **members))
    return preservation


def test_rebuilding_writes_what_projecting_wrote(busy):
    before = derived()
    assert len(before[0]) == 6
    assert index.rebuild() == 3
    assert derived() == before


def test_rebuilding_repairs_whatever_the_rows_say(busy):
    before = derived()
    ThreadIndex.objects.update(kind="stored_data", items=99, requesting="xtp")
    ThreadIndex.objects.filter(authority=SPP).delete()
    IdentifierIndex.objects.all().delete()
    Package.objects.update(recalled_by="")
    found = rebuild.rebuild()
    assert (found.threads, found.repaired) == (3, 0)
    assert derived() == before


def test_a_thread_whose_opening_never_came_is_not_shown(busy, duty):
    assert not ThreadIndex.objects.filter(thread="8" * 64).exists()
    with pytest.raises(NodeError, match="NODE-500"):
        selectors.thread(duty.officer, "8" * 64)


def test_an_identifier_is_found_again_by_any_authority_of_the_party(preservation, asked):
    for authority in (A05, SPP):
        found = selectors.asked_before(authority, ["203.0.113.57"])
        assert {row.thread for row in found} == {preservation.thread, asked.thread}
    assert not selectors.asked_before(A05, ["203.0.113.58"]).exists()
    assert not selectors.asked_before(OFAC, ["203.0.113.57"]).exists()
    assert not selectors.asked_before(A05, []).exists()


def test_a_search_asks_the_index_and_not_every_row(preservation):
    for number in range(50):
        ThreadIndex.objects.create(
            authority=A05,
            thread=f"{number:064x}",
            case="c" * 64,
            requesting="vnm",
            requested="fra",
            kind="preservation",
            items=1,
            opened_at=world.NOON,
            last_at=world.NOON,
            statements=1,
        )
    with CaptureQueriesContext(connection) as asked:
        found = list(selectors.asked_before(A05, ["203.0.113.57"] * 1000))
    assert [row.thread for row in found] == [preservation.thread]
    assert len(asked) == 1
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + asked[0]["sql"])
        plan = " ".join(row[3] for row in cursor.fetchall())
    assert "identifier_once" in plan


def test_the_table_of_identifiers_holds_none(preservation, settings):
    stored = IdentifierIndex.objects.get()
    assert stored.digest == index.digest_of("203.0.113.57")
    settings.SECRET_KEY = "another secret of another node"
    assert stored.digest != index.digest_of("203.0.113.57")


def test_a_request_that_asks_for_more_adds_to_what_is_found(preservation, duty):
    more = world.item(2, identifier=read("email", "a@saovang-invest.example"))
    body = body_of(world.request(world.item(), more))
    duty.send(draft.begin(duty.officer, "request", draft.Aim(A05, OFAC, thread=preservation.thread), body))
    assert IdentifierIndex.objects.filter(thread=preservation.thread).count() == 2
    assert ThreadIndex.objects.get().items == 1


def test_a_view_takes_the_same_few_queries_however_long_the_thread(busy, duty):
    def count():
        with CaptureQueriesContext(connection) as asked:
            selectors.thread(duty.officer, busy.thread)
        return len(asked)

    short = count()
    body = {"of": busy.statement_id, "items": [1]}
    for _ in range(4):
        aim = draft.Aim(A05, OFAC, thread=busy.thread)
        duty.send(draft.begin(duty.officer, "withdrawal", aim, body))
    assert count() == short <= 10


def test_a_receipt_in_place_of_a_statement_is_no_document(asked):
    row = SignedStatement(envelope=SignedReceipt.objects.get().envelope)
    with pytest.raises(NodeError, match="NODE-200"):
        index.document_of(row)
