"""Makes the golden node of the first version: ``python -m pytest tests/golden/make_first.py``; once.

It plays a little of everything through the services and keeps the database, the node's configuration and what
both fold to. It is kept as the record of how the fixture came about; the fixture is never made again.
"""

from __future__ import annotations

import gzip
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings as live
from django.db import connection, transaction

from rogatory.statements import (
    Acknowledgement,
    AcknowledgementBody,
    Delivery,
    ItemState,
    Query,
    QueryBody,
    Question,
    Recall,
    RecallBody,
    Report,
    ReportBody,
    State,
)
from rogatory_node.api import tokens
from rogatory_node.base import Role, clock, configuration, home
from rogatory_node.base.events import Event
from rogatory_node.base.template import toml_text
from rogatory_node.casework.services import domestic, draft, follow_up, freeze
from rogatory_node.casework.services.deliver import begin_delivery
from rogatory_node.casework.services.entitle import entitle
from rogatory_node.casework.services.share import share
from rogatory_node.ops import rebuild
from rogatory_node.people import officers
from rogatory_node.records import heads, log, outbox
from rogatory_node.records.models import Due, SignedStatement
from rogatory_node.vault.models import Package
from support import golden, world
from support.knocking import knock
from support.office import (
    A05,
    MOJ,
    OFAC,
    ORDER,
    SPP,
    _register,
    answering,
    duty,
    france,
    hire,
    lawyer,
    node,
    preservation,
)
from support.sealed import CONDITIONS

__all__ = ["_register", "duty", "france", "hire", "lawyer", "node", "preservation"]

HERE = Path(__file__).parent / "first"


@pytest.fixture
def founded(transactional_db, node):
    """A database of its own, whose first leaf says what the node is."""
    with transaction.atomic():
        fields = {"mode": "simulation", "party": "vnm", "origin": configuration.current().log_origin}
        log.append(Event("node:found:done", clock.now(), "-", fields))


def test_make(founded, preservation, duty, lawyer, hire, france) -> None:
    aim = draft.Aim(A05, OFAC, thread=preservation.thread)
    ratified = draft.begin(duty.officer, "ratified", aim, {"of": preservation.statement_id})
    duty.send(ratified, (lawyer, Role.LEGAL_REVIEWER))
    theirs(preservation, france)
    entitle(duty.officer, A05, thread=preservation.thread, title="Sàn Vàng†")
    prosecutor = hire("chau", Role.LEGAL_REVIEWER, authority=SPP)
    share(duty.officer, A05, thread=preservation.thread, with_authority=SPP)
    follow_up.begin_stored_data(
        prosecutor.officer,
        authority=SPP,
        recipient=MOJ,
        thread=preservation.thread,
        request=preservation.statement_id,
    )
    ours(duty, lawyer, hire, france)
    draft.discard(duty.officer, draft.begin(duty.officer, "request", draft.Aim(A05, OFAC), {}))
    tokens.make(duty.officer, "ministry")
    officers.leave(hire("duc", Role.INVESTIGATOR).officer)
    clock.advance(timedelta(minutes=11))
    heads.publish_beat(now=clock.now(), every=timedelta(minutes=10))
    rows = Due.objects.filter(topic="deliver").order_by("pk")
    outbox.give_up(rows[0], "EXCH-008", now=clock.now())
    outbox.postpone(rows[1], clock.now() + timedelta(minutes=1), "unreachable")
    assert rebuild.rebuild().repaired == 0
    keep()


def theirs(preservation, france) -> None:
    """France acknowledges, asks, reports, delivers, recalls; tells two stories, and one that waits."""
    of = preservation.statement_id
    previous: list[str] = []

    def say(model, body, **changes) -> None:
        members = {"seq": len(previous) + 1, "prev": previous[-1] if previous else None}
        statement = answering(model, body, preservation, **(members | changes))
        assert knock(france.posted(statement)).status_code == 201
        if not changes:
            previous.append(SignedStatement.objects.order_by("-pk").first().statement_id)

    say(Acknowledgement, AcknowledgementBody(of=of, role="duty_officer"))
    question = Question(number=1, words=world.words("Digit 1 or letter l?"))
    say(Query, QueryBody(of=of, questions=(question,)))
    state = ItemState(number=1, state=State.PRESERVED, effected=world.NOON, until=date(2028, 6, 11))
    say(Report, ReportBody(of=of, items=(state,)))
    body = golden.delivery_body(of, CONDITIONS)
    say(Delivery, body)
    delivered = previous[-1]
    say(Recall, RecallBody(of=delivered, reason=world.words("Another customer.")))
    say(
        Acknowledgement,
        AcknowledgementBody(of=of, role="duty_officer"),
        seq=2,
        prev=previous[0],
        nonce="e" * 64,
    )
    say(
        Acknowledgement,
        AcknowledgementBody(of=of, role="duty_officer"),
        seq=99,
        prev="9" * 64,
        nonce="f" * 64,
    )


def ours(duty, lawyer, hire, france) -> None:
    """We are asked, order at home, report, and deliver what was sealed."""
    assert knock(france.posted(world.request(sender=OFAC, recipient=A05))).status_code == 201
    asked = SignedStatement.objects.filter(type="request", way="received").get()
    order = domestic.Order(**ORDER)
    domestic.record(duty.officer, A05, thread=asked.thread, request=asked.statement_id, order=order)
    aim = draft.Aim(A05, OFAC, thread=asked.thread)
    done = {"number": 1, "state": "preserved", "effected": "2028-03-13T18:32:00Z", "until": "2028-06-11"}
    body = {"of": asked.statement_id, "items": [done]}
    duty.send(draft.begin(duty.officer, "report", aim, body))
    custodian = hire("hoan", Role.CUSTODIAN, Role.DUTY_OFFICER)
    sealed = Package.objects.create(
        authority=A05,
        counterpart=OFAC,
        way=Package.Way.SENT,
        state=Package.State.SEALED,
        case=asked.case,
        thread=asked.thread,
        request=asked.statement_id,
        intake="disk",
        recorded_at=clock.now(),
        recorded_by=custodian.officer,
        sealed_leaf=3,
        **golden.sealed_members(CONDITIONS),
    )
    made = begin_delivery(custodian.officer, sealed, [1], certificate="Certificate of the custodian†")
    custodian.send(made, (custodian, Role.CUSTODIAN), (lawyer, Role.LEGAL_REVIEWER))
    open_one = draft.begin(
        duty.officer, "request", draft.Aim(A05, OFAC, title="Half done"), {"facts": "23:47"}
    )
    assert open_one.state == "open"
    body = golden.stored_data_body()
    freeze.freeze(duty.officer, draft.begin(duty.officer, "request", draft.Aim(A05, MOJ), body))


def keep() -> None:
    """Write the fixture."""
    HERE.mkdir(exist_ok=True)
    place = home.current().folder / "kept.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(place)])
    (HERE / "db.sqlite3.gz").write_bytes(gzip.compress(place.read_bytes(), mtime=0))
    (HERE / "node.toml").write_text(toml_text(configuration.current()), encoding="utf-8")
    (HERE / "clock.json").write_bytes(home.current().clock.read_bytes())
    (HERE / "django.secret").write_text(live.SECRET_KEY, encoding="ascii")
    text = json.dumps(golden.derived(), indent=1, sort_keys=True, ensure_ascii=False)
    (HERE / "expected.json").write_text(text + "\n", encoding="utf-8")
