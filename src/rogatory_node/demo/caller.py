"""The demo's side of the API: an officer with a token and a passkey, calling one node."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import httpx

from rogatory_node.base import NodeError
from rogatory_node.demo.passkey import Passkey

__all__ = ["LONG", "Caller", "wait_for"]

PATIENCE: Final = 60.0
LONG: Final = 3600.0
"""Seconds: sealing, fetching and opening take as long as the evidence is large."""


@dataclass
class Caller:
    """An officer outside the node: what they hold is a token and a passkey."""

    name: str
    authority: str
    token: str
    url: str
    passkey: Passkey
    http: httpx.Client

    def call(self, method: str, path: str, body: dict[str, Any] | None = None, *, raw: bool = False) -> Any:
        """Return what the API answers, as it is read or as raw bytes.

        Raises:
            NodeError: NODE-800 with the code of the refusal.
        """
        answer = self.http.request(
            method,
            f"{self.url}/api/v1{path}",
            json=body,
            headers={"authorization": f"Bearer {self.token}"},
        )
        if answer.status_code >= 400:
            found = answer.json() if "json" in answer.headers.get("content-type", "") else {}
            raise NodeError(
                "NODE-800",
                path=path,
                code=found.get("code", answer.status_code),
                title=found.get("title", ""),
            )
        if raw:
            return answer.content
        return answer.json() if answer.content else None

    def enrol(self) -> int:
        """Enrol the passkey for approvals and return its number; somebody else has to confirm it."""
        options = self.call("POST", "/credentials/options")
        made = self.call("POST", "/credentials", {"label": "demo", "response": self.passkey.create(options)})
        number: int = made["id"]
        return number

    def draft(self, act: str, body: dict[str, Any], *, recipient: str, thread: str = "") -> dict[str, Any]:
        """Begin a draft and return it."""
        given = {
            "act": act,
            "authority": self.authority,
            "recipient": recipient,
            "thread": thread,
            "body": body,
        }
        found: dict[str, Any] = self.call("POST", "/drafts", given)
        return found

    def freeze(self, draft: str) -> dict[str, Any]:
        """Freeze a draft and return it."""
        found: dict[str, Any] = self.call("POST", f"/drafts/{draft}/freeze")
        return found

    def approve(self, draft: str, role: str) -> dict[str, Any]:
        """Approve a frozen draft with the passkey and return it."""
        options = self.call("GET", f"/drafts/{draft}/approval-options?role={role}")
        given = {"role": role, "assertion": self.passkey.get(options)}
        found: dict[str, Any] = self.call("POST", f"/drafts/{draft}/approvals", given)
        return found

    def send(self, draft: str) -> dict[str, Any]:
        """Send a draft and return the statement's id and thread."""
        found: dict[str, Any] = self.call("POST", f"/drafts/{draft}/send")
        return found

    def thread(self, thread: str) -> dict[str, Any]:
        """Return a thread as this officer may see it."""
        found: dict[str, Any] = self.call("GET", f"/threads/{thread}")
        return found

    def entry(self, thread: str, statement: str) -> dict[str, Any] | None:
        """Return one statement of a thread, or None before it has arrived."""
        try:
            found = self.thread(thread)
        except NodeError as error:
            if error.fields.get("code") == "NODE-500":
                return None
            raise
        return next((each for each in found["entries"] if each["id"] == statement), None)


def wait_for(what: str, look: Callable[[], Any], *, patience: float = PATIENCE) -> Any:
    """Return what a look finds, once it finds something.

    Raises:
        NodeError: NODE-801 nothing came in that many seconds.
    """
    end = time.monotonic() + patience
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        time.sleep(0.05)
    raise NodeError("NODE-801", what=what, seconds=round(patience))
