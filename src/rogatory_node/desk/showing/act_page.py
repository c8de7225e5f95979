"""The page of one act: its fields from its model, and the body that what was typed comes to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from rogatory import values
from rogatory.threads import Entry
from rogatory.values import party_of
from rogatory_node.base import NodeError, configuration
from rogatory_node.desk.form import Reader, numbers_in
from rogatory_node.desk.showing import (
    act_forms,
    controls,
    fields,
    items,
    links,
    next_act,
    numbers,
    pasted,
    places,
    questions_page,
    reading,
    times,
)
from rogatory_node.desk.showing.fields import Field
from rogatory_node.desk.showing.moves import Desk
from rogatory_node.look.pictures.frame import Link
from rogatory_node.look.pictures.questions import ActPage, Button, FollowUp, Option
from rogatory_node.look.pictures.thread import Fact
from rogatory_node.look.pictures.words import joined, name

__all__ = ["body", "fields_of", "page", "shown"]

_PORT = re.compile(r"[\d\]]:(\d{1,5})(?=\s)")
LONG = ("words", "list", "words_list", "conditions", "identifiers", "path")


def fields_of(act: str) -> tuple[Field, ...]:
    """Return the fields of an act, but for the statement that it speaks of."""
    return controls.fields_of(act_forms.body_of(act), "", leave_out=("of",), whole=True)


def body(act: str, reader: Reader) -> dict[str, Any]:
    """Return the body that was typed; what is missing or cannot be read is noted beside its field.

    A part that may be left out, such as secrecy, asks for what it needs once anything of it was typed.
    """
    found: dict[str, Any] = {}
    for each in fields_of(act):
        typed = _typed(reader, each)
        if each.kind in fields.LAID_OUT:
            continue
        if not typed:
            if each.required or _begun(each, act, reader):
                reader.refuse(NodeError("NODE-753", field=str(each.label)), each.name)
            continue
        fields.write(found, each.path, _read(each, typed, reader))
    return found


def _typed(reader: Reader, asked: Field) -> str:
    return links.typed(reader, asked.name) if asked.path in links.IN_ACTS else reader.text(asked.name)


def _begun(asked: Field, act: str, reader: Reader) -> bool:
    """Return whether a part that may be left out was begun, and needs this member of it."""
    parent, _dot, member = asked.path.rpartition(".")
    if not parent:
        return False
    # A period stands two members deep and requires nothing of itself.
    model = None if "." in parent else controls.control(act_forms.body_of(act), parent).model
    if model is None or not model.model_fields[member].is_required():
        return False
    return any(reader.text(each.name) for each in fields_of(act) if each.path.startswith(f"{parent}."))


def _read(asked: Field, typed: str, reader: Reader) -> Any:
    if asked.kind == "day":
        reader.day(asked.name, str(asked.label))
    if asked.kind == "instant":
        reader.instant(asked.name, str(asked.label))
    if asked.kind == "numbers":
        return numbers_in(typed)
    if asked.kind == "conditions":
        return list(_conditions(typed))
    if asked.kind == "identifiers":
        return list(_identifiers(asked, typed, reader))
    if asked.kind == "path":
        return list(_path(asked, typed, reader))
    return fields.read(asked, typed)


def _conditions(typed: str) -> Iterator[dict[str, Any]]:
    lines = [each.strip() for each in typed.splitlines() if each.strip()]
    for number, line in enumerate(lines, 1):
        words, _bar, provision = (part.strip() for part in line.partition("|"))
        found: dict[str, Any] = {"number": number, "words": fields.as_words(words)}
        yield found | ({"provision": provision} if provision else {})


def _identifiers(asked: Field, typed: str, reader: Reader) -> Iterator[dict[str, Any]]:
    for at, line in enumerate(typed.splitlines(), 1):
        found = [each for _kind, each in values.recognise(line)]
        if line.strip() and not found:
            reader.refuse(NodeError("NODE-758", field=str(asked.label), line=at), asked.name)
        yield from (each.model_dump(mode="json", exclude_none=True) for each in found)


def _path(asked: Field, typed: str, reader: Reader) -> Iterator[dict[str, Any]]:
    for at, text in enumerate((each.strip() for each in typed.splitlines() if each.strip()), 1):
        words, _bar, provider = (part.strip() for part in text.partition("|"))
        port = _PORT.search(words)
        line = pasted.read(words, {"1": {"port": port[1]}} if port else {}, places.UTC_PLACE)[0]
        address = next((each for each in line.identifiers if each.kind == "ip_address"), None)
        if address is None or line.moment is None:
            reader.refuse(NodeError("NODE-758", field=str(asked.label), line=at), asked.name)
            continue
        found = {"address": address, "at": line.moment}
        members = {member: each.model_dump(mode="json", exclude_none=True) for member, each in found.items()}
        yield members | ({"provider": provider} if provider else {})


def page(desk: Desk, act: str, reader: Reader, chosen: str = "") -> ActPage:
    """Return the page of an act in a thread."""
    form, view = act_forms.FORMS[act], desk.view
    found = act_forms.targets(view, act)
    about = next((each for each in found if each.id == chosen), next(iter(found), None))
    fold = next((each for each in view.thread.requests if about and each.id == about.id), None)
    return ActPage(
        crumbs=(
            Link(_("Board"), reverse("desk:board")),
            Link(numbers.number(view), reverse("desk:thread", args=[view.thread.id])),
        ),
        title=str(form.title),
        lead=str(form.lead),
        facts=_about(about, alone=len(found) == 1),
        items=items.table(fold) if fold and len(found) == 1 else None,
        fields=(*_which(desk, form, found, about), *shown(view.authority, act, reader, links.of_act(view))),
        buttons=(Button(_("Prepare it")),),
        note=next_act.needs(act),
    )


def _about(about: Entry | None, *, alone: bool) -> tuple[Fact, ...]:
    """Return what the statement in question says, where only one can be meant."""
    if about is None or not alone:
        return ()
    return (Fact(_("About"), reading.summary(about.statement)[0]), *_said(about))


def _said(about: Entry) -> tuple[Fact, ...]:
    short = about.statement.NAME in ("conditions_offered", "spontaneous_information")
    return reading.facts(about.statement) if short else ()


def _which(
    desk: Desk, form: act_forms.ActForm, found: tuple[Entry, ...], about: Entry | None
) -> tuple[FollowUp, ...]:
    if len(found) < 2 or about is None:
        return ()
    here = places.place(desk.view.authority)
    options = tuple(
        Option(
            each.id,
            joined(*reading.summary(each.statement)[:1], ", ", times.own(each.statement.issued_at, here)),
            hint=" · ".join(reading.line(fact) for fact in _said(each)),
        )
        for each in found
    )
    return (FollowUp("of", str(form.about), about.id, "radios", options=options),)


def shown(
    authority: str, act: str, reader: Reader, offered: links.Offered = MappingProxyType({})
) -> Iterator[FollowUp]:
    """Yield the fields of an act with what was typed, what can be chosen, and what is wrong with it."""
    optional: tuple[str, ...] = ()
    for each in fields_of(act):
        if each.kind in fields.LAID_OUT:
            # A part that may be left out says so once, over all of it.
            left = each.kind == "group" and not each.required and not each.path.startswith(optional or ("?",))
            optional += (f"{each.path}.",) if left else ()
            yield questions_page.heading(replace(each, label=_optional(str(each.label))) if left else each)
            continue
        options = tuple(Option(value, str(label)) for value, label in each.choices)
        if each.path == "successor":
            options = _successors(authority)
        told = each.required or each.path.startswith(optional or ("?",))
        label = str(each.label) if told else _optional(str(each.label))
        it = FollowUp(
            each.name,
            label,
            _typed(reader, each),
            "radios" if options else "long" if each.kind in LONG else "text",
            options=options,
            hint=str(each.hint),
            problem=reader.problem_of(each.name),
            size=each.size,
        )
        yield questions_page.listed(it, offered.get(each.path, ()))


def _optional(label: str) -> str:
    return _("{label} (optional)").format(label=label)


def _successors(authority: str) -> tuple[Option, ...]:
    """Return the other authorities of our own Party, as the register and this node know them."""
    known = {*places.of_party(party_of(authority)), *configuration.current().authority_ids}
    return tuple(Option(each, name(places.authority(each))) for each in sorted(known - {authority}))
