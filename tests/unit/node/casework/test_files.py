"""Each case gets a number of its own; titles are our own people's words."""

from __future__ import annotations

import pytest

from rogatory_node.base import NodeError, clock
from rogatory_node.casework import selectors
from rogatory_node.casework.models import CaseFile
from rogatory_node.casework.services import draft
from rogatory_node.casework.services.entitle import entitle
from rogatory_node.casework.services.share import share
from rogatory_node.records.models import Leaf
from support import world
from support.office import A05, OFAC, SPP

AIM = draft.Aim(A05, OFAC)


def numbers(authority=A05):
    return list(CaseFile.objects.filter(authority=authority).order_by("pk").values_list("number", flat=True))


def test_numbers_count_the_cases_of_a_pair_and_year(duty):
    for aim in (AIM, draft.Aim(A05, "fra/moj"), draft.Aim(A05, "xtp/cyber"), draft.Aim(A05, "")):
        draft.begin(duty.officer, "request", aim, {})
    assert numbers() == ["VNM-FRA 2028-0001", "VNM-FRA 2028-0002", "VNM-XTP 2028-0001", "VNM 2028-0001"]


def test_a_new_year_begins_again(duty):
    draft.begin(duty.officer, "request", AIM, {})
    clock.set_to(world.NOON.replace(year=2029), frozen=True)
    draft.begin(duty.officer, "request", AIM, {})
    assert numbers() == ["VNM-FRA 2028-0001", "VNM-FRA 2029-0001"]


def test_numbers_go_on_above_9999_and_are_never_used_twice(duty):
    made = draft.begin(duty.officer, "request", AIM, {})
    held = CaseFile.objects.get(case=made.case)
    CaseFile.objects.bulk_create(
        CaseFile(
            authority=A05,
            case=f"{n:064x}",
            number=f"VNM-FRA 2028-{n:04}",
            opened_at=held.opened_at,
        )
        for n in range(2, 10_001)
    )
    draft.begin(duty.officer, "request", AIM, {})
    assert numbers()[-1] == "VNM-FRA 2028-10001"


def test_a_case_that_arrives_is_numbered_by_who_asks(asked, duty):
    held = selectors.thread(duty.officer, asked.thread).file
    assert (held.number, held.title, held.opened_by) == ("FRA-VNM 2028-0001", "", None)


def test_each_authority_that_sees_a_case_has_its_own_file(preservation, duty):
    draft.begin(duty.officer, "request", AIM, {})
    share(duty.officer, A05, thread=preservation.thread, with_authority=SPP)
    share(duty.officer, A05, thread=preservation.thread, with_authority=SPP)
    assert numbers() == ["VNM-FRA 2028-0001", "VNM-FRA 2028-0002"]
    assert numbers(SPP) == ["VNM-FRA 2028-0001"]


def test_a_title_is_given_with_the_draft_or_later(preservation, duty):
    made = draft.begin(duty.officer, "request", draft.Aim(A05, OFAC, title="Sàn Vàng"), {})
    assert CaseFile.objects.get(case=made.case).title == "Sàn Vàng"
    leaves = Leaf.objects.count()
    held = entitle(duty.officer, A05, thread=preservation.thread, title="Hải Phòng")
    assert (held.title, held.case) == ("Hải Phòng", preservation.case)
    assert entitle(duty.officer, A05, thread=preservation.thread, title="").title == ""
    assert Leaf.objects.count() == leaves + 2
    assert "Hải Phòng" not in "".join(bytes(each.event).decode() for each in Leaf.objects.all())


@pytest.mark.parametrize("title", ["two\nlines", "x" * 201, "hid\u202eden", "\x00"])
def test_a_title_is_one_plain_line(title, preservation, duty):
    with pytest.raises(NodeError, match="NODE-520"):
        entitle(duty.officer, A05, thread=preservation.thread, title=title)


def test_only_an_authority_of_this_node_is_let_in(preservation, duty):
    with pytest.raises(NodeError, match="NODE-103"):
        share(duty.officer, A05, thread=preservation.thread, with_authority=OFAC)
    with pytest.raises(NodeError, match="NODE-500"):
        share(duty.officer, A05, thread="f" * 64, with_authority=SPP)
