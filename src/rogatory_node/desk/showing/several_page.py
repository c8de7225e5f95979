"""The page of one fact set for several Parties: who is ticked, what each would get, what it would tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rogatory.statements import KINDS
from rogatory.values import party_of
from rogatory_node.casework.models import Draft
from rogatory_node.casework.services.several import Foreseen
from rogatory_node.desk.form import Reader
from rogatory_node.desk.showing import item_form, numbers, places
from rogatory_node.desk.showing.fields import Text
from rogatory_node.desk.showing.kind_words import options
from rogatory_node.desk.showing.members import member
from rogatory_node.look.pictures.frame import Link
from rogatory_node.look.pictures.questions import ActPage, Button, FollowUp, Option, Problem
from rogatory_node.look.pictures.thread import Fact
from rogatory_node.look.pictures.words import joined, name, strong

__all__ = ["Asked", "page", "read", "unread"]

LONGEST: Final = 200
ITEM: Final[Mapping[str, Text]] = {
    each.path: each.label
    for each in (*item_form.DESCRIPTION, *item_form.PROVIDER, *item_form.VANISHES, *item_form.NECESSITY)
}
# Members that no field of a question writes.
OWN: Final[Mapping[str, Text]] = {"reference": gettext_lazy("your number for it")}


@dataclass(frozen=True, slots=True)
class Asked:
    """What was ticked.

    Attributes:
        source: The draft whose facts are shared; None where nothing is written yet.
        mine: The authorities for which the officer drafts.
        authority: Which of them asks.
        recipients: Who is asked.
        together: Whether they may know of each other.
        give_up: Whether the draft itself is given up.
        read: What the officer says to have read.
        kind: The kind of request, where nothing is written yet.
        title: What our own people call it.
    """

    source: Draft | None
    mine: tuple[str, ...]
    authority: str
    recipients: tuple[str, ...]
    together: bool = False
    give_up: bool = False
    read: str = ""
    kind: str = "preservation"
    title: str = ""


def read(source: Draft | None, mine: list[str], reader: Reader, *, sent: bool) -> Asked:
    """Return what the form says; before it was sent, what stands in it at first."""
    first = (source.recipient,) if source else ()
    # A draft in a thread belongs there: what is begun here opens threads of its own, and replaces none.
    at_first = source is not None and not source.thread
    kind = reader.text("kind")
    return Asked(
        source=source,
        mine=tuple(mine),
        authority=(source.authority if source else reader.text("authority")) or mine[0],
        recipients=tuple(dict.fromkeys(reader.many("recipient"))) if sent else first,
        together=reader.text("together") == "yes",
        give_up=_may_go(source) and (reader.text("give_up") == "yes" if sent else at_first),
        read=reader.text("read"),
        kind=kind if kind in KINDS else "preservation",
        title=reader.text("title"),
    )


def _may_go(source: Draft | None) -> bool:
    return source is not None and source.state == Draft.State.OPEN


def unread(asked: Asked, found: tuple[Foreseen, ...]) -> bool:
    """Return whether a Party would still be told of another, and nobody said to have read where."""
    return not asked.together and any(each.tells for each in found) and asked.read != _key(asked)


def _key(asked: Asked) -> str:
    """Return what was read: whoever ticks another Party, or changes the draft, reads again."""
    version = str(asked.source.version) if asked.source else ""
    return " ".join((version, *asked.recipients))


def page(asked: Asked, found: tuple[Foreseen, ...] = (), problems: tuple[Problem, ...] = ()) -> ActPage:
    """Return the page; with what each Party would get, once that was asked for."""
    crumbs = [Link(_("Board"), reverse("desk:board"))]
    if asked.source is not None:
        crumbs.append(Link(_("The draft"), reverse("desk:draft", args=[asked.source.pk])))
    look = Button(_("Show what each would get"), "act", "look", secondary=bool(found))
    begin = Button(_("Begin a draft for each"), "act", "begin")
    return ActPage(
        crumbs=tuple(crumbs),
        title=_("Which Parties do you ask for the same?"),
        lead=_lead(asked),
        facts=tuple(_facts(asked, found)),
        fields=tuple(_fields(asked, found, problems)),
        buttons=(begin, look) if found else (look,),
        note=_("Nothing is sent: each draft is written on, approved and sent by itself."),
        problems=problems,
    )


def _lead(asked: Asked) -> str:
    if asked.source is None:
        return _(
            "Each Party gets a draft of its own, and each begins empty. To write the facts only once, begin "
            "the request to one Party, and come here from its draft."
        )
    return _(
        "Each Party gets a draft of its own with these facts, and the items whose provider is not in another "
        "Party. What belongs to one thread stays out of it."
    )


def _fields(asked: Asked, found: tuple[Foreseen, ...], problems: tuple[Problem, ...]) -> Iterator[FollowUp]:
    wrong = {each.field: each.text for each in problems}
    told = any(each.tells for each in found) and not asked.together
    if told:
        words = Option(_key(asked), _("I have read where another Party is still named"))
        yield FollowUp(
            "read",
            _("Before you begin"),
            kind="checks",
            options=(words,),
            chosen=(asked.read,),
            hint=_("It can be written otherwise in each draft. Only codes and names are looked for."),
            problem=wrong.get("read", ""),
        )
    if len(asked.mine) > 1:
        own = tuple(Option(each, name(places.authority(each))) for each in asked.mine)
        yield FollowUp("authority", _("Who asks"), asked.authority, "radios", options=own)
    yield FollowUp(
        "recipient",
        _("Who is asked"),
        kind="checks",
        options=tuple(Option(each, _whom(each)) for each in places.reachable(party_of(asked.authority))),
        chosen=asked.recipients,
        hint=_("One authority of each Party."),
        problem=wrong.get("recipient", ""),
    )
    if asked.source is None:
        yield FollowUp("kind", _("What you ask for"), asked.kind, "radios", options=tuple(options()))
        yield FollowUp(
            "title",
            _("What your own people call it (optional)"),
            asked.title,
            hint=_("It stays here, and stands over the thread. No name of a suspect, no identifier."),
            size=30,
        )
    yield _together(asked)
    if _may_go(asked.source):
        yield _give_up(asked)


def _together(asked: Asked) -> FollowUp:
    return FollowUp(
        "together",
        _("May they know of each other?"),
        "yes" if asked.together else "no",
        "radios",
        options=(
            Option(
                "no",
                _("No"),
                _(
                    "A case for each, its items numbered anew, and no reference by which two could be laid "
                    "side by side."
                ),
            ),
            Option("yes", _("Yes"), _("One case for all, with its references and numbers.")),
        ),
    )


def _give_up(asked: Asked) -> FollowUp:
    return FollowUp(
        "give_up",
        _("What becomes of the draft you come from?"),
        "yes" if asked.give_up else "no",
        "radios",
        options=(
            Option("yes", _("Give it up"), _("It stays readable and cannot be sent.")),
            Option("no", _("Keep it"), _("Then it can be sent beside the new one to the same Party.")),
        ),
    )


def _facts(asked: Asked, found: tuple[Foreseen, ...]) -> Iterator[Fact]:
    for each in found:
        yield Fact(_whom(each.addressee.recipient), joined(*_gets(each)))
        if each.tells and not asked.together:
            rows = [row for path in each.tells for row in ("; ", _where(path), ": ", _words(each.body, path))]
            yield Fact(_("Still names another Party"), strong(joined(*rows[1:])))


def _gets(each: Foreseen) -> Iterator[str]:
    items = each.body.get("items")
    if isinstance(items, list) and items:
        yield numbers.items_count(len(items))
    elif "items" in each.body:
        yield _("no item, since every provider is said to be in another Party")
    else:
        yield _("nothing is written yet")
    if each.left_out:
        yield "; "
        yield _("left out: {members}").format(members=", ".join(_where(path) for path in each.left_out))


def _where(path: str) -> str:
    """Return what a member of the fact set is called; its path where no page has a word for it."""
    steps = path.split(".")
    if steps[0] == "items" and len(steps) > 2:
        return _("item {number}, {member}").format(number=steps[1], member=_of_item(steps[2:]))
    for end in range(len(steps), 0, -1):
        tried = "/".join(steps[:end])
        found = str(OWN.get(tried, "")) or member(tried)
        if found != tried:
            return found
    return path


def _of_item(steps: list[str]) -> str:
    for end in range(len(steps), 0, -1):
        if found := ITEM.get(".".join(steps[:end])):
            return str(found)
    return member(steps[0])


def _words(body: Mapping[str, Any], path: str) -> str:
    """Return the words in which another Party is named, cut where they are long."""
    place: Any = body
    for step in path.split("."):
        if isinstance(place, list) and step.isdecimal():
            place = place[int(step) - 1]
        else:
            # Another system may have written names with dots in them: then the member alone is told.
            place = place.get(step, "") if isinstance(place, Mapping) else ""
    text = str(place)
    return name(text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…")


def _whom(authority: str) -> str:
    return joined(places.party(party_of(authority)), ", ", name(places.authority(authority)))
