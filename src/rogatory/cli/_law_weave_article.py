"""The body of a woven page: the article beside its rules, then data, other treaties, software and cases."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from rogatory import instruments, law
from rogatory.cli._html import Html, el, raw
from rogatory.cli._law_coverage import HEADS as SORTS
from rogatory.cli._law_weave_parts import (
    HANOI,
    HEADS,
    Cases,
    cases_of,
    cite,
    clock,
    link,
    prose,
    rule,
    span,
    words,
)
from rogatory.instruments import Entry, Provision
from rogatory.law import Rule, Sort

__all__ = ["body", "practice"]

BESIDE: Final = ("crosswalk", "crosswalk_alone")
RELATIONS: Final = {
    "equal": "says the same as",
    "subset": "is narrower than",
    "superset": "goes further than",
    "intersect": "overlaps with",
}
STRENGTHS: Final = {"same": "", "stronger": ", and binds more", "weaker": ", and binds less"}
NOTES: Final = ("limit", "starts", "ends", "runs_against", "when", "recipient", "metric", "note")
SOURCE: Final = re.compile(r"\s*\(S\d[^)]*\)")
SOURCES: Final = re.compile(r"\bS\d+(?:, S\d+)*")
SOFTWARE: Final = (Sort.KIND, Sort.STATEMENT, Sort.SCREEN, Sort.RECORD, Sort.COMMAND, Sort.THROUGH)


def body(ref: str, shown: Cases) -> Html:
    """Return what stands on the page of an article.

    Args:
        ref: The article.
        shown: Cases for jurists by the id of their rule.
    """
    article = instruments.provision(ref)
    own = [each for each in law.rules() if article.id in {_article(one) for one in _places(each.cites)}]
    entries = [each for each in _entries(article) if each.index in HEADS]
    return raw(
        _head(article),
        _weave(article, own, shown),
        _data(article, entries),
        _beside(article),
        _software(article),
        _cases(own, shown),
    )


def _head(article: Provision) -> Html:
    number = article.id.removeprefix("art")
    chapter = instruments.provision(str(article.parent))
    sure = words("confidence", article.confidence).partition(";")[0].partition(" (")[0]
    # A source is named by its number in the data, which says nothing here.
    basis = SOURCES.sub("sources seen", SOURCE.sub("", str(article.words.get("basis", ""))))
    models = f" Modelled on {', '.join(article.models)}." if article.models else ""
    return raw(
        el("p.crumb", f"Chapter {chapter.id.removeprefix('ch')}. {chapter.title}"),
        el("h1", el("span.number", f"Article {number}"), " ", article.title),
        el("p.lead", article.text),
        el(
            "p.sure",
            el("b", "How sure: "),
            f"{sure}; {words('numbering', article.numbering)}.",
            models,
            f" Basis: {basis}." if basis else None,
        ),
    )


def _article(ref: str) -> str:
    return ref.partition("/")[2].partition(".")[0]


def _places(cites: str) -> tuple[str, ...]:
    """Return the provisions that a citation serves: itself, or what a practice or a row rests on."""
    return instruments.entry(cites).refs if instruments.is_entry(cites) else (cites,)


@cache
def _by_article() -> Mapping[str, tuple[Entry, ...]]:
    """Return every row of every index by the articles that it rests on, in the order of the indexes."""
    found: dict[str, list[Entry]] = {}
    for name in instruments.instrument(HANOI).indexes:
        for each in instruments.index(HANOI, name):
            for article in dict.fromkeys(map(_article, each.refs)):
                found.setdefault(article, []).append(each)
    return {article: tuple(rows) for article, rows in found.items()}


def _entries(article: Provision) -> tuple[Entry, ...]:
    return _by_article().get(article.id, ())


def _weave(article: Provision, own: list[Rule], shown: Cases) -> Html:
    """Return the article and its rules side by side, place by place."""
    left = list(own)
    clocks = [each for each in law.clock_kinds() if article.id in map(_article, _places(each.cites))]
    rows = []
    for place in (article, *_below(article)):
        rules = [each for each in left if place.ref in _places(each.cites)]
        left = [each for each in left if each not in rules]
        rules.sort(key=lambda each: instruments.is_entry(each.cites))
        ticking = [each for each in clocks if place.ref in _places(each.cites)]
        clocks = [each for each in clocks if each not in ticking]
        notes = [*(rule(each, shown) for each in rules), *map(clock, ticking)]
        if place.ref in law.never_automated():
            notes.insert(
                0, el("li.person", el("p.asks", "Left to a person: no finding ever says that it is met."))
            )
        if place is not article or notes:
            rows.append(_row(place, article, notes))
    return el(
        "section.weave",
        el("div.row.heads", el("h2", "What it says, in our words"), el("h2", "What is asked of a request")),
        *rows,
    )


def _below(place: Provision) -> Iterator[Provision]:
    for ref in place.children:
        child = instruments.provision(ref)
        yield child
        yield from _below(child)


def _row(place: Provision, article: Provision, notes: list[Html]) -> Html:
    level = place.level
    name = "As a whole" if place is article else _number(place)
    text = "" if place is article else place.text
    above = instruments.provision(str(place.parent)) if level == "point" else article
    told = [words("obligation", place.obligation)] if place.obligation != above.obligation else []
    if place.confidence != above.confidence:
        told.append(words("confidence", place.confidence))
    if place.numbering != above.numbering:
        told.append(words("numbering", place.numbering))
    said = "; ".join(each for each in told if each)
    return el(
        f"div.row.{level}",
        el(
            "div.text",
            el("p", el("a.no", name, href=link(place.ref)), " ", text),
            el("p.small", f"{said[:1].upper()}{said[1:]}.") if said else None,
        ),
        el("ul.notes", *notes) if notes else el("div"),
        id=place.id.partition(".")[2] or "whole",
    )


def _number(place: Provision) -> str:
    last = place.id.rpartition(".")[2]
    if place.level == "paragraph":
        return f"{last.removeprefix('p')}."
    return f"({last})" if len(last) < 5 else "·"


def _data(article: Provision, entries: list[Entry]) -> Html | None:
    if not entries:
        return None
    turn = {place.ref: at for at, place in enumerate((article, *_below(article)))}
    entries = sorted(entries, key=lambda each: min(turn.get(ref, len(turn)) for ref in each.refs))
    groups = []
    for name, head in HEADS.items():
        rows = [each for each in entries if each.index == name]
        if rows:
            groups.append(
                el("tbody", el("tr", el("th", head, colspan="2", scope="rowgroup")), *map(_entry, rows))
            )
    return el("section", el("h2", "What is kept of it as data"), el("table.data", *groups))


def _labelled(name: str, value: str | tuple[str, ...]) -> str:
    return f"{name.replace('_', ' ')}: {value if isinstance(value, str) else '; '.join(value)}"


def _entry(each: Entry) -> Html:
    parts = [each.text[:1].upper() + each.text[1:]]
    parts += [_labelled(name, each.words[name]) for name in NOTES if each.words.get(name)]
    operator = str(each.values.get("operator") or "")
    if length := span(each):
        parts.append(f"{operator} {length}".strip())
    if each.values.get("consultation") == "owed":
        parts.append("consultation is owed before it")
    if party := each.values.get("party"):
        parts.append(f"{party}, {each.values.get('date')}")
    text = el("a", parts[0], href=link(each.ref)) if each.index == "practice" else prose(each.text)
    more = "; ".join(parts[1:])
    return el(
        "tr",
        el("td.where", cite(each.ref)),
        el("td", text, el("span.soft", ". ", prose(more, begins=False)) if more else None),
        id_=None if each.index == "practice" else each.id,
    )


def _beside(article: Provision) -> Html | None:
    rows = [each for each in _entries(article) if each.index == BESIDE[0]]
    alone = [each for each in _entries(article) if each.index == BESIDE[1]]
    if not rows and not alone:
        return None
    return el(
        "section",
        el("h2", "Beside it in other treaties"),
        el("p.small", "A hint for reading, never a conclusion that an act under one satisfies the other."),
        el(
            "table.beside",
            el("thead", el("tr", *(el("th", each, scope="col") for each in ("Here", "", "There", "Why")))),
            el("tbody", *map(_crossing, rows), *map(_lone, alone)),
        ),
    )


def _crossing(each: Entry) -> Html:
    there = each.links["to"][0]
    key, _, name = there.partition("/")
    relation = RELATIONS[str(each.values["relation"])] + STRENGTHS[str(each.values.get("strength") or "same")]
    # A treaty that is named and not at hand has neither a name nor words here.
    at_hand = key in instruments.instruments()
    title = instruments.instrument(key).name if at_hand else key.upper()
    place = law.cited_as(there) if at_hand else instruments.citation(name)
    return el(
        "tr",
        el("td.where", cite(each.ref)),
        el("td.state", relation),
        el(
            "td",
            el(
                "b",
                f"{title[:1].upper()}{title[1:]}, {place}",
            ),
            el("br"),
            el("span.soft", instruments.text(there) if at_hand else "not at hand"),
        ),
        el("td", prose(each.text)),
    )


def _lone(each: Entry) -> Html:
    return el(
        "tr",
        el("td.where", cite(each.ref)),
        el("td.state", "stands alone"),
        el("td"),
        el("td", prose(each.text)),
    )


def _software(article: Provision) -> Html:
    covered = next(each for each in law.coverage() if each.ref == article.ref)
    rows = []
    for sort in (*SOFTWARE, Sort.NOT_YET, Sort.NONE):
        works = [each for each in covered.works if each.sort is sort]
        for each in works:
            text = each.text[:1].upper() + each.text[1:]
            rows.append(el("tr", el("td.where", SORTS[sort].removesuffix("s")), el("td", text)))
    head = el("h2", "At work in the software")
    asked = sum(each.sort is Sort.RULE for each in covered.works)
    told = f"{asked} rule{'' if asked == 1 else 's'} read requests for it, shown above." if asked else None
    return el(
        "section",
        head,
        el("p", told) if told else None,
        el("table.data", el("tbody", *rows)) if rows else None,
    )


def _cases(own: list[Rule], shown: Cases) -> Html | None:
    with_cases = [each for each in own if shown.get(each.id)]
    if not with_cases:
        return None
    return el(
        "section.cases",
        el("h2", "Cases"),
        el(
            "p.small",
            "An invented request, complete but for what the case says, and what the rule finds in it.",
        ),
        el("table.data", *(cases_of(each, shown) for each in with_cases)),
    )


def practice(shown: Cases) -> Html:
    """Return what stands on the page of practice: each entry, what it serves, the rules that ask it."""
    rows = []
    every = [each for each in law.rules() if instruments.confidence(each.cites) == "practice"]
    for each in instruments.index(HANOI, "practice"):
        notes = [rule(one, shown, every_kind=True) for one in every if one.cites == each.ref]
        text = each.text[:1].upper() + each.text[1:]
        length = span(each)
        rows.append(
            el(
                "div.row.paragraph",
                el(
                    "div.text",
                    el("p", f"{text}."),
                    el("p.small", "Serves ", cite(each.ref), ".", f" {length}." if length else None),
                ),
                el("ul.notes", *notes) if notes else el("div"),
                id=each.id,
            )
        )
    heads = el(
        "div.row.heads",
        el("h2", "What those who do this work ask for"),
        el("h2", "What is asked of a request"),
    )
    return raw(
        el("h1", "What practice asks"),
        el(
            "p.lead",
            "No provision asks for this. It is what authorities that do this work have learned to state, so ",
            "that nobody has to ask back and nobody is refused for want of it.",
        ),
        el("section.weave", heads, *rows),
        _cases(every, shown),
    )
