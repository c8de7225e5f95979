"""Services: an officer joins, is given a role, loses it, leaves. Each leaves a leaf in the custody log."""

from __future__ import annotations

import unicodedata

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from rogatory_node.base import NodeError, Role, clock, configuration
from rogatory_node.base.events import Event
from rogatory_node.people import selectors
from rogatory_node.people.models import Appointment, Officer
from rogatory_node.records import log

__all__ = ["appoint", "enlist", "leave", "relieve"]


def enlist(username: str, name: str, *, password: str | None = None, language: str = "en") -> Officer:
    """Make an officer, who serves nobody yet, and return them.

    Whoever calls has decided that this may be done: the operator at the command line, or ``appoint``'s page.

    Args:
        username: What they sign in with.
        name: What colleagues call them; it stays at home.
        password: A first password, or None: they then sign in with a passkey that is enrolled for them.
        language: The language of their pages.

    Raises:
        NodeError: NODE-101 the name is taken, NODE-102 the password is too weak or the name is not one.
    """
    officer = Officer(
        username=unicodedata.normalize("NFKC", username), name=name, language=language, joined_at=clock.now()
    )
    try:
        officer.set_unusable_password()
        officer.full_clean()
        if password is not None:
            validate_password(password, officer)
            officer.set_password(password)
    except ValidationError as error:
        raise NodeError("NODE-102", problem=" ".join(error.messages).rstrip(".")) from error
    try:
        with transaction.atomic():
            officer.save(force_insert=True)
            _note("officer:enlist:done", officer, "-")
    except IntegrityError as error:
        raise NodeError("NODE-101") from error
    return officer


def appoint(actor: Officer | None, officer: Officer, authority: str, role: Role) -> Appointment:
    """Give an officer a role for an authority, from now; one that they hold already is returned.

    Args:
        actor: Who gives it: an operator of that authority; None is the command line, on the machine itself.
        officer: Who receives it.
        authority: One that this node serves.
        role: Which.

    Raises:
        NodeError: NODE-100 the actor is no operator there; NODE-103 the node does not serve the authority;
            NODE-104 the actor and the officer are one person.
    """
    if authority not in configuration.current().authority_ids:
        raise NodeError("NODE-103", authority=authority)
    if actor is not None:
        selectors.require(actor, authority, Role.OPERATOR)
        if actor.pk == officer.pk:
            raise NodeError("NODE-104")
    with transaction.atomic():
        given, made = Appointment.objects.get_or_create(
            officer=officer,
            authority=authority,
            role=role,
            until=None,
            defaults={"since": clock.now(), "given_by": actor},
        )
        if made:
            _note("role:give:done", officer, authority, role=role)
    return given


def relieve(actor: Officer | None, officer: Officer, authority: str, role: Role) -> None:
    """End a role, from now; approvals given in it stand.

    Raises:
        NodeError: NODE-100 the actor is no operator there.
    """
    if actor is not None:
        selectors.require(actor, authority, Role.OPERATOR)
    with transaction.atomic():
        held = Appointment.objects.filter(officer=officer, authority=authority, role=role, until=None)
        if held.update(until=clock.now()):
            _note("role:end:done", officer, authority, role=role)


def leave(officer: Officer) -> None:
    """End every role of an officer and close the account; what they did stays."""
    with transaction.atomic():
        for authority in selectors.authorities(officer):
            for role in selectors.roles(officer, authority):
                relieve(None, officer, authority, role)
        officer.approval_credentials.filter(revoked_at=None).update(revoked_at=clock.now())
        officer.is_active = False
        officer.save(update_fields=["is_active"])
        _note("officer:leave:done", officer, "-")


def _note(tag: str, officer: Officer, authority: str, **fields: str) -> None:
    log.append(Event(tag, clock.now(), authority, {"officer": str(officer.pk), **fields}))
