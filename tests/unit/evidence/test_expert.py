"""What docs/expert tells an expert witness to run verifies packages, and nothing of ours is in it."""

from __future__ import annotations

import ast
import base64
import hashlib
import hmac
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from blake3 import blake3
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PublicKey
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CTR
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from rogatory import wire
from rogatory.evidence import Selection, Terms, Withholding, disclose, open_disclosure, open_package
from rogatory.keys import Purpose
from support.packages import ASKING, SEALER, basis, decryption, make
from support.world import counting_random, signing

EXPERT = Path(__file__).parents[3] / "docs/expert"
SCRIPTS = sorted(EXPERT.glob("*.py"))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A small package, its bag, two disclosures, and the sealer's public key in a file."""
    folder = tmp_path_factory.mktemp("expert")
    source = folder / "case"
    source.mkdir()
    (source / "access.log").write_bytes(b"203.0.113.57 - - GET /\n" * 40)
    (source / "empty").write_bytes(b"")
    (source / "large").write_bytes(b"x" * ((1 << 20) + 5))
    (source / "Ghi chú.txt").write_bytes("Việt Nam".encode())
    (folder / "order.txt").write_bytes(b"Order 2028/0312")
    small = folder / "small"
    small.mkdir()
    (small / "note.txt").write_bytes(b"seen at 23:47")
    make(folder, small, terms=Terms(legal=[folder / "order.txt"]), out="carried")
    package = make(folder, source).path
    key, random = decryption(ASKING), counting_random("expert")
    open_package(package, key, folder / "bag", basis(), random=random)
    chosen = Selection(files=["case/access.log", "case/empty"], members={"case/large": ["size"]})
    disclose(package, key, chosen, folder / "part", random=random)
    ranged = Selection(ranges={"case/large": (1 << 20, 1 << 20)}, withheld=[Withholding("case/empty", "why")])
    disclose(package, key, ranged, folder / "bundle", random=random)
    open_disclosure(folder / "bundle", folder / "opened", basis(), random=random)
    public = signing(SEALER, Purpose.SEAL).public
    shown = {"id": public.key_id, "key": public.model_dump(mode="json")}
    (folder / "key.json").write_bytes(wire.canonical(shown))
    return folder


def run(made, script, *words):
    """Run a script as an expert would: Python without any package, our own among them."""
    command = [sys.executable, "-E", "-S", str(EXPERT / script), *map(str, words)]
    return subprocess.run(command, cwd=made, capture_output=True, text=True, check=False)


def change(path, at):
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_the_scripts_use_plain_python_and_nothing_of_ours(script):
    tree = ast.parse(script.read_text(encoding="utf-8"))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [node.module] if isinstance(node, ast.ImportFrom) else [each.name for each in node.names]
        )
    }
    assert imported <= set(sys.stdlib_module_names) | {each.stem for each in SCRIPTS}


@pytest.mark.parametrize("size", [0, 1, 63, 64, 65, 1023, 1024, 1025, 2048, 3073, 5000])
def test_blake3_in_plain_python_is_blake3(size, monkeypatch):
    monkeypatch.syspath_prepend(EXPERT)
    import blake3_plain

    monkeypatch.setattr(blake3_plain.shutil, "which", lambda _: None)
    data = bytes(each % 251 for each in range(size))
    assert blake3_plain.blake3(data) == blake3(data).digest()


def test_the_head_of_a_key_is_the_one_that_openssl_reads(monkeypatch):
    monkeypatch.syspath_prepend(EXPERT)
    import verify

    raw = signing(SEALER, Purpose.SEAL).public.post_quantum
    key = MLDSA65PublicKey.from_public_bytes(raw)
    found = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    assert found == bytes.fromhex(verify.HEADS["ML-DSA-65"]) + raw


def test_the_script_verifies_a_package_and_refuses_one_that_was_changed(made, tmp_path):
    done = run(made, "verify.py", "carried", "key.json")
    assert (done.returncode, done.stderr) == (0, "")
    assert "signature ED25519: holds" in done.stdout
    assert "files are those that were sealed, to the last byte" in done.stdout
    bends = (("data/000001.bin", 3), ("legal/000001.idx", 20), ("README.txt", 5), ("seal.dsse.json", 40))
    for number, (path, at) in enumerate(bends):
        copy = tmp_path / str(number)
        shutil.copytree(made / "carried", copy)
        change(copy / path, at)
        assert run(made, "verify.py", copy, "key.json").returncode != 0
    (tmp_path / "0/added.txt").write_bytes(b"")
    shutil.copy(made / "carried/data/000001.bin", tmp_path / "0/data/000001.bin")
    assert "files added or missing" in run(made, "verify.py", tmp_path / "0", "key.json").stderr


def test_another_key_is_refused(made, tmp_path):
    public = signing(ASKING, Purpose.SEAL).public
    (tmp_path / "other.json").write_bytes(wire.canonical({"id": "", "key": public.model_dump(mode="json")}))
    assert "signed by another key" in run(made, "verify.py", "carried", tmp_path / "other.json").stderr


def test_the_script_verifies_an_opened_package(made, tmp_path):
    done = run(made, "verify_bag.py", "bag", "key.json")
    assert (done.returncode, done.stderr) == (0, "")
    assert "4 files have the SHA-256 that was sealed; 4 entries are all there were" in done.stdout
    check = ["sha256sum", "--check", "--quiet", "manifest-sha256.txt", "tagmanifest-sha256.txt"]
    subprocess.run(check, cwd=made / "bag", check=True)
    for number, (path, at) in enumerate(
        (("data/case/access.log", 3), ("rogatory/entries.jsonl", 60), ("rogatory/salts.txt", 3))
    ):
        copy = tmp_path / str(number)
        shutil.copytree(made / "bag", copy)
        change(copy / path, at)
        assert run(made, "verify_bag.py", copy, "key.json").returncode != 0


def test_the_script_verifies_a_disclosure_and_decrypts_it(made, tmp_path):
    done = run(made, "verify_part.py", "part", "key.json", tmp_path / "out")
    assert (done.returncode, done.stderr) == (0, "")
    assert "3 of 4 entries are, in what is shown, those that were sealed" in done.stdout
    contents = {path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert contents == {b"203.0.113.57 - - GET /\n" * 40, b""}
    copy = tmp_path / "copy"
    shutil.copytree(made / "part", copy)
    change(copy / "hashes.bin", 3)
    assert "not under this seal" in run(made, "verify_part.py", copy, "key.json", tmp_path / "second").stderr


def forged_chunk(key):
    """Return a row, ciphertext and leaf that fit together, under a key of the forger's own."""
    text, nonce = b"I confess", bytes(12)
    cipher = Cipher(AES(key), CTR(nonce + b"\0\0\0\2")).encryptor().update(text)
    commitment = hashlib.sha256(b"rogatory/key-commitment/v1\0" + key).digest()
    row = len(cipher).to_bytes(4, "big") + nonce + bytes(16) + commitment
    leaf = b"\0rogatory/chunk-leaf/v1\0" + row + blake3(cipher).digest()
    return text, row, cipher, hashlib.sha256(leaf).hexdigest()


def forged_line(number, text, root, key):
    place = {"segment": 1, "chunk": 0, "offset": 0, "chunks": 1, "root": root}
    commitment = hashlib.sha256(b"rogatory/key-commitment/v1\0" + key).hexdigest()
    keys = {"salt": base64.b64encode(bytes(32)).decode(), "commitment": commitment}
    digest = hashlib.sha256(text).hexdigest()
    entry = {"area": "data", "kind": "file", "path": "case/confession.txt", "size": len(text)}
    entry |= {"sha256": digest, "place": place, "keys": keys}
    salts = base64.b64encode(bytes(16 * len(entry))).decode()
    return {"number": number, "entry": entry, "salts": salts, "key": base64.b64encode(key).decode()}


@pytest.mark.parametrize(
    ("how", "why"),
    [("beyond", "an entry beyond the table"), ("twice", "an entry twice"), ("range", "a range of no file")],
)
def test_what_a_forger_adds_to_a_disclosure_is_refused_and_nothing_is_written(made, tmp_path, how, why):
    copy, key = tmp_path / "copy", b"k" * 32
    shutil.copytree(made / "part", copy)
    lines = [json.loads(line) for line in (copy / "entries.jsonl").read_bytes().splitlines()]
    own = hmac.digest(key, b"rogatory/chunk-key/v1\0" + bytes(8) + b"\1\1", "sha256")
    text, row, cipher, root = forged_chunk(own)
    if how == "range":
        del lines[0]["key"]
        lines[0]["chunks"] = {"first": 1, "count": 1}
        (copy / "keys.bin").write_bytes(own)
        at_front = True
    else:
        number = lines[0]["number"] if how == "twice" else 1_000_000
        at_front = how == "twice"
        lines.insert(0 if at_front else len(lines), forged_line(number, text, root, key))
    for name, data in (("chunks.idx", row), ("chunks.bin", cipher)):
        there = (copy / name).read_bytes()
        (copy / name).write_bytes(data + there if at_front else there + data)
    (copy / "entries.jsonl").write_bytes(b"".join(wire.canonical(each) + b"\n" for each in lines))
    done = run(made, "verify_part.py", copy, "key.json", tmp_path / "out")
    assert (done.returncode, why in done.stderr) == (1, True)
    assert "confession" not in done.stdout
    assert sorted(each.name for each in tmp_path.iterdir()) == ["copy"]


def test_a_list_of_what_is_withheld_that_leaves_an_entry_out_is_refused(made, tmp_path):
    done = run(made, "verify_part.py", "bundle", "key.json", tmp_path / "out")
    assert (done.returncode, "by the giver's word" in done.stdout) == (0, True)
    copy = tmp_path / "copy"
    shutil.copytree(made / "bundle", copy)
    header = json.loads((copy / "disclosure.json").read_bytes())
    header["withheld"].pop()
    (copy / "disclosure.json").write_bytes(wire.canonical(header))
    assert "leaves an entry out" in run(made, "verify_part.py", copy, "key.json", tmp_path / "again").stderr


@pytest.mark.parametrize("folder", ["data/case", "legal"])
def test_a_file_that_was_added_to_a_bag_is_found(made, tmp_path, folder):
    shutil.copytree(made / "bag", tmp_path / "bag")
    (tmp_path / "bag" / folder).mkdir(exist_ok=True)
    (tmp_path / "bag" / folder / "planted.txt").write_bytes(b"planted")
    assert "files added" in run(made, "verify_bag.py", tmp_path / "bag", "key.json").stderr


@pytest.mark.parametrize("what", ["link", "folder"])
def test_a_link_or_an_empty_folder_in_a_package_is_found(made, tmp_path, what):
    copy = tmp_path / "copy"
    shutil.copytree(made / "carried", copy)
    if what == "link":
        (copy / "data/etc").symlink_to("/etc")
    else:
        (copy / "data/a message").mkdir()
    assert run(made, "verify.py", copy, "key.json").returncode == 1


def test_an_openssl_that_knows_neither_signature_proves_nothing(made, tmp_path):
    program = tmp_path / "openssl"
    program.write_text("#!/bin/sh\necho RSA\nexit 1\n")
    program.chmod(0o755)
    command = [sys.executable, "-E", "-S", str(EXPERT / "verify.py"), "carried", "key.json"]
    path = {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
    done = subprocess.run(command, cwd=made, env=path, capture_output=True, text=True, check=False)
    assert done.returncode == 1


def test_the_page_says_what_is_run_and_every_command_of_it_is_there():
    page = (EXPERT / "README.md").read_text(encoding="utf-8")
    for script in SCRIPTS:
        assert script.name in page
    for word in ("openssl", "sha256sum", "b3sum"):
        assert word in page


def test_a_digest_on_paper_is_the_one_of_sha256sum(made):
    digest = hashlib.sha256((made / "bag/data/case/access.log").read_bytes()).hexdigest()
    line = subprocess.run(
        ["sha256sum", "data/case/access.log"], cwd=made / "bag", capture_output=True, text=True, check=True
    )
    assert line.stdout.split()[0] == digest
    entries = [json.loads(each) for each in (made / "bag/rogatory/entries.jsonl").read_bytes().splitlines()]
    assert digest in {each["sha256"] for each in entries}
