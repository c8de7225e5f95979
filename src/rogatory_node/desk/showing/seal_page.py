"""The form for sealing: what is sealed, on which conditions, with which papers, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from rogatory.evidence import ROLES
from rogatory.threads import RequestFold, Side
from rogatory_node.base import Role
from rogatory_node.desk.form import Reader
from rogatory_node.desk.showing import items
from rogatory_node.desk.showing.moves import Desk
from rogatory_node.look.pictures.questions import FollowUp, Option
from rogatory_node.look.pictures.thread import ItemTable
from rogatory_node.people import selectors as people

__all__ = ["SealForm", "labels", "role_words", "seal_form", "use_words"]


SEVERAL = ("translation", "scan")
"""Papers of which there is often more than one."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the form that may be left out: folded until something stands in it."""

    title: str
    hint: str
    fields: tuple[FollowUp, ...]

    @property
    def open(self) -> bool:
        """Whether anything was typed into it, or is wrong with it."""
        return any(each.value or each.problem for each in self.fields)


@dataclass(frozen=True, slots=True)
class SealForm:
    """What a custodian says to have something sealed."""

    items: ItemTable
    fields: tuple[FollowUp, ...]
    parts: tuple[Part, ...]


def use_words(use: str) -> str:
    """Return what a package may be used for."""
    return {
        "intelligence": _("intelligence only"),
        "lead": _("lead only"),
        "evidence": _("evidence"),
    }.get(use, use)


def role_words(role: str) -> str:
    """Return what a paper for the court is."""
    return {
        "order": _("Order, or its reference"),
        "certificate": _("Custodian's certificate"),
        "execution-record": _("Record of execution"),
        "translation": _("Sworn translation"),
        "scan": _("Stamped scan"),
    }[role]


def labels() -> dict[str, str]:
    """Return what each field that can be read wrongly is called, by its name."""
    return {
        "destroy-by": _("To be destroyed by (optional)"),
        "case-title": _("Name of the case"),
        "taken-from": _("From when (optional)"),
        "taken-to": _("Until when (optional)"),
        "disk-seal": _("Number on the seal of the disk"),
        "disk-receipt": _("Number of the paper hand-over receipt"),
        "disk-on": _("Day of the hand-over (optional)"),
    }


def seal_form(desk: Desk, fold: RequestFold, reader: Reader) -> SealForm | None:
    """Return the form for sealing; only a custodian of the requested side has it."""
    mine = people.roles(desk.officer, desk.view.authority)
    if desk.view.side is not Side.REQUESTED or Role.CUSTODIAN not in mine:
        return None
    parts = (
        Part(
            _("Papers for the court"),
            _("Names of files in the intake. Leave out what there is not: the package says so."),
            tuple(_papers(reader)),
        ),
        Part(
            _("Where it comes from"),
            _("Claims of who seals; nobody verifies them. All of it may be left out."),
            tuple(_said(desk, reader)),
        ),
        Part(_("If it came on a disk"), _("As the paper says that came with it."), tuple(_disk(reader))),
    )
    return SealForm(items.table(fold), (*_what(reader), *_use(reader)), parts)


def _text(reader: Reader, name: str, label: str, *, hint: str = "", size: int = 30) -> FollowUp:
    return FollowUp(name, label, reader.text(name), hint=hint, problem=reader.problem_of(name), size=size)


def _long(reader: Reader, name: str, label: str, *, hint: str = "") -> FollowUp:
    return FollowUp(name, label, reader.text(name), "long", hint=hint, problem=reader.problem_of(name))


def _what(reader: Reader) -> Iterator[FollowUp]:
    hint = _("Its name only; the operator's intake folder holds what is to be sealed.")
    yield _text(reader, "intake", _("File or folder in the intake"), hint=hint)


def _use(reader: Reader) -> Iterator[FollowUp]:
    uses = tuple(Option(each, use_words(each)) for each in ("evidence", "lead", "intelligence"))
    yield FollowUp("conditions", _("On which conditions"), kind="heading", hint=_("They are sealed with it."))
    yield FollowUp("use", _("What it may be used for"), reader.text("use") or "evidence", "radios", uses)
    onward = (
        Option("not_without_consent", _("Not without our consent")),
        Option("same_proceedings", _("In the same proceedings, which the purpose then names")),
    )
    chosen = reader.text("onward") or "not_without_consent"
    yield FollowUp("onward", _("May it go on to a third Party?"), chosen, "radios", onward)
    hint = _("Their numbers, one a line.")
    yield _long(reader, "proceedings", _("For which proceedings (optional)"), hint=hint)
    yield _text(reader, "destroy-by", labels()["destroy-by"], hint=_("Such as 2033-12-31"), size=10)
    yield _long(reader, "words", _("Conditions, as they will read them (optional)"))


def _papers(reader: Reader) -> Iterator[FollowUp]:
    for role in ROLES:
        if role in SEVERAL:
            yield _long(reader, f"paper-{role}", role_words(role), hint=_("One a line."))
        else:
            yield _text(reader, f"paper-{role}", role_words(role))


def _said(desk: Desk, reader: Reader) -> Iterator[FollowUp]:
    title = desk.view.file.title if desk.view.file else ""
    hint = _("Such as {title}").format(title=title) if title else ""
    yield _text(reader, "case-title", labels()["case-title"], hint=hint)
    hint = _("One a line: name | kind | maker | model | serial number | exhibit number")
    yield _long(reader, "devices", _("Devices"), hint=hint)
    yield _text(reader, "taken-by", _("Who took it: the custodian"))
    hint = _("Such as 2028-03-14 02:05 +01")
    yield _text(reader, "taken-from", labels()["taken-from"], hint=hint, size=20)
    yield _text(reader, "taken-to", labels()["taken-to"], hint=hint, size=20)
    yield _text(reader, "taken-with", _("With what (optional)"), hint=_("Name | version"))


def _disk(reader: Reader) -> Iterator[FollowUp]:
    yield _text(reader, "disk-seal", labels()["disk-seal"], size=20)
    yield _text(reader, "disk-receipt", labels()["disk-receipt"], size=20)
    yield _text(reader, "disk-by", _("Who handed it over (optional)"))
    yield _text(reader, "disk-on", labels()["disk-on"], hint=_("Such as 2028-06-11"), size=10)
