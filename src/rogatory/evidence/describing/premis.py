"""PREMIS 3: a verified package, and what happened to it, for an archive that keeps such records."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from html import escape
from typing import Final

from rogatory import __version__
from rogatory.evidence import models
from rogatory.evidence.models import Covered
from rogatory.evidence.opening.verifying import Verification
from rogatory.values import instant_text

__all__ = ["premis"]

SPACE: Final = "http://www.loc.gov/premis/v3"
HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    f'<premis xmlns="{SPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" version="3.0">\n'
)
SOFTWARE: Final = f"rogatory {__version__}"


def premis(found: Verification, at: datetime) -> bytes:
    """Return a PREMIS 3 document: the package, its small files, the events of its life, who acted.

    The events are those of the vocabulary of the Library of Congress: creation and signature as the sealer
    claims them, and the checks that were made now. It proves nothing itself: it tells of a verification.

    Args:
        found: What the verification said.
        at: When it was made, UTC.

    Source:
        spec/evidence.md 14; PREMIS Data Dictionary 3.0.
    """
    parts = (*_objects(found), *_events(found, at), *_agents(found))
    return (HEAD + "".join(f"  {each}\n" for each in parts) + "</premis>\n").encode()


def _element(name: str, *content: str) -> str:
    """Return an element of elements; what is empty stays out."""
    return f"<{name}>{''.join(content)}</{name}>"


def _text(name: str, text: object) -> str:
    return _element(name, escape(str(text)))


def _identifier(name: str, kind: str, value: str, *more: str) -> str:
    return _element(name, _text(f"{name}Type", kind), _text(f"{name}Value", value), *more)


def _objects(found: Verification) -> Iterator[str]:
    part = "".join(
        _element(
            "relationship",
            _text("relationshipType", "structural"),
            _text("relationshipSubType", "has part"),
            _identifier("relatedObjectIdentifier", "path", each.path),
        )
        for each in _files(found)
    )
    identifier = _identifier("objectIdentifier", "package", found.package)
    yield f'<object xsi:type="representation">{identifier}{part}</object>'
    for each in _files(found):
        yield _file(each)


def _files(found: Verification) -> tuple[Covered, ...]:
    return found.document.files


def _file(file: Covered) -> str:
    fixity = _element(
        "fixity", _text("messageDigestAlgorithm", "SHA-256"), _text("messageDigest", file.sha256)
    )
    name = {
        models.README: "text/plain",
        models.RECIPIENTS: "application/json",
        models.TRUST: "application/json",
    }
    kind = name.get(file.path, "application/octet-stream")
    form = _element("format", _element("formatDesignation", _text("formatName", kind)))
    facts = _element("objectCharacteristics", fixity, _text("size", file.size), form)
    return f'<object xsi:type="file">{_identifier("objectIdentifier", "path", file.path)}{facts}</object>'


def _events(found: Verification, at: datetime) -> Iterator[str]:
    sealed = instant_text(found.sealed_at)
    claim = "The time is the sealer's claim."
    yield _event(found, "1", "information package creation", sealed, (claim, None), sealer=True)
    signed = f"{claim} SHA-256 of {models.SEAL}: {found.seal}. Key: {found.key}."
    yield _event(found, "2", "digital signature generation", sealed, (signed, None), sealer=True)
    now = instant_text(at)
    proved = " ".join(each.sentence() for each in found.proves)
    yield _event(
        found, "3", "digital signature validation", now, (f"Key: {found.key}.", proved), sealer=False
    )
    checked = (
        "Every file, once decrypted." if found.opened else "Every byte of ciphertext; no key was at hand."
    )
    doubts = " ".join(each.sentence() for each in found.does_not_prove)
    yield _event(found, "4", "fixity check", now, (checked, doubts), sealer=False)


def _event(
    found: Verification, number: str, kind: str, instant: str, told: tuple[str, str | None], *, sealer: bool
) -> str:
    """Return an event: what it was, what is to be said of it, and, of a check, what came out."""
    detail, note = told
    outcome = ""
    if note is not None:
        outcome = _element(
            "eventOutcomeInformation",
            _text("eventOutcome", "success"),
            _element("eventOutcomeDetail", _text("eventOutcomeDetailNote", note)),
        )
    agent = ("authority", found.sealed_by) if sealer else ("software", SOFTWARE)
    return _element(
        "event",
        _identifier("eventIdentifier", "package and number", f"{found.package}/{number}"),
        _text("eventType", kind),
        _text("eventDateTime", instant),
        _element("eventDetailInformation", _text("eventDetail", detail)),
        outcome,
        _identifier("linkingAgentIdentifier", *agent),
        _identifier("linkingObjectIdentifier", "package", found.package),
    )


def _agents(found: Verification) -> Iterator[str]:
    for kind, name, sort in (
        ("authority", found.sealed_by, "organization"),
        ("software", SOFTWARE, "software"),
    ):
        yield _element(
            "agent",
            _identifier("agentIdentifier", kind, name),
            _text("agentName", name),
            _text("agentType", sort),
        )
