"""The frame of a panel: title, unit, menu, chart, source and as-of line; a failing panel says so in it."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import pandas as pd
import plotly.graph_objects as go
from dash import dcc, html
from dash.development.base_component import Component

from dashboards import below, parts
from dashboards.desk import Desk
from dashboards.notices import lines
from dashboards.panel import Panel, View, moment_of, said
from metrics.asof import day_as_of
from metrics.queries import NotForViewer

logger = logging.getLogger(__name__)

MOST_SAID = 12
PLOTLY_LOCALE: Mapping[str, str] = MappingProxyType({"en": "en", "zh-Hant": "zh-HK", "zh-Hans": "zh-CN"})


@dataclass(frozen=True, kw_only=True)
class Framed:
    """A panel as components, or the mark of its place; *well* is False when it failed, *charts* and *grids* say
    that it holds a live one."""

    component: Component | str
    well: bool = True
    charts: bool = False
    grids: bool = False


def framed(panel: Panel, desk: Desk, view: View) -> Framed:
    """Return *panel* in its frame; whatever goes wrong inside is logged and said calmly, never raised.

    One that rests on figures which are not for this viewer says so: that is no fault, and tells none of them.
    """
    title = panel.id
    view = replace(view, filters=moment_of(panel, view.filters))
    try:
        title = said(panel.title, view)
        frame = panel.query(desk, view.filters)
        content = [*_content(panel, frame, title, view), *lines(view.notices(panel, frame), view)]
        menu = view.menu(panel, frame, title, view)
        foot = [] if not panel.framed else _foot(panel, frame, view)
        unit, note = said(panel.unit, view), said(panel.note, view)
    except NotForViewer:
        closed = parts.state(view.t("ui.panel_not_for_you"))
        return Framed(component=_section(panel, title, "", [closed], [], (), view))
    except Exception:
        logger.exception("panel %s failed", panel.id)
        failed = parts.state(view.t("ui.panel_failed"), kind="failed")
        return Framed(component=_section(panel, title, "", [failed], [], (), view), well=False)
    looks = {getattr(part, "className", "") for part in content}
    live = {"charts": "chart" in looks, "grids": "grid" in looks}
    if not panel.framed:
        return Framed(component=_bare(panel, title, content, menu, view), **live)
    body = [*content, parts.note(note)] if note else content
    return Framed(component=_section(panel, title, unit, body, foot, menu, view), **live)


def _content(panel: Panel, frame: pd.DataFrame, title: str, view: View) -> list[Component]:
    if frame.empty and not panel.draws_empty:
        return [parts.state(view.t(panel.empty))]
    content: list[Component] = []
    if panel.figure:
        figure = panel.figure(frame, view.style)
        told = below.taken(figure, view.style)
        content += [chart(panel, figure, alt_said(panel, frame, title, view), view), *told]
    if panel.body:
        body = panel.body(frame, view)
        content += body if isinstance(body, list) else [body] if body is not None else []
    return content


def chart(panel: Panel, figure: go.Figure, alt: str, view: View) -> Component:
    """Return *figure* as a live chart with *alt* said to those who cannot see it."""
    height = _height(figure, panel)
    figure.update_layout(autosize=True, height=None, width=None)
    graph = dcc.Graph(
        id=f"chart-{panel.id}",
        figure=figure,
        responsive=True,
        config={
            "displayModeBar": False,
            "displaylogo": False,
            "showSendToCloud": False,
            "modeBarButtonsToRemove": ["sendChartToCloud"],
            "showTips": False,
            "locale": PLOTLY_LOCALE[view.words.lang],
        },
        style={"height": "100%"},
    )
    return html.Div(graph, className="chart", role="img", style={"height": height}, **{"aria-label": alt})


def _height(figure: go.Figure, panel: Panel) -> str:
    """Return the height of a chart: its own, a map's from the width of its panel, else what the panel states."""
    shape = figure.layout.meta or {}
    if "ratio" in shape:
        return f"min(calc(100cqi * {shape['ratio']} + {shape['foot']:g}px), 44rem)"
    return f"{figure.layout.height or panel.height:g}px"


def alt_said(panel: Panel, frame: pd.DataFrame, title: str, view: View) -> str:
    """Return in words what *panel* shows, for those who cannot see it."""
    summary = panel.alt(frame, view) if panel.alt else figures_said(frame, view)
    return view.t("ui.alt_chart", title=title, summary=summary)


def figures_said(frame: pd.DataFrame, view: View) -> str:
    """Write the figures of a warehouse frame with their places, the largest twelve."""
    if "value" not in frame.columns:
        return ""
    rows = frame.dropna(subset=["value"]).sort_values("value", ascending=False, kind="stable").head(MOST_SAID)
    return view.words.listing(_row_said(row, view) for row in rows.to_dict("records"))


def _row_said(row: Mapping[str, object], view: View) -> str:
    name = ""
    if "place_id" in row and view.words.has(f"place.{row['place_id']}"):
        name = view.t(f"place.{row['place_id']}")
    figure = view.words.number(float(str(row["value"])), qualifier=str(row.get("qualifier", "exact")))
    return f"{name} {figure}".strip()


def _foot(panel: Panel, frame: pd.DataFrame, view: View) -> list[Component]:
    lines = []
    flags = flags_of(frame)
    if flags:
        chips = [parts.flag_chip(flag, view.words) for flag in flags]
        lines.append(
            html.P([html.Span(view.t("ui.flags"), className="unseen"), *chips], className="panel-flags")
        )
    said_of = [view.t("ui.data_to", date=view.words.day(to))] if (to := data_to(frame)) else []
    said_of.append(view.style.source_line(source_names(panel, frame, view), as_of_said(view)))
    lines.append(html.P([html.Span(text) for text in said_of], className="panel-source"))
    return lines


def flags_of(frame: pd.DataFrame) -> list[str]:
    """Return the flags that figures of *frame* carry."""
    if "status" not in frame.columns:
        return []
    seen = set(frame["status"].dropna())
    return [flag for flag in parts.FLAGS if flag in seen]


def data_to(frame: pd.DataFrame) -> pd.Timestamp | None:
    """Return the last day that figures of *frame* speak of."""
    if "period_end" not in frame.columns:
        return None
    newest = frame["period_end"].max()
    return None if pd.isna(newest) else newest


def source_names(panel: Panel, frame: pd.DataFrame, view: View) -> list[str]:
    """Return the names of the sources of *frame*, as the panel says them or by who published its figures."""
    return list(panel.sources(frame, view) if panel.sources else view.publishers(frame))


def as_of_said(view: View) -> str:
    """Write the as-of of *view*: a day, or an instant where the day was not over."""
    as_of = view.filters.as_of
    if as_of.current or as_of.instant == day_as_of(as_of.day).instant:
        return view.words.day(as_of.day)
    return view.words.instant(as_of.instant)


def _bare(
    panel: Panel, title: str, content: list[Component], items: Sequence[Component], view: View
) -> Component:
    if items:
        content = [html.Div(_menu(panel, title, items, view), className="bare-menu"), *content]
    return html.Section(
        content, id=f"panel-{panel.id}", className=f"bare size-{panel.size}", **{"aria-label": title}
    )


def _section(
    panel: Panel,
    title: str,
    unit: str,
    body: list[Component],
    foot: list[Component],
    items: Sequence[Component],
    view: View,
) -> Component:
    heading = f"heading-{panel.id}"
    head = [html.H2(title, id=heading)]
    if unit:
        head.append(html.P(unit, className="panel-unit"))
    children = [
        html.Header([html.Div(head), _menu(panel, title, items, view)], className="panel-head"),
        html.Div(body, className="panel-body"),
    ]
    if foot:
        children.append(html.Footer(foot, className="panel-foot"))
    return html.Section(
        children,
        id=f"panel-{panel.id}",
        className=f"panel size-{panel.size}",
        **{"aria-labelledby": heading},
    )


def _menu(panel: Panel, title: str, items: Sequence[Component], view: View) -> Component:
    copy = html.Button(
        view.t("ui.copy_link"),
        type="button",
        className="menu-item",
        **{"data-copy-link": f"#panel-{panel.id}", "data-copied": view.t("ui.copied")},
    )
    summary = html.Summary(className="menu-button", **{"aria-label": view.t("ui.panel_menu", title=title)})
    return html.Details([summary, html.Div([*items, copy], className="menu-list")], className="menu")
