"""The page of the six answers, and the page that shows all of them for review."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rogatory import instruments, law, wire
from rogatory.errors import RogatoryError
from rogatory.law import Consultation, Grounds, State
from rogatory.statements import ItemDecision, ItemState
from rogatory.threads import RequestFold
from rogatory_node.desk.showing import (
    advice,
    decisions,
    items,
    next_act,
    numbers,
    orders,
    places,
    reading,
)
from rogatory_node.desk.showing.decisions import Answer, Answers
from rogatory_node.desk.showing.kind_words import asks_for_data
from rogatory_node.desk.showing.moves import Desk
from rogatory_node.desk.showing.moves_asked import undecided
from rogatory_node.desk.showing.reading_request import identifier, item_words
from rogatory_node.desk.showing.wording import category, told
from rogatory_node.look.pictures.frame import Link
from rogatory_node.look.pictures.questions import (
    ActPage,
    Button,
    DecidePage,
    Decision,
    FollowUp,
    Option,
    Problem,
    WillRead,
)
from rogatory_node.look.pictures.shapes import StateBadge
from rogatory_node.look.pictures.thread import Fact
from rogatory_node.look.pictures.words import joined, link, name

__all__ = ["line", "page", "question", "review"]

Follow = Callable[..., FollowUp]


def page(
    desk: Desk, fold: RequestFold, number: int, given: Answers, problems: tuple[Problem, ...] = ()
) -> DecidePage:
    """Return the question on one item."""
    asked = undecided(fold)
    answer = given.get(number, {})
    last = all(each in given for each in asked if each != number)
    title = _("The {count} items") if len(fold.items) != 1 else _("The item")
    save = _("Save item {number} and review all") if last else _("Save item {number} and go on")
    return DecidePage(
        crumbs=_crumbs(desk),
        caption=_("Item {number} of {count}").format(number=number, count=len(fold.items)),
        question=question(fold, number, _("what do you decide?")),
        field="decision",
        decisions=_decisions(fold.request.body.kind, decisions.grounds(desk.view, fold), answer, problems),
        save=Button(save.format(number=number), "act", "save"),
        will_read=_will_read(desk, number, answer),
        note=_("Nothing is sent yet. Everything can be changed until it is approved."),
        items_title=title.format(count=len(fold.items)),
        items=tuple(_beside(fold, each, number, given) for each in fold.items),
        order=orders.latest(desk.view, fold.id),
        findings=advice.of_request(desk.view, fold, _("Before you decide")),
        problems=problems,
    )


def question(fold: RequestFold, number: int, asks: str) -> SafeString:
    """Return the question on an item, by its category and its identifier."""
    item = fold.items[number].item
    what = category(item.category)
    return joined(what[:1].upper() + what[1:], ", ", identifier(item), ": ", asks)


def _crumbs(desk: Desk) -> tuple[Link, ...]:
    view = desk.view
    whose = _("from {party}").format(party=places.party(numbers.other_party(view)))
    return (
        Link(_("Board"), reverse("desk:board")),
        Link(joined(numbers.number(view), ", ", whose), reverse("desk:thread", args=[view.thread.id])),
    )


def _beside(fold: RequestFold, each: int, number: int, given: Answers) -> Fact:
    what = f"{each}. {_category(fold, each)}"
    if each == number:
        return Fact(what, "", StateBadge(_("You are here"), "ours", "act"))
    if each in given:
        return Fact(what, "", _answered(given[each]))
    return Fact(what, "", items.badge(fold.items[each]))


def _category(fold: RequestFold, number: int) -> str:
    return category(fold.items[number].item.category)


def _answered(answer: Answer) -> StateBadge:
    return {
        "taken": StateBadge(_("Accepted"), "full", "kept"),
        "part": StateBadge(_("Accepted in part"), "half", "kept"),
        "ask": StateBadge(_("Asked"), "ring", "wait"),
        "postpone": StateBadge(_("Postponed"), "pause", "wait"),
        "elsewhere": StateBadge(_("Elsewhere"), "ring", "wait"),
        "refuse": StateBadge(_("Refused"), "cross", "lapse"),
    }[answer["decision"]]


def _decisions(
    kind: str, open_: Grounds, answer: Answer, problems: tuple[Problem, ...]
) -> tuple[Decision, ...]:
    wrong = {each.field: each.text for each in problems}
    chosen = answer.get("decision", "")

    def follow(field: str, label: str, kind: str = "long", hint: str = "", size: int = 10) -> FollowUp:
        return FollowUp(
            field,
            label,
            answer.get(field, ""),
            "long" if kind == "long" else "text",
            hint=hint,
            problem=wrong.get(field, ""),
            size=size,
        )

    rows = (
        (
            "taken",
            _("Take the measures"),
            _taken_hint(kind),
            (),
        ),
        (
            "part",
            _("Take them in part"),
            _("Say which part, and what is left out."),
            (follow("part", _("Which part")),),
        ),
        (
            "ask",
            _("Ask the requesting Party"),
            _("An incomplete request is queried, never refused."),
            (follow("question", _("Your question")),),
        ),
        ("postpone", _("Postpone"), _postpone_hint(open_), tuple(_postpone(open_, follow, answer))),
        (
            "elsewhere",
            _("Cannot identify, or elsewhere"),
            _("Another provider or Party holds it.")
            if asks_for_data(kind)
            else _("Nobody can be found by it here, or it is elsewhere."),
            (follow("where", _("Who holds it, if you know"), "text", size=30),),
        ),
        ("refuse", _("Refuse"), _refuse_hint(open_), tuple(_refuse(open_, follow, answer, wrong))),
    )
    return tuple(Decision(value, label, hint, value == chosen, fields) for value, label, hint, fields in rows)


def _taken_hint(kind: str) -> str:
    if kind == "preservation":
        return _("Accepted. You report when the provider says that it is kept.")
    if asks_for_data(kind):
        return _("Accepted. You report what was done, and deliver the data sealed.")
    return _("Accepted. You report what was done, once it is done.")


def _postpone_hint(open_: Grounds) -> str:
    if open_.postponement is None:
        return _("It would interfere with a proceeding of ours. Which provision allows it, a lawyer says.")
    cited = law.cited_as(open_.postponement)
    return format_html(
        _("It would interfere with a proceeding of ours, {cited}. Consult first, {consult}."),
        cited=name(cited),
        consult=name(law.cited_as("hanoi_2024/art40.p28")),
    )


def _postpone(open_: Grounds, follow: Follow, answer: Answer) -> Iterator[FollowUp]:
    if open_.postponement is None:
        yield follow("provision", _("The provision, as it will be cited"), "text", size=30)
    yield follow("until", _("Look at it again on"), "text", _("Year, month, day: 2028-06-11"))
    yield follow("reason", _("Reason they will read"))
    yield FollowUp(
        "consulted",
        _("Did you consult the requesting Party?"),
        answer.get("consulted", ""),
        "radios",
        options=(Option("yes", _("Yes, before this")), Option("no", _("No"))),
    )


def _refuse_hint(open_: Grounds) -> str:
    if open_.state is not State.STATED:
        return _("Which grounds are open is not known here: another treaty governs. A lawyer names one.")
    cited = ", ".join(law.cited_as(each.provision) for each in open_.open)
    if open_.closed:
        return format_html(_("The list is closed: {cited}."), cited=name(cited))
    return format_html(_("The grounds: {cited}."), cited=name(cited))


def _refuse(open_: Grounds, follow: Follow, answer: Answer, wrong: dict[str, str]) -> Iterator[FollowUp]:
    if open_.open:
        yield FollowUp(
            "ground",
            _("The ground"),
            answer.get("ground", ""),
            "radios",
            options=tuple(Option(each.provision, _ground(each.provision)) for each in open_.open),
            problem=wrong.get("ground", ""),
        )
    else:
        yield follow("ground", _("The ground"), "text", _("The provision, as it will be cited"), 30)
    off = [law.cited_as(each.provision) for each in open_.open if each.consultation is Consultation.OFF]
    alone = _("For {cited} the paragraph number alone may be sent, and nobody is consulted.")
    hint = format_html(alone, cited=name(", ".join(off))) if off else ""
    yield follow("why", _("Reason they will read (optional)"), hint=hint)


def _ground(provision: str) -> SafeString:
    text = told(instruments.text(provision))
    return joined(name(law.cited_as(provision)), ": ", text)


def _will_read(desk: Desk, number: int, answer: Answer) -> WillRead | None:
    if not answer.get("decision"):
        return None
    try:
        text = line(number, answer)
    except (RogatoryError, KeyError):
        return None
    party = places.party(numbers.other_party(desk.view))
    return WillRead(
        _("What {party} will read").format(party=party), text, _("The order at home does not travel.")
    )


def line(number: int, answer: Answer) -> SafeString:
    """Return one answer as the other Party will read it.

    Raises:
        WireError: A member is malformed.
    """
    decided = decisions.decision_item(number, answer)
    if decided is not None:
        return reading.line(reading.decided(wire.decode(wire.canonical(decided), ItemDecision)))
    if answer.get("decision") == "elsewhere":
        state = decisions.state_item(number, answer)
        return reading.line(reading.stated(wire.decode(wire.canonical(state), ItemState)))
    label = _("Question on item {number}").format(number=number)
    return joined(label, ": ", reading.plain(answer["question"]))


def review(desk: Desk, fold: RequestFold, given: Answers) -> ActPage:
    """Return all answers together, exactly as they will be read, with the way back to each."""
    view = desk.view
    here = reverse("desk:decide", args=[view.thread.id, fold.id])
    party = places.party(numbers.other_party(view))
    rows = tuple(
        Fact(item_words(fold.items[number].item), joined(line(number, each), " ", _change(here, number)))
        for number, each in sorted(given.items())
    )
    return ActPage(
        crumbs=_crumbs(desk),
        title=_("All items: is this what you decide?"),
        lead=_(
            "{party} will read what stands below, word for word. Fixing it makes the statements for "
            "approval; nothing is sent by it."
        ).format(party=party),
        facts=rows,
        buttons=(Button(_("Fix it for approval"), "act", "prepare"),) if given else (),
        note=next_act.needs("decision"),
        findings=advice.of_request(view, fold, _("Before you decide")),
    )


def _change(here: str, number: int) -> SafeString:
    return link(_("Change"), f"{here}?item={number}")
