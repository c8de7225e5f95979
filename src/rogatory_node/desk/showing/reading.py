"""A statement as it is read: the same words before it is sent and after it has come.

What an officer sees under "what they will read" is made by these functions from the very statement that
will be signed, and the other side's node makes its page by the same functions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rogatory.statements import (
    Acknowledgement,
    Answer,
    Decision,
    Delivery,
    ItemDecision,
    ItemState,
    Query,
    Ratified,
    Recall,
    Report,
    Request,
    Statement,
    Withdrawal,
)
from rogatory_node.desk.showing import counting, places, wording
from rogatory_node.desk.showing.freetext import ground, words
from rogatory_node.desk.showing.reading_others import other_facts
from rogatory_node.desk.showing.reading_request import request_facts
from rogatory_node.desk.showing.times import day_of
from rogatory_node.look.pictures.thread import Fact
from rogatory_node.look.pictures.words import code, joined, name, strong

__all__ = ["as_text", "decided", "facts", "heading", "line", "plain", "stated", "summary"]

Lines = tuple[Fact, ...]


def heading(statement: Statement) -> str:
    """Return what kind of statement it is."""
    kind = statement.body.kind if isinstance(statement, Request) else ""
    return wording.act(statement.NAME, kind)


def facts(statement: Statement) -> Lines:
    """Return everything that a statement says, line by line, in the order in which people ask."""
    return _READERS.get(type(statement), other_facts)(statement)


def as_text(statement: Statement) -> SafeString:
    """Return the same as running text, one line each."""
    return SafeString("<br>".join(line(each) for each in facts(statement)))


def line(fact: Fact) -> SafeString:
    """Return one line of a statement as running text."""
    return joined(fact.term, ": ", fact.value)


def summary(statement: Statement) -> tuple[str, str]:
    """Return one line for a list: our words for what was done, and the sender's own, if there are any."""
    ours, theirs = heading(statement), ""
    if isinstance(statement, Request):
        count = len(statement.body.items)
        what = ngettext("{act}, {count} item", "{act}, {count} items", count)
        ours, theirs = what.format(act=ours, count=count), statement.body.reference or ""
    elif isinstance(statement, Acknowledgement):
        ours, theirs = _("Acknowledged by a person"), statement.body.contact or ""
    elif isinstance(statement, Query):
        theirs = statement.body.questions[0].words.original
    elif isinstance(statement, Answer):
        theirs = statement.body.replies[0].words.original
    elif isinstance(statement, (Decision, Report)):
        ours = f"{ours}: {_states(statement)}"
    elif isinstance(statement, Recall):
        theirs = statement.body.reason.original
    elif isinstance(statement, Ratified):
        ours = _("Ratified by a second person")
    return ours, theirs


def _states(statement: Decision | Report) -> str:
    found: dict[str, list[int]] = {}
    for each in statement.body.items:
        said = wording.state(each.state) if isinstance(each, ItemState) else wording.outcome(each.outcome)
        found.setdefault(said, []).append(each.number)
    return "; ".join(f"{counting.items(numbers)} {said}" for said, numbers in found.items())


def _item(number: int) -> str:
    return counting.items([number])


def _acknowledgement(said: Acknowledgement) -> Lines:
    rows = [Fact(_("Acknowledged"), _("A person has opened it. Nothing is accepted or executed yet."))]
    rows.append(
        Fact(_("Role"), wording.role(said.body.role) if _known(said.body.role) else name(said.body.role))
    )
    if said.body.reference:
        rows.append(Fact(_("Reference there"), name(said.body.reference)))
    if said.body.contact:
        rows.append(Fact(_("How to reach them"), name(said.body.contact)))
    return tuple(rows)


def _known(role: str) -> bool:
    try:
        wording.role(role)
    except ValueError:
        return False
    return True


def _query(said: Query) -> Lines:
    rows = []
    for each in said.body.questions:
        about = f", {_item(each.item)}" if each.item else ""
        rows.append(Fact(_("Question {number}").format(number=each.number) + about, words(each.words)))
    return tuple(rows)


def _answer(said: Answer) -> Lines:
    rows = []
    for each in said.body.replies:
        source = joined(". ", _("Source:"), " ", code(counting.groups(each.source))) if each.source else ""
        rows.append(
            Fact(_("Answer {number}").format(number=each.question), joined(words(each.words), source))
        )
    rows += [
        Fact(_("{item}, corrected").format(item=_item(each.number)), code(each.identifier.verbatim))
        for each in said.body.corrected_items
    ]
    return tuple(rows)


def decided(each: ItemDecision) -> Fact:
    """Return the decision on one item."""
    parts: list[str] = [strong(wording.outcome(each.outcome)), ". "]
    parts += [words(each.note), " "] if each.note else []
    parts += [ground(each.ground)] if each.ground else []
    return Fact(_item(each.number), joined(*parts))


def _decision(said: Decision) -> Lines:
    rows = [decided(each) for each in said.body.items]
    if said.body.consulted:
        rows.append(Fact(_("Consultation"), _("The requesting Party was consulted before.")))
    if said.body.executing_authority:
        rows.append(Fact(_("Executed by"), name(said.body.executing_authority)))
    return tuple(rows)


def _report(said: Report) -> Lines:
    rows = [stated(each) for each in said.body.items]
    if said.body.note:
        rows.append(Fact(_("Note"), words(said.body.note)))
    return tuple(rows)


def stated(each: ItemState) -> Fact:
    """Return the state of one item."""
    return Fact(_item(each.number), _item_state(each))


def plain(text: str) -> SafeString:
    """Return what somebody wrote, isolated from the words around it."""
    return name(text)


def _item_state(stated: ItemState) -> SafeString:
    first: list[str] = [strong(wording.state(stated.state))]
    if stated.effected:
        at = stated.effected.strftime("%Y-%m-%dT%H:%M:%SZ")
        first += [", ", _("since"), " ", code(at)]
    if stated.until:
        first += [", ", _("until {day}").format(day=day_of(stated.until))]
    parts = [joined(*first)]
    if stated.certainty == "provisional":
        parts.append(joined(_("provisional")))
    if stated.missing:
        parts.append(joined(_("missing:"), " ", words(stated.missing)))
    if stated.elsewhere_party or stated.elsewhere_provider:
        held = [places.party(stated.elsewhere_party)] if stated.elsewhere_party else []
        held += [name(stated.elsewhere_provider)] if stated.elsewhere_provider else []
        parts.append(joined(_("held by:"), " ", *_between(held, ", ")))
    if stated.ground:
        parts.append(ground(stated.ground))
    if stated.result:
        parts.append(joined(_("result:"), " ", words(stated.result)))
    if stated.next_step:
        parts.append(joined(_("next:"), " ", words(stated.next_step)))
    if stated.provider_reference:
        parts.append(joined(_("provider's reference:"), " ", code(stated.provider_reference)))
    return joined(*_between(parts, " · "))


def _between(parts: Sequence[str], sign: str) -> list[str]:
    return [one for each in parts for one in (sign, each)][1:]


def _delivery(said: Delivery) -> Lines:
    use = {
        "intelligence": _("intelligence only"),
        "lead": _("lead only"),
        "evidence": _("evidence"),
    }[said.body.conditions.use]
    rows = [
        Fact(_("Answers"), counting.items(said.body.items)),
        Fact(
            _("Holds"),
            ngettext("{count} file", "{count} files", said.body.files).format(count=said.body.files),
        ),
        Fact(_("Use"), use),
        Fact(_("Seal"), code(counting.groups(said.body.seal))),
    ]
    if said.body.conditions.words:
        rows.append(Fact(_("Conditions"), words(said.body.conditions.words)))
    return tuple(rows)


def _ratified(said: Ratified) -> Lines:
    del said
    return (Fact(_("Ratified"), _("A second person stands behind what one person sent.")),)


def _recall(said: Recall) -> Lines:
    which = counting.items(said.body.items) if said.body.items else _("All of it")
    return (
        Fact(_("Recalled"), joined(which, ". ", _("Do not use it."))),
        Fact(_("Reason"), words(said.body.reason)),
    )


def _withdrawal(said: Withdrawal) -> Lines:
    which = counting.items(said.body.items) if said.body.items else _("All of it")
    rows = [Fact(_("Withdrawn"), which)]
    if said.body.reason:
        rows.append(Fact(_("Reason"), words(said.body.reason)))
    return tuple(rows)


_READERS: Final[dict[type[Statement], Callable[[Any], Lines]]] = {
    Request: request_facts,
    Acknowledgement: _acknowledgement,
    Query: _query,
    Answer: _answer,
    Decision: _decision,
    Report: _report,
    Delivery: _delivery,
    Ratified: _ratified,
    Recall: _recall,
    Withdrawal: _withdrawal,
}
