import hashlib

import pytest

from rogatory.values import keccak, wallets


def test_keccak_256_gives_the_published_digests():
    assert keccak.keccak_256(b"").hex() == "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"
    assert (
        keccak.keccak_256(b"abc").hex() == "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45"
    )


@pytest.mark.parametrize("length", [0, 1, 7, 8, 134, 135, 136, 137, 271, 272, 1000])
def test_the_sponge_agrees_with_sha3_where_only_the_padding_differs(length):
    data = bytes(place * 7 % 256 for place in range(length))
    assert keccak._sponge(data, 0x06) == hashlib.sha3_256(data).digest()


@pytest.mark.parametrize(
    "address",
    [  # the examples of EIP-55
        "0x52908400098527886E0F7030069857D2E4169EE7",
        "0xde709f2102306220921060314715629080e2fb77",
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
        "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
        "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
    ],
)
def test_capitals_are_those_of_eip_55(address):
    assert wallets.evm_checksum(address.lower()) == address


@pytest.mark.parametrize(
    ("address", "script"),
    [  # the examples of BIP 350
        ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "0014751e76e8199196d454941c45d1b3a323f1433bd6"),
        ("bc1sw50qgdz25j", "6002751e"),
        ("bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs", "5210751e76e8199196d454941c45d1b3a323"),
        (
            "tb1qqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesrxh6hy",
            "0020000000c4a5cad46221b2a187905e5266362b99d5e91c6ce24d165dab93e86433",
        ),
        (
            "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
            "512079be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798",
        ),
    ],
)
def test_a_good_witness_address_gives_its_program(address, script):
    version, program = wallets.bech32_program(address)
    opcode = version + 0x50 if version else 0
    assert (bytes([opcode, len(program)]) + program).hex() == script


@pytest.mark.parametrize(
    "address",
    [  # the refused examples of BIP 350 that are written in the right alphabet
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd",
        "tb1z0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqglt7rf",
        "bc1s0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq54well",
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh",
        "bc1pw5dgrnzv",
        "bc1qr508d6qejxtdg4y5r3zarvaryv98gj9p",
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v8n0nx0muaewav253zgeav",
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v07qwwzcrf",
        "bc1gmk9yu",
    ],
)
def test_a_bad_witness_address_gives_nothing(address):
    assert wallets.bech32_program(address) is None


def test_one_changed_character_breaks_base58check():
    good = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"
    assert wallets.base58check(good) is not None
    for place in range(len(good)):
        other = "2" if good[place] != "2" else "3"
        assert wallets.base58check(good[:place] + other + good[place + 1 :]) is None
