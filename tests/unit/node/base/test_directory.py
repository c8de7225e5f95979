"""The mirrored register, as the node looks into it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from rogatory_node.base import NodeError, directory


def test_an_authority_that_the_register_does_not_name(monkeypatch):
    monkeypatch.setattr(directory, "snapshot", lambda: SimpleNamespace(authorities={"vnm/a05": "entry"}))
    assert directory.entry("vnm/a05") == "entry"
    assert directory.authorities() == ("vnm/a05",)
    with pytest.raises(NodeError, match=r"NODE-014 .*fra/ofac"):
        directory.entry("fra/ofac")


def test_a_node_that_has_mirrored_nothing_says_so(settings, tmp_path):
    settings.ROGATORY_HOME = type(settings.ROGATORY_HOME)(tmp_path)
    with pytest.raises(NodeError, match="NODE-013"):
        directory.snapshot()
