"""What a package holds: its entries, read from its table, for who may open it; no file is opened."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from rogatory.errors import RogatoryError
from rogatory.evidence import Entry, role_of
from rogatory_node.base import NodeError, clock
from rogatory_node.casework import selectors
from rogatory_node.desk import acts
from rogatory_node.desk.door import acting, page, refused
from rogatory_node.desk.form import number_in
from rogatory_node.desk.showing import counting, evidence_page, places, seal_page, sizes, times
from rogatory_node.desk.showing.moves import Desk
from rogatory_node.look.pictures.frame import Link
from rogatory_node.look.pictures.questions import ActPage, Button, FollowUp, Option
from rogatory_node.look.pictures.thread import Fact
from rogatory_node.look.pictures.words import code, joined, name
from rogatory_node.vault import selectors as vault
from rogatory_node.vault.models import Package
from rogatory_node.vault.services import listing
from rogatory_node.vault.services.listing import Listed

__all__ = ["contents", "crumbs", "held_in"]


@page
@require_safe
def contents(request: HttpRequest, thread_id: str, package_id: UUID) -> HttpResponse:
    """Show a part of the table of a package that is held; each look leaves a leaf in the custody log."""
    desk = Desk(acting(request), selectors.thread(acting(request), thread_id), clock.now())
    held = held_in(desk, package_id)
    first = number_in(request.GET.get("from", "")) or 0
    try:
        found = listing.entries(desk.officer, held, first=first)
    except RogatoryError as error:
        if error.code == "NODE-100":
            raise
        return acts.shown(request, desk, _page(desk, held, None), refused(error))
    return acts.shown(request, desk, _page(desk, held, found))


def held_in(desk: Desk, package_id: UUID) -> Package:
    """Return a package of a thread that the officer may see.

    Raises:
        NodeError: NODE-451 there is none.
    """
    held = vault.package(desk.officer, package_id)
    if held.thread != desk.view.thread.id:
        raise NodeError("NODE-451")
    return held


def crumbs(desk: Desk, held: Package) -> tuple[Link, ...]:
    """Return the way back: the board, the thread, its evidence."""
    where = reverse("desk:evidence", args=[held.thread, held.request])
    return (*acts.crumbs(desk), Link(_("Evidence"), where))


def _page(desk: Desk, held: Package, found: Listed | None) -> ActPage:
    facts = (Fact(_("Use"), evidence_page.conditions_words(held)),)
    lead = _("Read from its table. No file is opened, and the custody log notes who looked.")
    if found is None:
        return ActPage(crumbs(desk, held), _("What the package holds"), lead, (), facts=facts)
    options = tuple(_option(each) for each in found.entries)
    last = found.first + len(found.entries)
    of = _("Entries {first} to {last} of {count}")
    label = of.format(first=found.first + 1, last=last, count=found.seal.entries.size)
    return ActPage(
        crumbs=crumbs(desk, held),
        title=_("What the package holds"),
        lead=lead,
        action=reverse("desk:onward", args=[held.thread, held.pk]),
        facts=(*_facts(desk, held, found), *facts),
        fields=(FollowUp("file", label, kind="checks", options=options),),
        buttons=(Button(_("Give what is marked on"), "act", "choose", secondary=True),),
        elsewhere=_pages(held, found, last),
    )


def _facts(desk: Desk, held: Package, found: Listed) -> tuple[Fact, ...]:
    here, seal = places.place(held.authority), found.seal
    count = ngettext("{count} entry", "{count} entries", seal.entries.size).format(count=seal.entries.size)
    who = _listed([name(places.authority(each.authority)) for each in seal.recipients], ", ")
    rows = [
        Fact(_("Sealed by"), name(places.authority(seal.sealed_by))),
        Fact(_("Sealed at"), times.full(seal.sealed_at, here)),
        Fact(_("For"), who),
        Fact(_("Holds"), joined(count, ", ", sizes.size(held.size))),
        Fact(_("Seal"), code(counting.groups(held.seal, 6))),
    ]
    del desk
    return tuple(rows)


def _option(entry: Entry) -> Option:
    path = f"{entry.area}/{entry.path}"
    kind = {
        "file": "",
        "link": _("a link, not followed"),
        "folder": _("an empty folder"),
        "other": _("no content"),
    }[entry.kind]
    role = role_of(entry)
    parts = [
        seal_page.role_words(role) if role else "",
        sizes.size(entry.size) if entry.size is not None else kind,
        code(f"SHA-256 {counting.groups(entry.sha256, 4)} …") if entry.sha256 else "",
    ]
    return Option(path, name(path), hint=_listed([each for each in parts if each], " · "))


def _listed(parts: Sequence[str], between: str) -> SafeString:
    return joined(*(part for at, each in enumerate(parts) for part in ((between, each) if at else (each,))))


def _pages(held: Package, found: Listed, last: int) -> tuple[Link, ...]:
    here = reverse("desk:contents", args=[held.thread, held.pk])
    links = []
    if found.first:
        links.append(Link(_("Earlier entries"), f"{here}?from={max(found.first - listing.PAGE, 0)}"))
    if last < min(found.seal.entries.size, listing.DEEPEST):
        links.append(Link(_("Further entries"), f"{here}?from={last}"))
    return tuple(links)
