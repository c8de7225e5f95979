"""The page that asks how one item stands, and the page that shows all of them for review."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from rogatory.threads import RequestFold
from rogatory_node.casework.services.freeze import TOLD_ALONE
from rogatory_node.desk.showing import (
    advice,
    counting,
    items,
    next_act,
    numbers,
    orders,
    places,
    reading,
    states,
    wording,
)
from rogatory_node.desk.showing.decide_page import question
from rogatory_node.desk.showing.moves import Desk
from rogatory_node.desk.showing.moves_asked import ordered
from rogatory_node.desk.showing.reading_request import item_words
from rogatory_node.look.pictures.frame import Link
from rogatory_node.look.pictures.questions import (
    ActPage,
    Button,
    DecidePage,
    Decision,
    FollowUp,
    Problem,
    WillRead,
)
from rogatory_node.look.pictures.shapes import StateBadge
from rogatory_node.look.pictures.thread import Fact
from rogatory_node.look.pictures.words import joined, link

__all__ = ["page", "review"]

Answers = Mapping[int, Mapping[str, str]]


def page(
    desk: Desk, fold: RequestFold, number: int, given: Answers, problems: tuple[Problem, ...] = ()
) -> DecidePage:
    """Return the question on one item."""
    answer = given.get(number, {})
    last = all(each in given for each in states.due(fold) if each != number)
    save = _("Save item {number} and review all") if last else _("Save item {number} and go on")
    return DecidePage(
        crumbs=_crumbs(desk),
        caption=_("Item {number} of {count}").format(number=number, count=len(fold.items)),
        question=question(fold, number, _("how does it stand?")),
        field="state",
        decisions=_states(fold, number, answer, problems),
        save=Button(save.format(number=number), "act", "save"),
        will_read=_will_read(desk, number, answer),
        note=_("Nothing is sent yet. Everything can be changed until it is approved."),
        items_title=_("The items"),
        items=tuple(_beside(fold, each, number, given) for each in fold.items),
        order=orders.latest(desk.view, fold.id),
        problems=problems,
    )


def _crumbs(desk: Desk) -> tuple[Link, ...]:
    view = desk.view
    return (
        Link(_("Board"), reverse("desk:board")),
        Link(numbers.number(view), reverse("desk:thread", args=[view.thread.id])),
    )


def _beside(fold: RequestFold, each: int, number: int, given: Answers) -> Fact:
    what = f"{each}. {wording.category(fold.items[each].item.category)}"
    if each == number:
        return Fact(what, "", StateBadge(_("You are here"), "ours", "act"))
    if each in given:
        return Fact(what, "", wording.badge(given[each]["state"]))
    return Fact(what, "", items.badge(fold.items[each]))


def _states(
    fold: RequestFold, number: int, answer: Mapping[str, str], problems: tuple[Problem, ...]
) -> tuple[Decision, ...]:
    wrong = {each.field: each.text for each in problems}
    hints = {
        "executed": _("It was done, found or answered; say it in words. Data travel sealed."),
        "executed_in_part": _("Part of it was done; say which, and what is missing."),
        "preserved": _("The provider keeps it, from a moment to a day that you state."),
        "preserved_in_part": _("Part of it is kept; say what is missing."),
        "measures_taken": _(
            "Whether there are any data stays undisclosed: the default for personal accounts."
        ),
        "vanished": _("It was there and is gone."),
        "cannot_identify": _("Nobody can say whose it is, with what was given."),
        "elsewhere": _("Another provider or Party holds it."),
        "released": _("It was kept and is kept no longer."),
    }
    return tuple(
        Decision(
            state,
            wording.state(state),
            hints[state],
            state == answer.get("state"),
            tuple(_field(state, field, answer, wrong) for field in states.WITH[state]),
        )
        for state in states.answers(fold.request.body.kind, fold.items[number].item.category)
    )


def _field(state: str, field: str, answer: Mapping[str, str], wrong: Mapping[str, str]) -> FollowUp:
    labels = {
        "result": (
            _("What was done or found"),
            _("They will read it. No data: those travel sealed."),
            30,
        ),
        "effected": (_("Kept since"), _("With its zone: 2028-03-14 02:05 +01"), 20),
        "until": (_("Kept until"), _("Year, month, day: 2028-06-11"), 10),
        "missing": (_("What is missing"), "", 30),
        "reference": (_("Provider's reference (optional)"), "", 20),
        "party": (_("Which Party (three letters)"), "", 3),
        "provider": (_("Who holds it"), "", 30),
        "next_step": (_("What they can do next (optional)"), "", 30),
    }
    label, hint, size = labels[field]
    if state in states.DONE and field in ("effected", "until"):
        label = _("Since (optional)") if field == "effected" else _("Until, where it lasts (optional)")
    # Each state has fields of its own, so that a page without script sends one value for each.
    return FollowUp(
        f"{state}-{field}",
        label,
        answer.get(field, "") if answer.get("state") == state else "",
        "long" if field == "result" else "text",
        hint=hint,
        problem=wrong.get(f"{state}-{field}", ""),
        size=size,
    )


def _will_read(desk: Desk, number: int, answer: Mapping[str, str]) -> WillRead | None:
    found = states.model(number, answer) if answer.get("state") else None
    if found is None:
        return None
    party = places.party(numbers.other_party(desk.view))
    return WillRead(
        _("What {party} will read").format(party=party),
        reading.line(reading.stated(found)),
        _("The order at home does not travel."),
    )


def review(desk: Desk, fold: RequestFold, given: Answers) -> ActPage:
    """Return all states together, exactly as they will be read, with the way back to each."""
    view = desk.view
    here = reverse("desk:report", args=[view.thread.id, fold.id])
    rows = []
    for number, each in sorted(given.items()):
        found = states.model(number, each)
        said = reading.stated(found).value if found else wording.state(each["state"])
        change = link(_("Change"), f"{here}?item={number}")
        rows.append(Fact(item_words(fold.items[number].item), joined(said, " ", change)))
    bare = sorted(set(given) - ordered(desk, fold))
    found_out = any(each.get("result") for each in given.values())
    discloses = found_out and fold.request.body.kind not in TOLD_ALONE
    note = next_act.needs("report_result" if discloses else "report")
    if bare:
        lacks = _("No act at home is recorded for {items}: without one nothing can be reported as done.")
        note = joined(
            lacks.format(items=counting.items_within(bare)), " ", _order_link(desk, fold), " ", note
        )
    return ActPage(
        crumbs=_crumbs(desk),
        title=_("All items: is this how they stand?"),
        lead=_("{party} will read what stands below, word for word. Nothing is sent by fixing it.").format(
            party=places.party(numbers.other_party(view))
        ),
        facts=tuple(rows),
        buttons=(Button(_("Fix it for approval"), "act", "prepare"),) if given else (),
        note=note,
        findings=advice.of_request(view, fold, _("Findings")),
    )


def _order_link(desk: Desk, fold: RequestFold) -> str:
    return link(_("Record it"), desk.link("order", fold.id))
