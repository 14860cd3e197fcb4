"""Road speeds on the map of Hong Kong's districts, and the same as a list."""

from __future__ import annotations

import pandas as pd

from dashboards.desk import Desk, Filters
from dashboards.figures import districts as district_map
from dashboards.panel import Panel
from dashboards.panels import marking
from dashboards.panels.transport_live import SPEEDS, districts, newest_readings


def by_district(desk: Desk, filters: Filters) -> pd.DataFrame:
    """Return one row for each district: its mean speed weighted by vehicles (km/h), or ``absence``; none without any.

    Columns: place_id, indicator_id, absence, unit (str), value (float64), period_start, period_end (datetime64).
    """
    frame = newest_readings(desk, filters, (SPEEDS,), districts(desk))
    if frame.empty:
        return frame
    sums = frame.groupby("place_id")[["sum", "weight"]].sum()
    means = (sums["sum"] / sums["weight"]).round(1)
    made = means.reindex(districts(desk)).rename("value").rename_axis("place_id").reset_index()
    missing = made["value"].isna()
    made = made.assign(
        indicator_id=SPEEDS,
        absence=missing.map({True: "no_figure", False: ""}).astype("str"),
        unit="km/h",
        period_start=frame["period_start"].max(),
        period_end=frame["period_end"].max(),
        span="point",
    )
    made.attrs["sources"] = frame.attrs.get("sources", [])
    return made


PANEL = Panel(
    id="speeds-map",
    size="wide",
    title="transport.speeds_map",
    unit="unit.km/h",
    note="transport.speeds_map_note",
    query=by_district,
    figure=district_map.districts,
    body=marking.as_list,
    alt=lambda frame, view: district_map.alt(frame, view.style),
    empty="transport.nothing_received",
    sources=lambda frame, _view: frame.attrs.get("sources", []),
    indicators=(SPEEDS,),
)
