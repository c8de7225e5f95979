"""``rogatory node token``: made once, used at the API of a running node, ended by its label."""

from __future__ import annotations

import json

import httpx

from support.nodes import cli


def token(node, *words):
    return cli("node", "token", node.folder, "hoa", *words)


def test_a_token_opens_the_api_until_it_is_revoked(node) -> None:
    cli("node", "officer", node.folder, "hoa", "--role", "vnm/a05:duty_officer")
    made = json.loads(token(node, "--label", "ministry", "--days", "7", "--json").stdout)
    assert (made["label"], made["days"]) == ("ministry", 7)
    node.start()
    bearer = {"authorization": f"Bearer {made['token']}"}
    assert httpx.get(f"{node.url}/api/v1/me", headers=bearer).json()["roles"] == {"vnm/a05": ["duty_officer"]}
    ended = token(node, "--label", "ministry", "--revoke")
    assert (ended.returncode, ended.stdout) == (0, "Ended: 1. Officer hoa, label ministry.\n")
    refused = httpx.get(f"{node.url}/api/v1/me", headers=bearer)
    assert (refused.status_code, refused.json()["code"]) == (401, "NODE-705")


def test_a_token_for_nobody_is_refused_in_one_line(node) -> None:
    done = token(node)
    assert done.returncode == 2
    assert done.stderr.startswith("NODE-308")
    assert done.stderr.count("\n") == 1
