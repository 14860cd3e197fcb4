"""A chart under way: additions wait, and nobody can tell."""

from __future__ import annotations

import plotly.graph_objects as go
import pytest
from plotly.subplots import make_subplots

from dashboards.figures.canvas import Canvas

SAID = {"text": "over 65,000", "x": 1, "y": 2, "showarrow": False}
BAR = {"x0": 0, "x1": 1, "y0": 0, "y1": 1}


def drawn(figure: go.Figure) -> go.Figure:
    for n in range(3):
        figure.add_annotation(**SAID | {"y": n})
        figure.add_shape(**BAR | {"x1": n})
    figure.update_layout(height=120)
    figure.add_annotation(text="last", x=0, y=0)
    return figure


def test_what_is_read_is_what_a_plain_figure_would_hold() -> None:
    assert drawn(Canvas()).to_plotly_json() == drawn(go.Figure()).to_plotly_json()


def test_the_layout_shows_additions_at_once_and_in_their_order() -> None:
    canvas = drawn(Canvas())
    assert [one.text for one in canvas.layout.annotations] == ["over 65,000"] * 3 + ["last"]
    assert [shape.x1 for shape in canvas.layout.shapes] == [0, 1, 2]


def test_additions_after_a_look_follow_those_before_it() -> None:
    canvas = drawn(Canvas())
    assert len(canvas.layout.annotations) == 4
    canvas.add_annotation(text="later", x=0, y=0)
    assert canvas.to_dict()["layout"]["annotations"][-1]["text"] == "later"


def test_a_copy_holds_what_was_still_waiting() -> None:
    copy = go.Figure(drawn(Canvas()))
    assert len(copy.layout.annotations) == 4


def test_a_canvas_of_several_plots_keeps_its_additions() -> None:
    canvas = make_subplots(rows=2, cols=1, figure=Canvas())
    canvas.add_annotation(**SAID)
    assert isinstance(canvas, Canvas)
    assert len(canvas.layout.annotations) == 1


def test_a_wrong_property_is_refused_when_it_is_read() -> None:
    canvas = Canvas()
    canvas.add_annotation(txt="wrong")
    with pytest.raises(ValueError, match="txt"):
        _ = canvas.layout


def test_a_place_in_a_grid_of_plots_is_refused() -> None:
    with pytest.raises(TypeError, match="without row and col"):
        Canvas().add_shape(**BAR, row=1, col=1)


def test_many_additions_cost_no_more_each_than_few() -> None:
    checks: list[int] = []

    class Counting(Canvas):
        @Canvas.layout.getter
        def layout(self) -> go.Layout:
            checks.append(len(self._waiting["annotations"]))
            return Canvas.layout.fget(self)

    canvas = Counting()
    checks.clear()
    for n in range(50):
        canvas.add_annotation(**SAID | {"y": n})
    assert checks == []
    assert len(canvas.layout.annotations) == 50
