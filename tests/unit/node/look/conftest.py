"""What the look's tests share: the languages of a simulation, and the vendoring tool from its folder."""

import importlib.util
from pathlib import Path

import pytest

from rogatory_node.look import LANGUAGES_BIDI, WITH_PSEUDO

TOOL = Path(__file__).parents[4] / "tools/vendor_assets/vendor.py"


@pytest.fixture(scope="session")
def vendoring():
    spec = importlib.util.spec_from_file_location("vendor", TOOL)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(autouse=True)
def _languages(settings):
    settings.LANGUAGES = list(WITH_PSEUDO)
    settings.LANGUAGES_BIDI = list(LANGUAGES_BIDI)
