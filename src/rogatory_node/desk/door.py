"""What every page does first and last: who acts, what they may not see, and how a refusal reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import get_language

from rogatory import messages
from rogatory.errors import RogatoryError
from rogatory_node.desk.showing.wording import told
from rogatory_node.look.pictures.questions import Problem
from rogatory_node.look.pseudo import RIGHT
from rogatory_node.people.models import Officer

__all__ = ["FINE", "Shown", "acting", "lacking", "page", "problem", "refused", "status_of"]

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

# What does not exist and what is not the officer's look the same.
NOT_HERE: Final = frozenset(
    {"NODE-451", "NODE-500", "NODE-511", "NODE-513", "NODE-514", "NODE-515", "NODE-702"}
)
NOT_OPEN: Final = frozenset({"NODE-100", "NODE-104"})
MOVED_ON: Final = frozenset({"NODE-503", "NODE-504", "NODE-508"})


def acting(request: HttpRequest) -> Officer:
    """Return the officer who is signed in."""
    assert isinstance(request.user, Officer)
    return request.user


def page(view: View[P]) -> View[P]:
    """Make a view a page of the desk: for officers only, and what is not theirs is not there.

    A refusal that the view does not show itself becomes a plain page, 404 or 403, with nothing of the case.
    """

    @wraps(view)
    def shown(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            answer = view(request, *args, **kwargs)
        except RogatoryError as error:
            if error.code in NOT_HERE:
                raise Http404 from error
            if error.code in NOT_OPEN:
                raise PermissionDenied from error
            raise
        # What stands here is for this officer: no cache keeps it, and the back button asks again.
        answer.headers["Cache-Control"] = "no-store"
        return answer

    guarded: View[P] = login_required(shown)  # type: ignore[assignment]  # the first argument loses its name
    return guarded


@dataclass(frozen=True, slots=True)
class Shown:
    """How a page is shown: with what is wrong, and under which status."""

    problems: tuple[Problem, ...] = ()
    status: int = 200


FINE: Final = Shown()


def refused(error: RogatoryError, field: str = "") -> Shown:
    """Return how a page is shown that a service refused: what was typed stays, the cure stands above it."""
    return Shown((problem(error, field),), status_of(error))


def lacking(problems: Iterable[Problem]) -> Shown:
    """Return how a form is shown in which something is missing or cannot be read."""
    return Shown(tuple(problems), 422)


def problem(error: RogatoryError, field: str = "") -> Problem:
    """Return a refusal as a line of the error summary: what is wrong, the cure, the code."""
    language = get_language() or messages.FALLBACK
    # A label of this page may stand in a field, in the pseudo-language between its direction marks.
    fields: dict[str, Any] = {
        name: each.strip(RIGHT) if isinstance(each, str) else each for name, each in error.fields.items()
    }
    sentence = told(messages.sentence(error.code, fields, language))
    explained = told(messages.explain(error.code, fields, language))
    return Problem(f"{sentence} {explained} {error.code}", field)


def status_of(error: RogatoryError) -> int:
    """Return the status of a page that shows a refusal."""
    if error.code in NOT_OPEN:
        return 403
    return 409 if error.code in MOVED_ON else 422
