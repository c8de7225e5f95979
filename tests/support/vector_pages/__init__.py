"""The vectors of the spine, one module a room: what is given, what an implementation must say.

A case is made by a function, so that it can be made twice: once with stand-ins for what is drawn at
random (``sketched``), to see whether the case on disk is still the one that this tool describes, and
once for good if it is not.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

from pydantic import BaseModel

from rogatory.envelopes import transfer
from rogatory.keys import SigningPair
from rogatory.wire import encode

__all__ = ["Case", "Page", "accepted", "b64", "document", "refused", "sketched"]

Body = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """One vector: its name, and how to make its body."""

    name: str
    make: Callable[[], Body]


@dataclass(frozen=True)
class Page:
    """One file of vectors for one operation."""

    path: str
    about: str
    spec: str
    operation: str
    cases: tuple[Case, ...]
    given: Body = field(default_factory=dict)


def accepted(given: Body, **outputs: Any) -> Body:
    """Return the body of a case that must be accepted, with what must come out."""
    return {"input": given, "accept": outputs}


def refused(given: Body, code: str, *defeats: str | None) -> Body:
    """Return the body of a case that must be refused, by the check it defeats; rarely by two.

    Without a check the reading itself fails, so that nothing can be taken away.
    """
    checks = [each for each in defeats if each]
    how: Body = {"defeats": checks[0] if len(checks) == 1 else checks} if checks else {"structural": True}
    return {"input": given, "refuse": code, **how}


def b64(data: bytes) -> str:
    """Return bytes as they stand in a vector."""
    return base64.b64encode(data).decode()


def document(model: BaseModel) -> Any:
    """Return a model as it stands in a vector."""
    return json.loads(encode(model))


class _Stream:
    """A stand-in for HPKE: as long, and fixed by what goes in."""

    @staticmethod
    def encrypt(plain: bytes, _key: object, info: bytes) -> bytes:
        return hashlib.shake_256(info + plain).digest(len(plain) + 1136)


@contextmanager
def sketched() -> Iterator[None]:
    """Let nothing be drawn at random: ML-DSA and HPKE are replaced by streams of the same length."""
    real = SigningPair.sign

    def sign(self: SigningPair, message: bytes) -> tuple[bytes, bytes]:
        classical, post_quantum = real(self, message)
        return classical, hashlib.shake_256(self.seed + message).digest(len(post_quantum))

    with mock.patch.object(SigningPair, "sign", sign), mock.patch.object(transfer, "HPKE", _Stream):
        yield
