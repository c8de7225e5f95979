"""HTTP signatures: one form, over everything, fresh."""

from datetime import timedelta

import pytest

from rogatory import exchange
from rogatory.errors import ExchangeError, RogatoryError
from rogatory.exchange import HttpRequest, HttpResponse, http_message, http_signature
from rogatory.keys import Purpose
from support.world import ASKED, ASKING, NOON, counting_random, ring, signing

URL = "https://paris.example/peer/v1/statements"
TRANSPORT = Purpose.TRANSPORT


def signed(method="POST", body=b"content", now=NOON, nonce="1" * 32, **headers):
    message = HttpRequest(method, URL, {"content-type": "text/plain", **headers}, body)
    exchange.sign_request(message, signing(ASKING, TRANSPORT), now, nonce)
    return message


def answered(request=None, status=200, body=b"answer"):
    answer = HttpResponse(request or signed(), status, {"content-type": "text/plain"}, body)
    exchange.sign_response(answer, signing(ASKED, TRANSPORT), NOON, "2" * 32)
    return answer


def refusal(message, verify=exchange.verify_request, now=NOON):
    with pytest.raises(RogatoryError) as caught:
        verify(message, ring(), now)
    return caught.value.code


def test_who_signed_is_told_with_the_nonce_to_remember():
    caller = exchange.verify_request(signed(), ring(), NOON)
    assert (caller.key.key.authority, caller.nonce) == (ASKING, "1" * 32)


def test_the_base_is_that_of_rfc_9421():
    message = signed()
    parameters = message.headers["signature-input"].removeprefix("rogatory=")
    base = http_message.signature_base(message, http_message.REQUEST, parameters)
    assert base.decode().split("\n") == [
        '"@method": POST',
        f'"@target-uri": {URL}',
        '"content-type": text/plain',
        f'"content-digest": {message.headers["content-digest"]}',
        f'"@signature-params": {parameters}',
    ]


def test_a_get_covers_method_and_target_and_has_no_content():
    message = signed("GET", b"")
    assert message.headers["signature-input"].startswith('rogatory=("@method" "@target-uri");')
    assert "content-digest" not in message.headers
    exchange.verify_request(message, ring(), NOON)
    message.body = b"content"
    assert refusal(message) == "EXCH-003"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "get"])
def test_every_other_method_covers_its_content(method):
    message = signed(method)
    exchange.verify_request(message, ring(), NOON)
    message.body += b"!"
    assert refusal(message) == "EXCH-003"


def test_an_answer_covers_the_request_that_it_answers():
    answer = answered()
    caller = exchange.verify_response(answer, ring(), NOON)
    assert caller.key.key.authority == ASKED
    answer.request = signed(nonce="3" * 32)
    assert refusal(answer, exchange.verify_response) == "EXCH-003"


@pytest.mark.parametrize(
    ("member", "value"), [("status_code", 500), ("body", b"other"), ("request", HttpRequest("POST", URL))]
)
def test_whatever_changes_about_an_answer_is_refused(member, value):
    answer = answered()
    setattr(answer, member, value)
    assert refusal(answer, exchange.verify_response) in {"EXCH-002", "EXCH-003"}


def test_who_asked_without_a_signature_gets_none_in_the_answer():
    answer = HttpResponse(HttpRequest("POST", URL), 200, {"content-type": "text/plain"}, b"")
    with pytest.raises(ExchangeError) as caught:
        exchange.sign_response(answer, signing(ASKED, TRANSPORT), NOON, "2" * 32)
    assert caught.value.code == "EXCH-002"


def test_a_header_that_cannot_stand_in_a_signature_is_not_signed():
    for wrong in ("text/plain\nx", "tëxt"):
        message = HttpRequest("POST", URL, {"content-type": wrong})
        with pytest.raises(ExchangeError) as caught:
            exchange.sign_request(message, signing(ASKING, TRANSPORT), NOON, "1" * 32)
        assert caught.value.code == "EXCH-003"
    with pytest.raises(ExchangeError):
        exchange.sign_request(HttpRequest("POST", URL), signing(ASKING, TRANSPORT), NOON, "1" * 32)


@pytest.mark.parametrize("seconds", [0, 300, -60])
def test_a_message_is_fresh_for_five_minutes(seconds):
    exchange.verify_request(signed(), ring(), NOON + timedelta(seconds=seconds))


@pytest.mark.parametrize("seconds", [301, -61, 10**6])
def test_a_message_older_or_from_the_future_is_not(seconds):
    assert refusal(signed(), now=NOON + timedelta(seconds=seconds)) == "EXCH-004"


def test_a_nonce_is_remembered_for_as_long_as_its_message_can_be_fresh():
    ahead = signed(now=NOON + http_signature.SKEW)
    exchange.verify_request(ahead, ring(), NOON)
    last = NOON + exchange.REMEMBER
    exchange.verify_request(ahead, ring(), last)
    assert refusal(ahead, now=last + timedelta(seconds=1)) == "EXCH-004"


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.upper(),
        lambda text: text.replace("rogatory=", "rogatory = "),
        lambda text: text + ', sig1=("@method");created=1',
        lambda text: text + ";expires=1999999999",
        lambda text: text.replace('tag="rogatory-peer-v1"', "tag=rogatory-peer-v1"),
        lambda text: text.replace('keyid="', 'keyid="x'),
        lambda text: text.replace('nonce="', 'nonce="-'),
        lambda text: text + ';nonce="' + "4" * 32 + '"',
        lambda text: text.replace("created=", "created=9999"),
        lambda text: text.replace("created=", "created=-"),
        lambda text: text + " " * 9000,
        lambda _: "",
    ],
)
def test_a_description_of_another_form_is_none(change):
    message = signed()
    message.headers["signature-input"] = change(message.headers["signature-input"])
    assert refusal(message) in {"EXCH-002", "EXCH-003"}


@pytest.mark.parametrize(
    "value",
    ["", "rogatory=", "rogatory=:=:", "rogatory=:AA A=:", "rogatory=:AAAB:, x=:AA==:", "rogatory=:AAF=:"],
)
def test_a_signature_of_another_form_is_none(value):
    message = signed()
    message.headers["signature"] = value
    assert refusal(message) == "EXCH-002"


def test_spaces_around_a_field_do_not_count():
    message = signed()
    message.headers = {
        name: f" {value} " for name, value in message.headers.items() if name != "content-digest"
    } | {"content-digest": message.headers["content-digest"]}
    exchange.verify_request(message, ring(), NOON)


def test_a_nonce_has_128_bits():
    drawn = counting_random()
    assert exchange.new_nonce(drawn) != exchange.new_nonce(drawn)
    assert len(exchange.new_nonce(drawn)) == 32
