"""Conditions of use: evidence goes no further than they allow, and when it is destroyed both logs say so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from rogatory import wire
from rogatory.statements import (
    Delivery,
    ReturnedOrDestroyed,
    ReturnedOrDestroyedBody,
    UseConditions,
    UseConsent,
    UseConsentBody,
)
from rogatory_node.base import NodeError, Role, clock
from rogatory_node.casework import index, selectors
from rogatory_node.casework.services import deliver, draft, freeze, share, use
from rogatory_node.people import officers
from rogatory_node.records.models import Leaf, SignedStatement
from rogatory_node.vault import places
from rogatory_node.vault.models import Package
from rogatory_node.vault.services import arriving, destroying
from support import sealed as french
from support import world
from support.office import A05, SPP, answering
from support.sealed import delivered, delivery_of, french_door, ready, sealed, take

__all__ = ["delivered", "french_door", "ready", "sealed"]

LIMIT = "2030-12-31"


def conditions(**changes):
    members = {"use": "evidence", "proceedings": ("DN-2028-0312",), **changes}
    if "destroy_by" in members:
        members["destroy_by"] = datetime.fromisoformat(members["destroy_by"]).date()
    return UseConditions(**members)


@pytest.fixture
def given(preservation, france, french_door, tmp_path, monkeypatch):
    """Return what has France deliver a package on conditions, and our node fetch it."""

    def give(**changes):
        monkeypatch.setattr(french, "CONDITIONS", conditions(**changes))
        made = french.seal(tmp_path)
        assert france(delivery_of(made, preservation)).error is None
        french_door(made.path, made.package)
        french_fetch()
        return Package.objects.get()

    return give


def french_fetch():
    from rogatory_node.peers import fetching

    fetching.fetch(take("fetch"))


def about(held, act, body, author):
    aim = draft.Aim(authority=A05, recipient=held.counterpart, thread=held.thread)
    return draft.begin(author.officer, act, aim, {"of": held.delivery, **body})


def onward(held, author, **changes):
    body = {
        "to_party": "deu",
        "to": "Staatsanwaltschaft Berlin",
        "purpose": {"original": "For proceedings DN-2028-0312.", "language": "en"},
        "on": "2028-03-20",
    }
    return freeze.freeze(author.officer, about(held, "onward_transfer", body | changes, author))


def second_of_france(model, body, held, preservation, *before):
    """Return France's next statement after its delivery."""
    seq = 2 + len(before)
    prev = before[-1] if before else held.delivery
    members = {"seq": seq, "prev": prev, "nonce": f"{seq:064x}"}
    return answering(model, body, preservation, **members)


def test_without_consent_it_goes_to_no_third_party(given, duty):
    with pytest.raises(NodeError, match="NODE-534"):
        onward(given(), duty)


@pytest.mark.parametrize(
    ("purpose", "number", "named"),
    [
        ("For proceedings DN-2028-0312.", "DN-2028-0312", True),
        ("dn\u20112028\u20110312: the trial", "DN-2028-0312", True),
        ("For (DN-2028-0312), second instance", "DN-2028-0312", True),
        ("For No 12  /  2028 of Da Nang", "12 / 2028", True),
        ("For XDN-2028-03129", "DN-2028-0312", False),
        ("For X-DN-2028-0312", "DN-2028-0312", False),
        ("For DN-2028-0312/2", "DN-2028-0312", False),
        ("For DN-2028-03120", "DN-2028-0312", False),
        ("For any purpose", " ", False),
        ("For - and -", "-", False),
    ],
)
def test_proceedings_are_named_by_their_whole_number(purpose, number, named):
    assert use.names_proceedings(purpose, [number]) is named


def test_a_purpose_that_names_other_proceedings_does_not_let_it_go_on(given, duty):
    held = given(onward="same_proceedings")
    other = {"original": "For proceedings XDN-2028-03129.", "language": "en"}
    with pytest.raises(NodeError, match="NODE-534"):
        onward(held, duty, purpose=other)


def test_proceedings_without_a_number_let_nothing_go_on(given, duty):
    held = given(onward="same_proceedings", proceedings=(" ",))
    with pytest.raises(NodeError, match="NODE-534"):
        onward(held, duty)


def test_in_the_same_proceedings_it_goes_on_if_the_conditions_say_so(given, duty):
    held = given(onward="same_proceedings")
    assert onward(held, duty).content_id
    other = {"original": "For a tax matter.", "language": "en"}
    with pytest.raises(NodeError, match="NODE-534"):
        onward(held, duty, purpose=other)


def test_to_an_authority_of_our_own_it_may_go(given, duty):
    assert onward(given(), duty, to_party="vnm", to="Supreme People's Procuracy").content_id


def test_a_consent_opens_the_way_to_the_party_that_it_names_until_it_is_taken_back(
    given, duty, france, preservation
):
    held = given()
    body = UseConsentBody(of=held.delivery, outcome="granted", onward_to="deu")
    granted = second_of_france(UseConsent, body, held, preservation)
    assert france(granted).error is None
    name = SignedStatement.objects.get(type="use_consent").statement_id
    assert onward(held, duty, consent=name).content_id
    with pytest.raises(NodeError, match="NODE-533"):
        onward(held, duty, consent=name, to_party="usa")
    with pytest.raises(NodeError, match="NODE-533"):
        onward(held, duty, consent=held.delivery)
    refused = UseConsentBody(of=held.delivery, outcome="refused", onward_to="deu")
    assert france(second_of_france(UseConsent, refused, held, preservation, name)).error is None
    with pytest.raises(NodeError, match="NODE-533"):
        onward(held, duty, consent=name)


def test_once_it_had_to_be_destroyed_it_goes_nowhere_and_nobody_is_let_in(given, duty):
    held = given(onward="same_proceedings", destroy_by=LIMIT)
    assert onward(held, duty).content_id
    with pytest.raises(NodeError, match="NODE-532"):
        onward(held, duty, on="2031-01-01")
    clock.advance(timedelta(days=1100))
    for action in (
        lambda: onward(held, duty),
        lambda: onward(held, duty, to_party="vnm"),
        lambda: share.share(duty.officer, A05, thread=held.thread, with_authority=SPP),
    ):
        with pytest.raises(NodeError, match="NODE-532"):
            action()


def test_a_recalled_delivery_goes_no_further(given, duty, france, preservation):
    from rogatory.statements import Recall, RecallBody

    held = given(onward="same_proceedings")
    body = RecallBody(of=held.delivery, reason=world.words("Sent by mistake."))
    assert france(second_of_france(Recall, body, held, preservation)).error is None
    with pytest.raises(NodeError, match="NODE-530"):
        onward(held, duty)


def test_the_clock_of_destruction_runs_from_the_delivery_and_warns_before_the_day(given, duty):
    held = given(destroy_by=LIMIT)

    def seen():
        view = selectors.thread(duty.officer, held.thread)
        return next(each for each in view.clocks if each.kind == "destruction")

    assert (seen().request, seen().warned) == (held.delivery, None)
    assert seen().ends.date() >= datetime(2030, 12, 31, tzinfo=UTC).date()
    assert seen().next_warning < seen().ends
    clock.set_to(seen().next_warning + timedelta(minutes=1))
    assert seen().warned == "3/4"


def gone(held, duty, lawyer, **changes):
    body = {"outcome": "destroyed", "on": "2028-03-20", "method": "Files removed"} | changes
    officers.appoint(None, duty.officer, A05, Role.CUSTODIAN)
    made = about(held, "returned_or_destroyed", body, duty)
    return duty.send(made, (duty, Role.DUTY_OFFICER), (lawyer, Role.LEGAL_REVIEWER))


def test_what_a_statement_says_is_destroyed_is_removed_and_the_log_says_so(given, duty, lawyer, node):
    held = given()
    places.bag_of(held).mkdir()
    gone(held, duty, lawyer)
    destroying.destroy(take("destroy"))
    held.refresh_from_db()
    assert held.state == "destroyed"
    assert not list(node.packages.glob(f"*{held.pk}*"))
    leaf = Leaf.objects.order_by("-index").first()
    assert leaf.tag == "evidence:destroy:done"
    assert wire.parse(bytes(leaf.event))["fields"] == {"package": held.package, "seal": held.seal}
    with pytest.raises(NodeError, match="NODE-531"):
        onward(held, duty)
    with pytest.raises(NodeError, match="NODE-458"):
        arriving.order_again(duty.officer, held)


def test_what_the_other_side_destroyed_is_in_our_log_too(delivered, asked, france):
    delivered.refresh_from_db()
    body = ReturnedOrDestroyedBody(
        of=delivered.delivery, outcome="destroyed", on=clock.now().date(), method="Shredded"
    )
    told = answering(
        ReturnedOrDestroyed, body, asked, seq=2, prev=asked.statement_id, seen=(delivered.delivery,)
    )
    assert france(told).error is None
    leaf = Leaf.objects.get(tag="evidence:destroy:told")
    fields = wire.parse(bytes(leaf.event))["fields"]
    assert (fields["package"], fields["outcome"]) == (delivered.package, "destroyed")
    delivered.refresh_from_db()
    assert delivered.state == "sealed"


def test_what_is_delivered_says_of_its_use_what_the_seal_says(delivered):
    from rogatory import evidence

    said = evidence.inspect(places.folder_of(delivered)).seal.conditions
    sent = next(
        each.statement
        for each in index.fold_thread(delivered.thread, authority=A05).entries
        if isinstance(each.statement, Delivery)
    )
    assert said == sent.body.conditions
    assert deliver.stands(Package.objects.get())
