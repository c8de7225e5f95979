"""A whole small instrument in YAML that tests may spoil in one place."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[3]

PAGES = {
    "instrument.yaml": """\
schema_version: 1
key: toy_2000
kind: treaty
adopted: 2000-01-02
chapters:
- {id: ch1, number: I, first: 1, last: 2, confidence: verified}
vocabulary:
  obligation: [mandatory, optional]
  confidence: [verified, memory]
  numbering: [high, low]
  kind: [cooperation]
""",
    "articles/ch1.yaml": """\
- id: art1
  kind: cooperation
  confidence: verified
  numbering: high
  paragraphs:
  - {id: art1.p1, obligation: mandatory, links: {time_limits: [tl.one]}}
- id: art2
  kind: cooperation
  confidence: memory
  numbering: low
  paragraphs:
  - id: art2.p1
    obligation: optional
    confidence: verified
    points:
    - {id: art2.p1.a}
    - {id: art2.p1.b, obligation: mandatory}
""",
    "indexes/time_limits.yaml": """\
- {id: tl.one, refs: [art1.p1], value: 60, unit: days, type: minimum, confidence: memory}
""",
    "parties.yaml": """\
- {id: party.vnm, type: state, confidence: verified, signature: {date: 2000-01-03}, source: P1}
""",
    "words/en/all.yaml": """\
instrument: {title: A toy}
ch1: {title: The only chapter}
art1: {title: One, summary: First}
art1.p1: Do this.
art2: {title: Two, summary: Second}
art2.p1: You may
art2.p1.a: do that
art2.p1.b: do the other
tl.one: {what: how long}
party.vnm: {name: Viet Nam}
""",
}


@pytest.fixture(scope="session")
def tool() -> ModuleType:
    """The compiler, loaded from the path that the build uses."""
    spec = importlib.util.spec_from_file_location(
        "compile_instruments", ROOT / "tools/compile_instruments.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A folder of sources with one sound instrument, ``toy_2000``."""
    for name, text in PAGES.items():
        path = tmp_path / "toy_2000" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path
