"""Question pages: draft, decide, approve, acknowledge; what is typed is never lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .findings import Findings
from .frame import Link
from .shapes import StateBadge
from .thread import Fact, ItemTable

__all__ = [
    "ActPage",
    "Button",
    "DecidePage",
    "Decision",
    "DomesticAct",
    "DraftPage",
    "FollowUp",
    "Option",
    "ParsedLine",
    "PasteReader",
    "Problem",
    "Question",
    "Step",
    "Steps",
    "WillRead",
]


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of the error summary: what is wrong, and the field that cures it."""

    text: str
    field: str


@dataclass(frozen=True, slots=True)
class Button:
    """A button of a form; ``name`` and ``value`` say which was pressed."""

    text: str
    name: str = ""
    value: str = ""
    secondary: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One question of a draft, with how far it is."""

    title: str
    detail: str
    state: Literal["done", "now", "open"]
    href: str = ""


@dataclass(frozen=True, slots=True)
class Steps:
    """The questions of a draft, at the side."""

    title: str
    progress: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One radio of a short question.

    Args:
        value: What is sent.
        label: What it is.
        hint: One line under it.
        heading: Stands above it, where it begins a group.
        under: One line under that heading.
        apart: Whether its group stands apart from the others, as what has no treaty basis does.
    """

    value: str
    label: str
    hint: str = ""
    heading: str = ""
    under: str = ""
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A field that the reading of a line asks for, with the finding that asks.

    Args:
        field: Name and id of the input.
        label: The question.
        options: Radios; empty for a text field.
        value: What was typed or chosen.
        prefix: Sign before the field (``±``).
        suffix: Sign after it (``s``).
        size: Width of a text field in characters: 2, 3, 4, 5, 10, 20 or 30.
        numeric: Whether a telephone shows digits.
        problem: What is wrong with what was typed; it is kept all the same.
        finding: The finding beside the field, if one asks for it.
    """

    field: str
    label: str
    options: tuple[Option, ...] = ()
    value: str = ""
    prefix: str = ""
    suffix: str = ""
    size: int = 10
    numeric: bool = False
    problem: str = ""
    finding: Findings | None = None


@dataclass(frozen=True, slots=True)
class ParsedLine:
    """One line of what was pasted, and how it was read.

    Args:
        title: ``Line 1``.
        state: ``Two things missing`` or ``Clear``.
        facts: Verbatim first, then what was read in it.
        summary: What a folded line shows beside its title.
        open: Whether it is unfolded; open lines are those with something to do.
        todo: Whether something is missing.
        questions: What is asked, beside its finding.
        sent: How it will be sent.
    """

    title: str
    state: StateBadge
    facts: tuple[Fact, ...]
    summary: str = ""
    open: bool = False
    todo: bool = False
    questions: tuple[Question, ...] = ()
    sent: str = ""


@dataclass(frozen=True, slots=True)
class PasteReader:
    """Paste left, reading right, so that the eye compares line by line."""

    field: str
    hint: str
    text: str
    read_again: Button
    title: str
    lines: tuple[ParsedLine, ...] = ()
    attach: Link | None = None
    findings: Findings | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class DraftPage:
    """One question of a draft."""

    back: Link
    caption: str
    question: str
    reader: PasteReader
    steps: Steps
    save: Button
    action: str = ""
    later: Link | None = None
    note: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A field that belongs to one answer; visible without script.

    Args:
        field: Name and id of the input; of several, the id of the first.
        label: What is asked.
        value: What was typed or chosen; of a list, what was typed because it is not in the list.
        kind: How it is answered.
        options: What can be chosen.
        hint: What helps to answer.
        problem: What is wrong with what was typed; it is kept all the same.
        size: Width of a text field in characters.
        chosen: What is ticked, or chosen in the list.
        instead: What stands over the text field under a list.
    """

    field: str
    label: str
    value: str = ""
    kind: Literal["text", "long", "note", "radios", "checks", "list", "heading", "end"] = "text"
    options: tuple[Option, ...] = ()
    hint: str = ""
    problem: str = ""
    size: int = 10
    chosen: tuple[str, ...] = ()
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """One of the answers to an item; refusal comes last, with its closed list."""

    value: str
    label: str
    hint: str
    chosen: bool = False
    follow: tuple[FollowUp, ...] = ()


@dataclass(frozen=True, slots=True)
class WillRead:
    """Exactly what the other Party will read, before it is sent."""

    title: str
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class DomesticAct:
    """The order at home and its scope; it never crosses the border."""

    flag: str
    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class DecidePage:
    """The item, the answers, what will be read; at the side the order at home."""

    crumbs: tuple[Link, ...]
    caption: str
    question: str
    field: str
    decisions: tuple[Decision, ...]
    save: Button
    action: str = ""
    will_read: WillRead | None = None
    note: str = ""
    items_title: str = ""
    items: tuple[Fact, ...] = ()
    order: DomesticAct | None = None
    findings: Findings | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class ActPage:
    """One act on a statement: approve, acknowledge, ratify, send a report.

    Args:
        crumbs: Where it belongs.
        title: The question to the person.
        lead: What is so, and what happens on pressing.
        facts: What is signed: number, digest, to whom, by which rule.
        items: The items it speaks of.
        will_read: What the other Party will read.
        fields: Text the person may add.
        buttons: The act first; it is the page's only primary button.
        confirm: A sentence to tick before the act, when the Party's policy wants one.
        passkey: Options of the passkey ceremony as WebAuthn's own JSON (``publicKey``'s members);
            nothing for none. The answer comes back in the form's field ``passkey``.
        ceremony: ``get`` to sign with a passkey, ``create`` to make one.
        elsewhere: Where else the person may have meant to go.
        aside: Who has approved and who is still asked.
        findings: Internal advice.
    """

    crumbs: tuple[Link, ...]
    title: str
    lead: str
    buttons: tuple[Button, ...]
    action: str = ""
    facts: tuple[Fact, ...] = ()
    items: ItemTable | None = None
    will_read: WillRead | None = None
    fields: tuple[FollowUp, ...] = ()
    confirm: str = ""
    passkey: dict[str, object] | None = None
    ceremony: Literal["get", "create"] = "get"
    note: str = ""
    elsewhere: tuple[Link, ...] = ()
    aside: Steps | None = None
    findings: Findings | None = None
    problems: tuple[Problem, ...] = ()
