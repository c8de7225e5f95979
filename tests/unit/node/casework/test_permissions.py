"""Services and selectors refuse whoever may not; what is not there and what is not theirs look the same."""

from __future__ import annotations

import uuid

import pytest

from rogatory.statements import UseConditions
from rogatory_node.base import NodeError, Role
from rogatory_node.casework import selectors
from rogatory_node.casework.models import CaseFile, DomesticAct, Draft, ThreadShare
from rogatory_node.casework.services import deliver, domestic, draft, follow_up, freeze, send
from rogatory_node.casework.services.entitle import entitle
from rogatory_node.casework.services.several import Addressee, begin_several
from rogatory_node.casework.services.share import share
from rogatory_node.people import officers
from rogatory_node.records.models import Due, Leaf, SignedStatement
from rogatory_node.vault import selectors as vault
from rogatory_node.vault.models import Package
from rogatory_node.vault.services import opening
from support import world
from support.office import A05, OFAC, ORDER, SPP, body_of

EVERYTHING = tuple(role for role in Role if role is not Role.OPERATOR)
OUTSIDE = ("of_another_authority", "operator", "auditor", "relieved", "left")


@pytest.fixture
def actors(hire, duty):
    """People who may do nothing with A05's cases, each for another reason."""

    def find(kind):
        if kind == "of_another_authority":
            return hire("mai", *EVERYTHING, authority=SPP).officer
        if kind == "operator":
            return hire("son", Role.OPERATOR).officer
        if kind == "auditor":
            return hire("ha", Role.AUDITOR).officer
        gone = hire("duc", *EVERYTHING).officer
        if kind == "relieved":
            for role in EVERYTHING:
                officers.relieve(None, gone, A05, role)
        else:
            # Closed by the account alone: the roles are still there.
            type(gone).objects.filter(pk=gone.pk).update(is_active=False)
            gone.refresh_from_db()
        return gone

    return find


@pytest.fixture
def open_draft(duty):
    return draft.begin(
        duty.officer, "request", draft.Aim(authority=A05, recipient=OFAC), body_of(world.request())
    )


@pytest.fixture
def sealed(asked, custodian):
    return Package.objects.create(
        authority=A05,
        counterpart=OFAC,
        way=Package.Way.SENT,
        state=Package.State.SEALED,
        case=asked.case,
        thread=asked.thread,
        request=asked.statement_id,
        package="a" * 64,
        seal="b" * 64,
        recorded_at=world.NOON,
        recorded_by=custodian.officer,
    )


def conditions():
    return UseConditions(use="evidence")


ACTS = {
    "begin": lambda who, at: draft.begin(who, "request", draft.Aim(A05, OFAC), {}),
    "begin in a thread": lambda who, at: draft.begin(
        who, "query", draft.Aim(A05, OFAC, thread=at.asked.thread), {}
    ),
    "change": lambda who, at: draft.change(who, at.draft, {"kind": "stored_data"}, version=1),
    "freeze": lambda who, at: freeze.freeze(who, at.draft),
    "send": lambda who, at: send.send(who, at.draft),
    "discard": lambda who, at: draft.discard(who, at.draft),
    "domestic act": lambda who, at: domestic.record(
        who, A05, thread=at.asked.thread, request=at.asked.statement_id, order=domestic.Order(**ORDER)
    ),
    "follow-up": lambda who, at: follow_up.begin_follow_up(
        who, authority=A05, recipient=OFAC, thread=at.asked.thread, request=at.asked.statement_id
    ),
    "stored data": lambda who, at: follow_up.begin_stored_data(
        who, authority=A05, recipient=OFAC, thread=at.asked.thread, request=at.asked.statement_id
    ),
    "several": lambda who, at: begin_several(
        who, draft.Aim(A05, ""), {}, [Addressee(OFAC), Addressee("xtp/cyber")]
    ),
    "share": lambda who, at: share(who, A05, thread=at.asked.thread, with_authority=SPP),
    "entitle": lambda who, at: entitle(who, A05, thread=at.asked.thread, title="Mine"),
    "seal": lambda who, at: deliver.order_sealing(
        who,
        A05,
        recipient=OFAC,
        thread=at.asked.thread,
        request=at.asked.statement_id,
        intake="x",
        conditions=conditions(),
    ),
    "deliver": lambda who, at: deliver.begin_delivery(who, at.package, [1]),
    "open": lambda who, at: opening.order(who, at.package),
}
ABSENT = {
    "domestic act": lambda who: domestic.record(
        who, A05, thread="f" * 64, request="f" * 64, order=domestic.Order(**ORDER)
    ),
    "follow-up": lambda who: follow_up.begin_follow_up(
        who, authority=A05, recipient=OFAC, thread="f" * 64, request="f" * 64
    ),
    "share": lambda who: share(who, A05, thread="f" * 64, with_authority=SPP),
    "entitle": lambda who: entitle(who, A05, thread="f" * 64, title="Mine"),
    "seal": lambda who: deliver.order_sealing(
        who, A05, recipient=OFAC, thread="f" * 64, request="f" * 64, intake="x", conditions=conditions()
    ),
    "begin in a thread": lambda who: draft.begin(who, "query", draft.Aim(A05, OFAC, thread="f" * 64), {}),
}


@pytest.fixture
def at(asked, open_draft, sealed):
    class At:
        pass

    found = At()
    found.asked, found.draft, found.package = asked, open_draft, sealed
    return found


def rows():
    kept = (CaseFile, DomesticAct, Draft, ThreadShare, Due, Leaf, SignedStatement, Package)
    return [list(model.objects.order_by("pk").values()) for model in kept]


@pytest.mark.parametrize("kind", OUTSIDE)
@pytest.mark.parametrize("act", ACTS)
def test_nobody_acts_for_an_authority_without_a_role_there(kind, act, at, actors):
    who = actors(kind)
    before = rows()
    with pytest.raises(NodeError, match="NODE-100"):
        ACTS[act](who, at)
    assert rows() == before


@pytest.mark.parametrize("act", ABSENT)
def test_an_act_on_what_is_not_there_tells_an_outsider_no_more(act, actors):
    with pytest.raises(NodeError, match="NODE-100"):
        ABSENT[act](actors("of_another_authority"))


READS = {
    "thread": (lambda who, at: selectors.thread(who, at.asked.thread), "f" * 64, selectors.thread),
    "draft": (lambda who, at: selectors.draft(who, at.draft.pk), uuid.uuid4(), selectors.draft),
    "envelope": (
        lambda who, at: selectors.envelope(who, at.asked.statement_id),
        "f" * 64,
        selectors.envelope,
    ),
    "receipt": (lambda who, at: selectors.receipt(who, at.asked.statement_id), "f" * 64, selectors.receipt),
    "custody receipt": (
        lambda who, at: selectors.custody_receipt(who, at.asked.statement_id),
        "f" * 64,
        selectors.custody_receipt,
    ),
    "package": (lambda who, at: vault.package(who, at.package.pk), uuid.uuid4(), vault.package),
}


@pytest.mark.parametrize("kind", OUTSIDE)
@pytest.mark.parametrize("name", READS)
def test_what_is_not_theirs_looks_as_what_is_not_there(kind, name, at, actors):
    read, absent, selector = READS[name]
    who = actors(kind)
    with pytest.raises(NodeError) as theirs:
        read(who, at)
    with pytest.raises(NodeError) as nothing:
        selector(who, absent)
    assert str(theirs.value) == str(nothing.value)
    assert theirs.value.fields == nothing.value.fields


@pytest.mark.parametrize("kind", OUTSIDE)
def test_lists_are_empty_for_outsiders(kind, at, actors):
    who = actors(kind)
    assert list(selectors.threads(who)) == []
    assert list(selectors.drafts(who)) == []
    assert list(vault.packages(who)) == []
    assert selectors.troubles(who) == ()


@pytest.mark.parametrize(
    ("name", "code"), [("not-a-digest", "NODE-500"), ("\0" * 64, "NODE-500"), ("A" * 64, "NODE-500")]
)
def test_a_name_that_is_no_digest_names_nothing(name, code, duty):
    with pytest.raises(NodeError, match=code):
        selectors.thread(duty.officer, name)


@pytest.mark.parametrize("name", ["", "1", "0" * 32 + "x", "../../etc/passwd"])
def test_a_name_that_is_no_uuid_names_nothing(name, duty):
    with pytest.raises(NodeError, match="NODE-514"):
        selectors.draft(duty.officer, name)
    with pytest.raises(NodeError, match="NODE-451"):
        vault.package(duty.officer, name)


def test_a_custodian_alone_seals(at, duty):
    with pytest.raises(NodeError, match="NODE-100"):
        ACTS["seal"](duty.officer, at)


def test_an_investigator_and_a_custodian_open_and_a_duty_officer_does_not(at, hire, duty):
    with pytest.raises(NodeError, match="NODE-100"):
        ACTS["open"](duty.officer, at)
    with pytest.raises(NodeError, match="NODE-452"):
        ACTS["open"](hire("nga", Role.INVESTIGATOR).officer, at)


def test_oversight_reads_and_does_not_act(at, hire):
    over = hire("tam", Role.OVERSIGHT).officer
    assert selectors.thread(over, at.asked.thread).authority == A05
    with pytest.raises(NodeError, match="NODE-100"):
        ACTS["share"](over, at)
