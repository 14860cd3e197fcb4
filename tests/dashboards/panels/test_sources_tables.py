"""What the panels of the sources say, as tables."""

from __future__ import annotations

import pandas as pd

from dashboards.desk import Filters
from dashboards.panels.source_lines import reasons
from dashboards.panels.sources_tables import quarantine_table, states_table
from dashboards.shell import view_of
from dashboards.style import Shapes
from metrics.asof import now_as_of
from tests.opened import NOW


def view(desk):
    return view_of(desk, Filters(as_of=now_as_of(NOW)), NOW.date(), Shapes())


def test_every_state_has_a_line_even_with_no_source_in_it(opening_desk) -> None:
    frame = pd.DataFrame({"state": ["late", "late", "on_time"], "held": [3, 0, 4]})
    table = states_table({"late": "sources.late", "never": "sources.never"})(frame, view(opening_desk))
    assert table["value"].tolist() == [2.0, 0.0, 7.0]
    assert table["state_id"].tolist() == ["late", "never", "held_back"]


def test_what_is_held_back_says_why_and_since_when(opening_desk) -> None:
    frame = pd.DataFrame(
        {
            "source_id": ["a"],
            "rule": ["bounds"],
            "n": [4],
            "since": [pd.Timestamp(NOW)],
            "title": ["A source"],
        }
    )
    table = quarantine_table(reasons)(frame, view(opening_desk))
    assert table.loc[0, ["source", "rule", "records"]].tolist() == ["A source", "outside its bounds", 4.0]
    assert table.loc[0, "since"] == "21 Nov 2026, 12:00"
