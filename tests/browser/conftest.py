"""What the browser tests share: the gallery's server as a process of its own, and one Chromium."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from browser.desk import Desk

HERE = Path(__file__).parent
CHROMIUM = "/usr/bin/chromium"
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def gallery() -> Iterator[str]:
    command = [sys.executable, str(HERE / "server.py")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        yield f"http://localhost:{server.stdout.readline().strip()}"
        server.stdin.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def desk(chromium: Browser, gallery: str) -> Iterator[Callable[..., Desk]]:
    opened: list[Desk] = []

    def sit_down(**choices: object) -> Desk:
        opened.append(Desk(chromium, gallery, **choices))  # type: ignore[arg-type]  # the test's own words
        return opened[-1]

    yield sit_down
    for each in opened:
        each.leaves()
