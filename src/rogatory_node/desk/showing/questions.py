"""The questions of a request, as data: in which order they are asked, for which kinds, with which fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from rogatory.statements import KINDS, RequestBody
from rogatory_node.desk.form import Reader
from rogatory_node.desk.showing.controls import control, fields_of
from rogatory_node.desk.showing.fields import DAY, Field, Text
from rogatory_node.desk.showing.kind_words import words_of

__all__ = ["Question", "of", "opening", "order", "question"]


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a request: its fields, or nothing for those that read lines and items."""

    key: str
    title: Text
    short: Text
    fields: tuple[Field, ...] = ()
    members: tuple[str, ...] = ()


VICTIMS: tuple[tuple[str, Text], ...] = (
    ("person", _("a person")),
    ("organisation", _("an organisation")),
    ("state", _("the State")),
    ("official", _("an official")),
    ("none_identified", _("none identified")),
)
URGENCY: tuple[tuple[str, Text], ...] = (
    ("routine", _("Routine")),
    ("urgent", _("Urgent: data will be lost or changed soon")),
    ("emergency", _("Emergency: a person's life or safety is at risk")),
)
MINOR: tuple[tuple[str, Text], ...] = (("yes", _("yes")), ("no", _("no")), ("unknown", _("not known")))
MOST: tuple[tuple[str, Text], ...] = (
    ("term", _("A term of imprisonment")),
    ("life", _("Imprisonment for life")),
    ("death", _("Death")),
)
USES: tuple[tuple[str, Text], ...] = (
    ("intelligence", _("Intelligence: nobody acts on it openly")),
    ("lead", _("A lead: to look further, not before a court")),
    ("evidence", _("Evidence")),
)

# A question to the network, and an emergency without an offence, need no penal provision.
LIGHT: Final = ("provider_location", "advice", "welfare_emergency")
PERSONS: Final = ("extradition", "sentenced_transfer", "proceedings_transfer")
# What is handed over is used; these ask for an act, an answer or a while.
UNUSED: Final = (*PERSONS, "provider_location", "advice", "hold_notice", "removal")
ORDERED: Final = ("stored_data", "realtime_traffic", "content_interception")
IN_COURT: Final = (*ORDERED, "mutual_assistance", "emergency_data")

OFFENCE: Final = (
    Field(
        "offence.conduct",
        _("The conduct"),
        "words",
        _("What was done, not what it is called. Their lawyer compares the conduct."),
        but=("welfare_emergency",),
    ),
    Field(
        "offence.conduct_period.start",
        _("When it began, if you know"),
        "moment",
        _("With its zone: 2028-03-14 02:05 +01"),
        but=LIGHT,
    ),
    Field("offence.conduct_period.end", _("When it ended"), "moment", but=LIGHT),
    Field("offence.harm", _("The harm"), "words", but=LIGHT),
    Field("offence.victim", _("The victim"), "choice", choices=VICTIMS, but=LIGHT),
    Field(
        "offence.convention_articles",
        _("Convention offence"),
        "articles",
        _("Numbers of articles 7 to 17, such as 13. Empty if it is none of them."),
        size=10,
        but=("welfare_emergency",),
    ),
    Field(
        "offence.provision.citation",
        _("Penal provision"),
        "text",
        _("As a lawyer cites it"),
        size=30,
        but=LIGHT,
    ),
    Field("offence.provision.text", _("What it says"), "words", but=LIGHT),
    Field(
        "offence.provision.maximum_penalty",
        _("The gravest penalty it knows"),
        "choice",
        choices=MOST,
        but=LIGHT,
    ),
    Field(
        "offence.provision.maximum_penalty_months",
        _("Maximum penalty, in months"),
        "number",
        size=4,
        but=LIGHT,
    ),
    Field("offence.provision.enacted", _("Enacted on"), "day", DAY, size=10, but=LIGHT),
    Field("facts", _("The facts, briefly"), "words"),
    Field("case_unit.name", _("Unit that investigates"), "text", size=30),
    Field("case_unit.prosecutor", _("Prosecutor's office"), "text", size=30),
    Field("case_unit.reference", _("Their reference"), "text"),
    Field(
        "earlier_requests",
        _("What was asked before on the same things"),
        "words",
        _("By anybody, through any channel; or that nothing was."),
        but=("advice",),
    ),
)
HASTE: Final = (
    Field("urgency", _("How urgent is it?"), "choice", choices=URGENCY),
    Field("deadline", _("Deadline, if there is one"), "day", DAY, size=10),
    Field("deadline_reason", _("Its reason"), "words", _("A hearing, a detention, a day of loss.")),
    Field("call_back", _("Number on which they can call you back"), "text", _("As the register states it.")),
)
DIGEST = _("Its digest: 64 letters and digits, from its own page.")
FOLLOWS: Final = (
    Field("purpose", _("What it is for, and what you will ask for next"), "words"),
    Field("follow_up_planned", _("By which day"), "day", DAY, size=10, only=("preservation",)),
    Field("extends", _("The preservation that is to go on"), "text", DIGEST, only=("preservation",), size=30),
    Field(
        "preservation",
        _("The preservation that this follows"),
        "text",
        DIGEST,
        only=("stored_data",),
        size=30,
    ),
    Field("domestic_authorisation.authority", _("Who authorised it at home"), only=ORDERED),
    Field("domestic_authorisation.reference", _("Reference"), only=ORDERED),
    Field("domestic_authorisation.date", _("Date"), "day", DAY, size=10, only=ORDERED),
    Field(
        "safeguards",
        _("Safeguards behind it"),
        "words",
        _("Who reviews the measure, and what remedy the person has."),
        only=ORDERED,
    ),
    Field("form_of_evidence", _("The form that your court needs"), "words", only=IN_COURT),
    Field("privilege_filter", _("What must be withheld, such as letters of lawyers"), "words", only=IN_COURT),
    Field(
        "proceedings_of_use",
        _("Proceedings in which it will be used"),
        "list",
        _("One a line."),
        only=(*IN_COURT, "property"),
    ),
    Field("use", _("It will be used as"), "choice", choices=USES, but=(*UNUSED, "preservation")),
    Field(
        "data_protection",
        _("Conditions of data protection"),
        "words",
        _("That your own law sets on what you send (art. 36)."),
        but=(*UNUSED, "preservation"),
    ),
)
SECRECY: Final = (
    Field(
        "secrecy.until",
        _("Secret until"),
        "day",
        _("At most 12 months. Year, month, day: 2028-09-13"),
        size=10,
    ),
    Field(
        "secrecy.reason",
        _("The reason"),
        "words",
        _("Secrecy always has an end and a reason; then the user is told."),
    ),
    Field("suspect_is_minor", _("Is the suspect a minor?"), "choice", choices=MINOR),
)


def _members(fields: tuple[Field, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.path.partition(".")[0] for each in fields))


def order(kind: str) -> tuple[Question, ...]:
    """Return the questions of a kind of request, in the order in which they are asked."""
    rows = (
        ("offence", _("What happened, and who investigates it?"), _("Offence and facts"), OFFENCE),
        ("haste", _("Why in haste?"), _("Why in haste"), HASTE),
        ("follows", _("What is it for, and what follows?"), _("Purpose and use"), FOLLOWS),
        ("secrecy", _("Must it be kept secret?"), _("Secrecy"), SECRECY),
    )
    offence, *rest = (Question(key, title, short, each, _members(each)) for key, title, short, each in rows)
    # Identifiers stand in items: what is said of them is under either.
    return (offence, *_things(kind), *_particulars(kind), *rest)


def _things(kind: str) -> tuple[Question, ...]:
    titles = {
        "": (_("Which identifiers and times do you have?"), _("Identifiers and times")),
        "person": (_("Who is it?"), _("Persons")),
        "thing": (_("What is it?"), _("Things")),
        "matter": (_("Which matter is it?"), _("Matters")),
    }
    title, short = titles[words_of(kind).paste]
    what = _("Which data, of what period?") if "vanishes" in words_of(kind).shows else _("What is asked for?")
    last = _("Items and periods") if "period" in words_of(kind).shows else _("Items")
    return Question("identifiers", title, short), Question("items", what, last, members=("items",))


def _particulars(kind: str) -> tuple[Question, ...]:
    bears = next((each.bears for name, each in KINDS.items() if name == kind), None)
    if bears is None:
        return ()
    model = control(RequestBody, bears).model
    assert model is not None
    words = words_of(kind)
    fields = fields_of(model, bears)
    return (Question("particulars", words.title, words.step, fields, (bears,)),)


def question(kind: str, key: str) -> Question | None:
    """Return a question of a kind by its key."""
    return next((each for each in order(kind) if each.key == key), None)


def of(asked: Question, kind: str) -> tuple[Field, ...]:
    """Return the fields of a question for a kind of request."""
    return tuple(each for each in asked.fields if each.fits(kind))


def opening(reader: Reader) -> dict[str, Any]:
    """Return the body with which a request begins."""
    kind = reader.text("kind")
    body: dict[str, Any] = {"kind": kind if kind in KINDS else "preservation"}
    if kind in ("emergency_data", "welfare_emergency"):
        # Claimed, and shown as a claim: whether it is one is for a person.
        body["urgency"] = "emergency"
    if reference := reader.text("reference"):
        body["reference"] = reference[:200]
    return body
