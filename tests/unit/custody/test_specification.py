"""The specification's example computes, and what it promises by number is what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from rogatory import custody, messages
from rogatory.custody import receipts, witness
from rogatory.envelopes import notes
from rogatory.envelopes.note_keys import PUBLIC_SIZE
from rogatory.wire import media_type

PAGE = (Path(__file__).parents[3] / "spec" / "custody.md").read_text(encoding="utf-8")


def test_the_example_computes():
    document = re.search(r"```json\n(.*?)```", PAGE, re.DOTALL).group(1)
    receipt = custody.read_receipt(document.encode())
    head = custody.read_checkpoint(receipt.checkpoint.partition("\n\n")[0] + "\n")
    assert custody.commit(receipt.opening.salt, receipt.opening.event.encode()) == receipt.leaf
    receipts.check_path(receipt, head.size, head.root)
    assert head.text in PAGE


def test_every_code_that_it_names_is_explained_and_every_code_of_the_room_is_named():
    named = set(re.findall(r"LOG-\d{3}", PAGE))
    for first, last in re.findall(r"LOG-(\d{3}) to LOG-(\d{3})", PAGE):
        named |= {f"LOG-{number:03}" for number in range(int(first), int(last) + 1)}
    known = {code for code in messages.codes() if code.startswith("LOG-")}
    assert named <= known
    # What only a keeper of a log, or its software, can run into is no rule of the bytes.
    assert known - named == {"LOG-024", "LOG-028", "LOG-031", "LOG-032", "LOG-033", "LOG-035", "LOG-036"}


def test_every_clause_that_the_source_cites_is_there():
    folder = Path(__file__).parents[3] / "src" / "rogatory"
    clauses = set(re.findall(r"^(\d+\.\d+) ", PAGE, re.MULTILINE))
    sources = [*folder.glob("custody/*.py"), folder / "envelopes/notes.py", folder / "envelopes/note_keys.py"]
    cited = set()
    for source in sources:
        for text in re.findall(r"spec/custody\.md ([\d., to]*\d)", source.read_text(encoding="utf-8")):
            cited |= set(re.findall(r"\d+\.\d+", text))
    assert cited
    assert cited <= clauses


def test_its_limits_are_those_of_the_code():
    assert f"at most {notes.MAX_NOTE_SIZE // 1024} KiB" in PAGE
    assert f"at most {notes.MAX_LINES} lines" in PAGE
    assert f"at most {witness.MAX_PROOF_LINES} hashes" in PAGE
    assert f"at most {receipts.MAX_RECEIPT_SIZE // 1024} KiB" in PAGE
    assert f"at most {receipts.MAX_EVENT_SIZE // 1024} KiB" in PAGE
    assert all(f"{size} bytes" in PAGE for size in PUBLIC_SIZE.values())
    assert media_type("custody-receipt", 1) in PAGE
    assert media_type("custody-fork", 1) in PAGE
