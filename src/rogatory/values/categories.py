"""The kinds of data that a request can name, in the treaty's own words."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["DataCategory"]


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
