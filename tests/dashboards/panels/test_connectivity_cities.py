"""The panels on stations by city: what they say of figures, bases, denominators and absences."""

from __future__ import annotations

import json

import pytest

from dashboards.desk import Filters
from dashboards.panels.connectivity_cities import ALSO, APART, GUANGDONG, MAP, RANKING, SWITCHES, TABLE
from tests.dashboards.panels.drawn import LANGUAGES, NOW, on, text, view_of


def test_the_map_tells_figures_and_absences_in_words(opening_desk):
    said = text(MAP, opening_desk)
    assert "Shenzhen: over 65,000" in said
    assert "Zhuhai: no figure published" in said
    assert "Zhuhai: 0" not in said


def test_the_map_says_what_it_shows(opening_desk):
    assert "stations · latest known for each city" in text(MAP, opening_desk)
    per = text(MAP, opening_desk, Filters(as_of=NOW, per="km2", options=(("year", "2020"),)))
    assert "5G base stations per km²" in per
    assert "derived · latest of 2020 for each city" in per


def test_the_ranking_says_bases_denominators_and_why_cities_are_missing(opening_desk):
    said = text(RANKING, opening_desk, Filters(as_of=NOW, per="capita"))
    assert "Counted as" in said
    assert "Resident population | Guangzhou: 18.68 million people (end of 2020)" in said
    assert "No published count of this place was found | Hong Kong; Macao; Zhuhai" in said


def test_the_table_keeps_the_qualifier_in_every_column(opening_desk):
    said = text(TABLE, opening_desk)
    assert (
        "Shenzhen | over 65,000 | 15 Feb 2023 | as published | over 36.8 | 17,661,800 (end of 2022) | over 32.5"
        in said
    )


@pytest.mark.parametrize(
    ("lang", "title"),
    [("en", "Shenzhen · Aug 2020"), ("zh-Hant", "深圳 · 2020年8月"), ("zh-Hans", "深圳 · 2020年8月")],
)
def test_two_counts_of_one_month_stand_apart_with_their_bases(opening_desk, lang, title):
    said = text(APART, opening_desk, Filters(lang=lang, as_of=NOW))
    after = said.partition(title)[2]
    assert "30,591" in after
    assert "46,480" in after
    assert opening_desk.words[lang].t("basis.municipal") in after


def test_before_there_were_two_counts_it_says_so(opening_desk):
    said = text(APART, opening_desk, Filters(as_of=on(2019, 1, 1)))
    assert "No city with counts on two bases in one month was known then" in said


def test_guangdong_is_the_whole_province(opening_desk):
    said = text(GUANGDONG, opening_desk)
    assert "443,000" in said
    assert "neither the nine cities" in said


def stops(desk, filters: Filters) -> tuple[list[str], str]:
    """Return the years of the slider and the one chosen."""
    view = view_of(desk, filters)
    made = SWITCHES.body(SWITCHES.query(desk, filters), view)
    (told,) = [
        props
        for part in made._traverse()
        if hasattr(part, "to_plotly_json") and "data-stops" in (props := part.to_plotly_json()["props"])
    ]
    return [value for value, _ in json.loads(told["data-stops"])], told["data-value"]


def test_the_slider_stops_at_the_years_with_a_count_and_ends_at_the_newest(opening_desk):
    years, chosen = stops(opening_desk, Filters(as_of=NOW))
    assert years == ["2019", "2020", "2021", "2022", "2023", "2025", ""]
    assert chosen == ""


def test_a_year_asked_for_without_a_count_is_a_stop_too(opening_desk):
    years, chosen = stops(opening_desk, Filters(as_of=NOW, options=(("year", "2024"),)))
    assert "2024" in years
    assert chosen == "2024"


def test_then_the_slider_knows_only_the_years_known_then(opening_desk):
    years, _ = stops(opening_desk, Filters(as_of=on(2021, 1, 31)))
    assert years[-2] <= "2020"


def test_a_colour_means_the_same_in_every_year(opening_desk):
    def classes(year: str) -> list[str]:
        filters = Filters(as_of=NOW, options=(("year", year),))
        figure = MAP.figure(MAP.query(opening_desk, filters), view_of(opening_desk, filters).style)
        words = [annotation.text for annotation in figure.layout.annotations]
        return [text for text in words if "under" in text or "or more" in text]

    assert classes("2020") == classes("2023") != []


def test_the_map_is_a_list_too_with_every_city(opening_desk):
    said = text(MAP, opening_desk)
    listed = said[said.index("The map as a list") :]
    assert all(opening_desk.words["en"].t(f"place.{city.id}") in listed for city in opening_desk.atlas.cities)
    assert "over 65,000" in listed
    assert "No figures by district are published" in listed


def test_nothing_later_is_told_on_an_earlier_day(opening_desk):
    said = text(MAP, opening_desk, Filters(as_of=on(2020, 9, 30)))
    assert "Shenzhen: 46,480" in said
    assert "65,000" not in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_densities_that_the_cities_published_stand_by_themselves(opening_desk, lang):
    said = text(ALSO[0], opening_desk, Filters(lang=lang, as_of=NOW))
    assert "28.5" in said
    assert "24.68" in said
