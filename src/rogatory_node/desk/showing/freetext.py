"""Free text and grounds, as they stand in a statement."""

from __future__ import annotations

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rogatory import law
from rogatory.errors import RogatoryError
from rogatory.statements import Ground, Words
from rogatory_node.look.pictures.words import joined, name, small

__all__ = ["cited", "ground", "words"]


def words(said: Words) -> SafeString:
    """Return free text as its writer wrote it, and its translations with who answers for them."""
    parts: list[str] = [name(said.original)]
    for each in said.translations:
        kind = {
            "sworn": _("sworn translation"),
            "staff": _("translated by staff"),
            "machine_unrevised": _("translated by a machine, not revised"),
        }[each.kind]
        parts += [" ", name(each.text), " ", small(f"({kind})")]
    return joined(*parts)


def cited(anchor: str) -> SafeString:
    """Return how a lawyer would write a reference; one that is unknown here stands as it came."""
    try:
        return name(law.cited_as(anchor))
    except RogatoryError:
        return name(anchor)


def ground(stated: Ground) -> SafeString:
    """Return a ground: its provision, and as much of a reason as is given."""
    reason = [words(stated.reason), " "] if stated.reason else []
    return joined(*reason, "(", cited(stated.provision), ")")
