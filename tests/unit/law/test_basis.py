"""Which instrument governs: matter by matter, and unknown where nobody knows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rogatory import instruments, law
from rogatory.errors import InstrumentError, LawError
from rogatory.law import Hold, Matter, Participation, Standing, State

from .conftest import assumed

DAY = date(2028, 3, 14)
TODAY = date(2026, 11, 21)
RULINGS = instruments.relation("hanoi_2024").matters
YIELDING = [each for each in Matter if RULINGS[each].yields]
OWN = [each for each in Matter if not RULINGS[each].yields]


def codes(answer):
    return [each.code for each in answer.reasons]


def looked(participation, *pairs):
    return replace(participation, no_other_treaty=frozenset(law.pair(*each) for each in pairs))


def test_every_matter_has_a_row_of_the_convention_and_every_row_a_matter():
    assert set(RULINGS) == {each.value for each in Matter}
    assert {each.value for each in Matter} >= {name for key in RELATIONS for name in RELATIONS[key].matters}


RELATIONS = {each.key: each for each in instruments.relations()}


def test_what_the_convention_leaves_to_another_treaty_stands_in_paragraphs_8_to_31():
    for matter in YIELDING:
        (ref,) = RULINGS[matter].refs
        assert 8 <= int(ref.removeprefix("hanoi_2024/art40.p")) <= 31
    own = {ref for matter in OWN for ref in RULINGS[matter].refs}
    assert {ref.removeprefix("hanoi_2024/").partition(".")[0] for ref in own} >= {
        *("art36", "art41", "art42", "art43", "art44", "art45", "art46")
    }


def test_articles_36_and_41_to_46_are_answered_for_themselves():
    basis = law.basis("fra", "vnm", DAY, assumed("fra", "vnm"))
    assert all(basis.answer(each).says("hanoi_2024") for each in OWN)
    assert basis.answer(Matter.PRESERVATION).anchors == ("hanoi_2024/art42",)
    assert basis.answer(Matter.PRESERVATION).assumed
    assert codes(basis.answer(Matter.PRESERVATION)) == ["LAW-111", "LAW-111"]


def test_the_parties_may_agree_to_use_paragraphs_8_to_31():
    both = assumed("fra", "vnm")
    agreed = Participation(both.standings, both.reservations, agreed=frozenset([law.pair("vnm", "fra")]))
    assert all(law.basis("fra", "vnm", DAY, agreed).answer(each).says("hanoi_2024") for each in Matter)


def test_an_agreement_to_use_a_convention_that_does_not_bind_changes_nothing():
    agreed = Participation(agreed=frozenset([law.pair("vnm", "fra")]))
    basis = law.basis("fra", "vnm", DAY, agreed)
    assert basis.answer(Matter.CONTENTS).governing == "fra_vnm_2016"
    assert basis.answer(Matter.PRESERVATION).state is State.UNKNOWN


def test_a_treaty_that_was_not_read_on_a_matter_leaves_it_unknown_and_not_ungoverned():
    # The treaty of 2016 promises the widest assistance; whether it speaks of preservation was not seen.
    answer = law.basis("vnm", "fra", TODAY, law.as_found()).answer(Matter.PRESERVATION)
    assert (answer.state, answer.governing, answer.anchors) == (State.UNKNOWN, "fra_vnm_2016", ())
    assert codes(answer) == ["LAW-110", "LAW-110", "LAW-116", "LAW-112", "LAW-113"]
    assert answer.confidence == "unknown"


def test_what_the_two_agreed_with_one_another_comes_before_what_many_did_but_not_before_the_convention():
    for matter, ref in ((Matter.GATE, "fra_vnm_2016/art1.p1"), (Matter.SPONTANEOUS, "fra_vnm_2016/art16.p1")):
        today = law.basis("vnm", "fra", TODAY, law.as_found())
        assert (today.answer(matter).governing, today.answer(matter).anchors) == ("fra_vnm_2016", (ref,))
        assert {each.partition("/")[0] for each in today.answer(matter).beside} == {"untoc"}
        named = law.basis("vnm", "fra", TODAY, law.as_found(), under="untoc").answer(matter)
        assert (named.governing, named.beside) == ("untoc", (ref,))
        later = law.basis("vnm", "fra", DAY, assumed("vnm", "fra")).answer(matter)
        assert later.governing == "hanoi_2024"
        assert ref in later.beside


def test_an_assistance_treaty_is_not_taken_to_speak_of_extradition():
    # Art. 1 of the treaty of 2016 leaves extradition out; of the one with Australia nothing was read.
    for other in ("fra", "aus"):
        answer = law.basis("vnm", other, TODAY, Participation()).answer(Matter.EXTRADITION)
        assert answer.state is State.NONE


def test_before_the_treaty_of_2016_was_in_force_it_governs_nothing():
    participation = assumed("fra", "vnm", since=date(2020, 1, 1))
    basis = law.basis("fra", "vnm", date(2020, 4, 30), participation)
    assert basis.answer(Matter.CONTENTS).governing is None
    assert basis.bonds["fra_vnm_2016"].hold is Hold.NOT_BOUND
    assert [each.code for each in basis.bonds["fra_vnm_2016"].reasons] == ["LAW-129"]
    again = law.basis("fra", "vnm", date(2020, 5, 1), participation)
    assert again.answer(Matter.CONTENTS).governing == "fra_vnm_2016"


def test_a_pair_of_which_nobody_looked_is_unknown_and_not_the_conventions():
    basis = law.basis("vnm", "bra", DAY, assumed("vnm", "bra"))
    assert {basis.answer(each).state for each in YIELDING} == {State.UNKNOWN}
    assert {basis.answer(each).governing for each in YIELDING} == {None}
    assert codes(basis.answer(Matter.CONTENTS))[-1] == "LAW-114"


def test_a_pair_without_another_treaty_uses_the_convention():
    participation = looked(assumed("vnm", "bra"), ("bra", "vnm"))
    assert all(law.basis("vnm", "bra", DAY, participation).answer(each).says("hanoi_2024") for each in Matter)


def test_the_convention_binds_nobody_yet():
    basis = law.basis("qat", "vnm", TODAY, law.as_found())
    answer = basis.answer(Matter.STORED_DATA)
    assert (answer.state, answer.governing) == (State.NONE, None)
    assert codes(answer)[:2] == ["LAW-110", "LAW-110"]
    assert not any(basis.answer(each).says("hanoi_2024") for each in Matter)


def test_where_no_instrument_binds_a_template_is_offered_and_governs_nothing():
    answer = law.basis("xaa", "xab", DAY, looked(Participation(), ("xaa", "xab"))).answer(Matter.COSTS)
    assert (answer.state, answer.governing, answer.anchors) == (State.NONE, None, ())
    assert answer.beside == ("reciprocity/matter.costs",)


def test_a_party_bound_from_tomorrow_is_not_bound_today():
    one = assumed("vnm", "bra", since=date(2028, 3, 15))
    assert law.basis("vnm", "bra", DAY, one).answer(Matter.PRESERVATION).state is State.NONE
    assert law.basis("vnm", "bra", date(2028, 3, 15), one).answer(Matter.PRESERVATION).state is State.STATED


def test_one_party_alone_binds_no_pair():
    assert law.basis("vnm", "bra", DAY, assumed("vnm")).answer(Matter.PRESERVATION).state is State.NONE


def test_a_party_that_denounced_is_bound_to_the_day_before():
    standing = Standing(since=date(2027, 1, 1), until=DAY)
    both = Participation({("hanoi_2024", each): standing for each in ("vnm", "bra")})
    assert law.basis("vnm", "bra", date(2028, 3, 13), both).bonds["hanoi_2024"].hold is Hold.BOUND
    assert law.basis("vnm", "bra", DAY, both).bonds["hanoi_2024"].hold is Hold.NOT_BOUND


def test_reservations_of_both_parties_come_with_it():
    basis = law.basis("vnm", "qat", DAY, assumed("vnm", "qat"))
    assert "hanoi_2024/art14" in basis.reserved["qat"]
    assert basis.reserved["vnm"] == {"untoc/art35.p3"}


def test_a_reservation_bears_on_the_matters_it_touches_and_no_other():
    basis = law.basis("vnm", "qat", DAY, assumed("vnm", "qat"))
    assert basis.answer(Matter.GATE).bearing == ("hanoi_2024/party.qat.c2",)
    assert basis.answer(Matter.PRESERVATION).bearing == ()
    assert "14-16" in instruments.text("hanoi_2024/party.qat.c2")


def test_a_party_does_not_ask_itself():
    with pytest.raises(LawError, match="LAW-005"):
        law.basis("vnm", "vnm", DAY, law.as_found())


def test_today_budapest_governs_preservation_between_its_parties():
    answer = law.basis("fra", "deu", TODAY, law.as_found()).answer(Matter.PRESERVATION)
    assert (answer.state, answer.governing, answer.anchors) == (State.STATED, "ets_185", ("ets_185/art29",))
    assert codes(answer) == ["LAW-110", "LAW-110"]
    # Germany's reservation is from memory, and the answer names it.
    assert answer.bearing == ("ets_185/party.deu.c4",)


def test_the_convention_comes_first_where_it_binds_and_the_other_stands_beside_it():
    participation = assumed("fra", "deu")
    answer = law.basis("fra", "deu", DAY, participation).answer(Matter.PRESERVATION)
    assert (answer.governing, answer.beside) == ("hanoi_2024", ("ets_185/art29",))
    named = law.basis("fra", "deu", DAY, participation, under="ets_185").answer(Matter.PRESERVATION)
    assert (named.governing, named.beside) == ("ets_185", ("hanoi_2024/art42",))


def test_an_instrument_that_does_not_bind_is_not_chosen_by_naming_it():
    answer = law.basis("vnm", "fra", DAY, assumed("vnm", "fra"), under="ets_185").answer(Matter.PRESERVATION)
    assert answer.governing == "hanoi_2024"


def test_an_instrument_nobody_has_is_refused_as_a_basis():
    with pytest.raises(InstrumentError, match="INST-002"):
        law.basis("vnm", "fra", DAY, law.as_found(), under="jakarta_1999").answer(Matter.PRESERVATION)


def test_a_party_that_is_not_listed_is_unknown_and_the_answer_does_not_pass_to_the_next_instrument():
    # Italy is no row of Budapest's partial list here, which means nothing.
    basis = law.basis("fra", "ita", TODAY, law.as_found())
    answer = basis.answer(Matter.GATE)
    assert (answer.state, answer.governing) == (State.UNKNOWN, None)
    assert codes(answer) == ["LAW-110", "LAW-110", "LAW-117"]
    assert basis.bonds["ets_185"].hold is Hold.UNKNOWN
    assert dict(basis.bonds["ets_185"].reasons[0].fields) == {"instrument": "ets_185", "party": "ita"}


def test_one_party_known_not_to_be_bound_settles_it():
    # Viet Nam is known to stand outside Budapest, so what is not known of Italy does not matter.
    bond = law.basis("vnm", "ita", TODAY, law.as_found()).bonds["ets_185"]
    assert (bond.hold, [each.code for each in bond.reasons]) == (Hold.NOT_BOUND, ["LAW-116"])


def test_an_answer_is_no_surer_than_the_day_it_rests_on():
    # Tunisia's day under Budapest is from memory; the article itself was read.
    answer = law.basis("fra", "tun", TODAY, law.as_found()).answer(Matter.PRESERVATION)
    assert (answer.governing, answer.confidence) == ("ets_185", "memory")
    assert law.basis("fra", "jpn", TODAY, law.as_found()).answer(Matter.PATH).confidence == "verified"


def test_every_reason_and_anchor_of_every_answer_resolves_and_has_words():
    participation = looked(law.as_found(), ("fra", "deu"), ("bra", "zaf"))
    pairs = [("fra", "vnm"), ("vnm", "aus"), ("vnm", "arg"), ("fra", "deu"), ("fra", "ita"), ("bra", "zaf")]
    for one, other in pairs:
        for participating in (participation, law.assume_in_force(participation, (one, other), DAY)):
            basis = law.basis(one, other, DAY, participating)
            told = [each for answer in basis.matters.values() for each in answer.reasons]
            for reason in [*told, *(each for bond in basis.bonds.values() for each in bond.reasons)]:
                assert instruments.exists(reason.anchor), reason
                assert "{" not in law.sentence(reason)
            for answer in basis.matters.values():
                refs = (*answer.anchors, *answer.bearing, *answer.beside)
                assert all(instruments.exists(ref) for ref in refs), answer
                assert bool(answer.anchors) == (answer.state is State.STATED)
                assert (answer.governing is None) <= (answer.state in {State.UNKNOWN, State.NONE})


def test_an_answer_is_the_same_however_often_it_is_asked_and_all_are_there():
    basis = law.basis("fra", "deu", TODAY, law.as_found())
    assert list(basis.matters) == list(Matter)
    assert len(basis.matters) == len(Matter)
    assert basis.matters[Matter.COSTS] is basis.matters[Matter.COSTS]
    assert basis.matters == law.basis("fra", "deu", TODAY, law.as_found()).matters


STATES = ["vnm", "fra", "deu", "aus", "arg", "bra", "zaf", "ita", "qat", "xaa"]
DAYS = st.dates(date(1999, 1, 1), date(2030, 12, 31))


@given(data=st.data(), on=DAYS, both=st.permutations(STATES).map(lambda each: each[:2]))
def test_for_any_pair_day_and_participation_only_what_binds_governs_and_unknown_never_slides(data, on, both):
    participation = law.as_found()
    for key in data.draw(st.sets(st.sampled_from(["hanoi_2024", "ets_185", "untoc"]))):
        participation = law.assume_in_force(participation, both, data.draw(DAYS), key)
    some = frozenset([law.pair(*both)])
    looked_for, agreed = data.draw(st.booleans()), data.draw(st.booleans())
    participation = replace(
        participation,
        no_other_treaty=some if looked_for else frozenset(),
        agreed=some if agreed else frozenset(),
    )
    under = data.draw(st.none() | st.sampled_from(instruments.instruments()))
    basis = law.basis(*both, on, participation, under=under)
    treaties = [bond for key, bond in basis.bonds.items() if RELATIONS[key].rank is None]
    for answer in basis.matters.values():
        bonds = [basis.bonds[answer.governing]] if answer.governing else []
        assert all(bond.hold is Hold.BOUND for bond in bonds)
        assert answer.assumed <= any(bond.assumed for bond in bonds)
        assert bool(answer.anchors) == (answer.state is State.STATED)
        assert all(ref.partition("/")[0] == answer.governing for ref in (*answer.anchors, *answer.bearing))
        held = answer.state is State.NONE or all(
            basis.bonds[ref.partition("/")[0]].hold is Hold.BOUND for ref in answer.beside
        )
        assert held
        assert answer.reasons or answer.state is State.STATED
    used = agreed and basis.bonds["hanoi_2024"].hold is Hold.BOUND
    for matter in YIELDING if not used else ():
        answer = basis.answer(matter)
        if any(bond.hold is Hold.BOUND for bond in treaties):
            assert answer.governing in {bond.instrument for bond in treaties}
        elif any(bond.hold is Hold.UNKNOWN for bond in treaties):
            assert (answer.state, answer.governing) == (State.UNKNOWN, None)
        elif not looked_for:
            assert answer.governing is None or not RELATIONS[answer.governing].matters[matter].yields
