"""What docs/expert tells an expert witness to run verifies packages, and nothing of ours is in it."""

from __future__ import annotations

import ast
import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from blake3 import blake3
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PublicKey
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
