"""What extensions, paths, releases, conditions and hand-overs change in a thread."""

import pytest

from rogatory import statements
from rogatory.statements import KINDS, State
from rogatory.threads import Side, Standing
from rogatory.values import DataCategory
from support.vector_pages import further, further_talks, kinds
from support.vector_pages.threads import Talk, asks, replies, reports
from support.world import ASKED, ASKING, item, request

LASTING = {"preservation", "realtime_traffic", "content_interception", "property", "hold_notice"}


@pytest.fixture
def talk():
    return Talk()


def first(talk):
    return talk.thread().requests[0].items[1]


@pytest.mark.parametrize(
    ("play", "granted"),
    [
        (further_talks.extension_granted, True),
        (further_talks.extension_not_granted, False),
        (further_talks.extension_crosses_report, False),
    ],
)
def test_an_extension_is_granted_only_by_an_answer_with_a_later_day(talk, play, granted):
    play(talk)
    found = first(talk)
    assert found.extension_asked_by
    assert found.extension_granted_by == (found.stated_by if granted else None)


def test_what_crossed_an_extension_sets_the_day_that_an_answer_has_to_exceed(talk):
    further_talks.extension_crosses_report(talk)
    talk.say(ASKED, statements.Report, further_talks.keeps(talk.root, further_talks.SEPTEMBER))
    assert first(talk).extension_granted_by is None


def test_a_new_extension_is_not_granted_by_the_answer_to_the_one_before(talk):
    further_talks.extension_granted(talk)
    talk.say(ASKING, statements.Extension, further.extends(talk.root, 1))
    found = first(talk)
    assert (found.extension_from, found.extension_granted_by) == (further_talks.SEPTEMBER, None)


def test_an_item_refused_with_a_day_grants_no_extension(talk):
    talk.say(ASKING, statements.Extension, further.extends(talk.root))
    talk.say(ASKED, statements.Report, further_talks.keeps(talk.root, further_talks.JUNE, State.VANISHED))
    assert first(talk).extension_granted_by is None


@pytest.mark.parametrize("kind", KINDS)
def test_what_lasts_to_a_day_is_extended_and_nothing_else(kind):
    talk = Talk(kinds.requests()[f"a request of the kind {kind}"])
    stated = further_talks.keeps(talk.root, further_talks.JUNE, State.EXECUTED)
    talk.say(ASKED, statements.Report, stated)
    asked = talk.say(ASKING, statements.Extension, further.extends(talk.root, 1))
    later = further_talks.keeps(talk.root, further_talks.SEPTEMBER, State.EXECUTED)
    granted = talk.say(ASKED, statements.Report, later)
    lasts = kind in LASTING
    found = first(talk)
    assert found.extension_asked_by == (asked if lasts else None)
    assert found.extension_granted_by == (granted if lasts else None)
    assert found.state.until == further_talks.SEPTEMBER


@pytest.mark.parametrize("kind", ["preservation", "stored_data"])
def test_of_data_only_a_preservation_is_extended_and_leads_along_a_path(kind):
    talk = Talk(request(item(1), body={"kind": kind}))
    talk.say(ASKING, statements.Extension, further.extends(talk.root))
    talk.say(ASKED, statements.PathDisclosure, further.leads(talk.root))
    found = first(talk)
    assert (bool(found.extension_asked_by), bool(found.paths)) == ((kind == "preservation"),) * 2


def test_a_path_counts_for_traffic_data_alone():
    talk = Talk(request(item(1, category=DataCategory.CONTENT_DATA)))
    talk.say(ASKED, statements.PathDisclosure, further.leads(talk.root))
    assert first(talk).paths == ()


def test_a_path_found_before_a_correction_is_marked(talk):
    query = talk.say(ASKED, statements.Query, asks(talk.root))
    talk.say(ASKED, statements.PathDisclosure, further.leads(talk.root))
    assert not first(talk).paths_before_correction
    talk.say(ASKING, statements.Answer, replies(query, 1))
    assert first(talk).paths_before_correction


def test_a_release_is_the_state_of_its_items_until_a_report_speaks_over_it(talk):
    talk.say(ASKED, statements.Report, reports(talk.root))
    released = talk.say(ASKED, statements.Released, further.releases(talk.root))
    found = first(talk)
    assert (found.state.state, found.stated_by) == (State.RELEASED, released)
    talk.say(ASKED, statements.Report, reports(talk.root))
    assert first(talk).state.state is State.PRESERVED


def test_what_has_served_is_let_go_once(talk):
    one = talk.say(ASKING, statements.NoLongerNeeded, further.lets_go(talk.root, 1))
    every = talk.say(ASKING, statements.NoLongerNeeded, further.lets_go(talk.root))
    items = talk.thread().requests[0].items
    assert (items[1].not_needed_by, items[2].not_needed_by) == (one, every)


def test_conditions_bind_by_number_and_only_those_that_were_offered(talk):
    further_talks.terms(talk)
    (terms,) = talk.thread().terms
    assert (list(terms.accepted), terms.open) == ([2], (1,))
    talk.say(ASKING, statements.ConditionsAccepted, further.accepts_terms(terms.id, 1, 2))
    (later,) = talk.thread().terms
    assert (later.open, later.accepted[2]) == ((), terms.accepted[2])
    assert later.accepted[1] != later.accepted[2]


def test_information_opens_a_thread_and_the_informed_side_accepts_its_conditions():
    talk = Talk(further.opening_information())
    accepted = talk.say(ASKING, statements.ConditionsAccepted, further.accepts_terms(talk.root, 1))
    thread = talk.thread()
    assert (thread.requests, thread.requesting, thread.requested) == ((), "fra", "vnm")
    assert dict(thread.terms[0].accepted) == {1: accepted}


def test_what_becomes_of_what_was_given_is_kept_beside_it(talk):
    further_talks.used(talk)
    thread = talk.thread()
    path = thread.entries[1]
    told = [each.statement.NAME for each in thread.entries if each.id in path.uses]
    assert sorted(told) == ["exculpatory_notice", "onward_transfer", "returned_or_destroyed", "use_consent"]
    assert [each.statement.NAME for each in thread.entries if each.standing is Standing.MISPLACED] == [
        "use_consent"
    ]
    asked = thread.requests[0]
    assert [len(each) for each in (asked.assurances, asked.costs, asked.status)] == [1, 1, 1]
    assert asked.items[1].state is None


def test_a_hand_over_names_who_acts_whoever_speaks_afterwards(talk):
    further_talks.handed_over(talk)
    assert talk.thread().authorities == {Side.REQUESTING: ASKING, Side.REQUESTED: "fra/moj"}
    talk.say(ASKED, statements.HandOver, further.hands_over("fra/ofac"), sender="fra/moj")
    assert talk.thread().authorities[Side.REQUESTED] == "fra/ofac"
