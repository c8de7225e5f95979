"""One small request of each kind, and requests that mix two kinds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rogatory.statements import KINDS, Document
from rogatory.statements import particulars as models
from rogatory.values import read
from support.world import NOON, item, request, words

SHAPE = "rogatory.statements.kinds:"
ORDER = models.Order(authority="Court of Sông Hàn", reference="12/2028/QĐ", date=NOON.date())

# What one item of each kind names and asks for, and its particulars.
EXAMPLES: dict[str, tuple[tuple[str, str], str, Any]] = {
    "preservation": (("domain", "saovang-invest.example"), "content_data", None),
    "stored_data": (("domain", "saovang-invest.example"), "content_data", None),
    "realtime_traffic": (
        ("ip_address", "203.0.113.57"),
        "traffic_data",
        models.Interception(starts=NOON, delivery="live", available_at_home="yes"),
    ),
    "content_interception": (
        ("email", "svadm1n@mail.example"),
        "content_data",
        models.Interception(less_intrusive=words("Traffic data alone do not tell who gave the order.")),
    ),
    "mutual_assistance": (
        ("person", "Paul Martin"),
        "taking_evidence",
        models.Assistance(procedure=words("Under oath."), safe_conduct=True),
    ),
    "extradition": (
        ("person", "Paul Martin"),
        "extradition",
        models.Extradition(stage="prosecution", order=ORDER, sentence="life", in_absence="no"),
    ),
    "sentenced_transfer": (
        ("person", "Paul Martin"),
        "transfer_of_a_sentenced_person",
        models.SentencedTransfer(order=ORDER, remaining_months=30, consent_of_person="given"),
    ),
    "proceedings_transfer": (
        ("matter", "Criminal case 12/2028"),
        "transfer_of_proceedings",
        models.Proceedings(stage="investigation", suspects_in="fra"),
    ),
    "police_cooperation": (
        ("person", "Paul Martin"),
        "locating_a_person",
        models.Cooperation(aim=words("Where he lives.")),
    ),
    "joint_investigation": (
        ("matter", "Operation Sao Vàng"),
        "joint_investigation",
        models.Cooperation(authorities=("A05", "OFAC"), leader="A05", place="fra", ends=NOON.date()),
    ),
    "property": (
        ("thing", "74,000 units of a virtual asset at Kessel Digital SAS"),
        "freezing",
        models.Property(order=ORDER, order_final="no", value=models.Amount(value="74000.5", currency="USDT")),
    ),
    "provider_location": (
        ("ip_address", "203.0.113.57"),
        "locating_a_provider",
        models.Inquiry(question=words("Who holds this address?"), answer_by=NOON),
    ),
    "advice": (
        ("matter", "How long hosting providers keep access logs"),
        "legal_information",
        models.Inquiry(question=words("How long, and under which law?")),
    ),
    "emergency_data": (
        ("phone", "+84 236 123 4567"),
        "traffic_data",
        models.Emergency(danger=words("A child is held."), threatened="life", known_since=NOON),
    ),
    "welfare_emergency": (
        ("person", "Marie Dupont"),
        "locating_a_person",
        models.Emergency(
            danger=words("She has announced to end her life."), threatened="life", person_in="fra"
        ),
    ),
    "hold_notice": (
        ("account", "kessel-778"),
        "hold",
        models.Hold(amount=models.Amount(value="1940000000", currency="VND"), until=NOON),
    ),
    "removal": (
        ("url", "https://saovang-invest.example/pay"),
        "removal",
        models.Removal(outcome="removal", legal_basis=words("Art. 12 of the national law.")),
    ),
}


def requests() -> dict[str, Document]:
    """Return the small request of each kind."""
    return {f"a request of the kind {kind}": _request(kind) for kind in KINDS}


def _request(kind: str) -> Document:
    (named, verbatim), asked, particulars = EXAMPLES[kind]
    beside = {"provider": "Kessel Digital SAS"} if named == "account" else {}
    category = next(each for each in KINDS[kind].asks if each.value == asked)
    one = item(identifier=read(named, verbatim, **beside), category=category, period=None)
    own = {KINDS[kind].bears: particulars} if particulars else {}
    return request(one, body={"kind": kind, **own})


def bad_kinds() -> Iterator[tuple[str, dict[str, Any], str, str | None]]:
    """Yield what is changed in the body of a request to preserve, and what that is refused for."""
    category, bears = SHAPE + "check_category", SHAPE + "check_particulars"
    hold = {"until": "2028-03-17T00:00:00Z"}
    yield "a kind that nobody knows", {"kind": "extraordinary_rendition"}, "WIRE-010", None
    yield "data asked for by extradition", {"kind": "extradition"}, "STMT-013", category
    yield "content asked for as traffic", {"kind": "content_interception"}, "STMT-013", category
    yield "a preservation with a hold's particulars", {"hold": hold}, "STMT-014", bears
    yield "a question beside a preservation", {"inquiry": {}}, "STMT-014", bears
    yield (
        "a member of another kind's particulars",
        {"kind": "stored_data", "hold": {"order": 1}},
        "WIRE-010",
        None,
    )
