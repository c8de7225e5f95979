"""Documents: strict JSON to frozen models and back, by versioned media type."""

from __future__ import annotations

import json
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from rogatory.errors import RogatoryError, WireError
from rogatory.wire import strict

__all__ = ["MEDIA_PREFIX", "canonical", "decode", "encode", "media_type", "schema"]

MEDIA_PREFIX: Final = "application/vnd.rogatory."

Model = TypeVar("Model", bound=BaseModel)


def media_type(name: str, version: int, *, rehearsal: bool = False) -> str:
    """Return the media type of a document, such as ``application/vnd.rogatory.request.v1+json``.

    Source:
        spec/wire.md, section 2: a rehearsal has types of its own, never mixed with real ones.
    """
    return f"{MEDIA_PREFIX}{'rehearsal.' if rehearsal else ''}{name}.v{version}+json"


def canonical(document: Any) -> bytes:
    """Return the one spelling of a document: members sorted, no spaces, UTF-8.

    The result equals RFC 8785 for what ``strict.parse`` allows (no floats, integers within 2^53,
    member names in ASCII). It does not check that a model would accept the document.

    Raises:
        WireError: The document holds what a strict reader would refuse.
    """
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8", errors="strict")


def encode(model: BaseModel) -> bytes:
    """Return a model's canonical bytes; absent members are left out."""
    return canonical(model.model_dump(mode="json", by_alias=True, exclude_none=True))


def decode(data: bytes, model: type[Model], *, limit: int = strict.MAX_SIZE) -> Model:
    """Return the model that the bytes spell, strictly: no unknown member, no coercion.

    Args:
        data: A whole document.
        model: The frozen model of the media type; the caller dispatched on it before parsing.
        limit: Bytes allowed.

    Raises:
        WireError: WIRE-001 to WIRE-008 as ``strict.parse``; WIRE-010 a member is missing,
            unknown or malformed, with its place and the reason, never its content.
    """
    strict.parse(data, limit=limit)
    try:
        return model.model_validate_json(data, by_alias=True, by_name=False)
    except ValidationError as error:
        raise wrong_member(error) from None


def wrong_member(error: ValidationError) -> WireError:
    """Return the first fault of a document as one of our errors, without what it held."""
    first = error.errors(include_input=False, include_url=False)[0]
    cause = first.get("ctx", {}).get("error")
    reason = cause.code if isinstance(cause, RogatoryError) else first["type"]
    place = ".".join(str(step) for step in first["loc"]) or "the document"
    return WireError("WIRE-010", place=place, reason=reason)


def schema(model: type[BaseModel]) -> dict[str, Any]:
    """Return the JSON Schema of a document as its media type is published in ``spec/``."""
    return model.model_json_schema(by_alias=True)
