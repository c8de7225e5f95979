"""Addresses of the gallery's server: its pages, and a stream that says one thing and stays open."""

import time
from collections.abc import Iterator

from django.http import HttpRequest, StreamingHttpResponse
from django.urls import include, path


def _said() -> Iterator[str]:
    yield "data: Live. Last heard 03:11\n\n"
    while True:  # The browser closes it.
        time.sleep(0.2)
        yield ": still here\n\n"


def stream(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(_said(), content_type="text/event-stream")


urlpatterns = [path("stream/live", stream), path("", include("rogatory_node.look.gallery"))]
