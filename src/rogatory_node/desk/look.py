"""The officer's choice of day or night colours, kept in a cookie that says nothing else."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

__all__ = ["look"]

YEAR = 365 * 24 * 3600


@require_safe
def look(request: HttpRequest, choice: str) -> HttpResponse:
    """Keep the choice and go back to the page that was shown."""
    if choice not in ("day", "night"):
        raise Http404
    back = request.GET.get("back", "/")
    here = url_has_allowed_host_and_scheme(back, allowed_hosts=None, require_https=request.is_secure())
    answer = HttpResponseRedirect(back if here else "/")
    secure = settings.SESSION_COOKIE_SECURE
    answer.set_cookie("look", choice, max_age=YEAR, secure=secure, httponly=True, samesite="Lax")
    return answer
