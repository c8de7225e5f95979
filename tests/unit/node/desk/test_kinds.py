"""Every kind of request at the desk: chosen, asked about, read back whole, fixed for approval."""

from __future__ import annotations

import html
import re
from datetime import date

import pytest
from pydantic import BaseModel

from rogatory import law
from rogatory.statements import KINDS, RequestBody
from rogatory_node.casework.models import Draft
from rogatory_node.casework.services import draft as drafting
from rogatory_node.desk.showing import controls, item_form, kind_words, questions
from rogatory_node.desk.showing.act_forms import FORMS, body_of
from rogatory_node.desk.showing.clock_words import CLOCKS
from support import complete

from .conftest import A05, OFAC, words_of

# Members that a page writes in another way than by a field of its own name.
ELSEWHERE = {"kind", "items", "reference"}
ITEM = {"category", "period", "identifier"}


def test_every_kind_has_its_words_and_stands_in_one_group():
    grouped = [kind for group in kind_words.GROUPS for kind in group.kinds]
    assert sorted(grouped) == sorted(KINDS) == sorted(kind_words.KIND_WORDS)
    apart = {kind for group in kind_words.GROUPS if group.hint for kind in group.kinds}
    assert apart == {kind for kind, each in KINDS.items() if not each.treaty}


def test_every_clock_of_the_law_room_is_called_something():
    assert {each.id for each in law.clock_kinds()} == set(CLOCKS)


def models(owner: type[BaseModel]) -> set[type[BaseModel]]:
    found = {owner}
    for member in owner.model_fields:
        inner = controls.control(owner, member).model
        if inner is not None and inner not in found and inner in controls.LABELS:
            found |= models(inner)
    return found


@pytest.mark.parametrize("kind", [name for name, each in KINDS.items() if each.bears])
def test_every_particular_of_a_kind_has_a_field_with_words(kind):
    asked = questions.question(kind, "particulars")
    model = controls.control(RequestBody, KINDS[kind].bears).model
    assert {each.path.split(".")[1] for each in asked.fields} == set(model.model_fields)
    assert all(str(each.label) for each in asked.fields if each.kind != "end")
    assert str(asked.title)


@pytest.mark.parametrize("act", FORMS)
def test_every_member_of_an_act_has_words(act):
    for model in models(body_of(act)):
        told = set(model.model_fields) - {"of", "provisions"}
        assert told <= set(controls.LABELS[model]) | {"conduct_period"}, model


def at_home() -> law.Basis:
    parties = law.assume_in_force(law.as_found(), ("fra", "vnm"), date(2028, 1, 1))
    return law.basis("vnm", "fra", date(2028, 3, 14), parties)


def cures(kind: str) -> set[str]:
    """Return where the findings on an empty request, and on one with a bare item, are cured."""
    identifier = {"kind": "ip_address", "verbatim": "203.0.113.57", "normalised": "203.0.113.57"}
    if kind_words.words_of(kind).paste == "person":
        identifier = {"kind": "person", "verbatim": "A", "normalised": "A"}
    found = set()
    for more in ({}, {"items": [{"number": 1, "identifier": identifier}]}):
        page = {"from": A05, "to": OFAC, "issued_at": "2028-03-14T00:00:00Z", "body": {"kind": kind, **more}}
        for finding in law.findings(page, at_home()):
            found |= {each.path for each in finding.cure if each.path.startswith("/body/")}
    return {each for each in found if each not in ("/body/items", "/body/kind")}


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_finding_asks_for_can_be_typed(kind):
    fields = {each.path for one in questions.order(kind) for each in questions.of(one, kind)}
    fields |= {each.replace("provision.", "provisions.") for each in fields}
    parts = {
        "provider": item_form.PROVIDER,
        "vanishes": item_form.VANISHES,
        "period": (),
    }
    shows = kind_words.words_of(kind).shows
    item = {"category", "description", "necessity", "identifier", *shows}
    item |= {each.path for part in shows for each in parts[part]}
    missing = set()
    for cure in cures(kind):
        path = cure.removeprefix("/body/")
        if path.startswith("items/0/"):
            asked = path.removeprefix("items/0/").replace("/", ".").split(".")[0] in item
        else:
            path = path.replace("/", ".")
            asked = any(each == path or each.startswith(f"{path}.") for each in fields)
        missing |= set() if asked else {cure}
    assert missing == set()


def leaves(value: object, path: str = "") -> list[tuple[str, str]]:
    if isinstance(value, dict):
        return [leaf for name, each in value.items() for leaf in leaves(each, f"{path}.{name}")]
    if isinstance(value, list):
        return [leaf for each in value for leaf in leaves(each, path)]
    return [(path, str(value))]


# What is shown in words of ours: a choice, a day, a Party, an article, an instant.
WORDED = re.compile(
    r"(yes|no|unknown|True|False)|\d{4}-\d\d-\d\d.*|[a-z]{3}|(hanoi_2024/)?art\w+|[a-z_]+|\d+"
)
SHOWN_IN_WORDS = re.compile(r"[+-]\d\d:\d\d|[0-9a-f]{64}")


@pytest.fixture
def drafted(duty):
    def begin(kind: str) -> Draft:
        return drafting.begin(duty.officer, "request", drafting.Aim(A05, OFAC), complete.body(kind))

    return begin


@pytest.mark.parametrize("kind", KINDS)
def test_a_complete_request_is_read_whole_before_it_is_fixed_and_after(desk, duty, drafted, kind):
    made = drafted(kind)
    client = desk(duty)
    for one in (*questions.order(kind), None):
        key = one.key if one else "review"
        assert client.get(f"/drafts/{made.pk}?question={key}").status_code == 200, key
    fixed = client.post(f"/drafts/{made.pk}", {"act": "freeze"})
    assert fixed.status_code == 302, words_of(fixed)
    # A look-alike character is marked inside its identifier.
    page = html.unescape(re.sub(r"</?mark[^>]*>", "", words_of(client.get(f"/drafts/{made.pk}"))))
    lost = [
        (path, text)
        for path, text in leaves(complete.body(kind))
        if not path.endswith((".language", ".kind", ".zone", ".urgency"))
        and not WORDED.fullmatch(text)
        and not SHOWN_IN_WORDS.fullmatch(text)
        and text not in page
    ]
    assert lost == []


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_pages_show_is_what_they_write(desk, duty, drafted, kind):
    """Saving every page as it is shown changes nothing: no field loses what it does not understand."""
    made = drafted(kind)
    client = desk(duty)
    before = made.raw
    for one in questions.order(kind):
        if one.key == "identifiers":
            continue
        count = len(before["items"]) if one.key == "items" else 1
        for number in range(1, count + 1):
            address = f"/drafts/{made.pk}?question={one.key}&item={number}"
            typed = typed_in(words_of(client.get(address)))
            assert client.post(address, typed).status_code == 302
    made.refresh_from_db()
    assert made.raw == before


def typed_in(page: str) -> dict[str, str]:
    """Return what a browser would send back of a page's form."""
    form = page[page.index('<form method="post" action="/drafts') :]
    form = form[: form.index("</form>")]
    found = {
        name: html.unescape(text.removeprefix("\n"))
        for name, text in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.DOTALL)
    }
    for tag in re.findall(r"<input [^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and value and ('type="radio"' not in tag or " checked" in tag):
            found[name[1]] = html.unescape(value[1])
    return found


def test_the_kinds_without_a_treaty_basis_are_marked(desk, duty):
    page = words_of(desk(duty).get("/requests/new"))
    assert len(re.findall(r'name="kind"', page)) == len(KINDS)
    treaty, domestic = page.split("Without a treaty basis")
    assert 'value="hold_notice"' in domestic
    assert 'value="property"' in treaty


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_begun_by_hand(desk, duty, kind):
    began = desk(duty).post("/requests/new", {"kind": kind, "recipient": OFAC})
    assert began.status_code == 302
    assert Draft.objects.get().raw["kind"] == kind


def test_a_person_sought_is_pasted_by_name_and_asked_about(desk, duty):
    client = desk(duty)
    client.post("/requests/new", {"kind": "extradition", "recipient": OFAC})
    made = Draft.objects.get()
    at = f"/drafts/{made.pk}?question="
    client.post(f"{at}identifiers", {"paste": "Đỗ Minh Khang†\nwww.khang.example"})
    page = words_of(client.get(f"{at}items&item=1"))
    assert "Born on" in page
    assert "provisional arrest" in page
    client.post(
        f"{at}items&item=1",
        {"category": "extradition", "identifier-born": "1990-02-03", "identifier-nationality": "VNM"},
    )
    # Pasting again keeps what was said of the person since.
    client.post(f"{at}identifiers", {"paste": "Đỗ Minh Khang†"})
    made.refresh_from_db()
    assert [each["identifier"] for each in made.raw["items"]] == [
        {
            "kind": "person",
            "verbatim": "Đỗ Minh Khang†",
            "normalised": "Đỗ Minh Khang†",
            "born": "1990-02-03",
            "nationality": "vnm",
        }
    ]
