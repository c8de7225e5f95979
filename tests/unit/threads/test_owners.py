"""The tables of spec/threads.md, row by row."""

import re
from itertools import product
from pathlib import Path

import pytest

from rogatory import statements, threads
from rogatory.statements import Statement
from rogatory.threads import RULES, Side, Standing
from support.vector_pages import further
from support.vector_pages.afterwards import afterwards
from support.vector_pages.statements import examples
from support.vector_pages.threads import Talk, accepts, asks, delivers, replies, reports
from support.world import ASKED, ASKING, item, request, words

PAGE = (Path(__file__).parents[3] / "spec" / "threads.md").read_text(encoding="utf-8")
TYPES = {each.NAME: each for each in statements.TYPES if issubclass(each, Statement)}


def table(title):
    """Return the rows of the table under a heading."""
    part = PAGE.partition(title)[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (.+) \|$", part, re.MULTILINE)[1:]
    return [[cell.strip() for cell in row.split(" | ")] for row in rows if not row.startswith("-")]


OWNERS = table("## 3. ")
MATRIX = table("## 4. ")
ACROSS = [
    cell.strip("`") for cell in re.findall(r"`[a-z_]+`", PAGE.partition("## 4. ")[2].partition("|---")[0])
]
CROSSINGS = [
    (row[0].strip("`"), across, letter)
    for row in MATRIX
    for across, letter in zip(ACROSS, row[1:], strict=True)
]


def test_every_type_of_statement_has_its_rule():
    assert set(RULES) == set(TYPES)


def test_the_page_states_every_rule_as_the_code_does():
    told = {
        name.strip("`"): (by.replace("both", "requesting, requested"), side, kind.replace("`", ""))
        for name, by, side, kind in OWNERS
    }
    none = "\N{EN DASH}"
    kept = {
        name: (
            ", ".join(side.value for side in rule.sides),
            rule.about or none,
            (", ".join(rule.targets) or "any") if rule.about else none,
        )
        for name, rule in RULES.items()
    }
    assert told == kept


def test_only_a_request_or_information_opens_a_thread():
    assert {name for name in RULES if threads.opens(name)} == {"request", "spontaneous_information"}
    assert not threads.opens("receipt")
    for name, statement in examples().items():
        if name != "receipt" and RULES[name].about is None:
            opening = statement.model_copy(update={"thread": None})
            assert threads.owns(opening, Side.REQUESTING, None, None) is RULES[name].opens


def test_who_may_state_what_about_what():
    joined = {"seq": 2, "thread": "5" * 64, "prev": "5" * 64}
    made = {
        name: each if name == "receipt" else each.model_copy(update=joined)
        for name, each in examples().items()
    }
    for (name, statement), side in product(made.items(), Side):
        if name == "receipt":
            continue
        rule = RULES[name]
        other = Side.REQUESTED if side is Side.REQUESTING else Side.REQUESTING
        for target, target_side in product((None, *made.values()), Side):
            if target is not None and target.NAME == "receipt":
                continue
            wanted = side in rule.sides
            if rule.about is not None:
                fits = target is not None and (not rule.targets or target.NAME in rule.targets)
                wanted = wanted and fits and target_side is (side if rule.about == "own" else other)
            assert threads.owns(statement, side, target, target_side if target else None) is wanted


OPENING = request(item(1), item(2))
ROOT = statements.payload_of(OPENING)[0]


def said(kind, of, by=ASKING):
    """Return the model and body of a statement that crosses another."""
    bodies = {
        "request": lambda: OPENING.body,
        "acknowledgement": lambda: statements.AcknowledgementBody(of=of, role="duty officer"),
        "query": lambda: asks(of),
        "answer": lambda: replies(of, 1),
        "decision": lambda: accepts(of),
        "report": lambda: reports(of),
        "delivery": lambda: delivers(of, 1),
        "ratified": lambda: statements.RatifiedBody(of=of),
        "recall": lambda: statements.RecallBody(of=of, reason=words("Wrong zone.")),
        "withdrawal": lambda: statements.WithdrawalBody(of=of),
        "extension": lambda: further.extends(of),
        "path_disclosure": lambda: further.leads(of),
        "released": lambda: further.releases(of),
        "no_longer_needed": lambda: further.lets_go(of),
        "conditions_offered": lambda: further.offers(of),
        "conditions_accepted": lambda: further.accepts_terms(of),
        "spontaneous_information": further.informs,
        "hand_over": lambda: further.hands_over(f"{by[:3]}/other"),
    }
    later = {name: lambda body=body: body(of) for name, (_, body) in afterwards().items()}
    return TYPES[kind], (bodies | later)[kind]()


GROUND = ("query", "conditions_offered", "spontaneous_information")
GROUND_ASKING = ("query", "spontaneous_information")


@pytest.mark.parametrize(("first", "second", "letter"), CROSSINGS)
def test_a_pair_that_crosses_stands_as_the_page_says(first, second, letter):
    talk = Talk(OPENING)
    # Each side has made one statement of every kind that the other can speak of.
    theirs = {kind: talk.say(ASKED, *said(kind, ROOT, ASKED)) for kind in GROUND}
    last = list(theirs.values())[-1]
    ours = {"request": ROOT} | {kind: talk.say(ASKING, *said(kind, last)) for kind in GROUND_ASKING}
    placed = []
    for kind, by, own, other in ((first, ASKING, ours, theirs), (second, ASKED, theirs, ours)):
        kinds = own if RULES[kind].about == "own" else other
        of = next((kinds[each] for each in RULES[kind].targets if each in kinds), next(iter(kinds.values())))
        seen = (last,) if by == ASKING else (list(ours.values())[-1],)
        placed.append(talk.say(by, *said(kind, of, by), seen=seen))
    thread = talk.thread()
    assert [entry.id for entry in thread.entries][-2:] == placed
    assert {entry.standing for entry in thread.entries} == {Standing.FOLDED}
    assert_reading(letter, thread, placed, second)


def assert_reading(letter, thread, placed, second):
    """What each letter of the page says of the pair, as far as the thread can show it."""
    marks = {entry.id: entry for entry in thread.entries}
    asked = thread.requests[0].items[1]
    stands = {
        "decision": asked.decided_by,
        "report": asked.stated_by,
        "delivery": "".join(asked.delivered_by),
        "released": asked.stated_by,
        "path_disclosure": "".join(asked.paths),
    }
    if second in stands:
        assert stands[second] == placed[1]
    if letter == "a":
        assert len(thread.requests) == 2
    if letter == "c":
        assert placed[1] in {entry.recalled_by for entry in marks.values()}
    if letter == "d":
        assert asked.corrected_by == placed[0]
        assert asked.stated_before_correction is (second in {"report", "released"})
        assert asked.decided_before_correction is (second == "decision")
        assert asked.paths_before_correction is (second == "path_disclosure")
    if letter == "e":
        assert marks[ROOT].ratified_by == placed[0]
    if letter == "f":
        assert thread.requests[0].recalled_by == placed[0]
    if letter == "g":
        assert asked.withdrawn_by == placed[0]
    assert_kept(letter, thread, placed)


def assert_kept(letter, thread, placed):
    """What the letters of extensions, of what has served, and of hand-overs say."""
    asked = thread.requests[0].items[1]
    if letter == "h":
        assert (asked.extension_asked_by, asked.extension_granted_by) == (placed[0], None)
    if letter == "i":
        assert asked.not_needed_by == placed[0]
    if letter == "k":
        handed = {each.side for each in thread.entries if each.statement.NAME == "hand_over"}
        assert {side for side, name in thread.authorities.items() if name.endswith("/other")} == handed
        assert handed


def test_the_page_lists_every_pair_that_can_cross():
    requesting = [name for name, rule in RULES.items() if Side.REQUESTING in rule.sides]
    requested = [name for name, rule in RULES.items() if Side.REQUESTED in rule.sides]
    assert sorted((row[0], row[1]) for row in CROSSINGS) == sorted(product(requesting, requested))
    assert {letter for *_, letter in CROSSINGS} == set(re.findall(r"^\* \*\*([a-z])\*\*", PAGE, re.MULTILINE))


def test_the_example_of_the_page_is_in_the_order_it_says():
    talk = Talk(OPENING)
    acknowledged = statements.AcknowledgementBody(of=ROOT, role="duty officer")
    one = talk.say(ASKED, statements.Acknowledgement, acknowledged)
    query = talk.say(ASKED, statements.Query, asks(ROOT))
    withdrawn = talk.say(
        ASKING, statements.Withdrawal, statements.WithdrawalBody(of=ROOT, items=(1,)), seen=(one,)
    )
    answer = talk.say(ASKING, statements.Answer, replies(query), seen=(query,))
    decided = talk.say(ASKED, statements.Decision, accepts(ROOT, 1, 2), seen=(ROOT,))
    thread = talk.thread()
    assert [entry.id for entry in thread.entries] == [ROOT, one, withdrawn, query, answer, decided]
    item_one = thread.requests[0].items[1]
    assert (item_one.withdrawn_by, item_one.decision.outcome) == (withdrawn, "accepted")
