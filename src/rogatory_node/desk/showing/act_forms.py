"""Statements that one form serves: what each asks of the person who makes it, as data.

Which side may state which of them about what is not said here: that is ``threads.RULES``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rogatory.statements import Statement
from rogatory.threads import RULES, Entry, Standing
from rogatory.threads.effects_keeping import LASTING
from rogatory_node.casework.selectors import ThreadView
from rogatory_node.casework.services.draft import ACTS

__all__ = ["FORMS", "ActForm", "body_of", "offered", "targets"]

Text = str | Promise


@dataclass(frozen=True, slots=True)
class ActForm:
    """One act.

    Attributes:
        link: As it is offered on a thread's page.
        title: The question to the person.
        lead: What it does, and what it does not.
        about: What to choose where several earlier statements could be meant.
    """

    link: Text
    title: Text
    lead: Text
    about: Text = ""


REQUEST: Final = _("Which request is it about?")
GIVEN: Final = _("What was given?")

FORMS: Final[Mapping[str, ActForm]] = MappingProxyType(
    {
        "extension": ActForm(
            _("Ask to keep it on"),
            _("How long should it be kept on?"),
            _("Asked is not granted: only a report with a later date grants it."),
            REQUEST,
        ),
        "no_longer_needed": ActForm(
            _("Say it is no longer needed"),
            _("What is no longer needed?"),
            _("The request was right and has served. What was kept for it can be let go."),
            REQUEST,
        ),
        "assurance": ActForm(
            _("Give an assurance"),
            _("What do you promise?"),
            _("It binds your Party: on reciprocity, on the use of what is given, on treatment."),
            REQUEST,
        ),
        "status": ActForm(
            _("Tell how far it is"),
            _("How far has it come?"),
            _("It changes the state of no item; only a report does."),
            REQUEST,
        ),
        "conditions_offered": ActForm(
            _("Offer conditions"),
            _("On which conditions would you act?"),
            _("An offer, and no refusal: it binds once it is accepted, number by number."),
            REQUEST,
        ),
        "path_disclosure": ActForm(
            _("Disclose the path"),
            _("Where does the path lead?"),
            _("As much traffic data as identifies the next provider and the path, and no more (art. 43)."),
            REQUEST,
        ),
        "released": ActForm(
            _("Say it is no longer kept"),
            _("What is no longer kept?"),
            _("The provider was told that it need not keep it. Whether it still does is not said."),
            REQUEST,
        ),
        "costs": ActForm(
            _("State costs"),
            _("What does it cost?"),
            _("A statement of cost. Terms for extraordinary costs are offered as conditions."),
            REQUEST,
        ),
        "conditions_accepted": ActForm(
            _("Accept conditions"),
            _("Which conditions do you accept?"),
            _("They bind your Party from then on. What is not named is not accepted."),
            _("Which conditions?"),
        ),
        "use_consent": ActForm(
            _("Answer on another use"),
            _("May it be used otherwise?"),
            _("What your answer does not name stays as it was."),
            GIVEN,
        ),
        "onward_transfer": ActForm(
            _("Tell that it went on"),
            _("To whom did it go?"),
            _("Told so that a recall can follow it. Whether it was allowed is a question of law (art. 36)."),
            GIVEN,
        ),
        "exculpatory_notice": ActForm(
            _("Give exculpatory notice"),
            _("What clears an accused?"),
            _("A notice and no request for consent: restrictions of use do not prevent it (art. 40)."),
            GIVEN,
        ),
        "returned_or_destroyed": ActForm(
            _("Say it was returned or destroyed"),
            _("What became of it?"),
            _("A statement of your Party, which held it. Copies elsewhere are not vouched for."),
            GIVEN,
        ),
        "hand_over": ActForm(
            _("Hand the thread over"),
            _("Who acts from now on?"),
            _("Another authority of your own Party. The other Party's next statement goes to it."),
        ),
        "spontaneous_information": ActForm(
            _("Give information"),
            _("What do you tell, and how did you come by it?"),
            _("It asks for nothing. It says how it was obtained, by whose authority, and for which use."),
        ),
    }
)


def targets(view: ThreadView, name: str) -> tuple[Entry, ...]:
    """Return the statements of a thread that an act of our side may speak of, the newest first."""
    rule = RULES[name]
    if view.side not in rule.sides or rule.about is None:
        return ()
    return tuple(
        each
        for each in reversed(view.thread.entries)
        if each.standing is Standing.FOLDED
        and each.recalled_by is None
        and (each.side is view.side) is (rule.about == "own")
        and (not rule.targets or each.statement.NAME in rule.targets)
        and fits(name, each.statement)
    )


# What can be asked to go on beyond its day, and whose path leads to the next provider (art. 43).
FITTING: Final = {"extension": LASTING, "path_disclosure": frozenset(("preservation",))}


def fits(name: str, target: Statement) -> bool:
    """Return whether an act makes sense about a statement: only what lasts to a day is kept on."""
    kind = getattr(target.body, "kind", "")  # type: ignore[attr-defined]  # every type has a body
    return name not in FITTING or kind in FITTING[name]


def offered(view: ThreadView) -> list[str]:
    """Return the acts that our side can make in a thread as it stands."""
    return [
        name
        for name in FORMS
        if view.side in RULES[name].sides and (RULES[name].about is None or targets(view, name))
    ]


def body_of(name: str) -> type:
    """Return the model of an act's body."""
    return ACTS[name].model_fields["body"].annotation  # type: ignore[return-value]  # a class, in each type
