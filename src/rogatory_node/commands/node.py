"""``rogatory node``: make a node, run it, look it over, rebuild its index, enlist officers, make tokens."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rogatory.cli import _edge
from rogatory_node.commands import _carry, _folder

app = _edge.group("Set up and run the node of an authority.")

Folder = Annotated[Path, typer.Argument(help="The node's folder.", show_default=False)]


@app.command()
def init(
    folder: Folder,
    party: Annotated[str, typer.Option(help="The Party, such as vnm.", show_default=False)],
    authority: Annotated[
        list[str],
        typer.Option(help="An authority that the node serves, such as vnm/a05=Name.", show_default=False),
    ],
    public_url: Annotated[
        str, typer.Option(help="The address that officers and peers use.")
    ] = "http://localhost:8000",
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8000,
    mode: Annotated[str, typer.Option(help="production or simulation; fixed for ever.")] = "production",
    clock: Annotated[
        str | None, typer.Option(help="Simulation: the instant to begin at.", show_default=False)
    ] = None,
    peer: Annotated[
        list[str] | None,
        typer.Option(help="A peer address that may be http or private.", show_default=False),
    ] = None,
    as_json: _edge.Json = False,
) -> None:
    """Make a node in a new folder: configuration, keys, database and the first leaf of its log."""
    settings = _folder.configuration(
        mode=mode,
        party=party,
        authorities=authority,
        web={"host": host, "port": port, "public_url": public_url},
        peers=peer or [],
    )
    begin = None if clock is None else _folder.beginning(clock, settings)
    home = _folder.lay_out(folder, settings)
    _folder.enter(folder)
    from rogatory_node.ops import setup

    setup.found(at=begin)
    value = {"folder": str(home.folder), "authorities": list(settings.authority_ids), "mode": settings.mode}
    lines = (
        f"{home.folder} is a node of {', '.join(settings.authority_ids)} ({settings.mode}).",
        f"Next: rogatory node officer {home.folder} USERNAME --name NAME --role AUTHORITY:operator",
        f"Then: rogatory node run {home.folder}",
    )
    _edge.answer(value, lines, as_json=as_json)


@app.command()
def run(
    folder: Folder,
    workers: Annotated[int, typer.Option(help="Worker processes.", min=1, max=64)] = 1,
) -> None:
    """Start web and worker, start again what dies, and end everything at Ctrl-C."""
    home, settings = _folder.read(folder)
    from rogatory_node.ops import supervisor

    print(f"{settings.web.origin} - Ctrl-C ends it.", flush=True)
    supervisor.run(home, settings, workers=workers, say=lambda line: print(line, flush=True))


@app.command()
def worker(folder: Folder) -> None:
    """Run one worker alone, for a node whose web runs elsewhere."""
    _folder.read(folder)
    _folder.name(folder)
    from rogatory_node.ops import start

    start.work()


@app.command()
def check(folder: Folder, as_json: _edge.Json = False) -> None:
    """Look the node over; exit 1 if anything is not as it must be. It changes nothing."""
    _folder.read(folder)
    _folder.enter(folder)
    from rogatory_node.ops import checks

    found = checks.look_over()
    value = [{"name": each.name, "good": each.good, "words": each.words} for each in found]
    lines = (f"{'good' if each.good else 'BAD ':<5}{each.name:<13}{each.words}" for each in found)
    _edge.answer(value, lines, as_json=as_json)
    if not all(each.good for each in found):
        _edge.no()


@app.command()
def reindex(folder: Folder, as_json: _edge.Json = False) -> None:
    """Rebuild every column and projection from the signed bytes."""
    _folder.read(folder)
    _folder.enter(folder)
    from rogatory_node.ops import rebuild

    found = rebuild.rebuild()
    value = {"rows": found.rows, "repaired": found.repaired, "threads": found.threads}
    lines = (
        f"{found.rows} statements and receipts read, {found.repaired} repaired.",
        f"{found.threads} threads projected anew.",
    )
    _edge.answer(value, lines, as_json=as_json)


@app.command()
def officer(
    folder: Folder,
    username: Annotated[str, typer.Argument(help="The name to sign in with.", show_default=False)],
    name: Annotated[str, typer.Option(help="What colleagues call them.", show_default=False)] = "",
    role: Annotated[
        list[str] | None,
        typer.Option(help="A role to hold, such as vnm/a05:operator.", show_default=False),
    ] = None,
    language: Annotated[str, typer.Option(help="The language of their pages.")] = "en",
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read a first password from standard input.")
    ] = False,
    as_json: _edge.Json = False,
) -> None:
    """Enlist an officer, or give roles to one who is there. Whoever runs this holds the machine."""
    _folder.read(folder)
    roles = [_folder.role(each) for each in role or []]
    password = _folder.password() if password_stdin else None
    _folder.enter(folder)
    from rogatory_node.ops import staff

    held = staff.enlist_or_find(username, name or username, language=language, password=password)
    for authority, each in roles:
        staff.appoint(held, authority, each)
    value = {"id": str(held.pk), "username": held.username, "roles": staff.held(held)}
    lines = (f"{held.username}: {', '.join(staff.held(held)) or 'no role yet'}.",)
    _edge.answer(value, lines, as_json=as_json)


@app.command()
def token(
    folder: Folder,
    username: Annotated[str, typer.Argument(help="The officer for whom it acts.", show_default=False)],
    label: Annotated[str, typer.Option(help="What it is for.")] = "api",
    days: Annotated[int, typer.Option(help="How long it holds.", min=1, max=365)] = 90,
    passkeys: Annotated[
        bool, typer.Option("--passkeys", help="Let it enrol and confirm passkeys for approvals.")
    ] = False,
    revoke: Annotated[
        bool, typer.Option("--revoke", help="End the officer's tokens of this label; make none.")
    ] = False,
    as_json: _edge.Json = False,
) -> None:
    """Make a token for the API, shown once, or end those of a label. Whoever runs this holds the machine."""
    _folder.read(folder)
    _folder.enter(folder)
    from rogatory_node.ops import staff

    officer = staff.known(username)
    if revoke:
        count = staff.revoke_tokens(officer, label)
        line = f"Ended: {count}. Officer {username}, label {label}."
        _edge.answer({"revoked": count}, (line,), as_json=as_json)
        return
    made = staff.make_token(officer, label, days=days, passkeys=passkeys)
    _edge.answer({"token": made, "days": days, "label": label}, (made,), as_json=as_json)


@app.command()
def clock(
    folder: Folder,
    to: Annotated[
        str | None, typer.Option(help="Move the simulated time forward to here.", show_default=False)
    ] = None,
    frozen: Annotated[bool, typer.Option("--frozen", help="Let it stand still there.")] = False,
    as_json: _edge.Json = False,
) -> None:
    """Show the node's time; in a simulation, move it forward, for web and worker alike."""
    _folder.read(folder)
    instant = None if to is None else _folder.instant(to)
    _folder.enter(folder)
    from rogatory.values import instant_text
    from rogatory_node.base import clock as node_clock

    if instant is not None:
        node_clock.set_to(instant, frozen=frozen)
    text = instant_text(node_clock.now())
    value = {"now": text, "simulated": node_clock.simulated()}
    _edge.answer(value, (text,), as_json=as_json)


_carry.add_to(app)
