"""Members of a request by the words that stand over their fields."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from django.utils.translation import gettext as _

from rogatory.statements import KINDS
from rogatory_node.desk.showing import questions
from rogatory_node.desk.showing.fields import Text

__all__ = ["member"]

_ONE: Final = re.compile(r"provisions/\d+")


def member(path: str) -> str:
    """Return what a member of a request is called, such as the prosecutor's office."""
    found = {
        "offence/conduct": _("the conduct"),
        "offence/provisions": _("the penal provision"),
        "facts": _("the facts"),
        "case_unit/name": _("the unit that investigates"),
        "case_unit/prosecutor": _("the prosecutor's office"),
        "secrecy/until": _("the end of secrecy"),
        "secrecy/reason": _("the reason for secrecy"),
        "identifier": _("identifier"),
        "category": _("category of data"),
        "description": _("description in words"),
        "domestic_authorisation": _("the authorisation at home"),
    }.get(path)
    return found or _quoted(path)


def _quoted(path: str) -> str:
    """Return the words over the field that writes a member, as they stand there."""
    # A field of a provision is called the same in each of them.
    label = _labels().get(_ONE.sub("provision", path).replace("/", "."))
    return (
        _("\N{LEFT DOUBLE QUOTATION MARK}{field}\N{RIGHT DOUBLE QUOTATION MARK}").format(field=label)
        if label
        else path
    )


@cache
def _labels() -> dict[str, Text]:
    return {
        each.path: each.label
        for kind in KINDS
        for one in questions.order(kind)
        for each in one.fields
        if each.label
    }
