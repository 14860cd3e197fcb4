"""Published figures by span: each stays what it is."""

from __future__ import annotations

import math
from datetime import date

import pandas as pd

from dashboards.desk import Filters
from dashboards.figures.rows import Row
from dashboards.panels import transport_published as published
from tests.dashboards.panels.drawn import NOW, on, told, view_of

WORDS = ("over", "about")


def held(desk, **asked):
    return published.Published(desk, Filters(**({"as_of": NOW} | asked)))


def said_of(desk, frame, **asked):
    filters = Filters(**({"as_of": NOW} | asked))
    return " | ".join(told(published.spans_tables(frame, view_of(desk, filters), "caption")))


def test_a_half_year_a_year_and_a_year_to_date_stand_in_tables_of_their_own(opening_desk):
    frame = held(opening_desk).of("mo_visitors_from_gba9")
    said = said_of(opening_desk, frame)
    for span, figure in (("year", "14,828,192"), ("half-year", "7,016,216"), ("year to date", "10,905,564")):
        part = said[said.index(f"| {span} |") if f"| {span} |" in said else said.index(span) :]
        assert figure in part
    assert said.index("14,828,192") < said.index("7,016,216") < said.index("10,905,564")


def test_qualifiers_bases_and_tiers_are_told_with_the_figure(opening_desk):
    said = said_of(opening_desk, held(opening_desk).of("bcp_vehicles", places=["zh_hzmb"]))
    assert "over 6,800,000" in said
    assert "counted by Zhuhai, third party" in said


def test_the_newest_of_each_series_stands_before_the_earlier_ones(opening_desk):
    said = said_of(opening_desk, held(opening_desk).of("mo_crossborder_vehicles"))
    newest, earlier = said.split("Earlier figures: 9")
    assert {"1,008,461", "9,177,604"} <= set(newest.split(" | "))
    assert "983,563" in earlier


def test_bases_are_never_one_series(opening_desk):
    frame = held(opening_desk).of("northbound_permits_issued")
    assert frame["counting_basis"].nunique() == 2
    assert len(frame[~published.by_span(frame).duplicated(published.ONE)]) == 2


def test_nothing_published_later_is_there(opening_desk):
    frame = held(opening_desk, as_of=on(2025, 5, 15)).frame
    assert (frame["known_at"] <= on(2025, 5, 15).instant).all()
    assert "southbound_gd_bookings" not in set(frame["indicator_id"])


def test_the_period_asked_for_narrows_the_figures(opening_desk):
    frame = held(opening_desk, start=date(2024, 1, 1), end=date(2024, 12, 31)).frame
    assert frame["period_end"].between("2024-01-01", "2024-12-31").all()
    assert len(frame)


def test_spans_have_an_order_and_a_name_each(opening_desk):
    frame = pd.DataFrame(
        {
            "span": ["point", "since", "half", "year"],
            "period_end": pd.Timestamp("2025-01-01"),
            "value": 1.0,
        }
    )
    assert published.by_span(frame)["span"].tolist() == ["year", "half", "since", "point"]
    assert all(opening_desk.words["en"].has(key) for key in published.SPANS.values())


def test_home_is_not_named_again(opening_desk):
    frame = held(opening_desk).of("hk_visitor_arrivals")
    view = view_of(opening_desk, Filters(as_of=NOW))
    named = " | ".join(told(published.spans_tables(frame, view, "caption")))
    quiet = " | ".join(told(published.spans_tables(frame, view, "caption", ["hong_kong"])))
    assert "Hong Kong, press" in named
    assert "Hong Kong, press" not in quiet


def test_bars_share_one_scale_and_tell_their_figures(opening_desk):
    view = view_of(opening_desk, Filters(as_of=NOW))
    rows = [("one", Row(value=50.0), "x"), ("two", Row(value=100.0, qualifier="over"), "")]
    made = published.bar_list(rows, view)
    assert "over 100" in list(told(made))
    widths = [line.children[1].children.style["width"] for line in made.children]
    assert widths == ["50.0%", "100.0%"]


def test_a_list_without_figures_draws(opening_desk):
    view = view_of(opening_desk, Filters(as_of=NOW))
    assert published.bar_list([], view).children == []
    assert math.isnan(Row().value)
