"""Evidence for one request: seal and deliver on the requested side; hold, verify and open on the other."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rogatory import wire
from rogatory.errors import RogatoryError
from rogatory.statements import UseConditions
from rogatory.threads import RequestFold
from rogatory_node.base import clock
from rogatory_node.casework import selectors
from rogatory_node.casework.services import deliver
from rogatory_node.desk import acts
from rogatory_node.desk.door import FINE, Shown, acting, page, refused
from rogatory_node.desk.form import Reader, numbers_in
from rogatory_node.desk.showing import evidence_page, numbers
from rogatory_node.desk.showing.moves import Desk
from rogatory_node.vault import selectors as vault
from rogatory_node.vault.services import opening

__all__ = ["evidence"]


@page
@require_http_methods(["GET", "HEAD", "POST"])
def evidence(request: HttpRequest, thread_id: str, statement_id: str) -> HttpResponse:
    """Show the packages of a request, and do the next thing with one."""
    officer = acting(request)
    desk = Desk(officer, selectors.thread(officer, thread_id), clock.now())
    fold = acts.request_of(desk.view, statement_id)
    reader = Reader(request)
    act = ACTS.get(request.POST.get("act", "")) if request.method == "POST" else None
    if act is None:
        return _show(request, desk, fold, reader)
    try:
        return act(desk, fold, reader)
    except RogatoryError as error:
        return _show(request, desk, fold, reader, refused(error))


def _show(
    request: HttpRequest, desk: Desk, fold: RequestFold, reader: Reader, how: Shown = FINE
) -> HttpResponse:
    found = vault.packages(desk.officer).filter(request=fold.id)
    shown = {
        "frame": acts.frame(request, desk),
        "crumbs": acts.crumbs(desk),
        "title": numbers.title(desk.view),
        "cards": [evidence_page.card(desk, fold, each, reader) for each in found],
        "seal": evidence_page.seal_form(desk, fold, reader),
        "lead": evidence_page.lead(list(found)),
        "problems": (*reader.problems, *how.problems),
    }
    return render(request, "desk/evidence.html", shown, status=how.status)


def _here(desk: Desk, fold: RequestFold) -> HttpResponse:
    return redirect(reverse("desk:evidence", args=[desk.view.thread.id, fold.id]))


def _seal(desk: Desk, fold: RequestFold, reader: Reader) -> HttpResponse:
    words = reader.text("words")
    given = {"use": reader.text("use") or "evidence"} | ({"words": acts.words(words)} if words else {})
    deliver.order_sealing(
        desk.officer,
        desk.view.authority,
        recipient=fold.request.sender,
        thread=desk.view.thread.id,
        request=fold.id,
        intake=reader.text("intake"),
        conditions=wire.decode(wire.canonical(given), UseConditions),
    )
    return _here(desk, fold)


def _deliver(desk: Desk, fold: RequestFold, reader: Reader) -> HttpResponse:
    del fold
    held = vault.package(desk.officer, reader.text("package"))
    items = numbers_in(reader.required("items", _("Items it answers")))
    made = deliver.begin_delivery(desk.officer, held, items, certificate=reader.text("certificate"))
    return redirect("desk:draft", made.pk)


def _open(desk: Desk, fold: RequestFold, reader: Reader) -> HttpResponse:
    opening.order(desk.officer, vault.package(desk.officer, reader.text("package")))
    return _here(desk, fold)


ACTS: dict[str, Callable[[Desk, RequestFold, Reader], HttpResponse]] = {
    "seal": _seal,
    "deliver": _deliver,
    "open": _open,
}
