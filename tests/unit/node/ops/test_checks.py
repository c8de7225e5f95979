"""A node that is looked over says what is wrong in a line, and changes nothing."""

from __future__ import annotations

import shutil
from datetime import timedelta

import pytest

from rogatory import custody
from rogatory_node.base import NodeError, Role, clock, home, keystore
from rogatory_node.commands import _folder
from rogatory_node.ops import checks, layout, rebuild, setup, staff
from rogatory_node.records import heads, log, outbox
from rogatory_node.records.models import Due, Leaf, LogFile
from support.world import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="session")
def laid_out(tmp_path_factory):
    folder = tmp_path_factory.mktemp("nodes") / "vnm"
    settings = _folder.configuration(
        mode="simulation",
        party="vnm",
        authorities=["vnm/a05=Department A05", "vnm/spp"],
        web={"public_url": "http://localhost:8000"},
        peers=["http://localhost:8001"],
    )
    place = home.Home(folder)
    layout.lay_out(place, settings)
    return place, settings


@pytest.fixture
def found(laid_out, settings, tmp_path):
    place = home.Home(tmp_path / "vnm")
    shutil.copytree(laid_out[0].folder, place.folder)
    settings.ROGATORY_HOME, settings.ROGATORY = place, laid_out[1]
    setup.found(at=NOON)
    for authority in settings.ROGATORY.authority_ids:
        staff.appoint(
            staff.enlist_or_find("hoa", "Hoa", language="en", password=None), authority, Role.OPERATOR
        )
    return place


def bad():
    return {each.name: each.words for each in checks.look_over() if not each.good}


def test_a_node_as_it_was_made_is_good(found) -> None:
    assert bad() == {}
    heads.publish_own(now=clock.now())
    assert bad() == {}


def test_the_first_leaf_says_what_the_node_is(found) -> None:
    assert Leaf.objects.get(pk=0).tag == "node:found:done"
    assert Leaf.objects.get(pk=0).at >= NOON
    setup.found(at=None)
    assert Leaf.objects.filter(tag="node:found:done").count() == 1


def test_an_authority_name_is_optional(laid_out) -> None:
    assert [each.name for each in laid_out[1].authorities] == ["Department A05", "vnm/spp"]
    assert laid_out[1].peers.local_urls == ("http://localhost:8001",)


def test_a_node_is_never_laid_out_twice(found, laid_out) -> None:
    before = sorted(each.name for each in found.keys.iterdir())
    with pytest.raises(NodeError, match="NODE-002"):
        layout.lay_out(found, laid_out[1])
    assert sorted(each.name for each in found.keys.iterdir()) == before


def test_a_changed_mode_is_found(found, settings) -> None:
    settings.ROGATORY = settings.ROGATORY.model_copy(update={"mode": "production"})
    assert "NODE-304" in bad()["mode"]
    with pytest.raises(NodeError, match="NODE-304"):
        checks.require_same_mode()


def test_a_played_time_in_production_is_found(found, settings) -> None:
    settings.ROGATORY = settings.ROGATORY.model_copy(update={"mode": "production"})
    Leaf.objects.all().delete()
    assert "clock" in bad()["mode"]


def test_what_others_can_read_is_found(found) -> None:
    found.keys.chmod(0o755)
    assert bad()["folder"] == "NODE-305 Not as it must be: folder: others can read keys."


def test_a_missing_key_is_found(found) -> None:
    next(found.keys.glob("vnm.spp.seal.*.key")).unlink()
    assert bad()["keys"].startswith("NODE-012")
    with pytest.raises(NodeError, match="NODE-012"):
        keystore.signing(found, "vnm/spp", "seal")


def test_a_damaged_log_is_found(found) -> None:
    heads.publish_own(now=clock.now())
    LogFile.objects.filter(path__startswith="tile/0/").update(data=b"\0" * 32 * 16)
    assert "custody log" in bad()


def test_rows_that_were_given_up_wait_for_a_person(found) -> None:
    outbox.put("deliver", "a", authority="vnm/a05", now=NOON)
    assert bad() == {}
    Due.objects.update(state=Due.State.GIVEN_UP)
    assert "1 rows" in bad()["due"]


def test_an_authority_that_nobody_serves_is_found(found) -> None:
    hoa = staff.enlist_or_find("hoa", "Hoa", language="en", password=None)
    assert staff.held(hoa) == ["vnm/a05:operator", "vnm/spp:operator"]
    hoa.appointments.filter(authority="vnm/spp").update(until=NOON)
    assert "vnm/spp" in bad()["people"]


def test_a_database_of_another_version_is_found(found, monkeypatch) -> None:
    monkeypatch.setattr(
        "django.db.migrations.executor.MigrationExecutor.migration_plan", lambda *_: [("x", False)]
    )
    assert "1 migrations" in bad()["database"]


def test_the_log_is_signed_on_a_beat_even_when_nothing_happened(found) -> None:
    beat = timedelta(minutes=10)
    first = heads.publish_beat(now=NOON, every=beat)
    assert heads.publish_beat(now=NOON + beat / 2, every=beat) is None
    second = heads.publish_beat(now=NOON + beat, every=beat)
    sizes = [custody.read_checkpoint(each.text).size for each in (first, second)]
    assert sizes == [16, 32]
    assert log.size() == 32


def test_the_nodes_own_keys_have_names_of_their_own(found) -> None:
    (_, log_key), (_, witness_key) = heads.log_key(), heads.witness_key()
    assert (log_key.name, witness_key.name) == ("vnm/a05/log", "vnm/a05/witness")


def test_an_empty_node_is_rebuilt_to_nothing(found) -> None:
    assert rebuild.rebuild() == rebuild.Rebuilt(rows=0, repaired=0, threads=0)


def test_every_key_that_the_register_needs_is_there(found) -> None:
    held = keystore.every(found, "vnm/a05")
    assert [each.public.purpose for each in held] == [
        *keystore.AUTHORITY_PURPOSES,
        *keystore.NODE_PURPOSES,
    ]
    assert {each.public.authority for each in held} == {"vnm/a05"}
