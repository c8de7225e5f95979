"""The gallery: every page and component with the example case, for browser tests and for looking at.

It reads no database and shows no real matter. It is mounted only by the browser tests' own
settings (or by a developer), never by a node; ``urlpatterns`` is its whole face.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from rogatory_node.look.pictures.frame import Frame

from . import board, decide, evidence, questions, thread

__all__ = ["PAGES", "urlpatterns"]


class SignIn(forms.Form):
    """A form as an account page would hand it over."""

    officer = forms.CharField(help_text="As in the register of officers.")
    word = forms.CharField(widget=forms.PasswordInput)
    stay = forms.BooleanField(required=False)
    role = forms.ChoiceField(
        choices=(("duty", "Duty officer"), ("lawyer", "Lawyer")), widget=forms.RadioSelect
    )


def _form(*, bound: bool) -> dict[str, object]:
    return {"form": SignIn({} if bound else None), "title": "Sign in", "submit": "Continue", "action": "#"}


def _parties() -> dict[str, object]:
    return {"card": evidence.card(), "basis": evidence.basis()}


Context = Callable[[], dict[str, object]]


def _page(make: Callable[[], object]) -> Context:
    return lambda: {"page": make()}


# name: template, frame, context. Each is opened in every language and width by the browser tests.
PAGES: dict[str, tuple[str, Callable[[], Frame | None], Context]] = {
    "board": ("look/pages/board.html", board.around, _page(board.busy)),
    "board-quiet": ("look/pages/board.html", board.around, _page(board.quiet)),
    "thread": ("look/pages/thread.html", thread.around, _page(thread.page)),
    "draft": ("look/pages/draft.html", questions.around, _page(questions.draft)),
    "draft-failed": ("look/pages/draft.html", questions.around, _page(lambda: questions.draft(failed=True))),
    "decide": ("look/pages/decide.html", decide.around, _page(decide.decide)),
    "approve": ("look/pages/act.html", decide.around_approval, _page(decide.approve)),
    "acknowledge": ("look/pages/act.html", decide.around, _page(decide.acknowledge)),
    "enrol": ("look/pages/act.html", decide.around_approval, _page(decide.enrol)),
    "evidence": ("look/pages/evidence.html", evidence.around, _page(evidence.page)),
    "parties": ("look/gallery/parties.html", board.around, _parties),
    "form": ("look/pages/form.html", lambda: None, lambda: _form(bound=False)),
    "form-failed": ("look/pages/form.html", lambda: None, lambda: _form(bound=True)),
    "404": ("404.html", lambda: None, dict),
    "500": ("500.html", lambda: None, dict),
}


def show(request: HttpRequest, name: str) -> HttpResponse:
    """Show one page; ``?look=night`` in the officer's dark choice, ``?stream=`` with a live end."""
    if name not in PAGES:
        raise Http404
    template, around, context = PAGES[name]
    frame = around()
    if frame is not None and request.GET.get("look") == "night":
        frame = replace(frame, look="night")
    if frame is not None and frame.live and request.GET.get("stream", "").startswith("/"):
        frame = replace(frame, live=replace(frame.live, stream=request.GET["stream"]))
    return render(request, template, {"frame": frame, **context()})


urlpatterns = [path("<slug:name>", show, name="gallery")]
