"""A package as an officer sees it: what it holds, under which conditions, how far it is, what that proves."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rogatory import wire
from rogatory.errors import RogatoryError
from rogatory.statements import UseConditions
from rogatory.threads import RequestFold, Side
from rogatory_node.base import Role
from rogatory_node.desk.form import Reader
from rogatory_node.desk.showing import counting, items, places, times
from rogatory_node.desk.showing.freetext import words
from rogatory_node.desk.showing.moves import Desk
from rogatory_node.desk.showing.moves_asked import undelivered
from rogatory_node.look.pictures.evidence import Proves
from rogatory_node.look.pictures.questions import FollowUp, Option
from rogatory_node.look.pictures.shapes import StateBadge
from rogatory_node.look.pictures.thread import Fact, ItemTable
from rogatory_node.look.pictures.words import code, joined, name
from rogatory_node.people import selectors as people
from rogatory_node.vault.models import Package
from rogatory_node.vault.selectors import OPENERS

__all__ = ["Card", "SealForm", "card", "lead", "seal_form", "use_words"]


@dataclass(frozen=True, slots=True)
class Card:
    """One package, and the next thing to do with it."""

    id: str
    title: str
    facts: tuple[Fact, ...]
    act: str = ""
    button: str = ""
    fields: tuple[FollowUp, ...] = ()
    proves: Proves | None = None


@dataclass(frozen=True, slots=True)
class SealForm:
    """What a custodian says to have something sealed."""

    items: ItemTable
    fields: tuple[FollowUp, ...]


def lead(found: list[Package]) -> str:
    """Return how far the evidence of a request is, in one sentence."""
    if not found:
        return _("Nothing has been sealed for this request yet.")
    return ngettext(
        "{count} package belongs to this request.", "{count} packages belong to this request.", len(found)
    ).format(count=len(found))


def use_words(use: str) -> str:
    """Return what a package may be used for."""
    return {
        "intelligence": _("intelligence only"),
        "lead": _("lead only"),
        "evidence": _("evidence"),
    }.get(use, use)


def card(desk: Desk, fold: RequestFold, package: Package, reader: Reader) -> Card:
    """Return one package."""
    sent = package.way == Package.Way.SENT
    here = places.place(package.authority)
    other = name(places.authority(package.counterpart))
    title = _("Package for {authority}") if sent else _("Package from {authority}")
    rows = [
        Fact(_("State"), "", _state(package)),
        Fact(_("Recorded"), times.full(package.recorded_at, here)),
        Fact(_("Use"), _conditions(package)),
    ]
    if package.package:
        files = ngettext("{count} file", "{count} files", package.files).format(count=package.files)
        size = _("{count} bytes of ciphertext").format(count=package.size)
        rows += [
            Fact(_("Holds"), f"{files}, {size}"),
            Fact(_("Package"), code(counting.groups(package.package, 6))),
            Fact(_("Seal"), code(counting.groups(package.seal, 6))),
        ]
    if package.failure:
        rows.append(Fact(_("Why"), code(package.failure)))
    shown = Card(str(package.pk), joined(title.partition("{authority}")[0], other), tuple(rows))
    return _with_act(desk, fold, package, reader, shown)


def _with_act(desk: Desk, fold: RequestFold, package: Package, reader: Reader, shown: Card) -> Card:
    held = people.roles(desk.officer, package.authority)
    proves = _proves(package) if package.way == Package.Way.RECEIVED else None
    if package.state == Package.State.HELD and held & set(OPENERS):
        return Card(shown.id, shown.title, shown.facts, "open", _("Open it"), (), proves)
    fresh = package.state == Package.State.SEALED and not package.delivery
    if fresh and desk.may_act:
        fields = (
            FollowUp(
                "items",
                _("Items it answers"),
                reader.text("items") or counting.plain(undelivered(fold)),
                hint=_("Such as 1 to 3, 5"),
                problem=reader.problem_of("items"),
            ),
            FollowUp(
                "certificate", _("Name of the certificate (optional)"), reader.text("certificate"), size=30
            ),
        )
        return Card(shown.id, shown.title, shown.facts, "deliver", _("Prepare the delivery"), fields)
    return Card(shown.id, shown.title, shown.facts, proves=proves)


def _state(package: Package) -> StateBadge:
    return {
        Package.State.SEALING: StateBadge(_("Being sealed"), "clock", "wait"),
        Package.State.SEALED: StateBadge(_("Sealed"), "full", "kept"),
        Package.State.ANNOUNCED: StateBadge(_("Announced; being fetched"), "clock", "wait"),
        Package.State.HELD: StateBadge(_("Here, every byte as sealed"), "check", "kept"),
        Package.State.OPENED: StateBadge(_("Opened"), "check", "kept"),
        Package.State.FAILED: StateBadge(_("Failed: do not use"), "cross", "lapse"),
        Package.State.DESTROYED: StateBadge(_("Destroyed here"), "cross", "kept"),
    }[Package.State(package.state)]


def _conditions(package: Package) -> str:
    try:
        read = wire.decode(wire.canonical(package.conditions), UseConditions)
    except RogatoryError:
        return _("as its package states")
    onward = (
        _("not passed on without consent")
        if read.onward == "not_without_consent"
        else _("passed on in the same proceedings only")
    )
    parts: list[str] = [use_words(read.use), ", ", onward]
    if read.destroy_by:
        parts += [", ", _("destroyed by {day}").format(day=times.day_of(read.destroy_by))]
    return joined(*parts, ". ", words(read.words)) if read.words else joined(*parts)


def _proves(package: Package) -> Proves | None:
    """Return what the check on arrival proves and does not, side by side and of equal weight."""
    if package.state not in (Package.State.HELD, Package.State.OPENED):
        return None
    return Proves(
        _("Checked when it came"),
        (
            _("Every byte here is, bit for bit, what was sealed."),
            _("The seal is by a key that the register gave the sealing authority on that day."),
            _("It is the package that the delivery names."),
        ),
        (
            _("That the clock of any server in it was right."),
            _("Who sat at the keyboard."),
            _("That the provider handed over all it had."),
            _("That the search was lawful: see the order and the certificate."),
        ),
        "rogatory evidence verify FOLDER --trust ROOT.json",
    )


def seal_form(desk: Desk, fold: RequestFold, reader: Reader) -> SealForm | None:
    """Return the form for sealing; only a custodian of the requested side has it."""
    mine = people.roles(desk.officer, desk.view.authority)
    if desk.view.side is not Side.REQUESTED or Role.CUSTODIAN not in mine:
        return None
    uses = tuple(Option(each, use_words(each)) for each in ("evidence", "lead", "intelligence"))
    return SealForm(
        items.table(fold),
        (
            FollowUp(
                "intake",
                _("File or folder in the intake"),
                reader.text("intake"),
                hint=_("Its name only; the operator's intake folder holds what is to be sealed."),
                problem=reader.problem_of("intake"),
                size=30,
            ),
            FollowUp(
                "use", _("What it may be used for"), reader.text("use") or "evidence", "radios", options=uses
            ),
            FollowUp(
                "words", _("Conditions, as they will read them (optional)"), reader.text("words"), "long"
            ),
        ),
    )
