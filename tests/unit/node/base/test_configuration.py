"""The configuration says everything, in words, or the node does not start."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rogatory.values import Frozen
from rogatory_node.base import NodeError, Role, configuration
from rogatory_node.base.configuration import Configuration
from rogatory_node.base.policy import DEFAULT_POLICY, ActRule
from rogatory_node.base.template import toml_text

MINIMAL = b"""
format = 1
mode = "production"
party = "fra"
authorities = [{id = "fra/ofac", name = "OFAC"}]
"""


def refusal(more: bytes, code: str) -> NodeError:
    with pytest.raises(NodeError) as refused:
        configuration.parse(MINIMAL + more)
    assert refused.value.code == code
    return refused.value


def test_a_minimal_file_is_enough() -> None:
    found = configuration.parse(MINIMAL)
    assert found.authority_ids == ("fra/ofac",)
    assert found.database.engine == "sqlite"
    assert found.approval_origin == "http://approve.localhost:8000"
    assert found.approval_host == "approve.localhost"


@pytest.mark.parametrize(
    "more",
    [
        b"colour = 1",
        b"[web]\nprot = 8000",
        b"[web]\nport = 'eighty'",
        b"[web]\nport = 0",
        b"[policy.recall]\nneeds = [['duty_officer']]\nalone_too = true",
        b"[policy.recall]\nneeds = [['emperor']]",
        b"[policy.recall]\nneeds = []",
    ],
)
def test_an_unknown_or_wrong_setting_is_refused_by_its_place(more: bytes) -> None:
    assert refusal(more, "NODE-004").fields["place"].split(".")[0] in {"colour", "web", "policy"}


def test_a_witness_of_the_own_party_is_refused() -> None:
    refusal(b"[custody]\nwitnesses = ['fra/cour']", "NODE-004")
    found = configuration.parse(MINIMAL + b"[custody]\nwitnesses = ['xnp/records']")
    assert found.custody.witnesses == ("xnp/records",)


def test_an_act_that_the_protocol_lacks_is_refused() -> None:
    refusal(b"[policy.arrest]\nneeds = [['approver']]", "NODE-009")
    with pytest.raises(NodeError, match="NODE-009"):
        configuration.parse(MINIMAL).rule("arrest")


@pytest.mark.parametrize(
    "url",
    ["http://node.example", "ftp://localhost", "https://node.example/desk", "https://", "localhost:8000"],
)
def test_an_address_in_clear_over_a_network_is_refused(url: str) -> None:
    refusal(f"[web]\npublic_url = '{url}'".encode(), "NODE-004")


def test_an_authority_of_another_party_is_refused() -> None:
    with pytest.raises(NodeError, match="another Party"):
        configuration.parse(MINIMAL.replace(b"fra/ofac", b"vnm/a05"))


@pytest.mark.parametrize("data", [b"format = ", b"\xff", b"x" * (1 << 18) + b"x", b"format = 1979-05-27"])
def test_bytes_that_are_no_configuration_are_refused(data: bytes) -> None:
    with pytest.raises(NodeError, match="NODE-003"):
        configuration.parse(data)


def test_a_missing_file_is_refused(tmp_path) -> None:
    with pytest.raises(NodeError, match="NODE-003"):
        configuration.load(tmp_path / "node.toml")


@given(st.binary(max_size=200))
def test_random_bytes_raise_only_errors_of_this_house(data: bytes) -> None:
    with pytest.raises(NodeError):
        configuration.parse(data)


def models(model: type[Frozen]) -> set[type[Frozen]]:
    nested = (models(each.annotation) for each in model.model_fields.values() if is_model(each.annotation))
    return {model}.union(*nested)


def is_model(annotation: object) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, Frozen)


@pytest.mark.parametrize("model", sorted(models(Configuration) | {ActRule}, key=str))
def test_every_setting_is_described(model: type[Frozen]) -> None:
    assert [name for name, each in model.model_fields.items() if not each.description] == []


def test_the_written_file_reads_back_as_the_same_configuration() -> None:
    own = {"recall": ActRule(needs=((Role.APPROVER,), (Role.LEGAL_REVIEWER,)))}
    first = configuration.parse(MINIMAL).model_copy(update={"policy": own})
    assert configuration.parse(toml_text(first).encode()) == first


def test_the_party_overrides_one_act_and_keeps_the_rest() -> None:
    found = configuration.parse(MINIMAL + b"[policy.recall]\nneeds = [['approver']]")
    assert found.rule("recall").needs == ((Role.APPROVER,),)
    assert found.rule("decision") == DEFAULT_POLICY["decision"]
