"""Releasing: the package key for one more authority, always in a statement signed by who wrapped it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from rogatory import wire
from rogatory.envelopes import dsse
from rogatory.errors import RogatoryError
from rogatory.evidence import (
    Release,
    Selection,
    Terms,
    disclose,
    disclosure_checks,
    inspect,
    open_package,
    read_release,
    release,
    seal,
    verify_with_key,
)
from rogatory.evidence.releasing import ReleaseStatement
from rogatory.keys import Purpose
from rogatory.statements import UseConditions
from support.packages import ASKING, AT, NOON, SEALER, THIRD, basis, decryption, entry, make, pair
from support.world import counting_random, ring, signing

COURT = "vnm/court"
LATER = NOON + timedelta(days=20)
CONDITIONS = UseConditions(
    use="evidence", proceedings=("DN-2028-0312", "DN-2028-0313"), destroy_by=date(2030, 1, 1)
)
CONSENT = "7" * 64


@pytest.fixture(scope="module")
def packages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sealed")
    plain = make(folder, recipients=(ASKING,)).path
    bound = make(
        folder, folder / "case", recipients=(ASKING,), terms=Terms(conditions=CONDITIONS), out="bound"
    ).path
    return plain, bound


@pytest.fixture
def package(packages):
    return packages[0]


@pytest.fixture
def bound(packages):
    return packages[1]


def refused(act, *args, **changes):
    with pytest.raises(RogatoryError) as caught:
        act(*args, **changes)
    return caught.value.code


def make_release(package, *names, by=ASKING, now=LATER, **changes):
    recipients = [pair(name, Purpose.ENCRYPTION).public for name in names or (COURT,)]
    return release(package, decryption(ASKING), recipients, signing(by), now=now, **changes)


def signed(of, signer=ASKING, media_type=None, purpose=Purpose.STATEMENT, **changes):
    """A release bent after it was made, and signed again."""
    document = wire.parse(dsse.read(make_release(of)).payload)
    payload = wire.canonical(document | changes)
    kind = media_type or "application/vnd.rogatory.release.v1+json"
    return dsse.sign(kind, payload, signing(signer, purpose))


def read(data, package, now=LATER):
    return read_release(data, package, ring(), now)


def test_who_was_released_to_opens_the_package_and_is_told_by_whom(package, tmp_path):
    found = read(make_release(package), package)
    assert isinstance(found, Release)
    assert (found.by, found.at) == (ASKING, LATER)
    opened = open_package(
        package, decryption(COURT), tmp_path / "bag", basis(), random=counting_random(), release=found
    )
    told = {each.code: each.sentence() for each in (*opened.proves, *opened.does_not_prove)}
    assert told["EVID-241"].startswith(
        f"The key was released to its opener by {ASKING}, at 2028-04-02T18:32:00Z"
    )
    assert told["EVID-242"].startswith(f"Not proved: that {SEALER} agreed")
    assert (tmp_path / "bag/data/case/README").read_bytes() == b"two"


def test_without_a_release_who_is_not_named_opens_nothing(package):
    assert refused(verify_with_key, package, decryption(COURT), basis()) == "EVID-060"
    found = read(make_release(package), package)
    assert refused(verify_with_key, package, decryption(THIRD), basis(), release=found) == "EVID-060"


def test_one_whom_the_seal_names_is_told_nothing_of_a_release(package):
    found = read(make_release(package, ASKING), package)
    opened = verify_with_key(package, decryption(ASKING), basis(), release=found)
    assert "EVID-241" not in [each.code for each in opened.proves]


def test_the_package_is_not_touched_and_stays_verified(package):
    before = {path: path.stat().st_mtime_ns for path in package.rglob("*")}
    make_release(package)
    assert {path: path.stat().st_mtime_ns for path in package.rglob("*")} == before


def test_a_release_can_be_released_again_and_names_each_who_did(package):
    first = read(make_release(package, THIRD), package)
    again = release(
        package,
        decryption(THIRD),
        [pair(COURT, Purpose.ARCHIVE).public],
        signing(THIRD),
        now=LATER,
        wrapped=first.wraps,
    )
    found = read(again, package)
    assert found.by == THIRD
    opened = verify_with_key(package, pair(COURT, Purpose.ARCHIVE), basis(), release=found)
    assert opened.opened


def test_who_was_released_to_can_disclose(package, tmp_path):
    found = read(make_release(package), package)
    made = disclose(
        package,
        decryption(COURT),
        Selection(files=["case/README"]),
        tmp_path / "part",
        random=counting_random(),
        wrapped=found.wraps,
    )
    assert made.given[0].whole


def test_a_sealer_that_is_a_recipient_by_its_archive_key_opens_its_own_package(tmp_path):
    folder = tmp_path / "case"
    folder.mkdir()
    (folder / "a.log").write_bytes(b"a")
    own = pair(SEALER, Purpose.ARCHIVE)
    made = seal(
        [folder],
        [decryption(ASKING).public, own.public],
        signing(SEALER, Purpose.SEAL),
        tmp_path / "package",
        now=NOON,
        random=counting_random(),
    )
    assert verify_with_key(made.path, own, basis()).files == 1


def test_what_cannot_be_released_is_refused(package):
    key, to = decryption(ASKING), [pair(COURT, Purpose.ENCRYPTION).public]
    assert refused(release, package, key, [], signing(ASKING), now=LATER) == "EVID-008"
    assert refused(release, package, key, to, signing(ASKING, Purpose.SEAL), now=LATER) == "EVID-226"
    assert refused(release, package, decryption(THIRD), to, signing(THIRD), now=LATER) == "EVID-060"
    wrong = [pair(COURT, Purpose.ENCRYPTION, rehearsal=True).public]
    assert refused(release, package, key, wrong, signing(ASKING), now=LATER) == "EVID-011"
    signer = [pair(COURT, Purpose.STATEMENT).public]
    assert refused(release, package, key, signer, signing(ASKING), now=LATER) == "KEY-003"


def test_conditions_travel_and_cannot_be_widened(bound):
    """``check_no_wider``."""
    kept = read(make_release(bound), bound)
    assert kept.conditions == CONDITIONS
    narrower = CONDITIONS.model_copy(
        update={"use": "lead", "proceedings": ("DN-2028-0312",), "destroy_by": date(2029, 1, 1)}
    )
    assert read(make_release(bound, conditions=narrower), bound).conditions == narrower
    wider = [
        {"onward": "same_proceedings"},
        {"proceedings": ()},
        {"proceedings": ("DN-2028-0312", "other")},
        {"destroy_by": None},
        {"destroy_by": date(2031, 1, 1)},
    ]
    for change in wider:
        changed = CONDITIONS.model_copy(update=change)
        assert refused(make_release, bound, conditions=changed) == "EVID-223"
        bent = signed(bound, conditions=changed.model_dump(mode="json", exclude_none=True))
        assert refused(read, bent, bound) == "EVID-223"


def test_a_use_is_never_widened_and_none_is_dropped(packages, tmp_path):
    lead = CONDITIONS.model_copy(update={"use": "lead"})
    package = make(tmp_path, recipients=(ASKING,), terms=Terms(conditions=lead)).path
    assert refused(make_release, package, conditions=CONDITIONS) == "EVID-223"
    document = wire.parse(dsse.read(make_release(package)).payload)
    del document["conditions"]
    bent = dsse.sign("application/vnd.rogatory.release.v1+json", wire.canonical(document), signing(ASKING))
    assert refused(read, bent, package) == "EVID-223"


def test_another_party_needs_a_consent_where_the_seal_asks_for_one(bound):
    """``check_consent``."""
    assert refused(make_release, bound, THIRD) == "EVID-225"
    found = read(make_release(bound, THIRD, consent=CONSENT), bound)
    assert found.consent == CONSENT
    document = wire.parse(dsse.read(make_release(bound, THIRD, consent=CONSENT)).payload)
    del document["consent"]
    bent = dsse.sign("application/vnd.rogatory.release.v1+json", wire.canonical(document), signing(ASKING))
    assert refused(read, bent, bound) == "EVID-225"


BENT = {
    "another package": ({"package": "0" * 64}, "EVID-220", "check_released_seal"),
    "another seal": ({"seal": "0" * 64}, "EVID-220", "check_released_seal"),
    "another releaser": ({"released_by": THIRD}, "EVID-221", "check_releaser"),
    "before the seal": ({"released_at": "2028-03-01T00:00:00Z"}, "EVID-222", "check_release_time"),
    "in the future": ({"released_at": "2028-06-01T00:00:00Z"}, "EVID-222", "check_release_time"),
    "after its key": ({"released_at": "2029-03-01T00:00:00Z"}, "EVID-222", "check_release_time"),
    "a rehearsal": ({"rehearsal": True}, "EVID-224", "check_rehearsals"),
}


@pytest.mark.parametrize("name", BENT)
def test_a_bent_release_is_refused_by_one_check_and_passes_without_it(package, name, monkeypatch):
    changes, code, check = BENT[name]
    data = signed(package, **changes)
    assert refused(read, data, package) == code
    monkeypatch.setattr(disclosure_checks, check, lambda *_: None)
    read(data, package)


def test_a_release_signed_as_something_else_or_by_another_key_is_refused(package):
    """``check_release_type``."""
    kind = "application/vnd.rogatory.delivery.v1+json"
    assert refused(read, signed(package, media_type=kind), package) == "EVID-224"
    assert refused(read, signed(package, purpose=Purpose.SEAL), package) == "KEY-003"
    assert refused(read, signed(package, signer=COURT), package) == "KEY-005"
    stolen = basis(ring=type(ring())([entry(signing(ASKING), compromised_since=LATER)]))
    assert refused(read_release, make_release(package), package, stolen.ring, LATER) == "KEY-007"


def test_a_release_of_one_package_opens_no_other(package, bound):
    found = read(make_release(package), package)
    assert refused(verify_with_key, bound, decryption(COURT), basis(), release=found) == "ENV-033"


def test_a_release_says_what_is_in_it(bound):
    document = wire.decode(dsse.read(make_release(bound)).payload, ReleaseStatement)
    assert document.seal == inspect(bound).digest
    assert [each.recipient for each in document.wraps] == [COURT]
    assert document.released_at > AT


def test_nothing_is_released_after_the_day_of_destruction(bound, monkeypatch):
    """``check_still_held``: by the release's own date, in UTC; when it is read does not matter."""
    last = LATER.date()
    today = CONDITIONS.model_copy(update={"destroy_by": last})
    late = CONDITIONS.model_copy(update={"destroy_by": last - timedelta(days=1)})
    found = make_release(bound, conditions=today)
    assert read(found, bound, LATER + timedelta(days=90)).conditions == today
    assert refused(make_release, bound, conditions=late) == "EVID-228"
    given = late.model_dump(mode="json", exclude_none=True)
    bent = signed(bound, conditions=given)
    assert refused(read, bent, bound) == "EVID-228"
    monkeypatch.setattr(disclosure_checks, "check_still_held", lambda *_: None)
    assert read(bent, bound).conditions == late


def test_the_day_of_destruction_of_the_seal_binds_a_release(tmp_path):
    conditions = UseConditions(use="evidence", destroy_by=NOON.date())
    package = make(tmp_path, recipients=(ASKING,), terms=Terms(conditions=conditions)).path
    assert read(make_release(package, now=NOON), package).at == NOON
    assert refused(make_release, package) == "EVID-228"
