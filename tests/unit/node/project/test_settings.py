"""Safe by default, on a network and on this machine."""

from __future__ import annotations

import importlib
import json
import logging
import sys

import pytest

from rogatory_node.base import NodeError, home
from rogatory_node.base.configuration import Database
from rogatory_node.project import databases, journal, views
from support.node_settings import HOME


@pytest.fixture
def settings_of(monkeypatch, tmp_path):
    """Return the settings module of a node with this configuration, loaded anew."""

    def load(**web):
        text = (HOME / "node.toml").read_text().partition("[web]")[0]
        lines = "\n".join(f"{name} = {json.dumps(value)}" for name, value in web.items())
        (tmp_path / "node.toml").write_text(f"{text}\n[web]\n{lines}\n")
        (tmp_path / "keys").mkdir()
        home.write_new(tmp_path / "keys" / "django.secret", b"x" * 50)
        monkeypatch.setenv("ROGATORY_NODE", str(tmp_path))
        monkeypatch.delitem(sys.modules, "rogatory_node.project.settings", raising=False)
        return importlib.import_module("rogatory_node.project.settings")

    yield load
    sys.modules.pop("rogatory_node.project.settings", None)


def test_over_a_network_everything_is_bound_to_https_and_the_host(settings_of) -> None:
    found = settings_of(public_url="https://node.a05.example")
    assert found.SECURE_HSTS_SECONDS >= 31_536_000
    assert found.SESSION_COOKIE_SECURE
    assert found.CSRF_COOKIE_SECURE
    assert found.SESSION_COOKIE_NAME.startswith("__Host-")
    assert found.CSRF_COOKIE_NAME.startswith("__Host-")
    assert not found.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN
    assert found.ALLOWED_HOSTS == ["node.a05.example", "approve.node.a05.example"]


def test_two_nodes_on_this_machine_keep_their_cookies_apart(settings_of) -> None:
    found = settings_of(public_url="http://localhost:18001", port=18001)
    assert found.SESSION_COOKIE_NAME == "session-18001"
    assert not found.SESSION_COOKIE_SECURE


def test_nothing_is_for_debugging_and_there_is_no_admin(settings_of) -> None:
    found = settings_of(public_url="https://node.a05.example")
    assert found.DEBUG is False
    assert not any("admin" in each for each in found.INSTALLED_APPS)
    policy = json.dumps(found.CONTENT_SECURITY_POLICY, default=str)
    assert "unsafe" not in policy


def test_sqlite_outlives_power_loss_and_never_reads_before_it_may_write(tmp_path) -> None:
    found = databases.settings(Database(), home.Home(tmp_path))
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in found["OPTIONS"]["init_command"]
    assert found["CONN_MAX_AGE"] is None


def test_postgresql_takes_its_password_from_a_file(tmp_path) -> None:
    file = tmp_path / "password"
    database = Database(engine="postgresql", password_file=str(file), port=5433)
    with pytest.raises(NodeError, match="NODE-010"):
        databases.settings(database, home.Home(tmp_path))
    file.write_text("hush\n")
    found = databases.settings(database, home.Home(tmp_path))
    assert (found["PASSWORD"], found["PORT"]) == ("hush", "5433")
    assert databases.settings(Database(engine="postgresql"), home.Home(tmp_path))["PASSWORD"] == ""


def record(**changes):
    return logging.makeLogRecord({"name": "rogatory.x", "levelname": "ERROR", "msg": "a\nb", **changes})


def test_a_log_line_is_one_line_and_quotes_no_exception() -> None:
    try:
        int("what somebody sent")
    except ValueError:
        line = journal.LineFormatter().format(record(exc_info=sys.exc_info()))
    assert "\n" not in line
    found = json.loads(line)
    assert (found["message"], found["exception"]) == ("a b", "ValueError")
    assert found["where"].startswith(__file__)
    assert "somebody" not in line


def test_loggers_that_know_people_are_quiet() -> None:
    loggers = journal.settings()["loggers"]
    assert {name for name, each in loggers.items() if each["level"] == "CRITICAL"} >= {"axes", "allauth"}


def test_a_page_that_failed_is_recorded_and_a_wrong_call_is_not() -> None:
    loggers = journal.settings()["loggers"]
    # Django tells a status of 500 as an error, and one of 400 to 499 as a warning.
    assert loggers["django.request"]["level"] == "ERROR"


def test_a_code_is_explained_without_its_fields() -> None:
    assert "…" in views._without_fields("NODE-001", "en")
