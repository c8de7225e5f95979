"""``rogatory register``: keep a register in a folder, show one, follow one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from rogatory import keys, register
from rogatory.cli import _edge
from rogatory.errors import RegisterError, UsageError
from rogatory.keys import Pair, Purpose
from rogatory.register import AuthorityEntry, AuthorityIdentity, CallBack, Hours, Nature, Snapshot, workshop
from rogatory.register.layout import MAX_FILE, root_path
from rogatory.register.releases import MAX_RELEASE
from rogatory.register.verify import Reader, Walk, walk
from rogatory.values import AuthorityId, LanguageTag, PartyCode, ShortText, instant_text, party_of

app = _edge.group(
    "Keep and read the signed register of authorities. Nothing is believed without a root: "
    "get root.json from somebody you know."
)

Folder = Annotated[Path, typer.Argument(help="The register's folder.", show_default=False)]


@app.command()
def init(
    folder: Folder,
    origin: Annotated[str, typer.Option(help="The name of the register's log.")] = "register.example/log",
    operator: Annotated[str, typer.Option(help="The authority that keeps the register.")] = "xun/register",
    as_json: _edge.Json = False,
) -> None:
    """Begin a register with keys of its own in a folder; public/ is what to serve, root.json to hand out."""
    owner, name = _edge.valid(AuthorityId, operator), _edge.valid(ShortText, origin)
    root = workshop.begin(folder, name, owner, _edge.now(), _edge.random)
    digest = register.digest(root)
    lines = (f"register  {folder / 'public'}", f"root      {folder / 'root.json'}", f"sha256    {digest}")
    _edge.answer(
        {"origin": name, "root": _edge.shown(folder / "root.json"), "sha256": digest}, lines, as_json=as_json
    )


@app.command()
def add(
    folder: Folder,
    party: Annotated[str, typer.Option(help="The Party, such as vnm.", show_default=False)],
    authority: Annotated[str, typer.Option(help="The authority, such as vnm/a05.", show_default=False)],
    key: Annotated[
        list[Path],
        typer.Option(
            help="A key file of the authority; its identity key is always one of them.", show_default=False
        ),
    ],
    name: Annotated[str, typer.Option(help="What the authority is called, in English.")] = "",
    nature: Annotated[Nature, typer.Option(help="What the institution is.")] = Nature.POLICE,
    door: Annotated[str, typer.Option(help="The address of its peer door.")] = "",
    language: Annotated[list[str], typer.Option(help="A language that it reads.")] = ["en"],  # noqa: B006 - Typer copies it
    zone: Annotated[str, typer.Option(help="Its time zone.")] = "UTC",
    call_back: Annotated[list[str], typer.Option(help="A number to call back.")] = [],  # noqa: B006 - Typer copies it
    accept: Annotated[list[str], typer.Option(help="A kind of request that it accepts.")] = [],  # noqa: B006 - Typer copies it
    as_json: _edge.Json = False,
) -> None:
    """Draft an authority with its keys, or more keys for one; publish makes it seen."""
    at, who = _edge.now(), _edge.valid(AuthorityId, authority)
    if party_of(who) != _edge.valid(PartyCode, party):
        raise RegisterError("REG-015", party=party, authority=who)
    pairs = [keys.load(path) for path in key]
    _check_pairs(pairs, who)
    entries = register.key_entries(pairs, at)
    identity, other = (
        tuple(each for each in entries if (each.key.purpose is Purpose.IDENTITY) is wanted)
        for wanted in (True, False)
    )
    with _particulars():
        who_is = AuthorityIdentity(
            id=who,
            names={"en": name or who},
            nature=nature,
            keys=identity,
            call_back=tuple(CallBack(number=number, since=at) for number in call_back),
        )
        how = AuthorityEntry(
            id=who,
            door=door or None,
            kinds=tuple(accept),
            languages=tuple(_edge.valid(LanguageTag, each) for each in language),
            hours=Hours(always=True, zone=zone),
            keys=other,
        )
    workshop.add(folder, who_is, how, _edge.random)
    value = {"authority": who, "keys": [each.key.key_id for each in entries]}
    lines = [f"{who}  {each.key.purpose:<12}{each.key.key_id}" for each in entries]
    _edge.answer(value, [*lines, "drafted; publish makes it seen"], as_json=as_json)


def _check_pairs(pairs: list[Pair], who: str) -> None:
    """Refuse now what no reader would take: once drafted, it would stop every later publication."""
    if any(each.public.authority != who or each.public.purpose is Purpose.REGISTER for each in pairs):
        raise RegisterError("REG-015", party=party_of(who), authority=who)
    if not any(each.public.purpose is Purpose.IDENTITY for each in pairs):
        raise UsageError("CLI-008", authority=who)


@contextmanager
def _particulars() -> Iterator[None]:
    """Turn a model's complaint about a word of the command line into one line."""
    from pydantic import ValidationError

    try:
        yield
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise UsageError("CLI-007", text=place, problem=first["msg"].lower()) from None


@app.command()
def publish(
    folder: Folder,
    release: Annotated[list[Path], typer.Option(help="A release that a Party signed itself.")] = [],  # noqa: B006 - Typer copies it
    as_json: _edge.Json = False,
) -> None:
    """Publish the drafts, and releases of Parties; without either, renew the timestamp."""
    given = [register.read_release(_edge.read(path, MAX_RELEASE)) for path in release]
    _show(workshop.publish_drafts(folder, _edge.now(), releases=given), None, as_json=as_json)


@app.command()
def show(
    place: Annotated[str, typer.Argument(help="A register's folder, a reader's folder, or an address.")],
    root: Annotated[Path | None, typer.Option(help="The root to trust, for an address.")] = None,
    as_json: _edge.Json = False,
) -> None:
    """Show the Parties of a register, their authorities and keys, once everything verifies."""
    folder = Path(place)
    if (folder / "current").exists():
        snapshot = register.load_snapshot(folder)
        _show(snapshot.found, snapshot, as_json=as_json)
        return
    with _reader(place) as read:
        path = root or folder / "root.json"
        if root is None and not path.exists():
            raise RegisterError("REG-034")
        _show(walk(read, _edge.read(path, MAX_FILE), _edge.now()), None, as_json=as_json)


@app.command()
def refresh(
    folder: Annotated[Path, typer.Argument(help="The reader's folder.", show_default=False)],
    source: Annotated[str, typer.Option("--from", help="An address, or a folder.", show_default=False)],
    root: Annotated[Path | None, typer.Option(help="The root to trust; needed the first time.")] = None,
    as_json: _edge.Json = False,
) -> None:
    """Fetch a register, refuse what is older, altered or missing, and keep the rest."""
    trusted = None if root is None else _edge.read(root, MAX_FILE)
    with _reader(source) as read:
        snapshot = register.refresh(folder, read, _edge.now(), root=trusted)
    _show(snapshot.found, snapshot, as_json=as_json)


@app.command()
def bundle(
    folder: Annotated[Path, typer.Argument(help="A reader's folder.", show_default=False)],
    out: Annotated[Path, typer.Option(help="The new file.", show_default=False)],
    authority: Annotated[list[str], typer.Option(help="Whose Party to include; all if none.")] = [],  # noqa: B006 - Typer copies it
    as_json: _edge.Json = False,
) -> None:
    """Write the trust bundle of today, with which anything signed today can be verified offline."""
    snapshot = register.load_snapshot(folder)
    wanted = [_edge.valid(AuthorityId, each) for each in authority] or None
    data = register.make_bundle(snapshot, wanted)
    _edge.write_new(out, data)
    value = {"snapshot": snapshot.digest, "bytes": len(data)}
    _edge.answer(value, [f"snapshot  {snapshot.digest}", f"bytes     {len(data)}"], as_json=as_json)


@contextmanager
def _reader(place: str) -> Iterator[Reader]:
    """Return a reader over an address, a served folder, or the folder of ``init``."""
    if place.startswith(("http://", "https://")):
        import httpx

        with httpx.Client(timeout=30) as client:
            yield register.from_http(client, place)
        return
    folder = Path(place)
    served = folder if (folder / root_path(1)).exists() else folder / "public"
    if not (served / root_path(1)).exists():
        raise RegisterError("REG-030")
    yield register.from_folder(served)


def _show(found: Walk, snapshot: Snapshot | None, *, as_json: bool) -> None:
    """Print what a register says, as of now."""
    at = _edge.now()
    assert found.fresh_until is not None
    value: dict[str, Any] = {
        "fresh_until": instant_text(found.fresh_until),
        "state": "fresh" if at < found.fresh_until else "stale",
        "root": found.root.version,
        "parties": {party: _party(found, party) for party in sorted(found.parties)},
    }
    if snapshot is not None:
        value |= {"snapshot": snapshot.digest, "log_size": snapshot.checkpoint.size}
    _edge.answer(value, _lines(value, at), as_json=as_json)


def _party(found: Walk, party: str) -> dict[str, Any]:
    files = found.parties[party]
    how = {each.id: each for each in files.authorities.authorities} if files.authorities else {}
    return {
        each.id: {
            "names": each.names,
            "nature": each.nature,
            "door": how[each.id].door if each.id in how else None,
            "keys": len(each.keys) + (len(how[each.id].keys) if each.id in how else 0),
        }
        for each in files.identity.authorities
    }


def _lines(value: dict[str, Any], at: datetime) -> Iterator[str]:
    if "snapshot" in value:
        yield f"snapshot  {value['snapshot']}"
        yield f"log       {value['log_size']} leaves"
    yield f"register  {value['state']} until {value['fresh_until']}, asked at {instant_text(at)}"
    for party, authorities in value["parties"].items():
        for name, entry in authorities.items():
            door = entry["door"] or "no door"
            yield f"{party}  {name:<20} {entry['nature']:<12} {entry['keys']:>3} keys  {door}"
