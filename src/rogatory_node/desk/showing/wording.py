"""The desk's words for what the wire says in members: kinds, categories, states, roles, statements."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext

from django.utils.translation import get_language, override, pgettext
from django.utils.translation import gettext as _

from rogatory.values import DataCategory
from rogatory_node.base import Role
from rogatory_node.desk.showing.kind_words import words_of
from rogatory_node.look import PSEUDO
from rogatory_node.look.pictures.shapes import StateBadge
from rogatory_node.look.pseudo import pseudo

__all__ = [
    "act",
    "badge",
    "category",
    "identifier_kind",
    "in_source_words",
    "is_data",
    "kind",
    "outcome",
    "role",
    "roles",
    "state",
    "told",
]


def told(text: str) -> str:
    """Return words of a catalogue that is not gettext's, as the page's language wants them.

    The pseudo-language has no such catalogue, so it is computed; every other has its own page in ``locale``.
    """
    return pseudo(text) if get_language() == PSEUDO else text


def in_source_words() -> AbstractContextManager[object]:
    """Return a context in which what goes into a catalogue's sentence is named as the sentence is written.

    The pseudo-language tells a sentence as a whole. A name that was told before would bring its direction
    marks with it, and a message shows what is not printable as a replacement character.
    """
    return override("en") if get_language() == PSEUDO else nullcontext()


def kind(name: str) -> str:
    """Return a kind of request, as a heading begins with it."""
    return str(words_of(name).short)


def category(name: str) -> str:
    """Return a category of data or another measure, in the treaty's words."""
    return {
        "traffic_data": _("traffic data"),
        "content_data": _("content data"),
        "subscriber_information": _("subscriber information"),
        "electronic_data": _("other electronic data"),
        "taking_evidence": _("taking of evidence"),
        "hearing_by_video": _("hearing by video link"),
        "transfer_of_a_witness_in_custody": _("transfer of a witness in custody"),
        "service_of_documents": _("service of documents"),
        "search_and_seizure": _("search and seizure"),
        "examination": _("examination of objects or sites"),
        "information_and_expertise": _("information and expert evaluation"),
        "documents_and_records": _("documents and records"),
        "voluntary_appearance": _("voluntary appearance of a person"),
        "other_assistance": _("other assistance"),
        "extradition": _("extradition"),
        "provisional_arrest": _("provisional arrest"),
        "transfer_of_a_sentenced_person": _("transfer of a sentenced person"),
        "transfer_of_proceedings": _("transfer of proceedings"),
        "locating_a_provider": _("locating a provider"),
        "locating_a_person": _("locating a person"),
        "technical_advice": _("technical advice"),
        "legal_information": _("legal information"),
        "police_information": _("police information"),
        "joint_investigation": _("joint investigation"),
        "tracing": _("tracing"),
        "freezing": _("freezing"),
        "seizure": _("seizure"),
        "confiscation": _("confiscation"),
        "return_of_property": _("return of property"),
        "hold": _("hold of money"),
        "removal": _("removal of content"),
    }.get(name, _("not stated"))


def is_data(name: str) -> bool:
    """Return whether an item of this category asks for data."""
    return name in frozenset(DataCategory)


def identifier_kind(name: str) -> str:
    """Return a kind of identifier."""
    return {
        "ip_address": _("Internet address"),
        "phone": _("telephone number"),
        "email": _("e-mail address"),
        "url": _("web address"),
        "domain": _("domain name"),
        "account": _("account at a provider"),
        "iban": _("bank account (IBAN)"),
        "bank_account": _("bank account"),
        "wallet_address": _("address of a virtual asset"),
        "file_hash": _("digest of a file"),
        "person": _("person"),
        "thing": _("thing"),
        "matter": _("matter"),
    }.get(name, _("not stated"))


def state(name: str) -> str:
    """Return how an item stands, as the requested Party stated it."""
    return {
        "executed": _("Executed"),
        "executed_in_part": _("Executed in part"),
        "measures_taken": _("Measures taken"),
        "preserved": _("Kept"),
        "preserved_in_part": _("Kept in part"),
        "cannot_identify": _("Cannot be identified"),
        "vanished": _("Vanished"),
        "elsewhere": _("Held elsewhere"),
        "refused": _("Refused"),
        "postponed": _("Postponed"),
        "disclosed": _("Disclosed"),
        "released": _("Released"),
    }[name]


def badge(name: str) -> StateBadge:
    """Return the same with its shape and tone."""
    if name in ("executed", "measures_taken", "preserved", "disclosed"):
        return StateBadge(state(name), "full", "kept")
    if name in ("executed_in_part", "preserved_in_part"):
        return StateBadge(state(name), "half", "kept")
    if name in ("vanished", "refused"):
        return StateBadge(state(name), "cross", "lapse")
    return StateBadge(state(name), "pause" if name == "postponed" else "ring", "wait")


def outcome(name: str) -> str:
    """Return what was decided on an item."""
    return {"accepted": _("Accepted"), "refused": _("Refused"), "postponed": _("Postponed")}[name]


def role(name: str) -> str:
    """Return a role, as it stands in a sentence."""
    return {
        Role.DUTY_OFFICER: _("duty officer"),
        Role.INVESTIGATOR: _("investigator"),
        Role.LEGAL_REVIEWER: _("legal reviewer"),
        Role.APPROVER: _("approver"),
        Role.CUSTODIAN: _("custodian"),
        Role.DATA_PROTECTION_OFFICER: _("data protection officer"),
        Role.OVERSIGHT: _("oversight"),
        Role.AUDITOR: _("auditor"),
        Role.OPERATOR: _("operator"),
    }.get(Role(name), name)


def roles(names: tuple[Role, ...]) -> str:
    """Return several roles of which one would do."""
    return pgettext("between roles", " or ").join(role(each) for each in names)


def act(name: str, kind_of_request: str = "") -> str:
    """Return a type of statement, as a heading."""
    if name == "request":
        return str(words_of(kind_of_request).request)
    return {
        "acknowledgement": _("Acknowledgement"),
        "query": _("Query"),
        "answer": _("Answer"),
        "decision": _("Decision"),
        "report": _("Report per item"),
        "delivery": _("Sealed package"),
        "ratified": _("Ratification"),
        "recall": _("Recall"),
        "withdrawal": _("Withdrawal"),
        "extension": _("Extension asked"),
        "path_disclosure": _("Path of a communication (art. 43)"),
        "released": _("No longer kept"),
        "no_longer_needed": _("No longer needed"),
        "conditions_offered": _("Conditions offered"),
        "conditions_accepted": _("Conditions accepted"),
        "spontaneous_information": _("Information given without request"),
        "hand_over": _("Handed over to another authority"),
        "assurance": _("Assurance"),
        "costs": _("Costs"),
        "exculpatory_notice": _("Exculpatory notice"),
        "onward_transfer": _("Onward transfer"),
        "returned_or_destroyed": _("Returned or destroyed"),
        "status": _("Status"),
        "use_consent": _("Consent to use"),
    }.get(name, name.replace("_", " ").capitalize())
