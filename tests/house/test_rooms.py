"""The node's rooms keep their layers in strings too: foreign keys, templates, names of pages."""

from __future__ import annotations

import pytest

import house
import links

NODE = "src/rogatory_node"


@pytest.fixture(scope="module")
def heights():
    return house.layers("node")


def room(path):
    return path.parts[2]


def libraries():
    return {path.stem: room(path) for path in house.sources(NODE) if "templatetags" in path.parts}


def wrong(path, found, heights):
    return [
        f"{path}:{line} {name}"
        for line, name in found
        if (other := links.room_of(name, heights, libraries()))
        and not links.may_know(room(path), other, heights)
    ]


def test_the_layers_are_those_of_the_contract(heights):
    assert heights["casework"] > heights["vault"] == heights["treaty"] > heights["people"] > heights["base"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('models.ForeignKey("casework.Case", on_delete=1)', "casework.Case"),
        ('ForeignKey(to="people.Authority")', "people.Authority"),
        ("ManyToManyField(settings.AUTH_USER_MODEL)", "people.User"),
        ('reverse("desk:board")', "desk:board"),
        ('render(request, "desk/board.html")', "desk/board.html"),
        ('apps.get_model("casework", "Case")', "casework"),
    ],
)
def test_a_string_that_points_to_a_room_is_found_in_python(text, named):
    assert named in {name for _, name in links.from_python(text)}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('{% extends "look/base.html" %}', "look/base.html"),
        ("\n{%- include 'desk/row.html' with row=row %}", "desk/row.html"),
        ("{% url 'desk:thread' id %}", "desk:thread"),
        ("{% load i18n look_tags %}", "load look_tags"),
        ("{% load tag from desk_tags %}", "load desk_tags"),
    ],
)
def test_a_string_that_points_to_a_room_is_found_in_a_template(text, named):
    assert named in {name for _, name in links.from_template(text)}


def test_a_lower_room_may_not_point_up_nor_to_one_beside_it(heights):
    assert links.may_know("desk", "casework", heights)
    assert not links.may_know("people", "casework", heights)
    assert not links.may_know("desk", "api", heights)


def test_no_python_of_the_node_points_up_by_a_string(heights):
    found = []
    for path in house.sources(NODE):
        if len(path.parts) > 3:
            found += wrong(path, links.from_python(house.read(path)), heights)
    assert found == []


def test_no_template_points_up(heights):
    found = []
    for path in house.tracked():
        if (
            path.suffix in {".html", ".txt"}
            and "templates" in path.parts
            and path.as_posix().startswith(NODE)
        ):
            found += wrong(path, links.from_template(house.read(path)), heights)
    assert found == []
