"""The acts at home behind a thread: they never cross a border, and each box says so."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from rogatory_node.casework.models import DomesticAct
from rogatory_node.casework.selectors import ThreadView
from rogatory_node.desk.showing import counting, places, times
from rogatory_node.look.pictures.questions import DomesticAct as Box
from rogatory_node.look.pictures.thread import Fact
from rogatory_node.look.pictures.words import code, joined, link, name

__all__ = ["boxes", "latest", "stays"]


def stays(view: ThreadView) -> str:
    """Return the words of the flag over what never leaves this Party."""
    own = view.thread.party(view.side)
    return _("Stays in {party}. Never sent").format(party=places.party(own))


def boxes(view: ThreadView) -> tuple[Box, ...]:
    """Return every act at home that is recorded for a thread, the newest first."""
    return tuple(_box(view, each) for each in reversed(view.domestic_acts))


def latest(view: ThreadView, request: str) -> Box:
    """Return the newest act at home for one request, or that there is none."""
    found = [each for each in view.domestic_acts if each.request == request]
    return _box(view, found[-1]) if found else _none(view, request)


def _none(view: ThreadView, request: str) -> Box:
    """Return the box that says that nothing is recorded, with the way to record it."""
    where = reverse("desk:order", args=[view.thread.id, request])
    rows = (
        Fact(_("Without it"), _("nothing can be reported as done")),
        Fact(_("Record it"), link(_("what was signed on paper"), where)),
    )
    return Box(stays(view), _("No act at home is recorded"), rows)


def _box(view: ThreadView, act: DomesticAct) -> Box:
    kind = {
        DomesticAct.Kind.ORDER: _("Order"),
        DomesticAct.Kind.CONSENT: _("Consent"),
        DomesticAct.Kind.NONE_NEEDED: _("No order needed"),
    }[DomesticAct.Kind(act.kind)]
    rows = [
        Fact(_("Authority"), name(act.issued_by)),
        Fact(_("Covers"), counting.items(act.items)),
        Fact(_("Basis"), name(act.legal_basis)),
        Fact(_("Issued"), times.day_of(act.issued_on)),
    ]
    if act.expires_on:
        rows.append(Fact(_("Runs to"), times.day_of(act.expires_on)))
    if act.scope:
        rows.append(Fact(_("Scope"), name(act.scope)))
    if act.secrecy_until:
        rows.append(Fact(_("Secrecy"), _("To {day}.").format(day=times.day_of(act.secrecy_until))))
    if act.document:
        rows.append(Fact(_("Scan"), code(counting.groups(act.document))))
    return Box(stays(view), joined(kind, " ", name(act.reference)), tuple(rows))
