"""The one API object: who is calling, and what an error looks like. Each group of calls is a module."""

from __future__ import annotations

from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError as NinjaValidationError
from ninja.security import HttpBearer

from rogatory.errors import RogatoryError
from rogatory_node.api import board, credentials, drafts, packages, simulation, threads, tokens
from rogatory_node.base import NodeError, clock, problems
from rogatory_node.people.models import Officer

__all__ = ["api"]

# Refusals that are not about the input: not permitted, not there, moved on meanwhile.
STATUS = {
    "NODE-100": 403,
    "NODE-500": 404,
    "NODE-451": 404,
    "NODE-514": 404,
    "NODE-515": 404,
    "NODE-452": 409,
    "NODE-454": 409,
    "NODE-503": 409,
    "NODE-504": 409,
    "NODE-508": 409,
}


class _Token(HttpBearer):
    """A bearer token, which stands for one officer."""

    def authenticate(self, request: HttpRequest, token: str) -> Officer | None:
        del request
        return tokens.officer_of(token, clock.now())


api = NinjaAPI(
    title="rogatory node",
    version="1",
    urls_namespace="api",
    auth=_Token(),
    docs_url=None,
    openapi_url="openapi.json",
    description="Drafts, approvals, threads and evidence, for the officer whose token is used.",
)
api.add_router("", board.router)
api.add_router("/drafts", drafts.router)
api.add_router("/threads", threads.router)
api.add_router("/packages", packages.router)
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


@api.exception_handler(NinjaValidationError)
def _malformed(request: HttpRequest, error: Any) -> HttpResponse:
    """Answer a malformed call with the place of its first fault; what it held is not repeated."""
    del request
    first = error.errors[0] if error.errors else {}
    place = ".".join(str(step) for step in first.get("loc", ())) or "the body"
    return _answer(NodeError("NODE-701", place=place, reason=first.get("type", "unreadable")), 422)


@api.exception_handler(OperationalError)
def _not_stored(request: HttpRequest, error: Any) -> HttpResponse:
    """Answer that nothing was done: the database is busy or the disk is full. The caller may try again."""
    del request, error
    return _answer(NodeError("NODE-703"), 503)
