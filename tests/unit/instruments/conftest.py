"""A whole small instrument in YAML that tests may spoil in one place."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from rogatory.errors import InstrumentError

ROOT = Path(__file__).parents[3]

PAGES = {
    "instrument.yaml": """\
schema_version: 1
key: toy_2000
kind: treaty
adopted: 2000-01-02
opened_for_signature: 2000-01-02
signature_closes: 2000-12-31
fallback: {rule: art1.p1}
entry_into_force: {first: tl.one, later: tl.one}
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
    "indexes/reservations.yaml": """\
- {id: res.art2, refs: [art2.p1], type: reservation, confidence: verified}
""",
    "indexes/matters.yaml": """\
- {id: matter.contents, refs: [art1.p1], yields: true, confidence: memory}
""",
    "parties.yaml": """\
- id: party.vnm
  type: state
  confidence: verified
  signature: {date: 2000-01-03}
  consent: {kind: ratification, deposit: 2000-02-01, in_force: 2000-03-02}
  source: P1
  communications:
  - id: party.vnm.c1
    kind: reservation
    refs: [art2.p1]
    under: res.art2
    matters: [contents]
    date: 2000-02
    confidence: memory
    source: P1
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
source.P1: {what: a page}
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


def faults(tool: ModuleType, sources: Path) -> list[InstrumentError]:
    """Every fault that compiling tells, each an InstrumentError."""
    with pytest.raises(ExceptionGroup) as caught:
        tool.compile_all(sources)
    assert all(isinstance(each, InstrumentError) for each in caught.value.exceptions)
    return list(caught.value.exceptions)


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A folder of sources with one sound instrument, ``toy_2000``."""
    for name, text in PAGES.items():
        path = tmp_path / "toy_2000" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path
