"""The host publishes what holds, and nothing of what does not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rogatory import keys, register
from rogatory.errors import KeysError, RegisterError, RogatoryError
from rogatory.keys import Purpose
from rogatory.register import files, host
from support.registers import (
    HOST,
    ORIGIN,
    START,
    authorities_of,
    custodians,
    identity_of,
    offline,
    online,
    release,
)
from support.world import ASKING, pair

SOON = START + timedelta(hours=1)


def tree(folder):
    skipped = {".lock"}
    return {
        each.relative_to(folder).as_posix(): each.read_bytes()
        for each in folder.rglob("*")
        if each.is_file() and each.name not in skipped
    }


def online_release(document, version=2, at=SOON):
    return register.sign_authorities(document, version, [online("vnm")], at)


def changed(**entry):
    before = authorities_of("vnm")
    authority = before.authorities[0].model_copy(update=entry)
    return before.model_copy(update={"issued_at": SOON, "authorities": (authority,)})


def test_a_party_publishes_alone_what_its_online_role_may_say(world):
    world.publish(SOON, online_release(changed(door="https://new.example/peer/v1")))
    assert world.refresh(SOON).authorities[ASKING].door == "https://new.example/peer/v1"


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (changed(keys=authorities_of("vnm").authorities[0].keys[1:]), "REG-018"),
        (
            changed(
                keys=tuple(e.model_copy(update={"possession": None}) for e in changed().authorities[0].keys)
            ),
            "KEY-013",
        ),
        (authorities_of("vnm", SOON, authorities=()), "REG-020"),
    ],
)
def test_a_release_that_does_not_hold_leaves_the_register_as_it_was(world, document, code):
    before = tree(world.host)
    with pytest.raises(RogatoryError) as caught:
        world.publish(SOON, online_release(document))
    assert caught.value.code == code
    assert tree(world.host) == before


def test_a_revoked_key_stays_and_is_not_believed(world):
    first, *others = authorities_of("vnm").authorities[0].keys
    revoked = first.model_copy(update={"revoked": SOON})
    world.publish(SOON, online_release(changed(keys=(revoked, *others))))
    ring = world.refresh(SOON).ring
    assert ring.find(first.key.key_id, first.key.purpose, START + timedelta(minutes=1))
    with pytest.raises(KeysError, match="KEY-007"):
        ring.find(first.key.key_id, first.key.purpose, SOON)


def test_a_new_key_joins_the_old_ones(world):
    fresh = register.key_entry(pair(ASKING, Purpose.STATEMENT, 1), SOON)
    old = authorities_of("vnm").authorities[0].keys
    world.publish(SOON, online_release(changed(keys=(*old, fresh))))
    assert world.refresh(SOON).ring.current(ASKING, Purpose.STATEMENT, SOON).key == fresh.key


def test_the_online_role_alone_cannot_sign_for_the_offline_one(world):
    forged = register.sign_identity(
        identity_of("vnm", SOON), 2, [online("vnm")], [online("vnm").public], SOON
    )
    with pytest.raises(RegisterError, match="REG-004"):
        world.publish(SOON, forged)


def test_a_party_is_admitted_once(world):
    again = register.Admission("vnm", (offline("vnm").public,))
    with pytest.raises(RegisterError, match="REG-027"):
        world.publish(SOON, admit=[again])


def test_a_register_is_begun_once_in_a_folder(world):
    with pytest.raises(RegisterError, match="REG-029"):
        register.init(world.host, custodians(), ORIGIN, SOON)


def test_publishing_needs_a_register(tmp_path):
    with pytest.raises(RegisterError, match="REG-030"):
        register.publish(tmp_path, custodians(), SOON)


def test_a_register_without_its_timestamp_is_none(world):
    (world.host / "public/metadata/timestamp.json").unlink()
    with pytest.raises(RegisterError, match="REG-030"):
        world.publish(SOON)


def test_two_writers_do_not_meet(world):
    with files.locked(world.host), pytest.raises(RegisterError, match="REG-033"):
        world.publish(SOON)


def test_a_host_that_slept_wakes_up(world):
    late = START + timedelta(days=20)
    with pytest.raises(RegisterError, match="REG-005"):
        world.refresh(late)
    world.publish(late)
    assert set(world.refresh(late).found.parties) == {"vnm", "fra"}


def test_the_top_level_role_is_signed_again_before_it_ends(world):
    assert world.publish(START + timedelta(days=300)).versions["targets"] == 2
    late = world.publish(START + timedelta(days=340))
    assert late.versions["targets"] == 3
    assert late.targets.delegations.roles.keys() == {"vnm", "fra"}


def test_two_custodians_of_two_are_needed_where_two_are_demanded(tmp_path):
    two = (pair(HOST, Purpose.REGISTER, 1), pair(HOST, Purpose.REGISTER, 9))
    strict = register.Custodians(
        **{
            **{
                name: getattr(custodians(), name)
                for name in ("root", "snapshot", "timestamp", "log", "log_entry")
            },
            "targets": two,
            "thresholds": {"targets": 2},
        }
    )
    register.init(tmp_path / "a", strict, ORIGIN, START)
    weak = register.Custodians(
        **{name: getattr(strict, name) for name in strict.__slots__ if name != "targets"}, targets=two[:1]
    )
    with pytest.raises(RegisterError, match="REG-004"):
        register.init(tmp_path / "b", weak, ORIGIN, START)


def test_a_host_that_was_killed_before_its_head_finishes_the_same_log(world, monkeypatch):
    before = world.refresh(SOON)
    real = files.write

    def dies(path, data):
        if path.name == "checkpoint":
            raise KeyboardInterrupt
        real(path, data)

    monkeypatch.setattr(files, "write", dies)
    with pytest.raises(KeyboardInterrupt):
        world.publish(SOON)
    monkeypatch.setattr(files, "write", real)
    assert world.refresh(SOON).digest == before.digest
    world.publish(SOON + timedelta(hours=1))
    # The leaves that were decided on before the fall are in the log, then those of the second call.
    assert world.refresh(SOON + timedelta(hours=1)).checkpoint.size == before.checkpoint.size + 4


def test_the_keys_of_a_register_may_do_nothing_else(world):
    for party in ("vnm", "fra"):
        assert offline(party).public.purpose is Purpose.REGISTER
    with pytest.raises(KeysError, match="KEY-003"):
        register.Admission("vnm", ()) and host.metadata.custodians([pair(ASKING, Purpose.STATEMENT).public])


def test_a_rehearsal_key_never_signs_for_a_register():
    practice = keys.pair_from_seed(b"\x01" * 32, Purpose.REGISTER, "vnm/custodian", rehearsal=True)
    with pytest.raises(RegisterError, match="REG-013"):
        host.metadata.custodians([practice.public])


def test_an_encryption_key_needs_its_authoritys_identity_key():
    secret = pair(ASKING, Purpose.ENCRYPTION)
    with pytest.raises(RegisterError, match="REG-028"):
        register.key_entries([secret], START)
    with pytest.raises(RegisterError, match="REG-028"):
        register.key_entry(secret, START, identity=pair("fra/ofac", Purpose.IDENTITY))


def test_a_release_holds_files_of_its_own_party_alone():
    stolen = release("vnm")
    with pytest.raises(RegisterError, match="REG-010"):
        register.Release(party="fra", files=stolen.files)
    with pytest.raises(RegisterError, match="REG-010"):
        stolen.merged(release("fra"))
    with pytest.raises(RegisterError, match="REG-035"):
        register.Release(party="vnm", files={"../vnm.json": b""})


def test_a_release_reads_back(world):
    mine = release("vnm")
    assert register.read_release(register.write_release(mine)) == mine
    with pytest.raises(RegisterError, match="REG-001"):
        register.read_release(register.write_release(mine)[:-1])
