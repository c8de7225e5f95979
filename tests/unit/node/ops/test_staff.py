"""Tokens from the command line: for officers who are there, and ended by label."""

from __future__ import annotations

import pytest

from rogatory_node.api import tokens
from rogatory_node.base import NodeError, clock
from rogatory_node.ops import staff
from rogatory_node.people import officers
from support.world import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def frozen_night(settings, tmp_path):
    settings.ROGATORY_HOME = type(settings.ROGATORY_HOME)(tmp_path)
    clock.set_to(NOON, frozen=True)


def test_a_token_is_made_and_its_label_revoked() -> None:
    officer = officers.enlist("hoa", "Hoa")
    assert staff.known("hoa") == officer
    made = staff.make_token(officer, "api", days=1, passkeys=True)
    held = tokens.find(made, clock.now())
    assert (held.officer, held.passkeys) == (officer, True)
    assert staff.revoke_tokens(officer, "other") == 0
    assert staff.revoke_tokens(officer, "api") == 1
    assert tokens.find(made, clock.now()) is None


def test_nobody_of_that_name_and_nobody_who_left_gets_a_token() -> None:
    with pytest.raises(NodeError, match="NODE-308"):
        staff.known("nobody")
    officer = officers.enlist("hoa", "Hoa")
    officers.leave(officer)
    with pytest.raises(NodeError, match="NODE-309"):
        staff.make_token(officer, "api", days=1, passkeys=False)
