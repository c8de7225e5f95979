"""Keccak-256 as Ethereum uses it: SHA-3 before its padding byte was fixed, so ``hashlib`` does not have it.

It checks capital letters of an address and protects nothing; speed and constant time do not matter here.
"""

from __future__ import annotations

from typing import Final

__all__ = ["keccak_256"]

_RATE: Final = 136
_MASK: Final = (1 << 64) - 1


def _round_constants() -> tuple[int, ...]:
    constants, register = [], 1
    for _ in range(24):
        constant = 0
        for power in range(7):
            if register & 1:
                constant ^= 1 << ((1 << power) - 1)
            register = (register << 1) ^ (0x171 if register & 0x80 else 0)
        constants.append(constant)
    return tuple(constants)


_CONSTANTS: Final = _round_constants()


def _turn(lane: int, by: int) -> int:
    return ((lane << by) | (lane >> (64 - by))) & _MASK


def _permute(state: list[int]) -> None:
    """Apply Keccak-f[1600] to 25 lanes, lane (x, y) at x + 5y."""
    for constant in _CONSTANTS:
        column = [state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20] for x in range(5)]
        for place in range(25):
            x = place % 5
            state[place] ^= column[(x + 4) % 5] ^ _turn(column[(x + 1) % 5], 1)
        x, y, lane = 1, 0, state[1]
        for step in range(24):
            x, y = y, (2 * x + 3 * y) % 5
            offset = (step + 1) * (step + 2) // 2 % 64
            state[x + 5 * y], lane = _turn(lane, offset), state[x + 5 * y]
        for row in range(0, 25, 5):
            lanes = state[row : row + 5]
            for x in range(5):
                state[row + x] = lanes[x] ^ (~lanes[(x + 1) % 5] & lanes[(x + 2) % 5])
        state[0] ^= constant


def keccak_256(data: bytes) -> bytes:
    """Return the 32 bytes of Keccak-256 (rate 136, padding byte 0x01).

    Source:
        The Keccak reference, version 3.0; test values in tests/unit/values.

    Examples:
        >>> keccak_256(b"").hex()[:16]
        'c5d2460186f7233c'
    """
    return _sponge(data, 0x01)


def _sponge(data: bytes, padding: int) -> bytes:
    # The padding byte is all that differs from SHA3-256 (0x06), by which a test checks the rest.
    padded = bytearray(data) + bytes([padding]) + bytes(-(len(data) + 1) % _RATE)
    padded[-1] |= 0x80
    state = [0] * 25
    for block in range(0, len(padded), _RATE):
        for lane in range(_RATE // 8):
            start = block + 8 * lane
            state[lane] ^= int.from_bytes(padded[start : start + 8], "little")
        _permute(state)
    return b"".join(lane.to_bytes(8, "little") for lane in state[:4])
