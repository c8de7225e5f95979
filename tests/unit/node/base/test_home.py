"""Files of the node's folder appear whole or not at all, for their owner only."""

import pytest

from rogatory_node.base import NodeError, home


def test_the_folder_must_be_named(monkeypatch) -> None:
    monkeypatch.delenv("ROGATORY_NODE")
    with pytest.raises(NodeError, match="NODE-001"):
        home.from_environment()


def test_the_named_folder_is_used(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("ROGATORY_NODE", str(tmp_path))
    assert home.from_environment().configuration == tmp_path.resolve() / "node.toml"


def test_a_new_file_is_its_owners_alone_and_never_replaces(tmp_path) -> None:
    file = tmp_path / "seed"
    home.write_new(file, b"first")
    assert file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(NodeError, match="NODE-002"):
        home.write_new(file, b"second")
    assert file.read_bytes() == b"first"


def test_a_replaced_file_leaves_no_draft(tmp_path) -> None:
    file = tmp_path / "clock.json"
    home.write_over(file, b"one", "a")
    home.write_over(file, b"two", "b")
    assert (file.read_bytes(), list(tmp_path.iterdir())) == (b"two", [file])


def test_a_secret_that_others_can_read_is_refused(tmp_path) -> None:
    file = tmp_path / "django.secret"
    with pytest.raises(NodeError, match="NODE-011"):
        home.read_secret(file)
    home.write_new(file, b"hush\n")
    assert home.read_secret(file) == "hush"
    file.chmod(0o640)
    with pytest.raises(NodeError, match="NODE-011"):
        home.read_secret(file)
