"""What changed between two as-of dates: new, revised, withdrawn, and by how much where that can be said."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboards.panels.explore_revised import compared, revised_panels
from tests.dashboards.panels.drawn import text
from tests.dashboards.panels.explored import answer


def figures(*rows: tuple[int, str, float, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["series_id", "day", "value", "qualifier"])
    days = pd.to_datetime(frame["day"])
    return frame.assign(period_start=days, period_end=days)


def test_figures_are_new_revised_gone_or_the_same() -> None:
    before = figures(
        (1, "2024-01-01", 10, "exact"), (1, "2024-02-01", 20, "exact"), (2, "2024-01-01", 5, "over")
    )
    now = figures(
        (1, "2024-01-01", 10, "exact"), (1, "2024-02-01", 22, "exact"), (1, "2024-03-01", 30, "exact")
    )
    found = compared(now, before).set_index(["series_id", "day"])
    assert found["moved"].to_dict() == {
        (1, "2024-02-01"): "revised",
        (1, "2024-03-01"): "new",
        (2, "2024-01-01"): "gone",
    }
    assert found.loc[(1, "2024-02-01"), ["value", "was_value"]].tolist() == [22, 20]


def test_another_qualifier_is_a_revision() -> None:
    before, now = figures((1, "2024-01-01", 10, "over")), figures((1, "2024-01-01", 10, "exact"))
    assert compared(now, before)["moved"].tolist() == ["revised"]
    assert compared(now, now).empty


def test_without_another_date_nothing_is_compared(opening_desk) -> None:
    assert revised_panels(answer(opening_desk, "indicators=fiveg_base_stations")) == ()


@pytest.mark.parametrize("query", ["against=2022-01-01", "as_of=2022-01-01&against=2026-11-01"])
def test_the_earlier_date_comes_first_whichever_is_asked_for(opening_desk, query: str) -> None:
    held = answer(opening_desk, f"indicators=fiveg_base_stations&{query}")
    (panel,) = revised_panels(held)
    said = text(panel, opening_desk, held.filters)
    assert "Between 1 Jan 2022 and" in said
    assert "new: 6" in said
    assert "over 65,000" in said


def test_nothing_new_is_said_calmly(opening_desk) -> None:
    held = answer(opening_desk, "indicators=land_area_km2&against=2026-11-01")
    (panel,) = revised_panels(held)
    assert "No figure of this view was added, revised or withdrawn" in text(panel, opening_desk, held.filters)
