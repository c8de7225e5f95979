"""``rogatory demo``: play a whole case between two nodes on this machine."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def demo(
    once: Annotated[bool, typer.Option("--once", help="End when the story ends.")] = False,
    folder: Annotated[
        Path | None,
        typer.Option("--dir", help="An empty folder to play in, kept afterwards.", show_default=False),
    ] = None,
    evidence: Annotated[
        Path | None,
        typer.Option(
            help="A file or folder to seal beside the demo's own log.", exists=True, show_default=False
        ),
    ] = None,
) -> None:
    """Start a register and two nodes on loopback, play a whole case, and leave both desks up."""
    from rich.console import Console

    from rogatory_node.demo.run import run
    from rogatory_node.demo.telling import Teller

    place = folder or Path(tempfile.mkdtemp(prefix="rogatory-demo-"))
    try:
        run(place, Teller(Console(soft_wrap=True)), once=once, evidence=evidence)
    finally:
        if folder is None:
            shutil.rmtree(place, ignore_errors=True)
