"""For any message at the door, and any answer to ours: a judgement, and never an error that is not ours."""

import ipaddress
import json
from datetime import timedelta

import httpx
from http_message_signatures import HTTPMessageSigner, HTTPMessageVerifier, HTTPSignatureAlgorithm
from http_message_signatures.resolvers import HTTPSignatureKeyResolver
from hypothesis import given
from hypothesis import strategies as st

from rogatory import exchange, keys
from rogatory.exchange import HttpRequest, HttpResponse, Outcome, Refuse, client, http_message
from rogatory.keys import Purpose
from support.drawing import NOISE, bent, tried
from support.vector_pages import posting
from support.world import ASKED, ASKING, NOON, Remembered, counting_random, decryption, ring, signing

TRANSPORT = Purpose.TRANSPORT
PARAMETERS = f'created=1836585120;keyid="{signing(ASKING, TRANSPORT).key_id}";nonce="{"1" * 32}"'
DESCRIBED = f'rogatory={http_message.REQUEST};{PARAMETERS};tag="rogatory-peer-v1"'
HEADERS = st.dictionaries(
    st.sampled_from(["content-type", "content-digest", "signature", "signature-input", "host", "date"]),
    st.text(max_size=60)
    | st.sampled_from(
        [
            "rogatory=:AAAA:",
            'rogatory=("@method" "@target-uri");created=1;keyid="x";nonce="y";tag="rogatory-peer-v1"',
            DESCRIBED,
            f"sha-256=:{'A' * 43}=:",
        ]
    ),
)
URLS = st.sampled_from(
    ["https://paris.example/peer", "https://[", "", "\ud800", "https://paris.example/\n"]
) | st.text(max_size=20)


def door(**changes):
    given_ = {
        "ring": ring(),
        "decryption": {decryption(ASKED).key_id: decryption(ASKED)},
        "authorities": frozenset({ASKED}),
        "memory": Remembered(),
    }
    return exchange.Door(**(given_ | changes))


@given(st.sampled_from(["POST", "GET", "PUT", "get", ""]), URLS, HEADERS, st.binary(max_size=50))
def test_any_message_is_refused_by_name(method, url, headers, body):
    message = HttpRequest(method, url, headers, body)
    assert tried(lambda: exchange.verify_request(message, ring(), NOON)) is None
    judged = exchange.accept(message, door(), NOON)
    assert isinstance(judged, Refuse)
    assert judged.caller is None


@given(NOISE | st.builds(lambda length, rest: length.to_bytes(4, "big") + rest, st.integers(0, 300), NOISE))
def test_any_body_of_a_known_peer_is_refused_by_name(body):
    judged = exchange.accept(posting.post(body), door(), NOON)
    assert isinstance(judged, Refuse)
    assert judged.caller is not None
    assert str(judged.error).isprintable()


@given(NOISE)
def test_anything_a_known_peer_encrypts_is_refused_by_name(content):
    judged = exchange.accept(posting.post(posting.transfer(content)), door(), NOON)
    assert isinstance(judged, Refuse)
    assert judged.caller is not None


ENVELOPE = json.loads(posting.issued())


@given(bent(ENVELOPE))
def test_any_bent_envelope_of_a_known_peer_is_judged(document):
    body = posting.transfer(json.dumps(document).encode())
    judged = exchange.accept(posting.post(body), door(), NOON)
    assert isinstance(judged, Refuse) or json.loads(judged.opened.envelope) == ENVELOPE


def wire(answer):
    transport = httpx.MockTransport(answer)
    http = httpx.Client(transport=transport)
    return client.Wire(signing(ASKING, TRANSPORT), ring(), http, lambda: NOON, counting_random())


@given(st.integers(100, 599), HEADERS, NOISE)
def test_any_unsigned_answer_counts_as_none(status, headers, body):
    shown = {name: value.encode("latin-1", "replace") for name, value in headers.items()}
    with (
        line := wire(
            lambda _: httpx.Response(status, headers=list(shown.items()), stream=httpx.ByteStream(body))
        )
    ).http:
        found = client.post(b"transfer", "https://paris.example/peer/v1/statements", ASKED, line)
    assert found == client.Answer(Outcome.UNREACHABLE)


@given(st.integers(200, 599), st.sampled_from([client.PROBLEM_TYPE, client.RECEIPT_TYPE, "text/html"]), NOISE)
def test_any_answer_that_the_peer_signed_has_a_meaning(status, kind, body):
    def answer(request):
        asked = HttpRequest("POST", str(request.url), dict(request.headers), request.content)
        made = HttpResponse(asked, status, {"content-type": kind}, body)
        exchange.sign_response(made, signing(ASKED, TRANSPORT), NOON, "2" * 32)
        return httpx.Response(status, headers=made.headers, stream=httpx.ByteStream(body))

    with (line := wire(answer)).http:
        found = client.post(b"transfer", "https://paris.example/peer/v1/statements", ASKED, line)
    assert (found.outcome is Outcome.RECEIPT) is (kind == client.RECEIPT_TYPE and status in {200, 201})
    assert found.receipt == (body if found.outcome is Outcome.RECEIPT else None)


@given(
    st.text(max_size=40) | st.builds("https://{}/{}".format, st.text(max_size=20), st.text(max_size=5)),
    st.booleans(),
)
def test_any_address_may_be_called_or_is_refused_by_name(url, private):
    tried(lambda: client.check_address(url, private_allowed=private, addresses=(url,)))


def may_be_called(address):
    shown = f"[{address}]" if address.version == 6 else str(address)
    told = tried(lambda: (client.check_address(f"https://{shown}/", private_allowed=False), "may"))
    resolved = tried(lambda: (client.check_public(str(address)), "may"))
    assert (told is None) == (resolved is None)
    return told is not None


CATEGORIES = (
    *("is_private", "is_multicast", "is_reserved", "is_loopback", "is_link_local", "is_unspecified"),
    "is_site_local",
)


@given(st.ip_addresses(v=4))
def test_an_address_of_a_special_kind_may_not_be_called(address):
    if may_be_called(address):
        assert address.is_global
        assert not [each for each in CATEGORIES if getattr(address, each, False)]


@given(st.ip_addresses(v=6))
def test_an_address_of_version_6_may_be_called_if_it_is_unicast_or_leads_to_a_public_one(address):
    if may_be_called(address) and not any(address in each for each in LEADING_ON):
        assert address in ipaddress.IPv6Network("2000::/3")
        assert address.is_global
        assert not [each for each in CATEGORIES if getattr(address, each)]
        assert address.teredo is None


# Where an address of version 4 stands in one of version 6: the network, and the bits below the address.
LEADING_ON = {
    ipaddress.IPv6Network("::ffff:0:0/96"): 0,
    ipaddress.IPv6Network("64:ff9b::/96"): 0,
    ipaddress.IPv6Network("2002::/16"): 80,
}
CLOSED = (
    (ipaddress.IPv6Network("::/96"), 0),
    (ipaddress.IPv6Network("::ffff:0:0:0/96"), 0),
    (ipaddress.IPv6Network("64:ff9b:1::/48"), 0),
    (ipaddress.IPv6Network("fec0::/10"), 0),
    (ipaddress.IPv6Network("2001::/32"), 0),
    (ipaddress.IPv6Network("2001::/32"), 64),
    (ipaddress.IPv6Network("3fff::/20"), 0),
    (ipaddress.IPv6Network("5f00::/16"), 0),
    (ipaddress.IPv6Network("100::/64"), 0),
)


def within(network, inner, shift):
    return ipaddress.IPv6Address(int(network.network_address) | int(inner) << shift)


@given(st.ip_addresses(v=4) | st.just(ipaddress.IPv4Address("8.8.8.8")), st.sampled_from(list(LEADING_ON)))
def test_an_address_that_leads_on_is_as_public_as_where_it_leads(inner, network):
    assert may_be_called(within(network, inner, LEADING_ON[network])) == may_be_called(inner)


@given(st.ip_addresses(v=4) | st.just(ipaddress.IPv4Address("8.8.8.8")), st.sampled_from(CLOSED))
def test_an_address_of_a_closed_network_may_not_be_called_wherever_it_leads(inner, closed):
    assert not may_be_called(within(closed[0], inner, closed[1]))


@given(st.ip_addresses(network="192.0.0.0/24") | st.ip_addresses(network="192.88.99.0/24"))
def test_an_assignment_to_protocols_may_not_be_called(address):
    assert not may_be_called(address)


@given(st.sampled_from(Outcome), st.integers(1, 10**6), st.integers(0, 10**7), st.integers(0, 255))
def test_a_delivery_ends_with_an_answer_alone_and_waits_never_long(outcome, attempts, waited, jitter):
    now = NOON + timedelta(seconds=waited)
    next_ = exchange.retry(outcome, attempts, NOON, now, jitter=jitter)
    if next_.due is None:
        assert outcome in {Outcome.RECEIPT, Outcome.REFUSED}
    else:
        assert timedelta(seconds=2) <= next_.due - now <= timedelta(minutes=18, seconds=45)
        assert next_.tell is (waited >= 300)


class Hybrid(HTTPSignatureAlgorithm):
    """Our pair of signatures, for another implementation of RFC 9421."""

    algorithm_id = "ed25519+ml-dsa-65"

    def __init__(self, public_key=None, private_key=None):
        self.public, self.private = public_key, private_key

    def sign(self, message):
        return b"".join(self.private.sign(message))

    def verify(self, signature, message):
        keys.verify(self.public, message, (signature[:64], signature[64:]))


class Known(HTTPSignatureKeyResolver):
    """One transport key."""

    def resolve_public_key(self, key_id):
        return ring().entries[key_id].key

    def resolve_private_key(self, key_id):
        return signing(ASKING, TRANSPORT)


class Timeless(HTTPMessageVerifier):
    """Leaves freshness to us."""

    def validate_created_and_expires(self, sig_input, max_age=None):
        """Judge nothing: the messages here are dated in 2028."""


PATHS = st.text("abcdefghijklmnopqrstuvwxyz0123456789-_~./", max_size=30)
COVERED = ("@method", "@target-uri", "content-type", "content-digest")


@given(PATHS, st.binary(max_size=60), st.sampled_from(["application/json", "text/plain; charset=utf-8"]))
def test_another_implementation_of_rfc_9421_verifies_what_we_sign(path, body, kind):
    message = HttpRequest("POST", f"https://paris.example/{path}", {"content-type": kind}, body)
    exchange.sign_request(message, signing(ASKING, TRANSPORT), NOON, "1" * 32)
    verifier = Timeless(signature_algorithm=Hybrid, key_resolver=Known())
    found = verifier.verify(
        message, max_age=None, expect_tag="rogatory-peer-v1", require_components=COVERED, body=body
    )
    assert [each.nonce for each in found] == ["1" * 32]


@given(PATHS, st.binary(max_size=60))
def test_we_verify_what_another_implementation_of_rfc_9421_signs(path, body):
    message = HttpRequest("POST", f"https://paris.example/{path}", {"content-type": "text/plain"}, body)
    HTTPMessageSigner(signature_algorithm=Hybrid, key_resolver=Known()).sign(
        message,
        key_id=signing(ASKING, TRANSPORT).key_id,
        created=NOON,
        nonce="1" * 32,
        label="rogatory",
        tag="rogatory-peer-v1",
        include_alg=False,
        covered_component_ids=COVERED,
        body=body,
    )
    message.headers = {name.lower(): value for name, value in message.headers.items()}
    assert exchange.verify_request(message, ring(), NOON).nonce == "1" * 32


@given(st.integers(200, 599), st.binary(max_size=60))
def test_another_implementation_of_rfc_9421_verifies_our_answers(status, body):
    asked = posting.post(b"transfer")
    answer = HttpResponse(asked, status, {"content-type": "text/plain"}, body)
    exchange.sign_response(answer, signing(ASKED, TRANSPORT), NOON, "2" * 32)
    verifier = Timeless(signature_algorithm=Hybrid, key_resolver=Known())
    demanded = (
        "@status",
        "content-type",
        "content-digest",
        '"@method";req',
        '"@target-uri";req',
        '"signature";req;key="rogatory"',
    )
    found = verifier.verify(
        answer, max_age=None, expect_tag="rogatory-peer-v1", require_components=demanded, body=body
    )
    assert [each.nonce for each in found] == ["2" * 32]
