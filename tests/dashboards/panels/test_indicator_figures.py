from __future__ import annotations

from dataclasses import replace
from datetime import date

from dashboards.desk import Filters
from dashboards.panels.indicator_figures import MOST_LINES, places_choice, series_frame, series_panel
from metrics.asof import now_as_of
from metrics.warehouse.values import Observation, Series, breakdown, start_of_day
from metrics.warehouse.warehouse import open_warehouse
from tests.dashboards.panels.drawn import NOW, text, told, view_of
from tests.dashboards.panels.indicator_pages import told_of
from tests.opened import NOW as CLOCK


def frame(desk, item, as_of=NOW, **more):
    page = told_of(desk, item, as_of, **more)
    return series_frame(page, desk, page.filters)


def test_the_figures_drawn_are_those_of_the_warehouse(opening_desk):
    drawn = frame(opening_desk, "cbps_services_hk")
    history = opening_desk.metrics.history("cbps_services_hk", NOW)
    assert drawn["value"].tolist() == history["value"].tolist()
    assert drawn["qualifier"].tolist() == history["qualifier"].tolist()


def test_periods_of_different_kinds_are_not_drawn_together(opening_desk):
    assert frame(opening_desk, "visitor_arrivals")["span"].nunique() == 1


def test_at_most_six_series_are_drawn_and_it_says_so(opening_desk):
    many = next(
        one.id
        for one in opening_desk.catalogue
        if one.frequency != "daily"
        and opening_desk.metrics.latest(one.id, NOW)["series_id"].nunique() > MOST_LINES
        and not told_of(opening_desk, one.id).narrow
    )
    page = told_of(opening_desk, many)
    assert frame(opening_desk, many)["series_id"].nunique() <= MOST_LINES
    assert "series are drawn" in text(series_panel(page), opening_desk, page.filters)


def test_the_period_of_the_address_narrows_it(opening_desk):
    asked = frame(opening_desk, "mobile_subscriptions", start=date(2020, 1, 1), end=date(2021, 12, 31))
    assert asked["period_end"].between("2020-01-01", "2021-12-31").all()
    assert len(asked)


def test_parts_of_one_place_are_named_by_the_part(opening_desk):
    page = told_of(opening_desk, "bcp_passengers_monthly")
    assert "arrivals / Hong Kong residents" in text(series_panel(page), opening_desk, page.filters)


def test_daily_figures_are_summed_by_whole_months(opening_desk, tmp_path):
    warehouse = open_warehouse(f"sqlite:///{tmp_path / 'days.db'}")
    warehouse.migrate()
    days = [
        date(2026, month, day) for month, last in ((9, 30), (10, 31), (11, 5)) for day in range(1, last + 1)
    ]
    days.remove(date(2026, 9, 12))
    warehouse.append(
        [
            Observation(
                series=Series(
                    indicator_id="bcp_passengers_daily", place_id="hk_lo_wu", span="day", unit="passengers/day",
                    breakdown=breakdown(direction=direction, group="other_visitors"),
                ),
                period_start=day, period_end=day, known_at=start_of_day(day), value=2.0, source_id="made",
            )
            for day in days
            for direction in ("arrival", "departure")
        ],
        run_id="a",
    )  # fmt: skip
    desk = replace(opening_desk, metrics=replace(opening_desk.metrics, warehouse=warehouse))
    sums = frame(desk, "bcp_passengers_daily", now_as_of(CLOCK))
    assert sums[["period_start", "value"]].astype(str).to_numpy().tolist() == [["2026-10-01", "124.0"]]
    warehouse.close()


def test_live_readings_are_not_drawn_here(opening_desk):
    page = told_of(opening_desk, "road_speed_kmh")
    assert "live readings, shown on the transport page" in text(
        series_panel(page), opening_desk, page.filters
    )


def test_places_are_chosen_by_chips_where_they_are_few_and_by_a_list_where_many(opening_desk):
    few = places_choice(told_of(opening_desk, "fiveg_base_stations"), _view(opening_desk))
    assert "all places" in list(told(few))
    many = places_choice(told_of(opening_desk, "bcp_passengers_monthly"), _view(opening_desk))
    assert many.action == "/indicators/bcp_passengers_monthly"


def _view(desk):
    return view_of(desk, Filters(as_of=NOW))
