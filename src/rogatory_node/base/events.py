"""Events: what happened, by a dotted tag, for the log file and for the custody log.

A tag has three parts: the thing, the act, the outcome, as in ``statement:receive:admitted``. An event names
things by their ids. It never holds a name of a person, an identifier under request, or free text, so an
operator can read the log without reading a case.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from rogatory import wire
from rogatory.values import instant_text
from rogatory_node.base.errors import NodeError

__all__ = ["Event", "Field", "emit", "event_bytes"]

Field = str | int | bool
TAG: Final = re.compile(r"[a-z][a-z0-9_]{1,31}(?::[a-z][a-z0-9_]{1,31}){2}")
# An id, a digest, an authority, a role, an instant or a media type: no spaces, so no sentence and no name.
VALUE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9/:._+@-]{0,127}")

logger = logging.getLogger("rogatory.event")


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened.

    Args:
        tag: ``thing:act:outcome``.
        at: Aware, UTC.
        authority: The authority for which it happened; ``-`` for the node itself.
        fields: Ids, digests, counts and outcomes by name.

    Raises:
        NodeError: NODE-008 the tag or a field has another form.
    """

    tag: str
    at: datetime
    authority: str
    fields: Mapping[str, Field] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a tag or a field that could carry a sentence."""
        if not TAG.fullmatch(self.tag):
            raise NodeError("NODE-008", what="tag")
        for name, value in self.fields.items():
            if isinstance(value, str) and not VALUE.fullmatch(value):
                raise NodeError("NODE-008", what=name)


def event_bytes(event: Event) -> bytes:
    """Return the canonical bytes of an event, as the custody log commits to them."""
    return wire.canonical(
        {
            "at": instant_text(event.at),
            "authority": event.authority,
            "fields": dict(event.fields),
            "tag": event.tag,
        }
    )


def emit(event: Event) -> None:
    """Write the event to the node's own log file; it does not enter the custody log.

    See ``records.log.append`` for acts that must be provable.
    """
    logger.info(event_bytes(event).decode(), extra={"tag": event.tag})
