"""Declared spellings: one of them is found, everything else is refused with what was expected and found."""

from __future__ import annotations

import json

import pytest

from ingest.errors import ShapeError
from ingest.spellings import Form, figure, matched, objects_of, reduced, spelt, spelt_rows, words
from tests.ingest.making import payload

FORM = Form(
    needed={"year": ("Year", "年份"), "name": ("Name",)},
    may={"note": ("Remarks", "Note")},
    tongues=("name",),
)


def test_case_width_spaces_and_punctuation_do_not_matter():
    assert reduced("Bureau / Department（ＥＮ）") == "bureaudepartmenten"
    assert matched(["YEAR", "n_a_m_e"], FORM) == {"year": ("YEAR",), "name": ("n_a_m_e",)}


def test_a_name_may_come_once_a_language_where_that_is_declared():
    found = matched(["年份", "NameEN", "Name_TC", "name (SC)"], FORM)
    assert found == {"year": ("年份",), "name": ("NameEN", "Name_TC", "name (SC)")}


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["Name"], "missing year (Year or 年份)"),
        (["Year", "Name", "Colour"], "unknown 'Colour'"),
        (["Year", "年份", "Name"], "twice year"),
        (["Year EN", "Name"], "unknown 'Year EN'"),
        ([], "missing year"),
    ],
)
def test_a_header_outside_the_form_is_refused_with_what_was_found(names: list[str], said: str):
    with pytest.raises(ShapeError) as caught:
        matched(names, FORM)
    assert "expected year, name in a declared spelling" in str(caught.value)
    assert said in str(caught.value)


def test_rows_come_by_our_names_with_a_line_for_each_language():
    content = '\ufeffYear,Name EN,Name TC,Remarks,\r\n2024,"Kiosk,  one",甲,,\r\n2025,Same,Same,x,\r\n'
    one, other = spelt_rows(payload(content), FORM)
    assert dict(one) == {"year": "2024", "name": "Kiosk, one\n甲", "note": ""}
    assert (other["name"], other.number) == ("Same", 3)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "expected year, name"),
        ("<!DOCTYPE html><html><title>Sign in</title></html>", "found '<!DOCTYPE html>"),
        ("Year,Name\n", "at least 1 rows"),
        ("Year,Name\n2024\n", "row 2: expected 2 cells"),
        ("Year,Name,Year\n2024,a,2024\n", "twice year"),
    ],
)
def test_a_table_in_another_form_is_refused(content: str, said: str):
    with pytest.raises(ShapeError) as caught:
        list(spelt_rows(payload(content), FORM))
    assert said in str(caught.value)


def test_a_table_in_another_encoding_is_refused():
    with pytest.raises(ShapeError, match="expected utf-8"):
        list(spelt_rows(payload("年份,Name\n".encode("big5")), FORM))


def test_an_objects_members_come_by_our_names():
    told = spelt({"year": 2024, "nameEn": "A", "nameTc": None, "nameSc": "甲"}, FORM, where="entry 1")
    assert told == {"year": 2024, "name": "A\n甲"}


@pytest.mark.parametrize("value", [[], "text", None, 3])
def test_what_is_no_object_is_refused(value: object):
    with pytest.raises(ShapeError, match="entry 1: expected an object"):
        spelt(value, FORM, where="entry 1")


def test_a_list_is_found_bare_or_as_the_one_list_of_an_object():
    assert objects_of([1, 2]) == [1, 2]
    assert objects_of({"Data": [1], "asAt": "2024"}) == [1]


@pytest.mark.parametrize(
    "value", [{"a": [1], "b": [2]}, {"a": {"b": [1]}}, {"a": [1], "b": {}}, {}, "x", None, []]
)
def test_any_other_envelope_is_refused(value: object):
    with pytest.raises(ShapeError, match="expected"):
        objects_of(value)


def test_a_figure_is_a_number_or_its_text_and_nothing_else():
    assert [figure(value, "x") for value in (3, "1,234", 3.0, None, "", "N/A")] == [
        3,
        1234,
        3,
        None,
        None,
        None,
    ]
    assert figure("12.5", "x", whole=False) == 12.5
    assert figure(json.loads("1234567.5"), "x", whole=False) == 1234567.5


@pytest.mark.parametrize("value", [True, [], {}, "12k", "1,23", "12.5", 12.5, float("nan")])
def test_what_is_no_whole_figure_is_refused_with_where_it_stood(value: object):
    with pytest.raises(ShapeError, match="visits: expected"):
        figure(value, "visits")


def test_text_is_trimmed_and_a_number_is_no_text():
    assert words("  a \n b ", "name") == "a b"
    assert words(None, "name") == ""
    with pytest.raises(ShapeError, match="name: expected text, found 3"):
        words(3, "name")
