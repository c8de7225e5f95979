"""Parts that the woven pages share: links, rules with their cases, clocks, rows of data, treaties beside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from rogatory import instruments
from rogatory.cli._html import Html, el, raw
from rogatory.cli._law_moments import MOMENTS
from rogatory.errors import LawError
from rogatory.instruments import Entry
from rogatory.law import Rule
from rogatory.statements import KINDS

__all__ = [
    "HANOI",
    "HEADS",
    "Cases",
    "cases_of",
    "cite",
    "clock",
    "link",
    "prose",
    "rule",
    "small",
    "span",
    "words",
]

HANOI: Final = "hanoi_2024"
FEW: Final = 4
ID: Final = re.compile(r"\bart\d+(?:\.p\d+(?:\.[a-z]+)?)?\b")
Cases = Mapping[str, Sequence[Mapping[str, Any]]]

HEADS: Final = {
    "offences": "Offence",
    "elements": "Elements of the offence",
    "gates": "Forms of cooperation with their gates",
    "thresholds": "Thresholds",
    "requests": "Requests",
    "particulars": "What a request states",
    "channels": "Channels",
    "time_limits": "Time limits",
    "speed_words": "Words of speed",
    "refusal_grounds": "Grounds of refusal",
    "forbidden_grounds": "What is no ground",
    "dual_criminality": "Dual criminality",
    "extradition_conditions": "Conditions of extradition",
    "procedure_rules": "Rules of procedure",
    "human_rights_safeguards": "Safeguards",
    "personal_data": "Personal data",
    "never_automated": "Left to a person",
    "notifications": "Notifications",
    "reservations": "Reservations",
    "communications": "What Parties declared",
    "conference_functions": "Functions of the Conference",
    "secretariat_functions": "Functions of the secretariat",
    "reporting_and_statistics": "Reports and statistics",
    "practice": "What practice asks",
}
"""The indexes that an article's page shows, and how each is headed; the others have parts of their own."""

OUTCOMES: Final = {
    "met": "Met",
    "not_met": "Not met",
    "for_a_person": "For a person",
    "none": "Nothing to say",
}


def link(ref: str) -> str:
    """Return where a place of the Convention stands in the woven pages."""
    name = ref.partition("/")[2]
    if name.startswith("prac."):
        return f"practice.html#{name}"
    article, _, place = name.partition(".")
    return f"{article}.html#{place}" if place else f"{article}.html"


def cite(ref: str) -> Html:
    """Return a place as a lawyer cites it, linked where it stands in the woven pages."""
    key, _, name = ref.partition("/")
    if instruments.is_entry(ref):
        refs = instruments.entry(ref).refs
        return raw(*_commas(cite(each) for each in refs)) if refs else Html("")
    if key != HANOI:
        return raw(instruments.citation(name))
    return el("a.cite", instruments.citation(name), href=link(ref))


def prose(text: str, *, begins: bool = True) -> Html:
    """Return words of the data, as a sentence begins or goes on; an id in them becomes a citation."""
    parts: list[str] = []
    at = 0
    for found in ID.finditer(text):
        ref = f"{HANOI}/{found[0]}"
        parts += [text[at : found.start()], cite(ref) if instruments.exists(ref) else found[0]]
        at = found.end()
    first, *more = [*parts, text[at:]]
    if begins and not isinstance(first, Html):
        first = first[:1].upper() + first[1:]
    return raw(first, *more)


def _commas(parts: Iterable[Html]) -> Iterator[Html]:
    for at, each in enumerate(parts):
        yield raw(", " if at else "", each)


def words(kind: str, value: str | None) -> str:
    """Return what a word of the instrument's vocabulary means; the word itself where nothing says so."""
    if value is None:
        return ""
    told = instruments.words(f"{HANOI}/{kind}.{value}").get("text", value.replace("_", " "))
    return told if isinstance(told, str) else "; ".join(told)


def rule(each: Rule, shown: Cases, *, every_kind: bool = False) -> Html:
    """Return one rule: what it asks, of which kinds of request, and how many cases show it.

    Args:
        each: The rule.
        shown: Cases by the id of their rule.
        every_kind: Name every kind, however many; otherwise many are counted and named on the other page.
    """
    practice = instruments.confidence(each.cites) == "practice"
    name = each.id.partition("/")[2]
    kinds: Html | str = ", ".join(sorted(kind.replace("_", " ") for kind in each.kinds))
    if len(each.kinds) == len(KINDS):
        kinds = "every kind of request"
    elif practice and len(each.kinds) > FEW and not every_kind:
        kinds = el("a", f"{len(each.kinds)} kinds of request", href=link(each.cites))
    number = len(shown.get(each.id, ()))
    counted = el("a", f"{number} case{'s' if number > 1 else ''}", href=f"#case-{name}") if number else None
    return el(
        "li.practice" if practice else "li",
        el("p.asks", each.sentence),
        el(
            "p.small",
            el("b", "Practice. ") if practice else None,
            "Asked of ",
            kinds,
            ".",
            " " if counted else None,
            counted,
        ),
        id=f"rule-{name}",
    )


def cases_of(each: Rule, shown: Cases) -> Html:
    """Return the cases of a rule as a part of a table."""
    name = each.id.partition("/")[2]
    rows = shown[each.id]
    head = el("tr", el("th", each.sentence, colspan="2", scope="rowgroup"), id=f"case-{name}")
    return el(
        "tbody", head, *(el("tr", el("td", str(row["case"])), el("td.state", _outcome(row))) for row in rows)
    )


def _outcome(row: Mapping[str, Any]) -> str:
    return OUTCOMES.get(str(row["outcome"]), str(row["outcome"]))


def clock(each: Any) -> Html:
    """Return one clock: from what to what, what stops it, and when it warns."""

    def told(names: Iterable[str], between: str) -> str:
        return between.join(MOMENTS.get(name, name) for name in names)

    stops = told(each.stops, "; ") or "nothing"
    length = instruments.text(each.limit) if each.limit else None
    return el(
        "li.clock",
        el("p.asks", f"Clock: {each.id.replace('_', ' ')}"),
        el(
            "p.small",
            f"From {told(each.starts, ', else ')} to {told(_limited(each), ', else ')}. ",
            f"Stopped by: {stops}. ",
            f"Warns at {', '.join(each.warns)} of the span; the {each.owner.value} Party acts.",
        ),
        el("p.small", f"The limit: {length}.") if length else None,
    )


def _limited(each: Any) -> list[str]:
    if not each.limit:
        return list(each.ends)
    entry = instruments.entry(each.limit)
    return [f"{span(entry)} later" if name == "limit" else name for name in each.ends]


def span(entry: Entry) -> str:
    """Return the length that an entry states, such as ``60 days``; empty where it states none."""
    value, unit = entry.values.get("value"), entry.values.get("unit")
    return f"{value} {unit}" if value is not None and unit else ""


def small(path: Path, most: int) -> str:
    """Return the text of a page that is not too large.

    Raises:
        LawError: LAW-720.
    """
    data = path.read_bytes()[: most + 1]
    if len(data) > most:
        raise LawError("LAW-720", page=path.name, problem="it is too large")
    return data.decode()
