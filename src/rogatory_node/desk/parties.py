"""The other Parties as the register states them: can they be reached, and what binds us with them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rogatory.values import party_of
from rogatory_node.base import configuration
from rogatory_node.desk.door import page
from rogatory_node.desk.showing import frames, parties_page, places

__all__ = ["parties"]


@page
@require_safe
def parties(request: HttpRequest) -> HttpResponse:
    """Show each other Party's authorities, and the basis with it matter by matter."""
    own = configuration.current().party
    found: dict[str, list[str]] = {}
    for each in places.reachable(own):
        found.setdefault(party_of(each), []).append(each)
    shown = {
        "frame": frames.around(request, "desk:parties"),
        "parties": [parties_page.party(own, code, names) for code, names in sorted(found.items())],
    }
    return render(request, "desk/parties.html", shown)
