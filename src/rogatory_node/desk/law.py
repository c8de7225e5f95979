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
from rogatory_node.desk.showing.wording import told

__all__ = ["law"]


@page
@require_safe
def law(request: HttpRequest, anchor: str) -> HttpResponse:
    """Show one provision or practice: citation, paraphrase, how sure the paraphrase is."""
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
        "frame": frames.around(request),
    }
    return render(request, "desk/law.html", shown)
