import pytest

from geo.places import LANGUAGES
from metrics.entries import CATALOGUE
from metrics.indicators import catalogue
from metrics.units import read_units


def units_of(tmp_path, text):
    (tmp_path / "units.toml").write_text(text, encoding="utf-8")
    faults = []
    return read_units(tmp_path, faults), faults


def test_every_unit_of_the_house_is_whole():
    faults = []
    units = read_units(CATALOGUE, faults)
    assert faults == []
    assert len(units) > 130
    for unit in units.values():
        assert all(unit.names[lang] for lang in LANGUAGES), unit.id
        assert all(unit.patterns[lang].count("{n}") == 1 for lang in LANGUAGES), unit.id


def test_a_unit_without_a_pattern_follows_the_number_with_a_space_in_english_only():
    stations = catalogue().unit("stations")
    said = {lang: stations.patterns[lang].format(n="8,305") for lang in LANGUAGES}
    assert said == {"en": "8,305 stations", "zh-Hant": "8,305個", "zh-Hans": "8,305个"}
    assert stations.singular.format(n=1) == "1 station"


@pytest.mark.parametrize(
    ("lang", "expected"),
    [("en", "CNY 3,460.6 billion"), ("zh-Hant", "34,606億元人民幣"), ("zh-Hans", "34,606亿元人民币")],
)
def test_money_is_counted_in_billions_in_english_and_in_hundred_millions_in_chinese(lang, expected):
    unit = catalogue().unit("CNY bn")
    shown = 3460.6 * unit.factors[lang]
    text = f"{shown:,.1f}" if lang == "en" else f"{shown:,.0f}"
    assert unit.patterns[lang].format(n=text) == expected


def test_thousands_of_hong_kong_dollars_become_billions_and_hundred_millions():
    unit = catalogue().unit("HKD thousand")
    assert 412_000_000 * unit.factors["en"] == pytest.approx(412)
    assert 412_000_000 * unit.factors["zh-Hant"] == pytest.approx(4120)


def test_percentages_stand_close_to_their_number_in_every_language():
    percent = catalogue().unit("%")
    assert {percent.patterns[lang].format(n="99.5") for lang in LANGUAGES} == {"99.5%"}


def test_a_unit_of_no_known_kind_or_with_a_pattern_without_a_number_is_a_fault(tmp_path):
    text = """
[[unit]]
id = "stations"
kind = "heap"
label = { en = "stations", zh-Hant = "個", zh-Hans = "个" }
pattern = { en = "stations", zh-Hant = "{n}個", zh-Hans = "{n}个" }
"""
    _, faults = units_of(tmp_path, text)
    assert len(faults) == 2
    assert faults[0].startswith("units.toml: stations: kind 'heap' is not known; expected one of count")
    assert faults[1] == "units.toml: stations: the en pattern 'stations' lacks {n}"


def test_a_unit_without_a_label_is_a_fault_but_does_not_stop_the_reading(tmp_path):
    units, faults = units_of(tmp_path, '[[unit]]\nid = "km"\nkind = "length"\n')
    assert faults == ["units.toml: km: lacks label in en, zh-Hant, zh-Hans"]
    assert units["km"].kind == "length"
