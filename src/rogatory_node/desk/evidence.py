"""Evidence for one request: seal and deliver on the requested side; hold, verify and open on the other."""

from __future__ import annotations

from collections.abc import Callable

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from rogatory.errors import EvidenceError, RogatoryError
from rogatory.threads import RequestFold
from rogatory_node.base import NodeError, clock
from rogatory_node.casework import selectors
from rogatory_node.casework.services import deliver
from rogatory_node.casework.services import onward as giving
from rogatory_node.desk import acts, sealing
from rogatory_node.desk.door import FINE, Shown, acting, lacking, page, refused
from rogatory_node.desk.form import Reader, numbers_in
from rogatory_node.desk.showing import evidence_page, numbers, seal_page
from rogatory_node.desk.showing.moves import Desk
from rogatory_node.vault import selectors as vault
from rogatory_node.vault.services import opening, receipting

__all__ = ["evidence", "receipt"]


@page
@require_http_methods(["GET", "HEAD", "POST"])
def evidence(request: HttpRequest, thread_id: str, statement_id: str) -> HttpResponseBase:
    """Show the packages of a request, and do the next thing with one."""
    officer = acting(request)
    desk = Desk(officer, selectors.thread(officer, thread_id), clock.now())
    fold = acts.request_of(desk.view, statement_id)
    reader = Reader(request)
    act = ACTS.get(request.POST.get("act", "")) if request.method == "POST" else None
    if act is None:
        return _show(request, desk, fold, reader)
    try:
        done = act(desk, fold, reader)
    except RogatoryError as error:
        return _show(request, desk, fold, reader, refused(error))
    # What cannot be read stands beside its field; nothing was done.
    return done or _show(request, desk, fold, reader, lacking(()))


@page
@require_safe
def receipt(request: HttpRequest, thread_id: str, package_id: str) -> HttpResponse:
    """Give the receipt of a package, made now, to who may see the package."""
    officer = acting(request)
    view = selectors.thread(officer, thread_id)
    held = vault.package(officer, package_id)
    if held.thread != view.thread.id:
        raise NodeError("NODE-451")
    try:
        pdf = receipting.receipt(officer, held, language=get_language() or "en")
    except EvidenceError as error:
        # What lies here is no longer what was sealed, or nothing can set a page: the card says which.
        desk = Desk(officer, view, clock.now())
        return _show(request, desk, acts.request_of(view, held.request), Reader(request), refused(error))
    name = f"receipt-{held.package[:16]}.pdf"
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _show(
    request: HttpRequest, desk: Desk, fold: RequestFold, reader: Reader, how: Shown = FINE
) -> HttpResponse:
    found = vault.packages(desk.officer).filter(request=fold.id)
    shown = {
        "frame": acts.frame(request, desk),
        "crumbs": acts.crumbs(desk),
        "title": numbers.title(desk.view),
        "cards": [evidence_page.card(desk, fold, each, reader) for each in found],
        "seal": seal_page.seal_form(desk, fold, reader),
        "lead": evidence_page.lead(list(found)),
        "problems": (*reader.problems, *how.problems),
    }
    return render(request, "desk/evidence.html", shown, status=how.status)


def _here(desk: Desk, fold: RequestFold) -> HttpResponse:
    return redirect(reverse("desk:evidence", args=[desk.view.thread.id, fold.id]))


def _seal(desk: Desk, fold: RequestFold, reader: Reader) -> HttpResponse | None:
    conditions, beside = sealing.conditions(reader), sealing.beside(reader)
    if reader.problems:
        return None
    deliver.order_sealing(
        desk.officer,
        desk.view.authority,
        recipient=fold.request.sender,
        thread=desk.view.thread.id,
        request=fold.id,
        intake=reader.text("intake"),
        conditions=conditions,
        beside=beside,
    )
    return _here(desk, fold)


def _deliver(desk: Desk, fold: RequestFold, reader: Reader) -> HttpResponse | None:
    del fold
    held = vault.package(desk.officer, reader.text("package"))
    items = numbers_in(reader.required("items", _("Items it answers")))
    if reader.problems:
        return None
    made = deliver.begin_delivery(desk.officer, held, items, certificate=reader.text("certificate"))
    return redirect("desk:draft", made.pk)


def _open(desk: Desk, fold: RequestFold, reader: Reader) -> HttpResponse:
    opening.order(desk.officer, vault.package(desk.officer, reader.text("package")))
    return _here(desk, fold)


def _take(desk: Desk, fold: RequestFold, reader: Reader) -> FileResponse:
    """Give out what is given on, as a file to save; the log says who took it."""
    del fold
    made = vault.onward(desk.officer, reader.text("onward"))
    file = giving.take(desk.officer, made)
    kind = "release" if made.kind == made.Kind.WHOLE else "disclosure"
    end = "json" if made.kind == made.Kind.WHOLE else "zip"
    name = f"{kind}-{made.package.package[:12]}.{end}"
    # Of no type that a browser opens by itself.
    return FileResponse(
        file.open("rb"), as_attachment=True, filename=name, content_type="application/octet-stream"
    )


ACTS: dict[str, Callable[[Desk, RequestFold, Reader], HttpResponseBase | None]] = {
    "seal": _seal,
    "deliver": _deliver,
    "open": _open,
    "take": _take,
}
