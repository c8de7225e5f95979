"""One fact set, several Parties: a request to each, none of which shows that there are others.

Each request has a case, a thread and a nonce of its own, and bears no reference that two recipients could
lay side by side. A Party learns of another only where the officer chooses so.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction

from rogatory import instruments
from rogatory.errors import RogatoryError
from rogatory.values import party_of
from rogatory_node.base import NodeError, directory
from rogatory_node.casework.models import Draft
from rogatory_node.casework.services import draft
from rogatory_node.people import selectors as people
from rogatory_node.people.models import Officer

__all__ = ["MOST", "Addressee", "Begun", "Foreseen", "begin_several", "foresee"]

MOST: Final = 50
"""Parties that one fact set is addressed to at most."""

# These name statements of one Party's thread: in any other they name nothing.
OF_ONE_THREAD: Final = ("extends", "preservation", "property.hold", "removal.kept_first")
# These would be the same with every Party, or tell what another was asked.
TELLING: Final = ("reference", "case_unit.reference", "earlier_requests")


@dataclass(frozen=True, slots=True)
class Addressee:
    """One Party that is asked, through one of its authorities.

    Attributes:
        recipient: The authority.
        items: The numbers of the items that it is asked for. None named: every item of the fact set but
            those whose provider is said to be in another Party.
        language: The language of the request; empty for that of the fact set.
        instrument: The instrument under which it is made; empty for that of the fact set.
    """

    recipient: str
    items: tuple[int, ...] = ()
    language: str = ""
    instrument: str = ""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What one Party would be asked.

    Attributes:
        addressee: The Party, through one of its authorities.
        body: What its draft would bear.
        left_out: Members of the fact set that it does not bear; what is missed is written anew.
        tells: Members in which another of the Parties asked is named, as far as codes and names show. Words
            that point to it in another way are for a person to find.
    """

    addressee: Addressee
    body: Mapping[str, Any]
    left_out: tuple[str, ...]
    tells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Begun:
    """A draft to one Party: what ``Foreseen`` says of it, and the draft itself."""

    draft: Draft
    left_out: tuple[str, ...]
    tells: tuple[str, ...]


def foresee(
    authority: str, body: Mapping[str, Any], addressees: Sequence[Addressee], *, together: bool = False
) -> tuple[Foreseen, ...]:
    """Return what ``begin_several`` would write to each Party, in order; nothing is begun.

    Who may know it is not asked: it says nothing that the fact set does not.

    Raises:
        NodeError: NODE-520, NODE-522, NODE-523, NODE-505 as ``begin_several``.
    """
    check_addressees(authority, addressees)
    facts = draft.storable({name: value for name, value in body.items() if name != draft.TYPED})
    found = []
    for each in addressees:
        raw, left_out = _addressed(facts, each, together=together)
        found.append(Foreseen(each, raw, left_out, tuple(_telling(raw, _others(addressees, each)))))
    return tuple(found)


def begin_several(
    officer: Officer,
    aim: draft.Aim,
    body: Mapping[str, Any],
    addressees: Sequence[Addressee],
    *,
    together: bool = False,
) -> tuple[Begun, ...]:
    """Begin a request to each Party from one fact set, all or none, and return them in order.

    1. the officer may draft for the authority; 2. the addressees are of different Parties, none of them our
    own; 3. what belongs to another thread, and what would show that there are others, is left out; 4. each
    gets its items, numbered anew, so that a gap tells nothing; 5. each opens a case of its own.

    Args:
        officer: Who begins them.
        aim: The authority that asks, and the language, instrument and title for all; what else it names is
            not read.
        body: The fact set: a request's body, complete or not.
        addressees: Who is asked for what.
        together: The Parties may know of each other: one case for all, with its references and numbers.

    Raises:
        NodeError: NODE-100 not permitted, NODE-522 whom it cannot be addressed to, NODE-523 an item that the
            fact set does not have, NODE-505 and NODE-520 as ``draft.begin``.

    Source:
        spec/statements.md 2; PRACTICE section 2.
    """
    # Step 1.
    people.require(officer, aim.authority, *draft.DRAFTERS)
    # Steps 2 to 4.
    found = foresee(aim.authority, body, addressees, together=together)
    begun: list[Begun] = []
    with transaction.atomic():
        for each in found:
            # Step 5.
            case = begun[0].draft.case if together and begun else ""
            made = draft.begin(officer, "request", _aim(aim, each.addressee, case), each.body)
            begun.append(Begun(made, each.left_out, each.tells))
    return tuple(begun)


def check_addressees(authority: str, addressees: Sequence[Addressee]) -> None:
    """Refuse no addressee, too many, our own Party, and one Party twice.

    Raises:
        NodeError: NODE-522, NODE-520.
    """
    if not 1 <= len(addressees) <= MOST:
        raise NodeError("NODE-522", recipient=f"{len(addressees)} Parties")
    met = {party_of(authority)}
    for each in addressees:
        # Checked first: only an authority's id has a Party.
        draft.check_aim(draft.Aim(authority, each.recipient))
        if not each.recipient or party_of(each.recipient) in met:
            raise NodeError("NODE-522", recipient=each.recipient or "nobody")
        met.add(party_of(each.recipient))


def _aim(aim: draft.Aim, each: Addressee, case: str) -> draft.Aim:
    return draft.Aim(
        authority=aim.authority,
        recipient=each.recipient,
        case=case,
        language=each.language or aim.language,
        instrument=each.instrument or aim.instrument,
        title=aim.title,
    )


def _addressed(
    facts: Mapping[str, Any], addressee: Addressee, *, together: bool
) -> tuple[dict[str, Any], tuple[str, ...]]:
    raw = dict(facts)
    unfit = OF_ONE_THREAD if together else (*OF_ONE_THREAD, *TELLING)
    left_out = [path for path in unfit if _drop(raw, path)]
    if isinstance(facts.get("items"), list):
        chosen = _chosen(facts["items"], addressee)
        raw["items"] = chosen if together else _renumbered(chosen)
    return raw, tuple(left_out)


def _drop(raw: dict[str, Any], path: str) -> bool:
    """Take a member away, in a copy of what holds it, and return whether it was there."""
    first, _, last = path.partition(".")
    if not last:
        return raw.pop(first, None) is not None
    holder = raw.get(first)
    if not isinstance(holder, dict) or last not in holder:
        return False
    raw[first] = {name: value for name, value in holder.items() if name != last}
    return True


def _chosen(items: list[Any], addressee: Addressee) -> list[Any]:
    """Return the items for one Party.

    Raises:
        NodeError: NODE-523 it is to be asked for one that is not there.
    """
    if not addressee.items:
        return [each for each in items if _party(each) in {"", party_of(addressee.recipient)}]
    numbered = {_number(each, place): each for place, each in enumerate(items, start=1)}
    for number in addressee.items:
        if number not in numbered:
            raise NodeError("NODE-523", item=number)
    return [numbered[number] for number in sorted(set(addressee.items))]


def _number(item: Any, place: int) -> int:
    """Return the number of an item; its place, where what was typed has none."""
    number = item.get("number") if isinstance(item, dict) else None
    return number if isinstance(number, int) else place


def _party(item: Any) -> str:
    provider = item.get("provider") if isinstance(item, dict) else None
    return str(provider.get("party") or "") if isinstance(provider, dict) else ""


def _renumbered(items: list[Any]) -> list[Any]:
    return [
        {**each, "number": number} if isinstance(each, dict) else each
        for number, each in enumerate(items, start=1)
    ]


def _others(addressees: Sequence[Addressee], addressee: Addressee) -> list[re.Pattern[str]]:
    """Return what names each of the other Parties: code, authority, and the names that sources give them."""
    found = []
    for each in addressees:
        if each is not addressee:
            found += _names(each.recipient)
    return found


def _names(recipient: str) -> list[re.Pattern[str]]:
    code = party_of(recipient)
    # A code in small letters is a word in some languages, so alone it counts only as a whole value.
    exact = rf"\A{code}\Z|\b{code}/[a-z]|\b{code.upper()}\b"
    names = {each.name for each in instruments.parties() if each.code == code}
    names |= {name.partition(" (")[0] for name in names}
    # Whom the register does not name, nothing can be sent to.
    with contextlib.suppress(RogatoryError, KeyError):
        names |= set(directory.snapshot().identities[recipient].names.values())
    spelled = [rf"(?<!\w){re.escape(name)}(?!\w)" for name in sorted(names)]
    return [re.compile(exact), *(re.compile(name, re.IGNORECASE) for name in spelled)]


def _telling(value: Any, names: list[re.Pattern[str]], path: str = "") -> Iterator[str]:
    """Yield the members whose text names another Party, such as ``items.1.provider.party``."""
    if isinstance(value, dict):
        for name, member in value.items():
            yield from _telling(member, names, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for place, member in enumerate(value, start=1):
            yield from _telling(member, names, f"{path}.{place}")
    elif isinstance(value, str) and any(name.search(value) for name in names):
        yield path
