"""BLAKE3 in plain Python, written from its paper: about 100 kB a second. For more, install b3sum."""

import shutil
import struct
import subprocess

IV = list(
    struct.unpack(">8I", bytes.fromhex("6a09e667bb67ae853c6ef372a54ff53a510e527f9b05688c1f83d9ab5be0cd19"))
)
ORDER = (2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8)
MIXED = ((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15))
MIXED += ((0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14))
START, END, PARENT, ROOT = 1, 2, 4, 8


def turn(word, by):
    return (word >> by | word << (32 - by)) & 0xFFFFFFFF


def compress(cv, block, counter, flags):
    words = list(struct.unpack("<16I", block.ljust(64, b"\0")))
    v = cv + IV[:4] + [counter & 0xFFFFFFFF, counter >> 32, len(block), flags]
    for _ in range(7):
        for at, (a, b, c, d) in enumerate(MIXED):
            for word, right, left in ((words[2 * at], 16, 12), (words[2 * at + 1], 8, 7)):
                v[a] = (v[a] + v[b] + word) & 0xFFFFFFFF
                v[d] = turn(v[d] ^ v[a], right)
                v[c] = (v[c] + v[d]) & 0xFFFFFFFF
                v[b] = turn(v[b] ^ v[c], left)
        words = [words[at] for at in ORDER]
    return [v[at] ^ v[at + 8] for at in range(8)]


def last(data, number):
    """Return what is left to compress of a subtree: its root is compressed once more, with a flag."""
    if len(data) <= 1024:
        cv, blocks = IV, [data[at : at + 64] for at in range(0, len(data), 64)] or [b""]
        for at, block in enumerate(blocks[:-1]):
            cv = compress(cv, block, number, 0 if at else START)
        return cv, blocks[-1], number, END | (START if len(blocks) == 1 else 0)
    cut = 1024 << ((len(data) - 1) // 1024).bit_length() - 1
    left = compress(*last(data[:cut], number))
    right = compress(*last(data[cut:], number + cut // 1024))
    return IV, struct.pack("<16I", *left, *right), 0, PARENT


def blake3(data):
    if shutil.which("b3sum"):
        return bytes.fromhex(
            subprocess.run(["b3sum"], input=data, capture_output=True, check=True).stdout[:64].decode()
        )
    cv, block, number, flags = last(data, 0)
    return struct.pack("<8I", *compress(cv, block, number, flags | ROOT))
