"""What stands on the receipt for people, as data: every text that is shown, and nothing of how it looks."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from rogatory import __version__
from rogatory.evidence.claims import Claim
from rogatory.evidence.models import Entry
from rogatory.evidence.opening.verifying import Verification
from rogatory.evidence.receipts.chain import Link
from rogatory.evidence.receipts.words import Words, breakable, day, instant, plain
from rogatory.statements import UseConditions
from rogatory.values import parse_instant, party_of

__all__ = ["MAX_FILES", "MAX_LINKS", "Listing", "listing", "page"]

# A court reads no more by hand; the digest of the list fixes the rest.
MAX_FILES: Final = 1000
MAX_LINKS: Final = 60
# So many events of the chain stand in one drawing, which is on one page.
A_DRAWING: Final = 12
MOST_NAMED: Final = 3
# A path may have 4,096 bytes; of a longer one than this the beginning and the end are shown.
LONGEST_PATH: Final = 160
# Conditions in words: the seal has them whole.
MAX_WORDS: Final = 2000
MAX_LINES: Final = 20


@dataclass(slots=True)
class Listing:
    """The files of a package, of which the first are listed.

    Attributes:
        shown: Path, size and SHA-256 of the first.
        count: How many there are, papers among them.
        evidence: How many of them are evidence.
        manifest: SHA-256 of the ``manifest-sha256.txt`` that opening leaves.
    """

    shown: list[tuple[str, int, str]] = field(default_factory=list)
    count: int = 0
    evidence: int = 0
    manifest: str = ""


def listing(entries: Iterable[Entry]) -> Listing:
    """Return the files among entries; memory is bounded, however many there are."""
    found, digest = Listing(), hashlib.sha256()
    for each in entries:
        if each.kind != "file" or each.sha256 is None or each.size is None:
            continue
        path = f"{each.area}/{each.path}"
        if each.area == "data":
            digest.update(f"{each.sha256}  {path}\n".encode())
            found.evidence += 1
        found.count += 1
        if len(found.shown) < MAX_FILES:
            found.shown.append((path, each.size, each.sha256))
    found.manifest = digest.hexdigest()
    return found


def page(
    found: Verification,
    links: Sequence[Link],
    listed: Listing | None,
    *,
    judged: datetime,
    at: datetime,
    said: Words,
    language: str,
) -> dict[str, Any]:
    """Return every text of the receipt. What comes from elsewhere has passed ``plain``.

    Args:
        found: What the verification said.
        links: The custody chain.
        listed: The files; None where no key was at hand.
        judged: The instant as of which keys were judged.
        at: When the receipt is made.
        said: The words of the language.
        language: Its code.
    """
    face = said["face"]
    lead = face["lead_opened" if found.opened else "lead_closed"]
    return {
        "language": language,
        "direction": said["direction"],
        "page": said["page"],
        "footer": f"{face['kicker']} · {found.package[:16]}",
        "face": {
            "title": face["title"],
            "kicker": face["kicker"],
            "warning": face["warning"],
            "warning_more": face["warning_more"],
            "translation": face["translation"],
            "rehearsal": face["rehearsal"] if found.document.rehearsal else "",
            "lead": lead.format(sealer=plain(found.sealed_by), instant=instant(said, at)),
        },
        "what": {"title": said["what"]["title"], "facts": _facts(found, listed, judged, at, said)},
        "verified": _verified(found, said),
        "chain": _chain(links, said),
        "digests": _digests(found, listed, said),
        "again": _again(said),
    }


def _facts(
    found: Verification, listed: Listing | None, judged: datetime, at: datetime, said: Words
) -> list[dict[str, Any]]:
    """Return the facts, each a label and its lines."""
    what, seal = said["what"], found.document
    holds = what["holds_opened" if found.opened else "holds_closed"].format(
        files="" if listed is None else f"{listed.count:,}",
        entries=f"{seal.entries.size:,}",
        size=f"{found.size:,}",
    )
    roles = [said["roles"][each] for each in found.papers or ()]
    made = what["made_by"].format(version=__version__, at=instant(said, judged))
    for_whom = [
        line
        for each in seal.recipients
        for line in (_line(plain(each.authority)), _line(what["key"].format(key=each.key), "note"))
    ]
    return [
        _fact(what["package"], _line(found.package, "code")),
        _fact(what["seal"], _line(found.seal, "code"), _line(what["seal_note"], "note")),
        _fact(
            what["sealed_by"], _line(plain(found.sealed_by)), _line(what["key"].format(key=found.key), "note")
        ),
        _fact(
            what["sealed_at"], _line(instant(said, found.sealed_at)), _line(what["sealed_at_note"], "note")
        ),
        _fact(what["case"], _line(seal.case, "code") if seal.case else _line(what["none"])),
        _fact(what["use"], *_use(seal.conditions, said)),
        _fact(what["recipients"], *for_whom),
        _fact(what["size"], _line(holds)),
        *([_fact(what["papers"], _line(", ".join(roles) or what["none"]))] if found.opened else []),
        _fact(what["made"], _line(instant(said, at)), _line(made, "note")),
    ]


def _fact(label: str, *lines: dict[str, str]) -> dict[str, Any]:
    return {"label": label, "lines": list(lines)}


def _line(text: str, kind: str = "plain", language: str = "") -> dict[str, str]:
    """Return a line: ``plain``, ``note`` beneath another, or ``code``; with its language if it is another."""
    return {"text": text, "kind": kind, "language": language}


def _use(conditions: UseConditions | None, said: Words) -> list[dict[str, str]]:
    if conditions is None:
        return [_line(said["what"]["none"])]
    use = said["use"]
    lines = [use[conditions.use], use[conditions.onward]]
    if conditions.proceedings:
        names = ", ".join(breakable(plain(each)) for each in conditions.proceedings)
        lines.append(use["proceedings"].format(proceedings=names))
    if conditions.destroy_by:
        lines.append(use["destroy_by"].format(day=day(said, conditions.destroy_by)))
    told: list[tuple[str, str]] = []
    if conditions.words:
        told = [(conditions.words.language, conditions.words.original)]
        told += [(each.language, each.text) for each in conditions.words.translations]
    return [*map(_line, lines), *(line for tag, text in told for line in _words(tag, text))]


def _words(tag: str, text: str) -> Iterator[dict[str, str]]:
    """Yield free text, a line for each of its lines; what is long is cut, and the cut is shown."""
    cut = text if len(text) <= MAX_WORDS else f"{text[:MAX_WORDS]}…"
    for number, each in enumerate(cut.splitlines()[:MAX_LINES]):
        shown = breakable(plain(each))
        yield _line(shown if number else f"[{tag}] {shown}", language=tag.partition("-")[0])


def _verified(found: Verification, said: Words) -> dict[str, Any]:
    words = said["verified"]
    return {
        **{name: words[name] for name in ("title", "proves", "doubts", "steps")},
        "proved": [_sentence(each, said) for each in found.proves],
        "doubted": [_sentence(each, said) for each in found.does_not_prove],
        "done": [[each.number, _sentence(each.claim, said)] for each in found.steps],
    }


def _sentence(claim: Claim, said: Words) -> str:
    """Return what was proved, or was not; where the language has no words for it, in English."""
    words = said.get("claims", {}).get(claim.code)
    if words is None:
        return breakable(plain(claim.sentence()))
    return breakable(
        words.format_map({name: _field(name, value, said) for name, value in claim.fields.items()})
    )


def _field(name: str, value: object, said: Words) -> str:
    if name == "roles":
        return ", ".join(said["roles"].get(each, plain(each)) for each in str(value).split(", "))
    if name in {"instant", "since"}:
        return instant(said, parse_instant(str(value)))
    return plain(str(value))


def _chain(links: Sequence[Link], said: Words) -> dict[str, Any]:
    words = said["chain"]
    shown = links[:MAX_LINKS]
    rows = [_row(number, each, said) for number, each in enumerate(shown, 1)]
    parts = [rows[start : start + A_DRAWING] for start in range(0, len(rows), A_DRAWING)]
    rails = list(dict.fromkeys(party for row in rows for party in (row["by"], *row["to"])))
    more = len(links) - len(shown)
    heads = ("title", "lead", "legend", "table", "event", "when", "known")
    return {
        **{name: words[name] for name in heads},
        "rails": rails,
        "drawings": [_drawing(part, number, len(parts), words) for number, part in enumerate(parts, 1)],
        "rows": rows,
        "more": words["more"].format(count=more) if more else "",
    }


def _drawing(rows: list[dict[str, Any]], number: int, parts: int, words: Words) -> dict[str, Any]:
    opening = words["whole"] if parts == 1 else words["part"].format(part=number, parts=parts)
    told = (f"{row['number']}. {row['title']}. {row['when']}. {row['known']}" for row in rows)
    return {"alt": " ".join((opening, *told)), "rows": rows}


def _row(number: int, link: Link, said: Words) -> dict[str, Any]:
    words = said["chain"]
    what = said["events"][link.what].format(tag=plain(link.tag[:60]))
    named = ", ".join(plain(each) for each in link.to[:MOST_NAMED])
    if len(link.to) > MOST_NAMED:
        named = f"{named} {words['and_more'].format(count=len(link.to) - MOST_NAMED)}"
    by = words["by"].format(what=what, by=plain(link.by))
    seen = "" if link.seen is None else instant(said, link.seen)
    known = said["known"][link.known].format(
        by=plain(link.by), log=plain(link.log), index="" if link.index is None else link.index, seen=seen
    )
    return {
        "number": number,
        "title": breakable(words["to"].format(what=by, to=named) if named else by),
        "when": words["untimed"] if link.at is None else instant(said, link.at),
        "known": breakable(known),
        "seen": link.known == "seen",
        "hand": link.what in {"exported", "imported"},
        "by": _party(link.by),
        "to": [party for party in dict.fromkeys(map(_party, link.to)) if party != _party(link.by)],
    }


def _party(authority: str) -> str:
    return party_of(authority).upper()


def _digests(found: Verification, listed: Listing | None, said: Words) -> dict[str, Any]:
    words, seal = said["digests"], found.document
    heads = ["title", "lead", "covered", "size", "sha256", "roots", "files", "hidden"]
    heads += ["files_lead", "number", "file", "papers_lead"]
    value: dict[str, Any] = {
        **{name: words[name] for name in heads},
        "small": [[breakable(plain(each.path)), f"{each.size:,}", each.sha256] for each in seal.files],
        "trees": [
            _fact(words["ciphertext"], _line(seal.ciphertext, "code")),
            _fact(words["entries"], _line(seal.entries.root, "code")),
        ],
        "closed": words["closed"] if listed is None else "",
        "listed": [],
        "more": "",
        "manifest": [],
    }
    if listed is not None:
        count = f"{listed.count:,}"
        value["listed"] = [
            [str(number), breakable(plain(_cut(path))), f"{size:,}", digest]
            for number, (path, size, digest) in enumerate(listed.shown, 1)
        ]
        if listed.count > len(listed.shown):
            value["more"] = words["more"].format(shown=f"{len(listed.shown):,}", count=count)
        note = words["manifest_note"].format(count=f"{listed.evidence:,}")
        value["manifest"] = [_fact(words["manifest"], _line(listed.manifest, "code"), _line(note, "note"))]
    return value


def _cut(path: str) -> str:
    if len(path) <= LONGEST_PATH:
        return path
    end = LONGEST_PATH // 3
    return f"{path[: LONGEST_PATH - end - 1]}…{path[-end:]}"


def _again(said: Words) -> dict[str, Any]:
    words = dict(said["again"])
    words["command"] = "rogatory evidence verify FOLDER --trust root.json"
    return words
