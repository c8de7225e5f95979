"""``delivery``: a sealed package is ready, for whom, and under which conditions."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from rogatory.statements import acts
from rogatory.statements.acts import About, ItemNumber
from rogatory.statements.header import Statement, Words
from rogatory.values import AuthorityId, Base64, Day, Digest, Frozen, Nonce, ShortText

__all__ = ["Delivery", "DeliveryBody", "UseConditions", "WrappedKey"]


class UseConditions(Frozen):
    """What the receiving Party may do with the evidence; it travels with every wrap."""

    use: Literal["intelligence", "lead", "evidence"]
    proceedings: tuple[ShortText, ...] = Field(default=(), max_length=20)
    onward: Literal["not_without_consent", "same_proceedings"] = "not_without_consent"
    destroy_by: Day | None = None
    words: Words | None = None


class WrappedKey(Frozen):
    """The package key, encrypted to one authority.

    Source:
        PROTOCOL section 6: every wrap is part of a statement signed by who wrapped it.
    """

    recipient: AuthorityId
    key: Digest
    wrap: Base64


class DeliveryBody(About):
    """Which package answers which items of the request, and the keys to it."""

    items: tuple[ItemNumber, ...] = Field(min_length=1, max_length=200)
    package: Nonce
    seal: Digest  # SHA-256 of seal.dsse.json
    files: Annotated[int, Field(ge=0, le=10_000_000)]
    size: Annotated[int, Field(ge=0, le=2**53)]  # bytes of ciphertext
    wraps: tuple[WrappedKey, ...] = Field(min_length=1, max_length=32)
    conditions: UseConditions
    certificate: ShortText | None = None

    @model_validator(mode="after")
    def _check_items(self) -> Self:
        acts.check_numbers(self.items)
        return self


class Delivery(Statement):
    """Evidence is ready to be fetched, verified and opened."""

    NAME: ClassVar[str] = "delivery"

    type: Literal["delivery"] = "delivery"
    body: DeliveryBody
