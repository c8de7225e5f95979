"""What property tests draw from: bytes, JSON, and documents with something wrong about them."""

from __future__ import annotations

import json
from functools import cache

from hypothesis import strategies as st

from rogatory import statements, wire
from rogatory.errors import RogatoryError
from support.vector_pages.statements import examples

__all__ = ["DOCUMENTS", "JSON", "NOISE", "bent", "payloads", "tried"]


def tried(run):
    """Return what a call gives; or None if it is refused by an error of ours, told in one line."""
    try:
        return run()
    except RogatoryError as error:
        told, paragraph = str(error), error.explain()
    assert told.isprintable()
    assert paragraph
    return None


LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(min_value=-(2**53), max_value=2**53)
    | st.text(
        st.characters(
            blacklist_categories=("Cc", "Cs"),
            blacklist_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
        ),
        max_size=20,
    )
)
JSON = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abcdefgh_", max_size=6), inner, max_size=4)
    ),
    max_leaves=12,
)
# Text that looks like JSON, or that no JSON is.
PIECES = st.sampled_from(
    [
        '{"',
        '":',
        "[",
        "]",
        "}",
        ",",
        '"',
        "\\u202e",
        "\\ud800",
        "1e9",
        "NaN",
        "9" * 30,
        "\n",
        "\ufeff",
        "\x00",
        "null",
        "-0",
        "{}",
        "\\",
    ]
)
NOISE = (
    st.binary(max_size=200)
    | st.lists(PIECES | st.text(max_size=5), max_size=20).map(
        lambda all_: "".join(all_).encode(errors="surrogatepass")
    )
    | JSON.map(lambda document: json.dumps(document).encode())
)


@cache
def _examples() -> dict[str, str]:
    return {statements.media_type_of(each): wire.encode(each).decode() for each in examples().values()}


DOCUMENTS = st.sampled_from(sorted(_examples()))


def _paths(node, here=()):
    yield here
    if isinstance(node, dict):
        for name, value in node.items():
            yield from _paths(value, (*here, name))
    elif isinstance(node, list):
        for place, value in enumerate(node):
            yield from _paths(value, (*here, place))


def _replace(node, path, value):
    if not path:
        return value
    copy = dict(node) if isinstance(node, dict) else list(node)
    copy[path[0]] = _replace(copy[path[0]], path[1:], value)
    return copy


@st.composite
def bent(draw, document):
    """Return a JSON document with one or two of its values replaced by something else."""
    for _ in range(draw(st.integers(1, 2))):
        path = draw(st.sampled_from(sorted(_paths(document), key=repr)))
        document = _replace(
            document, path, draw(JSON | st.sampled_from(["a" * 64, 1, "fra/ofac", "2028-03-13T18:32:00Z"]))
        )
    return document


@st.composite
def payloads(draw):
    """Return a media type and a payload, right or wrong."""
    kind = draw(DOCUMENTS)
    good = json.loads(_examples()[kind])
    document = draw(bent(good) | st.just(good))
    if draw(st.integers(0, 9)) == 0:
        kind = draw(DOCUMENTS)
    return kind, json.dumps(document, ensure_ascii=draw(st.booleans())).encode()
