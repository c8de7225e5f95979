"""The chain from preservation (art. 42) to stored data (art. 44), without retyping."""

from __future__ import annotations

from typing import Any, Final

from rogatory_node.base import NodeError
from rogatory_node.casework import index
from rogatory_node.casework.models import Draft
from rogatory_node.casework.services import draft
from rogatory_node.people import selectors as people
from rogatory_node.people.models import Officer

__all__ = ["CARRIED", "begin_stored_data"]

# What a stored-data request takes from the preservation it follows (PRACTICE section 2).
CARRIED: Final = ("case_unit", "offence", "facts", "purpose", "secrecy", "call_back", "suspect_is_minor")


def begin_stored_data(
    officer: Officer, *, authority: str, recipient: str, thread: str, request: str
) -> Draft:
    """Begin a stored-data request from a preservation, with everything that was said there.

    Items come as they were last corrected; those withdrawn are left out. What only the new request needs
    (domestic authorisation, form of evidence, deadline) is empty, and the findings will say so.

    Args:
        officer: Who begins it.
        authority: The authority that now acts, which may be another one of the same Party.
        recipient: The authority that now answers, which may be another one of the other Party.
        thread: The thread of the preservation.
        request: The preservation request's id.

    Raises:
        NodeError: NODE-100 not permitted, NODE-500 the authority has no such thread, NODE-513 no such
            preservation.
    """
    # Asked first: whoever may not act must not learn from the answer what there is.
    people.require(officer, authority, *draft.DRAFTERS)
    index.check_shown(authority, thread)
    folded = index.fold_thread(thread, authority=authority)
    kept = next((each for each in folded.requests if each.id == request), None)
    if kept is None or kept.request.body.kind != "preservation":
        raise NodeError("NODE-513")
    body = kept.request.body.model_dump(mode="json", by_alias=True, exclude_none=True)
    raw: dict[str, Any] = {name: body[name] for name in CARRIED if name in body}
    raw |= {
        "kind": "stored_data",
        "preservation": request,
        "items": [
            fold.item.model_dump(mode="json", by_alias=True, exclude_none=True)
            for fold in kept.items.values()
            if fold.withdrawn_by is None
        ],
    }
    aim = draft.Aim(
        authority=authority,
        recipient=recipient,
        thread=thread,
        language=kept.request.language,
        instrument=kept.request.instrument,
    )
    return draft.begin(officer, "request", aim, raw)
