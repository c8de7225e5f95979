"""From the desk to the approval origin and back: who approves what, handed over once, within a minute.

The two origins share no cookie, so that a page of one cannot act on the other. What is handed over is a row
of the session table under a random key; the key is in one address, works once, and names no session of a
person who is signed in.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from rogatory_node.base import NodeError, clock, configuration
from rogatory_node.people.models import Officer

__all__ = ["Handed", "current", "end", "give", "keep", "take"]

SECONDS: Final = 60
LASTS: Final = 600
NAME: Final = "handed"
KEPT: Final = "kept"
"""What was taken over bears another name: the key of a session here is no key that enters."""


@dataclass(frozen=True, slots=True)
class Handed:
    """What an officer was sent to the approval origin for: a draft in a role, or a passkey to enrol.

    The origins share no cookie, so the language and the colours of the desk's pages are handed over too.
    """

    officer: str
    draft: str = ""
    role: str = ""
    language: str = ""
    look: str = ""


def give(request: HttpRequest, handed: Handed) -> str:
    """Return the address on the approval origin that takes it over, once."""
    row = SessionStore()
    look = request.COOKIES.get("look", "")
    row[NAME] = asdict(replace(handed, language=get_language() or "", look=look))
    row.set_expiry(SECONDS)
    row.create()
    path = reverse("desk:enter", args=[row.session_key])
    return f"{configuration.current().approval_origin}{path}"


def take(key: str) -> Handed:
    """Return what was handed over under a key; the second caller finds nothing.

    Raises:
        NodeError: NODE-750 there is none, it is too old, or somebody took it.
    """
    found = Session.objects.filter(session_key=key, expire_date__gt=clock.machine()).first()
    data = found.get_decoded().get(NAME) if found else None
    if data is None or not Session.objects.filter(session_key=key).delete()[0]:
        raise NodeError("NODE-750")
    return Handed(**data)


def keep(request: HttpRequest, handed: Handed) -> None:
    """Remember on the approval origin, for ten minutes, what was taken over."""
    request.session.flush()
    until = clock.machine().timestamp() + LASTS
    request.session[KEPT] = {**asdict(handed), "until": until}
    request.session.set_expiry(LASTS)


def current(request: HttpRequest) -> tuple[Handed, Officer]:
    """Return what this browser was sent here for, and the officer.

    Raises:
        NodeError: NODE-750 nothing, or more than ten minutes ago.
    """
    data: dict[str, Any] = dict(request.session.get(KEPT, {}))
    if not data or data.pop("until") < clock.machine().timestamp():
        raise NodeError("NODE-750")
    handed = Handed(**data)
    officer = Officer.objects.filter(pk=handed.officer, is_active=True).first()
    if officer is None:
        raise NodeError("NODE-750")
    return handed, officer


def end(request: HttpRequest) -> None:
    """Forget it: the gesture was made."""
    request.session.flush()
