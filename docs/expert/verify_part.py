"""Verify a disclosure and decrypt what it gives: python3 verify_part.py DISCLOSURE KEY.json FOLDER."""

import base64
import hmac
import json
import pathlib
import subprocess
import sys

from blake3_plain import blake3
from verify import canonical, must, sha, signed


def leaf(line):
    """Return the leaf of an entry: members that are shown, with their salts, among those that are not."""
    salts, entry = base64.b64decode(line["salts"]), line["entry"]
    hidden = {each["at"]: base64.b64decode(each["commitment"]) for each in line.get("hidden", ())}
    cut = [salts[at : at + 16] for at in range(0, len(salts), 16)]
    shown = [
        sha(b"rogatory/entry-field/v1\0", name.encode(), b"\0", salt, canonical(entry[name]))
        for name, salt in zip(sorted(entry), cut, strict=True)
    ]
    fields = [hidden[at] if at in hidden else shown.pop(0) for at in range(len(shown) + len(hidden))]
    return sha(b"\0rogatory/entry-leaf/v1\0", *fields)


def root(first, end, shown, hashes):
    """Walk the tree; where nothing is shown, the next hash stands for all of it."""
    if not any(first <= number < end for number in shown):
        return next(hashes)
    if end - first == 1:
        return shown[first]
    middle = first + (1 << (end - first - 1).bit_length() >> 1)
    return sha(b"\1", root(first, middle, shown, hashes), root(middle, end, shown, hashes))


def chunk(rows, data, key):
    """Return the plaintext of the next chunk and its leaf, once the row commits to the key."""
    row = rows.read(64)
    size = int.from_bytes(row[:4], "big")
    cipher = data.read(size)
    must(sha(b"rogatory/key-commitment/v1\0", key) == row[32:], "another key")
    # AES-GCM is AES-CTR from block 2 on; that nothing was changed is proved by the leaf.
    words = ["openssl", "enc", "-d", "-aes-256-ctr", "-K", key.hex(), "-iv", row[4:16].hex() + "00000002"]
    plain = subprocess.run(words, input=cipher, capture_output=True, check=True).stdout
    return plain, sha(b"\0rogatory/chunk-leaf/v1\0", row, blake3(cipher))


def part(top, seal, out):
    """Prove every entry that is shown, and write what is given of files into a new folder."""
    lines = [json.loads(line) for line in (top / "entries.jsonl").read_bytes().splitlines()]
    data = (top / "hashes.bin").read_bytes()
    hashes = iter([data[at : at + 32] for at in range(0, len(data), 32)])
    rows, cipher = (top / "chunks.idx").open("rb"), (top / "chunks.bin").open("rb")
    keys = (top / "keys.bin").open("rb") if (top / "keys.bin").exists() else None
    out.mkdir()
    for line in lines:
        entry, text, leaves = line["entry"], b"", {}
        key = base64.b64decode(line["key"]) if "key" in line else None
        given = {"first": 0, "count": entry["place"]["chunks"] if key else 0} | line.get("chunks", {})
        for number in range(given["first"], given["first"] + given["count"]):
            info = (
                b"rogatory/chunk-key/v1\0" + number.to_bytes(8, "big") + bytes([number == given["count"] - 1])
            )
            own = hmac.digest(key, info + b"\1", "sha256") if key else keys.read(32)
            plain, leaves[number] = chunk(rows, cipher, own)
            text += plain
        if given["count"]:
            top_of_file = root(0, entry["place"]["chunks"], leaves, iter(()) if key else hashes)
            must(top_of_file.hex() == entry["place"]["root"], "other chunks")
            must(key is None or sha(text).hex() == entry["sha256"], "another file")
            (out / f"{line['number']:06d}").write_bytes(text)
            whole = "whole" if key else "part of the sealed ciphertext"
            print(f"{out}/{line['number']:06d} is {entry['path']}, {whole}: {len(text)} bytes")
    found = root(0, seal["entries"]["size"], {line["number"]: leaf(line) for line in lines}, hashes)
    must(found.hex() == seal["entries"]["root"], "not under this seal")
    must(next(hashes, None) is None and not rows.read() + cipher.read(), "something is left over")
    print(f"{len(lines)} of {seal['entries']['size']} entries are, in what is shown, those that were sealed")


if __name__ == "__main__":
    here = pathlib.Path(sys.argv[1])
    part(here, signed(here / "seal.dsse.json", sys.argv[2]), pathlib.Path(sys.argv[3]))
