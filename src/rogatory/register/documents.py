"""What a register says of a Party: who may act for it, since when, by which keys, and how to reach them.

Two files a Party. ``identity.json`` changes seldom and is signed offline: the institution, its identity
keys, its call-back numbers. ``authorities.json`` holds the rest and is signed online.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from rogatory.errors import RegisterError
from rogatory.keys import KeyEntry, Purpose
from rogatory.values import AuthorityId, Frozen, Instant, LanguageTag, PartyCode, ShortText, party_of

__all__ = [
    "AuthorityEntry",
    "AuthorityIdentity",
    "CallBack",
    "Channel",
    "Hours",
    "LegalThreshold",
    "Nature",
    "PartyAuthorities",
    "PartyIdentity",
    "RegisterFile",
]

Names = Annotated[dict[LanguageTag, ShortText], Field(min_length=1, max_length=40)]
Word = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$", strict=True)]
Address = Annotated[str, StringConstraints(pattern=r"^https?://[!-~]{1,190}$", strict=True)]
Telephone = Annotated[str, StringConstraints(pattern=r"^\+[1-9][0-9]{6,14}$", strict=True)]


class Nature(StrEnum):
    """What an institution is at home; a receiver may decline one (PRACTICE section 4, point 5)."""

    POLICE = "police"
    PROSECUTOR = "prosecutor"
    JUDICIARY = "judiciary"
    MINISTRY = "ministry"
    INTELLIGENCE = "intelligence"


class Channel(StrEnum):
    """How statements reach an authority."""

    NODE = "node"
    RELAY = "relay"
    LETTER = "letter"


class CallBack(Frozen):
    """A telephone number to call an authority back on; trusted once it has stood for 72 hours."""

    number: Telephone
    since: Instant
    until: Instant | None = None


class AuthorityIdentity(Frozen):
    """Who an authority is: signed offline by its Party."""

    id: AuthorityId
    names: Names
    nature: Nature
    keys: Annotated[tuple[KeyEntry, ...], Field(min_length=1, max_length=200)]
    call_back: Annotated[tuple[CallBack, ...], Field(max_length=50)] = ()
    closed: Instant | None = None


class Hours(Frozen):
    """When an authority answers, in its own time zone."""

    always: bool
    zone: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_+/-]{1,40}$", strict=True)]
    words: ShortText | None = None


class LegalThreshold(Frozen):
    """What the Party's law demands before a measure, in its own words."""

    measure: Word
    words: Names


class AuthorityEntry(Frozen):
    """How to deal with an authority: signed online by its Party.

    Attributes:
        id: The authority; its identity stands in ``identity.json``.
        door: The address of its peer door, or None where it has none.
        kinds: Kinds of request that it accepts.
        languages: That it reads, the preferred one first.
        channel: How statements reach it.
        hours: When it answers.
        powers_alone: Acts that one person may do there.
        thresholds: What the law demands before a measure.
        last_tested: When it last answered a rehearsal.
        keys: All it ever held, but for identity keys.
    """

    id: AuthorityId
    door: Address | None = None
    kinds: Annotated[tuple[Word, ...], Field(max_length=100)] = ()
    languages: Annotated[tuple[LanguageTag, ...], Field(min_length=1, max_length=40)]
    channel: Channel = Channel.NODE
    hours: Hours
    powers_alone: Annotated[tuple[Word, ...], Field(max_length=100)] = ()
    thresholds: Annotated[tuple[LegalThreshold, ...], Field(max_length=100)] = ()
    last_tested: Instant | None = None
    keys: Annotated[tuple[KeyEntry, ...], Field(max_length=1000)]


class PartyIdentity(Frozen):
    """The file ``identity.json`` of a Party."""

    type: Literal["register_identity"] = "register_identity"
    version: Literal[1] = 1
    party: PartyCode
    issued_at: Instant
    authorities: Annotated[tuple[AuthorityIdentity, ...], Field(max_length=200)]

    @model_validator(mode="after")
    def _check(self) -> Self:
        for each in self.authorities:
            check_entry(self.party, each.id, each.keys, identity=True)
        check_once([each.id for each in self.authorities])
        return self


class PartyAuthorities(Frozen):
    """The file ``authorities.json`` of a Party."""

    type: Literal["register_authorities"] = "register_authorities"
    version: Literal[1] = 1
    party: PartyCode
    issued_at: Instant
    authorities: Annotated[tuple[AuthorityEntry, ...], Field(max_length=200)]

    @model_validator(mode="after")
    def _check(self) -> Self:
        for each in self.authorities:
            check_entry(self.party, each.id, each.keys, identity=False)
        check_once([each.id for each in self.authorities])
        return self


class RegisterFile(Frozen):
    """The file ``register.json``: the register's own log, and the suite below which nothing counts."""

    type: Literal["register"] = "register"
    version: Literal[1] = 1
    issued_at: Instant
    origin: ShortText
    log_keys: Annotated[tuple[KeyEntry, ...], Field(min_length=1, max_length=100)]
    minimum_suite: Annotated[int, Field(ge=1, le=1000)] = 1

    @model_validator(mode="after")
    def _check(self) -> Self:
        if any(entry.key.purpose is not Purpose.LOG for entry in self.log_keys):
            raise RegisterError("REG-016", authority="the register")
        return self


def check_entry(party: str, authority: str, keys: tuple[KeyEntry, ...], *, identity: bool) -> None:
    """Refuse an authority of another Party, a key of another authority, or a purpose in the wrong file.

    Raises:
        RegisterError: REG-015, REG-016.
    """
    owners = {entry.key.authority for entry in keys} | {authority}
    if party_of(authority) != party or owners != {authority}:
        raise RegisterError("REG-015", party=party, authority=authority)
    for entry in keys:
        wrong = (entry.key.purpose is Purpose.IDENTITY) is not identity
        if wrong or entry.key.purpose is Purpose.REGISTER:
            raise RegisterError("REG-016", authority=authority)


def check_once(names: list[str]) -> None:
    """Refuse an authority or a key that one file names twice.

    Raises:
        RegisterError: REG-014.
    """
    for name in names:
        if names.count(name) > 1:
            raise RegisterError("REG-014", name=name)
