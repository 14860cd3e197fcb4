"""5G base stations: which count stands for a city, what it may be divided by, why there is none."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboards.desk import Filters
from dashboards.panels import connectivity_stations as stations
from metrics.derive import by_rule
from tests.dashboards.panels.drawn import NOW, on, view_of

WITHOUT = {"hong_kong", "macao", "zhuhai", "zhongshan", "jiangmen", "zhaoqing"}


def asked(**more):
    return Filters(as_of=NOW, **more)


def by_place(frame):
    return frame.set_index("place_id")


def test_the_newest_count_of_each_city_is_that_of_the_warehouse(opening_desk):
    found = by_place(stations.by_city(opening_desk, asked()))
    told = by_place(
        opening_desk.metrics.one_each(stations.STATIONS, NOW, places=stations.city_ids(opening_desk))
    )
    assert list(found.index) == stations.city_ids(opening_desk)
    known = found[found["value"].notna()]
    assert set(known.index) == set(told.index)
    for place, row in known.iterrows():
        assert (row["value"], row["qualifier"]) == (told.loc[place, "value"], told.loc[place, "qualifier"])
    assert (known.loc["shenzhen", "value"], known.loc["shenzhen", "qualifier"]) == (65000.0, "over")


def test_cities_without_a_published_count_are_absent_with_the_reason_and_never_zero(opening_desk):
    found = by_place(stations.by_city(opening_desk, asked()))
    absent = found[found["value"].isna()]
    assert set(absent.index) == WITHOUT
    assert set(absent["absence"]) == {"not_published"}
    assert set(absent["why"]) == {"no_count_found"}
    assert not found["value"].eq(0).any()


def test_guangdong_is_never_a_city(opening_desk):
    assert "guangdong" not in set(stations.reported(opening_desk, asked())["place_id"])


def test_a_year_holds_only_its_own_counts(opening_desk):
    found = stations.by_city(opening_desk, asked(options=(("year", "2020"),)))
    known = by_place(found[found["value"].notna()])
    assert set(known["period_end"].dt.year) == {2020}
    assert set(known.index) == {"guangzhou", "shenzhen", "foshan", "dongguan"}
    assert by_place(found).loc["huizhou", "absence"] == "no_figure"


def test_one_basis_can_be_asked_for(opening_desk):
    found = stations.by_city(opening_desk, asked(options=(("year", "2020"), ("basis", "provincial"))))
    known = by_place(found[found["value"].notna()])
    assert set(known["counting_basis"]) == {"provincial"}
    assert known["value"].to_dict() == {
        "guangzhou": 23555,
        "shenzhen": 30591,
        "foshan": 7472,
        "dongguan": 8305,
    }


@pytest.mark.parametrize(("per", "below"), [("capita", "resident_population"), ("km2", "land_area_km2")])
def test_densities_are_those_of_the_rule_with_their_qualifiers(opening_desk, per, below):
    counts = stations.chosen(stations.reported(opening_desk, asked()), asked())
    rule = opening_desk.catalogue.get(stations.DENSITIES[per])
    told = by_place(
        by_rule(rule, {rule.derive.of: counts, below: opening_desk.metrics.history(below, NOW, breakdown="")})
    )
    found = by_place(stations.by_city(opening_desk, asked(per=per)))
    for place in set(told.index):
        assert found.loc[place, "qualifier"] == told.loc[place, "qualifier"]
        assert found.loc[place, "value"] == pytest.approx(told.loc[place, "value"], abs=0.1)
    assert found.loc["shenzhen", "value"] <= told.loc["shenzhen", "value"]
    assert found.loc["shenzhen", "counting_basis"] == "as_published"


def test_a_cut_figure_stays_true():
    values = pd.Series([36.89, 36.81, 2.55, 3.0])
    said = stations.cut(values, pd.Series(["over", "under", "exact", "over"]))
    assert said.tolist() == [36.8, 36.9, 2.6, 3.0] or said.tolist() == [36.8, 36.9, 2.5, 3.0]
    assert said[0] <= values[0]
    assert said[1] >= values[1]
    assert said[3] == 3.0


def test_what_was_divided_by_is_named_with_its_date(opening_desk):
    filters = asked(per="capita")
    view = view_of(opening_desk, filters)
    said = stations.divided_by(stations.by_city(opening_desk, filters), view)
    assert "Shenzhen: 17.66 million people (end of 2022)" in said
    assert len(said) == 5
    assert stations.divided_by(stations.by_city(opening_desk, asked()), view_of(opening_desk, asked())) == []


def test_a_count_that_cannot_be_divided_says_why_and_is_not_called_unpublished(opening_desk):
    filters = asked(per="capita")
    frame = pd.DataFrame({"place_id": ["foshan"], "value": [float("nan")], "reason": ["no_denominator"]})
    said = stations.not_divided(frame, view_of(opening_desk, filters))
    assert said == ["Foshan: no figure to divide by was known then"]
    assert stations._absence("foshan", {"foshan"}, {}) == ("not_defined", "")


def test_bases_and_dates_stand_beside_the_figures(opening_desk):
    said = stations.counted_as(stations.by_city(opening_desk, asked()), view_of(opening_desk, asked()))
    assert "Dongguan: provincial count, end of Aug 2020" in said
    assert "Huizhou: stations of the tower company, end of Feb 2025" in said


def test_shenzhen_has_two_counts_in_august_2020(opening_desk):
    found = stations.same_month(opening_desk, asked())
    mine = found[found["place_id"].eq("shenzhen") & found["period_end"].dt.strftime("%Y-%m").eq("2020-08")]
    assert dict(zip(mine["counting_basis"], mine["value"], strict=True)) == {
        "municipal": 46480,
        "provincial": 30591,
    }


def test_two_counts_stand_together_only_once_both_were_known(opening_desk):
    found = stations.same_month(opening_desk, Filters(as_of=on(2020, 9, 30)))
    assert "shenzhen" not in set(found["place_id"])


def test_the_twin_tells_count_and_both_densities(opening_desk):
    row = by_place(stations.twin(opening_desk, asked())).loc["guangzhou"]
    assert row["value"] == 48000
    assert row["capita_value"] == 25.7
    assert row["km2_value"] == 6.5
    assert row["km2_per_value"] == 7434


def test_before_the_first_count_every_city_is_there_and_absent(opening_desk):
    for filters in (Filters(as_of=on(2019, 1, 1)), Filters(as_of=on(2019, 1, 1), per="capita")):
        found = stations.by_city(opening_desk, filters)
        assert len(found) == 11
        assert found["value"].isna().all()
        assert set(found["absence"]) == {"no_figure"}
        assert stations.twin(opening_desk, filters)["absence"].eq("no_figure").all()


def test_the_years_with_a_count_are_known(opening_desk):
    known = stations.known_years(stations.reported(opening_desk, asked()))
    assert {"2019", "2020", "2021", "2023", "2025"} <= known
    assert "2024" not in known
    assert stations.years(opening_desk)[0] == "2019"
