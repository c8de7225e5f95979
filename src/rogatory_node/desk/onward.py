"""Give evidence on: a whole package to one more authority, or a part with its proof; its giver is told."""

from __future__ import annotations

import re
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rogatory.errors import RogatoryError
from rogatory.values import party_of
from rogatory_node.base import NodeError, clock
from rogatory_node.casework import selectors
from rogatory_node.casework.services import onward as giving
from rogatory_node.casework.services.onward import Given, Onward
from rogatory_node.desk import acts, contents
from rogatory_node.desk.door import FINE, Shown, acting, lacking, page, refused
from rogatory_node.desk.form import Reader
from rogatory_node.desk.showing import evidence_page, links, next_act, places, questions_page
from rogatory_node.desk.showing.moves import Desk
from rogatory_node.look.pictures.questions import ActPage, Button, FollowUp, Option
from rogatory_node.look.pictures.thread import Fact
from rogatory_node.look.pictures.words import joined, name
from rogatory_node.people import selectors as people
from rogatory_node.vault.models import Package
from rogatory_node.vault.selectors import OPENERS

__all__ = ["onward"]

# A path holds no bar (spec/evidence.md 6.4), so a bar begins the range.
RANGE = re.compile(r"([0-9]{1,16})\s*[-\u2013]\s*([0-9]{1,16})")
WHOLE, PART = "whole", "part"


@page
@require_http_methods(["GET", "HEAD", "POST"])
def onward(request: HttpRequest, thread_id: str, package_id: UUID) -> HttpResponse:
    """Ask what is given on, to whom and for what, and prepare the statement that tells of it."""
    desk = Desk(acting(request), selectors.thread(acting(request), thread_id), clock.now())
    held = contents.held_in(desk, package_id)
    people.require(desk.officer, held.authority, *OPENERS)
    reader = Reader(request)
    if request.method != "POST" or reader.text("act") == "choose":
        return _shown(request, desk, held, reader)
    wanted = _wanted(held, reader)
    if wanted is None or reader.problems:
        return _shown(request, desk, held, reader, lacking(reader.problems))
    try:
        made = giving.begin(desk.officer, held, wanted)
    except RogatoryError as error:
        return _shown(request, desk, held, reader, refused(error))
    return redirect("desk:draft", made.pk)


def _shown(
    request: HttpRequest, desk: Desk, held: Package, reader: Reader, how: Shown = FINE
) -> HttpResponse:
    return acts.shown(request, desk, _page(desk, held, reader), how)


def _wanted(held: Package, reader: Reader) -> Onward | None:
    purpose = reader.required("purpose", _("For what, as they will read it"))
    consent = links.typed(reader, "consent")
    if _what(reader) == WHOLE:
        recipient = reader.required("recipient", _("To which authority"))
        return Onward(Given(recipient), acts.words(purpose), consent=consent)
    to = reader.required("to", _("To whom"))
    party = reader.text("party").lower() or party_of(held.authority)
    files, ranges = _selected(reader)
    return Onward(Given("", tuple(files), ranges), acts.words(purpose), party, to, consent)


def _selected(reader: Reader) -> tuple[list[str], dict[str, tuple[int, int]]]:
    """Return which files and ranges were typed, one a line; a line that cannot be read is noted."""
    files: list[str] = []
    ranges: dict[str, tuple[int, int]] = {}
    typed = reader.required("files", _("Which files"))
    for at, line in enumerate((each.strip() for each in typed.splitlines()), 1):
        path, bar, ends = (each.strip() for each in line.partition("|"))
        read = RANGE.fullmatch(ends)
        if path and read:
            ranges[path] = (int(read[1]), int(read[2]))
        elif path and not bar:
            files.append(path)
        elif line:
            reader.refuse(NodeError("NODE-760", line=at), "files")
    return files, ranges


def _what(reader: Reader) -> str:
    marked = reader.many("file")
    return reader.text("what") or (PART if marked else WHOLE)


def _page(desk: Desk, held: Package, reader: Reader) -> ActPage:
    lead = _(
        "Whoever gave it is told, under your signature, to whom it went and for what. It is made once two "
        "people have approved and the statement is sent; what was given on cannot be taken back."
    )
    return ActPage(
        crumbs=contents.crumbs(desk, held),
        title=_("Give it on?"),
        lead=lead,
        facts=(
            Fact(_("Package"), joined(_("from"), " ", name(places.authority(held.counterpart)))),
            Fact(_("Use"), evidence_page.conditions_words(held)),
        ),
        fields=_fields(desk, held, reader),
        buttons=(Button(_("Prepare it"), "act", "prepare"),),
        note=next_act.needs("onward_transfer"),
    )


def _fields(desk: Desk, held: Package, reader: Reader) -> tuple[FollowUp, ...]:
    what = (
        Option(WHOLE, _("All of it"), _("A release: the key for one more authority. No file is touched.")),
        Option(PART, _("A part of it"), _("Files or ranges with their proof; nothing else opens with it.")),
    )
    marked = "\n".join(reader.many("file"))
    consent = FollowUp(
        "consent",
        _("The consent it rests on (optional)"),
        links.typed(reader, "consent"),
        hint=_("To another Party, unless the conditions let it go on."),
        size=30,
    )
    return (
        FollowUp("what", _("How much of it?"), _what(reader), "radios", options=what),
        FollowUp("whole", _("If all of it"), kind="heading"),
        FollowUp(
            "recipient",
            _("To which authority"),
            reader.text("recipient"),
            "radios",
            options=_recipients(held),
            problem=reader.problem_of("recipient"),
        ),
        FollowUp("part", _("If a part of it"), kind="heading"),
        FollowUp(
            "files",
            _("Which files"),
            reader.text("files") or marked,
            "long",
            hint=_("One a line, as in the list; bytes after a bar: data/access.log | 0-1048575"),
            problem=reader.problem_of("files"),
        ),
        FollowUp("to", _("To whom"), reader.text("to"), size=30, problem=reader.problem_of("to")),
        FollowUp(
            "party",
            _("Of which Party (three letters; empty for your own)"),
            reader.text("party"),
            size=3,
        ),
        FollowUp("told", _("What the giver is told"), kind="heading"),
        FollowUp(
            "purpose",
            _("For what, as they will read it"),
            reader.text("purpose"),
            "long",
            problem=reader.problem_of("purpose"),
        ),
        questions_page.listed(consent, links.of_act(desk.view).get("consent", ())),
    )


def _recipients(held: Package) -> tuple[Option, ...]:
    """Return the authorities that the register names: our own Party's first, never the holder."""
    own = party_of(held.authority)
    found = [*places.of_party(own), *places.reachable(own)]
    return tuple(
        Option(each, joined(places.party(party_of(each)), ", ", name(places.authority(each))))
        for each in found
        if each != held.authority
    )
