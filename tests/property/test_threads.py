"""The fold is a function of the set: whatever is said, in whatever order it arrives."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from rogatory import statements, threads
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
from support.two_sides import Side as Node_
from support.vector_pages import further
from support.vector_pages.afterwards import afterwards
from support.vector_pages.threads import GOOD, accepts, asks, delivers, replies, reports
from support.world import ASKED, ASKING, item, request, words

OPENING = request(item(1), item(2))
ROOT = statements.payload_of(OPENING)[0]

ACTS = {
    Acknowledgement: lambda of, number: AcknowledgementBody(of=of, role="duty officer"),
    Answer: replies,
    Decision: accepts,
    Delivery: delivers,
    Query: lambda of, number: asks(of),
    Ratified: lambda of, number: RatifiedBody(of=of),
    Recall: lambda of, number: RecallBody(of=of, items=(number,), reason=words("Wrong zone.")),
    Report: lambda of, number: reports(of, State.PRESERVED, number),
    Withdrawal: lambda of, number: WithdrawalBody(of=of, items=(number,)),
    statements.Extension: further.extends,
    statements.PathDisclosure: further.leads,
    statements.Released: further.releases,
    statements.NoLongerNeeded: further.lets_go,
    statements.ConditionsOffered: further.offers,
    statements.ConditionsAccepted: further.accepts_terms,
    statements.SpontaneousInformation: lambda of, number: further.informs(number),
    statements.HandOver: lambda of, number: further.hands_over(),
    **{model: lambda of, number, body=body: body(of) for model, body in afterwards().values()},
}

# Who speaks, what, about which statement, of which item; how often the line then moves; and, now and
# then, what a hostile node makes of its place.
LIES = (
    {"case": "e" * 64},
    {"rehearsal": True},
    {"prev": "d" * 64, "seq": 2},
    {"seen": ("d" * 64,)},
    {"seq": 1, "prev": None, "seen": (ROOT,)},
    {"seq": 3, "prev": ROOT},
)
STEPS = st.lists(
    st.tuples(
        st.booleans(),
        st.sampled_from(sorted(ACTS, key=lambda each: each.NAME)),
        st.integers(0, 20),
        st.integers(1, 3),
        st.lists(st.tuples(st.booleans(), st.integers(0, 20), st.booleans()), max_size=3),
        st.none() | st.none() | st.none() | st.sampled_from(LIES),
    ),
    max_size=10,
)


def play(steps):
    """Let two sides talk; return both, once all that was said has arrived."""
    one, two = Node_(ASKING, ASKED, ROOT), Node_(ASKED, ASKING, ROOT)
    one.keep(OPENING)
    line = [(one, two, OPENING)]
    for number, (first, model, target, item_number, moves, lie) in enumerate(steps):
        speaker, listener = (one, two) if first else (two, one)
        if speaker.thread() is None:
            continue
        names = sorted(speaker.held)
        body = ACTS[model](names[target % len(names)], item_number)
        if model is statements.HandOver:
            body = further.hands_over(f"{speaker.authority[:3]}/a{item_number}")
        said = speaker.say(model, body, nonce=f"{number:064d}", **(lie or {}))
        if said is not None:
            line.append((speaker, listener, said))
        for keep, place, answered in moves:
            arrive(line, place, keep=keep, answered=answered)
    while line:
        arrive(line, 0)
    return one, two


def arrive(line, place, *, keep=False, answered=True):
    """Let one statement arrive, out of order; it may come again, and its receipt may be lost."""
    if not line:
        return
    sender, listener, said = line[place % len(line)]
    void = listener.take(said)
    listener.thread()
    if answered:
        sender.learn(said, void=void)
        sender.thread()
    if answered and not keep:
        line.pop(place % len(line))


@given(STEPS)
def test_both_sides_fold_the_same_thread_whatever_the_line_does(steps):
    one, two = play(steps)
    assert one.thread() == two.thread()


@given(STEPS, st.randoms(use_true_random=False))
def test_the_same_set_in_any_order_is_the_same_thread(steps, chance):
    one, _ = play(steps)
    nodes = list(one.held.values())
    chance.shuffle(nodes)
    assert threads.fold(nodes + nodes[:2]) == one.thread()


@given(STEPS, st.integers(0, 20))
def test_what_waits_for_a_parent_changes_nothing_and_folds_when_it_comes(steps, which):
    one, _ = play(steps)
    names = sorted(one.held.keys() - {ROOT})
    if not names:
        return
    lost = names[which % len(names)]
    without = {name: node for name, node in one.held.items() if name != lost}
    thread = threads.fold(without.values())
    below = {lost}
    for entry in one.thread().entries:
        if threads.order.parents(entry.statement) & below:
            below.add(entry.id)
    for entry in thread.entries:
        assert entry.id not in below or entry.standing in {
            Standing.WAITING,
            Standing.VOID,
            Standing.EQUIVOCATION,
        }
    assert threads.fold([*without.values(), one.held[lost]]) == one.thread()


@given(STEPS)
def test_every_statement_is_kept_and_only_its_owner_changes_a_fact(steps):
    one, _ = play(steps)
    thread = one.thread()
    assert {entry.id for entry in thread.entries} == set(one.held)
    sides = {entry.id: entry.side for entry in thread.entries if entry.standing is Standing.FOLDED}
    for asked in thread.requests:
        for fold in asked.items.values():
            for name in filter(None, (fold.decided_by, fold.stated_by, *fold.delivered_by, *fold.paths)):
                assert sides[name] is Side.REQUESTED
            for name in filter(None, (fold.withdrawn_by, fold.corrected_by, fold.not_needed_by)):
                assert sides[name] is Side.REQUESTING


@given(STEPS)
def test_honest_sides_never_void_and_never_equivocate(steps):
    honest = [(*step[:5], None) for step in steps]
    one, _ = play(honest)
    thread = one.thread()
    assert thread.equivocations == ()
    assert {entry.standing for entry in thread.entries} <= {Standing.FOLDED, Standing.MISPLACED}


@given(STEPS, st.integers(0, 20))
def test_a_void_statement_changes_no_fact(steps, which):
    one, _ = play([(*step[:5], None) for step in steps])
    names = sorted(one.held.keys() - {ROOT})
    if not names:
        return
    void = names[which % len(names)]
    thread = threads.fold(replace(node, void=node.id == void) for node in one.held.values())
    marks = [
        mark
        for entry in thread.entries
        for mark in (entry.acknowledged_by, entry.ratified_by, entry.recalled_by)
    ]
    facts = [
        name
        for asked in thread.requests
        for fold in asked.items.values()
        for name in (
            fold.decided_by,
            fold.stated_by,
            fold.withdrawn_by,
            fold.corrected_by,
            fold.extension_asked_by,
            fold.extension_granted_by,
            fold.not_needed_by,
            *fold.paths,
            *fold.delivered_by,
        )
    ]
    assert void not in {*marks, *facts}
    assert {entry.id for entry in thread.entries} == set(one.held)


@given(st.sampled_from(sorted(GOOD)), st.randoms(use_true_random=False))
def test_each_example_of_the_specification_folds_alike_in_any_order(name, chance):
    said = GOOD[name]().said
    nodes = [Node(each, statement, void=void) for each, (statement, void) in said.items()]
    thread = threads.fold(nodes)
    chance.shuffle(nodes)
    assert threads.fold(nodes) == thread
