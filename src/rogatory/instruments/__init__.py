"""Treaties as data: every provision addressable, paraphrased, and marked with how sure it is.

What it is: the structure of an instrument (``hanoi_2024``: 68 articles with paragraphs, points and indexes
of offences, time limits, grounds, contents, channels, notifications; ``ets_185``, ``untoc`` and treaties
between two Parties beside it, as deep as cooperation needs) apart from its words, with one reference for
each place, such as ``hanoi_2024/art42.p3.d``; and who joined it, as far as sources told. What it is not: the
treaty's text (no sentence of it is here), a register of what is in force today, or law; the law room reads
it and judges.
It opens no file but its own compiled data and no socket. Follows spec/law.md section 1.
"""

from rogatory.instruments._model import (
    Communication,
    Counting,
    Entry,
    Instrument,
    Party,
    Provision,
    Relation,
    Ruling,
)
from rogatory.instruments._parties import parties, relation, relations
from rogatory.instruments._views import (
    citation,
    cited_by,
    confidence,
    digests,
    entry,
    exists,
    index,
    instrument,
    instruments,
    is_entry,
    provision,
    text,
    words,
)

__all__ = [
    "Communication",
    "Counting",
    "Entry",
    "Instrument",
    "Party",
    "Provision",
    "Relation",
    "Ruling",
    "citation",
    "cited_by",
    "confidence",
    "digests",
    "entry",
    "exists",
    "index",
    "instrument",
    "instruments",
    "is_entry",
    "parties",
    "provision",
    "relation",
    "relations",
    "text",
    "words",
]
