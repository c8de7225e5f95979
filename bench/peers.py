"""What practitioners run in our place, on the same data: each if it is installed, in its favourable form.

The whole job is a digest of each file, encryption to a key and a signature; who only encrypts and signs
counts as doing it. gpg does not compress, nothing of theirs is synced at the end as ours is, and one file
needs no archive. Keys are made for the run and lie in a folder of their own.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

LIST = 'find "$S" -type f -print0 | xargs -0 sha256sum > "$W/list"; '
SIGN = 'openssl dgst -sha256 -sign "$K/key.pem" -out "$W/signature" "$W/list"; '
BAGIT = 'cp -al "$S" "$W/bag"'
BAG = '$BAGIT --quiet --sha256 --processes "$CORES" "$W/bag"; '
SIGN_BAG = 'openssl dgst -sha256 -sign "$K/key.pem" -out "$W/signature" "$W/bag/manifest-sha256.txt"; '
SEVEN = '7z a -t7z -mx0 -mhe=on -p"$SECRET" -y -bso0 -bsp0 "$W/out.7z" "$S"'
GPG = "gpg --batch --quiet --no-tty --trust-model always --pinentry-mode loopback --passphrase '' "
CMS = (
    'openssl cms -sign -binary -nodetach -stream -outform DER -md sha256 -signer "$K/cert.pem" '
    '-inkey "$K/key.pem" | openssl cms -encrypt -binary -stream -outform DER -aes-256-gcm '
    '-out "$W/out.cms" "$K/cert.pem"'
)


@dataclass(frozen=True)
class Peer:
    """A way to do our job, or a part of it.

    Attributes:
        name: As the table says it.
        needs: Programs without which it is not run.
        run: What ``bash`` runs. ``IN`` begins a pipe from the source: the file, or an archive of the folder.
        lacks: What of the job it leaves undone; empty if nothing.
        part: Whether that is so much that the rest is no peer: a signature or the encryption.
        before: What is run first, and not measured.
        single: Whether it takes one file only.
    """

    name: str
    needs: tuple[str, ...]
    run: str
    lacks: str = ""
    part: bool = False
    before: str = ""
    single: bool = False


PEERS = (
    Peer("bagit", ("bagit",), BAG, lacks="digests only", part=True, before=BAGIT),
    Peer(
        "bagit, signed, age",
        ("bagit", "age", "openssl", "tar"),
        BAG + SIGN_BAG + 'tar -C "$W" -cf - bag | age -R "$K/age.pub" -o "$W/out.age"',
        before=BAGIT,
    ),
    Peer(
        "sha256sum, signed, age",
        ("sha256sum", "age", "openssl", "tar"),
        LIST + SIGN + 'IN | age -R "$K/age.pub" -o "$W/out.age"',
    ),
    Peer(
        "gpg sign+encrypt -z0",
        ("gpg", "tar"),
        f'IN | {GPG} -z 0 --cipher-algo AES256 -r bench@example.org -s -e -o "$W/out.gpg"',
        lacks="no digest of each file",
    ),
    Peer("openssl cms sign | encrypt", ("openssl", "tar"), f"IN | {CMS}", lacks="no digest of each file"),
    Peer(
        "7z AES-256, stored",
        ("7z",),
        SEVEN,
        lacks="no court digest, not signed",
        part=True,
    ),
    Peer("sha256sum, signed, 7z AES-256", ("sha256sum", "openssl", "7z"), LIST + SIGN + SEVEN),
    Peer(
        "ewfacquire, stored, SHA-256",
        ("ewfacquire",),
        'ewfacquire -u -q -c none -d sha256 -S 7EiB -t "$W/out" "$ONE" < /dev/null',
        lacks="not encrypted, not signed",
        part=True,
        single=True,
    ),
)


@dataclass(frozen=True)
class Spent:
    """What one run cost, by the clock and in CPU seconds of all its processes."""

    wall: float
    cpu: float


def missing(peer: Peer) -> list[str]:
    """Return the programs that a peer needs and that are not here."""
    return [each for each in peer.needs if not (_bagit() if each == "bagit" else shutil.which(each))]


def _bagit() -> str:
    if find_spec("bagit"):
        return f"{sys.executable} -m bagit"
    return shutil.which("bagit.py") or ""


@contextmanager
def keys() -> Iterator[dict[str, str]]:
    """Make keys for whatever is installed, and leave nothing behind: neither a folder nor an agent."""
    with tempfile.TemporaryDirectory(prefix="rogatory-k-") as folder:
        place = {"K": folder, "GNUPGHOME": folder, "SECRET": os.urandom(16).hex(), "BAGIT": _bagit()}
        told = {**os.environ, **place, "CORES": str(len(os.sched_getaffinity(0))), "LC_ALL": "C.UTF-8"}
        if shutil.which("openssl"):
            request = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=bench"
            _bash(f'{request} -days 10 -keyout "$K/key.pem" -out "$K/cert.pem"', told)
        if shutil.which("age-keygen"):
            _bash('age-keygen -o "$K/age"; age-keygen -y "$K/age" > "$K/age.pub"', told)
        try:
            if shutil.which("gpg"):
                _bash(f"{GPG} --quick-gen-key bench@example.org ed25519 default never", told)
                find = "gpg --list-keys --with-colons | awk -F: '/^fpr/{print $10; exit}'"
                _bash(f'{GPG} --quick-add-key "$({find})" cv25519 encr never', told)
            yield told
        finally:
            if shutil.which("gpgconf"):
                subprocess.run(["gpgconf", "--kill", "all"], env=told, check=False, capture_output=True)


def spend(peer: Peer, source: Path, work: Path, told: dict[str, str]) -> Spent:
    """Run a peer on a folder in an empty place, which is gone afterwards.

    Raises:
        RuntimeError: It ended with an error; the message is the last it said.
    """
    found = sorted(source.iterdir()) if source.is_dir() else [source]
    archive = f'tar -C "{source.parent}" -cf - "{source.name}"'
    script = peer.run.replace("IN |", ('cat "$ONE"' if len(found) == 1 else archive) + " |")
    work.mkdir()
    told = {**told, "S": str(source), "ONE": str(found[0]), "W": str(work)}
    try:
        if peer.before:
            _bash(peer.before, told)
        os.sync()
        cpu, wall = _cpu(), time.perf_counter()
        _bash(script, told)
        return Spent(time.perf_counter() - wall, _cpu() - cpu)
    finally:
        shutil.rmtree(work)


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _bash(script: str, told: dict[str, str]) -> None:
    command = ["bash", "-e", "-o", "pipefail", "-c", script]
    done = subprocess.run(command, env=told, check=False, capture_output=True, text=True)
    if done.returncode:
        lines = (done.stderr + done.stdout).strip().splitlines() or [f"exit {done.returncode}"]
        raise RuntimeError(lines[-1])
