"""A verified package in the words of archives: PREMIS 3 and RO-Crate 1.1, by their shapes."""

from __future__ import annotations

import hashlib
import json
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest

from rogatory.evidence import Terms, contents, open_package, premis, ro_crate, verify, verify_with_key
from rogatory.evidence.describing import crate
from rogatory.statements import UseConditions
from support.packages import ASKING, AT, SEALER, basis, decryption, make, write_sources
from support.world import counting_random

SPACE = "{http://www.loc.gov/premis/v3}"
KIND = "{http://www.w3.org/2001/XMLSchema-instance}type"

# The sequences of the PREMIS 3.0 schema, as far as they are used here: what may stand in what, in this order.
SHAPES = {
    "premis": ["object", "event", "agent"],
    "object": ["objectIdentifier", "objectCharacteristics", "relationship"],
    "objectIdentifier": ["objectIdentifierType", "objectIdentifierValue"],
    "objectCharacteristics": ["fixity", "size", "format"],
    "fixity": ["messageDigestAlgorithm", "messageDigest"],
    "format": ["formatDesignation"],
    "formatDesignation": ["formatName"],
    "relationship": ["relationshipType", "relationshipSubType", "relatedObjectIdentifier"],
    "relatedObjectIdentifier": ["relatedObjectIdentifierType", "relatedObjectIdentifierValue"],
    "event": [
        "eventIdentifier",
        "eventType",
        "eventDateTime",
        "eventDetailInformation",
        "eventOutcomeInformation",
        "linkingAgentIdentifier",
        "linkingObjectIdentifier",
    ],
    "eventIdentifier": ["eventIdentifierType", "eventIdentifierValue"],
    "eventDetailInformation": ["eventDetail"],
    "eventOutcomeInformation": ["eventOutcome", "eventOutcomeDetail"],
    "eventOutcomeDetail": ["eventOutcomeDetailNote"],
    "linkingAgentIdentifier": ["linkingAgentIdentifierType", "linkingAgentIdentifierValue"],
    "linkingObjectIdentifier": ["linkingObjectIdentifierType", "linkingObjectIdentifierValue"],
    "agent": ["agentIdentifier", "agentName", "agentType"],
    "agentIdentifier": ["agentIdentifierType", "agentIdentifierValue"],
}
OPTIONAL = {"objectCharacteristics", "relationship", "eventOutcomeInformation"}
EVENTS = [
    "information package creation",
    "digital signature generation",
    "digital signature validation",
    "fixity check",
]


@pytest.fixture
def package(tmp_path):
    (tmp_path / "order.pdf").write_bytes(b"Order")
    terms = Terms(legal=[tmp_path / "order.pdf"], conditions=UseConditions(use="evidence"))
    return make(tmp_path, write_sources(tmp_path), terms=terms).path


def own(element):
    return element.tag.removeprefix(SPACE)


def check_shape(element):
    """Refuse an element whose children are others than the schema's, or in another order."""
    shape = SHAPES.get(own(element), [])
    found = [own(each) for each in element]
    assert set(found) <= set(shape), own(element)
    assert [shape.index(each) for each in found] == sorted(shape.index(each) for each in found)
    assert set(shape) - set(found) <= OPTIONAL
    if not shape:
        assert element.text
    for each in element:
        check_shape(each)


def texts(top, path):
    return [each.text for each in top.findall("/".join(f"{SPACE}{step}" for step in path.split("/")))]


def test_the_events_of_a_package_have_the_shape_of_premis(package):
    found = verify(package, basis())
    top = ET.fromstring(premis(found, AT))
    check_shape(top)
    assert top.attrib == {"version": "3.0"}
    assert texts(top, "event/eventType") == EVENTS
    assert [each.get(KIND) for each in top.findall(f"{SPACE}object")][:2] == ["representation", "file"]
    assert texts(top, "event/eventDateTime") == ["2028-03-13T18:32:00Z"] * 2 + ["2028-03-13T18:33:00Z"] * 2


def test_the_files_of_a_premis_document_are_those_of_the_package(package):
    top = ET.fromstring(premis(verify(package, basis()), AT))
    parts = texts(top, "object/relationship/relatedObjectIdentifier/relatedObjectIdentifierValue")
    assert parts == texts(top, "object/objectIdentifier/objectIdentifierValue")[1:]
    assert texts(top, "object/objectCharacteristics/fixity/messageDigest") == [
        hashlib.sha256((package / path).read_bytes()).hexdigest() for path in parts
    ]


def test_every_agent_that_acts_is_described(package):
    top = ET.fromstring(premis(verify(package, basis()), AT))
    acting = set(texts(top, "event/linkingAgentIdentifier/linkingAgentIdentifierValue"))
    assert acting == set(texts(top, "agent/agentIdentifier/agentIdentifierValue"))
    assert SEALER in acting


def test_what_was_not_proved_goes_with_the_events(package):
    found = verify(package, basis())
    note = texts(
        ET.fromstring(premis(found, AT)),
        "event/eventOutcomeInformation/eventOutcomeDetail/eventOutcomeDetailNote",
    )
    assert all(each.sentence() in note[0] for each in found.proves)
    assert all(each.sentence() in note[1] for each in found.does_not_prove)


def crate_of(data):
    document = json.loads(data)
    nodes = {each["@id"]: each for each in document["@graph"]}
    assert len(nodes) == len(document["@graph"])
    return document, nodes


def references(value):
    """Yield every node that is referred to."""
    if isinstance(value, dict):
        if set(value) == {"@id"}:
            yield value["@id"]
        for each in value.values():
            yield from references(each)
    elif isinstance(value, list):
        for each in value:
            yield from references(each)


@pytest.mark.parametrize("keys", [False, True], ids=["without a key", "with one"])
def test_the_crate_has_what_every_crate_must_have(package, keys):
    pair = decryption(ASKING)
    found = verify_with_key(package, pair, basis()) if keys else verify(package, basis())
    document, nodes = crate_of(ro_crate(found, AT, contents(package, pair) if keys else None))
    assert document["@context"][0] == "https://w3id.org/ro/crate/1.1/context"
    assert nodes["ro-crate-metadata.json"]["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}
    assert nodes["ro-crate-metadata.json"]["about"] == {"@id": "./"}
    root = nodes["./"]
    assert root["@type"] == "Dataset"
    assert {"name", "description", "datePublished", "license", "hasPart"} <= set(root)
    assert set(references(list(nodes.values()))) - set(nodes) == {"https://w3id.org/ro/crate/1.1"}
    assert '"use":"evidence"' in nodes["#conditions"]["description"]


def test_with_a_key_the_crate_lists_the_files_of_the_bag(package, tmp_path):
    pair, bag = decryption(ASKING), tmp_path / "bag"
    found = open_package(package, pair, bag, basis(), random=counting_random())
    _, nodes = crate_of(ro_crate(found, AT, contents(package, pair)))
    files = {unquote(name): each for name, each in nodes.items() if each["@type"] == "File"}
    assert set(files) == {
        str(path.relative_to(bag))
        for area in ("data", "legal")
        for path in (bag / area).rglob("*")
        if path.is_file()
    }
    for path, each in files.items():
        assert each["sha256"] == hashlib.sha256((bag / path).read_bytes()).hexdigest()
        assert each["contentSize"] == str((bag / path).stat().st_size)


def test_of_many_files_the_crate_names_the_folders(package, monkeypatch):
    monkeypatch.setattr(crate, "MAX_LISTED", 7)
    pair = decryption(ASKING)
    found = verify_with_key(package, pair, basis())
    _, nodes = crate_of(ro_crate(found, AT, contents(package, pair)))
    assert nodes["./"]["hasPart"] == [{"@id": "data/"}, {"@id": "legal/"}]
    assert not [each for each in nodes.values() if each["@type"] == "File"]


def test_without_a_key_no_name_of_a_file_is_in_the_crate(package):
    data = ro_crate(verify(package, basis()), AT)
    assert b"access.log" not in data
    assert b"order.pdf" not in data
