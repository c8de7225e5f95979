"""Makes ``cases`` importable beside the tests that use it, and ``bench``, which counts the seeded set."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
sys.path.insert(1, str(HERE.parent.parent))
