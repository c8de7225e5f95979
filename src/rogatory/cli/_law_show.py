"""What ``rogatory law show`` says: a provision or an entry, and what in the software rests on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rogatory import instruments, law

__all__ = ["at_work", "contents", "entry", "page", "place", "provision"]

PARTS = {
    "children": "Under it",
    "serves": "Serves",
    "entries": "Rests on it",
    "rules": "Rules",
    "clocks": "Clocks",
}


def place(ref: str) -> dict[str, Any]:
    """Return a provision as a line of a list."""
    found = instruments.provision(ref)
    return {"ref": ref, "citation": found.citation, "title": found.title, "text": found.text}


def provision(ref: str) -> dict[str, Any]:
    """Return a provision with what stands under it and what rests on it."""
    found = instruments.provision(ref)
    return {
        **place(ref),
        "level": found.level,
        "obligation": found.obligation,
        "confidence": found.confidence,
        "numbering": found.numbering,
        "tags": list(found.tags),
        "children": [place(child) for child in found.children],
        "entries": [{"ref": each, "text": instruments.text(each)} for each in instruments.cited_by(ref)],
        "serves": [],
        **at_work(ref),
    }


def entry(ref: str) -> dict[str, Any]:
    """Return an index entry with the provisions that it serves."""
    found = instruments.entry(ref)
    return {
        "ref": ref,
        "citation": law.cited_as(ref),
        "title": found.index.replace("_", " "),
        "text": found.text,
        "confidence": found.confidence,
        "values": {name: value for name, value in found.values.items() if value is not None},
        "children": [],
        "serves": [place(each) for each in found.refs if not instruments.is_entry(each)],
        "entries": [{"ref": each, "text": instruments.text(each)} for each in instruments.cited_by(ref)],
        **at_work(ref),
    }


def at_work(ref: str) -> dict[str, list[dict[str, str]]]:
    """Return what in the software rests on a place: the rules and the clocks that cite it."""
    rules = [each for each in law.rules() if _concerns(each.cites, ref)]
    kinds = [each for each in law.clock_kinds() if _concerns(each.cites, ref)]
    return {
        "rules": [{"ref": each.id, "text": each.sentence} for each in rules],
        "clocks": [{"ref": each.id, "text": instruments.text(each.cites)} for each in kinds],
    }


def _concerns(cites: str, ref: str) -> bool:
    return cites == ref or cites.startswith(f"{ref}.")


def contents(title: str, places: list[dict[str, Any]]) -> Iterator[str]:
    """Yield the articles of an instrument."""
    yield title
    yield from (f"  {each['citation']:<10}{each['title']}" for each in places)


def page(value: Mapping[str, Any]) -> Iterator[str]:
    """Yield a page of ``show`` for a person."""
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
