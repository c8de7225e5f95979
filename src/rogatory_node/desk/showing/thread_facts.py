"""The facts of a thread: the conduct, who acts now, which law, secrecy, use."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.html import format_html
from django.utils.translation import gettext as _

from rogatory import instruments, law
from rogatory.law import Answer, Matter, State
from rogatory.threads import RequestFold, Side
from rogatory_node.casework import basis
from rogatory_node.casework.selectors import ThreadView
from rogatory_node.desk.showing import places, times
from rogatory_node.desk.showing.freetext import cited, words
from rogatory_node.desk.showing.wording import told
from rogatory_node.look.pictures.thread import Fact
from rogatory_node.look.pictures.words import joined, name

__all__ = ["answer_words", "facts", "instrument_name"]


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
    parts = []
    if "preservation" in kinds:
        parts.append(
            format_html(_("Preservation: {law}."), law=answer_words(found.answer(Matter.PRESERVATION)))
        )
    if "stored_data" in kinds:
        parts.append(
            format_html(_("Stored data: {law}."), law=answer_words(found.answer(Matter.STORED_DATA)))
        )
        parts.append(
            format_html(_("Grounds of refusal: {law}."), law=answer_words(found.answer(Matter.GROUNDS)))
        )
    return joined(*(part for each in parts for part in (each, " ")))


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
