"""The models and functions of this room in one place, loaded when the first of them is asked for."""

from rogatory.statements.acknowledgement import Acknowledgement, AcknowledgementBody
from rogatory.statements.acts import About, AboutItems, Condition, Ground, ItemState, State
from rogatory.statements.answer import Answer, AnswerBody, Reply
from rogatory.statements.assurance import Assurance, AssuranceBody
from rogatory.statements.conditions_accepted import ConditionsAccepted, ConditionsAcceptedBody
from rogatory.statements.conditions_offered import ConditionsOffered, ConditionsOfferedBody
from rogatory.statements.content import content_id
from rogatory.statements.costs import Costs, CostsBody
from rogatory.statements.decision import Decision, DecisionBody, ItemDecision
from rogatory.statements.delivery import Delivery, DeliveryBody, UseConditions, WrappedKey
from rogatory.statements.exculpatory_notice import ExculpatoryNotice, ExculpatoryNoticeBody
from rogatory.statements.extension import Extension, ExtensionBody
from rogatory.statements.hand_over import HandOver, HandOverBody
from rogatory.statements.header import Approval, Document, Statement, Translation, Words
from rogatory.statements.no_longer_needed import NoLongerNeeded, NoLongerNeededBody
from rogatory.statements.onward_transfer import OnwardTransfer, OnwardTransferBody
from rogatory.statements.opening import (
    TYPES,
    Opened,
    media_type_of,
    open_document,
    payload_of,
    read_payload,
    sign,
)
from rogatory.statements.particulars import (
    Amount,
    Assistance,
    Cooperation,
    Emergency,
    Extradition,
    Hold,
    Inquiry,
    Interception,
    Order,
    Proceedings,
    Property,
    Removal,
    SentencedTransfer,
)
from rogatory.statements.path_disclosure import PathDisclosure, PathDisclosureBody, PathEntry
from rogatory.statements.query import Query, QueryBody, Question
from rogatory.statements.ratified import Ratified, RatifiedBody
from rogatory.statements.recall import Recall, RecallBody
from rogatory.statements.receipt import Receipt, ReceiptBody
from rogatory.statements.released import Released, ReleasedBody
from rogatory.statements.report import Report, ReportBody
from rogatory.statements.request import (
    CaseUnit,
    DomesticAuthorisation,
    Item,
    Offence,
    PenalProvision,
    Provider,
    Request,
    RequestBody,
    Secrecy,
)
from rogatory.statements.returned_or_destroyed import ReturnedOrDestroyed, ReturnedOrDestroyedBody
from rogatory.statements.spontaneous_information import (
    Obtained,
    SpontaneousInformation,
    SpontaneousInformationBody,
)
from rogatory.statements.status import Status, StatusBody
from rogatory.statements.use_consent import UseConsent, UseConsentBody
from rogatory.statements.withdrawal import Withdrawal, WithdrawalBody

__all__ = [
    "TYPES",
    "About",
    "AboutItems",
    "Acknowledgement",
    "AcknowledgementBody",
    "Amount",
    "Answer",
    "AnswerBody",
    "Approval",
    "Assistance",
    "Assurance",
    "AssuranceBody",
    "CaseUnit",
    "Condition",
    "ConditionsAccepted",
    "ConditionsAcceptedBody",
    "ConditionsOffered",
    "ConditionsOfferedBody",
    "Cooperation",
    "Costs",
    "CostsBody",
    "Decision",
    "DecisionBody",
    "Delivery",
    "DeliveryBody",
    "Document",
    "DomesticAuthorisation",
    "Emergency",
    "ExculpatoryNotice",
    "ExculpatoryNoticeBody",
    "Extension",
    "ExtensionBody",
    "Extradition",
    "Ground",
    "HandOver",
    "HandOverBody",
    "Hold",
    "Inquiry",
    "Interception",
    "Item",
    "ItemDecision",
    "ItemState",
    "NoLongerNeeded",
    "NoLongerNeededBody",
    "Obtained",
    "Offence",
    "OnwardTransfer",
    "OnwardTransferBody",
    "Opened",
    "Order",
    "PathDisclosure",
    "PathDisclosureBody",
    "PathEntry",
    "PenalProvision",
    "Proceedings",
    "Property",
    "Provider",
    "Query",
    "QueryBody",
    "Question",
    "Ratified",
    "RatifiedBody",
    "Recall",
    "RecallBody",
    "Receipt",
    "ReceiptBody",
    "Released",
    "ReleasedBody",
    "Removal",
    "Reply",
    "Report",
    "ReportBody",
    "Request",
    "RequestBody",
    "ReturnedOrDestroyed",
    "ReturnedOrDestroyedBody",
    "Secrecy",
    "SentencedTransfer",
    "SpontaneousInformation",
    "SpontaneousInformationBody",
    "State",
    "Statement",
    "Status",
    "StatusBody",
    "Translation",
    "UseConditions",
    "UseConsent",
    "UseConsentBody",
    "Withdrawal",
    "WithdrawalBody",
    "Words",
    "WrappedKey",
    "content_id",
    "media_type_of",
    "open_document",
    "payload_of",
    "read_payload",
    "sign",
]
