"""What stands below a chart: text on the page, part of the drawing in whatever leaves it."""

from __future__ import annotations

import plotly.graph_objects as go
import pytest

from dashboards.below import taken
from dashboards.figures.maps import choropleth
from dashboards.figures.ranking import bars
from dashboards.figures.trend import lines
from tests.dashboards.figures.world import EVERY_STYLE, figures, one, stations, style
from tests.dashboards.test_parts import text_of


def history():
    return figures(
        one("shenzhen", 60_000.0, "2021-12-31"),
        one("shenzhen", 65_000.0, "2022-12-31", qualifier="over"),
        one("shenzhen", 70_000.0, "2023-12-31", status="provisional"),
    )


DRAWN = {"bars": (bars, stations), "map": (choropleth, stations), "lines": (lines, history)}


def words(figure: go.Figure) -> set[str]:
    return {annotation.text for annotation in figure.layout.annotations}


@pytest.mark.parametrize("kind", DRAWN)
@pytest.mark.parametrize("look", EVERY_STYLE)
def test_every_word_below_a_chart_moves_from_the_drawing_to_the_page(kind, look):
    draw, frame = DRAWN[kind]
    whole, apart = draw(frame(), look), draw(frame(), look)
    said = "".join(text_of(part) for part in taken(apart, look)).replace(" ", "")
    moved = words(whole) - words(apart)
    assert moved
    for text in moved:
        assert text.replace(" ", "").replace("&amp;", "&") in said
    assert words(apart) < words(whole)


@pytest.mark.parametrize("kind", DRAWN)
def test_the_drawing_gives_back_the_room_that_the_words_took(kind):
    draw, frame = DRAWN[kind]
    whole, apart = draw(frame(), style()), draw(frame(), style())
    taken(apart, style())
    saved = whole.layout.margin.b - apart.layout.margin.b
    assert saved > 10
    if kind == "map":
        assert whole.layout.meta["foot"] - apart.layout.meta["foot"] == pytest.approx(saved)
        assert whole.layout.meta["ratio"] == apart.layout.meta["ratio"]
    else:
        assert whole.layout.height - apart.layout.height == pytest.approx(saved)
    assert [trace.to_plotly_json() for trace in whole.data] == [t.to_plotly_json() for t in apart.data]


def test_keys_are_for_the_eye_and_notes_for_everybody():
    parts = taken(bars(stations(), style()), style())
    keys = [part for part in parts if part.className == "chart-keys"]
    notes = [part for part in parts if part.className == "chart-note"]
    assert all(getattr(part, "aria-hidden") == "true" for part in keys)
    assert keys
    assert notes
    assert not any(hasattr(note, "aria-hidden") for note in notes)


def test_a_chart_without_words_below_stays_as_it_is():
    empty = style().empty()
    before = empty.to_plotly_json()
    assert taken(empty, style()) == []
    assert empty.to_plotly_json() == before
