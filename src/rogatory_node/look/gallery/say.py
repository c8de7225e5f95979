"""How the examples speak: in English, or in the pseudo-language when that is the page's."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from django.utils.safestring import SafeString
from django.utils.translation import get_language

from rogatory_node.look import PSEUDO
from rogatory_node.look.pictures.frame import Frame, Link, Live, Masthead, NavItem, local_clocks
from rogatory_node.look.pictures.when import Place
from rogatory_node.look.pseudo import pseudo

__all__ = ["DA_NANG", "PARIS", "PARIS_SUMMER", "frame", "here", "say"]

# Fixed offsets, so that the examples need no zone database.
DA_NANG = Place("Đà Nẵng", timezone(timedelta(hours=7)))
PARIS = Place("Paris", timezone(timedelta(hours=1)))
PARIS_SUMMER = Place("Paris", timezone(timedelta(hours=2)))

BANNER = (
    "Simulation, {month} 2028: the Convention assumed in force for Viet Nam, France and a third Party; "
    "the 2016 treaty governs mutual assistance; national law to be confirmed. † fictional."
)
PAGES = ("Board", "Search", "Threads", "Parties", "New request")


def say(text: str) -> str:
    """Return an example's words as the page's language wants them; safe strings stay safe."""
    if get_language() != PSEUDO:
        return text
    told = pseudo(str(text))
    return SafeString(told) if isinstance(text, SafeString) else told


def here(hour: int, minute: int = 0, *, day: int = 14, month: int = 3, place: Place = DA_NANG) -> datetime:
    """Return an instant of the examples' year on a place's clock."""
    return datetime(2028, month, day, hour, minute, tzinfo=place.zone)


def frame(
    who: str, now: datetime, current: str, live: str, *, own: Place = DA_NANG, other: Place = PARIS
) -> Frame:
    """Return what surrounds an example."""
    month = ("March", "April", "May", "June")[now.month - 3]
    return Frame(
        masthead=Masthead("#", say(who), local_clocks(now, own, other), now),
        nav=tuple(NavItem(say(page), "#", current=page == current) for page in PAGES),
        live=Live(say(live)),
        simulation=say(BANNER.format(month=month)),
        foot=(Link(say("Who can see this"), "#"), Link(say("Night colours"), "?look=night")),
        sign_out="#",
        language_form="#",
    )
