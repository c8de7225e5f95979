"""Threads in which the further types of statements are said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from rogatory.statements import (
    ConditionsAccepted,
    ConditionsOffered,
    Extension,
    HandOver,
    ItemState,
    NoLongerNeeded,
    PathDisclosure,
    Released,
    Report,
    ReportBody,
    State,
    Withdrawal,
    WithdrawalBody,
)
from support.vector_pages.afterwards import afterwards
from support.vector_pages.further import (
    accepts_terms,
    extends,
    hands_over,
    leads,
    lets_go,
    offers,
    opening_information,
    releases,
)
from support.world import ASKED, ASKING, header


def keeps(of: str, until: date, state: State = State.PRESERVED) -> ReportBody:
    return ReportBody(of=of, items=(ItemState(number=1, state=state, until=until),))


JUNE, SEPTEMBER = date(2028, 6, 11), date(2028, 9, 11)


def extension_granted(talk: Any) -> None:
    talk.say(ASKED, Report, keeps(talk.root, JUNE))
    talk.say(ASKING, Extension, extends(talk.root, 1))
    talk.say(ASKED, Report, keeps(talk.root, SEPTEMBER))


def extension_not_granted(talk: Any) -> None:
    talk.say(ASKED, Report, keeps(talk.root, JUNE))
    talk.say(ASKING, Extension, extends(talk.root))
    talk.say(ASKED, Report, keeps(talk.root, JUNE))


def extension_crosses_report(talk: Any) -> None:
    talk.say(ASKED, Report, keeps(talk.root, JUNE))
    before = talk.heads["fra"][0]
    talk.say(ASKING, Extension, extends(talk.root, 1), seen=(before,))
    talk.say(ASKED, Report, keeps(talk.root, SEPTEMBER), seen=(talk.root,))


def path_and_release(talk: Any) -> None:
    talk.say(ASKED, Report, keeps(talk.root, JUNE))
    talk.say(ASKED, PathDisclosure, leads(talk.root))
    talk.say(ASKING, NoLongerNeeded, lets_go(talk.root, 1))
    talk.say(ASKED, Released, releases(talk.root, 1))


def terms(talk: Any) -> None:
    offered = talk.say(ASKED, ConditionsOffered, offers(talk.root, 1, 2))
    talk.say(ASKING, ConditionsAccepted, accepts_terms(offered, 2, 9))


def handed_over(talk: Any) -> None:
    talk.say(ASKED, HandOver, hands_over())
    talk.say(ASKED, Report, keeps(talk.root, JUNE))


def informed(talk: Any) -> None:
    talk.say(ASKING, ConditionsAccepted, accepts_terms(talk.root, 1))


def used(talk: Any) -> None:
    made = afterwards()
    path = talk.say(ASKED, PathDisclosure, leads(talk.root))

    def says(by: str, name: str, of: str) -> None:
        model, body = made[name]
        talk.say(by, model, body(of))

    says(ASKED, "status", talk.root)
    says(ASKED, "costs", talk.root)
    says(ASKING, "assurance", talk.root)
    says(ASKED, "use_consent", path)
    for name in ("onward_transfer", "exculpatory_notice", "returned_or_destroyed", "use_consent"):
        says(ASKING, name, path)


def release_opens(talk: Any) -> None:
    talk.say(ASKED, Report, keeps(talk.root, JUNE))


def further_talks(make: Callable[..., Any]) -> dict[str, Callable[[], Any]]:
    """Return, by name, functions that each make a thread."""

    def told(play: Callable[[Any], None], *opening: Any) -> Callable[[], Any]:
        def run() -> Any:
            talk = make(*opening)
            play(talk)
            return talk

        return run

    withdrawal = Withdrawal(**header(), body=WithdrawalBody(of="5" * 64))
    return {
        "an extension is granted by a later day": told(extension_granted),
        "an extension is not granted by the same day": told(extension_not_granted),
        "an extension crosses a report": told(extension_crosses_report),
        "a path is disclosed, then the item is let go and released": told(path_and_release),
        "of two conditions one is accepted": told(terms),
        "a matter is handed over, and the authority before speaks again": told(handed_over),
        "what was given is used, and the receiver cannot consent for the giver": told(used),
        "information that nobody asked for": told(informed, opening_information()),
        "a statement that cannot open a thread opens one": told(release_opens, withdrawal),
    }
