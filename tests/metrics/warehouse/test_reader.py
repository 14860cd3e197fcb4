from __future__ import annotations

from datetime import date

import pytest

from metrics.warehouse.frames import COLUMNS
from tests.metrics.warehouse.made import DAY, INDICATOR, LONG_AFTER, MAY, figure, line, reading, shown

pytestmark = pytest.mark.engine

TYPES = {
    "series_id": "int64",
    "value": "float64",
    "period_start": "datetime64[us]",
    "period_end": "datetime64[us]",
    "known_at": "datetime64[us, UTC]",
    "recorded_at": "datetime64[us, UTC]",
}


def types(frame) -> dict[str, str]:
    return {name: str(kind) for name, kind in frame.dtypes.items()}


def test_frames_have_the_same_columns_and_types_full_or_empty(warehouse):
    warehouse.append([figure(1)], run_id="a")
    frames = [
        ask([name], as_of=LONG_AFTER)
        for ask in (warehouse.latest, warehouse.history, warehouse.vintages)
        for name in (INDICATOR, "nothing")
    ]
    for frame in frames:
        assert tuple(frame.columns) == COLUMNS
        assert types(frame) == {name: TYPES.get(name, "str") for name in COLUMNS}
    assert [len(frame) for frame in frames] == [1, 0] * 3


def test_frames_of_readings_have_the_same_types_full_or_empty(warehouse):
    warehouse.append_readings([reading(MAY)], run_id="a")
    for ask in (warehouse.readings, lambda names: warehouse.rollup(names, every="day")):
        full, empty = ask(["made_readings"]), ask(["nothing"])
        assert types(full) == types(empty)
        assert len(full) == 1
        assert empty.empty


def test_the_newest_figures_come_by_indicator_place_and_breakdown(warehouse):
    rows = [
        figure(n, series=line(indicator, place, breakdown=parts))
        for n, (indicator, place, parts) in enumerate(
            [("b", "x", ""), ("a", "y", ""), ("a", "x", "k=2"), ("a", "x", "k=1")], start=1
        )
    ]
    warehouse.append(rows, run_id="a")
    assert shown(warehouse.latest(["a", "b"], as_of=LONG_AFTER)) == [4.0, 3.0, 2.0, 1.0]


def test_vintages_tell_each_revision_once_and_raw_tells_every_row(warehouse):
    warehouse.append([figure(10), figure(12, MAY + 4 * DAY)], run_id="a")
    warehouse.append([figure(12, MAY + 2 * DAY), figure(11)], run_id="b")
    told = warehouse.vintages([INDICATOR])
    assert shown(told) == [11.0, 12.0]
    assert [known.day for known in told["known_at"]] == [15, 17]
    assert shown(warehouse.vintages([INDICATOR], raw=True)) == [10.0, 11.0, 12.0, 12.0]
    assert shown(warehouse.vintages([INDICATOR], as_of=MAY)) == [11.0]
    assert warehouse.vintages([INDICATOR], places=["macao"]).empty


def test_a_series_stored_by_another_process_gets_its_names(warehouse, engine_url):
    from metrics.warehouse.warehouse import open_warehouse

    warehouse.append([figure(1)], run_id="a")
    assert warehouse.latest([INDICATOR], as_of=LONG_AFTER)["place_id"].tolist() == ["hong_kong"]
    other = open_warehouse(engine_url)
    other.append([figure(2, series=line(place="macao"))], run_id="b")
    other.close()
    assert warehouse.latest([INDICATOR], as_of=LONG_AFTER)["place_id"].tolist() == ["hong_kong", "macao"]
    assert warehouse.series([INDICATOR])["place_id"].tolist().count("macao") == 1


def test_history_comes_by_series_and_period(warehouse):
    rows = [figure(n, period=(date(2025, n, 1), date(2025, n, 20))) for n in (3, 1, 2)]
    warehouse.append(rows, run_id="a")
    assert shown(warehouse.history([INDICATOR], as_of=LONG_AFTER)) == [1.0, 2.0, 3.0]


def test_a_text_for_a_list_of_indicators_is_refused_in_words(warehouse):
    with pytest.raises(TypeError, match="expected a list of ids"):
        warehouse.latest(INDICATOR, as_of=MAY)


def test_the_newest_reading_is_told_however_long_ago(warehouse):
    assert warehouse.newest_reading(["made_readings"]) is None
    warehouse.append_readings([reading(MAY), reading(MAY + 40 * DAY)], run_id="a")
    assert warehouse.newest_reading(["made_readings"]) == MAY + 40 * DAY
    assert warehouse.newest_reading(["made_readings"], places=["nowhere"]) is None
