"""Treaties as data: every provision addressable, paraphrased, and marked with how sure it is.

What it is: the structure of an instrument (``hanoi_2024``: 68 articles with paragraphs, points and indexes
of offences, time limits, grounds, contents, channels, notifications) apart from its words, with one
reference for each place, such as ``hanoi_2024/art42.p3.d``. What it is not: the treaty's text (no
sentence of it is here), a register of what is in force today, or law; the law room reads it and judges.
It opens no file but its own compiled data and no socket. Follows spec/law.md section 1.
"""

from rogatory.instruments._model import Entry, Instrument, Party, Provision
from rogatory.instruments._views import (
    citation,
    cited_by,
    confidence,
    entry,
    exists,
    index,
    instrument,
    instruments,
    parties,
    provision,
    text,
    words,
)

__all__ = [
    "Entry",
    "Instrument",
    "Party",
    "Provision",
    "citation",
    "cited_by",
    "confidence",
    "entry",
    "exists",
    "index",
    "instrument",
    "instruments",
    "parties",
    "provision",
    "text",
    "words",
]
