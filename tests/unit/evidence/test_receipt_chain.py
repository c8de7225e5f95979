"""The custody chain of a receipt: what the package, a release and proofs tell, and what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rogatory import evidence
from rogatory.errors import CustodyError, EvidenceError
from rogatory.evidence import Basis, Release
from rogatory.statements import WrappedKey
from rogatory.values import instant_text
from support.papers import ASKING, LATER, SEALER, made, proof

OPENED = LATER + timedelta(days=2)


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    return made(tmp_path_factory.mktemp("chain"))


def event(world, **changes):
    fields = {"fields": {"package": world.opened.package}, "tag": "evidence:open:done"}
    return {**fields, "at": instant_text(OPENED), **changes}


def test_the_sealing_is_first_and_its_receipt_says_by_when_it_was_seen(world):
    (link,) = world.chain()
    assert (link.what, link.by, link.to, link.known) == ("sealed", SEALER, (ASKING, SEALER), "seen")
    assert (link.log, link.index, link.at) == (f"{SEALER}/log", 0, world.opened.sealed_at)
    assert link.seen > link.at


def test_without_logs_to_believe_the_sealing_is_what_the_sealer_says(world):
    bare = Basis(ring=world.basis.ring, at=world.basis.at)
    (link,) = evidence.chain(world.package, world.opened, bare)
    assert (link.known, link.log) == ("said", "")


def test_a_proof_and_a_release_take_their_places_by_time(world):
    wraps = (WrappedKey(recipient="xtp/cyber", key="a" * 64, wrap=b"x"),)
    given = Release(by=ASKING, at=OPENED + timedelta(days=1), wraps=wraps)
    links = world.chain(proofs=[proof(ASKING, event(world))], release=given)
    assert [each.what for each in links] == ["sealed", "opened", "released"]
    assert (links[1].known, links[1].at, links[1].log) == ("logged", OPENED, f"{ASKING}/log")
    assert links[2].to == ("xtp/cyber",)


def test_an_event_of_another_kind_or_without_a_time_is_drawn_as_what_it_is(world):
    odd = event(world, tag="evidence:odd:done", at="yesterday")
    links = world.chain(proofs=[proof(ASKING, odd)])
    assert (links[-1].what, links[-1].tag, links[-1].at) == ("other", "evidence:odd:done", None)
    assert "Recorded: evidence:odd:done by vnm/a05" in _alt(world, links)


def _alt(world, links):
    from support.papers import elements

    (figure,) = (each for each in elements(world.receipt(links)) if each.get("/S") == "/Figure")
    return figure["/Alt"]


@pytest.mark.parametrize(
    "fields", [{}, {"package": "0" * 64}, {"seal": "0" * 64}, {"package": 1}, "none", None]
)
def test_a_proof_about_another_package_is_refused(world, fields):
    with pytest.raises(EvidenceError) as caught:
        world.chain(proofs=[proof(ASKING, event(world, fields=fields))])
    assert caught.value.code == "EVID-173"


def test_a_proof_that_withholds_its_event_is_refused(world):
    with pytest.raises(EvidenceError) as caught:
        world.chain(proofs=[proof(ASKING, None)])
    assert caught.value.code == "EVID-174"


def test_a_log_that_tells_of_another_party_is_refused(world):
    with pytest.raises(EvidenceError) as caught:
        world.chain(proofs=[proof(SEALER, event(world), log=ASKING)])
    assert caught.value.code == "EVID-175"


def test_a_proof_of_a_log_that_nobody_believes_is_refused(world):
    with pytest.raises(CustodyError):
        world.chain(proofs=[proof("deu/lka", event(world))])
