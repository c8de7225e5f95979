"""Members that name an earlier statement: which of ours fit, so that nobody types a digest by hand.

What is offered is a help and no rule: a statement that is not in the list is named by its digest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from rogatory.statements import KindName, Request, UseConsent
from rogatory.threads import Standing
from rogatory.values import party_of
from rogatory_node.casework import index, selectors
from rogatory_node.casework.models import CaseFile, Draft
from rogatory_node.casework.selectors import ThreadView
from rogatory_node.desk.form import Reader
from rogatory_node.desk.showing import counting, places, times, wording
from rogatory_node.look.pictures.questions import Option
from rogatory_node.people.models import Officer
from rogatory_node.records.models import SignedReceipt, SignedStatement, Way

__all__ = ["FITS", "IN_ACTS", "KNOWN", "Offered", "of_act", "of_draft", "typed"]

Offered = Mapping[str, tuple[Option, ...]]
"""What a page offers for each member that names a statement, by the member's path."""

KNOWN: Final = "-known"
"""What follows the name of a text field in the name of the list above it."""

FITS: Final[Mapping[str, KindName]] = {
    "preservation": "preservation",
    "extends": "preservation",
    "removal.kept_first": "preservation",
    "property.hold": "hold_notice",
}
"""The kind of request that a member of a request names."""

IN_ACTS: Final = ("consent",)
"""Members of acts that name a statement of the same thread."""

THREADS, MOST = 200, 50


def of_draft(officer: Officer, draft: Draft, paths: Iterable[str]) -> Offered:
    """Return, for each member that names a request, our requests that fit, this thread's first.

    They were made by our Party to the Party that is asked now, in threads that the draft's authority sees,
    and are neither recalled nor void.
    """
    wanted = [each for each in paths if each in FITS]
    if not wanted:
        return {}
    found = list(_requests(officer, draft))
    numbers = _numbers(draft.authority, [row for row, _request in found])
    return {
        path: tuple(
            Option(row.statement_id, _words(draft.authority, row, request, numbers))
            for row, request in found
            if request.body.kind == FITS[path]
        )[:MOST]
        for path in wanted
    }


def _requests(officer: Officer, draft: Draft) -> Iterator[tuple[SignedStatement, Request]]:
    ours = party_of(draft.authority)
    seen = selectors.threads(officer).filter(
        authority=draft.authority, requesting=ours, requested=party_of(draft.recipient)
    )
    ids = list(seen.values_list("thread", flat=True)[:THREADS])
    rows = SignedStatement.objects.filter(authority__startswith=f"{ours}/", thread__in=ids, way=Way.SENT)
    gone = set(rows.filter(type="recall").values_list("about", flat=True))
    void = SignedReceipt.objects.filter(authority__startswith=f"{ours}/", outcome="void")
    asked = rows.filter(type="request").exclude(statement_id__in=void.values("of"))
    kept = [each for each in asked.order_by("-issued_at", "statement_id") if each.statement_id not in gone]
    for row in sorted(kept, key=lambda each: each.thread != draft.thread):
        document = index.document_of(row)
        if isinstance(document, Request):
            yield row, document


def _numbers(authority: str, rows: list[SignedStatement]) -> dict[str, str]:
    """Return the numbers of our files, by case."""
    files = CaseFile.objects.filter(authority=authority, case__in={each.case for each in rows})
    return {each.case: each.number for each in files}


def _words(authority: str, row: SignedStatement, request: Request, numbers: Mapping[str, str]) -> str:
    """Return what one of the list is called: never an identifier, and plain, since no mark stands there."""
    number = numbers.get(row.case) or request.body.reference or ""
    return _plain(
        wording.kind(request.body.kind),
        counting.items([each.number for each in request.body.items]),
        times.own(row.issued_at, places.place(authority)),
        _isolated(number),
        _isolated(row.statement_id[:8]),
    )


def of_act(view: ThreadView) -> Offered:
    """Return what an act in a thread can name: consents to use that the other Party gave and that stand."""
    here = places.place(view.authority)
    found = (
        (each, each.statement)
        for each in reversed(view.thread.entries)
        if each.side is not view.side and each.standing is Standing.FOLDED and each.recalled_by is None
    )
    consents = tuple(
        Option(
            entry.id,
            _plain(
                wording.act(said.NAME),
                places.party(said.body.onward_to) if said.body.onward_to else "",
                times.own(said.issued_at, here),
                _isolated(entry.id[:8]),
            ),
        )
        for entry, said in found
        if isinstance(said, UseConsent) and said.body.outcome == "granted"
    )
    return dict.fromkeys(IN_ACTS, consents)


def typed(reader: Reader, name: str, stored: str = "") -> str:
    """Return which statement was named: what was typed anew, else what was chosen, else what stood there.

    Args:
        reader: The form.
        name: The name of the text field.
        stored: What the draft names so far.
    """
    written, chosen = reader.text(name), reader.text(f"{name}{KNOWN}")
    if chosen and written in ("", stored):
        return chosen
    return written


def _plain(*parts: str) -> str:
    return ", ".join(each for each in parts if each)


def _isolated(text: str) -> str:
    """Return a number with its own direction, as it has to be where no element can stand around it."""
    return f"\N{LEFT-TO-RIGHT ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}" if text else ""
