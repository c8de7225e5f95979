"""The one API object: who is calling, and what an error looks like. Each group of calls is a module."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Final

from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError
from ninja.errors import ValidationError as NinjaValidationError
from ninja.security import HttpBearer

from rogatory.errors import RogatoryError
from rogatory_node.api import board, credentials, drafts, onward, packages, simulation, threads, tokens
from rogatory_node.api.parsing import StrictParser
from rogatory_node.base import NodeError, clock, problems
from rogatory_node.people.models import Officer

__all__ = ["api", "no_such_call", "with_problems"]

# Refusals that are not about the input: not permitted, not there, moved on meanwhile.
STATUS: Final = {
    **dict.fromkeys(("NODE-100", "NODE-104", "NODE-106", "NODE-706"), 403),
    **dict.fromkeys(
        ("NODE-451", "NODE-500", "NODE-514", "NODE-515", "NODE-517", "NODE-702", "NODE-704"), 404
    ),
    **dict.fromkeys(
        (
            "KEY-009",
            "LOG-010",
            "NODE-005",
            "NODE-006",
            "NODE-012",
            "NODE-207",
            "NODE-452",
            "NODE-454",
            "NODE-457",
            "NODE-458",
            "NODE-463",
            "NODE-464",
            "NODE-503",
            "NODE-504",
            "NODE-508",
            "NODE-509",
            "NODE-510",
            "NODE-519",
        ),
        409,
    ),
    "WIRE-001": 413,
    "NODE-013": 503,
}


class _Token(HttpBearer):
    """A bearer token, which stands for one officer."""

    def authenticate(self, request: HttpRequest, token: str) -> Officer | None:
        found = tokens.find(token, clock.now())
        if found is None:
            return None
        request.access_token = found  # type: ignore[attr-defined]  # read by calls.enrolling
        return found.officer


api = NinjaAPI(
    title="rogatory node",
    version="1",
    urls_namespace="api",
    auth=_Token(),
    docs_url=None,
    openapi_url="openapi.json",
    parser=StrictParser(),
    description="Drafts, approvals, threads and evidence, for the officer whose token is used.",
)
api.add_router("", board.router)
api.add_router("/drafts", drafts.router)
api.add_router("/threads", threads.router)
api.add_router("/packages", packages.router)
api.add_router("/packages", onward.router)
api.add_router("/credentials", credentials.router)
api.add_router("/simulation", simulation.router)


def _answer(error: RogatoryError, status: int) -> HttpResponse:
    body = problems.problem_bytes(error, status)
    return HttpResponse(body, status=status, content_type=problems.MEDIA_TYPE)


@api.exception_handler(RogatoryError)
def _refused(request: HttpRequest, error: Any) -> HttpResponse:
    """Answer with the code of a refusal, as a problem document."""
    del request
    return _answer(error, STATUS.get(error.code, 422))


@api.exception_handler(AuthenticationError)
def _unknown(request: HttpRequest, error: Any) -> HttpResponse:
    """Answer a call without a token that holds; which of the reasons it is stays here."""
    del request, error
    answer = _answer(NodeError("NODE-705"), 401)
    answer["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(HttpError)
def _unreadable(request: HttpRequest, error: Any) -> HttpResponse:
    """Answer a body that cannot be read with the reader's own code, where it has one."""
    cause = error.__cause__
    if isinstance(cause, RogatoryError):
        return _refused(request, cause)
    return _answer(NodeError("NODE-701", place="the body", reason="unreadable"), error.status_code)


@api.exception_handler(RequestDataTooBig)
def _too_large(request: HttpRequest, error: Any) -> HttpResponse:
    """Answer a body that was not even read."""
    del request, error
    return _answer(NodeError("NODE-701", place="the body", reason="too_large"), 413)


@api.exception_handler(NinjaValidationError)
def _malformed(request: HttpRequest, error: Any) -> HttpResponse:
    """Answer a malformed call with the place of its first fault; what it held is not repeated."""
    del request
    first = error.errors[0] if error.errors else {}
    place = ".".join(str(step)[:60] for step in first.get("loc", ())) or "the body"
    return _answer(NodeError("NODE-701", place=place, reason=first.get("type", "unreadable")), 422)


@api.exception_handler(OperationalError)
def _not_stored(request: HttpRequest, error: Any) -> HttpResponse:
    """Answer that nothing was done: the database is busy or the disk is full. The caller may try again."""
    del request, error
    return _answer(NodeError("NODE-703"), 503)


def no_such_call(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Answer an address that is no call's with a problem document, as any other refusal."""
    del request, rest
    return _answer(NodeError("NODE-704"), 404)


def with_problems(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Return a view that answers a method that is not served with a problem document too."""

    @functools.wraps(view)
    def answering(request: HttpRequest, *words: Any, **names: Any) -> HttpResponseBase:
        answer = view(request, *words, **names)
        if answer.status_code != 405:
            return answer
        refusal = _answer(NodeError("NODE-704"), 405)
        refusal["Allow"] = answer.headers["Allow"]
        return refusal

    return answering
