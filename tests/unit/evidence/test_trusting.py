"""From one root to a verdict: the register's bundle, a custody receipt, and the day that they prove."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rogatory import custody, register
from rogatory.errors import CustodyError, EvidenceError, RegisterError
from rogatory.evidence import Terms, basis_from, checks, log_ring, verify
from rogatory.evidence.opening import trusting
from rogatory.keys import KeyRing, Purpose
from support.crafting import Craft
from support.packages import ASKED, ASKING, AT, NOON, SEALER, THIRD, basis, entry, make, pair
from support.receipts import receipt, ring
from support.registers import new_world

LATER = NOON + timedelta(days=3000)


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    made = new_world(tmp_path_factory.mktemp("register"))
    made.publish(NOON)
    return made.root, register.make_bundle(made.refresh(NOON))


@pytest.fixture
def package(tmp_path, world):
    return make(tmp_path, terms=Terms(trust=world[1])).path


def codes(claims):
    return [each.code for each in claims]


def test_a_root_and_the_package_are_enough(package, world):
    found = verify(package, basis_from(package, world[0], now=AT))
    assert found.sealed_by == ASKED
    assert verify(package, basis_from(package, world[0], now=LATER, as_of=AT)).seal == found.seal


def test_a_bundle_given_by_hand_takes_the_place_of_the_packages_own(tmp_path, world):
    bare = make(tmp_path).path
    assert verify(bare, basis_from(bare, world[0], now=AT, bundle=world[1]))


def test_another_root_proves_nothing(package, tmp_path):
    other = register.init(tmp_path / "other", custodians(), "other.example/log", NOON)
    with pytest.raises(RegisterError):
        basis_from(package, other, now=AT)


def custodians():
    from support.registers import custodians as real

    made = real()
    role = pair("xun/other", Purpose.REGISTER, 9)
    return type(made)(
        root=(role,),
        targets=(pair("xun/other", Purpose.REGISTER, 8),),
        snapshot=(pair("xun/other", Purpose.REGISTER, 7),),
        timestamp=(pair("xun/other", Purpose.REGISTER, 6),),
        log=made.log,
        log_entry=made.log_entry,
    )


def test_logs_and_witnesses_stand_under_the_names_of_their_authorities():
    found = log_ring(ring(), AT)
    assert set(found.logs) == {f"{SEALER}/log"}
    assert set(found.witnesses) == {f"{ASKING}/witness", f"{THIRD}/witness"}
    assert log_ring(ring(revoked=NOON), AT) == custody.LogRing()


def test_two_witnesses_prove_a_time_and_the_later_one_fixes_it(package):
    receipt(package, ASKING, THIRD)
    found = verify(package, basis(ring=ring(), logs=log_ring(ring(), AT)))
    assert codes(found.proves)[-2:] == ["EVID-125", "EVID-126"]
    assert found.proves[-1].fields["instant"] == "2028-03-13T18:34:00Z"
    assert not {"EVID-144", "EVID-145", "EVID-148"} & set(codes(found.does_not_prove))


def test_one_witness_proves_a_place_in_the_log_and_no_time(package):
    receipt(package, ASKING)
    found = verify(package, basis(ring=ring(), logs=log_ring(ring(), AT)))
    assert codes(found.proves)[-1] == "EVID-125"
    assert "EVID-148" in codes(found.does_not_prove)
    found = verify(package, basis(ring=ring(), logs=log_ring(ring(), AT), quorum=1))
    assert codes(found.proves)[-1] == "EVID-126"


def test_a_receipt_that_nobody_could_check_is_said_to_be_unchecked(package):
    receipt(package, ASKING, THIRD)
    assert "EVID-145" in codes(verify(package, basis(ring=ring())).does_not_prove)


def test_a_receipt_of_an_unknown_log_or_another_seal_is_refused(package):
    receipt(package, ASKING, THIRD)
    with pytest.raises(CustodyError):
        verify(package, basis(ring=ring(), logs=custody.LogRing()))
    receipt(package, ASKING, THIRD, digest="0" * 64)
    with pytest.raises(EvidenceError, match="EVID-035"):
        verify(package, basis(ring=ring(), logs=log_ring(ring(), AT)))


@pytest.mark.parametrize("event", [b"[]", b'{"fields":[]}', b'{"fields":{}}', b'{"seal":"x"}'])
def test_a_receipt_whose_event_names_no_seal_is_refused(package, event):
    opening = custody.Opening(event=event.decode(), salt=b"s" * 32)
    made = custody.Receipt(leaf=b"l" * 32, index=0, path=(), checkpoint="none", opening=opening)
    (package / "receipt").mkdir()
    for each in (made, made.model_copy(update={"opening": None})):
        (package / "receipt/custody.json").write_bytes(custody.write_receipt(each))
        with pytest.raises(EvidenceError, match="EVID-035"):
            verify(package, basis())


def test_keys_are_judged_as_of_the_instant_that_the_receipt_proves(package, world, monkeypatch):
    monkeypatch.setattr(trusting, "ring_from", lambda *_: ring())
    receipt(package, ASKING, THIRD)
    assert basis_from(package, b"{}", now=LATER).at == AT + timedelta(minutes=1)
    assert basis_from(package, b"{}", now=LATER, quorum=1).at == AT
    assert basis_from(package, b"{}", now=LATER, quorum=3).at == LATER
    receipt(package)
    assert basis_from(package, b"{}", now=LATER).at == LATER


def own_witnesses(*names):
    keys = [pair(SEALER, Purpose.SEAL), pair(SEALER, Purpose.LOG)]
    return KeyRing([entry(each) for each in (*keys, *(pair(name, Purpose.WITNESS) for name in names))])


@pytest.mark.parametrize(
    ("names", "quorum", "proved"),
    [
        (("fra/one", "fra/two"), 1, False),
        (("fra/one", "fra/two"), 2, False),
        (("fra/one", ASKING), 2, False),
        (("vnm/one", "vnm/two"), 2, False),
        ((THIRD, "xtp/two"), 2, False),
        (("fra/one", "fra/two", THIRD), 1, True),
        ((ASKING, "vnm/two", THIRD), 2, True),
        ((THIRD, "xtq/one"), 2, True),
    ],
)
def test_a_time_is_proved_by_independent_witnesses_alone(package, names, quorum, proved):
    receipt(package, *names)
    trusted = own_witnesses(*names)
    found = verify(package, basis(ring=trusted, logs=log_ring(trusted, AT), quorum=quorum))
    assert (("EVID-126" in codes(found.proves)), ("EVID-148" in codes(found.does_not_prove))) == (
        proved,
        not proved,
    )


def test_a_witness_whose_key_was_compromised_later_proves_no_time_at_all():
    later = NOON + timedelta(days=9)
    assert log_ring(ring(compromised_since=later, revoked=later), AT).witnesses == {}
    assert log_ring(ring(revoked=later), AT).witnesses


def test_a_doubt_that_the_bundle_states_is_told(package):
    later = NOON + timedelta(days=9)
    keys = [entry(pair(SEALER, Purpose.SEAL), revoked=later), entry(pair(ASKING, Purpose.ENCRYPTION))]
    told = verify(package, basis(ring=KeyRing(keys))).does_not_prove
    assert [each.fields for each in told if each.code == "EVID-149"] == [{"since": "2028-03-22T18:32:00Z"}]
    # The other recipient's key is in no register at hand.
    assert [each.fields for each in told if each.code == "EVID-150"] == [{"count": 1}]


def test_a_key_that_is_known_as_somebody_elses_is_no_recipients(tmp_path, monkeypatch):
    def named_falsely(rows):
        return [rows[0], {**rows[1], "recipient": THIRD}]

    def statement(document):
        first, second = document["recipients"]
        return {**document, "recipients": [first, {**second, "authority": THIRD}]}

    for path, data in Craft(wraps=named_falsely, statement=statement).build().items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(data)
    with pytest.raises(EvidenceError, match="EVID-036"):
        verify(tmp_path, basis())
    monkeypatch.setattr(checks, "check_recipient_key", lambda *_: None)
    assert verify(tmp_path, basis())


def test_a_bundle_that_no_longer_speaks_is_no_verdict_on_the_package(package, world):
    with pytest.raises(EvidenceError, match="EVID-064"):
        basis_from(package, world[0], now=LATER)
    with pytest.raises(RegisterError, match="REG-005"):
        basis_from(package, world[0], now=LATER, as_of=LATER)
