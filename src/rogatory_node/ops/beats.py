"""What a worker does: the handler of each topic, and what comes round on a beat."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from rogatory import register
from rogatory.errors import RogatoryError
from rogatory.exchange import transport
from rogatory_node.base import clock, configuration, home
from rogatory_node.base.events import Event, emit
from rogatory_node.casework.services import onward as giving
from rogatory_node.casework.services.send import DELIVER
from rogatory_node.ops.worker import Handler, Lane
from rogatory_node.peers import delivery, fetching, witness
from rogatory_node.records import heads, memory, seen
from rogatory_node.vault.services import arriving, destroying, onward, opening, sealing

__all__ = ["Beat", "Beats", "handlers", "lanes"]

SWEEP: Final = timedelta(seconds=60)
LOOK: Final = timedelta(seconds=1)
MIRROR: Final = 120.0
"""Seconds that one look at the register may take."""


def handlers() -> Mapping[str, Handler]:
    """Return what does each topic."""
    return {
        DELIVER: delivery.deliver,
        sealing.SEAL: sealing.seal,
        sealing.ATTEST: sealing.attest,
        arriving.FETCH: fetching.fetch,
        opening.OPEN: opening.open_package,
        destroying.DESTROY: destroying.destroy,
        onward.ONWARD: giving.make,
    }


def lanes() -> tuple[Lane, ...]:
    """Return what a worker process does side by side: statements, evidence, and the beats."""
    every = handlers()
    quick = {topic: every[topic] for topic in (DELIVER, sealing.ATTEST)}
    slow = {topic: handler for topic, handler in every.items() if topic not in quick}
    return (
        Lane("statements", quick, count=3),
        Lane("evidence", slow, count=2),
        Lane("beats", {}, Beats().run),
    )


@dataclass(frozen=True, slots=True)
class Beat:
    """Something that is done again and again, this often by the machine's clock."""

    every: timedelta
    act: Callable[[], None]


def _all() -> tuple[Beat, ...]:
    settings = configuration.current()
    mirror = timedelta(seconds=settings.directory.refresh_seconds)
    head = timedelta(seconds=settings.custody.beat_seconds)
    return (
        Beat(SWEEP, _forget),
        Beat(LOOK, _publish),
        Beat(head, witness.ask_witnesses),
        Beat(mirror, _mirror),
    )


@dataclass
class Beats:
    """Remembers when each beat was last done; a worker that starts does each once."""

    beats: tuple[Beat, ...] = field(default_factory=_all)
    last: dict[int, datetime] = field(default_factory=dict)

    def run(self) -> None:
        """Do the beats whose time has come. One that fails comes round again; the others are done."""
        now = clock.machine()
        for number, beat in enumerate(self.beats):
            before = self.last.get(number)
            if before is None or now - before >= beat.every:
                self.last[number] = now
                _ring(beat)


def _ring(beat: Beat) -> None:
    try:
        beat.act()
    except RogatoryError as error:
        name = beat.act.__name__.strip("_")
        emit(Event("beat:ring:failed", clock.now(), "-", {"beat": name, "code": error.code}))


def _forget() -> None:
    seen.forget(clock.now())
    memory.forget(clock.now())


def _mirror() -> None:
    """Look at the register; if it cannot be reached or believed, what was mirrored before stays."""
    url = configuration.current().directory.url
    if not url:
        return
    # Whoever configured the address may have it in the same house.
    with transport.session(transport.Patience(MIRROR), private=True) as session:
        read = register.from_http(session, url)
        try:
            register.refresh(home.current().register, read, clock.now())
        except RogatoryError as error:
            emit(Event("register:refresh:failed", clock.now(), "-", {"code": error.code}))


def _publish() -> None:
    # The beat of heads is the node's own time: it is written under them.
    every = timedelta(seconds=configuration.current().custody.beat_seconds)
    heads.publish_beat(now=clock.now(), every=every)
