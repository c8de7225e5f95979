"""The components as template tags: ``{% load look %}{% lane_group group %}``.

Each component of the table is a partial, ``look/components/<name>.html``, that receives the view
model as ``it``. Drawings are made by pure functions, in the direction of the active language.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi

from rogatory_node.look import PSEUDO
from rogatory_node.look.pictures import custody, draw_axis, draw_clock, draw_legend, draw_timeline, shapes
from rogatory_node.look.pictures.axis import ThreeZones
from rogatory_node.look.pictures.board import LaneGroup
from rogatory_node.look.pictures.clock import Clock
from rogatory_node.look.pictures.custody import CustodyLadder, CustodyStep, Shelf
from rogatory_node.look.pictures.timeline import Timeline, enlarged
from rogatory_node.look.pictures.when import day
from rogatory_node.look.pictures.words import name

register = template.Library()

# The names of the design's list; docs/design.md shows one call for each.
COMPONENTS = (
    "basis_table",
    "clock_legend",
    "contact_card",
    "custody_ladder",
    "custody_line",
    "decision_radios",
    "domestic_act",
    "emergency",
    "facts",
    "finding",
    "item_table",
    "lane_group",
    "masthead",
    "nav_live",
    "next_act",
    "parsed_line",
    "paste_reader",
    "proves",
    "rungs",
    "search_box",
    "shelf",
    "shift_note",
    "simulation",
    "state",
    "statement_log",
    "stays_here",
    "steps",
    "timeline",
    "way",
    "will_read",
)


def _component(name: str) -> Callable[..., dict[str, Any]]:
    def fill(it: object = None, **more: object) -> dict[str, Any]:
        return {"it": it, **more}

    fill.__name__ = name
    fill.__doc__ = f"Fill look/components/{name}.html with one view model."
    return fill


for _name in COMPONENTS:
    register.inclusion_tag(f"look/components/{_name}.html", name=_name)(_component(_name))


@register.inclusion_tag("look/components/lane.html")
def lane(it: object, scale: ThreeZones) -> dict[str, Any]:
    """Fill one lane; its clock is drawn on the group's axis."""
    return {"it": it, "scale": scale}


@register.simple_tag
def clock(it: Clock, scale: ThreeZones) -> SafeString:
    """Draw one clock."""
    return draw_clock.clock(it, scale, rtl=get_language_bidi())


@register.simple_tag
def clock_axis(group: LaneGroup) -> SafeString:
    """Draw the axis that stands over the first group."""
    return draw_axis.axis(group.scale, group.here, rtl=get_language_bidi())


@register.simple_tag
def clock_glyph(kind: str) -> SafeString:
    """Draw one shape of the legend."""
    return draw_legend.glyph(kind)


@register.simple_tag
def draw_thread(it: Timeline) -> SafeString:
    """Draw one timeline."""
    return draw_timeline.timeline(it, rtl=get_language_bidi())


@register.simple_tag
def numbered_mark(number: int, side: str, kind: str) -> SafeString:
    """Draw a statement's mark, as it stands on the rail."""
    return draw_timeline.numbered(str(number), side, kind)


@register.filter
def html_lang(code: str) -> str:
    """Return what ``lang`` says for a language code; the pseudo-language is English in disguise."""
    return "en-x-pseudo" if code == PSEUDO else code


@register.filter
def enlargements(it: Timeline) -> list[Timeline]:
    """Return the heaps of a timeline, each on its own scale."""
    return enlarged(it)


@register.filter
def words_under(it: Timeline) -> list[tuple[str, str]]:
    """Return the labels that a narrow drawing has no room for, with their classes."""
    return draw_timeline.under(it)


@register.filter
def isolate(text: str) -> SafeString:
    """Return words in ``<bdi>``, for placeholders of a translated sentence."""
    return name(str(text))


@register.filter
def first_day(it: Timeline) -> str:
    """Return the day on which a timeline begins, on its own clock."""
    return day(it.start, it.here)


@register.simple_tag
def custody_rails(ladder: CustodyLadder, step: CustodyStep) -> SafeString:
    """Draw one row's piece of both rails."""
    return custody.rails(
        step, first=step is ladder.steps[0], last=step is ladder.steps[-1], rtl=get_language_bidi()
    )


@register.simple_tag
def shelf_squares(it: Shelf, columns: int) -> SafeString:
    """Draw the squares of a shelf."""
    return custody.squares(it, columns, rtl=get_language_bidi())


@register.simple_tag
def sign(shape: str, tone: str = "soft", size: int = 16) -> SafeString:
    """Draw one sign; the word stands beside it."""
    return shapes.sign(shape, tone, size)


@register.filter
def outcome_sign(outcome: str) -> str:
    """Return the sign of a finding's outcome."""
    return {"met": "check", "not_met": "ours"}.get(outcome, "person")


@register.filter
def outcome_tone(outcome: str) -> str:
    """Return the tone of a finding's outcome."""
    return {"met": "kept", "not_met": "act"}.get(outcome, "stays")
