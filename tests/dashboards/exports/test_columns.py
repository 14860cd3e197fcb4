"""The columns of tables that leave a page."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboards.desk import Filters
from dashboards.exports.columns import SPECS, told
from dashboards.shell import view_of
from dashboards.style import Shapes
from metrics.asof import now_as_of
from tests.opened import NOW


@pytest.fixture
def view(opening_desk):
    return view_of(opening_desk, Filters(as_of=now_as_of(NOW)), NOW.date(), Shapes())


def test_a_frame_of_the_warehouse_fills_its_columns(opening_desk, view) -> None:
    frame = opening_desk.metrics.latest("fiveg_base_stations", view.filters.as_of)
    columns, rows = told(frame, opening_desk, view, own=False)
    assert [column.id for column in columns] == list(rows.columns)
    assert len(rows) == len(frame)
    assert rows["value"].tolist() == frame["value"].tolist()
    assert rows["source"].ne("").all()


def test_a_column_of_the_panel_itself_needs_a_label(opening_desk, view) -> None:
    with pytest.raises(KeyError, match=r"column\.unheard"):
        told(pd.DataFrame({"unheard": ["x"]}), opening_desk, view, own=True)


def test_no_column_is_there_twice() -> None:
    ids = [spec.id for spec in SPECS]
    assert len(ids) == len(set(ids))


def test_an_empty_frame_keeps_its_columns(opening_desk, view) -> None:
    columns, rows = told(opening_desk.metrics.nothing(), opening_desk, view, own=False)
    assert len(columns) > 20
    assert rows.empty
