from __future__ import annotations

import pytest

from geo.forms import forms_of, normalised

RULES = {
    "codes": ["{id}", "{code}"],
    "endings": [" County", "區"],
    "district": {"en": ["{stem} District", "{name}, {city}"], "zh-Hant": ["{stem}", "{city_full}{name}"]},
}
CITY = {"name": {"en": "Bay", "zh-Hant": "灣"}, "full": {"en": "Bay", "zh-Hant": "灣市"}, "side": "mainland"}
DISTRICT = {"id": "d", "kind": "district", "code": "B-1", "name": {"en": "Lake County", "zh-Hant": "東區"}}


@pytest.mark.parametrize(
    "text",
    [
        "Bao'an", "Bao’an", "BAO AN", "bao-an", "Bao–an", "Ｂａｏａｎ", "Bǎo'ān", " Bao\u00a0an\t",
        "(Bao an)", "bao_an",
    ],
)  # fmt: skip
def test_spellings_of_one_name_become_one(text):
    assert normalised(text) == "baoan"


@pytest.mark.parametrize(
    ("one", "other"), [("深圳", "深川"), ("Foshan?", "Foshan"), ("廣州", "广州"), ("A+B", "AB")]
)
def test_what_could_tell_two_places_apart_stays(one, other):
    assert normalised(one) != normalised(other)


def test_macau_and_macao_are_one_and_a_radical_is_its_character():
    assert normalised("Macau Ferry") == normalised("MACAO ferry")
    assert normalised("澳⾨") == "澳門"


def test_patterns_are_filled_with_the_names_of_the_place_and_of_its_city():
    assert dict(forms_of(DISTRICT, CITY, RULES)) == {
        "d": False,
        "B-1": True,
        "Lake District": False,
        "Lake County, Bay": False,
        "東區": False,
        "灣市東區": False,
    }


def test_an_ending_stays_where_only_one_character_would_be_left():
    assert "東" not in dict(forms_of(DISTRICT, CITY, RULES))


def test_a_generic_name_counts_only_with_its_city_or_its_kind():
    found = dict(forms_of({**DISTRICT, "generic": True}, CITY, RULES))
    assert found["東區"] is True
    assert found["灣市東區"] is False


def test_short_names_of_a_crossing_need_its_kind_and_aliases_do_not():
    crossing = {
        "id": "x",
        "kind": "crossing",
        "name": {"en": "X Port"},
        "short": {"en": "X"},
        "aliases": ["Old X"],
    }
    rules = {"codes": [], "endings": [], "crossing": {"en": ["{name}"]}}
    assert dict(forms_of(crossing, None, rules)) == {"X Port": False, "Old X": False, "X": True}
