"""The figures the product starts with, and tables of published figures that people hand in."""

from __future__ import annotations

import calendar
import tomllib
from collections.abc import Iterator, Mapping
from datetime import timedelta
from functools import partial
from pathlib import Path

from ingest.numbers import count, day, number, one_of
from ingest.reading import cell, csv_rows
from ingest.source import Payload, Record, Row, Source, breakdown
from metrics.warehouse.values import PRECISIONS, QUALIFIERS, SPANS, STATUSES, TIERS

FOLDER = Path(__file__).resolve().parents[1] / "metrics" / "opening"
WORDS = Path(__file__).with_suffix(".toml")
FIGURES = FOLDER / "published_figures.csv"
PASSENGERS = FOLDER / "passenger_monthly.csv"
TABLES = ("opening_figures", "opening_passengers", "agenda", "handed_in_figures")
FIGURE_COLUMNS = (
    "figure_id",
    "indicator_id",
    "place_id",
    "period_start",
    "period_end",
    "value",
    "unit",
    "qualifier",
    "published_on",
    "published_on_precision",
    "source_title",
    "publisher",
    "source_url",
    "source_tier",
    "span",
    "counting_basis",
    "status",
)
GROUPS = ("hong_kong_residents", "mainland_visitors", "other_visitors")
PASSENGER_COLUMNS = (
    *("indicator_id", "month", "place_id", "direction"),
    *GROUPS,
    *("total", "unit", "published_on", "source"),
)
_day = partial(day, form="%Y-%m-%d")
_month = partial(day, form="%Y-%m")


def figures(payload: Payload) -> Iterator[Record]:
    """Yield one record a row of a table of published figures; a blank value is not published, and no record."""
    for row in csv_rows(payload, expect=FIGURE_COLUMNS, more=True):
        value = cell(row, "value", partial(number, absent=("",)))
        if value is None:
            continue
        yield Record(
            indicator=row["indicator_id"],
            place=row["place_id"],
            start=cell(row, "period_start", _day),
            end=cell(row, "period_end", _day),
            span=_word(row, "span", SPANS),
            value=value,
            unit=row["unit"],
            counting_basis=row["counting_basis"],
            qualifier=_word(row, "qualifier", QUALIFIERS),
            status=_word(row, "status", STATUSES),
            tier=_word(row, "source_tier", TIERS),
            known_on=cell(row, "published_on", _day),
            known_precision=_word(row, "published_on_precision", PRECISIONS),
            figure_ref=row["figure_id"],
            row=row,
        )


def passengers(payload: Payload) -> Iterator[Record]:
    """Yield three records a row of the monthly sums, one a group; the row's total stays to be compared."""
    for row in csv_rows(payload, expect=PASSENGER_COLUMNS):
        start = cell(row, "month", _month)
        end = start.replace(day=calendar.monthrange(start.year, start.month)[1])
        direction = _word(row, "direction", ("arrival", "departure"))
        for group in GROUPS:
            yield Record(
                indicator=row["indicator_id"],
                place=row["place_id"],
                breakdown=breakdown(direction=direction, group=group),
                start=start,
                end=end,
                span="month",
                value=float(cell(row, group, count)),
                unit=row["unit"],
                total=float(cell(row, "total", count)),
                known_on=cell(row, "published_on", _day),
                row=row,
            )


def _word(row: Row, column: str, known: tuple[str, ...]) -> str:
    return cell(row, column, partial(one_of, known=known))


def citation(record: Record) -> Mapping[str, str]:
    """Return where the figure of a row was published: publisher, title, url ("" where not its own), date, precision."""
    row = record.row or {}
    said = {"publisher": "publisher", "title": "source_title", "url": "source_url"}
    dated = {"published_on": "published_on", "precision": "published_on_precision"}
    return {name: row.get(column, "") for name, column in (said | dated).items()}


def table_source(source_id: str, feeds: Mapping[str, tuple[str, ...]]) -> Source:
    """Return the source of a table in our own form; *feeds* says which indicators and places it may name."""
    entry = tomllib.loads(WORDS.read_text(encoding="utf-8"))[source_id]
    return Source(
        id=source_id,
        title=entry["title"],
        publisher=entry["publisher"],
        page_url="",
        licence="",
        schedule="",
        requests=(),
        parse=passengers if source_id == "opening_passengers" else figures,
        feeds=feeds,
        fresh_within=timedelta.max,
        lag_days=0,
        cite=None if source_id == "opening_passengers" else citation,
    )
