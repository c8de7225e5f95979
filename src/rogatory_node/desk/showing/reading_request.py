"""A request as it is read: the case, the facts, why in haste, secrecy; its items stand in a table beside."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rogatory.statements import KINDS, Item, Offence, PenalProvision, Request, RequestBody
from rogatory.values import Doubt, Period, doubts
from rogatory_node.desk.showing import counting, places, times, wording
from rogatory_node.desk.showing.choices import choice
from rogatory_node.desk.showing.freetext import cited, words
from rogatory_node.desk.showing.pasted import DESCRIBED
from rogatory_node.desk.showing.reading_members import as_facts, inline
from rogatory_node.look.pictures.thread import Fact
from rogatory_node.look.pictures.words import code, joined, look_alike, name

__all__ = [
    "identifier",
    "item_details",
    "item_words",
    "period",
    "period_of",
    "period_verbatim",
    "request_facts",
]


def request_facts(said: Request) -> tuple[Fact, ...]:
    """Return what a request says apart from its items."""
    return tuple(_facts(said.body))


def _facts(body: RequestBody) -> Iterator[Fact]:
    if body.reference:
        yield Fact(_("Reference"), name(body.reference))
    yield Fact(_("Urgency"), _urgency(body.urgency))
    if body.extends:
        yield Fact(_("Extends"), code(counting.groups(body.extends)))
    if body.preservation:
        yield Fact(_("Follows the preservation"), code(counting.groups(body.preservation)))
    if body.case_unit:
        unit = [body.case_unit.name, body.case_unit.prosecutor, body.case_unit.reference]
        yield Fact(_("Case unit"), joined(*_between([name(each) for each in unit if each])))
    if body.offence:
        yield from _offence(body.offence)
    if body.facts:
        yield Fact(_("Facts"), words(body.facts))
    if body.purpose:
        yield Fact(_("Purpose"), words(body.purpose))
    if body.earlier_requests:
        yield Fact(_("Asked before"), words(body.earlier_requests))
    yield from _particulars(body)
    yield from _handling(body)
    yield from _use(body)


def _particulars(body: RequestBody) -> Iterator[Fact]:
    """Yield what only this kind of request says, each member in the words of its field."""
    bears = KINDS[body.kind].bears
    said = getattr(body, bears) if bears else None
    if said is not None:
        yield from as_facts(said)


def _urgency(name: str) -> str:
    return {
        "routine": _("Routine"),
        "urgent": _("Urgent"),
        "emergency": _("An emergency is claimed"),
    }[name]


def _offence(offence: Offence) -> Iterator[Fact]:
    articles = joined(*_between([cited(each) for each in offence.convention_articles]))
    conduct = words(offence.conduct)
    yield Fact(_("Conduct"), joined(conduct, " (", articles, ")") if articles else conduct)
    if offence.conduct_period:
        yield Fact(_("When"), period(offence.conduct_period))
    if offence.harm:
        yield Fact(_("Harm"), words(offence.harm))
    if offence.victim:
        yield Fact(_("Victim"), _victim(offence.victim))
    for each in offence.provisions:
        parts: list[str] = [name(each.citation)]
        parts += [". ", words(each.text)] if each.text else []
        if each.maximum_penalty:
            gravest = str(choice(PenalProvision, "maximum_penalty", each.maximum_penalty))
            parts += [" ", _("Gravest penalty: {penalty}.").format(penalty=gravest)]
        months = each.maximum_penalty_months
        if months is not None:
            most = ngettext(
                "Maximum penalty: {count} month.", "Maximum penalty: {count} months.", months
            ).format(count=months)
            parts += [" ", most]
        if each.enacted:
            parts += [" ", _("Enacted {day}.").format(day=times.day_of(each.enacted))]
        yield Fact(_("Penal provision"), joined(*parts))


def _victim(name: str) -> str:
    return {
        "person": _("a person"),
        "organisation": _("an organisation"),
        "state": _("the State"),
        "official": _("an official"),
        "none_identified": _("none identified"),
    }[name]


def _handling(body: RequestBody) -> Iterator[Fact]:
    if body.secrecy:
        until = _("To {day}.").format(day=times.day_of(body.secrecy.until))
        yield Fact(_("Secrecy"), joined(until, " ", words(body.secrecy.reason)))
    if body.suspect_is_minor:
        minor = {"yes": _("yes"), "no": _("no"), "unknown": _("not known")}[body.suspect_is_minor]
        yield Fact(_("Suspect is a minor"), minor)
    if body.follow_up_planned:
        yield Fact(_("Follow-up planned"), times.day_of(body.follow_up_planned))
    if body.call_back:
        yield Fact(_("Call back"), name(body.call_back))


def _use(body: RequestBody) -> Iterator[Fact]:
    if body.domestic_authorisation:
        by = body.domestic_authorisation
        yield Fact(
            _("Authorised by"),
            joined(name(by.authority), ", ", name(by.reference), ", ", times.day_of(by.date)),
        )
    if body.safeguards:
        yield Fact(_("Safeguards"), words(body.safeguards))
    if body.form_of_evidence:
        yield Fact(_("Form of evidence"), words(body.form_of_evidence))
    if body.privilege_filter:
        yield Fact(_("Privilege"), words(body.privilege_filter))
    if body.deadline:
        reason = [" ", words(body.deadline_reason)] if body.deadline_reason else []
        yield Fact(_("Deadline"), joined(times.day_of(body.deadline), ".", *reason))
    if body.proceedings_of_use:
        yield Fact(_("For use in"), joined(*_between([name(each) for each in body.proceedings_of_use])))
    if body.use:
        yield Fact(_("Use"), str(choice(RequestBody, "use", body.use)))
    if body.data_protection:
        yield Fact(_("Data protection"), words(body.data_protection))


def _between(parts: list[SafeString]) -> list[str]:
    return [one for each in parts for one in (", ", each)][1:]


def identifier(item: Item) -> SafeString:
    """Return an item's identifier verbatim, with its look-alike characters marked."""
    given = item.identifier
    doubtful = [each.fields["position"] - 1 for each in _look_alikes(item)]
    if given.kind in DESCRIBED:
        return name(given.verbatim)
    return look_alike(given.verbatim, doubtful) if doubtful else code(given.verbatim)


def _look_alikes(item: Item) -> list[Doubt]:
    return [each for each in doubts(item.identifier) if each.code == "DOUBT-016"]


def item_words(item: Item) -> SafeString:
    """Return what an item is, after its number: its description, or its kind, and the identifier."""
    what = words(item.description) if item.description else wording.identifier_kind(item.identifier.kind)
    held = [", ", name(item.provider.name)] if item.provider else []
    at = [", ", places.party(item.provider.party)] if item.provider and item.provider.party else []
    return joined(f"{item.number}. ", what, " ", identifier(item), *held, *at)


def item_details(item: Item) -> SafeString:
    """Return everything that an item says beyond its name, its category and its period."""
    parts: list[str] = [inline(item.identifier, leave_out=("verbatim", "normalised"))]
    if item.identifier.normalised != item.identifier.verbatim:
        parts.append(joined(_("Normalised"), ": ", code(item.identifier.normalised)))
    if item.provider:
        parts.append(inline(item.provider, leave_out=("name", "party")))
    parts += [*_clocks(item.period)]
    if item.vanishes:
        parts.append(
            joined(_("Data vanish on"), ": ", code(f"{item.vanishes.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"))
        )
    if item.necessity:
        parts.append(joined(_("Why this is needed"), ": ", words(item.necessity)))
    return joined(*[one for each in parts if each for one in (" · ", each)][1:])


def _clocks(stated: Period | None) -> Iterator[SafeString]:
    """Yield by which clock the times were observed, and how wrong it is, once for both ends."""
    ends = [each for each in (stated.start, stated.end) if each] if stated else []
    for source in dict.fromkeys(each.clock_source for each in ends if each.clock_source):
        yield joined(_("Clock"), ": ", name(source))
    for error in dict.fromkeys(each.error_seconds for each in ends if each.error_seconds is not None):
        yield joined(_("Clock error"), f": ± {error} s")


def period_of(item: Item) -> str:
    """Return the period of an item; an act that has none shows none, data without one say so."""
    return period(item.period) if item.period or wording.is_data(item.category) else ""


def period(stated: Period | None) -> str:
    """Return a period in words on the clock that was stated; an end that nobody stated says so."""
    if stated is None or (stated.start is None and stated.end is None):
        return _("not stated")
    start, end = stated.start, stated.end
    if start is None or end is None or start == end:
        known = start or end
        assert known is not None
        ends = [
            times.spoken(start) if start else _("not stated"),
            times.spoken(end) if end else _("not stated"),
        ]
        return (
            times.spoken(known) if start == end else _("{start} to {end}").format(start=ends[0], end=ends[1])
        )
    if start.normalised is None or end.normalised is None or start.zone != end.zone:
        return joined(times.spoken(start), " ", _("to"), " ", times.spoken(end))
    return times.span(start, end)


def period_verbatim(stated: Period | None) -> str:
    """Return a period as it was observed, with the instants that were read in it."""
    if stated is None:
        return _("not stated")
    ends = [times.moment(each) if each else _("not stated") for each in (stated.start, stated.end)]
    return ends[0] if ends[0] == ends[1] else joined(ends[0], " ", _("to"), " ", ends[1])
