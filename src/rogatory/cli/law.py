"""``rogatory law``: show the treaty as data, and check a request against it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from rogatory import instruments, law, wire
from rogatory.cli import _edge
from rogatory.errors import LawError
from rogatory.law import Basis, Finding, Outcome
from rogatory.values import parse_day

app = _edge.group(
    "Show the treaty as data, and check a request against it. A finding is advice; a person decides."
)

ORDER = (Outcome.NOT_MET, Outcome.FOR_A_PERSON, Outcome.MET)
HEADS = {
    Outcome.NOT_MET: "Not met",
    Outcome.FOR_A_PERSON: "For a person",
    Outcome.MET: "Met",
}
PARTS = {
    "children": "Under it",
    "serves": "Serves",
    "entries": "Rests on it",
    "rules": "Rules",
    "clocks": "Clocks",
}


@app.command()
def show(
    ref: Annotated[
        str, typer.Argument(help="An instrument or a place in it: hanoi_2024/art42.p3.", show_default=False)
    ],
    as_json: _edge.Json = False,
) -> None:
    """Show a provision: our paraphrase, how sure it is, and which rules and entries rest on it."""
    if "/" not in ref:
        treaty = instruments.instrument(ref)
        places = [_place(each) for each in treaty.articles]
        value = {"ref": ref, "title": treaty.title, "digest": treaty.digest, "articles": places}
        _edge.answer(value, _contents(treaty.title, places), as_json=as_json)
        return
    value = _entry(ref) if instruments.is_entry(ref) else _provision(ref)
    _edge.answer(value, _page(value), as_json=as_json)


@app.command()
def check(
    request: Annotated[
        Path, typer.Argument(help="A request or a draft, JSON; - reads standard input.", show_default=False)
    ],
    on: Annotated[
        str | None,
        typer.Option(help="The day of the request, 2028-03-14; its own day or today if absent."),
    ] = None,
    requesting: Annotated[
        str | None, typer.Option(help="The requesting Party, if the draft names no sender.")
    ] = None,
    requested: Annotated[
        str | None, typer.Option(help="The requested Party, if the draft names no recipient.")
    ] = None,
    *,
    assume_in_force: Annotated[
        bool,
        typer.Option(
            "--assume-in-force", help="Assume that the Convention binds both; for study, said aloud."
        ),
    ] = False,
    as_json: _edge.Json = False,
) -> None:
    """Check a request: what is met, what is not, what is for a person, each with its citation and cure."""
    page = wire.parse(_edge.read(request, wire.MAX_SIZE))
    if not isinstance(page, dict):
        raise LawError("LAW-007", problem="it is not a JSON object")
    pair = (
        _party(page, "from", requesting, "--requesting"),
        _party(page, "to", requested, "--requested"),
    )
    day = parse_day(on) if on else _day_of(page)
    participation = law.as_found()
    if assume_in_force:
        participation = law.assume_in_force(participation, pair, day)
    basis = law.basis(*pair, day, participation)
    found = law.findings(page, basis)
    _edge.answer(_report(basis, found), _told(basis, found), as_json=as_json)
    if any(each.outcome is Outcome.NOT_MET for each in found):
        _edge.no()


@app.command()
def basis(
    requesting: Annotated[str, typer.Argument(help="The requesting Party: vnm.", show_default=False)],
    requested: Annotated[str, typer.Argument(help="The requested Party: fra.", show_default=False)],
    on: Annotated[str | None, typer.Option(help="The day asked about, 2028-03-14; today if absent.")] = None,
    under: Annotated[
        str | None, typer.Option(help="The instrument that the request rests on, such as ets_185.")
    ] = None,
    *,
    assume_in_force: Annotated[
        bool,
        typer.Option(
            "--assume-in-force", help="Assume that the Convention binds both; for study, said aloud."
        ),
    ] = False,
    no_other_treaty: Annotated[
        bool,
        typer.Option(
            "--no-other-treaty", help="You looked, and no other mutual assistance treaty binds the two."
        ),
    ] = False,
    as_json: _edge.Json = False,
) -> None:
    """Say which instrument governs between two Parties, matter by matter, and why others do not."""
    from rogatory.cli import _law_basis

    pair = _code(requesting), _code(requested)
    day = parse_day(on) if on else _edge.now().date()
    known = _law_basis.participation(pair, day, assumed=assume_in_force, looked=no_other_treaty)
    found = law.basis(*pair, day, known, under=under)
    _edge.answer(_law_basis.report(found) if as_json else None, _law_basis.told(found), as_json=as_json)


def _code(text: str) -> str:
    if not (len(text) == 3 and text.isascii() and text.isalpha() and text.islower()):
        raise LawError("LAW-010", party=text)
    return text


def _party(page: Mapping[str, Any], member: str, given: str | None, option: str) -> str:
    authority = page.get(member)
    code = given or (authority.partition("/")[0] if isinstance(authority, str) else "")
    if not (len(code) == 3 and code.isascii() and code.isalpha() and code.islower()):
        raise LawError("LAW-007", problem=f"no Party can be read from {member}; give it with {option}")
    return code


def _day_of(page: Mapping[str, Any]) -> date:
    issued = page.get("issued_at")
    return parse_day(issued[:10]) if isinstance(issued, str) else _edge.now().date()


def _report(basis: Basis, found: tuple[Finding, ...]) -> dict[str, Any]:
    counts = Counter(str(each.outcome) for each in found)
    return {
        "requesting": basis.requesting,
        "requested": basis.requested,
        "on": basis.on.isoformat(),
        "matters": {
            str(matter): {"state": str(each.state), "governing": each.governing, "assumed": each.assumed}
            for matter, each in basis.matters.items()
        },
        "instruments": {key: instruments.instrument(key).digest for key in instruments.instruments()},
        "counts": {str(outcome): counts[str(outcome)] for outcome in ORDER},
        "findings": [_finding(each) for each in found],
    }


def _finding(found: Finding) -> dict[str, Any]:
    return {
        "rule": found.rule,
        "cites": found.cites,
        "outcome": str(found.outcome),
        "asked_by": found.asked_by,
        "reasons": [
            {
                "anchor": each.anchor,
                "code": each.code,
                "fields": dict(each.fields),
                "sentence": law.sentence(each),
            }
            for each in found.reasons
        ],
        "cure": [
            {
                "path": each.path,
                "code": each.code,
                "fields": dict(each.fields),
                "sentence": law.sentence(each),
            }
            for each in found.cure
        ],
    }


def _told(basis: Basis, found: tuple[Finding, ...]) -> Iterator[str]:
    yield f"{basis.requesting} asks {basis.requested}, {basis.on.isoformat()}"
    for outcome in ORDER:
        chosen = [each for each in found if each.outcome is outcome]
        if chosen:
            yield ""
            yield f"{HEADS[outcome]}: {len(chosen)}"
        for each in chosen:
            for reason in each.reasons:
                yield f"  {law.sentence(reason)}"
            yield from (f"    Cure: {law.sentence(cure)}" for cure in each.cure)
    yield ""
    yield "Findings are advice at home: they never travel and decide nothing."


def _place(ref: str) -> dict[str, Any]:
    place = instruments.provision(ref)
    return {"ref": ref, "citation": place.citation, "title": place.title, "text": place.text}


def _provision(ref: str) -> dict[str, Any]:
    place = instruments.provision(ref)
    return {
        **_place(ref),
        "level": place.level,
        "obligation": place.obligation,
        "confidence": place.confidence,
        "numbering": place.numbering,
        "tags": list(place.tags),
        "children": [_place(child) for child in place.children],
        "entries": [{"ref": each, "text": instruments.text(each)} for each in instruments.cited_by(ref)],
        "serves": [],
        **_at_work(ref),
    }


def _entry(ref: str) -> dict[str, Any]:
    entry = instruments.entry(ref)
    return {
        "ref": ref,
        "citation": law.cited_as(ref),
        "title": entry.index.replace("_", " "),
        "text": entry.text,
        "confidence": entry.confidence,
        "values": {name: value for name, value in entry.values.items() if value is not None},
        "children": [],
        "serves": [_place(each) for each in entry.refs if not instruments.is_entry(each)],
        "entries": [{"ref": each, "text": instruments.text(each)} for each in instruments.cited_by(ref)],
        **_at_work(ref),
    }


def _at_work(ref: str) -> dict[str, list[dict[str, str]]]:
    """Return what in the software rests on a place: the rules and the clocks that cite it."""
    rules = [each for each in law.rules() if _concerns(each.cites, ref)]
    kinds = [each for each in law.clock_kinds() if _concerns(each.cites, ref)]
    return {
        "rules": [{"ref": each.id, "text": each.sentence} for each in rules],
        "clocks": [{"ref": each.id, "text": instruments.text(each.cites)} for each in kinds],
    }


def _concerns(cites: str, ref: str) -> bool:
    return cites == ref or cites.startswith(f"{ref}.")


def _contents(title: str, places: list[dict[str, Any]]) -> Iterator[str]:
    yield title
    yield from (f"  {each['citation']:<10}{each['title']}" for each in places)


def _page(value: Mapping[str, Any]) -> Iterator[str]:
    yield f"{value['citation']}  {value['title']}".rstrip()
    yield value["text"]
    yield ""
    sure = {"confidence": value["confidence"], "numbering": value.get("numbering")}
    sure = {"obligation": value.get("obligation"), **sure, **value.get("values", {})}
    yield from (f"  {name:<12}{shown}" for name, shown in sure.items() if shown is not None)
    for part, name in PARTS.items():
        if value[part]:
            yield ""
            yield f"{name}:"
        for each in value[part]:
            yield f"  {each.get('citation') or each['ref']}  {each['text'] or each['title']}"
    yield ""
    yield "A paraphrase in our own words, not the treaty's text; the authentic texts prevail."
