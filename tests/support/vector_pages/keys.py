"""Vectors of ``keys``: pairs from seeds, key files, rings, and the two signatures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from rogatory import wire
from rogatory.keys import Purpose, SigningPair, prove_possession
from rogatory.values import instant_text
from support.vector_pages import Case, Page, accepted, b64, document, refused
from support.world import ASKED, ASKING, BEGIN, NOON, entry, pair, signing

RING = "rogatory.keys.ring:"
PUBLIC = "rogatory.keys.public:"
MESSAGE = b"a message of any kind"


def _pairs() -> Iterator[Case]:
    for purpose in Purpose:
        made = pair(ASKING, purpose, rehearsal=purpose is Purpose.SEAL)
        given = {
            "seed": b64(made.seed),
            "purpose": purpose,
            "authority": ASKING,
            "rehearsal": made.public.rehearsal,
        }
        out = {"key": document(made.public), "key_id": made.key_id}
        yield Case(f"a pair for {purpose}", lambda given=given, out=out: accepted(given, **out))
    short = {"seed": b64(b"s" * 31), "purpose": "statement", "authority": ASKING, "rehearsal": False}
    yield Case("a seed of 31 bytes", lambda: refused(short, "KEY-001"))


KEY_FILE = {
    "type": "rogatory-key",
    "version": 1,
    "authority": ASKING,
    "purpose": "statement",
    "rehearsal": False,
    "seed": b64(signing(ASKING).seed),
}


def _file(**changes: Any) -> dict[str, Any]:
    kept = {name: value for name, value in (KEY_FILE | changes).items() if value is not None}
    return {"file": b64(wire.canonical(kept) + b"\n"), "purpose": "statement"}


def _files() -> Iterator[Case]:
    yield Case("a key file", lambda: accepted(_file(), key_id=signing(ASKING).key_id))
    bad = {
        "a key file for another purpose": (
            _file(purpose="seal"),
            "KEY-003",
            "rogatory.keys.files:check_wanted",
        ),
        "a key file that does not say what it is": (
            _file(type=None),
            "WIRE-012",
            "rogatory.wire.documents:check_named",
        ),
        "a key file of a later version": (_file(version=2), "WIRE-010", None),
        "a key file with an unknown member": (_file(passphrase="none"), "WIRE-010", None),
        "a key file for an unknown purpose": (_file(purpose="all"), "WIRE-010", None),
        "a key file with a short seed": (_file(seed=b64(b"short")), "KEY-001", None),
        "a key file with a seed in another base64": (_file(seed="_" * 43 + "="), "VALUE-011", None),
        "a key file cut short": ({**_file(), "file": b64(b'{"authority":"vnm')}, "WIRE-003", None),
        "a key file that is too long": (
            {**_file(), "file": b64(wire.canonical(KEY_FILE) + b" " * 4096)},
            "WIRE-001",
            "rogatory.wire.strict:check_size",
        ),
    }
    for name, (given, code, check) in bad.items():
        yield Case(name, lambda given=given, code=code, check=check: refused(given, code, check))


def _entry(key: Any, **changes: Any) -> dict[str, Any]:
    made: dict[str, Any] = document(entry(key)) | changes
    return made


def _rings() -> Iterator[Case]:
    mine, theirs, other = signing(ASKING), signing(ASKED), signing(ASKING, Purpose.SEAL)
    good = [_entry(mine), _entry(theirs), _entry(other)]
    stolen = _entry(theirs)
    stolen["key"] = document(mine.public) | {"authority": ASKED}
    reused = _entry(mine)
    reused["key"] = document(mine.public) | {"purpose": "seal"}
    half = _entry(theirs)
    half["key"] = document(theirs.public) | {"classical": document(mine.public)["classical"]}
    suite = _entry(mine)
    suite["key"] = document(mine.public) | {"suite": "ed25519+ml-dsa-44"}
    short = _entry(mine)
    short["key"] = document(mine.public) | {"classical": b64(b"k" * 31)}
    doubted = _entry(mine, revoked=instant_text(NOON))
    swapped = _entry(mine, sign_until=_entry(mine)["verify_until"], verify_until=_entry(mine)["sign_until"])
    bad = {
        "one key under two authorities": ([_entry(mine), stolen], "KEY-002", RING + "check_one_use"),
        "one key under two purposes": ([_entry(mine), reused], "KEY-002", RING + "check_one_use"),
        "one half under two keys": ([_entry(mine), half], "KEY-002", RING + "check_one_use"),
        "a revoked key stated again without doubt": (
            [doubted, _entry(mine)],
            "KEY-016",
            RING + "check_stated_once",
        ),
        "a suite that the purpose does not fix": (
            [suite],
            "KEY-014",
            PUBLIC + "check_suite",
            PUBLIC + "check_sizes",
        ),
        "a half of the wrong length": ([short], "KEY-004", PUBLIC + "check_sizes"),
        "dates out of order": ([swapped], "KEY-015", RING + "check_order"),
    }
    yield Case("three keys", lambda: accepted({"ring": good}, keys=3))
    yield Case("one key stated twice alike", lambda: accepted({"ring": [*good, good[0]]}, keys=3))
    for name, (given, code, *checks) in bad.items():
        yield Case(
            name,
            lambda given=given, code=code, checks=checks: refused({"ring": given}, code, *checks),
        )


def _finds() -> Iterator[Case]:
    day = timedelta(days=1)
    key = signing(ASKING)
    until = BEGIN + timedelta(days=3650)

    def given(at: Any = NOON, name: str = key.key_id, purpose: str = "statement", **dates: Any) -> Any:
        stated = {each: instant_text(date) for each, date in dates.items()}
        return {"ring": [_entry(key, **stated)], "key": name, "purpose": purpose, "at": instant_text(at)}

    good = {
        "a key in force": given(),
        "a key on its first instant": given(BEGIN),
        "a key on the last instant it is believed": given(until),
        "a key that signs no more but is still believed": given(until - day),
        "a key revoked later": given(revoked=NOON + day),
        "a key compromised later": given(compromised_since=NOON + day),
    }
    bad = {
        "an unknown key": (given(name="0" * 64), "KEY-005", None),
        "a key of another purpose": (given(purpose="transport"), "KEY-003", RING + "check_purpose"),
        "a key before its time": (given(BEGIN - day), "KEY-006", RING + "check_in_force"),
        "an expired key": (given(until + day), "KEY-006", RING + "check_in_force"),
        "a revoked key": (given(revoked=NOON - day), "KEY-007", RING + "check_not_revoked"),
        "a key revoked at this instant": (given(revoked=NOON), "KEY-007", RING + "check_not_revoked"),
        "a compromised key": (given(compromised_since=NOON - day), "KEY-007", RING + "check_not_revoked"),
    }
    for name, case in good.items():
        yield Case(name, lambda case=case: accepted(case, key=key.key_id))
    for name, (case, code, check) in bad.items():
        yield Case(name, lambda case=case, code=code, check=check: refused(case, code, check))


def _signed(key: SigningPair, message: bytes = MESSAGE, pick: Any = lambda both: both) -> dict[str, Any]:
    signatures = [b64(each) for each in pick(key.sign(message))]
    return {"key": document(key.public), "message": b64(MESSAGE), "signatures": signatures}


def _signatures() -> Iterator[Case]:
    mine, other = signing(ASKING), signing(ASKED)
    note: SigningPair = pair(ASKING, Purpose.LOG)

    def mixed(first: bool) -> dict[str, Any]:
        good, wrong = mine.sign(MESSAGE), other.sign(MESSAGE)
        return _signed(mine, pick=lambda _: (wrong[0], good[1]) if first else (good[0], wrong[1]))

    yield Case("Ed25519 and ML-DSA-65", lambda: accepted(_signed(mine)))
    yield Case("Ed25519 and ML-DSA-44", lambda: accepted(_signed(note)))
    bad: dict[str, tuple[Any, str, str]] = {
        "Ed25519 alone": (lambda: _signed(mine, pick=lambda both: both[:1]), "KEY-010", "check_two"),
        "no signature": (lambda: _signed(mine, pick=lambda _: ()), "KEY-010", "check_two"),
        "a third signature": (
            lambda: _signed(mine, pick=lambda both: (*both, both[0])),
            "KEY-010",
            "check_two",
        ),
        "two Ed25519 signatures": (
            lambda: _signed(mine, pick=lambda both: (both[0], both[0])),
            "KEY-012",
            "check_post_quantum",
        ),
        "two ML-DSA signatures": (
            lambda: _signed(mine, pick=lambda both: (both[1], both[1])),
            "KEY-011",
            "check_classical",
        ),
        "an Ed25519 signature of another key": (lambda: mixed(True), "KEY-011", "check_classical"),
        "an ML-DSA signature of another key": (lambda: mixed(False), "KEY-012", "check_post_quantum"),
    }
    for name, (make, code, check) in bad.items():
        yield Case(name, lambda make=make, code=code, check=check: refused(make(), code, PUBLIC + check))
    yield Case(
        "two signatures over another message",
        lambda: refused(
            _signed(mine, b"another message"),
            "KEY-011",
            PUBLIC + "check_classical",
            PUBLIC + "check_post_quantum",
        ),
    )


def _possession() -> Iterator[Case]:
    identity, key = pair(ASKING, Purpose.IDENTITY), pair(ASKING, Purpose.ENCRYPTION)

    def given(signer: SigningPair | None, vouching: Any = identity) -> dict[str, Any]:
        stated = _entry(key)
        if signer is not None:
            stated["possession"] = [b64(each) for each in prove_possession(signer, key.public)]
        return {"entry": stated, "vouching": document(vouching.public)}

    def of_another_key() -> dict[str, Any]:
        case = given(identity)
        case["entry"]["key"] = document(pair(ASKED, Purpose.ENCRYPTION).public)
        return case

    check = RING + "check_possession"
    yield Case("vouched for by the identity key", lambda: accepted(given(identity)))
    yield Case("no proof of possession", lambda: refused(given(None), "KEY-013", check))
    yield Case("a proof by another key", lambda: refused(given(signing(ASKED)), "KEY-011", check))
    yield Case("a proof for another key", lambda: refused(of_another_key(), "KEY-011", check))


def pages() -> Iterator[Page]:
    """Yield six pages."""
    spec = "spec/keys.md"
    yield Page(
        "keys/pairs.json",
        "Make the pair that seed, purpose and authority fix.",
        f"{spec} 2",
        "keys.pair",
        tuple(_pairs()),
    )
    yield Page(
        "keys/files.json",
        "Read a key file, wanted for the purpose.",
        f"{spec} 5",
        "keys.file",
        tuple(_files()),
    )
    yield Page(
        "keys/rings.json",
        "Build a ring from the entries; 'keys' is how many it holds.",
        f"{spec} 3",
        "keys.ring",
        tuple(_rings()),
    )
    yield Page(
        "keys/found.json",
        "Find the key for the purpose as of the instant.",
        f"{spec} 4",
        "keys.find",
        tuple(_finds()),
    )
    yield Page(
        "keys/signatures.json",
        "Verify the two signatures of the message.",
        f"{spec} 1",
        "keys.verify",
        tuple(_signatures()),
    )
    yield Page(
        "keys/possession.json",
        "Check that the vouching key proves possession of the entry's key.",
        f"{spec} 6",
        "keys.possession",
        tuple(_possession()),
    )
