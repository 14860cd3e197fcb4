"""Chart = table = CSV = XLSX = Parquet = JSON, value by value, qualifier by qualifier, for views nobody chose."""

from __future__ import annotations

import csv
import io
import json
import math
from datetime import UTC, datetime, timedelta
from typing import Any

import openpyxl
import pyarrow.parquet as pq
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboards import pages
from dashboards.desk import Desk, Filters
from dashboards.exports.tables import comma, json_text, parquet, workbook
from dashboards.exports.telling import Telling, tell
from dashboards.panel import Page, discover, options_of, panels_of
from dashboards.shell import view_of
from dashboards.style import Shapes
from metrics.asof import instant_as_of
from tests.dashboards.exports import agreement
from tests.dashboards.exports.test_every_panel import ON_A_SCALE_OF_THEIR_OWN, unqualified
from tests.opened import NOW

PAGES = {page.id: page for page in discover(pages)}
TRIED = ("connectivity", "services", "data_flow", "transport", "work_item", "overview")
PLACES = ("hong_kong", "macao", "shenzhen", "guangzhou", "guangdong", "hk_lo_wu", "gba")
FIRST = datetime(2019, 1, 1, tzinfo=UTC)


@st.composite
def asked(draw) -> tuple[str, dict[str, Any], int]:
    days = (NOW - FIRST).days
    start = draw(st.one_of(st.none(), st.dates(FIRST.date(), NOW.date())))
    end = draw(st.one_of(st.none(), st.dates(start or FIRST.date(), NOW.date())))
    state = {
        "lang": draw(st.sampled_from(["en", "zh-Hant", "zh-Hans"])),
        "per": draw(st.sampled_from(["", "capita", "km2"])),
        "places": tuple(draw(st.lists(st.sampled_from(PLACES), max_size=3, unique=True))),
        "start": start,
        "end": end,
        "as_of": instant_as_of(FIRST + timedelta(days=draw(st.integers(0, days))), clock=NOW),
    }
    return draw(st.sampled_from(TRIED)), state, draw(st.integers(0, 10_000))


def chosen(desk: Desk, page: Page, state: dict[str, Any], dice: int) -> tuple[Telling, Any]:
    """Return a panel of *page*, picked by *dice* with the page's own options, as it is told, and its view."""
    options = [
        (name, allowed[dice % len(allowed)])
        for name, allowed in options_of(page, desk).items()
        if not callable(allowed) and allowed and dice % 3
    ]
    items = page.items(desk) if "<" in page.path else ("",)
    filters = Filters(item=items[dice % len(items)], options=tuple(options), **state)
    panels = [one for one in panels_of(page, desk, filters) if one.speaks]
    panel = panels[dice % len(panels)]
    view = view_of(desk, filters, NOW.date(), Shapes())
    return tell(page, panel, desk, filters, shapes=Shapes()), view


def plain(cell: Any) -> Any:
    """Return a cell as every form can say it: a number, a text, or None for nothing."""
    if cell is None or (isinstance(cell, float) and math.isnan(cell)) or cell == "":
        return None
    return float(cell) if isinstance(cell, int | float) else str(cell)


def from_rows(telling: Telling) -> list[list[Any]]:
    columns = [column.id for column in telling.columns]
    return [[plain(cell) for cell in row] for row in telling.rows[columns].itertuples(index=False, name=None)]


def from_csv(telling: Telling) -> list[list[Any]]:
    _, *lines = csv.reader(io.StringIO(comma.write(telling).decode("utf-8-sig"), newline=""))
    kinds = [column.kind for column in telling.columns]
    return [
        [
            plain(float(cell) if cell and kind == "number" else _bare(cell))
            for cell, kind in zip(line, kinds, strict=True)
        ]
        for line in lines
    ]


def _bare(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" else cell


def from_json(telling: Telling) -> list[list[Any]]:
    return [[plain(cell) for cell in row.values()] for row in json.loads(json_text.write(telling))["rows"]]


def from_parquet(telling: Telling) -> list[list[Any]]:
    held = pq.read_table(io.BytesIO(parquet.write(telling))).to_pylist()
    return [[plain(cell) for cell in row.values()] for row in held]


def from_xlsx(telling: Telling) -> list[list[Any]]:
    """Return the rows put together of the labelled and the coded sheet, in the table's order of columns."""
    book = openpyxl.load_workbook(io.BytesIO(workbook.write(telling))).worksheets
    labels = {column.label: column.id for column in telling.columns if column.kind != "code"}
    by_id: dict[str, list[Any]] = {}
    for sheet, name in ((book[2], lambda head: labels[head]), (book[3], lambda head: head)):
        heads, *rows = [list(row) for row in sheet.iter_rows(values_only=True)] or [[]]
        for at, head in enumerate(heads):
            by_id[name(head)] = [_cell(row[at]) for row in rows]
    height = len(telling.rows)
    columns = [by_id.get(column.id, [None] * height) for column in telling.columns]
    return [[column[at] if at < len(column) else None for column in columns] for at in range(height)]


def _cell(cell: Any) -> Any:
    return str(cell.date()) if isinstance(cell, datetime) else plain(cell)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(asked())
def test_every_form_of_a_random_view_says_the_same(opening_desk, question) -> None:
    page_id, state, dice = question
    telling, view = chosen(opening_desk, PAGES[page_id], state, dice)
    told = from_rows(telling)
    assert from_csv(telling) == told
    assert from_json(telling) == told
    assert from_parquet(telling) == told
    assert from_xlsx(telling) == told
    assert unqualified(telling, view) == []
    if telling.figure is not None and telling.panel_id not in ON_A_SCALE_OF_THEIR_OWN:
        known = set(telling.rows["value"].dropna())
        assert [one for one in agreement.amounts(telling.figure(view.style)) if one not in known] == []
