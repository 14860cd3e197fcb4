"""One crossing counted by each side: the counts stand side by side and are never added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards import parts
from dashboards.desk import Desk, Filters
from dashboards.panel import Panel, View
from dashboards.panels.transport_passengers import BASIS, DAILY, SOURCES, UNIT, Passengers
from dashboards.panels.transport_published import Published

RAIL_STATION, RAILWAY = "hk_west_kowloon", "mtr"
COUNTED = ("bcp_passengers", "hsr_patronage")
NO_COLUMNS = ["name", "place_id", "value", "period_start", "period_end"]


Told = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Family:
    """One crossing under the names of its sides, Hong Kong's first."""

    places: tuple[str, ...]

    @property
    def hong_kong(self) -> str:
        """Return the Hong Kong control point, "" where it has none."""
        return next((place for place in self.places if place.startswith("hk_")), "")


def families(desk: Desk) -> list[Family]:
    """Return the crossings that more than one side counts."""
    found: list[Family] = []
    for one in desk.atlas.crossings:
        if one.counterparts and not any(one.id in family.places for family in found):
            found.append(Family(places=(one.id, *one.counterparts)))
    return [*found, Family(places=(RAIL_STATION,))]


class Sums:
    """Holds Hong Kong's own count, to be had for any stretch of days that is fully known."""

    def __init__(self, desk: Desk, filters: Filters) -> None:
        self._desk = desk
        self._filters = replace(filters, places=(), start=None, end=None)
        self._held = Passengers(desk, self._filters)

    @property
    def feed(self) -> str:
        """Return the indicator that is summed."""
        return self._held.feed

    @cached_property
    def _months(self) -> dict[tuple[str, pd.Timestamp], float]:
        """Return the full months by place and first day."""
        sums = self._held.full.groupby(["place_id", "period_start"])["value"].sum()
        return {(place, month): float(value) for (place, month), value in sums.items()}

    def of(self, place: str, start: date, end: date) -> float | None:
        """Return the passengers at *place* from *start* to *end*, None unless every day of it was counted."""
        months, rest = _months_and_days(start, end)
        found = [self._months.get((place, month)) for month in months]
        if None in found:
            return None
        found += [self._days(place, first, last) for first, last in rest]
        return None if None in found else sum(value for value in found if value is not None)

    def _days(self, place: str, first: date, last: date) -> float | None:
        if self.feed != DAILY:
            return None
        frame = self._desk.metrics.history(
            DAILY, self._filters.as_of, places=[place], spans=["day"], start=first, end=last
        )
        whole = frame["period_end"].nunique() == (last - first).days + 1
        return float(frame["value"].sum()) if whole else None


def _months_and_days(start: date, end: date) -> tuple[list[pd.Timestamp], list[tuple[date, date]]]:
    """Return the whole months from *start* to *end*, and the stretches of days before and after them."""
    first = pd.Timestamp(start) + pd.offsets.MonthBegin(0)
    after = (pd.Timestamp(end) + timedelta(days=1)).replace(day=1)
    if first >= after:
        return [], [(start, end)]
    months = list(pd.date_range(first, after, freq="MS", inclusive="left"))
    head = [(start, (first - timedelta(days=1)).date())] if first.date() > start else []
    tail = [(after.date(), end)] if after.date() <= end else []
    return months, head + tail


def sides_panel(published: Published, sums: Sums, held: Passengers) -> Panel:
    """Return the comparison: of each crossing and period the counts of its sides."""

    def query(desk: Desk, filters: Filters) -> pd.DataFrame:
        told = published.of(*COUNTED).to_dict("records")
        found: list[Told] = []
        for family in families(desk):
            if held.places is None or set(family.places) & set(held.places):
                name = desk.atlas.get(family.places[0]).short[filters.lang]
                found += [row | {"name": name} for row in _rows(family, told, sums)]
        return pd.DataFrame(found) if found else pd.DataFrame(columns=NO_COLUMNS)

    return Panel(
        id="sides",
        title="transport.sides",
        unit="unit.person-trips",
        query=query,
        body=_body,
        note="transport.sides_note",
        size="full",
    )


def _rows(family: Family, told: Sequence[Told], sums: Sums) -> list[Told]:
    """Return the figures of a family's periods: those that two sides counted, and Hong Kong's own beside them."""
    counted_as = COUNTED[1] if family.places == (RAIL_STATION,) else COUNTED[0]
    periods: dict[tuple[pd.Timestamp, pd.Timestamp, str], list[Told]] = {}
    for row in told:
        if row["indicator_id"] == counted_as and row["place_id"] in family.places:
            period = (row["period_start"], row["period_end"], row["span"])
            periods.setdefault(period, []).append(row)
    found: list[Told] = []
    for period, group in periods.items():
        own = _own(family, period, sums)
        if own or len({row["place_id"] for row in group}) > 1:
            found += [*own, *group]
    return found


def _own(family: Family, period: tuple[pd.Timestamp, pd.Timestamp, str], sums: Sums) -> list[Told]:
    """Return Hong Kong's own count of a period, where every day of it was counted."""
    start, end, span = period
    value = sums.of(family.hong_kong, start.date(), end.date()) if family.hong_kong else None
    if value is None:
        return []
    return [
        {
            "indicator_id": sums.feed, "place_id": family.hong_kong, "counting_basis": BASIS, "unit": UNIT,
            "period_start": start, "period_end": end, "span": span, "value": value, "qualifier": "exact",
            "status": "final", "tier": "official", "source_id": SOURCES[sums.feed], "figure_ref": "",
        }
    ]  # fmt: skip


def _body(frame: pd.DataFrame, view: View) -> Component:
    made = []
    for name, group in sorted(frame.groupby("name", sort=False), key=lambda one: -len(one[1])):
        made.append(
            html.Section([html.H3(str(name), className="span-name"), _matrix(str(name), group, view)])
        )
    return html.Div(made, className="sides")


def _matrix(name: str, group: pd.DataFrame, view: View) -> Component:
    """Return periods by sides: a side that told nothing of a period says so."""
    told = group.to_dict("records")
    sides = sorted({_side(row) for row in told}, key=lambda side: (side != BASIS, side))
    cells = {(row["period_start"], row["period_end"], row["span"], _side(row)): row for row in told}
    periods = sorted({key[:3] for key in cells}, key=lambda period: (period[1], period[0]), reverse=True)
    lines = []
    for start, end, span in periods:
        figures = [_cell(cells.get((start, end, span, side)), view) for side in sides]
        lines.append([view.words.period(start.date(), end.date(), span), *figures])
    head = [view.t("transport.period"), *(_side_said(side, view) for side in sides)]
    return parts.table(head, lines, caption=name, numeric=range(1, len(head)), cards=True)


def _side(row: Told) -> str:
    """Return who counted: a basis, or the railway for its own patronage."""
    return RAILWAY if row["indicator_id"] == COUNTED[1] else str(row["counting_basis"])


def _side_said(side: str, view: View) -> str:
    return view.t("organisation.mtr" if side == RAILWAY else f"basis.{side}")


def _cell(row: Told | None, view: View) -> parts.Content:
    if row is None:
        return html.Span(view.t("figure.no_figure"), className="soft")
    figure = view.words.number(row["value"], qualifier=row["qualifier"])
    if row["tier"] == "official":
        return figure
    return html.Div([html.Span(figure), html.Span(view.t(f"tier.{row['tier']}"), className="line-aside")])
