from __future__ import annotations

from datetime import timedelta

import pytest

from metrics.warehouse.batch import batch_of
from metrics.warehouse.values import Counts
from metrics.warehouse.warehouse import open_warehouse
from tests.metrics.warehouse.made import DAY, INDICATOR, LONG_AFTER, MAY, figure, line, reading, shown

pytestmark = pytest.mark.engine


def test_a_warehouse_opened_again_has_what_it_had(warehouse, engine_url):
    warehouse.append([figure(1)], run_id="a")
    warehouse.append_readings([reading(MAY)], run_id="a")
    again = open_warehouse(engine_url)
    assert again.migrate() == []
    assert (again.stamp(), again.reading_stamp()) == (warehouse.stamp(), warehouse.reading_stamp())
    assert shown(again.latest([INDICATOR], as_of=MAY)) == [1.0]
    again.close()


def test_figures_in_columns_are_loaded_as_those_handed_in_one_by_one_are(warehouse):
    rows = [figure(1), figure(2, MAY + DAY), figure(2, MAY + 2 * DAY)]
    assert warehouse.load(batch_of(rows), run_id="a") == Counts(new=2, unchanged=1)
    assert warehouse.append(rows, run_id="b") == Counts(unchanged=3)


def test_nothing_handed_in_is_no_news(warehouse):
    assert warehouse.append([], run_id="a") == Counts()
    assert warehouse.append_events(run_id="a") == Counts()
    assert warehouse.stamp() == 0


def test_figures_readings_and_the_end_of_a_run_are_loaded_in_one(warehouse):
    run_id = warehouse.open_run("made", trigger="hand", logical_time="ab")
    with warehouse.loading(run_id) as loading:
        loading.append([figure(1)])
        loading.append_readings([reading(MAY)])
        assert warehouse.latest([INDICATOR], as_of=LONG_AFTER).empty
        assert warehouse.readings(["made_readings"]).empty
        assert warehouse.run(run_id).status == "started"
        loading.end_run("loaded", {"new": 2})
    assert shown(warehouse.latest([INDICATOR], as_of=LONG_AFTER)) == [1.0]
    assert len(warehouse.readings(["made_readings"])) == 1
    assert warehouse.run(run_id).status == "loaded"


def test_a_past_is_rebuilt_with_its_own_instants_of_recording(warehouse):
    for number in range(3):
        at = MAY + number * DAY
        warehouse.append([figure(number, at)], run_id="a", recorded_at=at + timedelta(hours=1))
    recorded = warehouse.vintages([INDICATOR])["recorded_at"]
    assert [(at - MAY) / DAY for at in recorded] == pytest.approx([1 / 24, 1 + 1 / 24, 2 + 1 / 24])


def test_series_are_listed_with_those_of_readings_among_them(warehouse):
    warehouse.append([figure(1), figure(1, series=line(place="macao"))], run_id="a")
    warehouse.append_readings([reading(MAY)], run_id="a")
    found = warehouse.series([INDICATOR, "made_readings"])
    assert sorted(zip(found["indicator_id"], found["place_id"], strict=True)) == [
        (INDICATOR, "hong_kong"), (INDICATOR, "macao"), ("made_readings", "hong_kong")
    ]  # fmt: skip
    assert warehouse.series([INDICATOR], places=["macao"])["series_id"].tolist() == [line(place="macao").id]


def test_the_engine_is_named(warehouse):
    assert warehouse.dialect in ("sqlite", "postgresql")
