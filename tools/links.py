"""The ties between rooms of the node that the import linter is blind to: strings.

A foreign key, a template's ``extends`` and ``include``, a tag library and the name of a page are
strings, and each is an arrow from one room to another all the same.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

RELATIONS: Final = {"ForeignKey", "OneToOneField", "ManyToManyField", "ForeignObject"}
ROUTES: Final = {"redirect", "reverse", "reverse_lazy", "resolve_url"}
TEMPLATES: Final = {"get_template", "render", "render_to_string", "select_template"}
TAG: Final = re.compile(r"""\{%-?\s*(extends|include|url|load)\s+(.*?)-?%\}""", re.DOTALL)


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _strings(node: ast.Call) -> list[str]:
    given = [*node.args, *(each.value for each in node.keywords)]
    return [each.value for each in given if isinstance(each, ast.Constant) and isinstance(each.value, str)]


def from_python(text: str) -> Iterator[tuple[int, str]]:
    """Yield what a module names by string: ``people.Officer``, ``desk:board``, ``desk/board.html``."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and (name := _called(node)):
            strings = _strings(node)
            if name in RELATIONS:
                yield from ((node.lineno, each) for each in strings if re.fullmatch(r"\w+\.\w+", each))
            elif name == "get_model":
                yield from ((node.lineno, each) for each in strings)
            elif name in ROUTES:
                yield from ((node.lineno, each) for each in strings if ":" in each)
            elif name in TEMPLATES:
                yield from ((node.lineno, each) for each in strings if each.endswith(".html"))
        elif isinstance(node, ast.Attribute) and node.attr == "AUTH_USER_MODEL":
            yield node.lineno, "people.User"


def from_template(text: str) -> Iterator[tuple[int, str]]:
    """Yield what a template names: other templates, pages and tag libraries."""
    for match in TAG.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        if match[1] == "load":
            words = match[2].partition(" from ")[2] or match[2]
            yield from ((line, f"load {word}") for word in words.split())
        elif quoted := re.match(r"""['"]([^'"]+)['"]""", match[2]):
            yield line, quoted[1]


def room_of(name: str, rooms: Iterable[str], libraries: Mapping[str, str]) -> str | None:
    """Return the room that a string points to, or None where it points to no room of the node.

    Args:
        name: A string of ``from_python`` or ``from_template``.
        rooms: The names of all rooms.
        libraries: The room of each tag library.
    """
    if name.startswith("load "):
        return libraries.get(name.removeprefix("load "))
    first = re.split(r"[.:/]", name, maxsplit=1)[0]
    return first if first in rooms else None


def may_know(room: str, other: str, heights: Mapping[str, int]) -> bool:
    """Return whether a room may point to another: itself, or a lower one, never one beside it."""
    return room == other or heights[room] > heights[other]
