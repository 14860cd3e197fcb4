import pandas as pd
import pytest

from geo.places import atlas
from metrics.figures import (
    FIGURE_COLUMNS,
    FIGURES,
    GROUPS,
    PASSENGERS,
    FigureFaults,
    read_figures,
    read_passengers,
)
from metrics.indicators import catalogue

ROW = {
    "figure_id": "f1",
    "indicator_id": "fiveg_base_stations",
    "place_id": "shenzhen",
    "period_start": "2023-02-15",
    "period_end": "2023-02-15",
    "value": "65000",
    "unit": "stations",
    "qualifier": "over",
    "published_on": "2023-02-15",
    "published_on_precision": "estimated",
    "source_title": "Action plan",
    "publisher": "Xinhua",
    "source_url": "",
    "source_tier": "press",
    "span": "point",
    "counting_basis": "as_published",
    "status": "final",
}
TRIPS = {
    "indicator_id": "bcp_passengers_monthly",
    "month": "2026-02",
    "place_id": "hk_lo_wu",
    "direction": "arrival",
    "hong_kong_residents": "10",
    "mainland_visitors": "5",
    "other_visitors": "1",
    "total": "16",
    "unit": "person-trips",
    "published_on": "2026-03-01",
    "source": "Immigration Department",
}


def read(tmp_path, *rows, reader=read_figures):
    path = tmp_path / "figures.csv"
    pd.DataFrame(list(rows)).to_csv(path, index=False)
    return reader(path, places=atlas(), catalogue=catalogue())


def faults(tmp_path, *rows, reader=read_figures):
    with pytest.raises(FigureFaults) as caught:
        read(tmp_path, *rows, reader=reader)
    return list(caught.value.faults)


@pytest.fixture(scope="module")
def opening():
    return read_figures(FIGURES, places=atlas(), catalogue=catalogue())


def test_all_opening_figures_are_there_and_sound(opening):
    assert opening.shape == (1161, len(FIGURE_COLUMNS))
    assert opening["indicator_id"].nunique() == 298
    assert opening["qualifier"].value_counts()["over"] == 156


def test_every_opening_figure_lies_within_the_bounds_of_its_indicator(opening):
    bounded = {one.id: one.bounds for one in catalogue() if one.bounds}
    rows = opening[opening["indicator_id"].isin(list(bounded))]
    low, high = (rows["indicator_id"].map(lambda key, end=end: bounded[key][end]) for end in (0, 1))
    assert rows[rows["value"].lt(low) | rows["value"].gt(high)].empty
    assert len(rows) > 700


def test_the_figures_carry_no_words_of_their_sources_and_no_address_of_a_reprint(opening):
    assert set(opening) == set(FIGURE_COLUMNS)
    assert opening["source_url"].eq("").sum() >= 447


def test_all_monthly_passengers_are_there_and_add_up():
    trips = read_passengers(PASSENGERS, places=atlas(), catalogue=catalogue())
    assert len(trips) == 1850
    assert (trips["month"].min(), trips["month"].max()) == (
        pd.Timestamp(2021, 1, 1),
        pd.Timestamp(2026, 2, 1),
    )
    assert trips[list(GROUPS)].sum(axis=1).eq(trips["total"]).all()


def test_a_table_is_read_with_days_as_days_and_values_as_numbers(tmp_path):
    table = read(tmp_path, ROW)
    assert table.loc[0, "value"] == 65000.0
    assert table.loc[0, "period_end"] == pd.Timestamp(2023, 2, 15)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"indicator_id": "sixg_stations"}, "indicator 'sixg_stations' is not in the catalogue"),
        ({"place_id": "atlantis"}, "place 'atlantis' is not known"),
        ({"unit": "%"}, "unit '%' is not a unit of fiveg_base_stations in the catalogue"),
        ({"period_start": "2023-02-16"}, "period_start 2023-02-16 is after period_end 2023-02-15"),
        ({"period_start": "2023-01-01"}, "a point in time must start and end on the same day"),
        ({"published_on": "15/2/2023"}, "published_on '15/2/2023' is not a day written YYYY-MM-DD"),
        ({"value": "about 65,000"}, "value 'about 65,000' is no number"),
        ({"value": "inf"}, "value 'inf' is no number"),
        ({"qualifier": "more"}, "qualifier 'more' is not one of exact, over"),
        ({"source_tier": "rumour"}, "source_tier 'rumour' is not one of official"),
        ({"span": "decade"}, "span 'decade' is not one of point"),
        ({"status": "leaked"}, "status 'leaked' is not one of final"),
        ({"counting_basis": "by_eye"}, "counting_basis 'by_eye' is not in bases.toml"),
        ({"publisher": ""}, "lacks publisher or source_title"),
        ({"source_url": "javascript:alert(1)"}, "source_url 'javascript:alert(1)' is no web address"),
    ],
)
def test_each_fault_of_a_row_is_told_with_file_and_figure(tmp_path, changes, words):
    assert faults(tmp_path, {**ROW, **changes})[0].startswith(f"figures.csv: f1: {words}")


def test_all_faults_of_all_rows_are_told_together(tmp_path):
    found = faults(
        tmp_path, {**ROW, "unit": "%", "status": "x"}, {**ROW, "figure_id": "", "place_id": "moon"}
    )
    assert len(found) == 4
    assert "figures.csv: row 3: figure_id stands twice or is empty" in found


def test_a_table_without_a_column_says_which(tmp_path):
    row = {key: value for key, value in ROW.items() if key not in ("unit", "span")}
    assert faults(tmp_path, row)[0].startswith("figures.csv: header: lacks unit, span; found figure_id")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"total": "17"}, "the groups do not add up to the total 17"),
        ({"mainland_visitors": "-5", "total": "6"}, "must be whole numbers from 0"),
        ({"direction": "sideways"}, "direction 'sideways' is not one of arrival, departure"),
        ({"month": "Feb 2026"}, "month 'Feb 2026' is not written YYYY-MM"),
        ({"published_on": "2026-02-20"}, "published_on 2026-02-20 is before the month is over"),
        ({"place_id": "hk_nowhere"}, "place 'hk_nowhere' is not known"),
    ],
)
def test_each_fault_of_a_month_is_told_with_what_it_counts(tmp_path, changes, words):
    found = faults(tmp_path, {**TRIPS, **changes}, reader=read_passengers)
    assert any(words in fault for fault in found), found


def test_a_month_that_stands_twice_is_told(tmp_path):
    found = faults(tmp_path, TRIPS, TRIPS, reader=read_passengers)
    assert found == ["figures.csv: 2026-02 hk_lo_wu arrival: stands twice"] * 2
