"""The rules of the house that no linter knows, as functions over text; tests/house applies them."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parent.parent

# Time and randomness come in as arguments (DESIGN section 3). A prefix bans everything under it.
BANNED: Final = (
    "datetime.date.today",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "django.utils.timezone.localdate",
    "django.utils.timezone.now",
    "os.getrandom",
    "os.urandom",
    "random",
    "secrets",
    "time.gmtime",
    "time.localtime",
    "time.time",
    "time.time_ns",
    "uuid.uuid1",
    "uuid.uuid4",
)
# In the node a row may be named by chance: nobody reproduces it, and nothing signed holds it.
ROW_NAMES: Final = ("uuid.uuid4",)

# What a room without sockets and files has no use for; its own package data come by importlib.
OUTSIDE: Final = ("io", "os", "pathlib", "shutil", "socket", "subprocess", "tempfile", "urllib.request")
PURE: Final = ("custody", "instruments", "law", "threads", "values")


@cache
def tracked() -> tuple[Path, ...]:
    """Return every file of the tree that git keeps or would keep, relative to the root."""
    # The owner of a clone in a container is often another than its reader; that is no reason to stop.
    line = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=True)
    names = (Path(name) for name in done.stdout.split("\0") if name)
    return tuple(sorted(name for name in names if (ROOT / name).is_file()))


def read(name: Path) -> str:
    """Return a tracked file as text; what is not UTF-8 has no words to judge and reads as nothing."""
    try:
        return (ROOT / name).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def sources(*under: str) -> list[Path]:
    """Return the tracked Python files below the given folders, ``src`` if none is given."""
    folders = tuple(f"{each}/" for each in under or ("src",))
    return [name for name in tracked() if name.suffix == ".py" and name.as_posix().startswith(folders)]


def _imports(tree: ast.AST) -> dict[str, str]:
    """Return what each imported name stands for, in full."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for each in node.names:
                name = each.asname or each.name.partition(".")[0]
                names[name] = each.name if each.asname else name
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {each.asname or each.name: f"{node.module}.{each.name}" for each in node.names}
    return names


def _dotted(node: ast.expr, names: Mapping[str, str]) -> str | None:
    """Return the full name of ``a.b.c`` where ``a`` was imported, or None."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name) or node.id not in names:
        return None
    return ".".join([names[node.id], *reversed(parts)])


def uses(text: str) -> Iterator[tuple[int, str]]:
    """Yield each foreign name that a module imports or reaches through an import, with its line."""
    tree = ast.parse(text)
    names = _imports(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, each.name) for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from ((node.lineno, f"{node.module}.{each.name}") for each in node.names)
        elif isinstance(node, ast.Attribute) and (name := _dotted(node, names)):
            yield node.lineno, name


def under(name: str, prefixes: Iterable[str]) -> bool:
    """Return whether a dotted name is one of the prefixes or lies under one."""
    return any(name == each or name.startswith(f"{each}.") for each in prefixes)


def opens_files(text: str) -> list[int]:
    """Return the lines that call the built-in ``open``."""
    calls = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))
    return [call.lineno for call in calls if isinstance(call.func, ast.Name) and call.func.id == "open"]


def raised(text: str) -> set[str]:
    """Return every string of the form ``WIRE-003`` that the code of a module holds.

    Docstrings and comments do not count: a code that is only talked about is never raised.
    """
    tree = ast.parse(text)
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    strings = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in prose)
    return {node.value for node in strings if isinstance(node.value, str) and re.fullmatch(CODE, node.value)}


CODE: Final = r"[A-Z]{2,6}-[0-9]{3}"


def unexplained(text: str) -> list[str]:
    """Return each ``noqa`` and ``type: ignore`` that lacks its code or its reason."""
    marks = re.finditer(r"#\s*(noqa|type:\s*ignore)(?P<rest>[^\n]*)", text)
    code = r"(:\s*[A-Z]+[0-9]+(,\s*[A-Z]+[0-9]+)*|\[[a-z-]+(,\s*[a-z-]+)*\])"
    return [mark[0] for mark in marks if not re.match(rf"{code}\W+\w+\W+\w+", mark["rest"])]


def forbidden(glossary: str) -> dict[str, tuple[str, ...]]:
    """Return the words that the glossary forbids, each with the phrases in which it may stand."""
    table = glossary.partition("## Words that are not used")[2]
    rows = re.findall(r"^\|([^|\n]+)\|([^|\n]+)\|([^|\n]*)\|$", table, re.MULTILINE)[2:]
    return {
        word.strip(): tuple(phrase.strip() for phrase in phrases.split(",") if phrase.strip())
        for word, _, phrases in rows
    }


def strays(text: str, words: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[int, str]]:
    """Yield each forbidden word of a text, with its line."""
    phrases = "|".join(re.escape(phrase) for phrases in words.values() for phrase in phrases)
    # A phrase in which the word may stand is matched first, and so takes the word away.
    pattern = rf"\b(?:(?P<allowed>{phrases})|(?P<word>{'|'.join(map(re.escape, words))}))\b"
    for found in re.finditer(pattern, text.lower()):
        if found["word"]:
            yield text.count("\n", 0, found.start()) + 1, found["word"]


def pyproject() -> dict[str, Any]:
    """Return the project file."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def layers(contract: str) -> dict[str, int]:
    """Return the rooms of an import contract with their height: a higher one may know a lower one."""
    contracts = pyproject()["tool"]["importlinter"]["contracts"]
    rows = next(each["layers"] for each in contracts if each["id"] == contract)
    return {room.strip(" ()"): len(rows) - index for index, row in enumerate(rows) for room in row.split("|")}
