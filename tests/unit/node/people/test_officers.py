"""Officers, their roles, and what each role allows."""

import pytest

from rogatory_node.base import NodeError, Role
from rogatory_node.people import officers, selectors
from rogatory_node.people.models import Appointment, ApprovalCredential, Officer
from rogatory_node.people.rules import PERMISSIONS
from rogatory_node.records.models import Leaf

pytestmark = pytest.mark.django_db
A05, SPP = "vnm/a05", "vnm/spp"


def test_a_role_is_for_one_authority(duty) -> None:
    assert selectors.authorities(duty.officer) == (A05,)
    assert selectors.roles(duty.officer, A05) == {Role.DUTY_OFFICER}
    assert selectors.roles(duty.officer, SPP) == frozenset()
    assert selectors.holds(duty.officer, A05)
    assert not selectors.holds(duty.officer, SPP)


def test_a_role_is_given_once_and_ended_once(duty) -> None:
    before = Leaf.objects.count()
    officers.appoint(None, duty.officer, A05, Role.DUTY_OFFICER)
    assert Appointment.objects.filter(officer=duty.officer).count() == 1
    assert Leaf.objects.count() == before
    officers.relieve(None, duty.officer, A05, Role.DUTY_OFFICER)
    officers.relieve(None, duty.officer, A05, Role.DUTY_OFFICER)
    assert Leaf.objects.filter(tag="role:end:done").count() == 1
    officers.appoint(None, duty.officer, A05, Role.DUTY_OFFICER)
    assert Appointment.objects.filter(officer=duty.officer).count() == 2


def test_only_an_operator_gives_roles_and_never_to_themselves(operator, duty) -> None:
    officers.appoint(operator, duty.officer, A05, Role.INVESTIGATOR)
    with pytest.raises(NodeError, match="NODE-100"):
        officers.appoint(duty.officer, operator, A05, Role.AUDITOR)
    with pytest.raises(NodeError, match="NODE-100"):
        officers.appoint(operator, duty.officer, SPP, Role.AUDITOR)
    with pytest.raises(NodeError, match="NODE-104"):
        officers.appoint(operator, operator, A05, Role.APPROVER)
    with pytest.raises(NodeError, match="NODE-100"):
        officers.relieve(duty.officer, operator, A05, Role.OPERATOR)


def test_an_authority_that_the_node_does_not_serve_has_no_roles(duty) -> None:
    with pytest.raises(NodeError, match="NODE-103"):
        officers.appoint(None, duty.officer, "fra/ofac", Role.AUDITOR)


def test_who_leaves_keeps_nothing(duty) -> None:
    officers.leave(duty.officer)
    assert selectors.authorities(duty.officer) == ()
    assert not ApprovalCredential.objects.filter(officer=duty.officer, revoked_at=None).exists()
    assert not Officer.objects.get(pk=duty.officer.pk).is_active
    assert not duty.officer.has_perm("people.see_cases", A05)


def test_a_name_is_given_once(duty) -> None:
    with pytest.raises(NodeError, match="NODE-102"):
        officers.enlist(duty.officer.username, "Somebody else")


def test_two_enlisted_at_once_are_one(duty, monkeypatch) -> None:
    monkeypatch.setattr(Officer, "full_clean", lambda self: None)
    with pytest.raises(NodeError, match="NODE-101"):
        officers.enlist(duty.officer.username, "Somebody else")


@pytest.mark.parametrize("password", ["short", "password1234", "123456789012345"])
def test_a_weak_password_is_refused(db, password) -> None:
    with pytest.raises(NodeError, match="NODE-102"):
        officers.enlist("binh", "Binh", password=password)
    assert not Officer.objects.exists()


def test_a_password_is_optional(db) -> None:
    assert not officers.enlist("binh", "Binh").has_usable_password()
    assert officers.enlist("lan", "Lan", password="a long enough phrase").check_password(
        "a long enough phrase"
    )


@pytest.mark.parametrize("role", list(Role))
def test_a_permission_is_held_by_its_roles_and_no_others(hire, role) -> None:
    person = hire("one", role).officer
    allowed = {name for name in PERMISSIONS if person.has_perm(name, A05)}
    assert allowed == {name for name, roles in PERMISSIONS.items() if role in roles}
    assert not any(person.has_perm(name, SPP) for name in PERMISSIONS)
    assert not any(person.has_perm(name) for name in PERMISSIONS)


def test_an_operator_sees_no_case(operator) -> None:
    held = {name for name in PERMISSIONS if operator.has_perm(name, A05)}
    assert held == {"people.operate"}


def test_colleagues_are_those_of_shared_authorities(hire, duty, operator) -> None:
    stranger = hire("mai", Role.INVESTIGATOR, authority=SPP)
    assert set(selectors.colleagues(duty.officer)) == {duty.officer, operator}
    assert set(selectors.colleagues(stranger.officer)) == {stranger.officer}


def test_an_operator_sees_the_passkeys_that_wait_for_them(hire, duty, operator) -> None:
    ApprovalCredential.objects.update(confirmed_at=None, confirmed_by=None)
    assert [each.officer for each in selectors.credentials_to_confirm(operator)] == [duty.officer]
    assert not selectors.credentials_to_confirm(duty.officer).exists()
