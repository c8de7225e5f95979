"""What the law room asks of every instrument for every pair of Parties, gathered on one small page.

A basis looks at all instruments at hand; opening each of them whole, with its words, would cost more than
the answer. This page holds no words and nothing that the structures do not hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["relate"]

FACTS = (
    *("kind", "rank", "open_to", "named_parties", "mutual_assistance", "in_force", "in_force_confidence"),
    *("participation", "reservations"),
)
COUNTING = ("value", "unit", "type", "instruments", "reio_counted", "of_which_member_states")


def relate(structure: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts, matters, Parties, communications and counting rules of one compiled instrument."""
    meta, indexes = structure["meta"], structure["indexes"]
    limits = {row["id"]: row for row in indexes.get("time_limits", ())}
    return {
        "facts": {name: meta[name] for name in FACTS if name in meta},
        "fallback": meta.get("fallback", {}).get("rule"),
        "joining": {name: _limit(limits[row]) for name, row in meta.get("entry_into_force", {}).items()},
        "matters": {
            row["id"].removeprefix("matter."): [
                row["refs"],
                row["values"].get("yields", False),
                row["confidence"],
            ]
            for row in indexes.get("matters", ())
        },
        "parties": {party["code"]: _standing(party) for party in structure["parties"]},
        "communications": [
            [
                row["id"],
                *(row["values"][name] for name in ("party", "kind", "matters")),
                row["refs"],
                row["values"].get("languages", []),
            ]
            for row in indexes.get("communications", ())
        ],
    }


def _limit(row: Mapping[str, Any]) -> dict[str, Any]:
    counting = {name: row["values"][name] for name in COUNTING if name in row["values"]}
    return {**counting, "ref": row["refs"][0], "confidence": row["confidence"]}


def _standing(party: Mapping[str, Any]) -> dict[str, Any]:
    consent = party["consent"]
    days = {name: consent.get(name) for name in ("deposit", "in_force", "denounced") if consent.get(name)}
    sure = consent.get("in_force_confidence") or party["confidence"]
    return {"type": party["type"], "signed": bool(party["signature"]), **days, "confidence": sure}
