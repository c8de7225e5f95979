"""Pinning: whether the numbers used here are those of a certified text that the user has.

The text is read and forgotten: nothing of it is kept, and no sentence of it is compared. What is compared is
its frame: articles, numbered paragraphs, lettered points, their order, and the headings of articles. Whether
our paraphrase says what the text says, only a reader can tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from rogatory import instruments
from rogatory.errors import LawError
from rogatory.instruments import Provision

__all__ = ["Fault", "Pinned", "Wrong", "pin"]

# The word for an article in the authentic languages whose numbers are written in digits.
WORD: Final = r"(?:Article|ARTICLE|Artículo|ARTÍCULO|Статья|СТАТЬЯ|المادة)"
DASH: Final = "\N{EN DASH}\N{EM DASH}-"
SMALL: Final = "a-z\N{CYRILLIC SMALL LETTER A}-\N{CYRILLIC SMALL LETTER YA}"
HEAD: Final = re.compile(
    rf"\s*{WORD}\s+(?P<number>\d{{1,3}}|premier|PREMIER)\s*"
    rf"(?:$|[.:{DASH}]\s*(?P<title>.*)$|\s(?P<bare>[^\W\d_{SMALL}].*)$)"
)
PARAGRAPH: Final = re.compile(r"\s*(?P<number>\d{1,2})\s?[.)](?:\s+\S|\s*$)")
POINT: Final = re.compile(r"\s*(?:\d{1,2}\s?[.)]\s*)?\((?P<letter>[a-z])\)(?:\s+\S|\s*$)")
CHAPTER: Final = re.compile(r"\s*(?:Chapter|CHAPTER|Chapitre|CHAPITRE|Capítulo|CAPÍTULO|Глава|ГЛАВА)\s")
LEADERS: Final = " \t.\N{MIDDLE DOT}\N{HORIZONTAL ELLIPSIS}0123456789"
# A line longer than this is no heading and no beginning of a paragraph that anybody typed.
LONGEST: Final = 20_000
MOST: Final = 20_000
SHORTEST_WORD: Final = 5
ROMAN: Final = frozenset("ivx")


class Wrong(StrEnum):
    """In which way a place does not line up."""

    MISSING = "missing"  # it is here, and not in the text
    EXTRA = "extra"  # it is in the text, and not here
    ORDER = "order"  # it stands elsewhere in the text
    HEADING = "heading"  # its heading reads otherwise


@dataclass(frozen=True, slots=True)
class Fault:
    """One place that does not line up; ``theirs`` is what the text has there, never a sentence of it."""

    wrong: Wrong
    ref: str
    citation: str
    ours: str = ""
    theirs: str = ""


@dataclass(frozen=True, slots=True)
class Pinned:
    """What lined up and what did not.

    Attributes:
        compared: How many places were looked for: articles, numbered paragraphs, lettered points.
        unnumbered: Places here that the text does not number, so that nothing can be said of them.
        headings: How many headings were compared; none where the text is not in English.
    """

    instrument: str
    compared: int
    unnumbered: int
    headings: int
    faults: tuple[Fault, ...]


@dataclass(slots=True)
class _Article:
    """One article as the text has it: its heading, the places below it in their order, and where one is."""

    number: int
    title: str
    places: list[str] = field(default_factory=list)
    english: bool = False
    waiting: bool = False
    paragraph: str = "p1"
    letter: str = ""

    @property
    def ref(self) -> str:
        return f"art{self.number}"


def pin(text: str, instrument: str = "hanoi_2024") -> Pinned:
    """Return how the frame of a text lines up with the places of an instrument.

    1. Read articles, numbered paragraphs and lettered points, line by line. 2. Of an article that stands
    twice (a table of contents), the fuller one counts. 3. Compare what stands there, 4. in which order,
    5. under which headings.

    Args:
        text: The whole text, as lines.
        instrument: The key of the instrument whose text it is.

    Raises:
        LawError: LAW-710 no article can be read in it; LAW-714 it has more places than any treaty.
        InstrumentError: INST-002 no such instrument.
    """
    ours = _ours(instrument)
    titles = {ref: instruments.provision(f"{instrument}/{ref}").title for ref in ours if "." not in ref}
    # Steps 1 and 2.
    read = _fullest(_read(text, titles))
    if not read:
        raise LawError("LAW-710")
    theirs = [place for each in read for place in (each.ref, *each.places)]
    # Steps 3 to 5.
    faults = [*_unlike(ours, theirs), *_moved(read, theirs), *_headings(read, titles)]
    place = {name: at for at, name in enumerate(dict.fromkeys((*ours, *theirs)))}
    compared = sum(ours.values())
    return Pinned(
        instrument=instrument,
        compared=compared,
        unnumbered=len(ours) - compared,
        headings=sum(1 for each in read if _comparable(each, titles)),
        faults=tuple(
            Fault(wrong, f"{instrument}/{name}", instruments.citation(name), own, other)
            for name, wrong, own, other in sorted(faults, key=lambda each: place[each[0]])
        ),
    )


def _ours(instrument: str) -> Mapping[str, bool]:
    """Return our places in their order, and whether the text must number them."""
    found: dict[str, bool] = {}
    for ref in instruments.instrument(instrument).articles:
        article = instruments.provision(ref)
        found[article.id] = True
        alone = len(article.children) == 1
        for child in article.children:
            paragraph = instruments.provision(child)
            found[paragraph.id] = not alone
            for each in paragraph.children:
                point = instruments.provision(each)
                found[point.id] = _lettered(point)
    return found


def _lettered(point: Provision) -> bool:
    """Tell whether the text letters a point; one that it does not has a word of this house for a name."""
    return len(point.id.rpartition(".")[2]) < SHORTEST_WORD


def _read(text: str, titles: Mapping[str, str]) -> Iterator[_Article]:
    current: _Article | None = None
    most = MOST
    for line in text.splitlines():
        if len(line) > LONGEST or not line.strip():
            continue
        head = HEAD.match(line)
        if current is not None and (head or CHAPTER.match(line)):
            yield current
            most -= 1 + len(current.places)
            current = None
        if head:
            current = _article(head, titles)
        elif current is not None:
            _take(current, line, titles)
        check_places(most, current)
    if current is not None:
        yield current


def check_places(most: int, article: _Article | None) -> None:
    """Refuse a text with more places than any treaty has, before it is compared with one."""
    if most - (len(article.places) if article else 0) < 0:
        raise LawError("LAW-714", most=MOST)


def _take(article: _Article, line: str, titles: Mapping[str, str]) -> None:
    """Take what a line begins: a paragraph, a point, both, or more of the heading."""
    found, point = PARAGRAPH.match(line), POINT.match(line)
    # What follows the number is the heading, unless the text begins at once.
    article.waiting = article.waiting and not found and not point
    if article.waiting:
        article.title = _bare(f"{article.title} {line.strip()}")
        article.waiting = _goes_on(article, titles)
    if found:
        article.paragraph, article.letter = f"p{int(found['number'])}", ""
        article.places.append(f"{article.ref}.{article.paragraph}")
    if point:
        _add(article, point["letter"])


def _goes_on(article: _Article, titles: Mapping[str, str]) -> bool:
    """Tell whether a heading may go on in the next line: it is empty, or a beginning of ours."""
    ours, so_far = _letters(titles.get(article.ref, "")), _letters(article.title)
    return not so_far or (ours != so_far and ours.startswith(so_far))


def _article(head: re.Match[str], titles: Mapping[str, str]) -> _Article:
    number = 1 if head["number"].lower() == "premier" else int(head["number"])
    title = _bare(head["title"] or head["bare"] or "")
    made = _Article(number, title, english=head[0].strip().lower().startswith("article"))
    made.waiting = _goes_on(made, titles)
    return made


def _add(article: _Article, letter: str) -> None:
    """Add a point; a small Roman number that follows no letter before it is a sub-point, which has no id."""
    if letter in ROMAN and (not article.letter or ord(letter) != ord(article.letter) + 1):
        return
    article.letter = letter
    article.places.append(f"{article.ref}.{article.paragraph}.{letter}")


def _bare(title: str) -> str:
    """Return a heading without the leaders and the page number of a table of contents."""
    return title.strip().rstrip(LEADERS)


def _fullest(read: Iterator[_Article]) -> list[_Article]:
    kept: dict[int, tuple[int, _Article]] = {}
    for at, each in enumerate(read):
        before = kept.get(each.number)
        if before is None or len(each.places) >= len(before[1].places):
            kept[each.number] = (at, each)
    return [each for _, each in sorted(kept.values(), key=lambda pair: pair[0])]


Found = tuple[str, Wrong, str, str]


def _unlike(ours: Mapping[str, bool], theirs: list[str]) -> Iterator[Found]:
    there = set(theirs)
    for name, numbered in ours.items():
        # Of an article that is missing, its places are missing too, and that is not said again.
        if numbered and name not in there and (_above(name) is None or _article_of(name) in there):
            yield name, Wrong.MISSING, "", ""
    for name in dict.fromkeys(theirs):
        if name not in ours and (_above(name) is None or _above(name) in ours):
            yield name, Wrong.EXTRA, "", ""


def _above(name: str) -> str | None:
    above, dot, _ = name.rpartition(".")
    return above if dot else None


def _article_of(name: str) -> str:
    return name.partition(".")[0]


def _moved(read: list[_Article], theirs: list[str]) -> Iterator[Found]:
    """Yield articles that follow a later one, and places below them that stand twice or before their turn."""
    last = 0
    for each in read:
        if each.number < last:
            yield each.ref, Wrong.ORDER, "", f"after art. {last}"
        last = max(last, each.number)
    seen: dict[str, tuple[int, ...]] = {}
    for name in theirs:
        above = _above(name)
        if above is None:
            continue
        turn = (int(name.rpartition(".p")[2]) if name.count(".") == 1 else ord(name[-1]),)
        if above in seen and turn <= seen[above]:
            yield name, Wrong.ORDER, "", "out of its turn, or twice"
        seen[above] = max(turn, seen.get(above, turn))


def _headings(read: list[_Article], titles: Mapping[str, str]) -> Iterator[Found]:
    for each in read:
        if _comparable(each, titles) and _letters(each.title) != _letters(titles[each.ref]):
            yield each.ref, Wrong.HEADING, titles[each.ref], _shown(each.title)


def _comparable(article: _Article, titles: Mapping[str, str]) -> bool:
    return article.english and bool(article.title) and article.ref in titles


def _letters(title: str) -> str:
    return "".join(each for each in title.casefold() if each.isalnum())


def _shown(title: str) -> str:
    """Return a heading so that a terminal shows it as it is, and no more of it than a heading has."""
    cut = title if len(title) <= 200 else f"{title[:199]}…"
    return "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in cut)
