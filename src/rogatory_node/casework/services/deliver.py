"""Delivering: what is sealed for a request, and the statement that names it, for which items, how."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rogatory.statements import Delivery, Statement, UseConditions
from rogatory.threads import RequestFold, Side, Thread
from rogatory.values import party_of
from rogatory_node.base import NodeError, Role
from rogatory_node.casework import index
from rogatory_node.casework.models import Draft
from rogatory_node.casework.services import draft
from rogatory_node.people import selectors as people
from rogatory_node.people.models import Officer
from rogatory_node.records import statements as stored
from rogatory_node.records.models import Due, Way
from rogatory_node.vault.models import Package
from rogatory_node.vault.services import sealing
from rogatory_node.vault.services.sealing import NOTHING, Beside

__all__ = ["DELIVER", "begin_delivery", "check_package", "delivered", "order_sealing", "stands"]

DELIVER = "deliver"
"""The topic of due rows for statements on their way."""

SAID = ("package", "seal", "files", "size", "wraps", "conditions")


def order_sealing(
    officer: Officer,
    authority: str,
    *,
    recipient: str,
    thread: str,
    request: str,
    intake: str,
    conditions: UseConditions,
    beside: Beside = NOTHING,
) -> Package:
    """Order the sealing of what lies in the intake, in answer to a request; a worker seals it.

    Args:
        officer: A custodian of the authority.
        authority: Who seals; it sees the thread.
        recipient: The authority of the requesting Party that may open it.
        thread: The thread of the request.
        request: The request that it answers.
        intake: The name of a file or folder in the authority's intake.
        conditions: What the receiving Party may do with it.
        beside: The papers that go into ``legal/``, and what is said of case, devices and what was done.

    Raises:
        NodeError: NODE-100 not a custodian, NODE-500 no such thread, NODE-521 no such request to answer,
            NODE-502 the recipient is not of the requesting Party, NODE-450 nothing of that name, NODE-462
            a name stands twice, NODE-471 to NODE-473 what cannot be meant.
        EvidenceError: EVID-084 no such role, EVID-085 the particulars.
    """
    people.require(officer, authority, Role.CUSTODIAN)
    index.check_shown(authority, thread)
    folded = index.fold_thread(thread, authority=authority)
    if folded.side_of(party_of(authority)) is not Side.REQUESTED or _request(folded, request) is None:
        raise NodeError("NODE-521")
    draft.check_parties(folded, authority, recipient)
    contents = sealing.Contents(
        authority=authority,
        recipient=recipient,
        case=folded.case,
        thread=thread,
        request=request,
        intake=intake,
        conditions=conditions,
        beside=beside,
    )
    return sealing.order(officer, contents)


def begin_delivery(
    officer: Officer, package: Package, items: Iterable[int], *, certificate: str = ""
) -> Draft:
    """Begin the delivery of a sealed package; what it says of the package is taken from the seal.

    Args:
        officer: Who begins it.
        package: A package that this authority sealed in answer to a request.
        items: The numbers of the request's items that it answers.
        certificate: How the custodian's certificate is called.

    Raises:
        NodeError: NODE-100 not permitted, NODE-454 not sealed yet, NODE-500 no such thread.
    """
    people.require(officer, package.authority, *draft.DRAFTERS)
    if package.state != Package.State.SEALED:
        raise NodeError("NODE-454")
    raw: dict[str, Any] = {"of": package.request, "items": sorted(set(items))}
    raw |= {name: getattr(package, name) for name in SAID}
    if certificate:
        raw["certificate"] = certificate
    folded = index.fold_thread(package.thread, authority=package.authority)
    asked = _request(folded, package.request)
    aim = draft.Aim(
        authority=package.authority,
        recipient=package.counterpart,
        thread=package.thread,
        language=asked.request.language if asked else "en",
        instrument=asked.request.instrument if asked else "hanoi_2024",
    )
    return draft.begin(officer, "delivery", aim, raw)


def check_package(made: Draft, statement: Statement) -> None:
    """Refuse a delivery that does not say what the seal says, or names a package that is not its own.

    A draft is text that people change. What it delivers has to be a package that this authority sealed for
    this recipient, in answer to this request, word for word, and not delivered already.

    Raises:
        NodeError: NODE-518 it says something else; NODE-519 another delivery of the package stands.
    """
    if not isinstance(statement, Delivery):
        return
    body = statement.body.model_dump(mode="json", exclude_none=True)
    held = Package.objects.filter(
        authority=made.authority,
        way=Package.Way.SENT,
        state=Package.State.SEALED,
        package=statement.body.package,
        counterpart=statement.recipient,
        thread=made.thread,
        request=statement.body.of,
    ).first()
    if held is None or any(body[name] != getattr(held, name) for name in SAID):
        raise NodeError("NODE-518")
    if stands(held):
        raise NodeError("NODE-519")


def delivered(authority: str, package: str, statement_id: str) -> None:
    """Let the recipient fetch a package, now that the delivery that names it is sent."""
    Package.objects.filter(authority=authority, way=Package.Way.SENT, package=package).update(
        delivery=statement_id, recalled_by=""
    )


def stands(package: Package) -> bool:
    """Return whether a package of ours is delivered: sent, not recalled, not refused, not found void."""
    if not package.delivery or package.recalled_by:
        return False
    receipt = stored.find_receipt(package.delivery, authority=package.authority, way=Way.RECEIVED)
    if receipt is not None:
        return receipt.outcome == "admitted"
    refused = Due.objects.filter(
        authority=package.authority, topic=DELIVER, subject=package.delivery, state=Due.State.GIVEN_UP
    )
    return not refused.exists()


def _request(thread: Thread, request: str) -> RequestFold | None:
    return next((each for each in thread.requests if each.id == request), None)
