"""What does not go on by itself, on the board: a person has to know, and to telephone."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from rogatory_node.casework.selectors import Trouble
from rogatory_node.desk.showing import places, times
from rogatory_node.desk.showing.lanes import Placed
from rogatory_node.desk.showing.moves import Move
from rogatory_node.look.pictures.board import Lane, Way
from rogatory_node.look.pictures.clock import Clock, Mark
from rogatory_node.look.pictures.frame import Link
from rogatory_node.look.pictures.words import code, joined, strong

__all__ = ["lane"]


def lane(trouble: Trouble, now: datetime) -> Placed:
    """Return the lane of something that went wrong."""
    here = places.place(trouble.authority)
    title, bold = _words(trouble.kind)
    thread = reverse("desk:thread", args=[trouble.thread]) if trouble.thread else reverse("desk:board")
    text = _("Telephone, and register what was said.")
    if trouble.kind == "package_left":
        text = _("The operator has to look at the disk.")
    move = Move("trouble", ours=True, bold=bold, text=text, href=thread, about=trouble.subject, first=True)
    since = times.near(trouble.since, now, here)
    reason = [" · ", code(trouble.code)] if trouble.code else []
    shown = Lane(
        way=Way("out", places.authority(trouble.authority)),
        title=title,
        href=thread,
        detail=joined(_("since {time}").format(time=since), *reason),
        clock=Clock(_("Since {time}.").format(time=since), (), (Mark("ours"),)),
        next=joined(strong(bold), " ", text),
        act=Link(_("Open"), thread),
    )
    return Placed(shown, move, "out")


def _words(kind: str) -> tuple[str, str]:
    return {
        "delivery_refused": (_("A statement was refused"), _("Their node did not take it.")),
        "delivery_waiting": (_("A statement is not delivered"), _("Their node does not answer.")),
        "delivery_void": (_("A statement was judged void"), _("It changes nothing there.")),
        "package_failed": (_("A package failed"), _("Do not use it.")),
        "package_left": (_("A package could not be removed"), _("Its files are still here.")),
    }[kind]
