from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from metrics.warehouse.totals import Sum
from metrics.warehouse.values import breakdown, start_of_day
from tests.metrics.warehouse.made import DAY, MAY, figure, line, shown

pytestmark = pytest.mark.engine

PASSENGERS = "made_passengers"
FIRST = date(2024, 11, 20)


def series(place: str, direction: str, span: str = "day"):
    return line(PASSENGERS, place, breakdown=breakdown(direction=direction, group="all"), span=span)


def day_figure(place, direction, number, value, **more):
    day = FIRST + number * DAY
    known = more.pop("known", start_of_day(day + 2 * DAY))
    return figure(value, known, series=series(place, direction), period=(day, day), **more)


@pytest.fixture
def passengers(warehouse):
    rows = [
        day_figure(place, direction, number, 1 + number)
        for place in ("lo_wu", "hzmb")
        for direction in ("arrival", "departure")
        for number in range(60)
    ]
    warehouse.append(rows, run_id="a")
    return warehouse


def added(warehouse, as_of, every, by):
    """Return the same sums from the history itself."""
    frame = warehouse.history([PASSENGERS], as_of=as_of, spans=["day"])
    frame["direction"] = frame["breakdown"].str.extract("direction=([a-z]+)")[0]
    frame["period_start"] = frame["period_end"].dt.to_period(every).dt.start_time
    return frame.groupby([*by, "period_start"])["value"].agg(["sum", "count"]).reset_index()


@pytest.mark.parametrize(("every", "code"), [("day", "D"), ("month", "M"), ("year", "Y")])
@pytest.mark.parametrize("by", [(), ("place_id",), ("place_id", "direction")])
def test_sums_in_the_database_equal_sums_of_the_history(passengers, every, code, by):
    revised = [day_figure("lo_wu", "arrival", number, 100, known=MAY) for number in range(0, 60, 7)]
    gone = [
        day_figure("hzmb", "arrival", number, 1 + number, known=MAY, status="withdrawn") for number in (1, 50)
    ]
    passengers.append([*revised, *gone], run_id="b")
    for as_of in (MAY - DAY, MAY):
        found = passengers.totals(PASSENGERS, as_of=as_of, every=every, by=by)
        expected = added(passengers, as_of, code, by)
        assert found["value"].tolist() == expected["sum"].tolist()
        assert found["n"].tolist() == expected["count"].tolist()
        assert found["period_start"].tolist() == expected["period_start"].tolist()
        for name in by:
            assert found[name].tolist() == expected[name].tolist()


def test_a_period_of_a_sum_has_both_its_ends_and_when_the_last_figure_became_known(passengers):
    found = passengers.totals(PASSENGERS, as_of=MAY, every="month", by=["place_id"]).iloc[0]
    assert found["period_start"] == pd.Timestamp("2024-11-01")
    assert found["period_end"] == pd.Timestamp("2024-11-30")
    assert found["known_at"] == pd.Timestamp(start_of_day(date(2024, 12, 2)))


def test_only_days_within_the_bounds_and_day_figures_are_added_up(passengers):
    whole = figure(
        1e9, series=series("lo_wu", "arrival", "month"), period=(date(2024, 12, 1), date(2024, 12, 31))
    )
    passengers.append([whole], run_id="b")
    bounds = {"start": date(2024, 12, 1), "end": date(2024, 12, 2)}
    found = passengers.totals(PASSENGERS, as_of=MAY, every="year", by=[], **bounds)
    assert found["value"].tolist() == [4 * (12 + 13)]


def test_a_part_that_a_series_does_not_have_counts_under_the_empty_text(passengers):
    found = passengers.totals(PASSENGERS, as_of=MAY, every="year", by=["colour"])
    assert set(found["colour"]) == {""}


def test_sums_of_nothing_are_an_empty_frame_with_its_columns(warehouse):
    found = warehouse.totals("nothing", as_of=MAY, every="month", by=["place_id"])
    assert list(found.columns) == ["place_id", "period_start", "period_end", "value", "n", "known_at"]
    assert found.empty


def test_sums_are_remembered_until_there_is_news_and_an_earlier_question_stays_as_it_was(passengers):
    def ask(as_of, **more):
        return shown(passengers.totals(PASSENGERS, as_of=as_of, every="year", by=["place_id"], **more))

    now = passengers.stamp()
    first = ask(MAY)
    assert ask(MAY) == first
    passengers.append([day_figure("lo_wu", "arrival", 0, 1001, known=MAY - DAY)], run_id="b")
    assert sum(ask(MAY)) == sum(first) + 1000
    assert sum(ask(MAY - 2 * DAY)) == sum(first)
    assert ask(MAY, stamp=now) == first


def test_an_unknown_period_of_a_sum_is_refused_in_words():
    with pytest.raises(ValueError, match="expected one of day, month, year"):
        Sum(indicator="a", every="week", by=())
