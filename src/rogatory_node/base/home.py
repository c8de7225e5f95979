"""The node's folder: one place for everything that the node keeps, readable by its owner only.

::

    node.toml        the configuration
    db.sqlite3       records, people, cases (embedded default)
    intake/          evidence that custodians lay ready for sealing, a folder for each authority
    keys/            private keys, wrapped or 0600; django.secret
    packages/        sealed evidence at rest
    register/        the mirrored register
    run/             what lives only while the node runs
    clock.json       simulation only: the time that the node plays
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from rogatory_node.base.errors import NodeError

__all__ = ["Home", "current", "from_environment", "read_secret", "write_new", "write_over"]

VARIABLE = "ROGATORY_NODE"
FOLDERS = ("intake", "keys", "packages", "register", "run")


@dataclass(frozen=True, slots=True)
class Home:
    """The paths of one node's folder; it neither makes nor checks them."""

    folder: Path

    @property
    def configuration(self) -> Path:
        """The configuration file."""
        return self.folder / "node.toml"

    @property
    def database(self) -> Path:
        """The embedded database."""
        return self.folder / "db.sqlite3"

    @property
    def keys(self) -> Path:
        """The folder of private keys."""
        return self.folder / "keys"

    @property
    def secret(self) -> Path:
        """The key of Django's cookies and tokens."""
        return self.keys / "django.secret"

    @property
    def packages(self) -> Path:
        """The folder of sealed evidence."""
        return self.folder / "packages"

    @property
    def intake(self) -> Path:
        """The folder of the authorities' intake folders."""
        return self.folder / "intake"

    def intake_of(self, authority: str) -> Path:
        """The folder of what one authority's custodians lay ready; another's cannot seal it."""
        return self.intake / authority.replace("/", ".")

    @property
    def register(self) -> Path:
        """The folder of the mirrored register."""
        return self.folder / "register"

    @property
    def run(self) -> Path:
        """The folder of what lives only while the node runs."""
        return self.folder / "run"

    @property
    def clock(self) -> Path:
        """The file that holds the simulated time."""
        return self.folder / "clock.json"


def from_environment() -> Home:
    """Return the folder that the environment names.

    Raises:
        NodeError: NODE-001 the variable is not set.
    """
    named = os.environ.get(VARIABLE)
    if not named:
        raise NodeError("NODE-001", variable=VARIABLE)
    return Home(Path(named).resolve())


def current() -> Home:
    """Return the folder of the node that this process serves."""
    from django.conf import settings  # noqa: PLC0415  base is imported before Django has settings

    home: Home = settings.ROGATORY_HOME
    return home


def read_secret(path: Path) -> str:
    """Return the text of a secret's file.

    Raises:
        NodeError: NODE-011 it cannot be read, or others may read it too.
    """
    try:
        if path.stat().st_mode & 0o077:
            raise NodeError("NODE-011", path=path.name)
        return path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise NodeError("NODE-011", path=path.name) from error


def write_new(path: Path, data: bytes) -> None:
    """Write a file that must not exist yet, readable by its owner only.

    Raises:
        NodeError: NODE-002 the file exists already; nothing was written.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    except FileExistsError as error:
        raise NodeError("NODE-002", path=path.name) from error
    with os.fdopen(descriptor, "wb") as file:
        _through(file.fileno(), data)
    _sync_folder(path.parent)


def write_over(path: Path, data: bytes, unique: str) -> None:
    """Replace a file as a whole: a reader sees the old bytes or the new ones, never a part.

    Args:
        path: The file.
        data: All of its new bytes.
        unique: A word that no other writer uses, for the name of the temporary file.
    """
    temporary = path.with_name(f".{path.name}.{unique}")
    write_new(temporary, data)
    temporary.replace(path)
    _sync_folder(path.parent)


def _through(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
    os.fsync(descriptor)


def _sync_folder(folder: Path) -> None:
    # A rename outlives power loss only once the folder itself is on disk.
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
