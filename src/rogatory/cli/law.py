"""``rogatory law``: the treaty as data, requests and threads checked against it, and the user's own copy."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rogatory.cli import _edge

app = _edge.group(
    "Show the treaty as data, and check a request against it. A finding is advice; a person decides."
)


AssumeInForce = Annotated[
    bool,
    typer.Option("--assume-in-force", help="Assume that the Convention binds both; for study, said aloud."),
]


@app.command()
def show(
    ref: Annotated[
        str, typer.Argument(help="An instrument or a place in it: hanoi_2024/art42.p3.", show_default=False)
    ],
    as_json: _edge.Json = False,
) -> None:
    """Show a provision: our paraphrase, how sure it is, and which rules and entries rest on it."""
    from rogatory import instruments
    from rogatory.cli import _law_show

    if "/" not in ref:
        treaty = instruments.instrument(ref)
        places = [_law_show.place(each) for each in treaty.articles]
        value = {"ref": ref, "title": treaty.title, "digest": treaty.digest, "articles": places}
        _edge.answer(value, _law_show.contents(treaty.title, places), as_json=as_json)
        return
    value = _law_show.entry(ref) if instruments.is_entry(ref) else _law_show.provision(ref)
    _edge.answer(value, _law_show.page(value), as_json=as_json)


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
    assume_in_force: AssumeInForce = False,
    as_json: _edge.Json = False,
) -> None:
    """Check a request: what is met, what is not, what is for a person, each with its citation and cure."""
    from rogatory import law, wire
    from rogatory.cli import _law_check
    from rogatory.errors import LawError
    from rogatory.values import parse_day

    page = wire.parse(_edge.read(request, wire.MAX_SIZE))
    if not isinstance(page, dict):
        raise LawError("LAW-007", problem="it is not a JSON object")
    pair = (
        _law_check.party(page, "from", requesting, "--requesting"),
        _law_check.party(page, "to", requested, "--requested"),
    )
    day = parse_day(on) if on else _law_check.day_of(page)
    participation = law.as_found()
    if assume_in_force:
        participation = law.assume_in_force(participation, pair, day)
    between = law.basis(*pair, day, participation)
    found = law.findings(page, between)
    value = _law_check.report(between, found) if as_json else None
    _edge.answer(value, _law_check.told(between, found), as_json=as_json)
    if any(each.outcome is law.Outcome.NOT_MET for each in found):
        _edge.no()


@app.command()
def clocks(
    file: Annotated[
        Path,
        typer.Argument(
            help="A thread, JSON: a list of envelopes, or of media_type and payload; - reads standard input.",
            show_default=False,
        ),
    ],
    at: Annotated[
        str | None, typer.Option(help="The instant to look from, 2028-03-14T03:04:00Z; now if absent.")
    ] = None,
    home: Annotated[
        Path | None,
        typer.Option(
            help="Records at home, JSON: orders, oral requests, contacts tested.", show_default=False
        ),
    ] = None,
    as_json: _edge.Json = False,
) -> None:
    """Show the clocks of a thread, the earliest end first. No signature is verified here."""
    from rogatory import law, wire
    from rogatory.cli import _law_clocks
    from rogatory.values import parse_instant

    now = parse_instant(at) if at else _edge.now()
    folded = _law_clocks.thread(_edge.read(file, _law_clocks.LARGEST))
    orders, records = _law_clocks.home(_edge.read(home, wire.MAX_SIZE)) if home else ((), ())
    own = (*law.clocks(folded, now, orders), *law.home_clocks(records, now))
    found = tuple(sorted(own, key=lambda each: each.ends))
    value = _law_clocks.report(found, now) if as_json else None
    _edge.answer(value, _law_clocks.told(folded, found, now), as_json=as_json)


@app.command()
def basis(
    requesting: Annotated[str, typer.Argument(help="The requesting Party: vnm.", show_default=False)],
    requested: Annotated[str, typer.Argument(help="The requested Party: fra.", show_default=False)],
    on: Annotated[str | None, typer.Option(help="The day asked about, 2028-03-14; today if absent.")] = None,
    under: Annotated[
        str | None, typer.Option(help="The instrument that the request rests on, such as ets_185.")
    ] = None,
    *,
    assume_in_force: AssumeInForce = False,
    no_other_treaty: Annotated[
        bool,
        typer.Option(
            "--no-other-treaty", help="You looked, and no other mutual assistance treaty binds the two."
        ),
    ] = False,
    as_json: _edge.Json = False,
) -> None:
    """Say which instrument governs between two Parties, matter by matter, and why others do not."""
    from rogatory import law
    from rogatory.cli import _law_basis, _law_check
    from rogatory.values import parse_day

    pair = _law_check.code(requesting), _law_check.code(requested)
    day = parse_day(on) if on else _edge.now().date()
    known = _law_basis.participation(pair, day, assumed=assume_in_force, looked=no_other_treaty)
    found = law.basis(*pair, day, known, under=under)
    _edge.answer(_law_basis.report(found) if as_json else None, _law_basis.told(found), as_json=as_json)


@app.command()
def coverage(
    article: Annotated[
        str | None, typer.Argument(help="One article, such as hanoi_2024/art42; all if absent.")
    ] = None,
    as_json: _edge.Json = False,
) -> None:
    """Say for every article what is at work in the software, or why it has no part in it."""
    from rogatory import instruments, law
    from rogatory.cli import _law_coverage

    found = law.coverage()
    if article is not None:
        ref = instruments.provision(article).ref
        found = tuple(each for each in found if each.ref == ref)
    _edge.answer(_law_coverage.report(found), _law_coverage.told(found), as_json=as_json)
    if not all(each.works for each in found):
        _edge.no()


@app.command()
def pin(
    file: Annotated[
        Path,
        typer.Argument(
            help="Your copy of the certified text: plain text, HTML or PDF; - reads standard input.",
            show_default=False,
        ),
    ],
    instrument: Annotated[str, typer.Option(help="The instrument whose text it is.")] = "hanoi_2024",
    as_json: _edge.Json = False,
) -> None:
    """Line up a copy of the certified text with the numbers used here. The text is never kept."""
    from rogatory import law
    from rogatory.cli import _law_pin

    found = law.pin(_law_pin.text_of(_edge.read(file, _law_pin.LARGEST)), instrument)
    _edge.answer(_law_pin.report(found), _law_pin.told(found), as_json=as_json)
    if found.faults:
        _edge.no()


@app.command()
def weave(
    out: Annotated[Path, typer.Option(help="A new folder for the pages.", show_default=False)],
    cases: Annotated[
        Path | None,
        typer.Option(
            help="A folder of cases for jurists, YAML, such as tests/law/hanoi_2024.", show_default=False
        ),
    ] = None,
    as_json: _edge.Json = False,
) -> None:
    """Write a page for each article, to read and print: paraphrase, rules, clocks, data, other treaties."""
    from rogatory.cli import _law_weave

    shown = _law_weave.cases(cases) if cases else {}
    _edge.new_folder(out)
    names = []
    for name, text in _law_weave.pages(shown):
        _edge.write_new(out / name, text.encode())
        names.append(name)
    where = _edge.shown(out)
    _edge.answer({"folder": where, "pages": names}, [f"{where}: {len(names)} pages"], as_json=as_json)
