"""The seeded set: requests that a lawyer would sign, and requests with one fault each (``tests/law/seeded``).

A fault is named by the provision or practice that it offends, never by a rule, so that the set can be read
and extended without a look at the code. It counts as found where a finding that is not ``MET`` rests on that
place, and the sound request from which it was made did not already give the same finding. What the pages look
like, and who wrote which, stands in ``tests/law/seeded/README.md``.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import yaml

from rogatory import law
from rogatory.errors import ValuesError
from rogatory.law import Basis, Finding, Outcome
from rogatory.law.facts import Desk
from rogatory.values import instant_text, read, read_moment

__all__ = ["SET", "Seeded", "found", "seeded"]

SET: Final = Path(__file__).parent.parent / "tests" / "law" / "seeded"
LANGUAGE: Final = re.compile(r"[a-z]{2}")
CLOCK: Final = re.compile(r"@(?P<time>[0-9]{4}-\S+)(?: clock (?P<name>.+) (?P<error>[0-9]+))?")
DESKS: Final = ("sender", "recipient")
INDEPENDENT: Final = "independent_"


class _Loader(yaml.SafeLoader):
    """Plain scalars are text, null, true, false and whole numbers; no date and no ``no`` is guessed."""


_Loader.yaml_implicit_resolvers = {}
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("^null$"), ["n"])
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false)$"), ["t", "f"])
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile("^(0|[1-9][0-9]*)$"), list("0123456789"))


@dataclass(frozen=True)
class Seeded:
    """One request of the set.

    Attributes:
        kind: The kind of request, which is the name of its page.
        independent: Whether its page was written by a reader who had not seen the rules.
        case: What a lawyer would say of it, in one sentence.
        fault: The provision or practice that it offends; None for a sound request.
        missed: Why no rule is due that would find the fault; empty where one is.
        draft: Whether the wire would not take it, since it is still being typed.
        request: The whole request.
        sound: The request that it was made from.
    """

    kind: str
    independent: bool
    case: str
    fault: str | None
    missed: str
    draft: bool
    request: dict[str, Any]
    sound: dict[str, Any]
    desks: Mapping[str, Desk]
    sound_desks: Mapping[str, Desk]
    basis: Basis

    def findings(self) -> tuple[Finding, ...]:
        """Return what the rules find in it."""
        return law.findings(self.request, self.basis, **self.desks)

    def findings_of_sound(self) -> tuple[Finding, ...]:
        """Return what the rules find in the request that it was made from."""
        return law.findings(self.sound, self.basis, **self.sound_desks)


def seeded() -> Iterator[Seeded]:
    """Yield every request of the set: the sound one of each page, its good variations, then the bad ones."""
    for path in sorted(SET.glob("*.yaml")):
        page = yaml.load(path.read_text(encoding="utf-8"), _Loader)
        yield _case(path.stem, page, {"case": "As it stands."})
        for row in (*page["good"], *page["bad"]):
            yield _case(path.stem, page, row)


def found(case: Seeded) -> tuple[Finding, ...]:
    """Return the findings that name the seeded fault and that the sound request did not give."""
    before = {(each.rule, each.outcome, each.reasons) for each in case.findings_of_sound()}
    return tuple(
        each
        for each in case.findings()
        if each.outcome is not Outcome.MET
        and case.fault in (each.cites, *(reason.anchor for reason in each.reasons))
        and (each.rule, each.outcome, each.reasons) not in before
    )


def _case(stem: str, page: Mapping[str, Any], row: Mapping[str, Any]) -> Seeded:
    request = copy.deepcopy(page["request"])
    for way in row.get("without", ()):
        place, last = _place(request, way)
        del place[last]
    for way, value in row.get("with", {}).items():
        place, last = _place(request, way)
        place[last] = copy.deepcopy(value)
    return Seeded(
        kind=stem.removeprefix(INDEPENDENT),
        independent=stem.startswith(INDEPENDENT),
        case=str(row["case"]),
        fault=row.get("fault"),
        missed=row.get("missed", ""),
        draft=row.get("draft", False),
        request=_whole(request),
        sound=_whole(copy.deepcopy(page["request"])),
        desks={name: _desk(row.get(name, page[name])) for name in DESKS},
        sound_desks={name: _desk(page[name]) for name in DESKS},
        basis=_basis(page["between"], str(page["request"]["issued_at"])),
    )


def _basis(between: list[str], issued: str) -> Basis:
    """Return the basis on which the set is judged: the Convention in force, and no other treaty found."""
    one, other = between
    told = law.assume_in_force(law.as_found(), (one, other), date(2028, 1, 1))
    looked = law.Participation(
        told.standings, told.reservations, no_other_treaty=frozenset([law.pair(one, other)])
    )
    return law.basis(one, other, date.fromisoformat(issued[:10]), looked)


def _desk(row: Mapping[str, Any]) -> Desk:
    kinds, languages = (frozenset(row.get(each, ())) for each in ("kinds", "languages"))
    return Desk(row.get("nature", ""), kinds, languages)


def _place(page: Any, way: str) -> tuple[Any, str | int]:
    *names, last = (int(name) if name.isdigit() else name for name in way.split("."))
    for name in names:
        page = page[name]
    return page, last


def _whole(value: Any) -> Any:
    """Write out the short forms of the set: texts, moments, and the reading of identifiers."""
    if isinstance(value, str) and (short := CLOCK.fullmatch(value)):
        return _moment(short)
    if isinstance(value, list):
        return _words(value) if _is_words(value) else [_whole(each) for each in value]
    if not isinstance(value, dict):
        return value
    whole = {name: _whole(each) for name, each in value.items()}
    if {"kind", "verbatim"} <= set(whole) and "normalised" not in whole:
        whole.update(_read(whole))
    return whole


def _is_words(value: list[Any]) -> bool:
    """Tell whether a list is a text: its language, the text, and for each translation the same."""
    texts = all(isinstance(each, str) for each in value)
    return texts and len(value) in (2, 4) and bool(LANGUAGE.fullmatch(value[0]))


def _words(value: list[str]) -> dict[str, Any]:
    words: dict[str, Any] = {"original": value[1], "language": value[0]}
    if len(value) > 2:
        words["translations"] = [{"text": value[3], "language": value[2], "kind": "staff"}]
    return words


def _moment(short: re.Match[str]) -> dict[str, Any]:
    given = read_moment(short["time"])
    if given.normalised is None:
        raise ValueError(short["time"])
    told = {"verbatim": short["time"], "normalised": instant_text(given.normalised), "zone": given.zone}
    if short["name"] is None:
        return told
    return {**told, "clock_source": short["name"], "error_seconds": int(short["error"])}


def _read(identifier: Mapping[str, Any]) -> dict[str, str]:
    """Return the reading of an identifier; one that cannot be read is left as a draft has it."""
    beside = {name: each for name, each in identifier.items() if name not in ("kind", "verbatim", "source")}
    try:
        return {"normalised": read(identifier["kind"], identifier["verbatim"], **beside).normalised}
    except ValuesError:
        return {}
