"""Knocking at the node's door through Django, and reading what comes back as a peer does."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client

from rogatory import exchange
from rogatory.exchange import HttpRequest, HttpResponse
from rogatory_node.base import clock, configuration

__all__ = ["answer_to", "code_of", "knock", "path_of"]


def path_of(message: HttpRequest) -> str:
    return message.url.removeprefix(configuration.current().web.public_url)


def knock(message: HttpRequest, **headers: str) -> Any:
    """Send a message to the node and return Django's response."""
    sent = {name: value for name, value in message.headers.items() if name != "content-type"} | headers
    kind = message.headers.get("content-type", "application/octet-stream")
    return Client().generic(message.method, path_of(message), message.body, content_type=kind, headers=sent)


def answer_to(message: HttpRequest, response: Any, ring: Any) -> tuple[str, HttpResponse]:
    """Return who signed the response, and the response; refuse it as a peer would."""
    headers = {name.lower(): value for name, value in response.headers.items()}
    body = b"".join(response.streaming_content) if response.streaming else response.content
    answer = HttpResponse(message, response.status_code, headers, body)
    caller = exchange.verify_response(answer, ring, clock.now())
    return caller.key.key.authority, answer


def code_of(response: Any) -> str:
    code: str = json.loads(response.content)["code"]
    return code
