"""Signing a receipt: PAdES by pyHanko, from PKCS#12. It adds who made the paper, and that it is whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from importlib import import_module
from io import BytesIO
from typing import Any, Final

from rogatory.errors import EvidenceError

__all__ = ["Stamp", "sign_receipt", "signer_of"]

FIELD: Final = "Receipt"
Stamp = Callable[[bytes], bytes]
"""Asks a time-stamping authority: a request of RFC 3161 as DER, and its answer."""


def signer_of(data: bytes, password: bytes | None) -> Any:
    """Return who signs: the private key and the certificates of a PKCS#12 file.

    Raises:
        EvidenceError: EVID-171 the extra is not installed; EVID-177 the file cannot be used.
    """
    signers = _module("pyhanko.sign.signers")
    try:
        found = signers.SimpleSigner.load_pkcs12_data(data, other_certs=[], passphrase=password)
    # Of a file without a key or certificate pyHanko says whatever its next line stumbles over.
    except (ValueError, TypeError, AttributeError) as error:
        raise EvidenceError("EVID-177", reason=_reason(error)) from error
    return found


def sign_receipt(pdf: bytes, signer: Any, *, at: datetime, stamp: Stamp | None = None) -> bytes:
    """Return the document with a PAdES signature: B-B, or B-T where a time-stamp is asked for.

    The signature is a hidden field, so what the page shows and how it is tagged stay as they were. The
    signing time is a claim; only a time-stamp proves one. Of revocation nothing is looked at or stored.
    pyHanko needs an event loop, so this is not called from within one.

    Args:
        pdf: The document.
        signer: From ``signer_of``.
        at: The signing time that is claimed, UTC.
        stamp: Asks a time-stamping authority; without it no network is used.

    Raises:
        EvidenceError: EVID-171 the extra is not installed; EVID-178 the signature or the time-stamp.

    Source:
        ETSI EN 319 142-1, levels B-B and B-T; PDF/UA-1 7.18.
    """
    signers, fields = _module("pyhanko.sign.signers"), _module("pyhanko.sign.fields")
    writer = _module("pyhanko.pdf_utils.incremental_writer").IncrementalPdfFileWriter(BytesIO(pdf))
    meta = signers.PdfSignatureMetadata(field_name=FIELD, subfilter=fields.SigSeedSubFilter.PADES)
    # PDF/UA-1 7.18.1: an annotation that is not tagged has to be hidden.
    hidden = fields.InvisSigSettings(set_print_flag=False, set_hidden_flag=True)
    spec = fields.SigFieldSpec(FIELD, on_page=0, readable_field_name=FIELD, invis_sig_settings=hidden)
    made = signers.PdfSigner(meta, signer, timestamper=_stamper(stamp), new_field_spec=spec)
    begin = made.init_signing_session

    def session(*given: Any, **named: Any) -> Any:
        """Begin as pyHanko does, with the caller's instant in place of the machine's."""
        begun = begin(*given, **named)
        begun.system_time = at
        return begun

    made.init_signing_session = session
    made.register_extensions = _pades_alone
    # The document's own metadata stay: pyHanko would write the machine's time, and its name, into them.
    writer._update_meta = lambda: None  # noqa: SLF001 - it offers no other way; the version is pinned
    with _refusals(), ThreadPoolExecutor(1) as alone:
        _in_tab_order(writer)
        # In a thread of its own: the caller's may have a loop that runs, as in a notebook.
        run = _module("asyncio").run
        return bytes(alone.submit(lambda: run(made.async_sign_pdf(writer))).result().getvalue())


def _pades_alone(writer: Any, **_: Any) -> None:
    """Declare PAdES, and no extension of PDF 2.0: PDF/UA-1 is PDF 1.7, whatever the curve of the key."""
    writer.register_extension(_module("pyhanko.sign.signers.constants").ESIC_EXTENSION_1)


def _in_tab_order(writer: Any) -> None:
    """Let the fields of the first page follow its structure, as PDF/UA-1 7.18.3 asks."""
    generic = _module("pyhanko.pdf_utils.generic")
    page = writer.find_page_for_modification(0)[0].get_object()
    page[generic.pdf_name("/Tabs")] = generic.pdf_name("/S")
    writer.update_container(page)


def _stamper(stamp: Stamp | None) -> Any:
    """Return what pyHanko asks for time-stamps, around a function that carries bytes."""
    if stamp is None:
        return None
    timestamps, tsp = _module("pyhanko.sign.timestamps"), import_module("asn1crypto.tsp")

    async def ask(request: Any) -> Any:
        return tsp.TimeStampResp.load(stamp(request.dump()))

    found = timestamps.TimeStamper()
    found.async_request_tsa_response = ask
    return found


@contextmanager
def _refusals() -> Iterator[None]:
    errors = (
        _module("pyhanko.sign.general").SigningError,
        _module("pyhanko.sign.timestamps").TimestampRequestError,
        _module("pyhanko.pdf_utils.misc").PdfError,
        ValueError,
        OSError,
    )
    try:
        yield
    except errors as error:
        raise EvidenceError("EVID-178", reason=_reason(error)) from error


def _reason(error: Exception) -> str:
    return (str(error) or type(error).__name__).splitlines()[0].rstrip(".")[:160]


def _module(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        raise EvidenceError("EVID-171") from None
