"""A receipt is signed in PAdES, validates as such, and every changed byte shows."""

from __future__ import annotations

from io import BytesIO

import pytest
from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore
from pypdf import PdfReader

from rogatory.errors import EvidenceError
from rogatory.evidence import sign_receipt, signer_of
from rogatory.evidence.receipts import signing
from support.coroutines import apart
from support.papers import LATER, PASSWORD, STAMPING, certificate, elements, made, p12, text_of


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    return made(tmp_path_factory.mktemp("signing")).receipt()


@pytest.fixture(scope="module")
def signer():
    return signer_of(p12(), PASSWORD)


def judged(pdf, signer, *roots):
    (found,) = PdfFileReader(BytesIO(pdf)).embedded_signatures
    context = ValidationContext(trust_roots=[signer.signing_cert, *roots], allow_fetching=False, moment=LATER)
    return found, apart(async_validate_pdf_signature(found, context, ts_validation_context=context))


def test_a_signed_receipt_is_intact_and_says_the_instant_that_was_given(plain, signer):
    pdf = sign_receipt(plain, signer, at=LATER)
    found, status = judged(pdf, signer)
    assert (status.intact, status.valid, status.trusted) == (True, True, True)
    assert status.coverage.name == "ENTIRE_FILE"
    assert found.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert found.self_reported_timestamp == LATER
    assert pdf.startswith(plain)
    assert text_of(pdf) == text_of(plain)


def test_a_signed_receipt_is_still_pdf_ua_1_of_pdf_1_7_and_bears_no_other_instant(plain, signer):
    signed, before = (PdfReader(BytesIO(each)) for each in (sign_receipt(plain, signer, at=LATER), plain))
    root = signed.trailer["/Root"]
    assert "/Version" not in root
    assert set(root["/Extensions"]) == {"/ESIC"}
    assert root["/Metadata"].get_data() == before.trailer["/Root"]["/Metadata"].get_data()
    assert dict(signed.trailer["/Info"]) == dict(before.trailer["/Info"])


def test_the_signature_leaves_the_document_tagged_and_its_field_is_hidden(plain, signer):
    pdf = sign_receipt(plain, signer, at=LATER)
    assert len(list(elements(pdf))) == len(list(elements(plain)))
    page = PdfReader(BytesIO(pdf)).pages[0]
    assert page["/Tabs"] == "/S"
    (field,) = (each.get_object() for each in page["/Annots"])
    assert (int(field["/F"]) & 2, field["/TU"]) == (2, "Receipt")


@pytest.mark.parametrize("at", [0.1, 0.5, 0.9])
def test_a_flipped_byte_makes_it_fail(plain, signer, at):
    pdf = bytearray(sign_receipt(plain, signer, at=LATER))
    place = pdf.index(b"stream", int(len(plain) * at)) + 40
    pdf[place] ^= 1
    assert not judged(bytes(pdf), signer)[1].intact


def test_with_a_time_stamp_it_proves_a_time(plain, signer):
    key, own = certificate("Clock", STAMPING)
    secret = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    root = asn1_x509.Certificate.load(own.public_bytes(Encoding.DER))
    clock = DummyTimeStamper(
        root, asn1_keys.PrivateKeyInfo.load(secret), SimpleCertificateStore(), fixed_dt=LATER
    )

    def stamp(request):
        return ended(clock.async_request_tsa_response(tsp.TimeStampReq.load(request))).dump()

    _, status = judged(sign_receipt(plain, signer, at=LATER, stamp=stamp), signer, root)
    assert status.intact
    assert status.timestamp_validity.intact
    assert status.timestamp_validity.timestamp == LATER


def ended(work):
    """Return what a coroutine returns that waits for nothing; a loop is already running around it."""
    with pytest.raises(StopIteration) as end:
        work.send(None)
    return end.value.value


@pytest.mark.parametrize("answer", [b"", b"no", b"0\x03\x02\x01\x02"])
def test_an_authority_that_gives_no_time_stamp_leaves_no_signature(plain, signer, answer):
    with pytest.raises(EvidenceError) as caught:
        sign_receipt(plain, signer, at=LATER, stamp=lambda _: answer)
    assert caught.value.code == "EVID-178"


@pytest.mark.parametrize(("data", "password"), [(p12(), b"wrong"), (p12(), None), (b"no", None), (b"", b"x")])
def test_a_file_that_is_none_or_another_password_is_refused(data, password):
    with pytest.raises(EvidenceError) as caught:
        signer_of(data, password)
    assert caught.value.code == "EVID-177"


def test_a_file_without_password_signs(plain):
    signer = signer_of(p12(None), None)
    assert judged(sign_receipt(plain, signer, at=LATER), signer)[1].intact


def test_without_the_extra_it_says_so(monkeypatch):
    monkeypatch.setattr(signing, "import_module", lambda _: (_ for _ in ()).throw(ImportError()))
    with pytest.raises(EvidenceError) as caught:
        signer_of(b"", None)
    assert caught.value.code == "EVID-171"
