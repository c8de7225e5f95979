"""What the demo's case says: persons, authorities, and the bodies of its statements.

Fictional names carry †. Addresses are documentation addresses. Đà Nẵng is +07, Paris +01.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from rogatory.statements import (
    CaseUnit,
    DomesticAuthorisation,
    Item,
    Offence,
    PenalProvision,
    Provider,
    RequestBody,
    Secrecy,
    Words,
)
from rogatory.values import (
    DataCategory,
    Frozen,
    Identifier,
    Period,
    ShortText,
    parse_instant,
    read,
    read_moment,
)
from rogatory_node.base import Role

__all__ = [
    "ADDITIONS",
    "BANNER",
    "NEUTRAL",
    "OFFICERS",
    "PARTIES",
    "answer_body",
    "cured_body",
    "faulty_body",
    "members",
    "order_members",
    "query_body",
    "words",
]

BANNER: Final = (
    "Simulation, March 2028; the Convention assumed in force for Viet Nam, France and a third Party; "
    "the 2016 treaty governs mutual assistance; national law to be confirmed."
)

A05, SPP = "vnm/a05", "vnm/spp"
OFAC, MINISTRY = "fra/ofac", "fra/bepi"


class Post(Frozen):
    """One officer of the demo: where they serve (first the authority for which they act), in which roles."""

    username: ShortText
    name: ShortText
    authorities: tuple[ShortText, ...]
    roles: tuple[Role, ...]


PARTIES: Final = {
    "vnm": ((A05, "A05, 24/7 point of contact", "police"), (SPP, "Supreme People's Procuracy", "prosecutor")),
    "fra": ((OFAC, "OFAC, 24/7 point of contact", "police"), (MINISTRY, "Ministry of Justice", "ministry")),
}

NEUTRAL: Final = ("xnp/records", "Public records office†", "ministry")
"""Who stands under both logs and is neither side. It has no node: a witness is all that it runs."""

OFFICERS: Final = {
    "vnm": (
        Post(username="operator", name="Bùi Thị Hoa†", authorities=(A05, SPP), roles=(Role.OPERATOR,)),
        Post(username="binh", name="Lê Văn Bình†", authorities=(A05,), roles=(Role.DUTY_OFFICER,)),
        Post(username="long", name="Phan Đức Long†", authorities=(A05,), roles=(Role.APPROVER,)),
        Post(username="chau", name="Đỗ Minh Châu†", authorities=(SPP,), roles=(Role.INVESTIGATOR,)),
        Post(username="quang", name="Vũ Thanh Quang†", authorities=(SPP,), roles=(Role.LEGAL_REVIEWER,)),
        Post(username="hoan", name="Trịnh Khánh Hoàn†", authorities=(SPP,), roles=(Role.CUSTODIAN,)),
    ),
    "fra": (
        Post(username="operator", name="Émile Arnaud†", authorities=(OFAC, MINISTRY), roles=(Role.OPERATOR,)),
        Post(username="vasseur", name="Claire Vasseur†", authorities=(OFAC,), roles=(Role.DUTY_OFFICER,)),
        Post(username="morel", name="Hugo Morel†", authorities=(OFAC,), roles=(Role.LEGAL_REVIEWER,)),
        Post(username="benoit", name="Anne Benoît†", authorities=(MINISTRY,), roles=(Role.LEGAL_REVIEWER,)),
        Post(username="caron", name="Luc Caron†", authorities=(MINISTRY,), roles=(Role.DUTY_OFFICER,)),
        Post(username="petit", name="Jeanne Petit†", authorities=(MINISTRY,), roles=(Role.CUSTODIAN,)),
    ),
}


def members(model: Frozen | Identifier) -> dict[str, Any]:
    """Return a value as the members that a draft keeps."""
    found: dict[str, Any] = model.model_dump(mode="json", by_alias=True, exclude_none=True)
    return found


def words(text: str, language: str = "en") -> Words:
    """Return free text in its language, untranslated."""
    return Words(original=text, language=language)


PROVIDER: Final = Provider(
    name="Nuage du Rhône SAS†",
    service="rental server",
    party="fra",
    asked_directly=words("Not asked: it answers foreign police through the authorities of France only."),
)
LOST: Final = parse_instant("2028-03-24T00:00:00Z")


def _span(start: str, end: str) -> Period:
    return Period(
        start=read_moment(start, clock_source="provider log", error_seconds=0),
        end=read_moment(end, clock_source="provider log", error_seconds=0),
    )


def _items() -> tuple[Item, ...]:
    night = Period(
        start=read_moment("2028-03-10T00:00:00+07:00", clock_source="police record", error_seconds=0),
        end=read_moment(
            "2028-03-12T23:47:10+07:00", clock_source="telephone of the victim", error_seconds=60
        ),
    )
    server = read("ip_address", "203.0.113.57", destination_port=443, protocol="tcp")
    panel = read("account", "svadm1n", provider=PROVIDER.name)
    return (
        Item(
            number=1,
            identifier=server,
            category=DataCategory.TRAFFIC_DATA,
            period=night,
            description=words("Access log of the web server that showed the false trading site."),
            provider=PROVIDER,
            vanishes=LOST,
            necessity=words("The log is kept for 14 days and shows who managed the site."),
        ),
        Item(
            number=2,
            identifier=panel,
            category=DataCategory.TRAFFIC_DATA,
            period=_span("2028-03-10T00:00:00+07:00", "2028-03-13T23:59:59+07:00"),
            description=words("Control-panel log of the account that rents the server."),
            provider=PROVIDER,
            vanishes=LOST,
            necessity=words("It shows from where the server was managed."),
        ),
        Item(
            number=3,
            identifier=panel,
            category=DataCategory.SUBSCRIBER_INFORMATION,
            period=_span("2028-01-01T00:00:00+07:00", "2028-03-13T23:59:59+07:00"),
            description=words("Who rented the server, and how it was paid."),
            provider=PROVIDER,
            vanishes=LOST,
            necessity=words("The payment leads to the person who rented it."),
        ),
        Item(
            number=4,
            identifier=panel,
            category=DataCategory.CONTENT_DATA,
            period=_span("2028-02-01T00:00:00+07:00", "2028-03-13T23:59:59+07:00"),
            description=words("Mailbox of the same account."),
            provider=PROVIDER,
            vanishes=LOST,
            necessity=words("Orders to the recruiters of victims were given by mail."),
        ),
    )


def faulty_body() -> dict[str, Any]:
    """Return the first draft, as the province's message said it: three faults and some gaps."""
    body = cured_body()
    first = body["items"][0]
    first["identifier"] = members(read("ip_address", "203.0.113.57"))
    first["period"] = {"end": members(read_moment("23:47"))}
    body["items"][3]["period"] = "all"
    del body["offence"]["provisions"]
    del body["case_unit"]["prosecutor"]
    del body["suspect_is_minor"]
    return body


def cured_body() -> dict[str, Any]:
    """Return the preservation request with every particular (art. 42(3), PRACTICE section 2)."""
    body = RequestBody(
        kind="preservation",
        reference="VNM-FRA 2028-0147",
        urgency="urgent",
        case_unit=CaseUnit(
            name="Đà Nẵng provincial police, cybercrime unit",
            prosecutor="Procuracy of Đà Nẵng",
            reference="DN-2028-0312",
        ),
        offence=Offence(
            conduct=words(
                "A false trading site took payments from a person of 62 years and showed invented profits."
            ),
            conduct_period=_span("2028-02-20T00:00:00+07:00", "2028-03-12T23:47:10+07:00"),
            harm=words("1,940,000,000 VND lost."),
            victim="person",
            provisions=(
                PenalProvision(
                    citation="Penal Code of Viet Nam, article 290 (to be confirmed)",
                    text=words("Appropriation of property by means of a computer network (summary)."),
                    maximum_penalty_months=240,
                    enacted=date(2015, 11, 27),
                ),
            ),
            convention_articles=("hanoi_2024/art13",),
        ),
        facts=words(
            "On 12 March 2028 at 23:47:10 (+07) the victim last paid through saovang-invest.example†, "
            "which was served from 203.0.113.57."
        ),
        items=_items(),
        purpose=words("To request disclosure of the stored data under article 44."),
        follow_up_planned=date(2028, 4, 3),
        secrecy=Secrecy(until=date(2028, 9, 13), reason=words("The suspects would destroy what is left.")),
        call_back="+84 236 555 0142",
        suspect_is_minor="unknown",
    )
    return members(body)


ADDITIONS: Final[dict[str, Any]] = {
    "reference": "VKS-2028-0077",
    "domestic_authorisation": members(
        DomesticAuthorisation(
            authority="Supreme People's Procuracy", reference="77/2028", date=date(2028, 4, 2)
        )
    ),
    "form_of_evidence": members(words("Sealed package with certificate and execution record.")),
    "privilege_filter": members(words("Correspondence with lawyers is to be withheld and listed.")),
    "deadline": "2028-06-12",
    "deadline_reason": members(words("The preservation ends on 11 June 2028.")),
    "proceedings_of_use": ["DN-2028-0312"],
}
"""What the stored-data request needs beside what it takes from the preservation."""


def query_body(request: str) -> dict[str, Any]:
    """Return France's question on item 2."""
    question = {
        "number": 1,
        "item": 2,
        "phrase": "spelling",
        "words": members(words("svadm1n: digit 1 or letter l?")),
    }
    return {"of": request, "questions": [question]}


def answer_body(query: str, screenshot: str) -> dict[str, Any]:
    """Return Viet Nam's answer, with the digest of the screenshot that shows it."""
    reply = {
        "question": 1,
        "words": members(words("The digit one, as the screenshot shows.")),
        "source": screenshot,
    }
    return {"of": query, "replies": [reply]}


def order_members(items: list[int], *, reference: str, issued: str, until: str) -> dict[str, Any]:
    """Return the domestic act that an on-call prosecutor signed on paper."""
    return {
        "kind": "order",
        "items": items,
        "issued_by": "Prosecutor on call, Paris†",
        "reference": reference,
        "legal_basis": "Code of criminal procedure (to be confirmed)",
        "issued_on": issued,
        "expires_on": until,
    }
