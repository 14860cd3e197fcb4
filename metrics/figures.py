"""Published figures as tables: the ones the product starts with, and any other in the same form."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import pandas as pd

from metrics.indicators import Catalogue
from metrics.warehouse.values import PRECISIONS, QUALIFIERS, SPANS, STATUSES, TIERS

OPENING = Path(__file__).resolve().parent / "opening"
FIGURES = OPENING / "published_figures.csv"
PASSENGERS = OPENING / "passenger_monthly.csv"

FIGURE_COLUMNS = (
    *("figure_id", "indicator_id", "place_id", "period_start", "period_end", "value", "unit", "qualifier"),
    *("published_on", "published_on_precision", "source_title", "publisher", "source_url", "source_tier"),
    *("span", "counting_basis", "status"),
)
GROUPS = ("hong_kong_residents", "mainland_visitors", "other_visitors")
PASSENGER_COLUMNS = (
    *("indicator_id", "month", "place_id", "direction", *GROUPS, "total", "unit", "published_on", "source"),
)
DIRECTIONS = ("arrival", "departure")
_VOCABULARY = {
    "qualifier": QUALIFIERS,
    "published_on_precision": PRECISIONS,
    "source_tier": TIERS,
    "span": SPANS,
    "status": STATUSES,
}

Check = tuple[pd.Series, str]  # which rows are wrong, and what to say of one, with its columns in braces


class FigureFaults(ValueError):  # noqa: N818 - it holds all of them
    """Every fault of a table of figures, one ``file: entry: what`` each, in ``faults``."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__(f"the table has {len(self.faults)} faults:\n" + "\n".join(self.faults))


def read_figures(path: Path, *, places: Collection[str], catalogue: Catalogue) -> pd.DataFrame:
    """Return a table of published figures, one row each; *places* are the ids of the places we know.

    Columns as FIGURE_COLUMNS, str, but for period_start, period_end and published_on (datetime64, days) and
    value (float64). ``source_url`` is empty where the address is not the publisher's own. Raises FigureFaults
    naming every fault of every row.
    """
    table = _read_text(path, FIGURE_COLUMNS)
    if faults := list(figure_faults(table, path.name, places=places, catalogue=catalogue)):
        raise FigureFaults(faults)
    for column in ("period_start", "period_end", "published_on"):
        table[column] = pd.to_datetime(table[column], format="%Y-%m-%d")
    table["value"] = pd.to_numeric(table["value"]).astype("float64")
    return table


def read_passengers(path: Path, *, places: Collection[str], catalogue: Catalogue) -> pd.DataFrame:
    """Return a table of monthly passenger trips, one row per control point, month and direction.

    Columns as PASSENGER_COLUMNS, str, but for month (its first day) and published_on (datetime64) and the
    groups and their total (int64, passenger trips). Raises FigureFaults naming every fault of every row.
    """
    table = _read_text(path, PASSENGER_COLUMNS)
    if faults := list(passenger_faults(table, path.name, places=places, catalogue=catalogue)):
        raise FigureFaults(faults)
    table["month"] = pd.to_datetime(table["month"], format="%Y-%m")
    table["published_on"] = pd.to_datetime(table["published_on"], format="%Y-%m-%d")
    return table.astype(dict.fromkeys((*GROUPS, "total"), "int64"))


def figure_faults(
    table: pd.DataFrame, file: str, *, places: Collection[str], catalogue: Catalogue
) -> Iterator[str]:
    """Yield every fault of a table of published figures that is still all text, as ``file: entry: what``."""
    unknown = ~table["indicator_id"].isin(list(catalogue.by_id))
    allowed = {(one.id, unit) for one in catalogue for unit in one.units}
    pairs = zip(table["indicator_id"], table["unit"], strict=True)
    foreign = pd.Series([pair not in allowed for pair in pairs], index=table.index, dtype=bool)
    start, end = _days(table["period_start"]), _days(table["period_end"])
    value = pd.to_numeric(table["value"], errors="coerce")
    checks: list[Check] = [
        (_repeated(table["figure_id"]), "figure_id stands twice or is empty"),
        *_name_checks(table, unknown, places),
        (foreign & ~unknown, "unit {unit!r} is not a unit of {indicator_id} in the catalogue"),
        *_date_checks(table, ("period_start", "period_end", "published_on")),
        (start > end, "period_start {period_start} is after period_end {period_end}"),
        (table["span"].eq("point") & (start < end), "a point in time must start and end on the same day"),
        (~value.abs().lt(float("inf")), "value {value!r} is no number"),
        *_vocabulary_checks(table),
        (
            ~table["counting_basis"].isin(list(catalogue.bases)),
            "counting_basis {counting_basis!r} is not in bases.toml",
        ),
        (table["publisher"].eq("") | table["source_title"].eq(""), "lacks publisher or source_title"),
        (~table["source_url"].str.match(r"(https?://\S+)?$"), "source_url {source_url!r} is no web address"),
    ]
    yield from _faults(table, table["figure_id"], file, checks)


def passenger_faults(
    table: pd.DataFrame, file: str, *, places: Collection[str], catalogue: Catalogue
) -> Iterator[str]:
    """Yield every fault of a table of monthly passenger trips that is still all text."""
    names = table["month"] + " " + table["place_id"] + " " + table["direction"]
    counts = table[[*GROUPS, "total"]].apply(pd.to_numeric, errors="coerce")
    whole = counts.ge(0).all(axis=1) & counts.mod(1).eq(0).all(axis=1)
    months = pd.to_datetime(table["month"], format="%Y-%m", errors="coerce")
    over = months + pd.offsets.MonthBegin(1)
    checks: list[Check] = [
        (_repeated(names), "stands twice"),
        *_name_checks(table, ~table["indicator_id"].isin(list(catalogue.by_id)), places),
        (months.isna(), "month {month!r} is not written YYYY-MM"),
        *_date_checks(table, ("published_on",)),
        (
            ~table["direction"].isin(DIRECTIONS),
            f"direction {{direction!r}} is not one of {', '.join(DIRECTIONS)}",
        ),
        (~whole, "the counts of the groups and the total must be whole numbers from 0"),
        (
            whole & counts[list(GROUPS)].sum(axis=1).ne(counts["total"]),
            "the groups do not add up to the total {total}",
        ),
        (_days(table["published_on"]) < over, "published_on {published_on} is before the month is over"),
    ]
    yield from _faults(table, names, file, checks)


def _read_text(path: Path, columns: tuple[str, ...]) -> pd.DataFrame:
    table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    if absent := [column for column in columns if column not in table]:
        raise FigureFaults([f"{path.name}: header: lacks {', '.join(absent)}; found {', '.join(table)}"])
    return table[list(columns)].copy()


def _days(text: pd.Series) -> pd.Series:
    return pd.to_datetime(text, format="%Y-%m-%d", errors="coerce")


def _repeated(names: pd.Series) -> pd.Series:
    return names.duplicated(keep=False) | names.eq("")


def _name_checks(table: pd.DataFrame, unknown: pd.Series, places: Collection[str]) -> list[Check]:
    nowhere = [place for place in table["place_id"].unique() if place not in places]
    return [
        (unknown, "indicator {indicator_id!r} is not in the catalogue"),
        (table["place_id"].isin(nowhere), "place {place_id!r} is not known"),
    ]


def _date_checks(table: pd.DataFrame, columns: Iterable[str]) -> list[Check]:
    return [
        (_days(table[key]).isna(), f"{key} {{{key}!r}} is not a day written YYYY-MM-DD") for key in columns
    ]


def _vocabulary_checks(table: pd.DataFrame) -> list[Check]:
    return [
        (~table[key].isin(words), f"{key} {{{key}!r}} is not one of {', '.join(words)}")
        for key, words in _VOCABULARY.items()
    ]


def _faults(table: pd.DataFrame, names: pd.Series, file: str, checks: Iterable[Check]) -> Iterator[str]:
    for wrong, what in checks:
        for index in table.index[wrong]:
            label = names[index] or f"row {index + 2}"
            yield f"{file}: {label}: {what.format(**table.loc[index])}"
