"""What the clocks of the law room are called, and when each that runs in a thread ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rogatory.law import Clock, ClockState
from rogatory_node.desk.showing import counting, spans
from rogatory_node.look.pictures.when import Place
from rogatory_node.look.pictures.words import joined

__all__ = ["CLOCKS", "called", "running"]

CLOCKS: Final[Mapping[str, str | Promise]] = {
    "preservation": gettext_lazy("Kept"),
    "follow_up": gettext_lazy("Request for the data"),
    "planned_follow_up": gettext_lazy("Planned request"),
    "follow_up_gap": gettext_lazy("Kept until they decide"),
    "extension": gettext_lazy("Answer on keeping it on"),
    "data_vanish": gettext_lazy("First loss"),
    "ratification": gettext_lazy("Ratification"),
    "secrecy": gettext_lazy("Secrecy"),
    "domestic_order": gettext_lazy("Order at home"),
    "answer": gettext_lazy("Answer wanted"),
    "hold": gettext_lazy("Hold"),
    "hold_follow_up": gettext_lazy("Request to freeze"),
    "emergency_review": gettext_lazy("Review of the emergency"),
    "measure": gettext_lazy("Measure"),
    "return_of_a_witness": gettext_lazy("Return of the person"),
    "documents_after_arrest": gettext_lazy("Documents after the arrest"),
    "destruction": gettext_lazy("Destruction"),
    "secrecy_of_information": gettext_lazy("Secrecy of information"),
    "conditions": gettext_lazy("Answer on conditions"),
    "oral_confirmation": gettext_lazy("Written confirmation"),
    "last_tested": gettext_lazy("Rehearsal of the contact"),
}
"""Every clock of the law room; a test holds the two together."""

# These are drawn to scale, or have a place of their own on the page.
DRAWN: Final = frozenset(
    ("preservation", "data_vanish", "follow_up", "follow_up_gap", "ratification", "secrecy")
)


def called(kind: str) -> str:
    """Return what a clock is called."""
    return str(CLOCKS[kind])


def running(clocks: Iterable[Clock], here: Place) -> SafeString:
    """Return the clocks that run and are not drawn to scale, the first to end first, as one line."""
    found = sorted(
        (each for each in clocks if each.state is ClockState.RUNNING and each.kind not in DRAWN),
        key=lambda each: each.ends,
    )
    parts = dict.fromkeys(_line(each, here) for each in found)
    return joined(*[one for each in parts for one in (" · ", each)][1:])


def _line(clock: Clock, here: Place) -> str:
    what = called(clock.kind)
    if clock.item is not None:
        what = _("{clock}, {items}").format(clock=what, items=counting.items_within([clock.item]))
    return _("{what}: to {day}").format(what=what, day=spans.last_day(clock.ends, here))
