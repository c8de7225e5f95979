"""A receipt is signed and time-stamped by the command, with an authority for time on this machine."""

from __future__ import annotations

import asyncio
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO

import pytest
from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from rogatory import cli, keys, register
from rogatory.cli import _edge
from rogatory.evidence import Terms
from rogatory.keys import Purpose
from support.packages import ASKING, AT, NOON, make, pair
from support.papers import PASSWORD, STAMPING, certificate, p12
from support.registers import new_world


@pytest.fixture
def clock():
    """An authority for time on this machine; a path of ``/no`` refuses, ``/large`` floods."""
    key, own = certificate("Clock", STAMPING)
    secret = asn1_keys.PrivateKeyInfo.load(
        key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    )
    root = asn1_x509.Certificate.load(own.public_bytes(Encoding.DER))
    stamper = DummyTimeStamper(root, secret, SimpleCertificateStore(), fixed_dt=AT)

    class Door(BaseHTTPRequestHandler):
        def do_POST(self):
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["content-length"])))
            body = asyncio.run(stamper.async_request_tsa_response(asked)).dump()
            self.send_response(500 if self.path == "/no" else 200)
            self.end_headers()
            self.wfile.write(b"\0" * (2 << 20) if self.path == "/large" else body)

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Door)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def run(tmp_path, capsys, monkeypatch):
    world = new_world(tmp_path)
    world.publish(NOON)
    (tmp_path / "root.json").write_bytes(world.root)
    keys.save(pair(ASKING, Purpose.ENCRYPTION), tmp_path / "mine.key")
    (tmp_path / "signer.p12").write_bytes(p12())
    (tmp_path / "password").write_bytes(PASSWORD + b"\r\n")
    make(tmp_path, terms=Terms(trust=register.make_bundle(world.refresh(NOON))))
    monkeypatch.setattr(_edge, "now", lambda: AT)
    monkeypatch.chdir(tmp_path)
    words = ("evidence", "receipt", "package", "--trust", "root.json", "--key", "mine.key")
    signed = ("--sign", "signer.p12", "--password-file", "password", "--out", "receipt.pdf")

    def act(*more):
        return cli.main([*words, *signed, *more]), *capsys.readouterr()

    return act


def stamps(signature):
    return [each["type"].native for each in signature.signer_info["unsigned_attrs"] or ()]


def test_a_receipt_is_signed_by_the_command_and_needs_no_network(run, tmp_path):
    status, said, errors = run()
    assert (status, errors) == (0, "")
    assert "receipt.pdf, signed" in said
    (found,) = PdfFileReader(BytesIO((tmp_path / "receipt.pdf").read_bytes())).embedded_signatures
    assert found.self_reported_timestamp == AT
    assert stamps(found) == []


def test_with_an_authority_for_time_the_signature_bears_its_stamp(run, tmp_path, clock):
    assert run("--tsa", clock)[0] == 0
    (found,) = PdfFileReader(BytesIO((tmp_path / "receipt.pdf").read_bytes())).embedded_signatures
    assert "signature_time_stamp_token" in stamps(found)


@pytest.mark.parametrize("place", ["/no", "/large"])
def test_an_authority_that_refuses_or_floods_leaves_no_receipt(run, tmp_path, clock, place):
    status, _, errors = run("--tsa", clock + place)
    assert (status, errors.split()[0]) == (2, "EVID-178")
    assert not (tmp_path / "receipt.pdf").exists()


def test_an_address_that_nobody_answers_leaves_no_receipt(run, tmp_path):
    for place in ("http://127.0.0.1:1/", "nonsense", "ftp://127.0.0.1/"):
        status, _, errors = run("--tsa", place)
        assert (status, errors.split()[0]) == (2, "EVID-178")
    assert not (tmp_path / "receipt.pdf").exists()
