"""Whatever a links file holds, it is read or refused by one of our errors, and never repeated."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from rogatory import wire
from rogatory.errors import RogatoryError
from rogatory.evidence.carrying.links import Link, Links, read_links
from support.world import NOON

PIECES = st.sampled_from(
    [
        "https",
        "http",
        "://",
        "/",
        "@",
        ":",
        "[",
        "]",
        "\\",
        "?",
        "#",
        "%",
        "127.0.0.1",
        "a.example",
        "443",
        " ",
    ]
)
ADDRESSES = st.one_of(st.text(min_size=1, max_size=40), st.lists(PIECES, min_size=1, max_size=9).map("".join))


@given(ADDRESSES, st.one_of(st.none(), ADDRESSES))
def test_any_address_is_used_or_refused(get, put):
    try:
        data = wire.encode(Links(expires=NOON, files=(Link(path="x", get=get, put=put),)))
        found = read_links(data, NOON - timedelta(hours=1))
    except RogatoryError as error:
        assert len(get) < 8 or get not in str(error)  # noqa: PT017 - both ends are right
        return
    assert found.files[0].get.partition("://")[0].lower() in {"https", "http"}


@given(st.binary(max_size=200))
def test_any_bytes_are_links_or_refused(data):
    try:
        read_links(data, NOON)
    except RogatoryError:
        return
