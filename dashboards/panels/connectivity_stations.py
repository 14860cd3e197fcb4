"""5G base stations by city: which figure stands for each city, absolute, per 10,000 residents or per km²."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from dashboards.desk import Desk, Filters
from dashboards.figures.rows import figure_words, period_words, rows
from dashboards.panel import View
from dashboards.style import Style
from metrics.derive import by_rule
from metrics.queries import TIER_ORDER, Metrics

PATH = "/connectivity"
STATIONS = "fiveg_base_stations"
DENSITIES = {"capita": "fiveg_bs_per_10k_pop", "km2": "fiveg_bs_per_km2"}
BASES = ("provincial", "municipal")
FIRST_YEAR = 2019
UNDERIVED = {
    "no_denominator": "connectivity.no_denominator",
    "series_break": "connectivity.series_break",
    "zero_base": "connectivity.no_denominator",
    "not_provable": "connectivity.not_provable",
}
DECIMALS = 1
_DOWN, _UP = ("over", "at_least"), ("under", "at_most")


def years(desk: Desk) -> tuple[str, ...]:
    """Return the years that the address may ask for."""
    return tuple(str(year) for year in range(FIRST_YEAR, desk.clock().year + 1))


def city_ids(desk: Desk) -> list[str]:
    """Return the eleven cities in their official order."""
    return [city.id for city in desk.atlas.cities]


def reported(desk: Desk, filters: Filters) -> pd.DataFrame:
    """Return every count of a city's stations as known then, on every counting basis."""
    return desk.metrics.history(
        STATIONS, filters.as_of, places=city_ids(desk), breakdown="", spans=("point",)
    )


def chosen(frame: pd.DataFrame, filters: Filters) -> pd.DataFrame:
    """Return one count for each city: the newest, within the year and on the basis that *filters* ask for."""
    if year := filters.option("year"):
        frame = frame[frame["period_end"].dt.year.eq(int(year))]
    if basis := filters.option("basis"):
        frame = frame[frame["counting_basis"].eq(basis)]
    ranked = frame.assign(rank=frame["tier"].map(TIER_ORDER)).sort_values(
        ["period_end", "rank", "known_at", "series_id"], ascending=[False, True, False, True]
    )
    return ranked.drop_duplicates("place_id").drop(columns="rank").reset_index(drop=True)


def density(metrics: Metrics, filters: Filters, counts: pd.DataFrame, per: str) -> pd.DataFrame:
    """Return *counts* over residents or land as the catalogue's rule says, cut to one decimal that stays true.

    Adds the columns of ``metrics.derive.ratio``; a figure that cannot be stated is missing and has its ``reason``.
    """
    rule = metrics.catalogue.get(DENSITIES[per])
    below = metrics.history(rule.derive.per, filters.as_of, places=list(counts["place_id"]), breakdown="")
    found = by_rule(rule, {rule.derive.of: counts, rule.derive.per: below})
    return found.assign(value=cut(found["value"], found["qualifier"]))


def cut(values: pd.Series, qualifiers: pd.Series) -> pd.Series:
    """Return *values* to one decimal: "over" goes down and "under" up, so that each stays true."""
    steps = (values * 10**DECIMALS).round(6)
    down, up = qualifiers.isin(_DOWN), qualifiers.isin(_UP)
    whole = np.select([down, up], [np.floor(steps), np.ceil(steps)], np.round(steps))
    return pd.Series(whole / 10**DECIMALS, index=values.index, dtype="float64")


def by_city(desk: Desk, filters: Filters) -> pd.DataFrame:
    """Return one row for each of the eleven cities in order: its figure, or ``absence`` and ``why`` it has none."""
    found = chosen(reported(desk, filters), filters)
    if filters.per and len(found):
        found = density(desk.metrics, filters, found, filters.per)
        found = found.assign(counting_basis=found["of_basis"])  # what was counted still differs
    every = found.set_index("place_id").reindex(city_ids(desk)).rename_axis("place_id").reset_index()
    told = desk.metrics.absences(STATIONS, filters.as_of)
    counted = set(found["place_id"])
    absent = [_absence(place, counted, told) for place in every["place_id"]]
    missing = every["value"].isna()
    told = every.assign(
        absence=pd.Series([kind for kind, _ in absent], dtype="str").where(missing, ""),
        why=pd.Series([why for _, why in absent], dtype="str").where(missing, ""),
    )
    told.attrs |= {"scale": _scale(desk, filters), "view": filters.option("view")}
    return told


def _scale(desk: Desk, filters: Filters) -> list[float]:
    """Return the figures of every year, which share the map's classes: a colour means the same in each of them."""
    frame = reported(desk, filters)
    if basis := filters.option("basis"):
        frame = frame[frame["counting_basis"].eq(basis)]
    if filters.per and len(frame):
        frame = density(desk.metrics, filters, frame, filters.per)
    return sorted(frame["value"].dropna().unique().tolist())


def _absence(place: str, counted: set[str], told: dict[str, tuple[str, str]]) -> tuple[str, str]:
    """Return why *place* has no figure: a count that could not be derived, a reason on record, or none."""
    if place in counted:
        return "not_defined", ""
    return told.get(place, ("no_figure", ""))


def known_years(frame: pd.DataFrame) -> set[str]:
    """Return the years in which some city has a count."""
    return {str(year) for year in frame["period_end"].dt.year.unique()}


def same_month(desk: Desk, filters: Filters) -> pd.DataFrame:
    """Return the counts of cities that were counted on more than one basis in the same month."""
    frame = reported(desk, filters)
    month = frame["period_end"].dt.to_period("M")
    bases = frame.groupby(["place_id", month])["counting_basis"].transform("nunique")
    return frame[bases.gt(1)].sort_values(["period_end", "value"], ascending=False, kind="stable")


def basis_words(basis: str, style: Style) -> str:
    """Return the name of a counting basis."""
    return style.t(f"basis.{basis}") if style.words.has(f"basis.{basis}") else basis


def divided_by(frame: pd.DataFrame, view: View) -> list[str]:
    """Return, for each derived figure, what the count was divided by and of which date, in words."""
    if "per_value" not in frame.columns:
        return []
    unit = {"capita": "persons", "km2": "km2"}[view.filters.per]
    said = []
    for row in frame[frame["value"].notna()].itertuples():
        amount = view.words.compact(row.per_value, unit, row.per_qualifier)
        when = view.words.period(row.per_period_end, row.per_period_end, "point")
        text = view.t("figure.named", name=view.style.place(row.place_id), figure=amount)
        said.append(view.t("figure.aside", text=text, aside=when))
    return said


def not_divided(frame: pd.DataFrame, view: View) -> list[str]:
    """Return the cities whose count could not be divided, each with its reason, in words."""
    if "reason" not in frame.columns:
        return []
    silent = frame[frame["reason"].fillna("").ne("")]
    return [
        view.t("figure.named", name=view.style.place(row.place_id), figure=view.t(UNDERIVED[row.reason]))
        for row in silent.itertuples()
    ]


def counted_as(frame: pd.DataFrame, view: View) -> list[str]:
    """Return, for each city with a figure, its counting basis and date, in words."""
    shown = frame[frame["value"].notna()]
    return [
        view.t(
            "figure.named",
            name=row.label,
            figure=view.words.listing([basis_words(basis, view.style), period_words(row, view.style)]),
        )
        for row, basis in zip(rows(shown, view.style), shown["counting_basis"], strict=True)
    ]


def twin(desk: Desk, filters: Filters) -> pd.DataFrame:
    """Return one row for each city: its count, ``absence``, ``why``, and both densities as ``<per>_<column>``."""
    counts = chosen(reported(desk, filters), filters)
    frame = counts.set_index("place_id")
    for per in DENSITIES:
        if len(counts):
            found = density(desk.metrics, filters, counts, per).set_index("place_id")
            columns = ["value", "qualifier", "reason", "per_value", "per_qualifier", "per_period_end"]
            frame = frame.join(found[columns].add_prefix(f"{per}_"))
    told = desk.metrics.absences(STATIONS, filters.as_of)
    places = city_ids(desk)
    absent = [("", "") if place in frame.index else _absence(place, set(), told) for place in places]
    every = frame.reindex(places).rename_axis("place_id").reset_index()
    return every.assign(absence=[kind for kind, _ in absent], why=[why for _, why in absent])


def density_words(row: pd.Series, per: str, view: View) -> str:
    """Return a density of the twin's *row* with its qualifier, or why there is none."""
    if pd.isna(row["value"]):
        return "–"
    if row[f"{per}_reason"]:
        return view.t(UNDERIVED[row[f"{per}_reason"]])
    return view.words.number(row[f"{per}_value"], qualifier=row[f"{per}_qualifier"], decimals=DECIMALS)


def count_words(frame: pd.DataFrame, view: View) -> Sequence[str]:
    """Return the count of each row with its qualifier, or the words for its absence."""
    return [figure_words(row, view.style) for row in rows(frame, view.style)]
