"""The rules of the Hanoi Convention, one module an article, each rule in the order of the text.

The reader this is written for knows law and no Python: a rule's docstring is what it asks, its ``cites`` is
where, and its body names what it looked at. The words of each anchor are in ``instruments/hanoi_2024``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rogatory.law.hanoi_2024 import (
    art02,
    art06,
    art24,
    art35,
    art36,
    art37,
    art38,
    art39,
    art40,
    art40_contents,
    art40_forms,
    art41,
    art42,
    art44,
    art45,
    art46,
    art47,
    art48,
    art49,
    art50,
    art52,
    art65,
    practice_cooperation,
    practice_emergency,
    practice_extradition,
    practice_hold,
    practice_identifiers,
    practice_interception,
    practice_lint_channel,
    practice_lint_fitting,
    practice_lint_identifiers,
    practice_lint_scope,
    practice_lint_times,
    practice_lint_words,
    practice_network,
    practice_preservation,
    practice_property,
    practice_removal,
    practice_stored_data,
    practice_transfers,
)
from rogatory.law.rule import Rule

__all__ = ["RULES"]

MODULES: Final = (
    *(art65, art35, art42, art40_contents, art40_forms, art40, art44, art02),
    *(art06, art24, art36),
    *(practice_identifiers, practice_preservation, practice_stored_data),
    *(art41, art45, art46, practice_interception, practice_network, practice_emergency),
    *(art37, practice_extradition, art38, art39, practice_transfers),
    *(practice_lint_identifiers, practice_lint_fitting, practice_lint_scope),
    *(practice_lint_times, practice_lint_words, practice_lint_channel),
    *(art47, art48, art49, art50, art52),
    *(practice_cooperation, practice_property, practice_hold, practice_removal),
)


def _rules() -> Iterator[Rule]:
    for module in MODULES:
        yield from (value for value in vars(module).values() if isinstance(value, Rule))


RULES: Final[tuple[Rule, ...]] = tuple(_rules())
