from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from metrics.warehouse.tables import READING
from metrics.warehouse.values import Counts, end_of_day, start_of_day
from metrics.warehouse.warehouse import open_warehouse
from tests.metrics.warehouse.made import DAY, line, reading

pytestmark = pytest.mark.engine

NOON = datetime(2026, 3, 10, 4, tzinfo=UTC)  # 12:00 in Hong Kong
QUARTER = timedelta(minutes=15)
SLOTS = "made_readings"
TOTALS = ["n", "sum", "weight", "min", "max", "last"]


def rolled(warehouse, every="day") -> list[tuple]:
    frame = warehouse.rollup([SLOTS], every=every)
    return [tuple(row) for row in frame[["period_start", *TOTALS]].itertuples(index=False)]


def recounted(warehouse, every: str) -> list[tuple]:
    """Return what the readings themselves add up to."""
    frame = warehouse.readings([SLOTS])
    local = frame["at"].dt.tz_convert("Asia/Hong_Kong").dt.tz_localize(None)
    frame["period"] = local.dt.to_period("D" if every == "day" else "M").dt.start_time
    found = []
    for (_, period), rows in frame.sort_values("at").groupby(["series_id", "period"]):
        found.append(
            (period, rows["n"].sum(), rows["sum"].sum(), rows["weight"].sum(), rows["value"].min(),
             rows["value"].max(), rows["value"].iloc[-1])
        )  # fmt: skip
    return found


def test_a_replay_adds_nothing(warehouse):
    rows = [reading(NOON, 3), reading(NOON, 5, minutes=2), reading(NOON + QUARTER, 7)]
    assert warehouse.append_readings(rows, run_id="a") == Counts(new=3)
    before = rolled(warehouse)
    assert warehouse.append_readings(rows, run_id="b") == Counts(unchanged=3)
    assert warehouse.append_readings([rows[1]], run_id="c") == Counts(unchanged=1)
    assert rolled(warehouse) == before
    assert warehouse.readings([SLOTS])["sum"].tolist() == [8.0, 7.0]


def test_minutes_of_one_slot_add_up_to_their_mean_and_day_and_month_follow(warehouse):
    warehouse.append_readings([reading(NOON, 30)], run_id="a")
    warehouse.append_readings([reading(NOON, 10, minutes=4)], run_id="b")
    frame = warehouse.readings([SLOTS])
    assert frame["value"].tolist() == [20.0]
    assert frame["minutes"].tolist() == [5]
    for every in ("day", "month"):
        assert [row[1:] for row in rolled(warehouse, every)] == [(2, 40.0, 2.0, 20.0, 20.0, 20.0)]


def test_a_day_is_a_hong_kong_day(warehouse):
    midnight = start_of_day(date(2026, 3, 11))
    warehouse.append_readings([reading(midnight - QUARTER, 1), reading(midnight, 2)], run_id="a")
    frame = warehouse.rollup([SLOTS], every="day")
    assert [day.date() for day in frame["period_start"]] == [date(2026, 3, 10), date(2026, 3, 11)]
    month = warehouse.rollup([SLOTS], every="month")
    assert [day.date() for day in month["period_end"]] == [date(2026, 3, 31)]


def test_rollups_equal_the_sum_of_the_readings_whatever_comes_when(warehouse):
    rng = random.Random(7)
    rows = [
        reading(
            NOON + QUARTER * rng.randrange(600),
            rng.randrange(1, 60),
            minutes=1 << rng.randrange(15),
            series=series,
        )
        for series in (line(SLOTS, place, span="other") for place in ("a", "b"))
        for _ in range(400)
    ]
    for start in range(0, len(rows), 90):
        warehouse.append_readings(rows[start : start + 90] + rng.sample(rows[: start + 1], 1), run_id="a")
    for every in ("day", "month"):
        for kept, counted_anew in zip(
            sorted(rolled(warehouse, every)), sorted(recounted(warehouse, every)), strict=True
        ):
            assert kept[0] == counted_anew[0]
            assert kept[1:] == pytest.approx(counted_anew[1:])


def test_rollups_are_bounded_by_days_and_readings_by_instants(warehouse):
    warehouse.append_readings([reading(NOON + DAY * n, n + 1) for n in range(4)], run_id="a")
    days = warehouse.rollup([SLOTS], every="day", start=date(2026, 3, 11), end=date(2026, 3, 12))
    assert days["value"].tolist() == [2.0, 3.0]
    part = warehouse.readings([SLOTS], start=NOON + DAY, end=NOON + 3 * DAY)
    assert part["value"].tolist() == [2.0, 3.0]
    assert warehouse.readings(["nothing"]).empty
    assert warehouse.rollup(["nothing"], every="month").empty
    assert warehouse.readings([SLOTS], places=["nowhere"]).empty


def test_readings_are_kept_so_many_days_back_and_rollups_for_good(engine_url):
    warehouse = open_warehouse(engine_url, keep_readings_days=3)
    warehouse.migrate()
    for number in range(8):
        warehouse.append_readings([reading(NOON + DAY * number, number + 1)], run_id="a")
    assert warehouse.readings([SLOTS])["value"].tolist() == [5.0, 6.0, 7.0, 8.0]
    assert len(rolled(warehouse)) == 8
    # What is forgotten can't be told from news, so a replay of it is not taken.
    assert warehouse.append_readings([reading(NOON, 1)], run_id="b") == Counts(unchanged=1)
    assert len(rolled(warehouse)) == 8
    assert warehouse.readings([SLOTS])["value"].tolist() == [5.0, 6.0, 7.0, 8.0]
    warehouse.close()


def test_the_lowest_slot_that_rises_is_counted_anew(warehouse):
    warehouse.append_readings([reading(NOON, 2), reading(NOON + QUARTER, 9)], run_id="a")
    warehouse.append_readings([reading(NOON, 20, minutes=2)], run_id="b")
    assert rolled(warehouse)[0][1:] == (3, 31.0, 3.0, 9.0, 11.0, 9.0)
    assert rolled(warehouse, "month")[0][1:] == (3, 31.0, 3.0, 9.0, 11.0, 9.0)


def counted(warehouse, table: str) -> int:
    with warehouse.engine.sa.connect() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(sa.table(table))).scalar_one()


def test_on_postgresql_a_partition_that_cannot_be_made_now_does_not_hold_up_the_loading(warehouse):
    if warehouse.dialect != "postgresql":
        pytest.skip("partitions are PostgreSQL's")
    with warehouse.engine.sa.connect() as reader:
        reader.execute(sa.select(READING)).all()  # holds the table against a change of its form
        warehouse.append_readings([reading(datetime(2025, 2, 10, tzinfo=UTC))], run_id="a")
    assert counted(warehouse, "reading_rest") == 1


def test_on_postgresql_rows_that_came_before_their_month_s_partition_move_into_it(warehouse):
    if warehouse.dialect != "postgresql":
        pytest.skip("partitions are PostgreSQL's")
    other = line(SLOTS, "other", span="other")
    old = datetime(2025, 2, 10, tzinfo=UTC)
    rows = [reading(old + n * 31 * DAY, n) for n in range(1, 3)]
    warehouse.append_readings([reading(old, 5), *rows], run_id="a")
    assert counted(warehouse, "reading_rest") == 2
    warehouse.append_readings([reading(old, 6, series=other)], run_id="b")
    assert counted(warehouse, "reading_rest") == 0
    assert counted(warehouse, "reading_2025_02") == 2
    assert counted(warehouse, "reading") == 4
    assert sorted(warehouse.readings([SLOTS])["value"]) == [1.0, 2.0, 5.0, 6.0]


def test_the_end_of_a_day_belongs_to_it(warehouse):
    last = end_of_day(date(2026, 3, 10)) + timedelta(microseconds=1) - QUARTER
    warehouse.append_readings([reading(last)], run_id="a")
    assert warehouse.rollup([SLOTS], every="day")["period_start"][0].date() == date(2026, 3, 10)


def test_nothing_to_add_is_no_news(warehouse):
    assert warehouse.append_readings([], run_id="a") == Counts()
    assert warehouse.reading_stamp() == 0


def test_an_unknown_period_of_a_rollup_is_refused_in_words(warehouse):
    with pytest.raises(ValueError, match="expected one of day, month"):
        warehouse.rollup([SLOTS], every="week")
