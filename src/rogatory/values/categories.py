"""What a request can name in an item: a category of data, or another measure, in the treaty's own words."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["DataCategory", "Measure"]


class DataCategory(StrEnum):
    """A category of data, as article 2 of the Convention defines it.

    It does not decide which category some data belong to: a person does, under the law of both Parties.

    Source:
        hanoi_2024/art02; spec/values.md 7.
    """

    TRAFFIC_DATA = "traffic_data"
    CONTENT_DATA = "content_data"
    SUBSCRIBER_INFORMATION = "subscriber_information"
    ELECTRONIC_DATA = "electronic_data"
    """Electronic data that are none of the three above, such as a disk image or a program."""


class Measure(StrEnum):
    """What is asked for in an item that asks for no data of a category.

    It does not say that the requested Party can take the measure: its law does.

    Source:
        hanoi_2024/art37 to art41, art47 to art52; the last two have no treaty basis; spec/values.md 7.
    """

    # Art. 40(3), by its points; data are asked for by category under arts. 42 and 44 to 46.
    TAKING_EVIDENCE = "taking_evidence"
    HEARING_BY_VIDEO = "hearing_by_video"  # art. 40(18)
    TRANSFER_OF_A_WITNESS_IN_CUSTODY = "transfer_of_a_witness_in_custody"  # art. 40(9) to (11)
    SERVICE_OF_DOCUMENTS = "service_of_documents"
    SEARCH_AND_SEIZURE = "search_and_seizure"
    EXAMINATION = "examination"
    INFORMATION_AND_EXPERTISE = "information_and_expertise"
    DOCUMENTS_AND_RECORDS = "documents_and_records"
    VOLUNTARY_APPEARANCE = "voluntary_appearance"
    OTHER_ASSISTANCE = "other_assistance"
    # Arts. 37 to 39.
    EXTRADITION = "extradition"
    PROVISIONAL_ARREST = "provisional_arrest"
    TRANSFER_OF_A_SENTENCED_PERSON = "transfer_of_a_sentenced_person"
    TRANSFER_OF_PROCEEDINGS = "transfer_of_proceedings"
    # Arts. 41(3), 47, 48.
    LOCATING_A_PROVIDER = "locating_a_provider"
    LOCATING_A_PERSON = "locating_a_person"
    TECHNICAL_ADVICE = "technical_advice"
    LEGAL_INFORMATION = "legal_information"
    POLICE_INFORMATION = "police_information"
    JOINT_INVESTIGATION = "joint_investigation"
    # Arts. 40(3)(j) and (l), 49 to 52.
    TRACING = "tracing"
    FREEZING = "freezing"
    SEIZURE = "seizure"
    CONFISCATION = "confiscation"
    RETURN_OF_PROPERTY = "return_of_property"
    # No treaty basis.
    HOLD = "hold"
    REMOVAL = "removal"
