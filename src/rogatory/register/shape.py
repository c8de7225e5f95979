"""The one shape that a register's roles may have, so that role X alone speaks for Party X.

Plain TUF takes a target from the first role that names it, the top-level role before all others, and lets
a role delegate what it likes. Here every delegation and every target has one place (PROTOCOL section 4).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tuf.api.metadata import DelegatedRole, MetaFile, Targets

from rogatory.errors import RegisterError, ValuesError
from rogatory.keys import PublicKey
from rogatory.register import layout
from rogatory.register.documents import PartyAuthorities, PartyIdentity
from rogatory.register.hybrid import CustodianKey
from rogatory.values import party_of

__all__ = [
    "check_delegations",
    "check_identified",
    "check_listed",
    "check_no_delegation",
    "check_own_delegation",
    "check_own_file",
    "check_same_party",
    "check_top_level",
    "delegated",
    "delegation_keys",
]


def delegated(role: Targets) -> tuple[str, ...]:
    """Return the names of the roles under a role, sorted."""
    if role.delegations is None or role.delegations.roles is None:
        return ()
    return tuple(sorted(role.delegations.roles))


def delegation_keys(role: Targets) -> Iterable[PublicKey]:
    """Return the custodians' keys that a role names for the roles under it."""
    found = role.delegations.keys.values() if role.delegations else ()
    return [key.public for key in found if isinstance(key, CustodianKey)]


def check_listed(role: str, meta: Mapping[str, MetaFile]) -> None:
    """Refuse a snapshot that does not name the role.

    Raises:
        RegisterError: REG-009.
    """
    if f"{role}.json" not in meta:
        raise RegisterError("REG-009", file=f"{role}.json")


def check_top_level(targets: Targets) -> None:
    """Refuse a top-level target of any other name than ``register.json``.

    A top-level ``parties/fra/identity.json`` would win over the role ``fra`` in plain TUF.

    Raises:
        RegisterError: REG-011.
    """
    for name in targets.targets:
        if name != layout.REGISTER_FILE:
            raise RegisterError("REG-011", path=name)


def check_delegations(targets: Targets) -> None:
    """Refuse a delegation that is not to one Party, for that Party's paths, by that Party's custodians.

    Raises:
        RegisterError: REG-012, REG-015.
    """
    if targets.delegations is None:
        return
    if targets.delegations.succinct_roles is not None:
        raise RegisterError("REG-012", role="targets")
    for name, role in (targets.delegations.roles or {}).items():
        if not _is_party(name):
            raise RegisterError("REG-012", role=name)
        check_role(role, name)
        check_custodians(targets, role, name)


def check_own_delegation(offline: Targets, party: str) -> None:
    """Refuse a Party's role that delegates anything but its own online role.

    Raises:
        RegisterError: REG-012, REG-015.
    """
    online = layout.online_role(party)
    if set(delegated(offline)) - {online} or (offline.delegations and offline.delegations.succinct_roles):
        raise RegisterError("REG-012", role=party)
    for role in ((offline.delegations and offline.delegations.roles) or {}).values():
        check_role(role, online)
        check_custodians(offline, role, party)


def check_no_delegation(online: Targets, role: str) -> None:
    """Refuse an online role that delegates at all.

    Raises:
        RegisterError: REG-012.
    """
    if online.delegations is not None:
        raise RegisterError("REG-012", role=role)


def check_own_file(signed: Targets, role: str) -> None:
    """Refuse a role that speaks for any file but its one own: not another Party's, not the other role's.

    Raises:
        RegisterError: REG-010.

    Source:
        PROTOCOL rule 6.
    """
    own = layout.own_paths(role)[1]
    for name in signed.targets:
        if name != own:
            raise RegisterError("REG-010", role=role, path=name)


def check_same_party(stated: str, party: str) -> None:
    """Refuse a document that names another Party than the role it came from.

    Raises:
        RegisterError: REG-010.
    """
    if stated != party:
        raise RegisterError("REG-010", role=party, path=f"parties/{stated}")


def check_identified(identity: PartyIdentity, authorities: PartyAuthorities) -> None:
    """Refuse an authority that the online role names and the offline role does not know.

    Raises:
        RegisterError: REG-017.
    """
    known = {each.id for each in identity.authorities}
    for each in authorities.authorities:
        if each.id not in known:
            raise RegisterError("REG-017", authority=each.id)


def _is_party(name: str) -> bool:
    try:
        return party_of(f"{name}/a") == name
    except ValuesError:
        return False


def check_role(role: DelegatedRole, name: str) -> None:
    """Refuse a delegation for other paths than the role's own, or one after which others may speak too."""
    right = role.name == name and role.paths == [layout.own_paths(name)[0]]
    if not right or role.path_hash_prefixes is not None or role.terminating is not True:
        raise RegisterError("REG-012", role=name)


def check_custodians(delegator: Targets, role: DelegatedRole, name: str) -> None:
    """Refuse a custodian of another Party: nobody else's key speaks for this one."""
    assert delegator.delegations is not None
    for key_id in role.keyids:
        key = delegator.delegations.keys.get(key_id)
        if isinstance(key, CustodianKey) and party_of(key.public.authority) != name:
            raise RegisterError("REG-015", party=name, authority=key.public.authority)
