"""The one base of every model in the house: frozen, strict, closed."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

__all__ = ["Frozen"]


class Frozen(BaseModel):
    """A value that cannot be changed, has no member that its type does not name, and coerces nothing.

    It does not limit size, depth or duplicate members: ``rogatory.wire`` does that on the bytes,
    before a model sees them. An error never repeats the input, which may be a person's data.

    Source:
        PROTOCOL section 2: unknown members are refused; spec/values.md 1.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        validate_by_name=True,
        validate_by_alias=True,
        hide_input_in_errors=True,
    )
