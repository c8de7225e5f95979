"""What an article or a practice says, in our paraphrase: where the links of findings lead."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from rogatory import instruments
from rogatory import law as law_room
from rogatory.errors import RogatoryError
from rogatory_node.desk.door import page
from rogatory_node.desk.showing import frames, thread_facts
from rogatory_node.desk.showing.advice import cite
from rogatory_node.desk.showing.wording import told

__all__ = ["law"]


@page
@require_safe
def law(request: HttpRequest, anchor: str) -> HttpResponse:
    """Show a provision or practice: paraphrase, how sure that is, the rules that read it, what is near it."""
    language = get_language() or "en"
    try:
        text = instruments.text(anchor, language)
        cited = law_room.cited_as(anchor)
    except RogatoryError as error:
        raise Http404 from error
    shown = {
        "cited": cited[:1].upper() + cited[1:],
        "practice": cited == "practice",
        "text": told(text[:1].upper() + text[1:]),
        "instrument": thread_facts.instrument_name(anchor.partition("/")[0]),
        "verified": instruments.confidence(anchor) == "verified",
        "near": [{"link": cite(each), "text": _words(each, language)} for each in _near(anchor)],
        "rules": [told(each.sentence) for each in law_room.rules() if each.cites == anchor],
        "frame": frames.around(request),
    }
    return render(request, "desk/law.html", shown)


def _near(anchor: str) -> tuple[str, ...]:
    """Return what stands above a provision and under it; of a practice, the provisions that it serves."""
    if instruments.is_entry(anchor):
        return tuple(each for each in instruments.entry(anchor).refs if not instruments.is_entry(each))
    place = instruments.provision(anchor)
    above = (place.parent,) if place.parent is not None and place.level in ("paragraph", "point") else ()
    return (*above, *(place.children if place.level != "chapter" else ()))


def _words(ref: str, language: str) -> str:
    place = instruments.provision(ref, language)
    return told(place.title or place.text)
