"""The right end of the navigation, asked every thirty seconds: how fresh the page is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from rogatory_node.base import configuration
from rogatory_node.casework import selectors
from rogatory_node.desk.door import acting, page
from rogatory_node.desk.showing import frames

__all__ = ["live"]


@page
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """Answer with the words alone; they are plain text and hold nothing of any case."""
    officer = acting(request)
    own = next(iter(selectors.served(officer)), configuration.current().authority_ids[0])
    return HttpResponse(frames.live_words(officer, own), content_type="text/plain; charset=utf-8")
