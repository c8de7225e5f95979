"""Keeps the approval host apart: nothing is served there but the approval pages (PROTOCOL section 2).

An approval credential is bound to that host. If sign-in were served there too, it could sign in.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound

from rogatory_node.base import configuration

__all__ = ["APPROVAL_PATHS", "KeepHostsApart"]

APPROVAL_PATHS: Final = ("/approve/", "/static/", "/health")


class KeepHostsApart:
    """Middleware: on the approval host only the approval pages, and these on no other host."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what answers next."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 404 to a page on the wrong host."""
        # A name means the same in capitals and with a dot at its end.
        host = request.get_host().rpartition("]")[2].partition(":")[0].lower().rstrip(".")
        on_approval_host = host == configuration.current().approval_host
        if on_approval_host and not request.path.startswith(APPROVAL_PATHS):
            return HttpResponseNotFound()
        if not on_approval_host and request.path.startswith("/approve/"):
            return HttpResponseNotFound()
        return self.get_response(request)
