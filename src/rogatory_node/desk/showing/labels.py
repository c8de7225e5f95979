"""What the members of a request's models are called, with a help line: one table, for forms and for reading.

A test holds it to the models: no member is without its words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rogatory.statements import (
    Amount,
    Assistance,
    Cooperation,
    DomesticAuthorisation,
    Emergency,
    Extradition,
    Hold,
    Inquiry,
    Interception,
    Offence,
    Order,
    Proceedings,
    Property,
    Provider,
    Removal,
    Secrecy,
    SentencedTransfer,
)
from rogatory.values import Account, BankAccount, FileHash, IpAddress, Person, Source, Thing, WalletAddress

__all__ = ["IDENTIFIER_LABELS", "REQUEST_LABELS", "Label", "Labels"]

Label = tuple[str | Promise, str | Promise]
Labels = Mapping[type, Mapping[str, Label]]

ANYWHERE: Final = _("Three letters, such as fra")

# What every identifier has, whatever its kind.
IDENTIFIER_LABELS: Final[Mapping[str, Label]] = {
    "verbatim": (_("As given"), ""),
    "normalised": (_("Normalised"), ""),
    "source": (_("Read from"), ""),
}

REQUEST_LABELS: Final[Labels] = {
    Source: {"digest": (_("Digest"), ""), "description": (_("Document"), "")},
    Order: {
        "authority": (_("Court or authority"), ""),
        "reference": (_("Reference"), ""),
        "date": (_("Date"), ""),
    },
    Amount: {
        "value": (_("Amount"), _("With a point before the decimals: 61300.50")),
        "currency": (_("Currency, or symbol of the virtual asset"), _("Such as EUR, VND, USDT")),
    },
    Interception: {
        "starts": (_("From"), ""),
        "ends": (_("To"), ""),
        "period_reason": (_("Why for so long"), ""),
        "delivery": (_("How it is to reach you"), ""),
        "system_location": (_("Where the system is"), _("As far as you know it.")),
        "less_intrusive": (_("What was tried before, or why nothing less would do"), ""),
        "available_at_home": (_("Would your own law allow it in a similar case?"), ""),
    },
    Assistance: {
        "order": (_("The order at home"), _("For a search or a seizure.")),
        "procedure": (
            _("Procedure to be followed"),
            _("Only what your court needs; they follow it if their law allows."),
        ),
        "questions": (_("Questions to be put"), ""),
        "rights_to_tell": (
            _("What the person must be told"),
            _("Right to silence, to a lawyer, to an interpreter."),
        ),
        "hearing_on": (_("Hearing on"), ""),
        "hearing_authority": (_("Who conducts the hearing"), ""),
        "serve_by": (_("Served by"), _("The last day on which service is of use.")),
        "safe_conduct": (_("Is safe conduct promised?"), _("For a person who comes to you.")),
        "expenses": (_("Who bears the expenses"), ""),
        "consent_of_person": (
            _("Has the person consented?"),
            _("Whether consent is free is for a person to judge."),
        ),
        "return_by": (_("Returned by"), _("A person lent from custody goes back.")),
    },
    Extradition: {
        "stage": (_("For what is the person sought?"), ""),
        "order": (_("The warrant, or the judgment"), ""),
        "sentence": (_("The sentence, if there is one"), ""),
        "sentence_months": (_("Sentence, in months"), ""),
        "remaining_months": (_("Still to be served, in months"), ""),
        "in_absence": (_("Was it given in the person's absence?"), ""),
        "assurances": (_("Assurances"), _("On the death penalty, a retrial, treatment in custody.")),
        "limitation": (_("When prosecution or sentence lapses"), ""),
        "documents": (_("Documents that support the request"), ""),
        "documents_by": (_("Documents follow by"), _("After a provisional arrest.")),
        "urgency_reason": (_("Why an arrest cannot wait"), ""),
    },
    SentencedTransfer: {
        "order": (_("The judgment"), ""),
        "judgment_final": (_("Is it final?"), ""),
        "remaining_months": (_("Still to be served, in months"), ""),
        "consent_of_person": (
            _("Has the person consented?"),
            _("Whether consent is free is for a person to judge."),
        ),
        "ties": (_("Why there"), _("Family, language, work: why life after release is better served there.")),
        "further_proceedings": (_("Are other proceedings open against the person?"), ""),
    },
    Proceedings: {
        "stage": (_("How far the proceedings are"), ""),
        "reason": (_("Why they should be taken over"), _("The proper administration of justice.")),
        "evidence": (_("Evidence that would be handed over"), ""),
        "victims": (_("What becomes of the victims' claims"), ""),
        "limitation": (_("When prosecution lapses"), ""),
        "suspects_in": (_("Party in which the suspects are"), ANYWHERE),
        "continues_at_home": (_("Would proceedings go on at home?"), _("One person, two proceedings.")),
    },
    Cooperation: {
        "aim": (_("The aim"), ""),
        "authorities": (_("Authorities that take part"), _("One a line.")),
        "leader": (_("Who leads"), ""),
        "place": (_("Party in which the team would act"), ANYWHERE),
        "powers": (_("What its members may do there"), ""),
        "law_applicable": (_("Which law applies"), ""),
        "ends": (_("Until"), ""),
        "costs": (_("Who bears the costs"), ""),
    },
    Property: {
        "order": (_("The order at home"), _("An admissible copy travels with the request.")),
        "order_final": (_("Is it final?"), ""),
        "value": (_("Value"), ""),
        "link": (
            _("What ties the property to the offence"),
            _("Proceeds, property of that value, or what the offence was committed with."),
        ),
        "facts_for_order": (
            _("Facts for an order of their own"),
            _("Enough for their court to decide by itself."),
        ),
        "third_parties": (_("Third parties in good faith"), _("Who was told, and how they can be heard.")),
        "actions": (_("What is asked for in detail"), ""),
        "return_to": (_("To whom it is to go"), ""),
        "share": (_("Sharing"), _("If a share was agreed, or is proposed.")),
        "hold": (
            _("The hold notice that this follows"),
            _("Its digest: 64 letters and digits, from its own page."),
        ),
    },
    Emergency: {
        "danger": (
            _("The danger"),
            _("Who is in danger, of what. Whether it is real is for a person to judge."),
        ),
        "threatened": (_("What is threatened"), ""),
        "known_since": (_("Known since"), ""),
        "imminent": (_("Why an ordinary request comes too late"), ""),
        "least_data": (_("Why no less would do"), ""),
        "person_in": (_("Party in which the person in danger is believed to be"), ANYWHERE),
        "review_by": (_("Independent review by"), _("Within 48 hours, by somebody who did not ask.")),
        "legal_basis": (_("The domestic law relied upon"), _("Without an offence there is no treaty basis.")),
    },
    Hold: {
        "amount": (_("The money"), ""),
        "reported": (_("Reported by the victim on"), ""),
        "until": (_("Held until"), ""),
        "recall_reference": (
            _("Reference of the bank's recall"),
            _("Or of the financial intelligence unit."),
        ),
        "legal_basis": (_("Domestic law or stated practice"), _("The treaty has no basis for a hold.")),
        "follow_up": (_("Freezing request planned for"), ""),
    },
    Removal: {
        "outcome": (_("What is to happen"), ""),
        "legal_basis": (_("Domestic law"), _("The treaty has no basis for a removal.")),
        "kept_first": (
            _("The preservation asked for before"),
            _("Its digest: 64 letters and digits, from its own page."),
        ),
        "speech": (_("Why it is no protected expression"), ""),
    },
    Inquiry: {
        "question": (_("Your question"), ""),
        "answer_by": (_("Answer wanted by"), ""),
    },
    Offence: {
        "conduct": (_("The conduct"), _("What was done, not what it is called.")),
        "conduct_period": (_("When"), ""),
        "harm": (_("The harm"), ""),
        "victim": (_("The victim"), ""),
        "provisions": (_("Penal provision"), ""),
        "convention_articles": (_("Convention offence"), _("Numbers of articles 7 to 17, such as 13.")),
    },
    Secrecy: {
        "until": (_("Secret until"), _("Secrecy always has an end and a reason.")),
        "reason": (_("The reason"), ""),
    },
    DomesticAuthorisation: {
        "authority": (_("Who authorised it at home"), ""),
        "reference": (_("Reference"), ""),
        "date": (_("Date"), ""),
    },
    Provider: {
        "name": (_("Service provider"), ""),
        "service": (_("Which service of it"), ""),
        "party": (_("Party of the provider"), ANYWHERE),
        "asked_directly": (_("Was the provider asked directly, and what did it say?"), ""),
    },
    Person: {
        "born": (_("Born on"), ""),
        "nationality": (_("Nationality"), ANYWHERE),
        "party": (_("Party in which the person is believed to be"), ANYWHERE),
        "whereabouts": (_("Whereabouts"), ""),
        "document": (_("Identity document"), _("State, kind and number.")),
    },
    Thing: {
        "party": (_("Party in which it is believed to be"), ANYWHERE),
        "location": (_("Where it is"), ""),
    },
    IpAddress: {
        "source_port": (_("Source port"), ""),
        "destination_port": (_("Port of the service"), ""),
        "protocol": (_("Protocol"), ""),
    },
    BankAccount: {
        "party": (_("Party of the bank"), ANYWHERE),
        "bank_code": (_("Code of the bank"), ""),
        "bank_name": (_("Name of the bank"), ""),
    },
    Account: {
        "provider": (_("Provider"), ""),
        "form": (_("What it is known by"), ""),
    },
    WalletAddress: {"chain": (_("Chain"), "")},
    FileHash: {"algorithm": (_("Algorithm"), "")},
}
