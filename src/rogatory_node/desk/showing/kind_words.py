"""The desk's words for the seventeen kinds of request, and what its pages ask for each: one table.

It is wording and layout only: which gate opens a kind and what it must state is the law room's to say, which
measures it may ask for the library's (``statements.KINDS``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rogatory.statements import KINDS, KindName
from rogatory.values import DataCategory
from rogatory_node.look.pictures.questions import Option

__all__ = ["GROUPS", "KIND_WORDS", "Group", "KindWords", "asks_for_data", "delivers", "options", "words_of"]

Text = str | Promise
Part = Literal["period", "provider", "vanishes"]


@dataclass(frozen=True, slots=True)
class KindWords:
    """What a kind is called, and what its pages ask for.

    Attributes:
        short: As a heading begins with it.
        request: The request as a statement.
        line: What it asks for, in one line, with its article.
        paste: What its first lines are: identifiers as they come, or what each line is taken for.
        shows: What the page of one item asks beside category, description and necessity.
        title: The question on its own particulars; empty for a kind that has none.
        step: The same for the list of steps.
    """

    short: Text
    request: Text
    line: Text
    paste: Literal["", "person", "thing", "matter"] = ""
    shows: tuple[Part, ...] = ()
    title: Text = ""
    step: Text = ""


DATA: Final[tuple[Part, ...]] = ("period", "provider", "vanishes")
HELD: Final[tuple[Part, ...]] = ("provider",)

KIND_WORDS: Final[Mapping[KindName, KindWords]] = MappingProxyType(
    {
        "preservation": KindWords(
            _("Preservation"), _("Request to preserve"), _("Keep the data as they are (art. 42)"), shows=DATA
        ),
        "stored_data": KindWords(
            _("Stored data"), _("Request for stored data"), _("Hand over what is kept (art. 44)"), shows=DATA
        ),
        "realtime_traffic": KindWords(
            _("Traffic data in real time"),
            _("Request for traffic data in real time"),
            _("Who communicates with whom, as it happens (art. 45)"),
            shows=HELD,
            title=_("What is to be collected, from when to when?"),
            step=_("Collection"),
        ),
        "content_interception": KindWords(
            _("Interception of content"),
            _("Request to intercept content"),
            _("What is said or written, as it happens (art. 46)"),
            shows=HELD,
            title=_("What is to be intercepted, from when to when?"),
            step=_("Interception"),
        ),
        "mutual_assistance": KindWords(
            _("Mutual legal assistance"),
            _("Request for mutual legal assistance"),
            _("Hear a person, serve, search, hand over documents (art. 40)"),
            shows=("period",),
            title=_("How is the assistance to be given?"),
            step=_("Form of assistance"),
        ),
        "extradition": KindWords(
            _("Extradition"),
            _("Request for extradition"),
            _("Surrender a person for trial or sentence, or arrest until then (art. 37)"),
            paste="person",
            title=_("For what is the person sought?"),
            step=_("Extradition"),
        ),
        "sentenced_transfer": KindWords(
            _("Transfer of a sentenced person"),
            _("Request to transfer a sentenced person"),
            _("Let a person serve the rest of a sentence at home (art. 38)"),
            paste="person",
            title=_("Which sentence is it, and what does the person say?"),
            step=_("Sentence"),
        ),
        "proceedings_transfer": KindWords(
            _("Transfer of proceedings"),
            _("Request to take over proceedings"),
            _("Take over criminal proceedings (art. 39)"),
            paste="matter",
            title=_("Why should they take the proceedings over?"),
            step=_("Proceedings"),
        ),
        "property": KindWords(
            _("Property"),
            _("Request on property"),
            _("Trace, freeze, seize, confiscate or return it (arts. 49 to 52)"),
            shows=("provider", "period"),
            title=_("What is the property, and which order is there?"),
            step=_("Property and order"),
        ),
        "police_cooperation": KindWords(
            _("Police cooperation"),
            _("Request for police cooperation"),
            _("Tell what you know, find a person, trace (art. 47)"),
            shows=("period", "provider"),
            title=_("What is the cooperation for?"),
            step=_("Cooperation"),
        ),
        "joint_investigation": KindWords(
            _("Joint investigation"),
            _("Proposal of a joint investigation"),
            _("Set up a joint team (art. 48)"),
            paste="matter",
            title=_("How would the joint team work?"),
            step=_("Joint team"),
        ),
        "provider_location": KindWords(
            _("Locating a provider"),
            _("Question where a provider is"),
            _("Say which provider holds it, and where (art. 41)"),
            shows=("period",),
            title=_("What do you ask, and by when?"),
            step=_("Question"),
        ),
        "advice": KindWords(
            _("Advice"),
            _("Question of technique or law"),
            _("Technical advice, or how their law stands (art. 41)"),
            paste="matter",
            title=_("What do you ask, and by when?"),
            step=_("Question"),
        ),
        "emergency_data": KindWords(
            _("Emergency data"),
            _("Emergency request for data"),
            _("A life or somebody's safety is in danger, in a case (art. 41)"),
            shows=DATA,
            title=_("Who is in danger, and why does an ordinary request come too late?"),
            step=_("Emergency"),
        ),
        "welfare_emergency": KindWords(
            _("Welfare emergency"),
            _("Emergency request without an offence"),
            _("A person is in danger and there is no offence: domestic law"),
            shows=DATA,
            title=_("Who is in danger, and on which law do you rely?"),
            step=_("Emergency"),
        ),
        "hold_notice": KindWords(
            _("Hold notice"),
            _("Notice to hold money"),
            _("Keep money for hours or days, before a freezing request: domestic law or practice"),
            shows=HELD,
            title=_("Which money, held until when, by which law or practice?"),
            step=_("Hold"),
        ),
        "removal": KindWords(
            _("Removal"),
            _("Request to remove content"),
            _("Take content down or make it unreachable: domestic law"),
            shows=HELD,
            title=_("What is to be taken down, and by which law?"),
            step=_("Removal"),
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Group:
    """Kinds that an officer looks for together."""

    title: Text
    kinds: tuple[KindName, ...]
    hint: Text = ""


GROUPS: Final = (
    Group(
        _("Data"),
        ("preservation", "stored_data", "realtime_traffic", "content_interception"),
    ),
    Group(
        _("Evidence, persons and proceedings"),
        ("mutual_assistance", "extradition", "sentenced_transfer", "proceedings_transfer"),
    ),
    Group(_("Property"), ("property",)),
    Group(_("Police"), ("police_cooperation", "joint_investigation")),
    Group(
        _("Help through the 24/7 network"),
        ("provider_location", "advice", "emergency_data"),
    ),
    Group(
        _("Without a treaty basis"),
        ("welfare_emergency", "hold_notice", "removal"),
        _("The Convention does not oblige them. The request says so, and names the law or practice."),
    ),
)


def words_of(kind: str) -> KindWords:
    """Return the words of a kind; those of any request where a draft names no kind at all."""
    for name, found in KIND_WORDS.items():
        if name == kind:
            return found
    return KindWords(_("Request"), _("Request"), "")


def asks_for_data(kind: str) -> bool:
    """Return whether the items of a kind may ask for data of a category."""
    return any(name == kind and each.asks & frozenset(DataCategory) for name, each in KINDS.items())


def delivers(kind: str, category: str) -> bool:
    """Return whether an item is answered with data in a sealed package: any data but those only kept."""
    return kind != "preservation" and category in frozenset(DataCategory)


def options() -> Iterator[Option]:
    """Yield the kinds as they are chosen: in their groups, those without a treaty basis apart."""
    for group in GROUPS:
        for at, kind in enumerate(group.kinds):
            first = at == 0
            yield Option(
                kind,
                str(words_of(kind).short),
                hint=str(words_of(kind).line),
                heading=str(group.title) if first else "",
                under=str(group.hint) if first else "",
                apart=not KINDS[kind].treaty,
            )
