"""The two pages that belong to no room: what an error code means, and that the node answers."""

from __future__ import annotations

from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from rogatory import messages

__all__ = ["explain_problem", "health"]


@require_safe
def explain_problem(request: HttpRequest, code: str) -> HttpResponse:
    """Answer with the paragraph of an error code, in the reader's language."""
    del request
    if code not in messages.codes():
        raise Http404
    text = _without_fields(code, get_language() or messages.FALLBACK)
    return HttpResponse(f"{code}\n{text}\n", content_type="text/plain; charset=utf-8")


def _without_fields(code: str, language: str) -> str:
    # The page is about the code, not about one occasion: a field shows as three dots.
    fields: dict[str, str] = {}
    while True:
        try:
            return messages.explain(code, fields, language)
        except KeyError as missing:
            fields[str(missing.args[0])] = "…"


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Answer that web and database work; it tells a stranger nothing else."""
    del request
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")
