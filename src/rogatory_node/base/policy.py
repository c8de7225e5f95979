"""A Party's approval policy, as data: who must approve each act, and what one person may do alone.

Only the table is here, because the configuration is typed by it; ``people.policy`` judges with it. A Party
overrides any act in ``node.toml``; it cannot invent one. The defaults follow PRACTICE section 1: one person
is awake; what discloses or coerces needs two, one of them a lawyer.
"""

from __future__ import annotations

from datetime import timedelta
from types import MappingProxyType
from typing import Final

from pydantic import Field

from rogatory.values import Frozen
from rogatory_node.base.roles import Role

__all__ = ["DEFAULT_POLICY", "ActRule"]


class ActRule(Frozen):
    """What one act needs before it leaves the node.

    ``needs`` lists the approvers: each entry is filled by one person who holds one of its roles, and no
    person fills two. ``alone`` names roles of which one person may send at once; a second person then
    ratifies, so that ``needs`` is filled, within ``ratify_hours``.
    """

    needs: tuple[tuple[Role, ...], ...] = Field(
        min_length=1, max_length=5, description="One list of roles for each approver that is needed."
    )
    alone: tuple[Role, ...] = Field((), description="Roles that may send alone, to be ratified.")
    ratify_hours: int = Field(12, ge=1, le=72, description="Hours within which a second person ratifies.")

    @property
    def ratify_within(self) -> timedelta:
        """The time that ratification may take."""
        return timedelta(hours=self.ratify_hours)


_DESK: Final = (Role.DUTY_OFFICER, Role.INVESTIGATOR, Role.APPROVER, Role.LEGAL_REVIEWER)
_SECOND: Final = (Role.APPROVER, Role.LEGAL_REVIEWER)
_LAWYER: Final = (Role.LEGAL_REVIEWER,)

_ONE = ActRule(needs=(_DESK,))
_TWO_OR_RATIFIED = ActRule(needs=(_DESK, _SECOND), alone=(Role.DUTY_OFFICER,))
_TWO = ActRule(needs=(_DESK, _LAWYER))

DEFAULT_POLICY: Final = MappingProxyType(
    {
        # One person may do these: they bind nobody and disclose nothing.
        "acknowledgement": _ONE,
        "query": _ONE,
        "answer": _ONE,
        "recall": _ONE,
        "withdrawal": _ONE,
        "report": _ONE,
        "extension": _ONE,
        "no_longer_needed": _ONE,
        "released": _ONE,
        "hand_over": _ONE,
        "status": _ONE,
        # A question to the network asks for no measure.
        "request_provider_location": _ONE,
        "request_advice": _ONE,
        # Preserving freezes bytes, and a hold money, for a while; a life may not wait for a second person.
        # It may be sent at night, and is ratified by another.
        "request_preservation": _TWO_OR_RATIFIED,
        "request_hold_notice": _TWO_OR_RATIFIED,
        "request_emergency_data": _TWO_OR_RATIFIED,
        "request_welfare_emergency": _TWO_OR_RATIFIED,
        # These disclose or coerce: data, persons, assets, speech.
        "request_stored_data": _TWO,
        "request_realtime_traffic": _TWO,
        "request_content_interception": _TWO,
        "request_mutual_assistance": _TWO,
        "request_extradition": _TWO,
        "request_sentenced_transfer": _TWO,
        "request_proceedings_transfer": _TWO,
        "request_police_cooperation": _TWO,
        "request_joint_investigation": _TWO,
        "request_property": _TWO,
        "request_removal": _TWO,
        # A second person's gesture is itself the act.
        "ratified": ActRule(needs=(_SECOND,)),
        # These disclose or decide. A report tells how items stand; with what was found, it discloses that.
        "report_result": _TWO,
        "decision": _TWO,
        "path_disclosure": _TWO,
        "spontaneous_information": _TWO,
        # Conditions bind the Party that accepts them and the one that offered them.
        "conditions_offered": _TWO,
        "conditions_accepted": _TWO,
        "assurance": _TWO,
        "costs": _TWO,
        # What was received, or given, is used otherwise, passed on or destroyed.
        "use_consent": _TWO,
        "onward_transfer": _TWO,
        "exculpatory_notice": _TWO,
        "returned_or_destroyed": _TWO,
        "delivery": ActRule(needs=((Role.CUSTODIAN, *_DESK), _LAWYER)),
    }
)
"""The acts of the first protocol version, with the rule that holds where a Party says nothing."""
