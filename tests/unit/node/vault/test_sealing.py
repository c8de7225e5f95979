"""Evidence of ours: ordered, sealed, attested, delivered; and France opens it with the library alone."""

from __future__ import annotations

import os
from datetime import date, timedelta

import pytest

from rogatory import custody, evidence
from rogatory.errors import CustodyError, EvidenceError, RogatoryError
from rogatory.evidence import Folder, Particulars
from rogatory.evidence.description import Action
from rogatory.keys import KeyRing, Purpose
from rogatory.statements import UseConditions
from rogatory_node.base import NodeError, clock
from rogatory_node.records import heads, outbox
from rogatory_node.records.models import Due, Leaf
from rogatory_node.vault import places
from rogatory_node.vault.models import Package
from rogatory_node.vault.services import sealing
from rogatory_node.vault.services.sealing import Beside
from support import world
from support.knocking import answer_to, knock
from support.office import A05, MOJ, OFAC, SPP, mirrored
from support.sealed import attest, basis, order, send_delivery, take, work


class AtTheDoor:
    """The node's door as a source for the library: France reads it by Range."""

    def __init__(self, package, france, *, sender=OFAC):
        self.package, self.france, self.sender = package, france, sender

    def read_into(self, path, start, buffer):
        message = self.france.message("GET", f"/peer/v1/packages/{self.package}/{path}", sender=self.sender)
        response = knock(message, range=f"bytes={start}-{start + len(buffer) - 1}")
        if response.status_code == 416:
            return 0
        if response.status_code == 404:
            who, _ = answer_to(message, response, self.france.ring)
            assert who == A05
            raise EvidenceError("EVID-021", path=path)
        assert response.status_code == 206
        data = b"".join(response.streaming_content)
        response.close()
        buffer[: len(data)] = data
        return len(data)

    def names(self):
        return None


def test_from_the_intake_to_a_bag_in_france(sealed, custodian, lawyer, france, tmp_path):
    assert (sealed.state, sealed.failure) == ("sealed", "")
    attest()
    send_delivery(sealed, custodian, lawyer)
    with Folder(places.folder_of(sealed)) as folder:
        names = folder.names()
    assert "receipt/custody.json" in names
    copy = tmp_path / "copy"
    # France fetched no names, so the receipt is asked for and is there.
    found = evidence.fetch(AtTheDoor(sealed.package, france), copy, basis(announced=sealed.seal))
    assert found.sealed_by == A05
    assert "EVID-125" in {each.code for each in found.proves}
    opened = evidence.open_package(
        copy, world.decryption(OFAC), tmp_path / "bag", basis(announced=sealed.seal), random=france.random
    )
    assert opened.files == sealed.files
    assert (
        (tmp_path / "bag" / "data" / "case" / "logs" / "access.log").read_bytes().startswith(b"203.0.113.57")
    )


def test_the_custody_receipt_is_about_this_seal_and_verifies_with_the_bundle_inside(sealed, tmp_path):
    attest()
    path = places.folder_of(sealed)
    root = (mirrored().parent / "host" / "public" / "metadata" / "1.root.json").read_bytes()
    found = evidence.verify(path, evidence.basis_from(path, root, now=clock.now()))
    assert "EVID-125" in {each.code for each in found.proves}
    receipt = (path / "receipt" / "custody.json").read_bytes()
    assert sealed.seal.encode() in receipt
    assert b"Binh" not in receipt


def test_the_receipt_of_another_seal_is_refused(sealed, ready, custodian):
    attest()
    other = Package.objects.get()
    order(ready, custodian)
    sealing.seal(take("seal"))
    second = Package.objects.exclude(pk=other.pk).get()
    receipt = places.folder_of(other) / "receipt" / "custody.json"
    target = places.folder_of(second) / "receipt"
    target.mkdir()
    (target / "custody.json").write_bytes(receipt.read_bytes())
    with pytest.raises(EvidenceError, match="EVID-0"):
        evidence.verify(places.folder_of(second), basis())


def test_a_package_that_is_fetched_before_its_receipt_is_there_verifies_too(
    sealed, custodian, lawyer, france, tmp_path
):
    send_delivery(sealed, custodian, lawyer)
    found = evidence.fetch(
        AtTheDoor(sealed.package, france),
        tmp_path / "copy",
        basis(announced=sealed.seal),
    )
    assert "EVID-144" in {each.code for each in found.does_not_prove}


def cosigned(note, authority, ring):
    """Add the lines of an authority's witness to our head."""
    size = custody.read_checkpoint(note.text).size
    request = custody.read_request(custody.write_request(0, (), note))
    signer = world.signing(authority, Purpose.WITNESS)
    key = custody.note_key(f"{authority}/witness", signer.public)
    known = ring.logs[request.checkpoint.origin]
    answer = custody.consider(request, known, None, signer=signer, key=key, at=clock.now())
    heads.gather(answer.reply, size, ring)


@pytest.fixture
def believed(monkeypatch):
    """The register's logs and witnesses, and the witness of a Party that is neither side."""
    ring = basis().logs
    third = custody.note_key(f"{world.THIRD}/witness", world.signing(world.THIRD, Purpose.WITNESS).public)
    more = custody.LogRing(ring.logs, {**ring.witnesses, third.name: third})
    monkeypatch.setattr(evidence, "log_ring", lambda *_: more)
    return more


def test_a_receipt_is_written_anew_until_independent_witnesses_have_seen_its_head(sealed, believed):
    first = heads.publish_own(now=clock.now())
    sealing.attest(take("attest"))
    file = places.folder_of(sealed) / "receipt" / "custody.json"
    early = file.read_bytes()
    due = Due.objects.get(topic="attest")
    assert (due.state, due.last_code) == ("due", "unwitnessed")
    cosigned(first, OFAC, believed)
    # Another of the same Party is no other voice.
    cosigned(first, MOJ, believed)
    clock.advance(timedelta(minutes=10))
    sealing.attest(take("attest"))
    due.refresh_from_db()
    assert (due.state, due.last_code) == ("due", "unwitnessed")
    assert file.read_bytes() != early
    cosigned(first, world.THIRD, believed)
    # A newer head that nobody has seen yet does not take its place.
    clock.advance(timedelta(minutes=10))
    heads.publish_beat(now=clock.now(), every=timedelta(minutes=1))
    sealing.attest(take("attest"))
    assert Due.objects.get(topic="attest").state == "done"
    found = evidence.verify(places.folder_of(sealed), basis(logs=believed))
    assert "EVID-126" in {each.code for each in found.proves}
    assert [each.name for each in file.parent.iterdir()] == ["custody.json"]


def test_a_receipt_waits_for_witnesses_no_longer_than_so_many_beats(sealed):
    heads.publish_own(now=clock.now())
    Due.objects.filter(topic="attest").update(attempts=sealing.PATIENCE)
    sealing.attest(take("attest"))
    assert Due.objects.get(topic="attest").state == "done"


def test_no_head_covers_the_leaf_yet_so_the_receipt_waits(sealed):
    heads.publish_own(now=clock.now())
    Package.objects.update(sealed_leaf=10_000)
    due = take("attest")
    with pytest.raises((CustodyError, NodeError)):
        sealing.attest(due)
    assert not (places.folder_of(sealed) / "receipt").exists()


def test_a_draft_of_the_receipt_that_a_killed_worker_left_is_no_part_of_the_package(sealed):
    draft = places.folder_of(sealed).with_name(f".{sealed.pk}.receipt")
    draft.write_bytes(b"half")
    attest()
    assert not draft.exists()
    evidence.verify(places.folder_of(sealed), basis())


def test_a_sealing_leaves_a_leaf_with_its_package_or_neither(ready, custodian, monkeypatch):
    order(ready, custodian)
    leaves = Leaf.objects.count()

    def full(*_, **__):
        raise RuntimeError

    monkeypatch.setattr(sealing.outbox, "close", full)
    due = take("seal")
    with pytest.raises(RuntimeError):
        sealing.seal(due)
    assert Package.objects.get().state == "sealing"
    assert Leaf.objects.count() == leaves
    monkeypatch.undo()
    Due.objects.filter(pk=due.pk).update(lease_until=None)
    assert work().state == "sealed"


def test_evidence_that_changes_while_it_is_read_voids_the_order(ready, custodian, node, monkeypatch):
    order(ready, custodian)
    disk = node.intake_of(A05) / "case" / "disk.img"

    def hold(_):
        def go_on(size):
            if size:
                os.truncate(disk, 7)

        return go_on

    monkeypatch.setattr(sealing, "hold", hold)
    sealing.seal(take("seal"))
    row = Package.objects.get()
    assert row.state == "failed"
    assert row.failure.startswith("EVID-00")
    assert Due.objects.get(topic="seal").state == Due.State.GIVEN_UP
    assert list(node.packages.iterdir()) == []
    assert Leaf.objects.order_by("-index").first().tag == "evidence:seal:failed"


def test_evidence_that_is_taken_away_voids_the_order(ready, custodian, node):
    order(ready, custodian)
    (node.intake_of(A05) / "case").rename(node.intake_of(A05) / "elsewhere")
    assert work().failure == "NODE-450"


def test_a_worker_that_lost_its_row_stops_sealing(ready, custodian, monkeypatch):
    order(ready, custodian)
    due = take("seal")
    Due.objects.update(fence=due.fence + 1)
    begin = clock.machine()
    lease = timedelta(seconds=60)
    monkeypatch.setattr(sealing, "hold", lambda row: lambda _: outbox.extend(row, machine=begin, lease=lease))
    with pytest.raises(NodeError, match="NODE-204"):
        sealing.seal(due)
    assert Package.objects.get().state == "sealing"


def test_a_recipient_without_a_key_or_a_sealer_without_one_voids_the_order(ready, custodian, node):
    order(ready, custodian)
    for held in node.keys.glob("vnm.a05.seal.*.key"):
        held.unlink()
    assert work().failure == "NODE-012"


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../a05",
        "/etc/passwd",
        "case/disk.img",
        "x" * 300,
        "nothing",
        "a\0b",
        "link",
        "\udcff" * 100,
    ],
)
def test_a_name_that_leaves_the_intake_or_names_nothing_is_refused(name, ready, custodian, node):
    (node.intake_of(A05) / "link").symlink_to("/etc")
    with pytest.raises(NodeError, match="NODE-450"):
        order(ready, custodian, intake=name)


def test_what_another_authority_laid_ready_is_not_ours_to_seal(ready, custodian, node):
    (node.intake_of(SPP) / "theirs").write_bytes(b"x")
    for name in ("theirs", "../vnm.spp/theirs"):
        with pytest.raises(NodeError, match="NODE-450"):
            order(ready, custodian, intake=name)


def test_the_archive_key_that_the_register_states_is_a_recipient_and_none_is_needed():
    now, archive = clock.now(), world.pair(A05, Purpose.ARCHIVE)
    assert sealing._own(world.ring(), A05, now) == []
    ring = KeyRing([world.entry(archive)])
    assert sealing._own(ring, A05, now) == [archive.public]
    assert sealing._own(ring, OFAC, now) == []
    over = KeyRing([world.entry(archive, sign_until=now - timedelta(days=1))])
    assert sealing._own(over, A05, now) == []


def test_an_authority_opens_what_it_sealed_by_its_own_archive_key(ready, custodian, monkeypatch):
    """The seal names it; the delivery names the wrap for the other side alone."""
    archive = world.pair(A05, Purpose.ARCHIVE)
    monkeypatch.setattr(sealing, "_own", lambda *_: [archive.public])
    order(ready, custodian)
    sealed = work()
    package = places.folder_of(sealed)
    named = [(each.authority, each.key) for each in evidence.inspect(package).seal.recipients]
    assert named[1:] == [(A05, archive.key_id)]
    assert {each["recipient"] for each in sealed.wraps} == {OFAC}
    assert evidence.verify_with_key(package, archive, basis()).files == sealed.files


PARTICULARS = Particulars.model_validate_json(
    b'{"title":"Fraud on saovang-invest.example","devices":[{"name":"server","serial":"00-1"}],'
    b'"actions":[{"name":"Copy","by":"vnm/a05","devices":["server"]}]}'
)


def papers_in(node):
    for name in ("order.pdf", "certificate.pdf"):
        (node.intake_of(A05) / name).write_bytes(name.encode())
    return (("order.pdf", "order"), ("certificate.pdf", "certificate"))


def test_papers_go_in_with_their_roles_and_the_case_is_described(ready, custodian, node):
    order(ready, custodian, beside=Beside(papers_in(node), PARTICULARS))
    made = work()
    assert (made.state, made.failure) == ("sealed", "")
    with Folder(places.folder_of(made)) as folder:
        assert "case.enc" in folder.names()
    pair = world.pair(OFAC, Purpose.ENCRYPTION)
    found = {each.path: evidence.role_of(each) for each in evidence.contents(places.folder_of(made), pair)}
    assert {path: role for path, role in found.items() if role} == {
        "order.pdf": "order",
        "certificate.pdf": "certificate",
    }
    said = evidence.case_description(places.folder_of(made), pair)
    assert said is not None
    assert b"00-1" in said


@pytest.mark.parametrize(
    ("papers", "code"),
    [
        ((("nothing.pdf", "order"),), "NODE-450"),
        ((("../node.toml", "order"),), "NODE-450"),
        ((("order.pdf", "letter"),), "EVID-084"),
        ((("order.pdf", "order"), ("order.pdf", "scan")), "NODE-462"),
        ((("case", "order"),), "NODE-462"),
    ],
)
def test_papers_that_cannot_be_meant_are_refused_before_anything_is_sealed(
    ready, custodian, node, papers, code
):
    papers_in(node)
    with pytest.raises(RogatoryError, match=code):
        order(ready, custodian, beside=Beside(papers))
    assert not Package.objects.exists()


def test_particulars_that_name_an_unknown_device_are_refused(ready, custodian):
    wrong = PARTICULARS.model_copy(update={"devices": ()})
    with pytest.raises(EvidenceError, match="EVID-085"):
        order(ready, custodian, beside=Beside(particulars=wrong))
    assert not Package.objects.exists()


def test_a_sealing_says_how_much_there_is_to_seal(ready, custodian, node):
    (node.intake_of(A05) / "order.pdf").write_bytes(b"x" * 1000)
    order(ready, custodian, beside=Beside((("order.pdf", "order"),)))
    made = work()
    top = node.intake_of(A05) / "case"
    files = [each for each in top.rglob("*") if each.is_file() and not each.is_symlink()]
    assert made.whole == 1000 + sum(each.stat().st_size for each in files)
    assert made.measured_at is not None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"proceedings": (" ",)}, "NODE-471"),
        ({"proceedings": ("DN-2028-0312", "-")}, "NODE-471"),
        ({"destroy_by": date(2020, 1, 1)}, "NODE-472"),
    ],
)
def test_conditions_that_nobody_can_keep_are_refused(ready, custodian, changes, code):
    with pytest.raises(NodeError, match=code):
        order(ready, custodian, conditions=UseConditions(use="evidence", **changes))
    assert not Package.objects.exists()


def test_evidence_that_was_taken_before_it_was_begun_with_is_refused(ready, custodian):
    began = clock.now()
    taken = Action(name="Acquisition", began=began, ended=began - timedelta(hours=1))
    with pytest.raises(NodeError, match="NODE-473"):
        order(ready, custodian, beside=Beside(particulars=Particulars(title="Case", actions=(taken,))))
    assert not Package.objects.exists()
