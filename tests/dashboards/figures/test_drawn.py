"""What charts show, as values."""

from __future__ import annotations

import pandas as pd

from dashboards.figures.canvas import Canvas
from dashboards.figures.drawn import Areas, Bars, Lines, amounts
from dashboards.figures.maps import choropleth
from dashboards.figures.ranking import bars
from dashboards.figures.trend import lines
from tests.dashboards.exports.everything import charts


def test_a_canvas_has_drawn_nothing_until_it_says_so() -> None:
    assert Canvas().drawn is None


def test_maps_rankings_and_lines_say_what_they_show(opening_desk) -> None:
    from dashboards.exports.images import inlined, paper

    style = paper(opening_desk, "en", inlined(opening_desk))
    kinds = {}
    for told in charts(opening_desk, "en"):
        drawn = told.figure(style).drawn if hasattr(told.figure(style), "drawn") else None
        kinds.setdefault(type(drawn), []).append(told.panel_id)
    assert {Areas, Bars, Lines} <= set(kinds)


def test_an_empty_chart_has_drawn_nothing(opening_desk) -> None:
    from dashboards.exports.images import inlined, paper

    style = paper(opening_desk, "en", inlined(opening_desk))
    none = pd.DataFrame({"place_id": pd.Series(dtype=str), "value": pd.Series(dtype=float)})
    assert not hasattr(bars(none, style), "drawn")
    assert not hasattr(lines(none, style), "drawn")
    assert choropleth(none, style).drawn.rows["macao"].known is False


def test_what_a_chart_shows_are_the_known_figures_of_its_rows(opening_desk) -> None:
    from dashboards.exports.images import inlined, paper

    style = paper(opening_desk, "en", inlined(opening_desk))
    tried = 0
    for told in charts(opening_desk, "en"):
        shown = amounts(getattr(told.figure(style), "drawn", None))
        if shown is None:
            continue
        tried += 1
        assert shown <= set(told.rows["value"].dropna()), told.panel_id
    assert tried > 5
    assert amounts(object()) is None
