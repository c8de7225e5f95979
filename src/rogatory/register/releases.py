"""A Party's release: its role files and documents, signed by its own custodians, ready to be published.

A release is made at the Party, not at the register's host. It is one file, and it verifies against the
delegation alone, so that two Parties can exchange it when the host cannot be reached.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator
from tuf.api.metadata import DelegatedRole, Delegations, Targets

from rogatory import wire
from rogatory.errors import RegisterError, WireError
from rogatory.keys import PublicKey, SigningPair
from rogatory.register import layout, metadata
from rogatory.register.documents import PartyAuthorities, PartyIdentity
from rogatory.values import Base64, Frozen, PartyCode, ShortText

__all__ = ["MAX_RELEASE", "Release", "read_release", "sign_authorities", "sign_identity", "write_release"]

MAX_RELEASE: Final = 6 << 20
OFFLINE_DAYS: Final = 365
ONLINE_DAYS: Final = 90


class Release(Frozen):
    """The files of one Party at one moment, by the path under which they are served."""

    type: Literal["register_release"] = "register_release"
    version: Literal[1] = 1
    party: PartyCode
    files: Annotated[dict[ShortText, Base64], Field(min_length=1, max_length=4)]

    @model_validator(mode="after")
    def _check(self) -> Self:
        for path in self.files:
            check_own_path(self.party, path)
        return self

    def merged(self, other: Release) -> Release:
        """Return both releases of one Party as one.

        Raises:
            RegisterError: REG-010 they are of two Parties.
        """
        if other.party != self.party:
            raise RegisterError("REG-010", role=self.party, path=f"parties/{other.party}")
        return Release(party=self.party, files=self.files | other.files)


def sign_identity(
    identity: PartyIdentity,
    version: int,
    offline: Sequence[SigningPair],
    online: Iterable[PublicKey],
    now: datetime,
    *,
    threshold: int = 1,
) -> Release:
    """Return a Party's offline half: who its authorities are, and whose keys sign online.

    Args:
        identity: The document.
        version: One above the last.
        offline: The Party's offline custodians.
        online: The keys of the online role.
        now: The instant, UTC; the role speaks for a year.
        threshold: How many online custodians must sign.
    """
    party = identity.party
    data, name = wire.encode(identity), f"parties/{party}/{layout.IDENTITY}"
    keys = metadata.custodians(online)
    role = DelegatedRole(
        layout.online_role(party),
        sorted(keys),
        threshold,
        terminating=True,
        paths=[layout.own_paths(layout.online_role(party))[0]],
    )
    signed = Targets(
        version,
        None,
        now + timedelta(days=OFFLINE_DAYS),
        {name: metadata.target_file(name, data)},
        Delegations(dict(keys), {role.name: role}),
    )
    return _release(party, signed, offline, name, data)


def sign_authorities(
    authorities: PartyAuthorities, version: int, online: Sequence[SigningPair], now: datetime
) -> Release:
    """Return a Party's online half: how to deal with its authorities, and every key they ever held.

    Args:
        authorities: The document.
        version: One above the last.
        online: The Party's online custodians.
        now: The instant, UTC; the role speaks for 90 days.
    """
    party = authorities.party
    data, name = wire.encode(authorities), f"parties/{party}/{layout.AUTHORITIES}"
    signed = Targets(
        version, None, now + timedelta(days=ONLINE_DAYS), {name: metadata.target_file(name, data)}
    )
    return _release(layout.online_role(party), signed, online, name, data)


def _release(role: str, signed: Targets, pairs: Sequence[SigningPair], name: str, data: bytes) -> Release:
    found = {
        layout.metadata_path(role, signed.version): metadata.sign(signed, pairs),
        layout.target_path(name, metadata.digest(data)): data,
    }
    return Release(party=role.partition(".")[0], files=found)


def write_release(release: Release) -> bytes:
    """Return a release's canonical bytes."""
    return wire.encode(release)


def read_release(data: bytes) -> Release:
    """Return the release that the bytes spell; its paths are its Party's, and no signature is checked.

    Raises:
        RegisterError: REG-001 unreadable, REG-010 another Party's file, REG-035 a path.
    """
    try:
        return wire.decode(data, Release, limit=MAX_RELEASE)
    except WireError as error:
        raise RegisterError("REG-001", file="the release", reason=error.code) from error


def check_own_path(party: str, path: str) -> None:
    """Refuse a path of another Party, of the register itself, or out of the folder.

    Raises:
        RegisterError: REG-010, REG-035.
    """
    if layout.party_of_path(layout.check_path(path)) != party:
        raise RegisterError("REG-010", role=party, path=path)
