"""The door's memory, in rows."""

from datetime import timedelta

import pytest

from rogatory.exchange import Place
from rogatory_node.records import seen, statements
from rogatory_node.records.memory import DoorMemory
from rogatory_node.records.models import Seen
from rogatory_node.records.statements import Way
from support import world
from support.world import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def memory():
    return DoorMemory(NOON, per_minute=3)


def receive(thread, **changes):
    receipt = thread.envelope(thread.receipt(**changes))
    statements.store(Way.RECEIVED, thread.envelope(), authority=world.ASKED, now=NOON, log_index=0)
    statements.store_receipt(Way.SENT, receipt, authority=world.ASKED, now=NOON)


def test_a_nonce_is_new_once_for_a_key(memory) -> None:
    assert memory.nonce_is_new("key", "nonce")
    assert not memory.nonce_is_new("key", "nonce")
    assert memory.nonce_is_new("other key", "nonce")


def test_a_nonce_is_forgotten_when_it_can_no_longer_be_fresh(memory) -> None:
    memory.nonce_is_new("key", "nonce")
    assert seen.forget(NOON + timedelta(seconds=300)) == 0
    assert seen.forget(NOON + timedelta(seconds=601)) == 1
    assert not Seen.objects.exists()


def test_an_authority_is_listened_to_as_often_as_was_set(memory) -> None:
    assert [memory.within_quota("vnm/a05") for _ in range(4)] == [True, True, True, False]
    assert memory.within_quota("xtp/cyber")
    assert DoorMemory(NOON + timedelta(minutes=1), per_minute=3).within_quota("vnm/a05")


def test_the_first_statement_of_a_thread_has_no_place_before_it(memory, thread) -> None:
    assert memory.place(thread.request) == Place(thread_known=False)
    assert memory.place(thread.second()) == Place(thread_known=False)


def test_an_admitted_statement_holds_its_place(memory, thread) -> None:
    receive(thread)
    assert memory.receipt(thread.request_id) is not None
    assert memory.place(thread.second()) == Place(
        thread_known=True,
        parties=frozenset({"vnm", "fra"}),
        case="c" * 64,
        rehearsal=False,
        holder=None,
        previous=thread.request_id,
    )
    rival = thread.second(seq=1, prev=None, seen=(thread.request_id,), nonce="a" * 64)
    assert memory.place(rival).holder == thread.request_id


def test_a_void_statement_holds_no_place(memory, thread) -> None:
    receive(thread, outcome="void", reason="EXCH-013")
    assert memory.place(thread.second()) == Place(thread_known=False)
