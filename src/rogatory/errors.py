"""The error tree: one root, one family a room.

::

    RogatoryError
    ├── ValuesError      VALUE-nnn   an identifier, instant or code that cannot be what it claims
    ├── WireError        WIRE-nnn    bytes that are not a document
    ├── KeysError        KEY-nnn     a key file, purpose or ring
    ├── EnvelopeError    ENV-nnn     a signature, a wrap, a cipher
    ├── StatementError   STMT-nnn    a document that is not a statement
    ├── ThreadError      THREAD-nnn  statements that do not fold
    ├── InstrumentError  INST-nnn    treaty data
    ├── RegisterError    REG-nnn     the signed directory
    ├── CustodyError     LOG-nnn     trees, proofs, checkpoints
    ├── LawError         LAW-nnn     misuse of the law room; a finding is never an error
    ├── ExchangeError    EXCH-nnn    the peer protocol
    ├── EvidenceError    EVID-nnn    sealed packages
    └── UsageError       CLI-nnn     the command line

Families whose rooms hold models are ``ValueError`` too, so that a model reports the fault's place.
A code is given once and never reused. An error carries its code and fields; the words come late
(``rogatory.messages``). ``str(error)`` is one line for a log, ``explain`` a paragraph for a person.
"""

from __future__ import annotations

from typing import Any, ClassVar

from rogatory import messages

__all__ = [
    "CustodyError",
    "EnvelopeError",
    "EvidenceError",
    "ExchangeError",
    "InstrumentError",
    "KeysError",
    "LawError",
    "RegisterError",
    "RogatoryError",
    "StatementError",
    "ThreadError",
    "UsageError",
    "ValuesError",
    "WireError",
]


class RogatoryError(Exception):
    """Something was wrong with the input, and this says what, by a code that never changes."""

    family: ClassVar[str] = ""

    def __init__(self, code: str, /, **fields: Any) -> None:
        """Keep the code and its fields; no sentence is built yet.

        Args:
            code: A code of this family that ``locale/en`` describes, such as ``WIRE-003``.
            **fields: What the sentence names. Never a secret, never personal data.
        """
        if not code.startswith(f"{self.family}-"):
            raise AssertionError(f"{code} does not belong to {type(self).__name__}")
        super().__init__(code)
        self.code = code
        self.fields = fields

    def __str__(self) -> str:
        """Return one line: the code, then the sentence."""
        return f"{self.code} {messages.sentence(self.code, self.fields)}"

    def explain(self, language: str = messages.FALLBACK) -> str:
        """Return the paragraph for a person: what happened, what it means, what to do next."""
        return messages.explain(self.code, self.fields, language)


class ValuesError(RogatoryError, ValueError):
    """A value that cannot be what it claims."""

    family = "VALUE"


class WireError(RogatoryError):
    """Bytes that are not a document of the media type they claim."""

    family = "WIRE"


class KeysError(RogatoryError, ValueError):
    """A key, its file, its purpose or its ring."""

    family = "KEY"


class EnvelopeError(RogatoryError):
    """A signature, a wrap or a cipher that does not hold."""

    family = "ENV"


class StatementError(RogatoryError, ValueError):
    """A well-formed document that is not a statement."""

    family = "STMT"


class ThreadError(RogatoryError):
    """Statements that cannot be folded together."""

    family = "THREAD"


class InstrumentError(RogatoryError):
    """Treaty data that does not line up."""

    family = "INST"


class RegisterError(RogatoryError):
    """The signed directory of authorities."""

    family = "REG"


class CustodyError(RogatoryError):
    """A tree, a proof or a checkpoint that does not hold."""

    family = "LOG"


class LawError(RogatoryError):
    """The law room was asked something it cannot read."""

    family = "LAW"


class ExchangeError(RogatoryError):
    """The peer protocol was not followed."""

    family = "EXCH"


class EvidenceError(RogatoryError):
    """A sealed package that is not what its seal says."""

    family = "EVID"


class UsageError(RogatoryError):
    """The command line was used wrongly."""

    family = "CLI"
