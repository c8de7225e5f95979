"""A package as an officer sees it: what it holds, under which conditions, how far it is, what that proves."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rogatory import wire
from rogatory.errors import RogatoryError
from rogatory.statements import UseConditions
from rogatory.threads import RequestFold, Side
from rogatory_node.base import NodeError, clock
from rogatory_node.casework.services import onward as giving
from rogatory_node.desk.door import problem
from rogatory_node.desk.form import Reader
from rogatory_node.desk.showing import counting, numbers, places, sizes, times
from rogatory_node.desk.showing.freetext import words
from rogatory_node.desk.showing.moves import Desk
from rogatory_node.desk.showing.moves_asked import undelivered
from rogatory_node.desk.showing.seal_page import use_words
from rogatory_node.look.pictures.evidence import Proves
from rogatory_node.look.pictures.frame import Link
from rogatory_node.look.pictures.questions import FollowUp
from rogatory_node.look.pictures.shapes import StateBadge
from rogatory_node.look.pictures.thread import Fact
from rogatory_node.look.pictures.words import code, joined, link, name
from rogatory_node.people import selectors as people
from rogatory_node.vault import selectors as vault
from rogatory_node.vault.models import Onward, Package
from rogatory_node.vault.selectors import OPENERS
from rogatory_node.vault.services import keeping, metering, receipting

__all__ = ["Card", "Gift", "card", "conditions_words", "lead", "links", "onward_facts"]


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
    links: tuple[Link, ...] = ()
    gifts: tuple[Gift, ...] = ()


@dataclass(frozen=True, slots=True)
class Gift:
    """What was given on of a package, or is about to be; ``id`` is there if it can be taken away."""

    facts: tuple[Fact, ...]
    id: str = ""


def onward_facts(made: Onward) -> tuple[Fact, ...]:
    """Return what is given on, all of it: how much and to whom, then each line of a selection.

    People approve what stands here and nothing else (``vault.services.choosing.commitment``).
    """
    held = made.package
    if made.kind == Onward.Kind.WHOLE:
        words = joined(_("All of it, for"), " ", name(places.authority(made.recipient)))
        return (Fact(_("Given on"), joined(words, ": ", _much(held.files, held.size))),)
    lines = made.holds.get("lines", [])
    counted = made.holds.get("counted", False)
    much = (
        _much(made.holds["files"], made.holds["size"]) if counted else _("not counted, the table is too long")
    )
    whole = Fact(_("Given on"), joined(_("A part:"), " ", much))
    title = _("Given, {number} of {count}")
    return (
        whole,
        *(
            Fact(title.format(number=at, count=len(lines)), _line_words(each, counted=counted))
            for at, each in enumerate(lines, 1)
        ),
    )


def _line_words(line: dict[str, Any], *, counted: bool) -> SafeString:
    """Return what one line of a selection gives, as what it is."""
    path = name(line["words"])
    if line["last"] >= 0:
        ends = _("bytes {first} to {last}").format(first=line["first"], last=line["last"])
        if not counted:
            return joined(path, ", ", ends, ", ", _("rounded out to whole mebibytes"))
        return joined(path, ", ", ends, ": ", sizes.size(line["size"]))
    if not counted:
        return joined(path, ", ", _("and everything under it, if it is a folder"))
    if line["kind"] == "folder":
        path = name(f"{line['words'].rstrip('/')}/")
        return joined(_("Everything under"), " ", path, ": ", _much(line["files"], line["size"]))
    if line["kind"] == "entry":
        return joined(path, ": ", _("no content"))
    return joined(path, ": ", sizes.size(line["size"]))


def _much(files: int, size: int) -> str:
    count = ngettext("{count} file", "{count} files", files).format(count=files)
    return f"{count}, {sizes.size(size)}"


def links(desk: Desk) -> tuple[Link, ...]:
    """Return the way to the evidence of each request of a thread, with how much there is of it."""
    held = vault.packages(desk.officer).filter(thread=desk.view.thread.id)
    counts = Counter(held.values_list("request", flat=True))
    sealing = desk.view.side is Side.REQUESTED
    return tuple(
        Link(
            joined(numbers.request_title(fold), ": ", _count(counts[fold.id])), desk.link("evidence", fold.id)
        )
        for fold in desk.view.thread.requests
        if counts[fold.id] or sealing
    )


def _count(count: int) -> str:
    if not count:
        return _("no package yet")
    return ngettext("{count} package", "{count} packages", count).format(count=count)


def lead(found: list[Package]) -> str:
    """Return how far the evidence of a request is, in one sentence."""
    if not found:
        return _("Nothing has been sealed for this request yet.")
    return ngettext(
        "{count} package belongs to this request.", "{count} packages belong to this request.", len(found)
    ).format(count=len(found))


def card(desk: Desk, fold: RequestFold, package: Package, reader: Reader) -> Card:
    """Return one package."""
    sent = package.way == Package.Way.SENT
    here = places.place(package.authority)
    other = name(places.authority(package.counterpart))
    title = _("Package for {authority}") if sent else _("Package from {authority}")
    rows = [
        Fact(_("State"), "", _state(package)),
        Fact(_("Recorded"), times.full(package.recorded_at, here)),
        Fact(_("Use"), conditions_words(package)),
    ]
    if words := _progress(package):
        rows.insert(1, Fact(_("How far"), words))
    if package.package:
        files = ngettext("{count} file", "{count} files", package.files).format(count=package.files)
        size = _("{size} of ciphertext").format(size=sizes.size(package.size))
        rows += [
            Fact(_("Holds"), f"{files}, {size}"),
            Fact(_("Package"), code(counting.groups(package.package, 6))),
            Fact(_("Seal"), code(counting.groups(package.seal, 6))),
        ]
    if receipting.is_here(package):
        rows.append(Fact(_("Receipt"), _receipt(package)))
    if package.failure:
        rows.append(Fact(_("Why"), code(package.failure)))
    elif (late := _late(package)) is not None:
        rows.append(Fact(_("Why"), _refusal(late)))
    shown = Card(str(package.pk), joined(title.partition("{authority}")[0], other), tuple(rows))
    return _with_act(desk, fold, package, reader, shown)


def _with_act(desk: Desk, fold: RequestFold, package: Package, reader: Reader, shown: Card) -> Card:
    opens = bool(people.roles(desk.officer, package.authority) & set(OPENERS))
    if package.way == Package.Way.RECEIVED:
        shown = replace(shown, proves=_proves(package), gifts=_gifts(package, opens=opens))
    late = _late(package)
    if opens and _is_here(package):
        shown = replace(shown, links=_further(package) if late is None else _destruction(package, late))
    if opens and package.state == Package.State.HELD and late is None:
        return replace(shown, act="open", button=_("Open it"))
    fresh = package.state == Package.State.SEALED and not package.delivery
    if fresh and desk.may_act:
        return replace(
            shown, act="deliver", button=_("Prepare the delivery"), fields=_delivering(fold, reader)
        )
    return shown


def _refusal(error: RogatoryError) -> SafeString:
    """Return a refusal in words, with its code."""
    return joined(problem(error).text.removesuffix(f" {error.code}"), " ", code(error.code))


def _is_here(package: Package) -> bool:
    here = (Package.State.HELD, Package.State.OPENED)
    return package.way == Package.Way.RECEIVED and package.state in here


def _late(package: Package) -> RogatoryError | None:
    """Return why a package that is here is neither read nor opened: it had to be destroyed, or is to be."""
    if not _is_here(package):
        return None
    try:
        keeping.check_usable(package)
    except NodeError as error:
        return error
    return None


def _destruction(package: Package, late: RogatoryError) -> tuple[Link, ...]:
    if late.code != "NODE-532":
        # It was said already.
        return ()
    say = reverse("desk:say", args=[package.thread, "returned_or_destroyed"])
    return (Link(_("Say that it is destroyed"), f"{say}?of={package.delivery}"),)


def _delivering(fold: RequestFold, reader: Reader) -> tuple[FollowUp, ...]:
    return (
        FollowUp(
            "items",
            _("Items it answers"),
            reader.text("items") or counting.plain(undelivered(fold)),
            hint=_("Such as 1 to 3, 5"),
            problem=reader.problem_of("items"),
        ),
        FollowUp("certificate", _("Name of the certificate (optional)"), reader.text("certificate"), size=30),
    )


def _receipt(package: Package) -> SafeString | str:
    """Return where the receipt is, or in a sentence why there is none here."""
    if not receipting.is_installed():
        return _("This node sets no receipts: its operator can install the extra letters.")
    if package.size > receipting.LARGEST:
        return _("Too large to be checked while you wait: an operator makes it on the command line.")
    where = reverse("desk:package-receipt", args=[package.thread, package.pk])
    return link(_("Receipt (PDF)"), where)


def _further(package: Package) -> tuple[Link, ...]:
    where = [package.thread, package.pk]
    return (
        Link(_("What it holds"), reverse("desk:contents", args=where)),
        Link(_("Give it on, or a part of it"), reverse("desk:onward", args=where)),
    )


def _gifts(package: Package, *, opens: bool) -> tuple[Gift, ...]:
    return tuple(_gift(package, made, opens=opens) for made in package.onward.order_by("-recorded_at", "pk"))


def _gift(package: Package, made: Onward, *, opens: bool) -> Gift:
    here = places.place(package.authority)
    rows = [
        Fact(_("State"), "", _gift_state(made)),
        *onward_facts(made),
        Fact(_("Recorded"), times.full(made.recorded_at, here)),
    ]
    if made.statement:
        told = reverse("desk:statement", args=[package.thread, made.statement])
        rows.append(Fact(_("Told by"), link(_("the statement"), told)))
    elif made.state == Onward.State.PREPARED:
        rows.append(Fact(_("Told by"), link(_("the draft"), reverse("desk:draft", args=[made.draft]))))
    if made.digest:
        rows.append(Fact(_("SHA-256"), code(counting.groups(made.digest, 6))))
    hindered = giving.hindrance(made) if made.state != Onward.State.PREPARED else None
    if made.state == Onward.State.DESTROYED:
        hindered = None
    if hindered is not None:
        rows.append(Fact(_("Why"), _refusal(hindered)))
    elif made.failure:
        rows.append(Fact(_("Why"), code(made.failure)))
    ready = opens and made.state == Onward.State.MADE and hindered is None
    return Gift(tuple(rows), str(made.pk) if ready else "")


def _gift_state(made: Onward) -> StateBadge:
    return {
        Onward.State.PREPARED: StateBadge(_("Not approved yet"), "ring", "wait"),
        Onward.State.DUE: StateBadge(_("Being made"), "clock", "wait"),
        Onward.State.MADE: StateBadge(_("Ready to be taken"), "check", "kept"),
        Onward.State.FAILED: StateBadge(_("Could not be made"), "cross", "lapse"),
        Onward.State.DESTROYED: StateBadge(_("Destroyed here"), "cross", "kept"),
    }[Onward.State(made.state)]


def _progress(package: Package) -> str:
    found = metering.progress(package, clock.machine())
    if found is None:
        return ""
    done = sizes.size(found.done)
    if found.whole:
        done = _("{done} of about {whole}").format(done=done, whole=sizes.size(found.whole))
    if not found.pace:
        return _("{done}; it stands still just now").format(done=done)
    words = _("{done}, {pace}").format(done=done, pace=sizes.pace(found.pace))
    if found.left is None:
        return words
    return _("{done}; {time} left at this pace").format(done=words, time=sizes.seconds(found.left))


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


def conditions_words(package: Package) -> str:
    """Return the conditions of use as they read."""
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
    if read.proceedings:
        parts += [", ", _("for proceedings {numbers}").format(numbers=", ".join(read.proceedings))]
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
