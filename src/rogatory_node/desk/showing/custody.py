"""Can it be proved? How many statements of a thread are in our log, and under which signed head."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rogatory_node.casework.selectors import ThreadView
from rogatory_node.desk.showing import places, times
from rogatory_node.look.pictures.shapes import StateBadge
from rogatory_node.look.pictures.thread import CustodyLine
from rogatory_node.records.models import LogHead

__all__ = ["line"]


def line(view: ThreadView) -> CustodyLine:
    """Return what the node's own log holds of a thread; it proves nothing that a witness has not seen."""
    places_ = [row.log_index for row in view.stored.values()]
    count = len(places_)
    head = LogHead.objects.order_by("-size").first()
    under = [each for each in places_ if head is not None and each < head.size]
    if head is None or len(under) < count:
        waiting = count - len(under)
        text = ngettext(
            "{count} statement is in our log and waits for the next signed head.",
            "{count} statements are in our log and wait for the next signed head.",
            waiting,
        )
        return CustodyLine(StateBadge(_("Recorded"), "ring", "wait"), text.format(count=waiting))
    words = ngettext(
        "{count} statement is in our log, under the signed head of {size} entries of {time}.",
        "All {count} statements are in our log, under the signed head of {size} entries of {time}.",
        count,
    )
    here = places.place(view.authority)
    text = words.format(count=count, size=head.size, time=times.own(head.signed_at, here))
    return CustodyLine(StateBadge(_("In our log"), "check", "kept"), text)
