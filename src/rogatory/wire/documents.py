"""Documents: strict JSON to frozen models and back, by versioned media type."""

from __future__ import annotations

import json
from functools import cache
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

    The result equals RFC 8785 as long as member names are ASCII, as all of ours are. It does not
    check that a model would accept the document, nor its size, which depends on the media type.

    Raises:
        WireError: WIRE-005 to WIRE-008, the document holds what a strict reader would refuse.

    Source:
        spec/wire.md, section 3.

    Examples:
        >>> canonical({"seq": 1, "case": "7c", "items": [True, None]})
        b'{"case":"7c","items":[true,null],"seq":1}'
    """
    strict.check_tree(document)
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
        WireError: WIRE-001 to WIRE-008 and WIRE-013 as ``strict.parse``; WIRE-010 a member is missing,
            unknown or malformed, with its place and the reason, never its content; WIRE-012 the
            document does not name its own type, version or suite.

    Source:
        spec/wire.md, section 2; PROTOCOL rule 2.
    """
    strict.parse(data, limit=limit)
    try:
        document = model.model_validate_json(data, by_alias=True, by_name=False)
    except ValidationError as error:
        raise wrong_member(error) from None
    check_named(document)
    return document


def check_named(document: BaseModel) -> None:
    """Refuse a document that leaves its type, version or suite to be guessed (PROTOCOL rule 2).

    The models fill these in for those who write; for those who read nothing is filled in.
    """
    for name in named_by_itself(type(document)):
        if name not in document.model_fields_set:
            raise WireError("WIRE-012", member=name)


@cache
def named_by_itself(model: type[BaseModel]) -> tuple[str, ...]:
    """Return which of type, version and suite a model fills in, and a document has to name."""
    fields = model.model_fields
    return tuple(
        name for name in ("type", "version", "suite") if name in fields and not fields[name].is_required()
    )


def wrong_member(error: ValidationError) -> WireError:
    """Return the first fault of a document as one of our errors, without what it held."""
    first = error.errors(include_input=False, include_url=False)[0]
    cause = first.get("ctx", {}).get("error")
    reason = cause.code if isinstance(cause, RogatoryError) else first["type"]
    place = ".".join(str(step) for step in first["loc"]) or "the document"
    return WireError("WIRE-010", place=place, reason=reason)


def schema(model: type[BaseModel]) -> dict[str, Any]:
    """Return the JSON Schema of a document as its media type is published in ``spec/schemas``.

    It says the shape alone; what else is refused stands in the clauses.
    """
    document = model.model_json_schema(by_alias=True)
    document["required"] = sorted({*document.get("required", ()), *named_by_itself(model)})
    return document
