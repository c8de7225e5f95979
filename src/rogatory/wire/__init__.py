"""The wire: strict JSON to models and back.

Bytes from another State are read once, in one way, or refused. This room knows sizes, depths, text
and media types; it knows nothing of signatures (``envelopes``) or of what a document means
(``statements``). It follows spec/wire.md and PROTOCOL section 2.
"""

from rogatory.wire.documents import MEDIA_PREFIX, canonical, decode, encode, media_type, schema
from rogatory.wire.strict import MAX_DEPTH, MAX_SIZE, parse

__all__ = [
    "MAX_DEPTH",
    "MAX_SIZE",
    "MEDIA_PREFIX",
    "canonical",
    "decode",
    "encode",
    "media_type",
    "parse",
    "schema",
]
