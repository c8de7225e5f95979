"""Verifies a statement, with `cryptography` alone: verify_plain.py ENVELOPE KEY."""  # noqa: INP001 - a script

import base64
import hashlib
import json
import sys
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PublicKey

envelope, key = (json.loads(Path(name).read_text(encoding="utf-8")) for name in sys.argv[1:3])
classical, post_quantum = (base64.b64decode(key[half]) for half in ("classical", "post_quantum"))

# A key's name covers all of it: authority, purpose, suite and both halves.
named = json.dumps(key, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
key_id = hashlib.sha256(b"rogatory/key-id/v1\x00" + named).hexdigest()
if [each["keyid"] for each in envelope["signatures"]] != [key_id] * 2 or key["purpose"] != "statement":
    sys.exit("not signed twice by this key, or not a key for statements")

# What is signed is the DSSE encoding of media type and payload; its digest is the statement's id.
kind, payload = envelope["payloadType"].encode(), base64.b64decode(envelope["payload"], validate=True)
signed = b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)
first, second = (base64.b64decode(each["sig"], validate=True) for each in envelope["signatures"])
Ed25519PublicKey.from_public_bytes(classical).verify(first, signed)
MLDSA65PublicKey.from_public_bytes(post_quantum).verify(second, signed)
if json.loads(payload)["from"] != key["authority"]:
    sys.exit("signed in another authority's name")
sys.stdout.write(f"{hashlib.sha256(signed).hexdigest()} is signed by {key['authority']}\n")
