"""Collect the node's translatable words and write its catalogues; no gettext program is needed.

::

    python tools/words.py            # write the pseudo-language
    python tools/words.py check      # exit 1 when a catalogue is older than the words
    python tools/words.py list       # print every message, one a line

Messages are found in templates (by Django's own ``templatize``) and in Python (by reading its
syntax). The pseudo-language has no translator: it is computed from the words. Its ``.mo`` is written
here and committed, so that an install runs no tool; a translator's catalogue will be compiled by the
same ``compiled``.
"""

from __future__ import annotations

import ast
import re
import struct
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import django
from django.conf import settings
from django.utils.translation.template import templatize

from rogatory_node.look import PSEUDO
from rogatory_node.look.pseudo import pseudo

ROOT = Path(__file__).resolve().parent.parent
NODE = ROOT / "src/rogatory_node"
LOCALE = NODE / "look/locale"
# Words of Django itself that reach an officer: fields that are wrong, days and months.
DJANGO = ("forms", "core/validators.py", "utils/dates.py", "contrib/auth/password_validation.py")
CALLS = {
    "_": "s",
    "gettext": "s",
    "gettext_lazy": "s",
    "gettext_noop": "s",
    "ngettext": "sp",
    "ngettext_lazy": "sp",
    "pgettext": "cs",
    "pgettext_lazy": "cs",
    "npgettext": "csp",
    "npgettext_lazy": "csp",
}
KEPT = ("date format",)  # contexts whose messages are not words: format letters


class Message(NamedTuple):
    """One message: its context, its singular and, where it counts, its plural."""

    context: str
    singular: str
    plural: str


def in_python(source: str) -> Iterator[Message]:
    """Yield the messages of one Python source."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        shape = CALLS.get(name, "")
        texts = [each.value for each in node.args[: len(shape)] if isinstance(each, ast.Constant)]
        if shape and len(texts) == len(shape) and all(isinstance(text, str) for text in texts):
            found = {part: str(text) for part, text in zip(shape, texts, strict=True)}
            yield Message(found.get("c", ""), found["s"], found.get("p", ""))


_STRING = r"u?('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
_CALLED = re.compile(rf"\b(n?p?gettext|_)\(\s*((?:{_STRING}\s*,?\s*)+)")


def in_template(source: str) -> Iterator[Message]:
    """Yield the messages of one template, as Django's own extractor sees them."""
    for call, arguments, *_ in _CALLED.findall(templatize(source)):
        texts = [str(ast.literal_eval(text)) for text in re.findall(_STRING, arguments)]
        found = dict(zip(CALLS[call], texts, strict=False))
        yield Message(found.get("c", ""), found["s"], found.get("p", ""))


def _files() -> Iterator[tuple[Path, bool]]:
    for path in sorted(NODE.rglob("*")):
        if path.suffix == ".py" and "migrations" not in path.parts:
            yield path, True
        elif path.suffix in (".html", ".txt") and "templates" in path.parts:
            yield path, False
    base = Path(django.__file__).parent
    for name in DJANGO:
        for path in sorted((base / name).rglob("*.py")) if (base / name).is_dir() else [base / name]:
            yield path, True


def messages() -> list[Message]:
    """Return every message of the node, and of Django where officers meet it; sorted, each once."""
    if not settings.configured:
        settings.configure()
    found = {
        message
        for path, is_python in _files()
        for message in (in_python if is_python else in_template)(path.read_text(encoding="utf-8"))
        if message.singular
    }
    return sorted(found)


def compiled(entries: Iterable[tuple[Message, tuple[str, ...]]], header: str) -> bytes:
    """Return a ``.mo`` file: the format of GNU gettext, revision 0, without a hash table."""
    pairs = {b"": header.encode()}
    for message, told in entries:
        key = "\0".join(filter(None, (message.singular, message.plural)))
        key = f"{message.context}\x04{key}" if message.context else key
        pairs[key.encode()] = "\0".join(told).encode()
    keys = sorted(pairs)
    at = 28 + 16 * len(keys)
    tables: list[bytes] = []
    data = b""
    for column in (keys, [pairs[key] for key in keys]):
        for text in column:
            tables.append(struct.pack("<II", len(text), at + len(data)))
            data += text + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(keys), 28, 28 + 8 * len(keys), 0, at)
    return head + b"".join(tables) + data


def _header(language: str, plurals: str) -> str:
    return (
        f"Language: {language}\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n"
        f"Content-Transfer-Encoding: 8bit\nPlural-Forms: {plurals}\n"
    )


def in_pseudo(message: Message) -> tuple[str, ...]:
    """Return a message in the pseudo-language, in both numbers where it counts."""
    if message.context in KEPT:
        return (message.singular,)
    return tuple(pseudo(text) for text in (message.singular, message.plural) if text)


def catalogues() -> dict[Path, bytes]:
    """Return each ``.mo`` that should stand under ``look/locale``, with its bytes."""
    told = [(message, in_pseudo(message)) for message in messages()]
    header = _header(PSEUDO, "nplurals=2; plural=(n != 1);")
    return {LOCALE / PSEUDO / "LC_MESSAGES/django.mo": compiled(told, header)}


def main(arguments: list[str]) -> int:
    """Write, check or list; exit 1 when a check finds something old."""
    if arguments == ["list"]:
        print("\n".join(f"{m.context}|{m.singular!r}" if m.context else repr(m.singular) for m in messages()))
        return 0
    wanted = catalogues()
    old = [path for path, text in wanted.items() if not path.exists() or path.read_bytes() != text]
    if arguments == ["check"]:
        for path in old:
            print(f"{path.relative_to(ROOT)} is older than the words: run python tools/words.py")
        return 1 if old else 0
    for path in old:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(wanted[path])
        print(f"wrote {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
