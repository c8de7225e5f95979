"""The fixtures of this room, and a caller who holds a token."""

import json

import pytest
from django.test import Client

from rogatory_node.api import tokens
from support.office import _register, asked, custodian, duty, france, hire, lawyer, node, preservation
from support.sealed import delivered, french_door, ready, sealed

__all__ = [
    "_register",
    "asked",
    "call",
    "custodian",
    "delivered",
    "duty",
    "france",
    "french_door",
    "hire",
    "lawyer",
    "node",
    "preservation",
    "ready",
    "sealed",
]

BEGIN = "/api/v1"


@pytest.fixture
def call():
    """Return what calls the API for a person: by their own token, or by another text."""
    held = {}

    def make(who, method, path, body=None, *, token=None, **more):
        if token is None and who is not None:
            if who.officer.pk not in held:
                held[who.officer.pk] = tokens.make(who.officer, "test")
            token = held[who.officer.pk]
        headers = {"authorization": f"Bearer {token}"} if token is not None else {}
        data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        return Client().generic(
            method, f"{BEGIN}{path}", data, content_type="application/json", headers=headers, **more
        )

    return make
