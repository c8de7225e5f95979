"""``rogatory custody``."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from rogatory import cli, custody, keys
from rogatory.cli.custody import FolderStore
from rogatory.envelopes import notes
from rogatory.envelopes.notes import LineKind
from rogatory.errors import CustodyError

AT = datetime(2028, 3, 13, 18, 32, 4, tzinfo=UTC)
EVENTS = [f'{{"act":{number}}}'.encode() for number in range(300)]
LEAVES = [custody.commit(bytes(32), event) for event in EVENTS]


def pair(purpose, number):
    return keys.pair_from_seed(bytes([number]) * 32, purpose, "vnm/a05")


LOG = pair(keys.Purpose.LOG, 1)
LOG_KEY = custody.note_key("vnm.example/log", LOG.public)
WITNESSES = [
    (custody.note_key(f"{name}.example/witness", made.public), made)
    for name, made in (("fra", pair(keys.Purpose.WITNESS, 2)), ("third", pair(keys.Purpose.WITNESS, 3)))
]


def texts():
    found = [key.text for key in notes.verifier_keys(LOG_KEY, LineKind.ED25519)]
    for key, _ in WITNESSES:
        found += [each.text for each in notes.verifier_keys(key, LineKind.ED25519_COSIGNATURE)]
    return found


def head(leaves):
    root = custody.root(custody.append(custody.EMPTY, map(custody.leaf_hash, leaves)))
    note = custody.sign_checkpoint(custody.Checkpoint(LOG_KEY.name, len(leaves), root), LOG, LOG_KEY, AT)
    checkpoint = custody.read_checkpoint(note.text)
    lines = [line for key, made in WITNESSES for line in custody.cosign(checkpoint, made, key, AT)]
    return notes.write_note(notes.Note(note.text, (*note.lines, *lines)))


@pytest.fixture
def log(tmp_path):
    """A log of 300 leaves in a folder, grown in two steps."""
    store = FolderStore(tmp_path / "log")
    state = custody.grow(store, custody.EMPTY, LEAVES[:100])
    custody.grow(store, state, LEAVES[100:])
    store.write("checkpoint", head(LEAVES[:100]))
    store.write("checkpoint", head(LEAVES))
    return tmp_path / "log"


@pytest.fixture
def trusted(tmp_path):
    """A file of verifier keys."""
    path = tmp_path / "trusted.keys"
    path.write_text("# the log and two witnesses\n\n" + "\n".join(texts()) + "\n")
    return str(path)


@pytest.fixture
def receipt(log, tmp_path, capsys):
    """The receipt of leaf 260, made by the command."""
    opening = tmp_path / "opening.json"
    opening.write_bytes(json.dumps({"event": EVENTS[260].decode(), "salt": "A" * 43 + "="}).encode())
    path = tmp_path / "receipt.json"
    assert cli.main(["custody", "prove", str(log), "260", "--opening", str(opening), "--out", str(path)]) == 0
    assert f"leaf       {LEAVES[260].hex()}" in capsys.readouterr().out
    return path


def test_a_head_is_shown_and_said_to_be_unchecked_without_a_key(log, capsys):
    assert cli.main(["custody", "head", str(log)]) == 0
    shown = capsys.readouterr().out
    assert "log        vnm.example/log\nleaves     300\n" in shown
    assert "not checked" in shown


def test_a_head_is_checked_with_keys(log, trusted, capsys):
    for place in (log, log / "checkpoint"):
        assert cli.main(["custody", "head", str(place), "--key", trusted, "--json"]) == 0
        shown = json.loads(capsys.readouterr().out)
        assert (shown["origin"], shown["size"], shown["signed"]) == ("vnm.example/log", 300, True)
        assert [each["name"] for each in shown["witnesses"]] == [
            "fra.example/witness",
            "third.example/witness",
        ]


def test_a_head_that_was_changed_is_answered_no(log, trusted, capsys):
    (log / "checkpoint").write_bytes((log / "checkpoint").read_bytes().replace(b"\n300\n", b"\n301\n"))
    assert cli.main(["custody", "head", str(log / "checkpoint"), "--key", trusted]) == 1
    assert "signed     no: LOG-006 " in capsys.readouterr().out


def test_a_folder_whose_files_lead_elsewhere_is_answered_no(log, capsys):
    tile = log / "tile/0/001.p/44"
    tile.write_bytes(bytes(len(tile.read_bytes())))
    assert cli.main(["custody", "head", str(log), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["code"] == "LOG-036"


def test_a_receipt_is_verified_offline(receipt, trusted, capsys):
    assert cli.main(["custody", "verify", str(receipt), "--key", trusted]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("holds      leaf 260 of 300 in the log vnm.example/log\n")
    assert 'event      {"act":260}' in shown
    assert "witness    fra.example/witness, at 2028-03-13T18:32:04Z" in shown
    assert "does not prove" in shown


def test_a_receipt_is_verified_for_a_program_with_keys_on_the_line(receipt, capsys):
    given = [word for text in texts() for word in ("--key", text)]
    assert cli.main(["custody", "verify", str(receipt), "--json", *given]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["holds"], shown["index"], shown["event"]) == (True, 260, {"act": 260})


def test_too_few_witnesses_are_answered_no(receipt, trusted, capsys):
    assert cli.main(["custody", "verify", str(receipt), "--key", trusted, "--quorum", "3", "--json"]) == 1
    shown = json.loads(capsys.readouterr().out)
    assert (shown["holds"], shown["code"]) == (False, "LOG-043")


def test_a_witness_that_does_not_count_is_shown_as_such(log, tmp_path, capsys):
    own = pair(keys.Purpose.WITNESS, 4)
    key = custody.note_key("vnm.example/witness", own.public)
    note = notes.read_note(head(LEAVES))
    lines = custody.cosign(custody.read_checkpoint(note.text), own, key, AT)
    (log / "checkpoint").write_bytes(notes.write_note(notes.Note(note.text, (*note.lines[:4], *lines))))
    path, trusted = tmp_path / "receipt.json", tmp_path / "trusted.keys"
    more = [each.text for each in notes.verifier_keys(key, LineKind.ED25519_COSIGNATURE)]
    trusted.write_text("\n".join([*texts(), *more]))
    assert cli.main(["custody", "prove", str(log), "0", "--out", str(path)]) == 0
    capsys.readouterr()
    line = ["custody", "verify", str(path), "--key", str(trusted)]
    # The log's own Party and one other: one voice.
    assert cli.main(line) == 1
    assert "LOG-043 The checkpoint bears the lines of 1 known, independent" in capsys.readouterr().out
    assert cli.main([*line, "--quorum", "1"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert "witness    fra.example/witness, at 2028-03-13T18:32:04Z" in shown
    assert [each.partition(",")[0] for each in shown if "does not count" in each] == [
        "witness    vnm.example/witness"
    ]
    assert cli.main([*line, "--quorum", "1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["independent"] == ["fra.example/witness"]


def test_a_changed_receipt_is_answered_no(receipt, trusted, capsys):
    receipt.write_bytes(receipt.read_bytes().replace(b'"index":260', b'"index":261'))
    assert cli.main(["custody", "verify", str(receipt), "--key", trusted]) == 1
    assert capsys.readouterr().out.startswith("does not hold  LOG-012 ")


def test_an_erased_event_is_said_to_be_withheld(log, tmp_path, trusted, capsys):
    path = tmp_path / "bare.json"
    assert cli.main(["custody", "prove", str(log), "0", "--out", str(path)]) == 0
    assert cli.main(["custody", "verify", str(path), "--key", trusted]) == 0
    assert "event      withheld or erased" in capsys.readouterr().out


def test_a_fork_is_verified(tmp_path, trusted, capsys):
    one, other = (notes.read_note(head(leaves)) for leaves in (LEAVES, [bytes(32), *LEAVES[1:]]))
    path = tmp_path / "fork.json"
    path.write_bytes(custody.write_fork(custody.find_fork(one, other, LOG_KEY)))
    assert cli.main(["custody", "verify", str(path), "--key", trusted]) == 0
    assert "the log vnm.example/log signed two histories" in capsys.readouterr().out


@pytest.mark.parametrize(("content", "code"), [(b"", "WIRE-003"), (b"{}", "WIRE-010"), (b"[]", "WIRE-010")])
def test_a_file_that_is_no_receipt_is_unreadable_input(tmp_path, trusted, capsys, content, code):
    path = tmp_path / "receipt.json"
    path.write_bytes(content)
    assert cli.main(["custody", "verify", str(path), "--key", trusted]) == 2
    assert capsys.readouterr().err.startswith(f"{code} ")


def test_without_a_key_nothing_is_verified(receipt, capsys):
    assert cli.main(["custody", "verify", str(receipt)]) == 2
    assert capsys.readouterr().err.startswith("CLI-002 ")


@pytest.mark.parametrize(
    ("key", "code"), [("a+b+c", "LOG-004"), (texts()[0], "LOG-008"), ("./none", "CLI-003")]
)
def test_keys_that_make_no_ring_are_wrong_use(receipt, capsys, key, code):
    assert cli.main(["custody", "verify", str(receipt), "--key", key]) == 2
    assert capsys.readouterr().err.startswith(f"{code} ")


def test_a_leaf_that_is_not_there_is_not_proved(log, tmp_path, capsys):
    assert cli.main(["custody", "prove", str(log), "300", "--out", str(tmp_path / "x")]) == 2
    assert capsys.readouterr().err.startswith("LOG-010 ")
    assert not (tmp_path / "x").exists()


def test_the_keys_of_a_log_and_a_witness_are_shown(tmp_path, capsys):
    for number, (made, kind) in enumerate(((LOG, 1), (WITNESSES[0][1], 4))):
        path = tmp_path / str(number)
        keys.save(made, path)
        assert cli.main(["custody", "key", str(path), "--name", "x.example/y"]) == 0
        found = [notes.read_verifier_key(line) for line in capsys.readouterr().out.splitlines()]
        assert [(key.name, key.kind) for key in found] == [("x.example/y", kind), ("x.example/y", 6)]


def test_a_key_of_another_purpose_signs_no_notes(tmp_path, capsys):
    keys.save(pair(keys.Purpose.SEAL, 9), tmp_path / "key")
    assert cli.main(["custody", "key", str(tmp_path / "key"), "--name", "x"]) == 2
    assert capsys.readouterr().err.startswith("CLI-002 ")


def test_a_folder_keeps_what_was_written(tmp_path):
    store = FolderStore(tmp_path)
    store.write("tile/0/000.p/1", bytes(32))
    store.write("tile/0/000.p/1", bytes(32))
    with pytest.raises(CustodyError, match="LOG-034"):
        store.write("tile/0/000.p/1", b"x" * 32)
    assert store.read("tile/0/000.p/1") == bytes(32)
    assert store.read("tile/0/000") is None
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["1"]


@pytest.mark.parametrize("path", ["../x", "tile/0/../../x", "/etc/passwd", "tile/0/000.p/1/../../../x", ""])
def test_no_path_leads_out_of_a_folder(tmp_path, path):
    store = FolderStore(tmp_path / "log")
    with pytest.raises(CustodyError, match="LOG-030"):
        store.read(path)
    with pytest.raises(CustodyError, match="LOG-030"):
        store.write(path, b"x")
    assert list(tmp_path.iterdir()) == []
