import pandas as pd

from metrics.breaks import breaks_in, era, eras
from metrics.indicators import Break, catalogue
from tests.metrics.frames import frame

DAYS = pd.Series(pd.to_datetime(["2019-12-31", "2020-01-01", "2024-06-30"]))


def test_an_era_counts_the_breaks_behind_a_day_and_the_day_itself_is_after():
    places = pd.Series(["shenzhen"] * 3)
    breaks = (Break(on=pd.Timestamp(2020, 1, 1).date()), Break(on=pd.Timestamp(2024, 1, 1).date()))
    assert era(places, DAYS, breaks).tolist() == [0, 1, 2]
    assert era(places, DAYS, ()).tolist() == [0, 0, 0]


def test_a_break_of_some_places_leaves_the_others_whole():
    places = pd.Series(["macao", "shenzhen", "macao"])
    breaks = (Break(on=pd.Timestamp(2020, 1, 1).date(), places=("shenzhen",)),)
    assert era(places, DAYS, breaks).tolist() == [0, 1, 0]


def test_breaks_come_from_the_catalogue_by_indicator():
    population = frame({"end": "2024-12-31"}, indicator_id="resident_population")
    assert breaks_in(population) == catalogue().get("resident_population").breaks
    assert breaks_in(frame({"end": "2024-12-31"})) == ()
    assert breaks_in(frame({"end": "2024-12-31"}, indicator_id="of_another_house")) == ()


def test_a_frame_of_several_indicators_has_each_rows_own_era():
    figures = frame(
        {"end": "2024-12-31"},
        {"end": "2024-12-31", "indicator_id": "resident_population"},
        {"end": "2024-12-31", "indicator_id": "resident_population", "place_id": "hong_kong"},
        {
            "start": "2020-01-01",
            "end": "2020-01-31",
            "indicator_id": "bcp_vehicles",
            "place_id": "hk_man_kam_to",
        },
        {
            "start": "2020-02-01",
            "end": "2020-02-29",
            "indicator_id": "bcp_vehicles",
            "place_id": "hk_man_kam_to",
        },
    )
    assert eras(figures).tolist() == [0, 1, 0, 0, 1]


def test_a_figure_worked_out_lies_in_the_era_of_what_it_was_divided_by_too():
    figures = frame({"end": "2019-12-31"}, {"end": "2021-12-31"}).assign(per_era=[0, 1])
    assert eras(figures).tolist() == [0, 1]
