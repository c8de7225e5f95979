"""Describing a case: what the sealer says of it, its devices and actions, as CASE/UCO JSON-LD.

It stays at the level of the case: there is no object a file, whatever the package holds. The table of
entries says what the files are, a thousand times shorter.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Final
from uuid import UUID, uuid5

from pydantic import Field

from rogatory import __version__
from rogatory.errors import EvidenceError
from rogatory.values import Frozen, Instant, ShortText, Text, instant_text

__all__ = ["Action", "Device", "Origin", "Particulars", "Tool", "case_graph", "check_references"]

# With these bounds no description comes near the size that a reader accepts (spec/evidence.md 13.3).
MAX_DEVICES: Final = 200
MAX_ACTIONS: Final = 200
MAX_OBJECTS: Final = 50

ONTOLOGY: Final = "https://ontology.unifiedcyberontology.org/uco"
CONTEXT: Final = {
    "case-investigation": "https://ontology.caseontology.org/case/investigation/",
    "uco-action": f"{ONTOLOGY}/action/",
    "uco-core": f"{ONTOLOGY}/core/",
    "uco-identity": f"{ONTOLOGY}/identity/",
    "uco-observable": f"{ONTOLOGY}/observable/",
    "uco-tool": f"{ONTOLOGY}/tool/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

Node = dict[str, Any]


class Device(Frozen):
    """A device from which evidence was taken.

    Attributes:
        name: Names it in the actions; no two devices have one name.
        kind: Such as ``server`` or ``mobile phone``.
        maker: Who made it.
        model: Its model.
        serial: Its serial number.
        exhibit: The number under which it is kept.
    """

    name: ShortText
    kind: ShortText | None = None
    maker: ShortText | None = None
    model: ShortText | None = None
    serial: ShortText | None = None
    exhibit: ShortText | None = None


class Tool(Frozen):
    """What an action was done with."""

    name: ShortText
    version: ShortText | None = None


class Action(Frozen):
    """Something that was done to obtain the evidence.

    Attributes:
        name: Such as ``Acquisition of the disk``.
        by: The authority or provider that did it; no natural person needs to be named.
        began: When.
        ended: When.
        tool: With what.
        devices: On which devices, by their names.
        description: What else is to be said.
    """

    name: ShortText
    by: ShortText | None = None
    began: Instant | None = None
    ended: Instant | None = None
    tool: Tool | None = None
    devices: tuple[ShortText, ...] = Field(default=(), max_length=MAX_OBJECTS)
    description: Annotated[Text, Field(max_length=2000)] | None = None


class Particulars(Frozen):
    """What a sealer says of a case: claims, that nobody verifies.

    Attributes:
        title: Of the case.
        focus: What is investigated, such as ``fraud``.
        devices: From which evidence was taken.
        actions: That were done, but for the sealing, which is added.
    """

    title: ShortText
    focus: ShortText | None = None
    devices: tuple[Device, ...] = Field(default=(), max_length=MAX_DEVICES)
    actions: tuple[Action, ...] = Field(default=(), max_length=MAX_ACTIONS)


@dataclass(frozen=True, slots=True)
class Origin:
    """The package that a description stands in."""

    package: str
    case: str | None
    sealed_by: str
    sealed_at: datetime


def check_references(said: Particulars) -> None:
    """Refuse particulars in which two devices have one name, or an action names a device that is not there.

    Raises:
        EvidenceError: EVID-085.
    """
    names = [each.name for each in said.devices]
    twice = {name for name in names if names.count(name) > 1}
    unknown = {name for action in said.actions for name in action.devices} - set(names)
    if twice or unknown:
        raise EvidenceError("EVID-085", count=len(twice | unknown))


def case_graph(said: Particulars, origin: Origin) -> Node:
    """Return the description of a case as JSON-LD, valid by the shapes of CASE 1.5.0.

    Names of nodes follow from the package's id, so that two packages share none.

    Args:
        said: What the sealer says.
        origin: The package.

    Raises:
        EvidenceError: EVID-085 a device is named twice, or by an action alone.

    Source:
        spec/evidence.md 13; DESIGN section 6.
    """
    check_references(said)
    graph = _Graph(UUID(origin.package[:32]))
    devices = {each.name: graph.device(each) for each in said.devices}
    actions = [graph.action(number, each, devices) for number, each in enumerate(said.actions)]
    sealing = graph.sealing(origin)
    graph.case(said, origin, [*devices.values(), *actions, sealing])
    return {"@context": CONTEXT, "@graph": [graph.nodes[name] for name in sorted(graph.nodes)]}


class _Graph:
    """Nodes by their names."""

    def __init__(self, space: UUID) -> None:
        self._space = space
        self.nodes: dict[str, Node] = {}

    def name(self, *path: str) -> str:
        return f"urn:uuid:{uuid5(self._space, '/'.join(path))}"

    def add(self, path: tuple[str, ...], kind: str, **members: object) -> str:
        """Keep a node with the members that have a value; return its name."""
        name = self.name(*path)
        kept = {key.replace("__", ":").replace("_", "-"): each for key, each in members.items() if each}
        self.nodes[name] = {"@id": name, "@type": kind, **kept}
        return name

    def organisation(self, name: str | None) -> Node | None:
        if name is None:
            return None
        return _to(self.add(("organisation", name), "uco-identity:Organization", uco_core__name=name))

    def tool(self, tool: Tool | None) -> Node | None:
        if tool is None:
            return None
        path = ("tool", tool.name, tool.version or "")
        members = {"uco_core__name": tool.name, "uco_tool__version": tool.version}
        return _to(self.add(path, "uco-tool:Tool", **members))

    def record(self, path: tuple[str, ...], number: str, thing: str) -> str:
        return self.add(
            ("record", *path),
            "case-investigation:ProvenanceRecord",
            case_investigation__exhibitNumber=number,
            uco_core__object=[_to(thing)],
        )

    def device(self, device: Device) -> str:
        facet: Node = {
            "@id": self.name("facet", device.name),
            "@type": "uco-observable:DeviceFacet",
            "uco-observable:deviceType": device.kind,
            "uco-observable:manufacturer": self.organisation(device.maker),
            "uco-observable:model": device.model,
            "uco-observable:serialNumber": device.serial,
        }
        told = {key: each for key, each in facet.items() if each}
        thing = self.add(
            ("device", device.name),
            "uco-observable:Device",
            uco_core__name=device.name,
            uco_core__hasFacet=[told] if len(told) > 2 else None,
        )
        if device.exhibit is not None:
            self.record(("device", device.name), device.exhibit, thing)
        return thing

    def action(self, number: int, action: Action, devices: dict[str, str]) -> str:
        return self.add(
            ("action", str(number)),
            "case-investigation:InvestigativeAction",
            uco_core__name=action.name,
            uco_core__description=action.description,
            uco_action__startTime=_instant(action.began),
            uco_action__endTime=_instant(action.ended),
            uco_action__performer=self.organisation(action.by),
            uco_action__instrument=self.tool(action.tool),
            uco_action__object=[_to(devices[name]) for name in sorted(set(action.devices))],
        )

    def sealing(self, origin: Origin) -> str:
        sealed = self.add(
            ("package",), "uco-observable:ObservableObject", uco_core__name=f"Sealed package {origin.package}"
        )
        return self.add(
            ("sealing",),
            "case-investigation:InvestigativeAction",
            uco_core__name="Sealing",
            uco_action__endTime=_instant(origin.sealed_at),
            uco_action__performer=self.organisation(origin.sealed_by),
            uco_action__instrument=self.tool(Tool(name="rogatory", version=__version__)),
            uco_action__result=[_to(self.record(("package",), origin.package, sealed))],
        )

    def case(self, said: Particulars, origin: Origin, things: Iterable[str]) -> None:
        records = (name for name, node in self.nodes.items() if node["@type"].endswith(":ProvenanceRecord"))
        self.add(
            ("case",),
            "case-investigation:Investigation",
            uco_core__name=said.title,
            uco_core__tag=None if origin.case is None else [origin.case],
            case_investigation__focus=None if said.focus is None else [said.focus],
            case_investigation__investigationForm="case",
            uco_core__object=[_to(each) for each in sorted({*things, *records})],
        )


def _to(name: str) -> Node:
    return {"@id": name}


def _instant(value: datetime | None) -> Node | None:
    return None if value is None else {"@type": "xsd:dateTime", "@value": instant_text(value)}
