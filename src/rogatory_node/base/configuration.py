"""The node's configuration: typed, frozen, read once from ``node.toml``; an unknown key is refused.

Every setting bears its description, from which ``rogatory node init`` writes the file's comments. Secrets
are never in it: they are files under ``keys/``.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, model_validator

from rogatory.values import AuthorityId, Day, Frozen, PartyCode, ShortText, party_of
from rogatory_node.base.errors import NodeError
from rogatory_node.base.policy import DEFAULT_POLICY, ActRule

__all__ = [
    "Approval",
    "Authority",
    "Configuration",
    "Custody",
    "Database",
    "Directory",
    "Peers",
    "Simulation",
    "Web",
    "Worker",
    "current",
    "load",
    "parse",
    "read",
]

MAX_SIZE: Final = 1 << 18
LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")

Port = Annotated[int, Field(ge=1, le=65535)]


class Authority(Frozen):
    """One authority of this Party that the node serves."""

    id: AuthorityId = Field(description="The authority's name in the register, such as vnm/a05.")
    name: ShortText = Field(description="What its own officers call it; the register holds the public name.")


class Web(Frozen):
    """Where the node listens, and what the world calls it."""

    host: str = Field(
        "127.0.0.1",
        description="Address to listen on. In front: a proxy with TLS and a limit of connections an address.",
    )
    port: Port = Field(8000, description="Port to listen on.")
    public_url: str = Field(
        "http://localhost:8000",
        description="The address that officers and peers use. https, unless the host is this machine.",
    )
    workers: int = Field(1, ge=1, le=64, description="Web processes.")
    threads: int = Field(8, ge=1, le=256, description="Threads of each web process.")
    connections: int = Field(
        512, ge=16, le=65_536, description="Connections that each web process takes up at once."
    )
    patience_seconds: int = Field(
        30,
        ge=1,
        le=3600,
        description="How long a request's head may take, then its body; how long a reader may take nothing.",
    )

    @model_validator(mode="after")
    def _refuse_clear_text(self) -> Self:
        """Refuse an address that would carry sign-in or statements over the network in clear."""
        _origin(self.public_url)
        return self

    @property
    def origin(self) -> str:
        """The origin of the desk: scheme, host and port."""
        return _origin(self.public_url)

    @property
    def hostname(self) -> str:
        """The host of the desk, without its port."""
        return urlsplit(self.public_url).hostname or ""

    @property
    def secure(self) -> bool:
        """Whether the desk is reached over https."""
        return self.public_url.startswith("https://")


class Approval(Frozen):
    """The second origin, where acts are approved and nobody signs in (PROTOCOL section 2)."""

    origin: str = Field(
        "",
        description="Origin of the approval pages; empty means the host of web.public_url after approve.",
    )


class Database(Frozen):
    """The database: SQLite in the node's folder, or PostgreSQL."""

    engine: Literal["sqlite", "postgresql"] = Field("sqlite", description="sqlite or postgresql.")
    name: str = Field("rogatory", description="PostgreSQL: database.")
    user: str = Field("rogatory", description="PostgreSQL: user.")
    host: str = Field("", description="PostgreSQL: host, or folder of the socket; empty is the default.")
    port: int = Field(0, ge=0, le=65535, description="PostgreSQL: port; 0 is the default.")
    password_file: str = Field("", description="PostgreSQL: file with the password; empty sends none.")
    busy_seconds: int = Field(20, ge=1, le=120, description="SQLite: how long a writer waits its turn.")


class Worker(Frozen):
    """The loop over due rows."""

    poll_milliseconds: int = Field(250, ge=20, le=60_000, description="Pause when nothing is due.")
    lease_seconds: int = Field(60, ge=1, le=3600, description="How long a taken row is nobody else's.")
    batch: int = Field(20, ge=1, le=1000, description="Rows taken before the loop looks around.")


class Custody(Frozen):
    """The custody log of this node."""

    origin: str = Field(
        "",
        max_length=200,
        pattern=r"^[A-Za-z0-9./_-]*$",
        description="The log's name, for ever; empty means the first authority's name followed by /log.",
    )
    pad_to: int = Field(
        16,
        ge=1,
        le=4096,
        description="A signed head has a multiple of this many leaves, so that tempo hides.",
    )
    beat_seconds: int = Field(600, ge=1, le=86_400, description="How often a head is signed.")
    witnesses: tuple[AuthorityId, ...] = Field(
        (),
        max_length=20,
        description="Authorities that are asked to witness the log beside the counterparts: neither side.",
    )


class Peers(Frozen):
    """What this node allows of other nodes, beyond what the register says."""

    local_urls: tuple[str, ...] = Field(
        (),
        description="Peer addresses that may be http or private; each exact. Production: leave empty.",
    )
    calls_per_minute: int = Field(
        240, ge=1, le=100_000, description="Calls of one authority that the door listens to in a minute."
    )
    fetch_lines: int = Field(
        4, ge=1, le=16, description="Segments of a package that are fetched from one peer at once."
    )
    fetch_bytes_per_second: int = Field(
        0,
        ge=0,
        le=2**40,
        description="Bytes a second that a worker process reads of one peer's packages; 0 is no limit.",
    )
    fetch_window_bytes: int = Field(
        131_072,
        ge=0,
        le=2**30,
        description="Bytes that may be on their way on one line, the most that a break loses; 0: the system"
        " says. A long fast line needs more: its bytes a second times its round trip in seconds, over"
        " the lines.",
    )


class Directory(Frozen):
    """Where the register of authorities is served; its root is pinned by ``rogatory register refresh``."""

    url: str = Field("", description="Where the register is served; empty means it is brought by hand.")
    refresh_seconds: int = Field(3600, ge=1, le=604_800, description="How often it is looked at.")


class Simulation(Frozen):
    """What a simulation assumes; in production all of it is without effect."""

    assumed_parties: tuple[PartyCode, ...] = Field(
        (), description="Parties for which the Convention is assumed to be in force."
    )
    in_force_since: Day | None = Field(None, description="Since when that is assumed, YYYY-MM-DD.")


class Configuration(Frozen):
    """All that ``node.toml`` can say."""

    format: Literal[1] = Field(description="The version of this file's format.")
    mode: Literal["production", "simulation"] = Field(
        description="simulation: the clock can be set and every page says so. Fixed for a node's life."
    )
    party: PartyCode = Field(description="The Party, ISO 3166-1 alpha-3 in lower case.")
    authorities: tuple[Authority, ...] = Field(
        min_length=1, max_length=200, description="The authorities of the Party that this node serves."
    )
    web: Web = Field(default_factory=Web, description="Where the node listens.")
    approval: Approval = Field(default_factory=Approval, description="Where acts are approved.")
    database: Database = Field(default_factory=Database, description="Where rows are kept.")
    worker: Worker = Field(default_factory=Worker, description="The loop over due rows.")
    custody: Custody = Field(default_factory=Custody, description="The custody log of this node.")
    peers: Peers = Field(default_factory=Peers, description="What is allowed of other nodes.")
    directory: Directory = Field(default_factory=Directory, description="The register of authorities.")
    simulation: Simulation = Field(
        default_factory=Simulation, description="What a simulation assumes; no effect in production."
    )
    policy: dict[str, ActRule] = Field(
        default_factory=dict,
        description="For each act: who must approve, and what one person may do alone.",
    )

    @model_validator(mode="after")
    def _keep_one_party(self) -> Self:
        """Refuse an authority of another Party, and one that is named twice."""
        named = [each.id for each in self.authorities]
        if len(set(named)) != len(named):
            raise ValueError("an authority is named twice")
        if any(party_of(each) != self.party for each in named):
            raise ValueError("an authority belongs to another Party")
        if any(party_of(each) == self.party for each in self.custody.witnesses):
            # spec/custody.md 6.11: it would not count.
            raise ValueError("a witness of the log belongs to the log's own Party")
        return self

    @property
    def authority_ids(self) -> tuple[str, ...]:
        """The ids of the authorities that this node serves."""
        return tuple(each.id for each in self.authorities)

    @property
    def approval_origin(self) -> str:
        """The origin of the approval pages."""
        if self.approval.origin:
            return _origin(self.approval.origin)
        scheme, _, rest = self.web.origin.partition("://")
        return f"{scheme}://approve.{rest}"

    @property
    def approval_host(self) -> str:
        """The relying party id of approval credentials: the host of the approval origin."""
        return urlsplit(self.approval_origin).hostname or ""

    @property
    def log_origin(self) -> str:
        """The name of this node's custody log."""
        return self.custody.origin or f"{self.authorities[0].id}/log"

    def rule(self, act: str) -> ActRule:
        """Return the Party's rule for an act; the default where the file is silent.

        Raises:
            NodeError: NODE-009 there is no such act.
        """
        rule = self.policy.get(act) or DEFAULT_POLICY.get(act)
        if rule is None:
            raise NodeError("NODE-009", act=act)
        return rule


def load(path: Path) -> Configuration:
    """Return the configuration that the file holds.

    Raises:
        NodeError: NODE-003 the file cannot be read, is too large or is not TOML; NODE-004 a setting is
            unknown, missing or not what it must be.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_SIZE + 1)
    except OSError as error:
        raise NodeError("NODE-003", path=path.name) from error
    return parse(data, path.name)


def parse(data: bytes, name: str = "node.toml") -> Configuration:
    """Return the configuration that these bytes hold; see :func:`load`."""
    if len(data) > MAX_SIZE:
        raise NodeError("NODE-003", path=name)
    try:
        # By way of JSON, where a strict model still reads a list as a tuple and a text as an enumeration.
        document = json.dumps(tomllib.loads(data.decode("utf-8")))
    except (ValueError, TypeError, RecursionError) as error:
        raise NodeError("NODE-003", path=name) from error
    return read(document, name)


def read(document: str | dict[str, Any], name: str) -> Configuration:
    """Return the configuration that a JSON text or a tree of plain values holds; see :func:`load`."""
    text = document if isinstance(document, str) else json.dumps(document)
    try:
        found = Configuration.model_validate_json(text)
    except ValidationError as error:
        raise _refusal(error, name) from error
    for act in found.policy:
        if act not in DEFAULT_POLICY:
            raise NodeError("NODE-009", act=act)
    return found


def current() -> Configuration:
    """Return the configuration of the node that this process serves."""
    from django.conf import settings  # noqa: PLC0415  base is imported before Django has settings

    found: Configuration = settings.ROGATORY
    return found


def _refusal(error: ValidationError, name: str) -> NodeError:
    first: dict[str, Any] = dict(
        error.errors(include_url=False, include_context=False, include_input=False)[0]
    )
    place = ".".join(str(each) for each in first["loc"]) or "the file"
    return NodeError("NODE-004", path=name, place=place, problem=first["msg"].rstrip("."))


def _origin(url: str) -> str:
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme not in {"http", "https"} or not host or parts.path not in {"", "/"} or parts.query:
        raise ValueError("an address here is a scheme, a host and perhaps a port")
    if parts.scheme == "http" and host not in LOOPBACK and not host.endswith(".localhost"):
        raise ValueError("http is allowed for this machine only; use https")
    return f"{parts.scheme}://{parts.netloc}"
