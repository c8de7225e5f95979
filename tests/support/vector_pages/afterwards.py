"""Statements about promises, costs, progress, and what becomes of what was given."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from rogatory import statements
from support.world import words

DAY = date(2028, 6, 20)


def afterwards() -> dict[str, tuple[Any, Callable[[str], Any]]]:
    """Return, by type, the model and a function from the statement spoken of to a body."""
    note = words("As agreed by telephone.")
    return {
        "assurance": (
            statements.Assurance,
            lambda of: statements.AssuranceBody(of=of, promises=(note,), provision="hanoi_2024/art40.p19"),
        ),
        "use_consent": (
            statements.UseConsent,
            lambda of: statements.UseConsentBody(of=of, outcome="granted", use="evidence", onward_to="xtp"),
        ),
        "onward_transfer": (
            statements.OnwardTransfer,
            lambda of: statements.OnwardTransferBody(
                of=of, to_party="xtp", to="xtp/cyber", purpose=note, on=DAY, consent="7" * 64
            ),
        ),
        "exculpatory_notice": (
            statements.ExculpatoryNotice,
            lambda of: statements.ExculpatoryNoticeBody(
                of=of, standing="to_be_disclosed", on=DAY, proceedings=words("A hearing on custody.")
            ),
        ),
        "returned_or_destroyed": (
            statements.ReturnedOrDestroyed,
            lambda of: statements.ReturnedOrDestroyedBody(of=of, outcome="destroyed", on=DAY),
        ),
        "costs": (
            statements.Costs,
            lambda of: statements.CostsBody(
                of=of,
                nature="extraordinary",
                standing="estimated",
                amount="1200.50",
                currency="EUR",
                words=note,
            ),
        ),
        "status": (
            statements.Status,
            lambda of: statements.StatusBody(of=of, words=words("The order is signed."), expected=DAY),
        ),
    }
