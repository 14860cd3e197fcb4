from __future__ import annotations

from dashboards.desk import Filters
from dashboards.panels import indicator_words as words
from tests.dashboards.panels.drawn import NOW, view_of

SHENZHEN = "fiveg_base_stations"


def view(desk, lang="en"):
    return view_of(desk, Filters(lang=lang, as_of=NOW))


def row_of(desk, indicator, **match):
    frame = desk.metrics.latest(indicator, NOW)
    for column, value in match.items():
        frame = frame[frame[column].eq(value)]
    return frame.iloc[0].to_dict()


def test_a_figure_keeps_its_qualifier_in_full_and_in_short(opening_desk):
    row = row_of(opening_desk, SHENZHEN, place_id="shenzhen", qualifier="over")
    assert words.full_figure(row, view(opening_desk)) == "over 65,000 stations"
    assert words.short_figure(row | {"value": 4_000_000.0}, view(opening_desk)) == "over 4 million stations"


def test_a_publication_date_that_was_concluded_is_about(opening_desk):
    row = row_of(opening_desk, SHENZHEN, known_precision="estimated")
    assert words.known_day(row, view(opening_desk)).startswith("about ")


def test_a_series_is_named_by_place_part_and_basis(opening_desk):
    row = row_of(opening_desk, SHENZHEN, counting_basis="municipal")
    assert words.series_name(row, view(opening_desk)).endswith(", municipal count")
    parted = row | {"breakdown": "direction=arrival;group=other_visitors", "counting_basis": "as_published"}
    assert words.series_name(parted, view(opening_desk), placed=False) == "arrivals / other visitors"


def test_the_method_of_a_derived_indicator_is_a_formula_in_words(opening_desk):
    derived = next(one for one in opening_desk.catalogue if one.derive and one.derive.times != 1)
    said = words.method_said(derived, view(opening_desk))
    for part in (derived.derive.of, derived.derive.per):
        assert opening_desk.catalogue.get(part).names["en"] in said
    assert f"times {derived.derive.times:,.0f}" in said
    plain = opening_desk.catalogue.get(SHENZHEN)
    assert words.method_said(plain, view(opening_desk)) == "As published by the source."


def test_owner_and_units_are_named_in_the_reader_s_language(opening_desk):
    owned = opening_desk.catalogue.get("bcp_passengers_daily")
    assert words.owner_name(owned, view(opening_desk, "zh-Hant")) == "入境事務處"
    orphan = next(one for one in opening_desk.catalogue if one.owner is None)
    assert words.owner_name(orphan, view(opening_desk)) == "not named"
    several = next(one for one in opening_desk.catalogue if len(one.units) > 1)
    assert len(words.unit_names(several, view(opening_desk)).split(", ")) == len(several.units)


def test_the_way_to_an_indicator_keeps_day_and_language(opening_desk):
    link = words.link_to(SHENZHEN, view(opening_desk, "zh-Hans"))
    assert link.href == f"/indicators/{SHENZHEN}?lang=zh-Hans"
    assert link.children == "5G基站数"
    assert words.link_to(SHENZHEN, view(opening_desk), text="this").children == "this"


def test_a_basis_without_a_name_stands_as_its_code(opening_desk):
    assert words.basis_name("unheard_of", view(opening_desk)) == "unheard_of"
    assert words.basis_name("provincial", view(opening_desk)) == "provincial count"


def test_a_period_is_written_by_its_span(opening_desk):
    row = row_of(opening_desk, "visitor_arrivals", span="year")
    assert words.period(row, view(opening_desk)) == "2025"
