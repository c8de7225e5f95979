"""By disk between nodes: what was delivered leaves, what was announced comes, and both logs say so."""

from __future__ import annotations

import pytest

from rogatory import evidence, wire
from rogatory.errors import EvidenceError
from rogatory.evidence import HandOver
from rogatory_node.base import NodeError
from rogatory_node.peers import fetching
from rogatory_node.records.models import Due, Leaf
from rogatory_node.vault import places
from rogatory_node.vault.models import Package
from rogatory_node.vault.services import carrying
from support import sealed as french
from support.office import A05
from support.sealed import basis, delivery_of, take

PAPER = HandOver.model_validate_json(
    b'{"medium":"WD 22B1","seal_number":"A-0042/7","receipt":"HO 2028-17",'
    b'"handed_by":"Vasseur","handed_to":"Binh","on":"2028-03-14"}'
)


def last_event():
    leaf = Leaf.objects.order_by("-index").first()
    return leaf.tag, wire.parse(bytes(leaf.event))["fields"]


@pytest.fixture
def disk(preservation, france, tmp_path):
    """A disk from France, whose delivery has arrived."""
    made = french.seal(tmp_path)
    assert france(delivery_of(made, preservation)).error is None
    medium = tmp_path / "disk"
    medium.mkdir()
    return medium, evidence.export(made.path, medium, PAPER, basis())


def bring(custodian, disk, **changes):
    words = {"seal_number": PAPER.seal_number, "manifest": disk[1].digest} | changes
    return carrying.import_(custodian.officer, A05, disk[0], **words)


def test_what_was_announced_comes_on_a_disk_and_is_held(disk, custodian):
    row = bring(custodian, disk)
    assert row.state == "held"
    assert evidence.verify(places.folder_of(row), basis(announced=row.seal)).package == row.package
    tag, fields = last_event()
    assert tag == "evidence:import:verified"
    assert (fields["manifest"], fields["disk_seal"]) == (disk[1].digest, "A-0042/7")
    assert "Vasseur" not in str(fields)
    with pytest.raises(NodeError, match="NODE-461"):
        bring(custodian, disk)


def test_a_fetch_that_was_under_way_finds_the_package_and_ends(disk, custodian, french_door):
    due = take("fetch")
    row = bring(custodian, disk)
    door = french_door(disk[0] / row.seal, row.package)
    fetching.fetch(due)
    row.refresh_from_db()
    assert row.state == "held"
    assert door.asked == []
    assert Due.objects.get(topic="fetch").state == Due.State.DONE
    assert last_event()[0] == "evidence:import:verified"


@pytest.mark.parametrize("wrong", [{"seal_number": "B"}, {"manifest": "0" * 64}])
def test_another_disk_than_the_paper_is_about_is_not_taken(wrong, disk, custodian, node):
    with pytest.raises(EvidenceError, match="EVID-083"):
        bring(custodian, disk, **wrong)
    assert list(node.packages.iterdir()) == []


def test_who_is_no_custodian_takes_no_disk(disk, duty):
    with pytest.raises(NodeError, match="NODE-100"):
        bring(duty, disk)


def test_a_recalled_delivery_is_not_taken_from_a_disk(disk, custodian):
    Package.objects.update(recalled_by="a" * 64)
    with pytest.raises(NodeError, match="NODE-457"):
        bring(custodian, disk)


def test_what_was_delivered_leaves_on_a_disk_with_a_leaf(delivered, custodian, duty, tmp_path):
    with pytest.raises(NodeError, match="NODE-100"):
        carrying.export(duty.officer, delivered, tmp_path, PAPER)
    delivered.refresh_from_db()
    (tmp_path / "disk").mkdir()
    said = carrying.export(custodian.officer, delivered, tmp_path / "disk", PAPER)
    assert said.carried.seal == delivered.seal
    assert last_event()[0] == "evidence:export:done"
    assert last_event()[1]["manifest"] == said.digest
    # The custody receipt goes along.
    assert (tmp_path / "disk" / delivered.seal / "receipt" / "custody.json").exists()


def test_what_was_not_delivered_does_not_leave(sealed, custodian, tmp_path):
    with pytest.raises(NodeError, match="NODE-460"):
        carrying.export(custodian.officer, sealed, tmp_path, PAPER)


def test_what_was_destroyed_while_a_disk_was_read_is_not_brought_back(disk, custodian, monkeypatch):
    real = evidence.import_

    def read(*given):
        found = real(*given)
        Package.objects.update(state="destroyed")
        return found

    monkeypatch.setattr(evidence, "import_", read)
    with pytest.raises(NodeError, match="NODE-461"):
        bring(custodian, disk)
    held = Package.objects.get()
    assert (held.state, places.folder_of(held).exists()) == ("destroyed", False)
    assert not Leaf.objects.filter(tag="evidence:import:verified").exists()
