"""The box with the one next act of a thread, and what else may be done."""

from __future__ import annotations

from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rogatory.threads import Entry, Side
from rogatory_node.base import NodeError, configuration
from rogatory_node.base.policy import ActRule
from rogatory_node.casework.services.follow_up import FOLLOW_UPS
from rogatory_node.desk.showing import act_forms, matters, numbers, places, spans, wording
from rogatory_node.desk.showing.moves import Desk, Move, live
from rogatory_node.look.pictures.frame import Link
from rogatory_node.look.pictures.thread import NextAct

__all__ = ["further", "needs", "of_thread", "rule_words"]

# The rule of the Party's policy behind each move; the others bind nobody or are the node's own work.
RULES = {
    "acknowledge": "acknowledgement",
    "answer": "answer",
    "decide": "decision",
    "report": "report",
    "deliver": "delivery",
    "read": "acknowledgement",
    "recall": "acknowledgement",
    "ratify": "ratified",
    "follow_up": "request_stored_data",
    "destroy": "returned_or_destroyed",
}


def of_thread(desk: Desk) -> NextAct:
    """Return the next act: ours, theirs, or that nothing is due."""
    moves = matters.of_thread(desk)
    first = moves[0] if moves else Move("none", ours=False, bold="", text=_("Nothing is asked for any more."))
    shown = _ours(desk, first) if first.ours else _theirs(desk, first)
    return replace(shown, others=_others(desk, first))


def _ours(desk: Desk, move: Move) -> NextAct:
    return NextAct(
        whose=_("Next act: yours"),
        title=move.bold.rstrip(".。"),
        text=move.text,
        act=Link(move.label, move.href),
        note=" ".join(filter(None, (needs(RULES.get(move.kind, "")), _loss(desk, move)))),
    )


def _theirs(desk: Desk, move: Move) -> NextAct:
    if move.kind == "none":
        return NextAct(_("Nothing needs you"), move.text.rstrip(".。"), note=_loss(desk, move), ours=False)
    colleague = move.kind == "ratify" or not desk.may_act
    them = _("a colleague") if colleague else places.party(numbers.other_party(desk.view))
    return NextAct(
        _("Waits for {whom}").format(whom=them), move.text.rstrip(".。"), note=_loss(desk, move), ours=False
    )


def _loss(desk: Desk, move: Move) -> str:
    if move.loss is None:
        return ""
    here = places.place(desk.view.authority)
    if move.kind == "ratify":
        return _("Ratification is due by {day}.").format(day=spans.long(move.loss, here))
    return _("First end or loss: {day}.").format(day=spans.loss_words(move, here))


def needs(rule: str) -> str:
    """Return who has to approve an act, by the Party's own policy; empty where no rule is for it."""
    try:
        found = configuration.current().rule(rule)
    except NodeError:
        return ""
    return rule_words(found)


def rule_words(rule: ActRule) -> str:
    """Return a rule of the policy in a sentence: how many people, in which roles, who may send alone."""
    who = pgettext("between approvers", "; and ").join(wording.roles(need) for need in rule.needs)
    if len(rule.needs) == 1:
        return _("One person may do this: {who}.").format(who=who)
    if rule.alone:
        alone = wording.roles(rule.alone)
        sentence = _("Two people: {who}. A {alone} may send alone; the other ratifies within {hours} hours.")
        return sentence.format(who=who, alone=alone, hours=rule.ratify_hours)
    return _("Several people: {who}.").format(who=who)


def _others(desk: Desk, first: Move) -> tuple[Link, ...]:
    """Return what else may be done in the thread now, as plain links."""
    if not desk.may_act:
        return ()
    found: list[tuple[str, str, str]] = []
    for fold in live(desk):
        if desk.view.side is Side.REQUESTED:
            found += [
                (_("Ask a question"), "ask", fold.id),
                (_("Record an order"), "order", fold.id),
                (_("Report"), "report", fold.id),
            ]
        else:
            if after := FOLLOW_UPS.get(fold.request.body.kind):
                asks = _("Ask for the data") if after.to == "stored_data" else _("Ask for freezing")
                found.append((asks, "follow-up", fold.id))
            found.append((_("Withdraw"), "withdraw", fold.id))
    found.append((_("Title"), "entitle", desk.view.thread.id))
    links = {desk.link(name, about): text for text, name, about in found}
    links.pop(first.href, None)
    return tuple(Link(text, href) for href, text in links.items())


def further(desk: Desk, about: Entry | None = None) -> tuple[Link, ...]:
    """Return the acts that one form serves and our side can make now: in the thread, or about a statement."""
    if not desk.may_act:
        return ()
    found = [
        act
        for act in act_forms.offered(desk.view)
        if about is None or about in act_forms.targets(desk.view, act)
    ]
    of = f"?of={about.id}" if about else ""
    return tuple(
        Link(str(act_forms.FORMS[act].link), reverse("desk:say", args=[desk.view.thread.id, act]) + of)
        for act in found
    )
