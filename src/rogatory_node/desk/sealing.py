"""Reading the form for sealing: conditions, papers and particulars, as the package will say them."""

from __future__ import annotations

from typing import Any

from rogatory import wire
from rogatory.errors import RogatoryError
from rogatory.evidence import ROLES, Particulars
from rogatory.evidence.carrying.medium import SealNumber
from rogatory.statements import UseConditions
from rogatory.values import Frozen, instant_text
from rogatory_node.base import NodeError
from rogatory_node.desk import acts
from rogatory_node.desk.form import Reader
from rogatory_node.desk.showing.seal_page import labels
from rogatory_node.vault.services.sealing import Beside

__all__ = ["beside", "conditions"]

DEVICE = ("name", "kind", "maker", "model", "serial", "exhibit")
# Names of what was done stand in a record for courts, in the language of the record, as the sealing does.
TAKEN, HANDED = "Acquisition of the evidence", "Hand-over of the disk"
SAID = ("devices", "taken-by", "taken-from", "taken-to", "taken-with", "disk-seal", "disk-receipt")


def conditions(reader: Reader) -> UseConditions:
    """Return on which conditions it is given; what cannot be read is noted beside its field.

    Raises:
        WireError: A member is too long, or there are too many proceedings.
    """
    words, day = reader.text("words"), reader.day("destroy-by", labels()["destroy-by"])
    given: dict[str, Any] = {"use": reader.text("use") or "evidence"}
    if onward := reader.text("onward"):
        given["onward"] = onward
    if proceedings := _lines(reader.text("proceedings")):
        given["proceedings"] = proceedings
    if day is not None:
        given["destroy_by"] = day.isoformat()
    if words:
        given["words"] = acts.words(words)
    return wire.decode(wire.canonical(given), UseConditions)


def beside(reader: Reader) -> Beside:
    """Return the papers that go in, and what is said of the case; nothing where nothing was typed.

    Raises:
        WireError: A member of the particulars is malformed.
    """
    papers = tuple((name, role) for role in ROLES for name in _lines(reader.text(f"paper-{role}")))
    return Beside(papers, _particulars(reader))


def _particulars(reader: Reader) -> Particulars | None:
    if not any(reader.text(each) for each in SAID):
        return None
    title = reader.required("case-title", labels()["case-title"])
    devices = [_device(line) for line in _lines(reader.text("devices"))]
    names = [each["name"] for each in devices]
    actions = [each for each in (_taken(reader, names), _handed(reader, names)) if each]
    if reader.problems:
        return None
    members = {"title": title, "devices": devices, "actions": actions}
    return wire.decode(wire.canonical(members), Particulars)


def _device(line: str) -> dict[str, str]:
    parts = [each.strip() for each in line.split("|", len(DEVICE) - 1)]
    return {name: part for name, part in zip(DEVICE, parts, strict=False) if part}


def _taken(reader: Reader, devices: list[str]) -> dict[str, Any]:
    began = reader.instant("taken-from", labels()["taken-from"])
    ended = reader.instant("taken-to", labels()["taken-to"])
    tool, _bar, version = (each.strip() for each in reader.text("taken-with").partition("|"))
    found: dict[str, Any] = {"name": TAKEN, "devices": devices}
    told = {
        "by": reader.text("taken-by"),
        "began": instant_text(began) if began else "",
        "ended": instant_text(ended) if ended else "",
        "tool": ({"name": tool} | ({"version": version} if version else {})) if tool else {},
    }
    return found | {name: each for name, each in told.items() if each} if any(told.values()) else {}


def _handed(reader: Reader, devices: list[str]) -> dict[str, Any]:
    """Return the hand-over of a disk: it has the number of its seal and of its paper receipt, or neither."""
    typed = {name: reader.text(name) for name in ("disk-seal", "disk-receipt")}
    if not any(typed.values()):
        return {}
    seal = reader.required("disk-seal", labels()["disk-seal"])
    receipt = reader.required("disk-receipt", labels()["disk-receipt"])
    on = reader.day("disk-on", labels()["disk-on"])
    if seal and not _is_seal_number(seal):
        reader.refuse(NodeError("NODE-759"), "disk-seal")
    said = f"Number on the seal of the disk: {seal}. Paper hand-over receipt: {receipt}."
    if on is not None:
        said += f" Handed over on {on.isoformat()}."
    found: dict[str, Any] = {"name": HANDED, "devices": devices, "description": said}
    by = reader.text("disk-by")
    return found | ({"by": by} if by else {})


class _OnSeal(Frozen):
    seal: SealNumber


def _is_seal_number(typed: str) -> bool:
    try:
        wire.decode(wire.canonical({"seal": typed}), _OnSeal)
    except RogatoryError:
        return False
    return True


def _lines(typed: str) -> list[str]:
    return [each.strip() for each in typed.splitlines() if each.strip()]
