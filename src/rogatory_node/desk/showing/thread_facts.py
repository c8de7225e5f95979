"""The facts of a thread: the conduct, who acts now, which law, secrecy, use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rogatory import instruments, law
from rogatory.law import Answer, Basis, Matter, State
from rogatory.statements import KINDS, KindName
from rogatory.threads import RequestFold, Side
from rogatory_node.casework import basis
from rogatory_node.casework.selectors import ThreadView
from rogatory_node.desk.showing import clock_words, places, times, wording
from rogatory_node.desk.showing.freetext import cited, words
from rogatory_node.desk.showing.wording import told
from rogatory_node.look.pictures.thread import Fact
from rogatory_node.look.pictures.words import joined, name

__all__ = ["answer_words", "facts", "instrument_name"]


# Which matter of the basis answers for a kind; those without a treaty basis have none.
MATTERS: Final[dict[str, Matter]] = {
    "preservation": Matter.PRESERVATION,
    "stored_data": Matter.STORED_DATA,
    "realtime_traffic": Matter.REALTIME_TRAFFIC,
    "content_interception": Matter.INTERCEPTION,
    "mutual_assistance": Matter.CONTENTS,
    "extradition": Matter.EXTRADITION,
    "sentenced_transfer": Matter.TRANSFER_OF_PERSONS,
    "proceedings_transfer": Matter.TRANSFER_OF_PROCEEDINGS,
    "police_cooperation": Matter.POLICE,
    "joint_investigation": Matter.JOINT_INVESTIGATION,
    "property": Matter.PROPERTY,
    "provider_location": Matter.NETWORK,
    "advice": Matter.NETWORK,
    "emergency_data": Matter.EMERGENCY,
}
UNDER_GROUNDS: Final = frozenset(
    ("stored_data", "realtime_traffic", "content_interception", "mutual_assistance", "property")
)


def facts(view: ThreadView) -> tuple[Fact, ...]:
    """Return what an officer needs to know of a thread before anything else."""
    return tuple(_facts(view))


def _facts(view: ThreadView) -> Iterator[Fact]:
    thread = view.thread
    request = thread.requests[-1] if thread.requests else None
    if request is not None:
        yield from _conduct(request)
        if request.request.body.reference:
            yield Fact(_("Reference"), name(request.request.body.reference))
    acting = [name(places.authority(thread.authorities[side])) for side in Side]
    yield Fact(_("Acting now"), joined(acting[0], " ⇄ ", acting[1]))
    yield Fact(_("Law"), _law(view))
    if clocks := clock_words.running(view.clocks, places.place(view.authority)):
        yield Fact(_("Clocks"), clocks)
    if request is not None and request.deliveries:
        conditions = request.deliveries[-1][1].body.conditions
        said = words(conditions.words) if conditions.words else _("as its package states")
        yield Fact(_("Use"), said)
    if request is not None and request.request.body.secrecy:
        secrecy = request.request.body.secrecy
        until = _("To {day}.").format(day=times.day_of(secrecy.until))
        yield Fact(_("Secrecy"), joined(until, " ", words(secrecy.reason)))
    if request is not None and request.request.body.call_back:
        yield Fact(_("Call back"), name(request.request.body.call_back))


def _conduct(fold: RequestFold) -> Iterator[Fact]:
    offence = fold.request.body.offence
    if offence is None:
        return
    articles = (
        [" (", joined(*map(cited, offence.convention_articles)), ")"] if offence.convention_articles else []
    )
    harm = [" ", words(offence.harm)] if offence.harm else []
    yield Fact(_("Conduct"), joined(words(offence.conduct), *harm, *articles))


def _law(view: ThreadView) -> str:
    thread = view.thread
    day = thread.entries[0].statement.issued_at.date()
    found = basis.between(thread.requesting, thread.requested, day)
    kinds = {each.request.body.kind for each in thread.requests}
    parts = [_governing(kind, found) for kind in KINDS if kind in kinds]
    if kinds & UNDER_GROUNDS:
        parts.append(
            format_html(_("Grounds of refusal: {law}."), law=answer_words(found.answer(Matter.GROUNDS)))
        )
    return joined(*(part for each in parts for part in (each, " ")))


def _governing(kind: KindName, found: Basis) -> SafeString:
    """Return what governs a kind of request; one that the Convention does not know rests on domestic law."""
    matter = MATTERS.get(kind)
    law_words = (
        answer_words(found.answer(matter)) if matter else _("no treaty basis, domestic law or practice")
    )
    return format_html(_("{kind}: {law}."), kind=wording.kind(kind), law=law_words)


def answer_words(answer: Answer) -> str:
    """Return what governs a matter: the instrument and its articles, or that it is not known."""
    if answer.state is State.NONE or answer.governing is None:
        if answer.state is State.UNKNOWN:
            return _("not known, ask a lawyer")
        return _("no instrument at hand binds both")
    title = instrument_name(answer.governing)
    if answer.state is State.UNKNOWN:
        return _("{instrument}, whose words on it are not at hand").format(instrument=title)
    refs = name(", ".join(law.cited_as(each) for each in answer.anchors))
    assumed = _("{instrument}, {refs} (assumed in force)") if answer.assumed else _("{instrument}, {refs}")
    return format_html(assumed, instrument=title, refs=refs)


def instrument_name(key: str) -> str:
    """Return what an instrument is called for short."""
    if key == "hanoi_2024":
        return _("Convention")
    found = instruments.instrument(key)
    signed = found.facts.get("signed")
    return _("treaty of {year}").format(year=signed[:4]) if isinstance(signed, str) else told(found.title)
