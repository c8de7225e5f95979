"""``rogatory keys``: make key files, and show their public halves."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rogatory import keys
from rogatory.cli import _edge
from rogatory.keys import Purpose
from rogatory.values import AuthorityId

app = _edge.group("Make key files, and show their public halves. A private half never leaves its file.")


@app.command()
def new(
    purpose: Annotated[Purpose, typer.Argument(help="The one use of the key.", show_default=False)],
    authority: Annotated[str, typer.Option(help="Whose key it is, such as vnm/a05.", show_default=False)],
    out: Annotated[
        Path, typer.Option(help="The new key file; only its owner can read it.", show_default=False)
    ],
    rehearsal: Annotated[bool, typer.Option("--rehearsal", help="For rehearsals only.")] = False,
    as_json: _edge.Json = False,
) -> None:
    """Make a key and put it into a new file."""
    owner = _edge.valid(AuthorityId, authority)
    pair = keys.new_pair(purpose, owner, _edge.random, rehearsal=rehearsal)
    keys.save(pair, out)
    _show(pair.public, as_json=as_json)


@app.command()
def show(
    file: Annotated[Path, typer.Argument(help="A key file.", show_default=False)],
    as_json: _edge.Json = False,
) -> None:
    """Show the public half of a key file, as the register needs it."""
    _show(keys.load(file).public, as_json=as_json)


def _show(public: keys.PublicKey, *, as_json: bool) -> None:
    value = {"id": public.key_id, "key": public.model_dump(mode="json")}
    lines = (
        f"key        {public.key_id}",
        f"authority  {public.authority}{' (rehearsal only)' if public.rehearsal else ''}",
        f"purpose    {public.purpose}",
        f"suite      {public.suite}",
    )
    _edge.answer(value, lines, as_json=as_json)
