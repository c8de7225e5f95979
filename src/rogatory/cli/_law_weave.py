"""What ``rogatory law weave`` writes: a page an article, a page of practice, and a first page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from rogatory import instruments, law
from rogatory.cli import _law_weave_article, _law_weave_parts
from rogatory.cli._html import Html, el, page, raw
from rogatory.cli._law_weave_parts import HANOI, Cases
from rogatory.errors import LawError
from rogatory.law import Sort

__all__ = ["cases", "pages"]

MOST: Final = 1 << 20


def pages(shown: Cases) -> Iterator[tuple[str, str]]:
    """Yield every page: its file name and its text.

    Args:
        shown: Cases for jurists by the id of their rule; empty where none were given.
    """
    style = files("rogatory.cli").joinpath("weave.css").read_text(encoding="utf-8")
    articles = instruments.instrument(HANOI).articles
    yield "index.html", _framed("The Hanoi Convention, woven", style, _front())
    for at, ref in enumerate(articles):
        article = instruments.provision(ref)
        near = (articles[at - 1] if at else None, articles[at + 1] if at + 1 < len(articles) else None)
        title = f"Article {article.id.removeprefix('art')}. {article.title}"
        yield f"{article.id}.html", _framed(title, style, _law_weave_article.body(ref, shown), near)
    yield "practice.html", _framed("What practice asks", style, _law_weave_article.practice(shown))


def _framed(title: str, style: str, body: Html, near: tuple[str | None, str | None] = (None, None)) -> str:
    digest = instruments.instrument(HANOI).digest
    mast = el(
        "header.mast",
        el("a.mark", "rogatory", href="index.html"),
        el("span", "The Hanoi Convention, woven with the rules that read it"),
        el("nav", *_steps(near)),
    )
    foot = el(
        "footer",
        el(
            "p",
            "A paraphrase in our own words, not the treaty's text; the authentic texts prevail. A finding ",
            "is advice at home: it refuses nothing, never travels and is no score. A person decides.",
        ),
        el("p", "Data ", el("code", digest[:16]), ". Made by ", el("code", "rogatory law weave"), "."),
    )
    return page(title, style, mast, el("main", body), foot)


def _steps(near: tuple[str | None, str | None]) -> Iterator[Html]:
    for ref, way in zip(near, ("prev", "next"), strict=True):
        if ref is not None:
            name = instruments.citation(ref.partition("/")[2])
            shown = f"← {name}" if way == "prev" else f"{name} →"
            yield el("a", shown, href=_law_weave_parts.link(ref), rel=way)
    yield el("a", "All articles", href="index.html")


def _front() -> Html:
    chapters: dict[str, list[Html]] = {}
    for covered in law.coverage():
        article = instruments.provision(covered.ref)
        chapters.setdefault(str(article.parent), []).append(_line(covered))
    return raw(
        el("h1", "United Nations Convention against Cybercrime"),
        el(
            "p.lead",
            "Sixty-eight articles in our own words, each beside the rules that read a request against it, ",
            "its clocks, its data, and the provisions of other treaties that it resembles.",
        ),
        el(
            "p",
            "What is not law but practice has ",
            el("a", "a page of its own", href="practice.html"),
            ". The last column says ",
            "what of an article is at work in the software; where nothing is, its page says why.",
        ),
        *(
            raw(el("h2", _chapter(ref)), el("table.contents", el("tbody", *rows)))
            for ref, rows in chapters.items()
        ),
    )


def _chapter(ref: str) -> str:
    chapter = instruments.provision(ref)
    return f"Chapter {chapter.id.removeprefix('ch')}. {chapter.title}"


def _line(covered: law.Covered) -> Html:
    count = {sort: sum(each.sort is sort for each in covered.works) for sort in Sort}
    told = [
        f"{count[sort]} {name if count[sort] > 1 else name[:-1]}"
        for sort, name in ((Sort.RULE, "rules"), (Sort.CLOCK, "clocks"))
        if count[sort]
    ]
    if not told:
        told = [
            "not at work yet"
            if count[Sort.NOT_YET]
            else "at work"
            if covered.at_work
            else "no part for software"
        ]
    article = instruments.provision(covered.ref)
    return el(
        "tr",
        el("td.cite", el("a", covered.citation, href=_law_weave_parts.link(covered.ref))),
        el("td", el("strong", article.title), el("br"), el("span.soft", article.text)),
        el("td.state", ", ".join(told)),
    )


def cases(folder: Path) -> Cases:
    """Return the cases for jurists of a folder of YAML pages, by the id of their rule.

    Raises:
        LawError: LAW-720 a page cannot be read; LAW-721 YAML cannot be read on this machine.
    """
    try:
        import yaml
    except ImportError:
        raise LawError("LAW-721") from None
    found: dict[str, list[Mapping[str, Any]]] = {}
    for path in sorted(folder.glob("*.yaml")):
        try:
            rows = yaml.safe_load(_law_weave_parts.small(path, MOST))
        except (
            yaml.YAMLError,
            ValueError,
        ) as error:  # also bytes that are no text, a day that does not exist
            raise LawError("LAW-720", page=path.name, problem=type(error).__name__) from None
        for row in _list(rows, path.name):
            found.setdefault(f"{HANOI}/{row['rule']}", []).append(row)
    return found


def _list(rows: object, name: str) -> Sequence[Mapping[str, Any]]:
    whole = isinstance(rows, list) and all(
        isinstance(row, dict) and {"case", "rule", "outcome"} <= set(row) for row in rows
    )
    if not whole:
        raise LawError("LAW-720", page=name, problem="it is no list of cases")
    return rows  # type: ignore[return-value]  # just shown
