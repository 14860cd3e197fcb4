"""Chronicles: newest first, bars that show what kind of figure they stand for."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboards.desk import Filters
from dashboards.figures.rows import Row
from dashboards.panels.chronicle import bar, chronicle
from tests.dashboards.panels.drawn import NOW, told, view_of


@pytest.mark.parametrize(
    ("qualifier", "look"),
    [("exact", "firm"), ("over", "open"), ("at_least", "open"), ("approx", "pale"), ("under", "hollow")],
)
def test_the_look_of_a_bar_tells_its_qualifier(qualifier, look):
    drawn = bar(Row(value=50.0, qualifier=qualifier), 100.0)
    assert drawn.children.className == f"bar bar-{look}"
    assert drawn.children.style == {"width": "50.0%"}


def test_a_scale_of_nothing_draws_no_bar():
    assert bar(Row(value=0.0), 0.0).children.style == {"width": "0.0%"}


def test_figures_stand_newest_first_with_their_words_and_tier(opening_desk):
    frame = pd.DataFrame(
        {
            "place_id": ["hong_kong", "hong_kong"],
            "value": [54.0, 70.0],
            "qualifier": ["exact", "over"],
            "tier": ["official", "press"],
            "period_start": pd.to_datetime(["2023-11-02", "2025-07-19"]),
            "period_end": pd.to_datetime(["2023-11-02", "2025-07-19"]),
        }
    )
    view = view_of(opening_desk, Filters(as_of=NOW))
    said = list(told(chronicle(frame, view, most=70.0, names=["site", "kiosk"])))
    assert said == ["19 Jul 2025", "over 70", "kiosk · press", "2 Nov 2023", "54", "site"]
