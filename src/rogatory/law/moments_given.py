"""What a Party was given, and on which terms: the day it must be gone, the day to accept conditions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from rogatory.law.moments import Subject, first, first_end, last_end
from rogatory.law.moments_view import View
from rogatory.statements import (
    ConditionsOffered,
    Delivery,
    DeliveryBody,
    ReturnedOrDestroyed,
    SpontaneousInformation,
)
from rogatory.threads import Entry, TermsFold

__all__ = ["given", "terms"]


def given(view: View) -> Iterator[Subject]:
    """Yield each delivery and each piece of information without request, with the day it must be gone."""
    for entry in view.folded():
        statement = entry.statement
        if isinstance(statement, Delivery):
            yield _given(view, entry, statement)
        elif isinstance(statement, SpontaneousInformation):
            found = _given(view, entry, statement)
            if statement.body.secrecy is not None:
                until = {"secrecy_until": last_end(statement.body.secrecy.until)}
                found = Subject("given", entry.id, None, {**found.moments, **until})
            yield found


def _given(view: View, entry: Entry, statement: Delivery | SpontaneousInformation) -> Subject:
    body = statement.body
    use = body.conditions if isinstance(body, DeliveryBody) else body.use
    moments = {"given": statement.issued_at}
    if use.destroy_by is not None:
        moments["destroy_by"] = first_end(use.destroy_by)
    gone = [name for name in entry.uses if isinstance(view.statements[name], ReturnedOrDestroyed)]
    first(moments, "destroyed", [view.at[name] for name in gone])
    return Subject("given", entry.id, None, moments)


def terms(view: View) -> Iterator[Subject]:
    """Yield each offer of conditions that states a day for the answer."""
    for each in view.thread.terms:
        statement = each.statement
        if isinstance(statement, ConditionsOffered) and statement.body.answer_by is not None:
            moments = {"offered": statement.issued_at, "answer_by": first_end(statement.body.answer_by)}
            first(moments, "accepted", _accepted(view, each))
            yield Subject("terms", each.id, None, moments)


def _accepted(view: View, fold: TermsFold) -> list[datetime]:
    """Return when the last open condition was accepted; nothing while one is open."""
    return [] if fold.open else [max(view.at[name] for name in fold.accepted.values())]
