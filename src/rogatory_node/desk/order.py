"""Record the act at home: the order, the consent, or the rule that none is needed. It never leaves."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rogatory import wire
from rogatory.errors import RogatoryError
from rogatory.threads import RequestFold
from rogatory_node.casework.services import domestic
from rogatory_node.desk import acts
from rogatory_node.desk.door import lacking, page, refused
from rogatory_node.desk.form import Reader, numbers_in
from rogatory_node.desk.showing import counting, items, orders
from rogatory_node.desk.showing.moves import Desk, open_items
from rogatory_node.look.pictures.questions import ActPage, Button, FollowUp, Option

__all__ = ["order"]

KINDS = ("order", "consent", "none_needed")


@page
@require_http_methods(["GET", "HEAD", "POST"])
def order(request: HttpRequest, thread_id: str, statement_id: str) -> HttpResponse:
    """Ask for what was signed on paper, and record it."""
    desk = acts.desk_of(request, thread_id)
    fold = acts.request_of(desk.view, statement_id)
    reader = Reader(request)
    if request.method != "POST":
        return acts.shown(request, desk, _page(desk, fold, reader))
    given = _given(reader)
    if not reader.problems:
        try:
            read = wire.decode(wire.canonical(given), domestic.Order)
            authority = desk.view.authority
            domestic.record(desk.officer, authority, thread=thread_id, request=fold.id, order=read)
        except RogatoryError as error:
            it = _page(desk, fold, reader)
            return acts.shown(request, desk, it, refused(error))
        return redirect("desk:thread", thread_id)
    return acts.shown(request, desk, _page(desk, fold, reader), lacking(reader.problems))


def _given(reader: Reader) -> dict[str, Any]:
    kind = reader.text("kind")
    issued = reader.day("issued_on", _("Issued on"), required=True)
    days = {
        "issued_on": issued,
        "expires_on": reader.day("expires_on", _("Runs to")),
        "secrecy_until": reader.day("secrecy_until", _("Secret until")),
    }
    texts = {
        "issued_by": reader.required("issued_by", _("Who signed it")),
        "reference": reader.required("reference", _("Reference")),
        "legal_basis": reader.required("legal_basis", _("Legal basis")),
        "scope": reader.text("scope"),
        "document": reader.text("document").lower(),
    }
    given: dict[str, Any] = {
        "kind": kind if kind in KINDS else "order",
        "items": numbers_in(reader.required("items", _("Items it covers"))),
    }
    given |= {member: day.isoformat() for member, day in days.items() if day}
    return given | {member: text for member, text in texts.items() if text}


def _page(desk: Desk, fold: RequestFold, reader: Reader) -> ActPage:
    def field(name: str, label: str, hint: str = "", size: int = 30) -> FollowUp:
        return FollowUp(name, label, reader.text(name), hint=hint, problem=reader.problem_of(name), size=size)

    day = _("Year, month, day: 2028-06-11")
    asked = counting.plain(open_items(fold))
    kinds = (
        Option("order", _("An order was signed")),
        Option("consent", _("Somebody who may consented")),
        Option("none_needed", _("Our law needs no order for this")),
    )
    return ActPage(
        crumbs=acts.crumbs(desk),
        title=_("What allows it at home?"),
        lead=_(
            "Write down what the prosecutor or judge signed on paper. It stays in this node; a narrower "
            "order narrows what you can report as done."
        ),
        items=items.table(fold),
        fields=(
            FollowUp("kind", _("What is it?"), reader.text("kind") or "order", "radios", options=kinds),
            FollowUp(
                "items",
                _("Items it covers"),
                reader.text("items") or asked,
                hint=_("Such as 1 to 3, 5"),
                problem=reader.problem_of("items"),
            ),
            field("issued_by", _("Who signed it"), _("The office, as it will stand in the file")),
            field("reference", _("Reference"), size=20),
            field("legal_basis", _("Legal basis"), _("Without an order: the rule that says none is needed")),
            field("issued_on", _("Issued on"), day, 10),
            field("expires_on", _("Runs to"), day, 10),
            field("secrecy_until", _("Secret until"), day, 10),
            FollowUp("scope", _("Scope, if it is narrower"), reader.text("scope"), "long"),
            field("document", _("Digest of the scan (optional)"), _("SHA-256, 64 letters and digits")),
        ),
        buttons=(Button(_("Record it")),),
        note=orders.stays(desk.view),
    )
