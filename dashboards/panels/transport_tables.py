"""What the transport panels say, as tables that leave the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from dashboards.panel import View
from dashboards.panels.transport_passengers import GROUPS, Passengers

SAME = ("indicator_id", "unit", "counting_basis", "qualifier", "status", "tier", "source_id")
"""What every row of one count says alike."""


def where(held: Passengers, view: View) -> str:
    """Write which control points a sum is of: all, or those asked for."""
    if held.places is None:
        return view.t("transport.all_points")
    return view.words.listing(view.style.place(place) for place in held.places)


def groups_table(held: Passengers) -> Callable[[pd.DataFrame, View], pd.DataFrame]:
    """Return the table of the months by traveller group, with the control points they are of."""

    def table(frame: pd.DataFrame, view: View) -> pd.DataFrame:
        return frame.drop(columns=["label", "group"]).assign(
            group=[view.t(GROUPS[group]) for group in frame["group"]], place=where(held, view)
        )

    return table


def years_table(held: Passengers) -> Callable[[pd.DataFrame, View], pd.DataFrame]:
    """Return the table of the years: their totals, their days, and how many a day."""

    def table(frame: pd.DataFrame, view: View) -> pd.DataFrame:
        keys = ["period_start", "period_end", "span", *SAME]
        total = frame.groupby(keys, as_index=False, sort=False)["value"].sum()
        days = (total["period_end"] - total["period_start"]).dt.days + 1
        return total.assign(days=days, a_day=(total["value"] / days).round(), place=where(held, view))

    return table


def balance_table(frame: pd.DataFrame, view: View) -> pd.DataFrame:
    """Return the table of both ways: by control point as drawn, then by traveller group, then each group's net."""
    period = ["period_start", "period_end", "span", *SAME]
    points = frame.groupby(["label", "place_id", "direction", *period], as_index=False, sort=False)[
        "value"
    ].sum()
    groups = frame.groupby(["group", "direction", *period], as_index=False, sort=False)["value"].sum()
    ways = groups.pivot_table(index=["group", *period], columns="direction", values="value", fill_value=0.0)
    net = ways.get("departure", 0.0) - ways.get("arrival", 0.0)
    nets = net.abs().rename("value").reset_index().assign(direction=[_more(value, view) for value in net])
    told = pd.concat([groups.assign(direction=_ways(groups, view)), nets], ignore_index=True)
    told = told.assign(group=[view.t(GROUPS[group]) for group in told["group"]])
    return pd.concat([points.assign(direction=_ways(points, view)), told], ignore_index=True)


def _ways(frame: pd.DataFrame, view: View) -> list[str]:
    names = {"departure": "figure.northbound", "arrival": "figure.southbound"}
    return [view.t(names[way]) for way in frame["direction"]]


def _more(net: float, view: View) -> str:
    if net == 0:
        return view.t("figure.even")
    return view.t("transport.more_north" if net > 0 else "transport.more_south")


OPENING_FIGURES = {
    "first_year": "table.first_year",
    "before": "table.land_before",
    "after": "table.land_after",
}


def openings_table(frame: pd.DataFrame, view: View) -> pd.DataFrame:
    """Return the table of the openings: a line for each sum around one, or one that says nothing is compared."""
    return pd.DataFrame([line for row in frame.to_dict("records") for line in _opening_lines(row, view)])


def _opening_lines(row: dict, view: View) -> list[dict[str, object]]:
    key = "transport.opened_to_passengers" if row["later"] else "transport.opened"
    told = {
        "opening": view.t(key, place=view.style.place(row["place_id"])),
        "opened_on": row["opened"],
        "place_id": row["place_id"],
    }
    found = [
        told | {"period": view.t(name), "value": float(row[one]), "qualifier": "exact",
                "figure": view.words.number(row[one]), "absence": ""}
        for one, name in OPENING_FIGURES.items()
        if pd.notna(row[one])
    ]  # fmt: skip
    none = {"period": "", "value": float("nan"), "qualifier": "", "figure": "", "absence": ""}
    return found or [told | none]


def taken(frame: pd.DataFrame, view: View) -> list[str]:
    """Write when each reading was taken."""
    return [view.words.instant(at.to_pydatetime()) for at in frame["at"]]


def readings_table(frame: pd.DataFrame, view: View) -> pd.DataFrame:
    """Return the table of readings as they are told, each with its instant."""
    kept = frame.drop(columns=["at", "sum", "weight", "n", "minutes", "seen"], errors="ignore")
    if frame.empty:
        return kept.assign(taken_at="")
    return kept.assign(taken_at=taken(frame, view))


def waiting_table(levels: Mapping[float, str]) -> Callable[[pd.DataFrame, View], pd.DataFrame]:
    """Return the table of the clearance levels, each said by its name of *levels*."""

    def table(frame: pd.DataFrame, view: View) -> pd.DataFrame:
        said = [
            view.t(levels[value]) if value in levels else view.words.number(value) for value in frame["value"]
        ]
        return readings_table(frame, view).assign(figure=pd.Series(said, dtype="str"))

    return table


def rounded_table(frame: pd.DataFrame, view: View) -> pd.DataFrame:
    """Return the table of readings that are told in whole numbers."""
    said = [view.words.number(value, decimals=0) for value in frame["value"]]
    return readings_table(frame, view).assign(figure=pd.Series(said, dtype="str"))


def speeds_table(frame: pd.DataFrame, view: View) -> pd.DataFrame:
    """Return the table of the districts' mean speeds, weighted by vehicles, with the detectors they are of."""
    if frame.empty:
        return readings_table(frame, view).assign(detectors=pd.Series(dtype="float64"))
    sums = frame.groupby("place_id", sort=False).agg(
        sum=("sum", "sum"), weight=("weight", "sum"), detectors=("series_id", "size"), at=("at", "max")
    )
    means = (sums["sum"] / sums["weight"]).sort_values(kind="stable")
    return pd.DataFrame(
        {
            "taken_at": [view.words.instant(sums.loc[place, "at"].to_pydatetime()) for place in means.index],
            "detectors": [float(sums.loc[place, "detectors"]) for place in means.index],
            "place_id": means.index,
            "indicator_id": frame["indicator_id"].iat[0],
            "unit": frame["unit"].iat[0],
            "value": means.to_numpy(),
            "figure": [view.words.number(float(value), decimals=1) for value in means],
        }
    )


def ferries_table(states: Mapping[str, str]) -> Callable[[pd.DataFrame, View], pd.DataFrame]:
    """Return the table of the newest day's sailings by city, way and state, as the panel adds them up."""

    def table(frame: pd.DataFrame, view: View) -> pd.DataFrame:
        keys = ["place_id", "direction", "state", "period_start", "period_end", "span", *SAME]
        if frame.empty:
            return frame[[*keys, "value"]].rename(columns={"state": "sailing"})
        sums = frame.groupby(keys, as_index=False, sort=False)["value"].sum()
        named = [view.t(states[state]) if state in states else state for state in sums["state"]]
        return sums.drop(columns="state").assign(sailing=named)

    return table
