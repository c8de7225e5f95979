"""Telling: the story on a terminal, a line an act, its time beside it."""

from __future__ import annotations

from collections.abc import Callable

from rich.console import Console

from rogatory_node.demo.case import BANNER

__all__ = ["Teller"]


class Teller:
    """Prints the story; on a terminal it shows what is being done meanwhile."""

    def __init__(self, console: Console) -> None:
        """Take the console to print on."""
        self._console = console

    def banner(self) -> None:
        """Say what this is, and what it assumes."""
        self._console.print(f"[bold]{BANNER}[/]")
        self._console.print("Names with † are fictional; addresses are documentation addresses.\n")

    def line(self, text: str) -> None:
        """Print one line of the step that plays."""
        self._console.print(f"    {text}", highlight=False)

    def step(self, time: str, title: str, act: Callable[[], None]) -> None:
        """Play a step under its heading."""
        self._console.print(f"[cyan]{time:<22}[/] [bold]{title}[/]", highlight=False)
        with self._console.status(title):
            act()

    def doing(self, what: str, act: Callable[[], None]) -> None:
        """Do something that is not part of the story, and say so."""
        with self._console.status(what):
            act()
        self._console.print(f"[dim]{what}: done[/]", highlight=False)

    def desks(self, rows: list[tuple[str, str, str, str]]) -> None:
        """Print where the desks are and how to sign in: address, officer, name, password."""
        self._console.print("\nBoth desks are up. Sign in as:")
        for address in dict.fromkeys(row[0] for row in rows):
            self._console.print(f"  [bold]{address}[/]", highlight=False)
            for _, officer, name, password in (row for row in rows if row[0] == address):
                self._console.print(f"    {name:<10}{password}  {officer}", highlight=False)
        self._console.print("Ctrl-C ends everything that was started.")
