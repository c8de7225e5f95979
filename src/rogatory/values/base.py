"""The one base of every model in the house: frozen, strict, closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

__all__ = ["Frozen"]

SEQUENCES: Final = frozenset(("list", "tuple", "set", "frozenset"))


def fail_fast(schema: Any) -> None:
    """Let every sequence within a schema end at its first wrong element."""
    if isinstance(schema, dict):
        # A model can have a field named "type"; then a schema stands there, not a word.
        kind = schema.get("type")
        if isinstance(kind, str) and kind in SEQUENCES:
            schema["fail_fast"] = True
        for each in schema.values():
            fail_fast(each)
    elif isinstance(schema, (list, tuple)):
        for each in schema:
            fail_fast(each)


class Frozen(BaseModel):
    """A value that cannot be changed, has no member that its type does not name, and coerces nothing.

    It does not limit size, depth or duplicate members: ``rogatory.wire`` does that on the bytes,
    before a model sees them. An error never repeats the input, which may be a person's data, and the
    first wrong element of a sequence is the last that is looked at: a kilobyte of memory for each of
    half a million faults would let one small document fill a machine.

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

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return the schema with every sequence in it failing at its first fault."""
        schema = handler(source)
        fail_fast(schema)
        return schema
