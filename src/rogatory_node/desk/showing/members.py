"""Members of a request by the words that stand over their fields."""

from __future__ import annotations

from django.utils.translation import gettext as _

__all__ = ["member"]


def member(path: str) -> str:
    """Return what a member of a request is called, such as the prosecutor's office."""
    return {
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
    }.get(path, path)
