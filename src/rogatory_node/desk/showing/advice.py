"""Findings as boxes that stay here: what is not met first, then what is for a person, then what is met."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Literal

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from rogatory import instruments, law
from rogatory.law import Cure, Finding, Outcome, Reason
from rogatory.threads import RequestFold, Side
from rogatory_node.casework import basis
from rogatory_node.casework.selectors import ThreadView
from rogatory_node.desk.showing import places
from rogatory_node.desk.showing.members import member
from rogatory_node.desk.showing.thread_facts import instrument_name
from rogatory_node.desk.showing.wording import in_source_words, told
from rogatory_node.look.pictures.findings import FindingCard, Findings
from rogatory_node.look.pictures.frame import Link
from rogatory_node.look.pictures.words import name

__all__ = ["beside", "box", "card", "cite", "flag", "for_items", "of_request", "said", "slim"]

Said = Reason | Cure
ORDER = (Outcome.NOT_MET, Outcome.FOR_A_PERSON, Outcome.MET)
SHOWN: dict[Outcome, Literal["met", "not_met", "person"]] = {
    Outcome.MET: "met",
    Outcome.NOT_MET: "not_met",
    Outcome.FOR_A_PERSON: "person",
}


def flag() -> str:
    """Return the words of the flag that stands over everything that never travels."""
    return _("Stays here. Never sent, not in the bundle")


def box(
    found: Iterable[Finding], title: str, *, level: int = 2, note: str = "", theirs: bool = False
) -> Findings | None:
    """Return findings in their box; nothing when there are none.

    What is met is drawn together in one card, since it asks nothing of anybody. ``theirs``: the request is
    the other Party's, so what would cure it is to ask.
    """
    every = list(found)
    if not every:
        return None
    cards = [card(each) for outcome in ORDER[:2] for each in every if each.outcome is outcome]
    if theirs:
        ask = _("ask for it, if you need it.")
        cards = [replace(each, cure=ask) if each.cure else each for each in cards]
    met = [each for each in every if each.outcome is Outcome.MET]
    if len(met) == 1:
        cards.append(card(met[0]))
    elif met:
        cards.append(_together(met))
    return Findings(flag(), tuple(cards), title, note, level)


def slim(finding: Finding) -> Findings:
    """Return one finding in its slim box beside a field."""
    return Findings(_("Finding: stays here"), (card(finding),))


def card(finding: Finding) -> FindingCard:
    """Return one finding: its outcome, its article, its reasons, its cure."""
    reasons = " ".join(dict.fromkeys(said(each) for each in finding.reasons))
    cure = " ".join(dict.fromkeys(said(each) for each in finding.cure))
    return FindingCard(SHOWN[finding.outcome], cite(finding.cites), reasons, cure)


def cite(anchor: str) -> Link:
    """Return an article or practice with the page that explains it."""
    cited = law.cited_as(anchor)
    text = _("practice") if cited == "practice" else name(cited)
    return Link(text, reverse("desk:law", args=[anchor]))


def said(what: Said) -> str:
    """Return the sentence of a reason or a cure; a place in the draft is not shown as a pointer."""
    if isinstance(what, Cure) and what.code == "LAW-301":
        return _("State it.")
    with in_source_words():
        sentence = law.sentence(_named(what), get_language() or "en")
    return told(sentence)


def _named(what: Said) -> Said:
    """Return a reason or a cure whose codes of Parties and keys of instruments are names."""
    return replace(what, fields=tuple((field, _name(field, value)) for field, value in what.fields))


def _name(field: str, value: str | int) -> str | int:
    if field in ("party", "one", "other") and isinstance(value, str):
        return places.party(value)
    if field == "member" and isinstance(value, str):
        return member(value)
    if field == "instrument" and isinstance(value, str) and value in instruments.instruments():
        return instrument_name(value)
    return value


def _together(met: list[Finding]) -> FindingCard:
    cited = dict.fromkeys(law.cited_as(each.cites) for each in met)
    words = ngettext(
        "{count} particular is as it should be: {cited}.",
        "{count} particulars are as they should be: {cited}.",
        len(met),
    )
    reason = format_html(words, count=len(met), cited=name(", ".join(cited)))
    return FindingCard("met", cite(met[0].cites), reason)


def of_request(view: ThreadView, fold: RequestFold, title: str) -> Findings | None:
    """Return what a person has to weigh in a request of a thread, and in one card what it does not state.

    An incomplete request is queried, never refused (PRACTICE section 2): gaps take one card here.
    """
    request = fold.request
    between = basis.between(view.thread.requesting, view.thread.requested, request.issued_at.date())
    found = law.findings(
        request, between, sender=basis.desk(request.sender), recipient=basis.desk(request.recipient)
    )
    gaps = [each for each in found if each.outcome is Outcome.NOT_MET]
    theirs = view.side is Side.REQUESTED
    rest = box([each for each in found if each.outcome is not Outcome.NOT_MET], title, level=3, theirs=theirs)
    if rest is None or not gaps:
        return rest
    return replace(rest, cards=(_gaps(gaps), *rest.cards))


def _gaps(gaps: list[Finding]) -> FindingCard:
    cited = dict.fromkeys(law.cited_as(each.cites) for each in gaps)
    words = ngettext(
        "{count} particular is not as it should be: {cited}.",
        "{count} particulars are not as they should be: {cited}.",
        len(gaps),
    )
    reason = format_html(words, count=len(gaps), cited=name(", ".join(cited)))
    return FindingCard(
        "not_met", cite(gaps[0].cites), reason, _("ask for what you need; do not refuse for it.")
    )


def for_items(finding: Finding, numbers: set[Any]) -> Findings | None:
    """Return a finding in its slim box with what it says of some items alone; nothing if it says nothing."""
    told_of = [each for each in finding.reasons if dict(each.fields).get("item") in numbers]
    if not told_of:
        return None
    cures = finding.cure[:1]
    return slim(replace(finding, reasons=tuple(told_of), cure=cures))


Taken = set[tuple[str, str]]


def beside(found: Iterable[Finding], pointer: str, taken: Taken) -> Findings | None:
    """Return the findings whose cure is at a place in the draft, for the field that writes it.

    Args:
        found: What the rules find.
        pointer: The place that the field writes, as a JSON Pointer.
        taken: What stands beside an earlier field already; what is shown here is added.
    """
    cards = []
    for each in found:
        told_here = [] if each.outcome is Outcome.MET else _about(each, pointer, taken)
        if told_here:
            taken.update((each.rule, cure.path) for _reason, cure in told_here)
            reasons = tuple(dict.fromkeys(reason for reason, _cure in told_here))
            cards.append(card(replace(each, reasons=reasons, cure=(told_here[0][1],))))
    return Findings(_("Finding: stays here"), tuple(cards)) if cards else None


def _about(finding: Finding, pointer: str, taken: Taken) -> list[tuple[Reason, Cure]]:
    """Return the reasons of a finding that a place would cure, each with its own cure if they are paired."""
    paired = len(finding.reasons) == len(finding.cure)
    rows = (
        zip(finding.reasons, finding.cure, strict=True)
        if paired
        else ((reason, cure) for cure in finding.cure for reason in finding.reasons)
    )
    return [
        (reason, cure)
        for reason, cure in rows
        if _related(cure.path, pointer) and (finding.rule, cure.path) not in taken
    ]


def _related(cure: str, pointer: str) -> bool:
    return cure == pointer or cure.startswith(f"{pointer}/") or pointer.startswith(f"{cure}/")
