"""Openings: when they were, and the passengers of the months before and after, or why they are not compared."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dashboards.desk import Filters
from dashboards.panels import transport_openings as openings
from dashboards.panels.transport_passengers import MONTHLY, Passengers
from tests.dashboards.panels.drawn import LANGUAGES, NOW, on, text, view_of

LINK, WAI = date(2024, 6, 30), date(2023, 2, 6)


def asked(desk, **filters):
    chosen = Filters(**({"as_of": NOW} | filters))
    return (
        openings.openings_panel(Passengers(desk, chosen))
        .query(desk, chosen)
        .set_index(["place_id", "opened"])
    )


def counted(desk, first: str, last: str):
    frame = desk.metrics.history(MONTHLY, NOW, spans=["month"])
    return frame[frame["period_start"].between(first, last)]


def test_openings_are_those_known_to_the_day_each_crossing_once(opening_desk):
    found = openings.openings(opening_desk, date(2026, 11, 21))
    told = {(one.day, one.place_id) for one in found}
    assert {(LINK, "link_sz_zs"), (WAI, "hk_heung_yuen_wai"), (date(2018, 10, 24), "hk_hzmb")} <= told
    assert (WAI, "sz_liantang") not in told
    assert (date(2018, 10, 24), "zh_hzmb") not in told
    assert [one.day for one in found] == sorted(one.day for one in found)
    assert next(one.later for one in found if one.day == WAI)


def test_what_had_not_opened_is_not_told(opening_desk):
    assert LINK not in {one.day for one in openings.openings(opening_desk, date(2024, 6, 29))}
    assert LINK in {one.day for one in openings.openings(opening_desk, LINK)}


def test_the_month_of_the_opening_is_in_neither_year_unless_it_opened_on_its_first_day():
    whole = openings.around(date(2007, 7, 1))
    assert [str(day.date()) for day in (*whole.before, *whole.after)] == [
        "2006-07-01", "2007-06-30", "2007-07-01", "2008-06-30",
    ]  # fmt: skip
    part = openings.around(WAI)
    assert [str(day.date()) for day in (*part.before, *part.after)] == [
        "2022-02-01", "2023-01-31", "2023-03-01", "2024-02-29",
    ]  # fmt: skip


def test_an_opening_tells_the_twelve_months_on_both_sides_where_all_were_counted(opening_desk):
    frame = asked(opening_desk)
    wai = frame.loc[("hk_heung_yuen_wai", "2023-02-06")]
    after = counted(opening_desk, "2023-03-01", "2024-02-29")
    before = counted(opening_desk, "2022-02-01", "2023-01-31")
    land = [one.id for one in opening_desk.atlas.crossings
            if one.city_id == "hong_kong" and one.mode in {"land", "rail"}]  # fmt: skip
    assert wai["first_year"] == after.loc[after["place_id"].eq("hk_heung_yuen_wai"), "value"].sum()
    assert wai["after"] == after.loc[after["place_id"].isin(land), "value"].sum()
    assert wai["before"] == before.loc[before["place_id"].isin(land), "value"].sum()
    assert wai["before"] < wai["after"]
    assert frame["first_year"].notna().sum() == frame["before"].notna().sum() == 1


def test_control_points_that_counted_nobody_are_told_with_the_comparison(opening_desk):
    wai = asked(opening_desk).loc[("hk_heung_yuen_wai", "2023-02-06")]
    before = counted(opening_desk, "2022-02-01", "2023-01-31")
    months = before.groupby(["place_id", "period_start"])["value"].sum()
    assert months["hk_lo_wu"].eq(0).all()
    assert 0 < wai["quiet"] < wai["others"]
    held = Passengers(opening_desk, Filters(as_of=NOW))
    said = text(openings.openings_panel(held), opening_desk, Filters(as_of=NOW))
    assert f"{wai['quiet']:.0f} of {wai['others']:.0f} counted nobody" in said
    assert "first twelve months" in said


def test_what_is_not_compared_says_why(opening_desk):
    why = asked(opening_desk)["why"]
    assert why[("hk_hzmb", "2018-10-24")] == why[("hk_west_kowloon", "2018-09-23")] == "not_reached"
    assert why[("link_sz_zs", "2024-06-30")] == "not_counted"
    assert why[("hk_heung_yuen_wai", "2020-08-26")] == "no_passengers"
    assert asked(opening_desk, as_of=on(2023, 12, 1))["why"][("hk_heung_yuen_wai", "2023-02-06")] != ""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_reason_is_said_in_the_readers_words(opening_desk, lang):
    filters = Filters(as_of=NOW, lang=lang)
    view = view_of(opening_desk, filters)
    frame = asked(opening_desk, lang=lang).reset_index()
    for row in frame.itertuples():
        assert openings.said_of(row, view)
        assert all("{" not in sentence for sentence in openings.said_of(row, view))


def test_the_period_and_the_places_asked_for_change_no_comparison(opening_desk):
    plain = asked(opening_desk)
    for filters in ({"end": date(2019, 12, 31)}, {"start": date(2025, 1, 1)}, {"places": ("hk_lo_wu",)}):
        assert asked(opening_desk, **filters).equals(plain)


def test_while_the_year_after_runs_the_opening_is_not_compared(opening_desk, monkeypatch):
    held = Passengers(opening_desk, Filters(as_of=NOW))
    months = held.by_place(*(openings.around(WAI).before[0], openings.around(WAI).after[1]))
    cut = months[months["period_start"] < "2024-01-01"]
    monkeypatch.setattr(Passengers, "by_place", lambda *_: cut)
    wai = asked(opening_desk).loc[("hk_heung_yuen_wai", "2023-02-06")]
    assert (wai["why"], wai["before"] == wai["before"]) == ("not_over", False)


def test_days_and_months_of_the_count_tell_the_same_months(days_desk):
    filters = Filters(as_of=NOW)
    daily = Passengers(days_desk, filters)
    span = openings.around(date(2024, 2, 1))
    found = daily.by_place(*span.after)
    monthly = daily.monthly(("place_id",))
    shared = monthly.merge(found, on=["place_id", "period_start"])
    assert len(shared)
    assert shared["value_x"].equals(shared["value_y"])
    before = replace(filters, end=date(2000, 1, 1))
    assert Passengers(days_desk, before).by_place(*span.after).equals(found)


def test_the_newest_opening_stands_first_and_none_is_later_than_the_as_of(opening_desk):
    filters = Filters(as_of=on(2023, 1, 1))
    said = text(openings.openings_panel(Passengers(opening_desk, filters)), opening_desk, filters)
    assert "Shenzhen-Zhongshan Link" not in said
    assert "opened to passengers" not in said
    assert said.index("Qingmao") < said.index("Lok Ma Chau Spur")
