"""Clocks beyond preservation: holds, answers, emergencies, measures, what was given, records at home."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from rogatory import law, statements
from rogatory.errors import LawError
from rogatory.law import ClockState, ContactTest, OralRequest
from rogatory.values import DataCategory, Measure

from .conftest import ITEM, utc

ACCOUNT = {"number": 1, "identifier": ITEM["identifier"], "category": Measure.HOLD}
PERSON = {"kind": "person", "verbatim": "Paul Martin", "normalised": "Paul Martin"}
WORDS = {"original": "words", "language": "en"}
DONE = statements.State.EXECUTED


def hold(desk, **particulars):
    return desk.ask(utc(3, 13, 15), items=(ACCOUNT,), kind="hold_notice", hold=particulars)


def test_a_hold_ends_after_the_hours_of_practice_or_when_it_says(desk):
    hold(desk)
    clock = desk.clocks(utc(3, 14))["hold"]
    assert (clock.ends, clock.cites) == (utc(3, 16, 15), "hanoi_2024/prac.hold")
    hold(desk, until=utc(3, 17))
    ends = {each.ends for each in law.clocks(desk.fold(), utc(3, 14)) if each.kind == "hold"}
    assert ends == {utc(3, 16, 15), utc(3, 17)}


def test_money_is_let_go_until_it_is_frozen_even_if_that_was_asked_for(desk):
    of = hold(desk, until=utc(3, 17))
    frozen = ACCOUNT | {"category": Measure.FREEZING}
    asked = desk.ask(utc(3, 16), items=(frozen,), kind="property", property={"hold": of})
    clocks = desk.clocks(utc(3, 16, 12))
    assert clocks["hold_follow_up"].stopped == utc(3, 16)
    assert clocks["hold"].state is ClockState.RUNNING
    desk.report(asked, utc(3, 16, 13), state=DONE)
    assert desk.clocks(utc(3, 18))["hold"].stopped == utc(3, 16, 13)


def test_a_hold_that_nothing_followed_lapses(desk):
    hold(desk, until=utc(3, 17))
    assert desk.clocks(utc(3, 17))["hold"].state is ClockState.LAPSED


def test_an_answer_is_due_until_every_item_is_done(desk):
    two = (ITEM, ITEM | {"number": 2, "category": DataCategory.CONTENT_DATA})
    of = desk.ask(utc(3, 13), items=two, kind="stored_data", deadline=date(2028, 4, 3))
    desk.report(of, utc(3, 20), state=statements.State.DISCLOSED)
    assert desk.clocks(utc(3, 21))["answer"].state is ClockState.RUNNING
    desk.report(of, utc(3, 22), number=2, state=statements.State.VANISHED)
    clock = desk.clocks(utc(3, 23))["answer"]
    assert (clock.state, clock.stopped, clock.ends) == (ClockState.STOPPED, utc(3, 22), utc(4, 3, 10))


def test_a_question_to_the_network_may_state_its_hour(desk):
    asked = {"number": 1, "identifier": ITEM["identifier"], "category": Measure.LOCATING_A_PROVIDER}
    desk.ask(utc(3, 13), items=(asked,), kind="provider_location", inquiry={"answer_by": utc(3, 13, 2)})
    assert desk.clocks(utc(3, 13, 1))["answer"].ends == utc(3, 13, 2)


def test_an_emergency_is_looked_at_again_within_two_days(desk):
    desk.ask(utc(3, 13), kind="emergency_data", emergency={"threatened": "life"})
    assert desk.clocks(utc(3, 14))["emergency_review"].ends == utc(3, 15)


def test_one_person_may_send_an_emergency_and_a_second_ratifies(desk):
    of = desk.ask(utc(3, 13), approvals=1, kind="emergency_data", emergency={})
    assert desk.clocks(utc(3, 13, 1))["ratification"].ends == utc(3, 13, 12)
    desk.say("Ratified", "vnm", utc(3, 13, 7), {"of": of})
    assert desk.clocks(utc(3, 14))["ratification"].state is ClockState.STOPPED


def test_an_interception_ends_with_its_period(desk):
    times = {"starts": utc(3, 14), "ends": utc(4, 13)}
    desk.ask(utc(3, 13), kind="realtime_traffic", interception=times)
    assert "measure" not in {each.kind for each in law.clocks(desk.fold(), utc(3, 13)) if each.stopped}
    clock = desk.clocks(utc(4, 12))["measure"]
    assert (clock.started, clock.ends, clock.warned) == (utc(3, 14), utc(4, 13), "9/10")


def test_the_documents_follow_a_provisional_arrest(desk):
    arrest = {"number": 1, "identifier": PERSON, "category": Measure.PROVISIONAL_ARREST}
    until = {"documents_by": date(2028, 4, 20)}
    of = desk.ask(utc(3, 13), items=(arrest,), kind="extradition", extradition=until)
    assert "documents_after_arrest" not in desk.clocks(utc(3, 14))
    desk.report(of, utc(3, 15), state=DONE)
    assert desk.clocks(utc(3, 16))["documents_after_arrest"].ends == utc(4, 20, 10)
    surrender = arrest | {"category": Measure.EXTRADITION}
    another = PERSON | {"verbatim": "Another", "normalised": "Another"}
    desk.ask(utc(3, 20), items=(surrender | {"identifier": another},), kind="extradition")
    assert desk.clocks(utc(3, 21))["documents_after_arrest"].state is ClockState.RUNNING
    desk.ask(utc(3, 22), items=(surrender,), kind="extradition")
    assert desk.clocks(utc(3, 23))["documents_after_arrest"].state is ClockState.STOPPED


def test_a_witness_lent_goes_back(desk):
    lent = {"number": 1, "identifier": PERSON, "category": Measure.TRANSFER_OF_A_WITNESS_IN_CUSTODY}
    back = {"return_by": date(2028, 5, 1)}
    of = desk.ask(utc(3, 13), items=(lent,), kind="mutual_assistance", assistance=back)
    desk.report(of, utc(4, 1), state=DONE)
    assert desk.clocks(utc(4, 2))["return_of_a_witness"].ends == utc(5, 1, 10)
    desk.report(of, utc(4, 28), state=statements.State.RELEASED)
    assert desk.clocks(utc(5, 2))["return_of_a_witness"].state is ClockState.STOPPED


def delivered(desk, **use):
    of = desk.ask(utc(3, 13), kind="stored_data")
    wrap = {"recipient": "vnm/desk", "key": "ab" * 32, "wrap": b"key"}
    sums = {"package": "bb" * 32, "seal": "cc" * 32, "files": 1, "size": 1, "wraps": (wrap,)}
    body = {"of": of, "items": (1,), **sums, "conditions": {"use": "evidence", **use}}
    return desk.say("Delivery", "fra", utc(3, 20), body)


def test_what_was_given_for_a_time_is_destroyed_in_time(desk):
    of = delivered(desk, destroy_by=date(2029, 3, 20))
    clock = desk.clocks(utc(3, 21))["destruction"]
    assert (clock.request, clock.state, clock.ends.date()) == (of, ClockState.RUNNING, date(2029, 3, 20))
    gone = {"of": of, "outcome": "destroyed", "on": date(2028, 9, 1)}
    desk.say("ReturnedOrDestroyed", "vnm", utc(9, 2), gone)
    assert desk.clocks(utc(9, 3))["destruction"].stopped == utc(9, 2)


def test_without_a_day_nothing_has_to_be_destroyed(desk):
    delivered(desk)
    assert "destruction" not in desk.clocks(utc(3, 21))


def test_conditions_wait_for_every_number(desk):
    of = desk.ask(utc(3, 13), kind="stored_data")
    conditions = ({"number": 1, "words": WORDS}, {"number": 2, "words": WORDS})
    body = {"of": of, "conditions": conditions, "before": "delivery", "answer_by": date(2028, 4, 1)}
    offer = desk.say("ConditionsOffered", "fra", utc(3, 20), body)
    desk.say("ConditionsAccepted", "vnm", utc(3, 21), {"of": offer, "accepted": (1,)})
    assert desk.clocks(utc(3, 22))["conditions"].state is ClockState.RUNNING
    desk.say("ConditionsAccepted", "vnm", utc(3, 23), {"of": offer, "accepted": (2,)})
    assert desk.clocks(utc(3, 24))["conditions"].stopped == utc(3, 23)


def test_information_without_request_keeps_its_secrecy(desk):
    obtained = {"how": WORDS, "authority": "A05"}
    body = {
        "information": WORDS,
        "obtained": obtained,
        "use": {"use": "lead", "destroy_by": date(2028, 12, 31)},
        "secrecy": {"until": date(2028, 9, 1), "reason": WORDS},
    }
    desk.say("SpontaneousInformation", "vnm", utc(3, 13), body)
    clocks = desk.clocks(utc(3, 14))
    # Secrecy lasts to the end of the day everywhere; what must be gone is gone before it ends anywhere.
    assert clocks["secrecy_of_information"].ends == utc(9, 2, 12)
    assert clocks["destruction"].ends == utc(12, 31, 10)


def test_an_extension_asked_by_a_statement_waits_for_a_later_day(desk):
    of = desk.ask(utc(3, 13))
    desk.report(of, utc(3, 14), effected=utc(3, 14), until=date(2028, 6, 11))
    desk.say("Extension", "vnm", utc(5, 1), {"of": of})
    assert desk.clocks(utc(5, 2))["extension"].state is ClockState.RUNNING
    desk.report(of, utc(5, 3), effected=utc(3, 14), until=date(2028, 6, 11))
    assert desk.clocks(utc(5, 4))["extension"].state is ClockState.RUNNING
    desk.report(of, utc(5, 5), effected=utc(3, 14), until=date(2028, 9, 9))
    assert desk.clocks(utc(5, 6))["extension"].stopped == utc(5, 5)


def test_released_and_no_longer_needed_stop_a_preservation(desk):
    of = desk.ask(utc(3, 13))
    desk.report(of, utc(3, 14), effected=utc(3, 14), until=date(2028, 6, 11))
    desk.say("NoLongerNeeded", "vnm", utc(4, 1), {"of": of})
    assert desk.clocks(utc(4, 2))["preservation"].stopped == utc(4, 1)
    desk.say("Released", "fra", utc(4, 3), {"of": of, "cause": "no_longer_needed"})
    assert desk.clocks(utc(4, 4))["preservation"].stopped == utc(4, 1)


def test_a_release_alone_closes_the_item(desk):
    of = desk.ask(utc(3, 13))
    desk.report(of, utc(3, 14), effected=utc(3, 14), until=date(2028, 6, 11))
    desk.say("Released", "fra", utc(4, 3), {"of": of, "items": (1,), "cause": "order_ended"})
    assert desk.clocks(utc(4, 4))["preservation"].stopped == utc(4, 3)


def test_what_was_heard_is_confirmed_in_writing():
    records = (OralRequest("IN-7", utc(3, 13)), OralRequest("IN-8", utc(3, 13), confirmed=utc(3, 13, 5)))
    found = {each.record: each for each in law.home_clocks(records, utc(3, 15))}
    assert found["IN-7"].state is ClockState.LAPSED
    assert (found["IN-8"].state, found["IN-8"].ends) == (ClockState.STOPPED, utc(3, 14))


def test_a_contact_is_tested_every_month():
    (clock,) = law.home_clocks((ContactTest("fra/ofac", utc(3, 1)),), utc(3, 24))
    assert (clock.kind, clock.record, clock.warned) == ("last_tested", "fra/ofac", "3/4")
    assert clock.ends == utc(3, 1) + timedelta(days=30)


def test_records_at_home_need_an_instant_with_a_zone():
    with pytest.raises(LawError, match="LAW-006"):
        law.home_clocks((), utc(3, 1).replace(tzinfo=None))
