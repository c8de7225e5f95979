"""All threads that the officer may read, the newest first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rogatory_node.casework import selectors
from rogatory_node.desk.door import acting, page
from rogatory_node.desk.showing import frames, rows

__all__ = ["threads"]

PAGE = 50


@page
@require_safe
def threads(request: HttpRequest) -> HttpResponse:
    """Show a list of threads, a page at a time; ``?after=50`` shows the next."""
    found = selectors.threads(acting(request))
    asked = request.GET.get("after", "0")
    after = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 7 else 0
    shown = found[after : after + PAGE]
    more = after + PAGE if found.count() > after + PAGE else None
    frame = frames.around(request, "desk:threads")
    return render(request, "desk/threads.html", {"frame": frame, "rows": rows.of(shown), "more": more})
