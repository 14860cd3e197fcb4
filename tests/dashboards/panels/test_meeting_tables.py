"""The tables of the meetings' panels say what the panels show."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from dashboards.desk import Filters
from dashboards.i18n import LANGUAGES
from dashboards.panels.meeting_draft import agenda_panel, late_panel
from dashboards.panels.meeting_list import list_panel
from dashboards.panels.meeting_record import actions_panel, decisions_panel, published_panel
from dashboards.panels.work_item_told import Told
from metrics.meetings import held
from metrics.warehouse.values import start_of_day
from tests.dashboards.panels.drawn import NOW, text, view_of
from tests.dashboards.panels.kept import ACTION, DECISION, MEETING, with_kept

FILTERS = Filters(as_of=NOW)


@pytest.fixture
def desk(opening_desk):
    return with_kept(opening_desk, MEETING, DECISION, ACTION)


def table(panel, desk, filters=FILTERS) -> pd.DataFrame:
    return panel.table(panel.query(desk, filters), view_of(desk, filters))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_cell_of_words_stands_in_the_panel(desk, lang):
    filters, told = Filters(lang=lang, as_of=NOW), Told(desk=desk, as_of=NOW)
    third, first = held(desk.metrics, NOW)[2], held(desk.metrics, NOW)[0]
    for panel in (
        list_panel(),
        decisions_panel(third),
        actions_panel(third),
        published_panel(told, first),
        agenda_panel(told),
        late_panel(told),
    ):
        shown, rows = text(panel, desk, filters), table(panel, desk, filters)
        assert len(rows), panel.id
        for name in ("name", "decision", "action", "milestone", "point"):
            for cell in rows.get(name, ()):
                assert cell in shown, (panel.id, cell)


def test_the_words_of_each_meeting_are_those_of_its_own_day(desk):
    rows = table(list_panel(), desk).set_index("meeting_id")
    assert rows.loc["egscc_1", "item_1"] == "on track"
    assert (rows.loc["egscc_3", "decisions"], rows.loc["egscc_3", "actions_overdue"]) == (1.0, 1.0)
    assert rows.loc["egscc_2", "decisions"] == 0.0


def test_an_action_leaves_with_its_dates_and_its_state(desk, opening_desk):
    moved = replace(
        ACTION, event="changed", due_on=date(2026, 10, 31), known_at=start_of_day(date(2026, 9, 1))
    )
    rows = table(actions_panel(None), with_kept(opening_desk, MEETING, ACTION, moved))
    row = rows.iloc[0]
    assert (row["due_on"], row["earlier_due"]) == (pd.Timestamp("2026-10-31"), "30 Sep 2026")
    assert (row["state_id"], row["days_late"]) == ("overdue", 21.0)


def test_the_draft_leaves_with_every_point(desk):
    told = Told(desk=desk, as_of=NOW)
    rows = table(agenda_panel(told), desk)
    assert {"a1"} <= set(rows["node_id"])
    assert rows["about"].str.startswith("Work item").all()
