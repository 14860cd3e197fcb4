"""What an analyst asks is answered by the figures there are, and by nothing that they do not prove."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest

from geo.places import atlas
from metrics.agenda import agenda
from metrics.asof import instant_as_of, now_as_of
from metrics.explore import POINTS, Question, explored
from metrics.indicators import catalogue
from metrics.queries import Metrics, NotForViewer
from metrics.warehouse.values import Observation, Series, breakdown, start_of_day

RECORDED = datetime(2024, 3, 1, tzinfo=UTC)
NOW = now_as_of(RECORDED + timedelta(days=1))
STATIONS, POPULATION, AREA = "fiveg_base_stations", "resident_population", "land_area_km2"
DAILY, MONTHLY, SHARE = "bcp_passengers_daily", "bcp_passengers_monthly", "fiveg_share_of_mobile_pct"


def one(indicator: str, place: str, end: date, value: float, **more) -> Observation:
    start = more.pop("start", end)
    kept = {name: more.pop(name) for name in ("span", "counting_basis", "breakdown") if name in more}
    kept.setdefault("span", "point")
    series = Series(indicator_id=indicator, place_id=place, unit=catalogue().get(indicator).unit, **kept)
    more.setdefault("known_at", datetime(2024, 2, 1, tzinfo=UTC))
    return Observation(
        series=series, period_start=start, period_end=end, value=value, source_id="demo", **more
    )


def days() -> list[Observation]:
    """Two control points in January and the first half of February 2024, six parts a day, one part missing."""
    found = []
    for n in range(45):
        day = date(2024, 1, 1) + timedelta(days=n)
        for place in ("hk_lo_wu", "hk_hzmb"):
            for direction in ("arrival", "departure"):
                for at, group in enumerate(("hong_kong_residents", "mainland_visitors", "other_visitors")):
                    if (place, n, direction, at) == ("hk_hzmb", 10, "arrival", 2):
                        continue
                    part = breakdown(direction=direction, group=group)
                    found.append(
                        one(
                            DAILY,
                            place,
                            day,
                            10.0 * (at + 1),
                            span="day",
                            breakdown=part,
                            known_at=start_of_day(day),
                        )
                    )
    return found


def others() -> list[Observation]:
    stock = [
        one(STATIONS, "shenzhen", date(2020, 12, 31), 40_000, counting_basis="municipal"),
        one(STATIONS, "shenzhen", date(2021, 12, 31), 50_000, counting_basis="municipal"),
        one(STATIONS, "shenzhen", date(2022, 12, 31), 65_000, counting_basis="municipal", qualifier="over"),
        one(STATIONS, "shenzhen", date(2021, 12, 31), 45_000, counting_basis="provincial"),
        one(STATIONS, "macao", date(2022, 12, 31), 1_000),
    ]
    below = [
        one(POPULATION, "shenzhen", date(2021, 12, 31), 17_680_000),
        one(AREA, "shenzhen", date(2020, 12, 31), 2_000),
    ]
    shares = [one(SHARE, "macao", date(2022, 12, 31), 20.0), one(SHARE, "macao", date(2023, 12, 31), 45.5)]
    months = [
        one(
            MONTHLY, "hk_lo_wu", date(2023, month, 28), 100.0 * month, start=date(2023, month, 1), span="month",
            breakdown=breakdown(direction=direction, group="mainland_visitors"),
        )
        for month in (1, 2)
        for direction in ("arrival", "departure")
    ]  # fmt: skip
    return [*stock, *below, *shares, *months]


@pytest.fixture
def metrics(sqlite_warehouse) -> Metrics:
    run = sqlite_warehouse.open_run("demo", trigger="hand", logical_time=RECORDED)
    sqlite_warehouse.append([*days(), *others()], run_id=run, recorded_at=RECORDED)
    return Metrics(warehouse=sqlite_warehouse, catalogue=catalogue(), agenda=agenda(), atlas=atlas())


def ask(metrics: Metrics, *indicators: str, as_of=NOW, **more) -> pd.DataFrame:
    return explored(metrics, Question(indicators=indicators, **more), as_of)


def cells(frame: pd.DataFrame, *names: str) -> list[tuple]:
    return list(frame[list(names)].itertuples(index=False, name=None))


def test_days_add_up_to_months_and_say_nothing_of_months_that_lack_a_day_or_a_part(metrics: Metrics) -> None:
    frame = ask(metrics, DAILY, every="month", places=("hk_lo_wu", "hk_hzmb"))
    found = {(row.place_id, row.period_end.month): (row.value, row.reason) for row in frame.itertuples()}
    assert found["hk_lo_wu", 1] == (31 * 120.0, "")
    for lacking in (("hk_lo_wu", 2), ("hk_hzmb", 1)):
        value, reason = found[lacking]
        assert pd.isna(value)
        assert reason == "incomplete"
    assert set(frame["unit"]) == {"person-trips"}


def test_the_parts_of_a_day_add_up_unless_they_are_kept_apart(metrics: Metrics) -> None:
    on = {"places": ("hk_lo_wu",), "every": "day", "start": date(2024, 1, 5), "end": date(2024, 1, 5)}
    assert cells(ask(metrics, DAILY, **on), "breakdown", "value") == [("", 120.0)]
    assert cells(ask(metrics, DAILY, split=("direction",), **on), "breakdown", "value") == [
        ("direction=arrival", 60.0),
        ("direction=departure", 60.0),
    ]
    only = (("group", "other_visitors"),)
    assert cells(ask(metrics, DAILY, parts=only, **on), "value") == [(60.0,)]
    both = ask(metrics, DAILY, parts=only, split=("direction",), **on)
    assert cells(both, "breakdown", "value") == [("direction=arrival", 30.0), ("direction=departure", 30.0)]


def test_published_parts_add_up_too(metrics: Metrics) -> None:
    frame = ask(metrics, MONTHLY)
    assert cells(frame, "value", "span", "derived") == [(200.0, "month", True), (400.0, "month", True)]
    assert ask(metrics, MONTHLY, split=("direction",))["value"].tolist() == [100.0, 200.0, 100.0, 200.0]


def test_counting_bases_are_never_joined(metrics: Metrics) -> None:
    frame = ask(metrics, STATIONS, places=("shenzhen",))
    assert frame.groupby("counting_basis").size().to_dict() == {"municipal": 3, "provincial": 1}
    assert set(ask(metrics, STATIONS, bases=("provincial",))["counting_basis"]) == {"provincial"}
    changes = ask(metrics, STATIONS, places=("shenzhen",), change="previous")
    assert changes[changes["counting_basis"].eq("provincial")]["reason"].tolist() == ["no_earlier"]


def test_a_change_keeps_what_its_qualifiers_prove_and_states_nothing_else(metrics: Metrics) -> None:
    frame = ask(metrics, STATIONS, places=("shenzhen",), bases=("municipal",), change="previous")
    assert cells(frame.iloc[1:], "value", "qualifier", "unit") == [(25.0, "exact", "%"), (30.0, "over", "%")]
    assert frame.iloc[0]["reason"] == "no_earlier"
    index = ask(
        metrics, STATIONS, places=("shenzhen",), bases=("municipal",), change="index", base=date(2022, 12, 31)
    )
    assert cells(index, "reason") == [("",), ("",), ("",)]
    assert index["qualifier"].tolist() == ["under", "under", "exact"]
    assert index["value"].tolist() == [61.6, 77.0, 100.0]


def test_percentages_change_by_points(metrics: Metrics) -> None:
    frame = ask(metrics, SHARE, change="year")
    assert cells(frame[frame["reason"].eq("")], "value", "unit") == [(25.5, POINTS)]


def test_figures_are_shared_out_by_what_was_published_and_percentages_never(metrics: Metrics) -> None:
    frame = ask(metrics, STATIONS, SHARE, per="km2")
    stated = frame[frame["reason"].eq("")]
    assert cells(stated, "place_id", "counting_basis", "value", "unit") == [
        ("shenzhen", "municipal", 20.0, "per km²"),
        ("shenzhen", "municipal", 25.0, "per km²"),
        ("shenzhen", "municipal", 32.5, "per km²"),
        ("shenzhen", "provincial", 22.5, "per km²"),
    ]
    silent = frame[frame["reason"].ne("")]
    assert set(cells(silent, "indicator_id", "reason")) == {
        (STATIONS, "no_denominator"),
        (SHARE, "not_shareable"),
    }


def test_a_place_asked_for_without_a_figure_has_a_row_that_says_why(metrics: Metrics) -> None:
    frame = ask(metrics, STATIONS, places=("shenzhen", "zhuhai"), start=date(2022, 1, 1))
    assert cells(frame, "place_id", "absence", "reason") == [
        ("shenzhen", "", ""),
        ("zhuhai", "no_figure", ""),
    ]


def test_nothing_is_known_before_it_was_said(metrics: Metrics) -> None:
    before = instant_as_of(datetime(2024, 1, 10, tzinfo=UTC), clock=RECORDED)
    assert ask(metrics, STATIONS, as_of=before).empty
    frame = ask(metrics, DAILY, every="day", places=("hk_lo_wu",), as_of=before)
    assert frame["period_end"].max() == pd.Timestamp("2024-01-10")


def test_a_day_view_is_of_its_newest_days_where_no_period_is_asked_for(metrics: Metrics) -> None:
    assert len(ask(metrics, DAILY, places=("hk_lo_wu",))) == 45
    assert ask(metrics, DAILY, every="month", end=date(2023, 12, 31)).empty


def test_a_change_at_the_first_asked_period_still_has_the_one_before(metrics: Metrics) -> None:
    frame = ask(metrics, DAILY, places=("hk_lo_wu",), every="day", change="previous", start=date(2024, 1, 5))
    assert frame.iloc[0]["value"] == 0.0
    assert frame["reason"].eq("").all()


def test_what_the_viewer_may_not_see_is_refused(metrics: Metrics, monkeypatch) -> None:
    monkeypatch.setattr(type(metrics), "may_see", lambda *_: False)
    monkeypatch.setattr(type(catalogue().get(STATIONS)), "audience", "group", raising=False)
    with pytest.raises(NotForViewer):
        ask(metrics, STATIONS)


def test_figures_keep_the_order_of_the_question(metrics: Metrics) -> None:
    frame = ask(metrics, SHARE, STATIONS, places=("macao", "shenzhen"))
    pairs = list(dict.fromkeys(cells(frame, "indicator_id", "place_id")))
    assert pairs == [(SHARE, "macao"), (SHARE, "shenzhen"), (STATIONS, "macao"), (STATIONS, "shenzhen")]


def test_a_break_in_a_series_is_marked_where_it_lies_and_no_change_reaches_across_it(
    sqlite_warehouse,
) -> None:
    (first,) = [one for one in catalogue().get(POPULATION).breaks if one.on.year == 2020][:1]
    place = first.places[0] if first.places else "guangzhou"
    run = sqlite_warehouse.open_run("demo", trigger="hand", logical_time=RECORDED)
    years = [one(POPULATION, place, date(year, 12, 31), 1e6 + year) for year in (2018, 2019, 2020, 2021)]
    sqlite_warehouse.append(years, run_id=run, recorded_at=RECORDED)
    metrics = Metrics(warehouse=sqlite_warehouse, catalogue=catalogue(), agenda=agenda(), atlas=atlas())
    frame = ask(metrics, POPULATION)
    marked = frame.loc[frame["series_break"], "period_end"].dt.date.tolist()
    assert marked == [min(end for end in frame["period_end"].dt.date if end >= first.on)]
    changes = ask(metrics, POPULATION, change="year")
    assert changes.loc[changes["series_break"], "value"].isna().all()
