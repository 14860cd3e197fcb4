"""Frames of panels: title, unit, source and as-of; a failure stays in its own frame."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, date, datetime

import pandas as pd
import pytest
from dash import dcc, html

from dashboards.desk import Desk, Filters
from dashboards.frames import as_of_said, figures_said, framed, source_names
from dashboards.panel import Panel, View
from dashboards.style import Style
from metrics.asof import AsOf, day_as_of, now_as_of
from metrics.queries import NotForViewer
from tests.dashboards.demo import NOW, bars, broken, demo_desk, frame_of, stations, trend
from tests.dashboards.test_parts import text_of

MAY = day_as_of(date(2025, 5, 15))
PANEL = Panel(
    id="stations",
    title="demo.stations",
    query=stations,
    figure=bars,
    unit="unit.stations",
    note="flag.rounded",
)


def view(lang: str = "en", as_of: AsOf = MAY, desk: Desk | None = None) -> View:
    words = (desk or demo_desk()).words[lang]
    return View(
        words=words,
        style=Style(words=words),
        filters=Filters(lang=lang, as_of=as_of),
        today=date(2026, 11, 21),
        publishers=lambda frame: ["Demo authority"] if "source_id" in frame.columns else [],
    )


def test_a_panel_says_title_unit_date_source_and_as_of() -> None:
    made = framed(PANEL, demo_desk(), view())
    said = text_of(made.component)
    for words in ("5G base stations by city", "stations", "rounded", "provisional", "Data to 30 Jun 2025"):
        assert words in said
    assert "Source: Demo authority. As known on 15 May 2025." in said
    assert made.well
    assert made.charts


def test_the_chart_has_alt_text_with_its_own_figures() -> None:
    chart = framed(PANEL, demo_desk(), view()).component.children[1].children[0]
    assert chart.role == "img"
    said = getattr(chart, "aria-label")
    assert said == (
        "Chart: 5G base stations by city. Shenzhen over 65,000, Guangzhou 48,000, Huizhou over 21,000"
    )


def test_a_panel_may_write_its_own_alt_text() -> None:
    own = replace(PANEL, alt=lambda frame, _view: f"{len(frame)} cities")
    chart = framed(own, demo_desk(), view()).component.children[1].children[0]
    assert getattr(chart, "aria-label") == "Chart: 5G base stations by city. 3 cities"


def test_charts_have_no_button_that_calls_out() -> None:
    graph = framed(PANEL, demo_desk(), view("zh-Hant")).component.children[1].children[0].children
    assert isinstance(graph, dcc.Graph)
    assert graph.config["displayModeBar"] is False
    assert graph.config["displaylogo"] is False
    assert graph.config["showSendToCloud"] is False
    assert graph.config["modeBarButtonsToRemove"] == ["sendChartToCloud"]
    assert graph.config["locale"] == "zh-HK"


def test_a_failing_panel_says_so_calmly_and_the_log_knows_why(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        made = framed(Panel(id="b", title="demo.broken", query=broken), demo_desk(), view())
    said = text_of(made.component)
    assert "This panel cannot be shown now." in said
    assert "A panel that breaks" in said
    assert "secret detail" not in said
    assert "secret detail of the failure" in caplog.text
    assert not made.well


def test_a_panel_that_is_not_for_this_viewer_says_so_and_is_no_fault(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def closed(*_: object) -> pd.DataFrame:
        raise NotForViewer("hidden_indicator")

    made = framed(replace(PANEL, query=closed), demo_desk(), view())
    said = text_of(made.component)
    assert "This panel rests on figures that are not open to every reader." in said
    assert "hidden_indicator" not in said
    assert made.well
    assert caplog.text == ""


@pytest.mark.parametrize("part", ["title", "unit", "note", "sources", "body"])
def test_whatever_fails_in_a_panel_stays_in_it(part: str, caplog: pytest.LogCaptureFixture) -> None:
    def fail(*_: object) -> str:
        raise ValueError(part)

    made = framed(replace(PANEL, **{part: fail}), demo_desk(), view())
    assert not made.well
    assert "This panel cannot be shown now." in text_of(made.component)


def test_an_empty_panel_says_why() -> None:
    made = framed(
        Panel(id="n", title="demo.nothing", query=frame_of(), figure=trend, empty="flag.not_published"),
        demo_desk(),
        view(),
    )
    assert "not published" in text_of(made.component)
    assert made.well
    assert not made.charts


def test_a_panel_may_draw_its_own_emptiness() -> None:
    panel = Panel(
        id="n",
        title="demo.nothing",
        query=frame_of(),
        figure=lambda _f, style: style.empty(),
        draws_empty=True,
    )
    assert framed(panel, demo_desk(), view()).charts


def test_a_bare_panel_has_no_frame_but_a_name() -> None:
    panel = Panel(
        id="n", title="demo.items", query=frame_of(1.0), body=lambda _f, _v: html.P("here"), framed=False
    )
    made = framed(panel, demo_desk(), view()).component
    assert getattr(made, "aria-label") == "Five work items"
    assert text_of(made) == "here"


def test_a_body_may_be_one_part_many_or_none() -> None:
    for body, expected in (
        (lambda *_: html.P("a"), "a"),
        (lambda *_: [html.P("a"), html.P("b")], "ab"),
        (lambda *_: None, ""),
    ):
        made = framed(replace(PANEL, figure=None, body=body, note=""), demo_desk(), view())
        assert text_of(made.component.children[1]) == expected


def test_the_publishers_are_named_unless_the_panel_says_better() -> None:
    frame = pd.DataFrame({"source_id": ["demo", "demo"]})
    assert source_names(PANEL, frame, view()) == ["Demo authority"]
    assert source_names(PANEL, pd.DataFrame({"milestone": ["x"]}), view()) == []
    own = replace(PANEL, sources=lambda _frame, _view: ["By hand"])
    assert source_names(own, frame, view()) == ["By hand"]


def test_an_as_of_is_said_as_a_day_or_an_instant() -> None:
    assert as_of_said(view()) == "15 May 2025"
    assert as_of_said(view(as_of=now_as_of(NOW))) == "21 Nov 2026"
    noon = AsOf(instant=datetime(2025, 5, 15, 4, 0, tzinfo=UTC), day=date(2025, 5, 15))
    assert as_of_said(view(as_of=noon)) == "15 May 2025, 12:00"


def test_figures_without_places_are_said_alone_and_missing_ones_are_not() -> None:
    frame = pd.DataFrame({"value": [1.0, float("nan"), 3.0]})
    assert figures_said(frame, view()) == "3, 1"
    assert figures_said(pd.DataFrame({"other": [1]}), view()) == ""


@pytest.mark.parametrize(
    ("layout", "height"),
    [
        ({}, "360px"),
        ({"height": 297.5}, "297.5px"),
        ({"meta": {"ratio": 0.76, "foot": 90}}, "min(calc(100cqi * 0.76 + 90px), 44rem)"),
    ],
)
def test_a_chart_is_as_high_as_it_says_and_a_map_as_its_width_allows(layout, height) -> None:
    def draw(frame: pd.DataFrame, style: Style):
        figure = bars(frame, style)
        return figure.update_layout(height=None, meta=None).update_layout(layout)

    made = framed(replace(PANEL, figure=draw), demo_desk(), view())
    assert made.component.children[1].children[0].style == {"height": height}


def test_a_panel_may_be_told_as_of_its_own_moment_under_the_stamp_of_its_page() -> None:
    asked = []

    def query(_desk: Desk, filters: Filters) -> pd.DataFrame:
        asked.append(filters.as_of)
        return pd.DataFrame()

    page = AsOf(instant=NOW, day=date(2026, 11, 21), stamp=7)
    panel = Panel(id="then", title="demo.items", query=query, as_of=MAY)
    made = framed(panel, demo_desk(), view(as_of=page))
    assert asked == [replace(MAY, stamp=7)]
    assert "As known on 15 May 2025" in text_of(made.component)
