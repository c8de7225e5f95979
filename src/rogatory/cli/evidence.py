"""``rogatory evidence``: packages of evidence, by hand; no node and no network is needed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rogatory import evidence, keys, wire
from rogatory.cli import (
    _edge,
    _evidence_carry,
    _evidence_describe,
    _evidence_give,
    _evidence_look,
    _evidence_receipt,
    _evidence_store,
)
from rogatory.cli._evidence import (
    MAX_ROOT,
    AsOf,
    Bundle,
    Images,
    KeyFile,
    Out,
    Package,
    Quorum,
    ReleaseFile,
    Trust,
    bar,
    decryption,
    judge,
    paper_of,
    public_key,
    read_release,
    root_of,
    source_of,
    trust_bundle_of,
)
from rogatory.errors import EvidenceError
from rogatory.evidence import Basis, Terms, Verification
from rogatory.keys import Purpose, SigningPair
from rogatory.statements import UseConditions
from rogatory.values import Nonce

app = _edge.group("Seal, inspect, verify and open packages of evidence. No node and no network is needed.")


@app.command()
def seal(
    sources: Annotated[
        list[Path],
        typer.Argument(
            metavar="SRC...",
            help="Files, folders and block devices; - is standard input.",
            allow_dash=True,
            show_default=False,
        ),
    ],
    to: Annotated[
        list[Path],
        typer.Option(
            metavar="FILE",
            help="A recipient's public encryption or archive key, as keys show --json prints it; several.",
        ),
    ],
    key: Annotated[Path, typer.Option(help="Your key file of the purpose seal.", show_default=False)],
    out: Out,
    legal: Annotated[
        list[str],
        typer.Option(
            metavar="[ROLE=]FILE",
            help="A paper for the court. Roles: order, certificate, execution-record, translation, scan.",
            show_default=False,
        ),
    ] = [],  # noqa: B006 - Typer copies it
    trust_bundle: Annotated[
        Path | None, typer.Option(help="The register's trust bundle, to be put inside.", show_default=False)
    ] = None,
    case: Annotated[
        str | None, typer.Option(help="The case, 64 hexadecimal digits.", show_default=False)
    ] = None,
    conditions: Annotated[
        Path | None, typer.Option(help="Conditions of use, as JSON.", show_default=False)
    ] = None,
    particulars: Annotated[
        Path | None,
        typer.Option(help="What is to be said of case, devices and actions, as JSON.", show_default=False),
    ] = None,
    stdin_name: Annotated[str, typer.Option(help="The name under which standard input is sealed.")] = "stdin",
    images: Annotated[
        Images, typer.Option(help="Digests stored in disk images: not read, read, or computed again too.")
    ] = Images.NO,
    as_json: _edge.Json = False,
) -> None:
    """Seal files and folders for the recipients, and for nobody else: to open it later, add your archive key.

    If it is cut short, the same command goes on from what was saved. Standard input it cannot read again.
    """
    signer = keys.load(key, purpose=Purpose.SEAL)
    assert isinstance(signer, SigningPair)
    papers = [paper_of(each) for each in legal]
    terms = Terms(
        case=None if case is None else _edge.valid(Nonce, case),
        conditions=None
        if conditions is None
        else wire.decode(_edge.read(conditions, MAX_ROOT), UseConditions),
        legal=papers,
        trust=None if trust_bundle is None else trust_bundle_of(trust_bundle),
        particulars=None
        if particulars is None
        else wire.decode(_edge.read(particulars, MAX_ROOT), evidence.Particulars),
        images=images.value,
    )
    recipients = [public_key(path) for path in to]
    given = [source_of(each, stdin_name) for each in sources]
    # How much standard input will bring nobody knows.
    streamed = any(isinstance(each, evidence.Stream) for each in given)
    total = None if streamed else evidence.size_of([*sources, *(each.path for each in papers)])
    with bar("Sealing", total) as progress:
        sealed = evidence.seal(
            given,
            recipients,
            signer,
            out,
            now=_edge.now(),
            random=_edge.random,
            terms=terms,
            progress=progress,
        )
    value = {
        "files": sealed.files,
        "package": sealed.package,
        "path": _edge.shown(sealed.path),
        "seal": sealed.seal,
        "size": sealed.size,
    }
    lines = (
        f"package    {sealed.path}",
        f"id         {sealed.package}",
        f"seal       {sealed.seal}",
        f"files      {sealed.files}, {sealed.size:,} bytes",
        *(f"for        {each.recipient}, key {each.key[:16]}…" for each in sealed.wraps),
    )
    _edge.answer(value, lines, as_json=as_json)


@app.command()
def inspect(
    package: Package,
    key: Annotated[
        Path | None,
        typer.Option(help="A recipient's key file: lists what is in it.", show_default=False),
    ] = None,
    as_json: _edge.Json = False,
) -> None:
    """Show what a package says of itself, as a table or as JSON. Nothing of it is verified."""
    found = evidence.inspect(package)
    pair = None if key is None else decryption(key)
    entries = None if pair is None else list(evidence.contents(package, pair))
    value = _evidence_look.value_of(found, entries) if as_json else None
    _edge.answer(value, _evidence_look.lines_of(found, entries), as_json=as_json)


@app.command()
def verify(
    package: Package,
    trust: Trust = None,
    key: Annotated[
        Path | None, typer.Option(help="A recipient's key file: checks the files too.", show_default=False)
    ] = None,
    release: ReleaseFile = None,
    bundle: Bundle = None,
    as_of: AsOf = None,
    quorum: Quorum = 2,
    as_json: _edge.Json = False,
) -> None:
    """Verify a package or a disclosure offline, step by step, and say what that proves and what not."""
    root = root_of(trust)
    pair = None if key is None else decryption(key)

    def act(basis: Basis) -> Verification:
        if evidence.is_disclosure(package):
            return evidence.verify_disclosure(package, basis)
        if pair is None:
            return evidence.verify(package, basis)
        return evidence.verify_with_key(package, pair, basis, release=read_release(release, package, basis))

    judge(act, package, (root, bundle, as_of, quorum), as_json=as_json)


@app.command(name="open")
def open_(
    package: Package,
    out: Out,
    key: Annotated[
        Path | None,
        typer.Option(help="The key file of a recipient; a disclosure needs none.", show_default=False),
    ] = None,
    trust: Trust = None,
    release: ReleaseFile = None,
    bundle: Bundle = None,
    as_of: AsOf = None,
    quorum: Quorum = 2,
    as_json: _edge.Json = False,
) -> None:
    """Open a package or a disclosure into a BagIt 1.0 bag, once every step of its verification holds."""
    root = root_of(trust)
    disclosed = evidence.is_disclosure(package)
    if key is None and not disclosed:
        raise EvidenceError("EVID-227")
    pair = None if key is None else decryption(key)

    def act(basis: Basis) -> Verification:
        if disclosed or pair is None:
            return evidence.open_disclosure(package, out, basis, random=_edge.random)
        return evidence.open_package(
            package, pair, out, basis, random=_edge.random, release=read_release(release, package, basis)
        )

    judge(act, package, (root, bundle, as_of, quorum), as_json=as_json, out=out)


@app.command()
def disclose(
    package: Package,
    key: KeyFile,
    to: Annotated[Path, typer.Option(metavar="DIR", help="The new folder.", show_default=False)],
    file: Annotated[
        list[str],
        typer.Option(metavar="PATH", help="A file or folder, given whole.", show_default=False),
    ] = [],  # noqa: B006 - Typer copies it
    range_: Annotated[
        list[str],
        typer.Option(
            "--range",
            metavar="PATH:FROM-TO",
            help="Bytes of a file, rounded out to 1 MiB.",
            show_default=False,
        ),
    ] = [],  # noqa: B006 - Typer copies it
    show: Annotated[
        list[str],
        typer.Option(metavar="PATH:NAME,...", help="Members of an entry, such as size.", show_default=False),
    ] = [],  # noqa: B006 - Typer copies it
    withhold: Annotated[
        list[str],
        typer.Option(
            metavar="PATH=REASON", help="Give everything but this, and list it.", show_default=False
        ),
    ] = [],  # noqa: B006 - Typer copies it
    withhold_list: Annotated[
        Path | None,
        typer.Option(help='The same from a file: [{"path": …, "reason": …}].', show_default=False),
    ] = None,
    trust: Trust = None,
    release: ReleaseFile = None,
    as_json: _edge.Json = False,
) -> None:
    """Give a part of a package with its proof; with --trust, verify all of it first and record that."""
    selection = _evidence_give.selection(file, range_, show, withhold, withhold_list)
    pair = decryption(key)
    root = None if trust is None and release is None else root_of(trust)
    with bar("Disclosing", 0) as progress:
        found = _evidence_give.give(package, pair, selection, to, root, release, progress)
    value, lines = _evidence_give.told(found)
    _edge.answer(value, lines, as_json=as_json)


@app.command()
def release(
    package: Package,
    key: KeyFile,
    sign: Annotated[Path, typer.Option(help="Your key file of the purpose statement.", show_default=False)],
    to: Annotated[
        list[Path],
        typer.Option(metavar="FILE", help="The public encryption or archive key of an authority."),
    ],
    out: Annotated[Path, typer.Option(help="The new file.", show_default=False)],
    conditions: Annotated[
        Path | None,
        typer.Option(help="Conditions of use, as JSON; else those of the seal.", show_default=False),
    ] = None,
    consent: Annotated[
        str | None,
        typer.Option(help="The id of the statement that allowed it, 64 digits.", show_default=False),
    ] = None,
    as_json: _edge.Json = False,
) -> None:
    """Release the package key to one more authority, in a signed file; the package is not touched."""
    evidence.check_apart(package, out)
    signer = keys.load(sign, purpose=Purpose.STATEMENT)
    assert isinstance(signer, SigningPair)
    terms = None if conditions is None else wire.decode(_edge.read(conditions, MAX_ROOT), UseConditions)
    data = evidence.release(
        package,
        decryption(key),
        [public_key(path) for path in to],
        signer,
        now=_edge.now(),
        conditions=terms,
        consent=None if consent is None else _edge.valid(Nonce, consent),
    )
    _edge.write_new(out, data)
    value = {"path": _edge.shown(out), "recipients": len(to), "size": len(data)}
    lines = (f"release    {out}", f"for        {len(to)} key{'s' if len(to) > 1 else ''}")
    _edge.answer(value, lines, as_json=as_json)


_evidence_carry.add_to(app)
_evidence_describe.add_to(app)
_evidence_receipt.add_to(app)
_evidence_store.add_to(app)
