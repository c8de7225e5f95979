"""Django forms in GOV.UK's shapes: ``{% load look_forms %}{% field form.username %}``.

One cause, one cure: the error stands above its field and again in the summary, which leads to it.
What was typed is kept, since Django binds it again.
"""

from __future__ import annotations

from typing import Any

from django import forms, template
from django.forms import BoundField

from rogatory_node.look.pictures.questions import Problem

register = template.Library()

_CLASSES: tuple[tuple[type[forms.Widget], str, str], ...] = (
    (forms.RadioSelect, "radios", "govuk-radios__input"),
    (forms.CheckboxSelectMultiple, "checkboxes", "govuk-checkboxes__input"),
    (forms.CheckboxInput, "checkbox", "govuk-checkboxes__input"),
    (forms.Textarea, "field", "govuk-textarea"),
    (forms.Select, "field", "govuk-select"),
    (forms.FileInput, "field", "govuk-file-upload"),
    (forms.TextInput, "field", "govuk-input"),
)


def _kind(widget: forms.Widget) -> tuple[str, str]:
    found = ((kind, css) for known, kind, css in _CLASSES if isinstance(widget, known))
    return next(found, ("field", "govuk-input"))


@register.inclusion_tag("look/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """Draw one field: label, hint, its errors, and the widget with GOV.UK's classes."""
    kind, css = _kind(bound.field.widget)
    about = [f"{bound.id_for_label}-hint"] if bound.help_text else []
    about += [f"{bound.id_for_label}-error"] if bound.errors else []
    attributes: dict[str, Any] = {
        "class": css + (f" {css}--error" if bound.errors and kind == "field" else "")
    }
    if about:
        attributes["aria-describedby"] = " ".join(about)
    drawn = bound.as_widget(attrs=attributes) if kind in ("field", "checkbox") else ""
    return {"it": bound, "kind": kind, "css": css, "widget": drawn, "about": " ".join(about)}


@register.simple_tag
def form_problems(form: forms.BaseForm | None) -> list[Problem]:
    """Return the lines of the error summary, each with the field that cures it."""
    if form is None or not form.is_bound:
        return []
    whole = [Problem(str(text), "") for text in form.non_field_errors()]
    return whole + [
        Problem(f"{bound.label}: {text}", _first_input(bound)) for bound in form for text in bound.errors
    ]


def _first_input(bound: BoundField) -> str:
    """Return the id that an error leads to; of several radios, the first."""
    return bound.id_for_label or f"{bound.auto_id}_0"
