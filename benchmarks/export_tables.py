"""A workbook of 50,000 figures: six sheets, every column; beside the same rows as CSV by Python's own writer."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import replace

import pandas as pd

from benchmarks.claim import Claim, Result, Setting, clock, share
from dashboards.desk import Filters
from dashboards.exports.formats import TABLES
from dashboards.exports.indicator import tell_indicator
from dashboards.exports.telling import Telling
from dashboards.opened import open_desk
from dashboards.style import Shapes
from ingest.commands import load_opening
from ingest.fetch import Fetcher
from ingest.tools import tools_for
from metrics.asof import now_as_of
from metrics.indicators import catalogue
from metrics.warehouse.warehouse import open_warehouse

ROWS = 50_000
BUDGET = 2.0
ROUNDS = 3
INDICATOR = "bcp_passengers_monthly"


def measure(setting: Setting) -> Iterator[Result]:
    """Load the opening figures, tell those of one indicator again and again up to 50,000, and write them."""
    warehouse = open_warehouse(f"sqlite:///{setting.folder}/tables.db")
    warehouse.migrate()
    fetch = Fetcher(contact="", mirror=setting.folder)
    archive = setting.folder / "archive"
    load_opening(tools_for(warehouse, archive=archive, fetch=fetch, meanings=catalogue().by_id, keys={}))
    desk = open_desk(warehouse, None, titles={}, health=tuple)  # type: ignore[arg-type]
    filters = Filters(as_of=now_as_of(desk.clock()), item=INDICATOR)
    told = tell_indicator(INDICATOR, desk, filters, shapes=Shapes())
    yield from _written(many(told, setting.size(ROWS)), setting)
    warehouse.close()


def many(telling: Telling, rows: int) -> Telling:
    """Return *telling* with its lines again and again, *rows* of them."""
    times = -(-rows // len(telling.rows))
    return replace(telling, rows=pd.concat([telling.rows] * times, ignore_index=True).head(rows))


def _written(telling: Telling, setting: Setting) -> Iterator[Result]:
    plain = _median(lambda: _bare(telling))
    for form in TABLES:
        seconds = _median(lambda form=form: form.write(telling))  # type: ignore[misc]
        judged = form.id == "xlsx"
        yield Result(
            where=form.id,
            what=f"{len(telling.rows):,} figures of {len(telling.columns)} columns written",
            measured=seconds,
            unit="s",
            budget=f"≤ {BUDGET:g} s" if judged else "",
            within=seconds <= BUDGET if judged and setting.judged else None,
            yardstick="the same rows by Python's csv writer, s",
            yardstick_measured=plain,
            ratio=seconds / plain,
        )


def _median(work: Callable[[], object]) -> float:
    times: list[float] = []
    for _ in range(ROUNDS):
        with clock(times):
            work()
    return share(times, 0.5)


def _bare(telling: Telling) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(telling.rows.itertuples(index=False, name=None))
    return out.getvalue()


CLAIM = Claim(id="tables", what="a workbook of 50,000 figures in two seconds", measure=measure)
