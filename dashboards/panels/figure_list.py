"""Figures as a quiet list: what is counted, where, the newest figure, its date and the way it has gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards import parts
from dashboards.desk import Desk, Filters
from dashboards.figures import sparkline
from dashboards.figures.rows import Row, figure_words, period_words, rows
from dashboards.panel import Panel, Size, View
from dashboards.style import Style
from metrics.queries import TIER_ORDER

WHOLE_AREA = "gba"


@dataclass(frozen=True, kw_only=True)
class Remark:
    """A sentence (*key*, a term) that belongs to a figure, said only where that figure is known."""

    key: str
    indicator: str
    place: str = ""
    basis: str = ""

    def fits(self, one: Entry) -> bool:
        """Say whether *one* is the figure that the sentence belongs to."""
        return (
            one.indicator_id == self.indicator
            and self.place in {"", one.place_id}
            and self.basis in {"", one.newest.basis}
        )


@dataclass(frozen=True, kw_only=True)
class Entry:
    """The newest figure of one indicator at one place on one counting basis, and *past*, the rows it follows.

    *newest_row* is that figure as the warehouse has it.
    """

    indicator_id: str
    place_id: str
    tier: str
    newest: Row
    past: pd.DataFrame
    newest_row: pd.DataFrame

    def spark(self, view: View) -> Component | None:
        """Return the line of the series, where figures of it may be joined to one."""
        if len(self.past) < 2 or _JOIN not in (svg := sparkline.svg(self.past, view.style)):
            return None
        return parts.drawing(svg, sparkline.alt(self.past, view.style))


_JOIN = "<polyline"


def entries(frame: pd.DataFrame, view: View) -> list[Entry]:
    """Return one entry for each indicator, place and counting basis of *frame* (warehouse columns), in its order.

    Of several spans on one basis the one with the newest period counts; past is that series alone, oldest first.
    """
    told, tiers = rows(frame, view.style), list(frame["tier"])
    groups: dict[tuple[str, ...], list[int]] = {}
    keys = (frame[name] for name in ("indicator_id", "place_id", "counting_basis", "breakdown"))
    for at, key in enumerate(zip(*keys, strict=True)):
        groups.setdefault(key, []).append(at)
    found = []
    for (indicator, place, *_), members in groups.items():
        newest = max(members, key=lambda at: (told[at].end, -TIER_ORDER[tiers[at]]))
        past = [at for at in members if told[at].span == told[newest].span]
        found.append(
            Entry(
                indicator_id=indicator,
                place_id=place,
                tier=tiers[newest],
                newest=told[newest],
                past=frame.iloc[sorted(past, key=lambda at: told[at].end)],
                newest_row=frame.iloc[[newest]],
            )
        )
    return found


def place_name(place: str, style: Style) -> str:
    """Return the name of a place; the whole area by its short one, which fits beside a figure."""
    return style.t("lists.gba") if place == WHOLE_AREA else style.place(place)


def ordered(found: Sequence[Entry], indicators: Sequence[str]) -> list[Entry]:
    """Return *found* by the order of *indicators*, then newest first."""
    place = {indicator: at for at, indicator in enumerate(indicators)}
    newest = sorted(found, key=lambda one: one.newest.end or pd.Timestamp.min.date(), reverse=True)
    return sorted(newest, key=lambda one: place.get(one.indicator_id, len(place)))


def aside(entry: Entry, view: View, *, named: Sequence[str] = ()) -> str:
    """Return what stands softly under a figure's name: *named*, its counting basis, its date, its tier."""
    said = [*named]
    if entry.newest.basis not in {"", "as_published"} and view.words.has(f"basis.{entry.newest.basis}"):
        said.append(view.t(f"basis.{entry.newest.basis}"))
    said.append(period_words(entry.newest, view.style))
    if entry.tier != "official":
        said.append(view.t(f"tier.{entry.tier}"))
    return " · ".join(part for part in said if part)


def line(name: str, entry: Entry, view: View, *, soft: str) -> Component:
    """Return one line of a list: a name with its soft words, the way it has gone, the figure with its unit."""
    figure = figure_words(entry.newest, view.style, unit=True, compact=True)
    return html.Li(
        [
            html.Div([html.Span(name, className="line-name"), html.Span(soft, className="line-aside")]),
            html.Span(entry.spark(view), className="line-spark"),
            html.Strong(
                _whole(figure, figure_words(entry.newest, view.style, compact=True)), className="line-figure"
            ),
        ]
    )


def _whole(figure: str, number: str) -> str:
    """Return *figure* whose *number* stays on one line, qualifier and all; its unit may stand on the next."""
    return figure.replace(number, number.replace(" ", "\u00a0"), 1)


def by_indicator(
    frame: pd.DataFrame,
    view: View,
    indicators: Sequence[str],
    *,
    home: str = "",
    remarks: Sequence[Remark] = (),
) -> list[Component]:
    """Return the list named by indicator, each with its place unless that is *home*, and the *remarks* that fit."""
    found = ordered(entries(frame, view), indicators)
    items = [
        line(
            view.t(f"indicator.{one.indicator_id}"),
            one,
            view,
            soft=aside(
                one, view, named=[] if one.place_id == home else [place_name(one.place_id, view.style)]
            ),
        )
        for one in found
    ]
    said = [view.t(remark.key) for remark in remarks if any(map(remark.fits, found))]
    return [html.Ul(items, className="lines"), *map(parts.note, said)] if items else []


def by_place(frame: pd.DataFrame, view: View, places: Sequence[str]) -> Component | None:
    """Return the list named by place, in the order of *places*."""
    at = {place: n for n, place in enumerate(places)}
    found = sorted(entries(frame, view), key=lambda one: at.get(one.place_id, len(at)))
    items = [line(place_name(one.place_id, view.style), one, view, soft=aside(one, view)) for one in found]
    return html.Ul(items, className="lines") if items else None


def listed(frame: pd.DataFrame, view: View) -> pd.DataFrame:
    """Return the rows of *frame* that a list tells: the newest of each series, and those its line is drawn of."""
    return told_rows(entries(frame, view) if len(frame) else [], frame, view)


def told_rows(found: Sequence[Entry], frame: pd.DataFrame, view: View) -> pd.DataFrame:
    """Return the rows of *frame* behind *found*, in the order of its entries, newest first."""
    parts_told = [one.past if one.spark(view) is not None else one.newest_row for one in found]
    return pd.concat([part.iloc[::-1] for part in parts_told]) if parts_told else frame.head(0)


def list_panel(
    panel_id: str,
    title: str,
    indicators: tuple[str, ...],
    *,
    home: str = "",
    size: Size = "half",
    remarks: Sequence[Remark] = (),
) -> Panel:
    """Return a panel that lists the newest figures of *indicators*; places other than *home* are named."""

    def query(desk: Desk, filters: Filters) -> pd.DataFrame:
        return desk.metrics.history(indicators, filters.as_of)

    def body(frame: pd.DataFrame, view: View) -> list[Component]:
        return by_indicator(frame, view, indicators, home=home, remarks=remarks)

    return Panel(
        id=panel_id, title=title, query=query, body=body, table=listed, size=size, indicators=indicators
    )
