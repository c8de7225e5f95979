"""Answers given item by item, kept in an open draft until all of them are reviewed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rogatory.threads import RequestFold
from rogatory_node.casework.models import Draft
from rogatory_node.casework.services import draft as drafting
from rogatory_node.casework.services.draft import TYPED
from rogatory_node.desk import acts
from rogatory_node.desk.showing import numbers
from rogatory_node.desk.showing.moves import Desk

__all__ = ["Answers", "answers", "begin", "keep", "next_open"]

Answers = dict[int, dict[str, str]]


def begin(desk: Desk, act: str, fold: RequestFold) -> Draft:
    """Return the open draft of answers to a request; a new one if there is none.

    Raises:
        NodeError: NODE-100 not permitted.
    """
    found = acts.prepared(desk, act, fold.id)
    if found is not None:
        return found
    view = desk.view
    aim = drafting.Aim(
        authority=view.authority,
        recipient=numbers.counterpart(view),
        thread=view.thread.id,
        language=fold.request.language,
        instrument=fold.request.instrument,
    )
    return drafting.begin(desk.officer, act, aim, {"of": fold.id, "items": []})


def answers(draft: Draft | None) -> Answers:
    """Return what was answered so far, by the number of the item."""
    kept = draft.raw.get(TYPED, {}) if draft is not None else {}
    given = kept.get("answers", {}) if isinstance(kept, Mapping) else {}
    return {int(number): dict(each) for number, each in given.items()}


def keep(
    desk: Desk, draft: Draft, number: int, answer: Mapping[str, str], built: list[dict[str, Any]]
) -> Draft:
    """Keep the answer to one item, and the body as it now stands.

    Raises:
        NodeError: NODE-503 it was fixed meanwhile, NODE-504 somebody else changed it.
    """
    every = {**answers(draft), number: dict(answer)}
    typed = {"answers": {str(each): every[each] for each in sorted(every)}}
    raw = {"of": draft.raw["of"], "items": built, TYPED: typed}
    return drafting.change(desk.officer, draft, raw, version=draft.version)


def next_open(numbers_: list[int], given: Answers, after: int) -> int | None:
    """Return the next item without an answer: behind this one, else from the first."""
    left = [each for each in numbers_ if each not in given]
    behind = [each for each in left if each > after]
    return next(iter(behind or left), None)
