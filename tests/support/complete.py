"""The body of a complete request of each kind, as jurists wrote it in ``tests/law/complete_<kind>.yaml``."""

from __future__ import annotations

import importlib.util
import sys
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

LAW = Path(__file__).parents[1] / "law"
# Links to statements that are made up there: whoever sends the body has real ones, or none.
LINKS = (("preservation",), ("extends",), ("property", "hold"), ("removal", "kept_first"))


@cache
def _cases() -> ModuleType:
    name = "law_cases"
    spec = importlib.util.spec_from_file_location(name, LAW / "cases.py")
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    sys.modules[name] = found
    spec.loader.exec_module(found)
    return found


def body(kind: str) -> dict[str, Any]:
    """Return the body, without the statements that it only pretends to follow."""
    found: dict[str, Any] = _cases().complete(kind)["body"]
    for *way, last in LINKS:
        holder = found
        for name in way:
            holder = holder.get(name, {})
        holder.pop(last, None)
    return found
