"""A Party's card and the basis with it; a fact of the register or of the treaty's list, never a score."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from rogatory.errors import RogatoryError
from rogatory.law import Matter
from rogatory_node.base import clock, directory
from rogatory_node.casework import basis
from rogatory_node.desk.showing import advice, places, thread_facts, times, wording
from rogatory_node.look.pictures.parties import BasisRow, BasisTable, ContactCard
from rogatory_node.look.pictures.shapes import StateBadge
from rogatory_node.look.pictures.thread import Fact
from rogatory_node.look.pictures.when import clock_time, day
from rogatory_node.look.pictures.words import name

__all__ = ["Shown", "party"]


@dataclass(frozen=True, slots=True)
class Shown:
    """One Party: its authorities, and what binds us with it."""

    name: str
    cards: tuple[ContactCard, ...]
    basis: BasisTable


def party(own: str, code: str, authorities: list[str]) -> Shown:
    """Return one Party as its register entries and the instruments at hand show it."""
    return Shown(places.party(code), tuple(_card(each) for each in authorities), _basis(own, code))


def _card(authority: str) -> ContactCard:
    entry = directory.entry(authority)
    here, now = places.place(authority), clock.now()
    lead = format_html(
        _("{time} in {place}, {day}."), time=clock_time(now, here), place=name(here.name), day=day(now, here)
    )
    rows = [
        Fact(_("Hours"), _("day and night") if entry.hours.always else name(entry.hours.words or "-")),
        Fact(_("Languages"), name(", ".join(map(_language, entry.languages)))),
        Fact(_("Accepts"), ", ".join(wording.kind(each) for each in entry.kinds) or _("not stated")),
        Fact(_("Channel"), _channel(entry.channel)),
    ]
    numbers = _numbers(authority)
    if numbers:
        rows.append(Fact(_("Call-back numbers"), name(", ".join(numbers))))
    tested = times.full(entry.last_tested, places.own_place()) if entry.last_tested else _("never, as stated")
    rows.append(Fact(_("Last tested"), tested))
    state = (
        StateBadge(_("Open day and night, as stated"), "check", "kept")
        if entry.hours.always
        else StateBadge(_("Hours as stated"), "clock", "wait")
    )
    return ContactCard(name(places.authority(authority)), lead, state, tuple(rows))


def _language(tag: str) -> str:
    try:
        return str(get_language_info(tag)["name_local"])
    except KeyError:
        return tag


def _channel(channel: str) -> str:
    return {"node": _("node to node"), "relay": _("by a relay"), "letter": _("by letter")}[channel]


def _numbers(authority: str) -> list[str]:
    try:
        known = directory.snapshot().identities[authority].call_back
    except (RogatoryError, KeyError, AttributeError):
        return []
    return [each.number for each in known if each.until is None]


def _basis(own: str, code: str) -> BasisTable:
    found = basis.between(own, code)
    rows = []
    for matter in Matter:
        answer = found.answer(matter)
        why = " ".join(dict.fromkeys(advice.said(each) for each in answer.reasons))
        rows.append(BasisRow(_matter(matter), thread_facts.answer_words(answer), why or _("both are bound")))
    return BasisTable(
        _("What binds us with {party}, today, matter by matter").format(party=places.party(code)),
        _("Legal bases with {party}").format(party=places.party(code)),
        tuple(rows),
        _("Articles are shown in our paraphrase; national law is to be confirmed."),
    )


def _matter(matter: Matter) -> str:
    return {
        Matter.CONTENTS: _("Contents of a request"),
        Matter.LANGUAGE: _("Language"),
        Matter.GROUNDS: _("Grounds of refusal"),
        Matter.SPECIALITY: _("Speciality"),
        Matter.CHANNEL: _("Channel"),
        Matter.COSTS: _("Costs"),
        Matter.PERSONAL_DATA: _("Personal data"),
        Matter.NETWORK: _("24/7 network"),
        Matter.PRESERVATION: _("Preservation"),
        Matter.PATH: _("Path of a communication"),
        Matter.STORED_DATA: _("Stored data"),
        Matter.REALTIME_TRAFFIC: _("Traffic data in real time"),
        Matter.INTERCEPTION: _("Interception of content"),
    }.get(matter, wording.told(matter.value.replace("_", " ").capitalize()))
