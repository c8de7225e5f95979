"""``rogatory evidence links`` and ``carry``: a package in object stores, by pre-signed links."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Annotated, Final

import typer

from rogatory import evidence, wire
from rogatory.cli import _edge
from rogatory.cli._evidence import AsOf, Bundle, Quorum, Trust, judge, root_of
from rogatory.errors import UsageError
from rogatory.evidence import Basis, Source, Verification
from rogatory.values import Digest, instant_text

if TYPE_CHECKING:
    from rogatory.evidence.carrying.stores import LinkedStore

__all__ = ["add_to"]

WAITS: Final = (0.2, 0.5, 1.0, 2.0, 4.0, 5.0, 5.0, 5.0, 10.0, 10.0)
"""Seconds between attempts while a line brings nothing; each byte that arrives begins them anew."""
UNITS: Final = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
MAX_LINES: Final = 16


class For(StrEnum):
    """What links are for."""

    GET = "get"
    PUT = "put"


def add_to(app: typer.Typer) -> None:
    """Give the group its two commands on stores."""
    app.command(name="links")(links)
    app.command(name="carry")(carry)


def links(
    store: Annotated[
        str, typer.Argument(metavar="s3://BUCKET/PREFIX", help="Where the package lies, or is to lie.")
    ],
    for_: Annotated[For, typer.Option("--for", help="To read it, or to write it and read it back.")],
    out: Annotated[Path, typer.Option(help="The new file. Whoever has it has the package.")],
    package: Annotated[
        Path | None, typer.Option(metavar="DIR", help="The package, for the names of its files.")
    ] = None,
    like: Annotated[
        Path | None, typer.Option(metavar="LINKS.json", help="Links to it, for the names of its files.")
    ] = None,
    valid: Annotated[str, typer.Option(help="How long: 30m, 12h, 7d at most.")] = "12h",
    as_json: _edge.Json = False,
) -> None:
    """Make pre-signed links to a package in an S3-compatible store; it needs the extra s3.

    Credentials, region and endpoint come from the environment: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY,
    AWS_SESSION_TOKEN, AWS_REGION, AWS_ENDPOINT_URL. Without names the files that lie there are listed.
    """
    from rogatory.evidence.carrying.linking import make_links

    names = _names(package, like)
    if names is None and for_ is For.PUT:
        raise UsageError("CLI-002", problem="--package or --like is missing", where="rogatory evidence links")
    made = make_links(store, names, now=_edge.now(), valid=_span(valid), writing=for_ is For.PUT)
    _edge.write_new(out, wire.encode(made), mode=0o600)
    value = {"expires": instant_text(made.expires), "files": len(made.files), "path": _edge.shown(out)}
    lines = (
        f"links      {out}, to {len(made.files)} files",
        f"expires    {instant_text(made.expires)}",
        "Whoever has this file has what it opens: send it over a channel that only its reader reads.",
    )
    _edge.answer(value, lines, as_json=as_json)


def carry(
    source: Annotated[
        Path, typer.Argument(metavar="FROM", help="Links to a package, or its folder.", show_default=False)
    ],
    target: Annotated[
        Path,
        typer.Argument(metavar="TO", help="Links to write it by, or a new folder.", show_default=False),
    ],
    trust: Trust = None,
    seal: Annotated[
        str | None, typer.Option(help="SHA-256 of the seal that was announced.", show_default=False)
    ] = None,
    lines: Annotated[
        int, typer.Option(help="Segments at once; each takes up to 12 MiB of memory.", min=1, max=MAX_LINES)
    ] = 3,
    rate: Annotated[
        int, typer.Option(help="Bytes a second on each way: there, and reading back. 0: no limit.", min=0)
    ] = 0,
    window: Annotated[
        int,
        typer.Option(help="Bytes on their way on a line, which a break loses. 0: the system says.", min=0),
    ] = 1 << 20,
    private: Annotated[
        list[str],
        typer.Option(metavar="HOST", help="A host that may have a private address.", show_default=False),
    ] = [],  # noqa: B006 - Typer copies it
    bundle: Bundle = None,
    as_of: AsOf = None,
    quorum: Quorum = 2,
    as_json: _edge.Json = False,
) -> None:
    """Carry a package from a store or folder to another, checked on its way and as it lies there.

    Nothing is decrypted. The same command goes on after a break: what stands in a store is read again, and
    the rest is sent. Links lead to public addresses alone, unless their host is named.
    """
    root = root_of(trust)
    announced = None if seal is None else _edge.valid(Digest, seal)
    means = _Means(rate, window, frozenset(each.lower() for each in private))
    with ExitStack() as held:
        sources = [held.enter_context(each) for each in _open(source, lines, means)]

        def act(basis: Basis) -> Verification:
            believed = replace(basis, announced=announced)
            if not target.is_file():
                return evidence.fetch(sources[0], target, believed, further=sources[1:], again=_wait)
            back = _Means(rate, window, means.private)
            targets = [held.enter_context(each) for each in _stores(target, lines, back)]
            pairs = list(zip(sources, targets, strict=True))
            return evidence.carry(*pairs[0], believed, further=pairs[1:], again=_wait)

        judge(
            act, _patient(sources[0]), (root, bundle, as_of, quorum), as_json=as_json, out=target, made="copy"
        )


@dataclass(frozen=True)
class _Means:
    """What the lines to one place share."""

    rate: int
    window: int
    private: frozenset[str]
    reading: evidence.Pace = field(init=False)
    writing: evidence.Pace = field(init=False)

    def __post_init__(self) -> None:
        for each in ("reading", "writing"):
            object.__setattr__(self, each, evidence.Pace(self.rate))


def _open(place: Path, lines: int, means: _Means) -> Sequence[AbstractContextManager[Source]]:
    if place.is_file():
        return _stores(place, lines, means)
    return [evidence.Folder(place) for _ in range(lines)]


def _stores(file: Path, lines: int, means: _Means) -> list[LinkedStore]:
    from rogatory.evidence.carrying.links import MAX_LINKS, read_links
    from rogatory.evidence.carrying.stores import LONGEST, LinkedStore
    from rogatory.exchange.transport import Patience, carrier

    found = read_links(_edge.read(file, MAX_LINKS), _edge.now())

    def store() -> LinkedStore:
        patience = Patience(LONGEST)
        carries = carrier(patience, private=means.private, window=means.window)
        return LinkedStore(found, carries, patience, reading=means.reading, writing=means.writing)

    return [store() for _ in range(lines)]


def _patient(source: Source) -> Source:
    """Return a source that is asked again while its line breaks."""
    return evidence.AsSource(evidence.Line(source, _wait, Event()))


def _wait(failures: int) -> bool:
    """Wait a while before a line is asked again; say no once it was enough."""
    if failures >= len(WAITS):
        return False
    time.sleep(WAITS[failures])
    return True


def _names(package: Path | None, like: Path | None) -> list[str] | None:
    """Return the names of a package's files; None where nobody said."""
    if package is not None:
        with evidence.Folder(package) as folder:
            return sorted(folder.names())
    if like is None:
        return None
    from rogatory.evidence.carrying.links import MAX_LINKS, read_links

    return [each.path for each in read_links(_edge.read(like, MAX_LINKS), _edge.now()).files]


def _span(text: str) -> timedelta:
    found = re.fullmatch(r"([1-9][0-9]{0,4})([mhd])", text)
    span = timedelta() if found is None else int(found[1]) * UNITS[found[2]]
    if not timedelta() < span <= timedelta(days=7):
        raise UsageError("CLI-007", text=text, problem="such as 30m, 12h or 7d, and at most 7d")
    return span
