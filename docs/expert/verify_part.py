"""Verify a disclosure and decrypt what it gives: python3 verify_part.py DISCLOSURE KEY.json FOLDER."""

import base64
import hmac
import io
import json
import pathlib
import subprocess
import sys
import tempfile

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


def content(line, place, source, hashes):
    """Return what is given of a file, and whether that is all of it, once it is what its entry says."""
    (rows, data, keys), leaves, text = source, {}, b""
    key = base64.b64decode(line["key"]) if "key" in line else None
    given = line.get("chunks", {"first": 0, "count": place["chunks"]})
    first, end = given["first"], given["first"] + given["count"]
    must(0 <= first < end <= place["chunks"] and (key is None or "chunks" not in line), "a range of no file")
    for number in range(first, end):
        info = b"rogatory/chunk-key/v1\0%b%c" % (number.to_bytes(8, "big"), number == place["chunks"] - 1)
        own = hmac.digest(key, info + b"\1", "sha256") if key else keys.read(32)
        plain, leaves[number] = chunk(rows, data, own)
        text += plain
    must(root(0, place["chunks"], leaves, hashes).hex() == place["root"], "other chunks")
    must(key is None or sha(text).hex() == line["entry"]["sha256"], "another file")
    return text, key is not None


def part(top, seal, out):
    """Prove every entry that is shown; only then is what is given of files put into a new folder."""
    lines = [json.loads(line) for line in (top / "entries.jsonl").read_bytes().splitlines()]
    numbers, size, given = [line["number"] for line in lines], seal["entries"]["size"], []
    must(all(type(each) is int and 0 <= each < size for each in numbers), "an entry beyond the table")
    must(numbers == sorted(set(numbers)), "an entry twice, or out of order")
    data = (top / "hashes.bin").read_bytes()
    hashes = iter([data[at : at + 32] for at in range(0, len(data), 32)])
    parts = [top / name for name in ("chunks.idx", "chunks.bin", "keys.bin")]
    source = [path.open("rb") if path.exists() else io.BytesIO() for path in parts]
    with tempfile.TemporaryDirectory(dir=out.parent) as unproved:
        for line in lines:
            if "key" in line or "chunks" in line:
                text, whole = content(line, line["entry"]["place"], source, hashes)
                given.append((f"{line['number']:06d}", line["entry"].get("path"), whole, len(text)))
                pathlib.Path(unproved, given[-1][0]).write_bytes(text)
        found = root(0, size, {line["number"]: leaf(line) for line in lines}, hashes)
        must(found.hex() == seal["entries"]["root"], "not under this seal")
        must(next(hashes, None) is None and not any(each.read() for each in source), "something is left over")
        whole = [line for line in lines if "hidden" not in line]
        whole = [line["number"] for line in whole if "key" in line or line["entry"]["kind"] != "file"]
        withheld(top, whole, size)
        out.mkdir()
        for name, path, whole, length in given:
            pathlib.Path(unproved, name).rename(out / name)
            what = "whole" if whole else "part of the sealed ciphertext"
            print(f"{out}/{name} is {path!r}, {what}: {length} bytes")
    print(f"{len(lines)} of {size} entries are, in what is shown, those that were sealed")


def withheld(top, whole, size):
    """Check that a list of what is withheld accounts for every entry; the reasons are the giver's word."""
    header = json.loads((top / "disclosure.json").read_bytes())
    must(header["seal"] == sha((top / "seal.dsse.json").read_bytes()).hex(), "of another package")
    if "withheld" not in header:
        return
    ranges = [range(each["from"], each["to"] + 1) for each in header["withheld"]]
    must(all(0 <= each.start < each.stop <= size for each in ranges), "a list of what no table holds")
    kept = [number for each in ranges for number in each]
    must(kept == sorted(set(kept)), "a list of what is withheld that is out of order")
    must(sorted([*kept, *whole]) == list(range(size)), "a list of what is withheld that leaves an entry out")
    for each in header["withheld"]:
        print(f"withheld, by the giver's word: entries {each['from']} to {each['to']}, {each['reason']!r}")


if __name__ == "__main__":
    here = pathlib.Path(sys.argv[1])
    part(here, signed(here / "seal.dsse.json", sys.argv[2]), pathlib.Path(sys.argv[3]))
