"""The pages that the kinds of request and the further acts have, as officers see them, in both languages."""

from __future__ import annotations

import json
from typing import Any

import pytest

from browser.desk import Desk
from rogatory.statements import RequestBody
from rogatory_node.casework.services import draft as drafting
from rogatory_node.look import PSEUDO
from rogatory_node.records.models import SignedStatement
from support import complete, world

from .conftest import A05, OFAC, Node, overflows, shoot

pytestmark = pytest.mark.django_db(transaction=True)

SEEN = ("property", "emergency_data", "extradition")


def drafts(told: Node) -> dict[str, str]:
    """Return the addresses of drafts of three kinds: asked about while bare, reviewed while whole."""
    officer, aim = told.people["binh"].officer, drafting.Aim(A05, OFAC)
    found = {}
    for kind in SEEN:
        whole = complete.body(kind)
        bare = {"kind": kind, "items": [{"number": 1, "identifier": whole["items"][0]["identifier"]}]}
        begun = drafting.begin(officer, "request", aim, bare).pk
        found[f"{kind}-item"] = f"drafts/{begun}?question=items"
        found[f"{kind}-particulars"] = f"drafts/{begun}?question=particulars"
        done = drafting.begin(officer, "request", aim, whole).pk
        found[f"{kind}-review"] = f"drafts/{done}?question=review"
    return found


def came(told: Node, kind: str) -> SignedStatement:
    """France asks A05 for one kind, whole."""
    body = RequestBody.model_validate_json(json.dumps(complete.body(kind)))
    made = world.request(sender=OFAC, recipient=A05, case=kind[0].encode().hex() * 32)
    received = told.post(made.model_copy(update={"body": body}))
    assert received.error is None, received.error
    return SignedStatement.objects.filter(way="received", type="request").latest("stored_at", "pk")


def received(told: Node) -> dict[str, str]:
    found = {}
    for kind in SEEN:
        row = came(told, kind)
        at = f"threads/{row.thread}"
        found[f"{kind}-statement"] = f"{at}/statements/{row.statement_id}"
        found[f"{kind}-report"] = f"{at}/report/{row.statement_id}"
    return found | {
        "thread": at,
        "decide": f"{at}/decide/{row.statement_id}",
        "offer": f"{at}/say/conditions_offered",
    }


def others(told: Node) -> dict[str, str]:
    out, into = f"threads/{told.row.thread}/say", f"threads/{told.incoming.thread}/say"
    return {
        "kinds": "requests/new",
        "inform": "information/new",
        **{act: f"{out}/{act}" for act in ("extension", "hand_over", "onward_transfer")},
        **{act: f"{into}/{act}" for act in ("costs", "path_disclosure")},
    }


def faults(desk: Desk, language: str, pages: dict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, address in pages.items():
        answer = desk.page.goto(f"{desk.address}/{address}")
        assert answer is not None
        wrong = {
            "status": [] if answer.status == 200 else [answer.status],
            "axe": desk.what_axe_finds(),
            "wide": overflows(desk),
            "words": desk.words_nobody_translated() if language == PSEUDO else [],
            "complaints": desk.complaints,
        }
        shoot(desk, f"{name}-{language}")
        found |= {f"{name} {what}": each for what, each in wrong.items() if each}
        desk.complaints = []
    return found


@pytest.mark.parametrize("pages", [drafts, received, others])
@pytest.mark.parametrize("language", ["en", PSEUDO])
def test_the_pages_of_kinds_and_acts_are_accessible_whole_and_translated(sit, told, pages, language):
    found = faults(sit("binh", language), language, pages(told))
    assert found == {}, json.dumps(found, indent=1, ensure_ascii=False)
