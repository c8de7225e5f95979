"""The build hook: the wheel and an editable install carry the treaties as compiled JSON."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileInstruments(BuildHookInterface):  # type: ignore[type-arg]  # hatchling leaves the parameter free
    """Compile the instruments before the wheel is packed; a fault in the sources stops the build."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the compiled files and name them as artifacts, since git does not know them.

        Args:
            version: ``standard`` or ``editable``; the same is done for both.
            build_data: What hatchling packs; extended in place.
        """
        del version
        path = Path(self.root) / "tools" / "compile_instruments.py"
        spec = importlib.util.spec_from_file_location("compile_instruments", path)
        if spec is None or spec.loader is None:
            raise FileNotFoundError(path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        module.write(module.compile_all(module.SOURCES), module.COMPILED)
        build_data["artifacts"].append("src/rogatory/instruments/compiled/*.json")
