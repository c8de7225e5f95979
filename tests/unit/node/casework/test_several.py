"""One fact set for several Parties: each is asked for its own, and none learns of the others."""

from __future__ import annotations

import json

import pytest

from rogatory_node.base import NodeError, Role
from rogatory_node.casework.models import CaseFile, Draft
from rogatory_node.casework.services import freeze
from rogatory_node.casework.services.draft import Aim
from rogatory_node.casework.services.several import MOST, Addressee, begin_several, foresee
from support import world
from support.office import A05, OFAC, SPP, body_of

CYBER, POLICE = "xtp/cyber", "xno/police"
AIM = Aim(A05, "", title="Sàn Vàng")
BOTH = (Addressee(OFAC), Addressee(CYBER))


def facts(**more):
    """Two items in France, one in the third Party, one nowhere in particular; and all that could tell."""
    body = body_of(world.request(*(world.item(number) for number in (1, 2, 3, 4))))
    for item, party in zip(body["items"], ("fra", "xtp", "fra", ""), strict=True):
        item["provider"] = {"name": f"Provider {item['number']}"} | ({"party": party} if party else {})
    return {
        **body,
        "reference": "VNM-FRA 2028-0147",
        "case_unit": {"name": "Investigation unit", "reference": "DN-2028-0312"},
        "earlier_requests": {"original": "France was asked on 2 March.", "language": "en"},
        "preservation": "a" * 64,
        "typed": {"pasted": "203.0.113.57"},
        **more,
    }


def test_each_party_gets_a_case_of_its_own_and_its_own_items(duty):
    french, third = begin_several(duty.officer, AIM, facts(), BOTH)
    assert [each["provider"]["name"] for each in french.draft.raw["items"]] == [
        "Provider 1",
        "Provider 3",
        "Provider 4",
    ]
    assert [each["provider"]["name"] for each in third.draft.raw["items"]] == ["Provider 2", "Provider 4"]
    assert french.draft.case != third.draft.case
    assert (french.draft.recipient, third.draft.recipient) == (OFAC, CYBER)
    assert {each.title for each in CaseFile.objects.all()} == {"Sàn Vàng"}


def test_what_leaves_shares_nothing_by_which_two_parties_could_know_each_other(duty):
    begun = begin_several(duty.officer, AIM, facts(), BOTH)
    one, other = (json.loads(bytes(freeze.freeze(duty.officer, each.draft).content)) for each in begun)
    assert one["nonce"] != other["nonce"]
    assert one["case"] != other["case"]
    for content in (one, other):
        # A gap in the numbers would tell that somebody else is asked for the rest.
        numbers = [item["number"] for item in content["body"]["items"]]
        assert numbers == list(range(1, len(numbers) + 1))
        assert "reference" not in content["body"]
        assert content["body"]["case_unit"] == {"name": "Investigation unit"}
        assert {"earlier_requests", "preservation", "typed"}.isdisjoint(content["body"])
    assert "fra" not in json.dumps(other["body"]).lower()
    assert "xtp" not in json.dumps(one["body"]).lower()
    assert begun[0].left_out == ("preservation", "reference", "case_unit.reference", "earlier_requests")


def test_a_person_is_told_where_another_party_is_named(duty):
    said = {"original": "The server stands in France; see FRA/2028 and fra/ofac.", "language": "en"}
    spoken = {"original": "He can pay in any bank.", "language": "en"}
    french, third = begin_several(
        duty.officer,
        AIM,
        facts(facts=said, purpose=spoken),
        (Addressee(OFAC), Addressee(CYBER, items=(1, 2))),
    )
    assert french.tells == ()
    assert third.tells == ("facts.original", "items.1.provider.party")
    # A code in small letters is a word, too: Canada's would be everywhere.
    canadian = begin_several(
        duty.officer, AIM, {"purpose": spoken}, (Addressee(OFAC), Addressee("can/rcmp"))
    )[0]
    assert canadian.tells == ()


def test_parties_know_of_each_other_only_where_that_is_chosen(duty):
    french, third = begin_several(duty.officer, AIM, facts(), BOTH, together=True)
    assert french.draft.case == third.draft.case
    assert [each["number"] for each in third.draft.raw["items"]] == [2, 4]
    assert third.draft.raw["reference"] == "VNM-FRA 2028-0147"
    assert third.left_out == ("preservation",)


def test_a_chosen_item_goes_where_it_was_chosen_to_go(duty):
    [third] = begin_several(duty.officer, AIM, facts(), [Addressee(CYBER, (3, 1), "fr", "untoc")])
    assert [each["provider"]["name"] for each in third.draft.raw["items"]] == ["Provider 1", "Provider 3"]
    assert (third.draft.language, third.draft.instrument) == ("fr", "untoc")


@pytest.mark.parametrize(
    "body",
    [{}, {"items": "all"}, {"items": ["203.0.113.57", {"number": []}, None]}, {"items": [{"provider": "?"}]}],
)
def test_what_is_not_complete_yet_is_kept_for_each(body, duty):
    begun = begin_several(duty.officer, AIM, body, BOTH)
    assert len({each.draft.pk for each in begun}) == 2


@pytest.mark.parametrize(
    ("addressees", "code"),
    [
        ([], "NODE-522"),
        ([Addressee(OFAC), Addressee("fra/moj")], "NODE-522"),
        ([Addressee(OFAC), Addressee(SPP)], "NODE-522"),
        ([Addressee(OFAC), Addressee("")], "NODE-522"),
        ([Addressee(f"x{a}{b}/police") for a in "abcdefgh" for b in "abcdefgh"][: MOST + 1], "NODE-522"),
        ([Addressee(OFAC), Addressee("nowhere")], "NODE-520"),
        ([Addressee(OFAC), Addressee(CYBER, (9,))], "NODE-523"),
    ],
)
def test_all_are_begun_or_none(addressees, code, duty):
    with pytest.raises(NodeError, match=code):
        begin_several(duty.officer, AIM, facts(), addressees)
    assert not Draft.objects.exists()
    assert not CaseFile.objects.exists()


def test_the_door_asks_who_comes(duty, hire):
    stranger = hire("mai", Role.DUTY_OFFICER, authority=SPP)
    with pytest.raises(NodeError, match="NODE-100"):
        begin_several(stranger.officer, AIM, facts(), BOTH)
    assert not Draft.objects.exists()


def test_what_is_foreseen_is_what_is_begun_and_begins_nothing(duty):
    seen = foresee(A05, facts(), BOTH)
    assert not Draft.objects.exists()
    begun = begin_several(duty.officer, AIM, facts(), BOTH)
    assert [each.body for each in seen] == [each.draft.raw for each in begun]
    assert [(each.left_out, each.tells) for each in seen] == [(one.left_out, one.tells) for one in begun]
    with pytest.raises(NodeError, match="NODE-522"):
        foresee(A05, facts(), [Addressee(SPP)])
