"""What follows a request made in haste: stored data (art. 44) a preservation (art. 42), freezing a hold.

Nothing is typed again. Which kind follows which, and what goes along, is a table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from rogatory.statements import Item, KindName, Request
from rogatory.threads import RequestFold, Thread
from rogatory.values import Frozen, Identifier, Measure
from rogatory_node.base import NodeError
from rogatory_node.casework import index
from rogatory_node.casework.models import Draft
from rogatory_node.casework.services import draft
from rogatory_node.people import selectors as people
from rogatory_node.people.models import Officer

__all__ = ["FOLLOW_UPS", "FollowUp", "begin_follow_up", "begin_stored_data"]

CARRIED: Final = ("case_unit", "offence", "facts", "purpose", "secrecy", "call_back", "suspect_is_minor")
"""What any follow-up takes from the request before it (PRACTICE section 2)."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One step of a chain.

    Attributes:
        to: The kind that follows.
        links: What of the body says on which request it follows, and what else is known from it.
        asks: What its items ask for; None leaves it as it was.
    """

    to: KindName
    links: Callable[[str, Request], dict[str, Any]]
    asks: Measure | None = None


def _after_preservation(name: str, request: Request) -> dict[str, Any]:
    del request
    return {"preservation": name}


def _after_hold(name: str, request: Request) -> dict[str, Any]:
    held = request.body.hold
    # What rests on domestic law or practice stays behind: arts. 49 and 50 are another basis.
    value = {"value": _members(held.amount)} if held is not None and held.amount is not None else {}
    return {"property": {"hold": name, **value}}


FOLLOW_UPS: Final[Mapping[KindName, FollowUp]] = MappingProxyType(
    {
        "preservation": FollowUp("stored_data", _after_preservation),
        "hold_notice": FollowUp("property", _after_hold, Measure.FREEZING),
    }
)
"""Which kind follows which, without retyping."""


def begin_follow_up(officer: Officer, *, authority: str, recipient: str, thread: str, request: str) -> Draft:
    """Begin the request that follows another, with everything that was said there.

    Items come as they were last corrected; those withdrawn are left out. What only the new request needs
    (domestic authorisation, form of evidence, the order to be enforced) is empty, and the findings will say
    so.

    Args:
        officer: Who begins it.
        authority: The authority that now acts, which may be another one of the same Party.
        recipient: The authority that now answers, which may be another one of the other Party.
        thread: The thread of the request before it.
        request: That request's id: a preservation or a hold notice.

    Raises:
        NodeError: NODE-100 not permitted, NODE-500 the authority has no such thread, NODE-513 no such
            request, or nothing follows it.
    """
    folded = _read(officer, authority, thread)
    before = next((each for each in folded.requests if each.id == request), None)
    step = FOLLOW_UPS.get(before.request.body.kind) if before is not None else None
    if before is None or step is None:
        raise NodeError("NODE-513")
    aim = draft.Aim(
        authority=authority,
        recipient=recipient,
        thread=thread,
        language=before.request.language,
        instrument=before.request.instrument,
    )
    return draft.begin(officer, "request", aim, _raw(before, step))


def begin_stored_data(
    officer: Officer, *, authority: str, recipient: str, thread: str, request: str
) -> Draft:
    """Begin a stored-data request from a preservation; as ``begin_follow_up``, and nothing else will do.

    Raises:
        NodeError: NODE-100 not permitted, NODE-500 the authority has no such thread, NODE-513 no such
            preservation.
    """
    folded = _read(officer, authority, thread)
    kinds = {each.id: each.request.body.kind for each in folded.requests}
    if kinds.get(request) != "preservation":
        raise NodeError("NODE-513")
    return begin_follow_up(officer, authority=authority, recipient=recipient, thread=thread, request=request)


def _read(officer: Officer, authority: str, thread: str) -> Thread:
    # Asked first: whoever may not act must not learn from the answer what there is.
    people.require(officer, authority, *draft.DRAFTERS)
    index.check_shown(authority, thread)
    return index.fold_thread(thread, authority=authority)


def _raw(before: RequestFold, step: FollowUp) -> dict[str, Any]:
    body = _members(before.request.body)
    items = [fold.item for fold in before.items.values() if fold.withdrawn_by is None]
    return {
        **{name: body[name] for name in CARRIED if name in body},
        "kind": step.to,
        "items": [_members(_asking(each, step.asks)) for each in items],
        **step.links(before.id, before.request),
    }


def _asking(item: Item, measure: Measure | None) -> Item:
    return item if measure is None else item.model_copy(update={"category": measure})


def _members(value: Frozen | Identifier) -> dict[str, Any]:
    found: dict[str, Any] = value.model_dump(mode="json", by_alias=True, exclude_none=True)
    return found
