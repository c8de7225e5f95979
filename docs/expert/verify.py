"""Verify a sealed package: python3 verify.py PACKAGE KEY.json. It needs openssl, and no package of Python."""

import base64
import hashlib
import json
import pathlib
import subprocess
import sys
import tempfile

from blake3_plain import blake3

HEADS = {"ED25519": "302a300506032b6570032100", "ML-DSA-65": "308207b2300b0609608648016503040312038207a100"}


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def must(holds, what):
    if not holds:
        sys.exit(f"DOES NOT HOLD: {what}")


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def tree(leaves):
    cut = 1 << (len(leaves) - 1).bit_length() >> 1
    return leaves[0] if len(leaves) == 1 else sha(b"\1", tree(leaves[:cut]), tree(leaves[cut:]))


def openssl(name, half, message, signature):
    """Verify one signature; older versions of openssl know no ML-DSA, and all know the other."""
    known = subprocess.run("openssl list -signature-algorithms".split(), capture_output=True, check=True)
    if name == "ML-DSA-65" and name.encode() not in known.stdout.upper():
        print(f"signature {name}: NOT CHECKED, this openssl does not know it (3.5 does)")
        return
    with tempfile.TemporaryDirectory() as folder:
        key = bytes.fromhex(HEADS[name]) + half
        for file, data in (("key", key), ("message", message), ("sig", signature)):
            pathlib.Path(folder, file).write_bytes(data)
        words = "openssl pkeyutl -verify -pubin -keyform DER -inkey key -rawin -in message -sigfile sig"
        done = subprocess.run(words.split(), cwd=folder, check=False, capture_output=True)
    must(done.returncode == 0, f"signature {name}")
    print(f"signature {name}: holds")


def signed(seal_file, key_file):
    """Return what is under the seal, once it was signed by the key that you were given."""
    envelope = json.loads(seal_file.read_bytes())
    key = json.loads(pathlib.Path(key_file).read_bytes())["key"]
    key_id = sha(b"rogatory/key-id/v1\0", canonical(key)).hex()
    kind, payload = envelope["payloadType"].encode(), base64.b64decode(envelope["payload"])
    message = b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)
    signatures = zip(HEADS, ("classical", "post_quantum"), envelope["signatures"], strict=True)
    for name, half, signature in signatures:
        must(signature["keyid"] == key_id, "signed by another key")
        openssl(name, base64.b64decode(key[half]), message, base64.b64decode(signature["sig"]))
    seal = json.loads(payload)
    must(kind == b"application/vnd.rogatory.seal.v1+json", "not a seal")
    must(
        (key["purpose"], key["authority"]) == ("seal", seal["sealed_by"]), "not this authority's sealing key"
    )
    print(f"sealed by {seal['sealed_by']}, key {key_id}, at {seal['sealed_at']} by its own word")
    return seal


def segment(name, listed):
    """Return the root over the chunks of one segment."""
    rows, data = name.with_suffix(".idx").read_bytes(), name.with_suffix(".bin").read_bytes()
    at, leaves = 0, []
    for row in (rows[start : start + 64] for start in range(0, len(rows), 64)):
        size = int.from_bytes(row[:4], "big")
        leaves.append(sha(b"\0rogatory/chunk-leaf/v1\0", row, blake3(data[at : at + size])))
        at += size
    must(
        (at, len(leaves)) == (len(data), listed["chunks"]) == (listed["size"], listed["chunks"]),
        f"size of {name}",
    )
    must(tree(leaves).hex() == listed["root"], f"{name} was changed")
    return sha(b"\0rogatory/segment-leaf/v1\0", tree(leaves))


def files(top):
    """Return the paths of all files; a link could lead to anything, and an empty folder's name say it."""
    below = list(top.rglob("*"))
    must(not any(path.is_symlink() for path in below), "a link is among the files")
    empty = [path for path in below if path.is_dir() and not any(path.iterdir())]
    must(not empty, f"empty folders: {empty}")
    return {path.relative_to(top).as_posix() for path in below if not path.is_dir()}


def package(top, seal):
    """Compare every file with the seal, and the list of files too."""
    there = files(top)
    known, roots = {"seal.dsse.json", "receipt/custody.json"}, []
    for each in seal["files"]:
        must(sha((top / each["path"]).read_bytes()).hex() == each["sha256"], f"{each['path']} was changed")
        known.add(each["path"])
    for area in ("data", "legal"):
        for number, listed in enumerate(seal["segments"].get(area, ()), 1):
            roots.append(segment(top / area / f"{number:06d}", listed))
            known |= {f"{area}/{number:06d}.bin", f"{area}/{number:06d}.idx"}
    must(there | {"receipt/custody.json"} == known, f"files added or missing: {there ^ known}")
    must(tree(roots).hex() == seal["ciphertext"], "the root over all segments")
    print(f"{len(known) - 1} files are those that were sealed, to the last byte")


if __name__ == "__main__":
    package(pathlib.Path(sys.argv[1]), signed(pathlib.Path(sys.argv[1], "seal.dsse.json"), sys.argv[2]))
