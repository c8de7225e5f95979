"""``exculpatory_notice``: what was received clears an accused, and is disclosed to the defence."""

from __future__ import annotations

from typing import ClassVar, Literal

from rogatory.statements.acts import About
from rogatory.statements.header import Statement, Words
from rogatory.values import Day

__all__ = ["ExculpatoryNotice", "ExculpatoryNoticeBody"]


class ExculpatoryNoticeBody(About):
    """Which statement of the other side gave it, in which proceedings, and whether it is out already."""

    standing: Literal["to_be_disclosed", "disclosed"]
    on: Day | None = None
    proceedings: Words
    exception: Words | None = None  # art40.p5 and p19: why notice could not come before


class ExculpatoryNotice(Statement):
    """Notice, not a request for consent: restrictions of use do not prevent it (art. 40(5) and (19))."""

    NAME: ClassVar[str] = "exculpatory_notice"

    type: Literal["exculpatory_notice"] = "exculpatory_notice"
    body: ExculpatoryNoticeBody
