"""A chart under way: additions wait, and nobody can tell."""

from __future__ import annotations

import plotly.graph_objects as go
import pytest
from plotly.subplots import make_subplots

from dashboards.figures.canvas import BELOW, Canvas

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
    assert drawn(Canvas()).to_plotly_json() == drawn(go.Figure(layout={"template": {}})).to_plotly_json()


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


def test_changes_of_the_layout_are_merged_as_a_plain_figure_merges_them() -> None:
    changes = [
        {"xaxis": {"title": {"text": "year"}, "range": [0, 1]}, "margin": {"l": 3}},
        {"xaxis": {"range": [2, 3]}, "margin": {"l": 5, "t": 1}, "paper_bgcolor": "white"},
        {"height": None, "width": 70},
    ]
    canvas, plain = Canvas(), go.Figure(layout={"template": {}})
    for change in changes:
        canvas.update_layout(change)
        plain.update_layout(change)
    assert canvas.to_plotly_json() == plain.to_plotly_json()


def test_changes_in_underscored_form_and_overwriting_ones_are_understood() -> None:
    canvas = Canvas(layout=go.Layout(margin={"l": 1, "r": 2}))
    canvas.update_layout(margin_l=7)
    assert (canvas.layout.margin.l, canvas.layout.margin.r) == (7, 2)
    canvas.update_layout({"margin": {"t": 3}}, overwrite=True)
    assert (canvas.layout.margin.l, canvas.layout.margin.t) == (None, 3)


def test_the_layout_is_checked_once_however_much_is_put_on_it(monkeypatch) -> None:
    checks: list[int] = []
    plain = go.Figure.layout.fset
    checked = go.Figure.layout.setter(lambda figure, layout: checks.append(1) or plain(figure, layout))
    monkeypatch.setattr(go.Figure, "layout", checked)
    canvas = Canvas()
    checks.clear()
    for n in range(50):
        canvas.add_annotation(**SAID | {"y": n})
        canvas.update_layout(height=n)
    assert checks == []
    assert len(canvas.layout.annotations) == 50
    assert len(checks) == 1


def test_what_stands_below_leaves_with_its_room_and_nothing_else_does() -> None:
    canvas = drawn(Canvas(layout={"margin": {"l": 3, "b": 50}, "meta": {"ratio": 0.8, "foot": 54}}))
    canvas.add_annotation(**SAID | {"text": "a note", "name": BELOW})
    canvas.add_shape(**BAR, name=BELOW)
    canvas.tell_below(["a note"], 19)
    assert canvas.leave_below() == ("a note",)
    assert BELOW not in [one.name for one in (*canvas.layout.annotations, *canvas.layout.shapes)]
    assert (len(canvas.layout.annotations), len(canvas.layout.shapes)) == (4, 3)
    assert (canvas.layout.height, canvas.layout.margin.b, canvas.layout.margin.l) == (101, 31, 3)
    assert canvas.layout.meta == {"ratio": 0.8, "foot": 35}
    assert canvas.leave_below() == ()


def test_a_chart_of_which_nothing_is_told_below_keeps_its_room() -> None:
    canvas = Canvas(layout={"margin": {"b": 50}, "height": 90})
    assert canvas.leave_below() == ()
    assert (canvas.layout.height, canvas.layout.margin.b) == (90, 50)
