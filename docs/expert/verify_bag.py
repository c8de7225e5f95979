"""Verify an opened package: python3 verify_bag.py BAG KEY.json."""

import json
import pathlib
import sys

from verify import canonical, files, must, sha, signed, tree


def leaf(entry, salts):
    """Return the leaf of an entry, from its members and their salts."""
    cut = [salts[at : at + 16] for at in range(0, len(salts), 16)]
    fields = [
        sha(b"rogatory/entry-field/v1\0", name.encode(), b"\0", salt, canonical(entry[name]))
        for name, salt in zip(sorted(entry), cut, strict=True)
    ]
    return sha(b"\0rogatory/entry-leaf/v1\0", *fields)


def bag(top, seal):
    """Compare the table with the seal, and every file with the table."""
    lines = (top / "rogatory/entries.jsonl").read_bytes().splitlines()
    salts = (top / "rogatory/salts.txt").read_text().split()
    entries = [json.loads(line) for line in lines]
    leaves = [leaf(entry, bytes.fromhex(each)) for entry, each in zip(entries, salts, strict=True)]
    must(len(leaves) == seal["entries"]["size"], "entries are missing")
    must(tree(leaves).hex() == seal["entries"]["root"], "the table is not the one that was sealed")
    sealed = [entry for entry in entries if entry["kind"] == "file"]
    for each in sealed:
        data = (top / each["area"] / each["path"]).read_bytes()
        must((len(data), sha(data).hex()) == (each["size"], each["sha256"]), f"{each['path']} was changed")
    known = {f"{each['area']}/{each['path']}" for each in sealed}
    there = {path for path in files(top) if path.startswith(("data/", "legal/"))}
    must(there == known, f"files added: {there - known}")
    print(f"{len(sealed)} files have the SHA-256 that was sealed; {len(entries)} entries are all there were")


if __name__ == "__main__":
    bag(pathlib.Path(sys.argv[1]), signed(pathlib.Path(sys.argv[1], "rogatory/seal.dsse.json"), sys.argv[2]))
