"""Ratification: a second person completes what one person sent."""

from __future__ import annotations

from rogatory.statements import Ratified, Statement, content_id
from rogatory_node.base import NodeError
from rogatory_node.casework import index
from rogatory_node.casework.models import Draft
from rogatory_node.casework.services.freeze import rule_of
from rogatory_node.people import approvals, policy
from rogatory_node.records import statements as stored
from rogatory_node.records.models import Way

__all__ = ["check_ratifies"]


def check_ratifies(draft: Draft, statement: Statement) -> None:
    """Refuse a ratification that does not fill what the ratified act still needed.

    The approvals under both count together, each person once: whoever sent alone cannot ratify alone.

    Raises:
        NodeError: NODE-510 the approvals together do not satisfy the policy; NODE-511 no such statement.

    Source:
        PRACTICE section 1; PROTOCOL section 2, Approval.
    """
    if not isinstance(statement, Ratified):
        return
    row = stored.find(statement.body.of, authority=draft.authority)
    if row is None or row.way != Way.SENT:
        raise NodeError("NODE-511")
    ratified = index.document_of(row)
    subjects = (content_id(ratified), draft.content_id)
    judged = approvals.judgement(draft.authority, rule_of(ratified), subjects, first_at=None)
    if judged.standing is not policy.Standing.COMPLETE:
        raise NodeError("NODE-510")
