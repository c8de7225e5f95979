"""Writes ``node.toml`` with every setting described, from the models' own descriptions."""

from __future__ import annotations

import json
import textwrap
from typing import Any

from rogatory.values import Frozen
from rogatory_node.base.configuration import Configuration

__all__ = ["toml_text"]

WIDTH = 100


def toml_text(configuration: Configuration) -> str:
    """Return the file that reads back as this configuration, each setting under its description.

    The policy is written only where it differs from the default: ``policy`` is what the Party said.
    """
    lines = ["# The configuration of this node. Unknown settings are refused.", ""]
    lines += _settings(configuration, skip={"authorities", "policy"})
    for authority in configuration.authorities:
        lines += ["", "[[authorities]]", *_settings(authority)]
    for name in type(configuration).model_fields:
        section = getattr(configuration, name)
        if isinstance(section, Frozen):
            lines += ["", *_comment(_described(configuration, name)), f"[{name}]", *_settings(section)]
    for act, rule in configuration.policy.items():
        lines += ["", f"[policy.{act}]", *_settings(rule)]
    return "\n".join(lines) + "\n"


def _settings(model: Frozen, skip: frozenset[str] | set[str] = frozenset()) -> list[str]:
    lines: list[str] = []
    said = model.model_dump(mode="json")
    for name in type(model).model_fields:
        if name in skip or isinstance(getattr(model, name), Frozen):
            continue
        # TOML has no null: a setting that is not set is shown as a comment.
        line = f"# {name} is not set" if said[name] is None else f"{name} = {_value(said[name])}"
        lines += [*_comment(_described(model, name)), line]
    return lines


def _described(model: Frozen, name: str) -> str:
    return type(model).model_fields[name].description or ""


def _comment(text: str) -> list[str]:
    return [f"# {line}" for line in textwrap.wrap(text, WIDTH)]


def _value(value: Any) -> str:
    # A JSON text, number, boolean or list of these is a TOML value as it stands.
    return json.dumps(value, ensure_ascii=False)
