"""Pages written without a template engine: whatever is not markup already is escaped where it is put in."""

from __future__ import annotations

from html import escape
from typing import Final

__all__ = ["Html", "el", "page", "raw"]

VOID: Final = frozenset(("br", "meta"))


class Html(str):
    """Text that is markup already."""

    __slots__ = ()


Part = str | None


def raw(*parts: Part) -> Html:
    """Return parts one after another, each escaped unless it is markup."""
    return Html("".join(_safe(each) for each in parts if each is not None))


def _safe(part: str) -> str:
    return part if isinstance(part, Html) else escape(part)


def el(name: str, *parts: Part, **attributes: str | None) -> Html:
    """Return one element.

    Args:
        name: Its name, and its class after a dot, such as ``p.lead``.
        parts: What stands in it.
        attributes: By name; a trailing underscore is dropped, and None leaves one out.
    """
    tag, _, kind = name.partition(".")
    given = {"class": kind.replace(".", " ") or None, **attributes}
    shown = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in given.items()
        if value is not None
    )
    if tag in VOID:
        return Html(f"<{tag}{shown}>")
    return Html(f"<{tag}{shown}>{raw(*parts)}</{tag}>")


def page(title: str, style: str, *body: Part) -> str:
    """Return a whole document that needs nothing but itself: no script, no picture, no address outside."""
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", name_="viewport", content="width=device-width, initial-scale=1"),
        el(
            "meta",
            http_equiv="Content-Security-Policy",
            content="default-src 'none'; style-src 'unsafe-inline'",
        ),
        el("title", title),
        # The style is ours and holds no markup.
        el("style", Html(style)),
    )
    return f"<!DOCTYPE html>\n{el('html', head, el('body', *body), lang='en')}\n"
