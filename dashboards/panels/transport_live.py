"""What comes in by itself: waiting levels, journey times, road speeds, ferries and the rest, with who brings it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards import parts
from dashboards.desk import Desk, Filters
from dashboards.figures.rows import Row
from dashboards.panel import Panel, Size, View
from dashboards.panels import transport_tables as told
from dashboards.panels.transport_passengers import parts_of
from dashboards.panels.transport_published import bar_list
from dashboards.panels.transport_waiting import DIRECTIONS, LEVELS, waiting
from metrics.asof import HONG_KONG, day_as_of

WAITING, JOURNEYS, SPEEDS, FERRIES = "bcp_wait_level", "journey_minutes", "road_speed_kmh", "ferry_sailings"
OTHERS = ("traffic_incidents_open", "boundary_train_headway", "boundary_parking_vacancy")
FRESH = timedelta(hours=2)
RECENT = timedelta(days=31)
DESTINATIONS = {
    "CH": "transport.tunnel_ch", "EH": "transport.tunnel_eh", "WH": "transport.tunnel_wh",
    "SSCPR": "transport.sheung_shui", "SSYLH": "transport.sheung_shui", "ACTT": "transport.to_airport",
    "ATL": "transport.to_airport", "ATSCA": "transport.to_airport", "TMCLK": "transport.to_airport",
}  # fmt: skip
STATES = {
    "operated": "transport.sailing_operated",
    "expected": "transport.sailing_expected",
    "cancelled": "transport.sailing_cancelled",
}

Body = Callable[[pd.DataFrame, View], Component | list[Component]]


def newest_readings(
    desk: Desk, filters: Filters, indicators: Sequence[str], places: Sequence[str] | None = None
) -> pd.DataFrame:
    """Return the newest reading of each series received by then: the warehouse's columns, and the day as period_end.

    Readings older than two hours before the newest of them are left out: they no longer say how it is. The sources
    are those that bring what is shown; of nothing, those that would.
    """
    metrics = desk.metrics
    seen = list(metrics.allowed(indicators))
    until = filters.as_of.instant
    frame = metrics.warehouse.readings(seen, places=places, start=until - FRESH, end=until)
    if frame.empty:
        newest = _newest_instant(metrics.warehouse, seen, places, _last_whole_day(filters))
        if newest is not None:
            after = newest + timedelta(microseconds=1)
            frame = metrics.warehouse.readings(seen, places=places, start=newest - FRESH, end=after)
    frame = frame.sort_values("at", kind="stable").drop_duplicates("series_id", keep="last")
    days = frame["at"].dt.tz_convert(HONG_KONG).dt.tz_localize(None).dt.normalize()
    frame = frame.assign(period_start=days, period_end=days).reset_index(drop=True)
    if frame.empty:
        frame.attrs["sources"] = bringers(desk, filters, seen, places)
    else:
        came = frame["indicator_id"].unique(), frame["place_id"].unique()
        frame.attrs["sources"] = bringers(desk, filters, *came)
    return frame


def _last_whole_day(filters: Filters) -> date:
    """Return the last day of which nothing is later than the as-of."""
    as_of = filters.as_of
    whole = as_of.current or as_of.instant >= day_as_of(as_of.day).instant
    return as_of.day if whole else as_of.day - timedelta(days=1)


def _newest_instant(
    warehouse, indicators: Sequence[str], places: Sequence[str] | None, until: date
) -> datetime | None:
    """Return when the newest reading up to *until* was taken; None where there is none."""
    days = warehouse.rollup(indicators, every="day", places=places, start=until - RECENT, end=until)
    if days.empty:
        months = warehouse.rollup(indicators, every="month", places=places, end=until)
        if months.empty:
            return None
        first = months["period_start"].max().date()
        days = warehouse.rollup(indicators, every="day", places=places, start=first, end=until)
    return None if days.empty else days["last_at"].max().to_pydatetime()


def bringers(
    desk: Desk, filters: Filters, indicators: Iterable[str], places: Sequence[str] | None = None
) -> list[str]:
    """Return the titles of the sources that bring *indicators* (at any of *places*), in the reader's language."""
    wanted = set(indicators)

    def brings(feeds: Mapping[str, Sequence[str]]) -> bool:
        return any(places is None or set(places) & set(feeds[one]) for one in wanted & set(feeds))

    return [one.source.title[filters.lang] for one in desk.health() if brings(one.source.feeds)]


def live_panel(
    panel_id: str, title: str, indicators: tuple[str, ...], body: Body, *, unit: str = "", note: str = "",
    size: Size = "half", places: Callable[[Desk], Sequence[str]] | None = None,
) -> Panel:  # fmt: skip
    """Return a panel of the newest readings; while there are none it says which source will bring them."""

    def query(desk: Desk, filters: Filters) -> pd.DataFrame:
        return newest_readings(desk, filters, indicators, places(desk) if places else None)

    def written(frame: pd.DataFrame, view: View) -> list[Component]:
        if frame.empty:
            return [nothing_yet(frame, view)]
        made = body(frame, view)
        at = frame["at"].max().to_pydatetime()
        return [taken_at(at, view), *(made if isinstance(made, list) else [made])]

    return Panel(
        id=panel_id, title=title, query=query, body=written, table=told.readings_table, unit=unit, note=note, size=size,
        draws_empty=True, sources=lambda frame, _view: frame.attrs.get("sources", []), indicators=indicators,
    )  # fmt: skip


def nothing_yet(frame: pd.DataFrame, view: View) -> Component:
    """Return the calm sentence that nothing was received, and who will bring it."""
    names = frame.attrs.get("sources", [])
    if not names:
        return parts.state(view.t("transport.nothing_received"))
    return parts.state(view.t("transport.nothing_received_from", sources=view.words.listing(names)))


def taken_at(at: datetime, view: View) -> Component:
    """Return when the readings shown were taken."""
    said: list[str | Component] = [view.t("transport.taken_at", time=view.words.instant(at))]
    if view.filters.as_of.instant - at > FRESH:
        said.append(parts.flag_chip("stale", view.words))
    return html.P(said, className="taken")


def journeys(frame: pd.DataFrame, view: View) -> Component:
    """Return the minutes by destination, each from the signs that tell it; signs by their own codes."""
    split = frame.assign(part=[parts_of(text) for text in frame["breakdown"]])
    split = split.assign(to=[part.get("destination", "") for part in split["part"]])
    lines = []
    for code, mine in split.groupby("to", sort=True):
        ordered = mine.sort_values("value", kind="stable")
        low, high = float(ordered["value"].min()), float(ordered["value"].max())
        figures = [view.words.number(value, decimals=0) for value in dict.fromkeys((low, high))]
        signs = [
            f"{part.get('location', '')} {view.words.number(value, decimals=0)}"
            for part, value in zip(ordered["part"], ordered["value"], strict=True)
        ]
        lines.append([_destination(str(code), view), "–".join(figures), view.words.listing(signs)])
    head = [view.t(key) for key in ("transport.destination", "transport.minutes", "transport.by_sign")]
    return parts.table(head, lines, caption=view.t("indicator.journey_minutes"), numeric=[1])


def _destination(code: str, view: View) -> str:
    key = DESTINATIONS.get(code)
    return view.t("figure.aside", text=view.t(key), aside=code) if key else code


def districts(desk: Desk) -> list[str]:
    """Return Hong Kong's districts."""
    return [one.id for one in desk.atlas.districts if one.city_id == "hong_kong"]


def speeds(frame: pd.DataFrame, view: View) -> Component:
    """Return the districts by mean speed, weighted by vehicles, slowest first."""
    sums = frame.groupby("place_id").agg(
        sum=("sum", "sum"), weight=("weight", "sum"), detectors=("series_id", "size")
    )
    means = (sums["sum"] / sums["weight"]).sort_values(kind="stable")
    items = []
    for place, value in means.items():
        aside = view.t("transport.detectors", n=view.words.number(float(sums.loc[place, "detectors"])))
        items.append((view.style.place(str(place)), Row(place_id=str(place), value=float(value)), aside))
    return bar_list(items, view, decimals=1)


def others(frame: pd.DataFrame, view: View) -> Component:
    """Return incidents, train intervals and vacant spaces, one line each."""
    lines = []
    for row in frame.sort_values(["indicator_id", "place_id", "breakdown"]).itertuples():
        part = parts_of(row.breakdown)
        said = [view.style.place(row.place_id)]
        if (way := part.get("direction", "")) in DIRECTIONS:
            said.append(view.t(f"figure.{way}"))
        name = view.t(f"indicator.{row.indicator_id}")
        lines.append([name, view.words.listing(said), view.words.number(row.value, unit=row.unit)])
    head = [view.t("transport.what"), view.t("transport.where"), view.t("transport.figure")]
    return parts.table(head, lines, caption=view.t("transport.live_others"), numeric=[2])


def ferry_panel() -> Panel:
    """Return the sailings of the newest day by city, each state by itself."""

    def query(desk: Desk, filters: Filters) -> pd.DataFrame:
        frame = desk.metrics.latest(FERRIES, filters.as_of, spans=["day"])
        frame = frame[frame["period_end"].eq(frame["period_end"].max())].reset_index(drop=True)
        split = [parts_of(text) for text in frame["breakdown"]]
        frame = frame.assign(**{key: [part.get(key, "") for part in split] for key in ("direction", "state")})
        frame.attrs["sources"] = bringers(desk, filters, [FERRIES])
        return frame

    return Panel(
        id="ferries",
        title="indicator.ferry_sailings",
        query=query,
        body=_ferries,
        table=told.ferries_table(STATES),
        draws_empty=True,
        sources=lambda frame, _view: frame.attrs.get("sources", []),
        note="transport.ferries_note",
        indicators=(FERRIES,),
    )


def _ferries(frame: pd.DataFrame, view: View) -> Component | list[Component]:
    if frame.empty:
        return nothing_yet(frame, view)
    sums = frame.groupby(["direction", "place_id", "state"], sort=False)["value"].sum()
    lines = []
    for direction, place in dict.fromkeys((way, city) for way, city, _ in sums.index):
        figures = [sums.get((direction, place, state)) for state in STATES]
        lines.append([
            view.t("format.pair", a=view.style.place(place), b=view.t(f"figure.{direction}")),
            *(view.words.number(None if value is None else float(value)) for value in figures),
        ])  # fmt: skip
    day = view.words.day(frame["period_end"].max().date())
    head = [view.t("transport.city"), *(view.t(name) for name in STATES.values())]
    caption = view.t("format.pair", a=view.t("indicator.ferry_sailings"), b=day)
    return [html.P(day, className="taken"), parts.table(head, lines, caption=caption, numeric=[1, 2, 3])]


def live_panels(speeds_map: Panel) -> tuple[Panel, ...]:
    """Return the live panels in their order on the page, *speeds_map* beside the speeds in words."""
    panels = (
        live_panel("waiting", "indicator.bcp_wait_level", (WAITING,), waiting, note="comparability.bcp_wait_level",
                   size="wide"),
        live_panel("live-others", "transport.live_others", OTHERS, others, size="third"),
        speeds_map,
        live_panel("speeds", "transport.speeds", (SPEEDS,), speeds, unit="unit.km/h", size="third",
                   note="transport.speeds_note", places=districts),
        live_panel("journeys", "indicator.journey_minutes", (JOURNEYS,), journeys,
                   note="transport.journeys_note"),
        ferry_panel(),
    )  # fmt: skip
    tables = {
        "waiting": told.waiting_table(LEVELS),
        "speeds": told.speeds_table,
        "journeys": told.rounded_table,
    }
    return tuple(replace(panel, table=tables.get(panel.id, panel.table)) for panel in panels)
