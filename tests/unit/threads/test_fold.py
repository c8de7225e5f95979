"""What a set of statements says together."""

import pytest

from rogatory import statements, threads
from rogatory.errors import ThreadError
from rogatory.statements import (
    Acknowledgement,
    AcknowledgementBody,
    Answer,
    Decision,
    Delivery,
    Query,
    Ratified,
    RatifiedBody,
    Recall,
    RecallBody,
    Report,
    State,
    Withdrawal,
    WithdrawalBody,
)
from rogatory.threads import Node, Side, Standing
from support.vector_pages.threads import Talk, accepts, asks, delivers, replies, reports
from support.world import ASKED, ASKING, header, item, request, words


def standings(thread):
    return [entry.standing.value for entry in thread.entries]


@pytest.fixture
def talk():
    return Talk()


def test_a_thread_is_named_by_its_opening_statement(talk):
    thread = talk.thread()
    assert (thread.id, thread.case, thread.requesting, thread.requested) == (
        talk.root,
        "c" * 64,
        "vnm",
        "fra",
    )
    assert thread.heads == {Side.REQUESTING: talk.root}
    assert thread.authorities == {Side.REQUESTING: ASKING, Side.REQUESTED: ASKED}
    assert (thread.party(Side.REQUESTING), thread.side_of("fra")) == ("vnm", Side.REQUESTED)


def test_an_item_stands_as_each_side_states_it(talk):
    talk.say(ASKED, Decision, accepts(talk.root, 1))
    report = talk.say(ASKED, Report, reports(talk.root))
    delivery = talk.say(ASKED, Delivery, delivers(talk.root, 1))
    first, second = talk.thread().requests[0].items.values()
    assert (first.decision.outcome, first.state.state, first.stated_by) == (
        "accepted",
        State.PRESERVED,
        report,
    )
    assert first.delivered_by == (delivery,)
    assert (second.decision, second.state, second.delivered_by) == (None, None, ())


def test_a_later_report_speaks_over_an_earlier_one(talk):
    talk.say(ASKED, Report, reports(talk.root))
    later = talk.say(ASKED, Report, reports(talk.root, State.VANISHED))
    found = talk.thread().requests[0].items[1]
    assert (found.state.state, found.stated_by) == (State.VANISHED, later)


def test_an_acknowledgement_counts_once(talk):
    first = talk.say(ASKED, Acknowledgement, AcknowledgementBody(of=talk.root, role="duty officer"))
    talk.say(ASKED, Acknowledgement, AcknowledgementBody(of=talk.root, role="another officer"))
    thread = talk.thread()
    assert thread.entries[0].acknowledged_by == first
    assert thread.requests[0].acknowledgement.body.role == "duty officer"


def test_a_query_has_its_first_answer(talk):
    query = talk.say(ASKED, Query, asks(talk.root))
    first = talk.say(ASKING, Answer, replies(query))
    talk.say(ASKING, Answer, replies(query, 1))
    found = talk.thread().requests[0].queries[0]
    assert (found.id, found.answer_id) == (query, first)


def test_an_answer_corrects_only_what_was_asked(talk):
    query = talk.say(ASKED, Query, asks(talk.root))
    answer = talk.say(ASKING, Answer, replies(query, 1, 7))
    items = talk.thread().requests[0].items
    assert items[1].corrected_by == answer
    assert 7 not in items


def test_a_state_that_was_stated_before_a_correction_is_marked(talk):
    query = talk.say(ASKED, Query, asks(talk.root))
    talk.say(ASKED, Report, reports(talk.root))
    talk.say(ASKING, Answer, replies(query, 1))
    assert talk.thread().requests[0].items[1].stated_before_correction
    talk.say(ASKED, Report, reports(talk.root))
    assert not talk.thread().requests[0].items[1].stated_before_correction


def test_what_was_accepted_is_not_accepted_of_another_item_put_in_its_place(talk):
    talk.say(ASKED, Decision, accepts(talk.root))
    query = talk.say(ASKED, Query, asks(talk.root))
    talk.say(ASKING, Answer, replies(query, 1))
    assert talk.thread().requests[0].items[1].decided_before_correction
    talk.say(ASKED, Decision, accepts(talk.root))
    assert not talk.thread().requests[0].items[1].decided_before_correction


def test_a_query_about_no_request_is_answered_and_corrects_nothing(talk):
    decision = talk.say(ASKED, Decision, accepts(talk.root))
    query = talk.say(ASKING, Query, asks(decision))
    talk.say(ASKED, Answer, replies(query, 1))
    thread = talk.thread()
    assert standings(thread) == ["folded"] * 4
    assert thread.requests[0].queries == ()
    assert thread.requests[0].items[1].corrected_by is None


def test_a_recall_waits_for_a_person(talk):
    recall = talk.say(ASKING, Recall, RecallBody(of=talk.root, reason=words("Wrong zone.")))
    thread = talk.thread()
    assert (thread.entries[0].recalled_by, thread.entries[0].recall_acknowledged) == (recall, False)
    assert thread.requests[0].recalled_by == recall
    talk.say(ASKED, Acknowledgement, AcknowledgementBody(of=recall, role="duty officer"))
    assert talk.thread().entries[0].recall_acknowledged


def test_what_one_person_sent_is_ratified_once(talk):
    first = talk.say(ASKING, Ratified, RatifiedBody(of=talk.root))
    talk.say(ASKING, Ratified, RatifiedBody(of=talk.root))
    thread = talk.thread()
    assert thread.entries[0].ratified_by == first
    assert thread.requests[0].ratified_by == first


def test_a_withdrawal_of_a_request_is_one_of_every_item(talk):
    some = talk.say(ASKING, Withdrawal, WithdrawalBody(of=talk.root, items=(2, 9)))
    every = talk.say(ASKING, Withdrawal, WithdrawalBody(of=talk.root))
    items = talk.thread().requests[0].items
    assert (items[1].withdrawn_by, items[2].withdrawn_by) == (every, some)


def test_the_acting_authority_is_the_one_that_spoke_last(talk):
    talk.say(ASKED, Decision, accepts(talk.root), sender="fra/moj")
    assert talk.thread().authorities[Side.REQUESTED] == "fra/moj"


@pytest.mark.parametrize("about", ["nothing", "its own", "one that does not count"])
def test_a_fact_about_what_its_side_cannot_speak_of_is_misplaced(talk, about):
    decision = talk.say(ASKED, Decision, accepts(talk.root))
    wrong = talk.say(ASKING, Decision, accepts(talk.root))
    of = {"nothing": "d" * 64, "its own": decision, "one that does not count": wrong}[about]
    talk.say(ASKED, Report, reports(of))
    assert standings(talk.thread())[-1] == "misplaced" or standings(talk.thread())[-2] == "misplaced"
    assert talk.thread().requests[0].items[1].state is None


def test_a_void_statement_keeps_its_place_and_changes_nothing(talk):
    void = talk.say(ASKED, Decision, accepts(talk.root), void=True)
    assert talk.thread().heads[Side.REQUESTED] == void
    assert talk.thread().requests[0].items[1].decision is None
    talk.say(ASKED, Report, reports(talk.root))
    assert standings(talk.thread()) == ["folded", "void", "folded"]


def test_two_void_statements_at_one_place_move_no_head(talk):
    before = dict(talk.heads)
    for outcome in ("accepted", "refused"):
        talk.heads = dict(before)
        talk.say(ASKED, Decision, accepts(talk.root, outcome=outcome), void=True)
    talk.say(ASKED, Report, reports(talk.root))
    thread = talk.thread()
    assert Side.REQUESTED not in thread.heads
    assert len(thread.equivocations) == 1
    assert standings(thread).count("waiting") == 1


def test_a_second_story_is_told_as_proof_and_the_first_still_counts(talk):
    before = dict(talk.heads)
    told = talk.say(ASKED, Decision, accepts(talk.root))
    talk.heads = before
    other = talk.say(ASKED, Decision, accepts(talk.root, outcome="refused"), void=True)
    thread = talk.thread()
    assert thread.equivocations == (tuple(sorted((told, other))),)
    assert thread.requests[0].items[1].decided_by == told


def test_what_waits_is_after_what_counts(talk):
    lost = talk.say(ASKED, Acknowledgement, AcknowledgementBody(of=talk.root, role="duty officer"))
    talk.say(ASKED, Report, reports(talk.root))
    talk.say(ASKING, Ratified, RatifiedBody(of=talk.root), seen=())
    del talk.said[lost]
    assert standings(talk.thread()) == ["folded", "folded", "waiting"]


def test_a_third_party_that_names_the_thread_is_left_out(talk):
    before = talk.thread()
    other = {"thread": talk.root, "sender": "xtp/cyber", "recipient": ASKED, "seen": (talk.root,)}
    talk.add(Recall(**header(**other), body=RecallBody(of=talk.root, reason=words("Not ours."))))
    assert talk.thread() == before


def test_a_statement_of_another_case_is_void_even_if_the_door_admitted_it(talk):
    talk.say(ASKED, Recall, RecallBody(of=talk.root, reason=words("x")), case="e" * 64)
    assert standings(talk.thread()) == ["folded", "void"]


def test_a_rehearsal_changes_nothing_in_a_real_thread(talk):
    talk.say(ASKED, Decision, accepts(talk.root), rehearsal=True)
    assert standings(talk.thread()) == ["folded", "void"]
    assert talk.thread().requests[0].items[1].decision is None


def test_a_rehearsal_is_a_thread_like_any_other():
    talk = Talk(request(item(1), rehearsal=True))
    talk.say(ASKED, Decision, accepts(talk.root), rehearsal=True)
    assert standings(talk.thread()) == ["folded", "folded"]


def test_a_set_without_its_opening_or_with_two_is_not_a_thread(talk):
    talk.say(ASKED, Decision, accepts(talk.root))
    nodes = [Node(name, said) for name, (said, _) in talk.said.items()]
    for wrong in ([], nodes[1:], [*nodes, Node("e" * 64, request(item(3)))]):
        with pytest.raises(ThreadError) as caught:
            threads.fold(wrong)
        assert caught.value.code == "THREAD-001"


def test_two_threads_are_not_folded_together(talk):
    talk.say(ASKED, Decision, accepts(talk.root), thread="e" * 64)
    with pytest.raises(ThreadError) as caught:
        talk.thread()
    assert caught.value.code == "THREAD-002"


def test_a_long_thread_is_folded_without_recursion(talk):
    nodes = [Node(talk.root, talk.opening)]
    for number in range(1, 1500):
        previous = nodes[-1].id
        place = {"thread": talk.root, "seq": number + 1, "prev": previous, "nonce": f"{number:064d}"}
        body = RatifiedBody(of=talk.root)
        said = Ratified(**header(**place), body=body)
        nodes.append(Node(statements.payload_of(said)[0], said))
    thread = threads.fold(reversed(nodes))
    assert thread.heads[Side.REQUESTING] == nodes[-1].id
    assert {entry.standing for entry in thread.entries} == {Standing.FOLDED}
