"""Targets that read one document, from bytes that anybody could send."""

from __future__ import annotations

import base64
import io
import json
import os
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from rogatory import custody, envelopes, keys, statements, wire
from rogatory.envelopes import chunks, dsse, notes
from rogatory.evidence import checks, description_file, models, names, reading, releasing, tables, trees
from rogatory.evidence.carrying import links, medium
from rogatory.evidence.journal import Journal
from rogatory.evidence.models import Recipients, Seal, Segment
from rogatory.evidence.opening import decrypting, order
from rogatory.register.history import read_bundle, ring_from
from rogatory.statements import opening
from rogatory.values import parse_instant
from support.crafting import Craft, canonical
from support.memory import Memory
from support.world import BEGIN, counting_random

__all__ = ["DOCUMENTS", "VECTORS", "Target", "vectors"]

VECTORS = Path(__file__).parents[2] / "vectors"
KEY = b"k" * 32


@dataclass(frozen=True)
class Target:
    """What reads bytes, and where one begins.

    Attributes:
        read: Reads them; nothing but a ``RogatoryError`` may leave it.
        seeds: What it reads well, or nearly.
    """

    read: Callable[[bytes], object]
    seeds: Callable[[], Iterable[bytes]]


def vectors(name: str) -> Any:
    return json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))


def made(name: str) -> list[dict[str, Any]]:
    return list(vectors(name)["cases"])


def good(path: str) -> bytes:
    return base64.b64decode(vectors("evidence/good")["package"][path])


def every(path: str) -> list[bytes]:
    """Return a file of the good package, and as each bad one has it."""
    found = [json.loads(each.read_text()) for each in sorted((VECTORS / "evidence").glob("bad-*.json"))]
    return [
        good(path),
        *(base64.b64decode(each["changed"][path]) for each in found if path in each["changed"]),
    ]


def seal(data: bytes) -> None:
    found = wire.decode(data, Seal, limit=dsse.MAX_ENVELOPE)
    checks.check_covered_names([each.path for each in found.files], (models.README,))
    assert wire.decode(wire.encode(found), Seal) == found


def entries(data: bytes) -> None:
    """Read lines of the table as whoever opens does: strictly, in one spelling, in order."""
    opening: Any = decrypting.Decrypting.__new__(decrypting.Decrypting)
    opening.tree, opening.order, opening.hiding, opening.bag = trees.Tree(), order.Order(), KEY, None
    lines = iter(data.split(b"\n"))
    while opening._next(lines) is not None:
        pass


def lines_of_the_good_table() -> list[bytes]:
    seen: list[bytes] = []
    Craft(line=lambda line: seen.append(line) or line).build()
    files = json.dumps(sorted([json.loads(each) for each in seen], key=lambda each: each["path"]))
    others = [
        {"area": "data", "kind": "link", "path": "a", "target": "YQ=="},
        {"area": "data", "kind": "folder", "path": "b/c", "origin": "YQ==", "claims": {"a": "b"}},
        {"area": "legal", "kind": "file", "path": "c", "claims": {"paper.role": "order"}},
    ]
    both = b"\n".join(canonical(each) for each in others)
    return [b"\n".join(seen), both, *seen, files.encode()]


def rows(data: bytes) -> None:
    """Read rows over ciphertext of zeros, listed as many and as long as they are."""
    count = len(data) // chunks.ROW_SIZE
    lengths = [int.from_bytes(data[at : at + 4], "big") for at in range(0, count * 64, 64)]
    size = min(sum(lengths), 1 << 21)
    segment = Segment(size=size, chunks=max(count, 1), root="0" * 64)
    files = {"data/000001.idx": data, "data/000001.bin": bytes(size)}
    for _ in reading.read_segments(Memory(files), "data", [segment], lambda _: None):
        pass


def table(data: bytes) -> None:
    list(tables.read_lines(io.BytesIO(data).read, len(data), KEY))


def good_table() -> bytes:
    file = io.BytesIO()
    made = tables.TableWriter(file, KEY, counting_random())
    made.add(b"line\n" * 20)
    made.finish()
    return file.getvalue()


def case(data: bytes) -> None:
    """Read a description that a hostile sealer encrypted in due form."""
    file, package = io.BytesIO(), "0" * 64
    key = chunks.table_key(KEY, bytes(32), models.CASE)
    written = tables.TableWriter(file, key, counting_random())
    written.add(data)
    written.finish()
    named: Any = SimpleNamespace(path=models.CASE, size=file.tell())
    said: Any = SimpleNamespace(files=[named], package=package)
    description_file.read_case(Memory({models.CASE: file.getvalue()}), said, KEY)


def journal(data: bytes) -> None:
    """Go on from whatever lies in the place of a journal, then add to it and read that back."""
    with tempfile.TemporaryDirectory(dir=ROOM) as folder:
        path = Path(folder) / "journal"
        path.write_bytes(data)
        handle = Journal.lock(path)
        try:
            opened = Journal.resume(handle, KEY, counting_random())
            # Of a journal that cannot be read nothing is gone on with.
            if opened is not None and (whole := len(list(opened.records()))):
                opened.append({"more": 1}, [b"line\n"])
                again = Journal.resume(handle, KEY, counting_random())
                assert again is not None
                assert len(list(again.records())) == whole + 1
        finally:
            os.close(handle)


ROOM = "/dev/shm" if Path("/dev/shm").is_dir() else None


def good_journal() -> bytes:
    with tempfile.TemporaryDirectory(dir=ROOM) as folder:
        path = Path(folder) / "journal"
        handle = Journal.lock(path)
        written = Journal.begin(handle, b"p" * 32, KEY, counting_random())
        for number in range(3):
            written.append({"number": number}, [b"line\n"] * number)
        os.close(handle)
        return path.read_bytes()


def key_file(data: bytes) -> None:
    with tempfile.TemporaryDirectory(dir=ROOM) as folder:
        path = Path(folder) / "key"
        path.touch(mode=0o600)
        path.write_bytes(data)
        keys.load(path)


def statement(data: bytes) -> None:
    """Read a payload of one of all kinds; the first byte says which."""
    if data:
        statements.read_payload(MEDIA_TYPES[data[0] % len(MEDIA_TYPES)], data[1:])


PAYLOADS = [each["input"] for each in made("statements/payloads")]
MEDIA_TYPES = sorted(opening._BY_MEDIA_TYPE)


def spelled(given: Any) -> bytes:
    """Return the bytes that a vector spells; of one that repeats a unit, a few."""
    if isinstance(given, dict):
        if "base64" in given:
            return base64.b64decode(given["base64"])
        made = given["repeat"]
        return str(made["before"] + made["unit"] * 3 + made["after"]).encode()
    try:
        return base64.b64decode(given, validate=True)
    except ValueError:
        return str(given).encode()


def payloads() -> list[bytes]:
    known = [each for each in PAYLOADS if each["media_type"] in MEDIA_TYPES]
    return [bytes([MEDIA_TYPES.index(each["media_type"])]) + spelled(each["payload"]) for each in known]


def path_of(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    fault = names.fault(text)
    written = names.portable_names({each for each in text.split("/") if each})
    folded = [names.fold(form) for form in written.values()]
    assert len(set(folded)) == len(folded)
    # What is portable stays as it is, unless it looks escaped or another one of its folder folds alike.
    alike = len({names.fold(name) for name in written}) < len(written)
    assert fault or alike or "=" in text or text == "/".join(written[each] for each in text.split("/"))
    assert all(names.fault(form) in {None, "too long"} for form in written.values())


def bundle(data: bytes) -> None:
    known = vectors("register/bundles")
    read_bundle(data)
    ring_from(data, known["root"].encode(), parse_instant(known["at"]))


def address(data: bytes) -> None:
    """Judge an address as one of a file in an object store."""
    links.check_address("README.txt", data.decode("utf-8", "replace"))


LINKS = canonical(
    {
        "type": "links",
        "version": 1,
        "expires": "2028-04-02T09:00:00Z",
        "files": [
            {"path": "README.txt", "get": "https://store.example/a?X-Amz-Signature=00"},
            # One place is read and written: with another signature, and nothing else.
            {
                "path": "data/000001.bin",
                "get": "https://[::1]:9/c%20d?s=1",
                "put": "https://[::1]:9/c%20d?s=2",
            },
        ],
    }
)
ADDRESSES = [
    *(b"https://store.example/a?b=c", b"http://localhost:9000/b", b"https://a@b/c", b"https://[::1]:443/c"),
    *(
        b"https://xn--e1afmkfd.example/",
        b"https://user:pass@b/#c",
        b"https://a:99999/",
        b"//a",
        b"https://\\a",
    ),
]


def texts(name: str, member: str) -> Callable[[], list[bytes]]:
    def seeds() -> list[bytes]:
        found = (each[member] for each in made(name))
        return [each.encode() if isinstance(each, str) else canonical(each) for each in found]

    return seeds


def encoded(name: str, member: str) -> Callable[[], list[bytes]]:
    def seeds() -> list[bytes]:
        return [spelled(each["input"][member]) for each in made(name)]

    return seeds


MANIFEST = canonical(
    {
        "type": "medium",
        "version": 1,
        "hand_over": {
            "medium": "WD",
            "seal_number": "A-0042/7",
            "receipt": "HO 17",
            "handed_by": "V",
            "handed_to": "B",
            "on": "2028-03-14",
        },
        "packages": [{"package": "0" * 64, "seal": "1" * 64, "size": 9}],
    }
)
RELEASE = canonical(
    {
        "type": "release",
        "version": 1,
        "package": "0" * 64,
        "seal": "1" * 64,
        "released_by": "vnm/a05",
        "released_at": "2028-04-02T09:00:00Z",
        "rehearsal": False,
        "conditions": {"use": "evidence", "onward": "not_without_consent", "proceedings": ["DN-1"]},
        "wraps": [{"recipient": "vnm/court", "key": "2" * 64, "wrap": "AAAA"}],
    }
)


def manifest(data: bytes) -> None:
    with tempfile.TemporaryDirectory(dir=ROOM) as folder:
        (Path(folder) / medium.MANIFEST).write_bytes(data)
        said = medium.read_medium(Path(folder), seal_number="A-0042/7")
        assert len(said.carried.seal) == 64


DOCUMENTS = {
    "wire": Target(wire.parse, lambda: [good("recipients.json"), b'{"a":[1,null,"\\u00e9"]}']),
    "envelope": Target(dsse.read, lambda: every("seal.dsse.json")),
    "seal": Target(seal, lambda: [dsse.read(each).payload for each in every("seal.dsse.json")]),
    "recipients": Target(
        lambda data: wire.decode(data, Recipients, limit=1 << 20), lambda: every("recipients.json")
    ),
    "entries": Target(entries, lines_of_the_good_table),
    "rows": Target(rows, lambda: every("data/000001.idx")),
    "table": Target(table, lambda: [good_table()]),
    "case": Target(case, lambda: [b'{"@graph":[]}\n', b"{}\n{}\n", b'{"a":1,"a":2}\n', b"[" * 40 + b"\n"]),
    "journal": Target(journal, lambda: [good_journal()]),
    "links": Target(lambda data: links.read_links(data, BEGIN), lambda: [LINKS]),
    "address": Target(address, lambda: ADDRESSES),
    "medium": Target(manifest, lambda: [MANIFEST]),
    "release": Target(
        lambda data: wire.decode(data, releasing.ReleaseStatement, limit=dsse.MAX_ENVELOPE), lambda: [RELEASE]
    ),
    "note": Target(notes.read_note, texts("custody/checkpoints", "note")),
    "checkpoint": Target(
        lambda data: custody.read_checkpoint(notes.read_note(data).text), texts("custody/checkpoints", "note")
    ),
    "receipt": Target(custody.read_receipt, texts("custody/receipts", "receipt")),
    "witness": Target(custody.read_request, texts("custody/requests", "body")),
    "fork": Target(custody.read_fork, texts("custody/forks", "fork")),
    "statement": Target(statement, payloads),
    "transfer": Target(envelopes.read_transfer, encoded("envelopes/transfers", "transfer")),
    "key": Target(key_file, encoded("keys/files", "file")),
    "bundle": Target(bundle, lambda: [canonical(vectors("register/bundles")["bundle"])]),
    "path": Target(path_of, lambda: [b"case/access.log", b"../a", b"aux.c/12:30", b"caf\xc3\xa9/\xff=41"]),
}
