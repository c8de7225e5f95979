"""How an instrument is joined, in the sources: its counting, its Parties' days, what they communicated.

1. Days: nobody signs before the opening or after the closing, deposits before signing, or is bound before
   the deposit.
2. A reservation names the clause that allows it, and touches the article that the clause is about. Where an
   instrument closes its list (Budapest art. 42), nothing else can be reserved; where it has no such clause,
   the law of treaties speaks, and the row says so (``res.general``).
3. What a Party communicated bears on matters that the instrument has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rogatory.errors import InstrumentError
from rogatory.instruments._rows import Page, Row, fault

__all__ = ["check_counting", "check_parties"]

UNITS = ("days", "months", "years")
Indexes = Mapping[str, Sequence[Mapping[str, Any]]]


def check_counting(page: Page, meta: Row, indexes: Indexes) -> Iterator[InstrumentError]:
    """Yield a fault for a rule of entry into force that is no time limit, or counts to nothing."""
    limits = {row["id"]: row["values"] for row in indexes.get("time_limits", ())}
    rules = meta.get("entry_into_force", Row())
    for name, limit in rules.items():
        if limit not in limits:
            yield fault("INST-008", page, rules, name, target=limit)
        elif not isinstance(limits[limit].get("value"), int) or limits[limit].get("unit") not in UNITS:
            yield fault(
                "INST-006", page, rules, name, problem=f"{limit} counts neither days, months nor years"
            )


def check_parties(page: Page, meta: Row, indexes: Indexes) -> Iterator[InstrumentError]:
    """Yield a fault (INST-008, INST-013, INST-014) for whatever Parties could not have done."""
    clauses = {row["id"]: row for row in indexes.get("reservations", ())}
    matters = {row["id"].removeprefix("matter.") for row in indexes.get("matters", ())}
    for row in page.content:
        yield from _in_order(page, row, meta)
        for each in row.get("communications", ()):
            yield from _allowed(page, each, clauses)
            for matter in each.get("matters", ()):
                if matter not in matters:
                    yield fault("INST-008", page, each, "matters", target=matter)


def _in_order(page: Page, row: Row, meta: Row) -> Iterator[InstrumentError]:
    signature, consent = row.get("signature", Row()), row.get("consent", Row())
    signed = [day for day in (signature.get("date"), *signature.get("between", ())) if day]
    opens, closes = meta.get("opened_for_signature"), meta.get("signature_closes")
    at = "date" if "date" in signature else "between"
    for day in signed:
        if opens is not None and day < opens:
            yield _out_of_order(page, row, signature, at, opens)
        if closes is not None and day > closes:
            yield _out_of_order(page, row, signature, at, closes)
    deposit = consent.get("deposit")
    for at, before in (("deposit", min(signed, default=None)), ("in_force", deposit), ("denounced", deposit)):
        if consent.get(at) is not None and before is not None and consent[at] < before:
            yield _out_of_order(page, row, consent, at, before)


def _out_of_order(page: Page, row: Row, where: Row, at: str, other: str) -> InstrumentError:
    named = Row(where, id=row["id"])
    named.line, named.lines = where.line, where.lines
    return fault("INST-014", page, named, at, member=at, day=where[at], other=other)


def _allowed(page: Page, row: Row, clauses: Mapping[str, Mapping[str, Any]]) -> Iterator[InstrumentError]:
    if row["kind"] not in ("reservation", "declaration"):
        return
    clause = clauses.get(row.get("under", ""))
    if clause is None:
        # A declaration needs no clause: it says how a Party reads the instrument, or how it is asked.
        if row["kind"] == "reservation":
            yield fault(
                "INST-013",
                page,
                row,
                "under" if "under" in row else "kind",
                target=", ".join(row["refs"]) or "nothing",
            )
        return
    articles = {ref.partition(".")[0] for ref in clause["refs"]}
    for ref in row["refs"]:
        if articles and ref.partition(".")[0] not in articles:
            yield fault("INST-013", page, row, "refs", target=ref)
